# The languages of the interface: assets/po/TAG.po -> TAG.mo -> built into the programs.
# A new language is a file here and its tag in this list, which is in order.
set(TONGUES ar de es fr ja)

set(CATALOG_FOLDER ${CMAKE_BINARY_DIR}/po)
file(MAKE_DIRECTORY ${CATALOG_FOLDER})
foreach(tag ${TONGUES})
  list(APPEND PO_FILES ${CMAKE_SOURCE_DIR}/assets/po/${tag}.po)
  list(APPEND MO_FILES ${CATALOG_FOLDER}/${tag}.mo)
  add_custom_command(OUTPUT ${CATALOG_FOLDER}/${tag}.mo
    COMMAND ${MSGFMT} --check-format --endianness=little --no-hash -o ${CATALOG_FOLDER}/${tag}.mo
      ${CMAKE_SOURCE_DIR}/assets/po/${tag}.po
    DEPENDS ${CMAKE_SOURCE_DIR}/assets/po/${tag}.po VERBATIM)
endforeach()
list(JOIN TONGUES "," TONGUE_LIST)
add_custom_command(OUTPUT ${CATALOG_FOLDER}/tongue_files.c
  COMMAND ${CMAKE_COMMAND} -DFOLDER=${CATALOG_FOLDER} -DTAGS=${TONGUE_LIST}
    -DOUT=${CATALOG_FOLDER}/tongue_files.c -P ${CMAKE_SOURCE_DIR}/cmake/embed_catalogs.cmake
  DEPENDS ${MO_FILES} ${CMAKE_SOURCE_DIR}/cmake/embed_catalogs.cmake
  COMMENT "translations" VERBATIM)

# Reads the sources anew: what is new there becomes empty in the files, what is gone goes.
add_custom_target(po
  COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/assets/po/renew.py ${CMAKE_SOURCE_DIR}
  VERBATIM)

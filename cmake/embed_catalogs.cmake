# Writes a C file with the .mo files of every language: run as a script at build time.
#   cmake -DFOLDER=build/po -DTAGS=ar,de -DOUT=tongue_files.c -P embed_catalogs.cmake
string(REPLACE "," ";" TAGS "${TAGS}")
set(arrays "")
set(table "")
foreach(tag IN LISTS TAGS)
  file(READ "${FOLDER}/${tag}.mo" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays "static const uint8_t file_${tag}[] = {${bytes}};\n")
  string(APPEND table "    {\"${tag}\", {file_${tag}, sizeof file_${tag}}},\n")
endforeach()
file(WRITE "${OUT}" "// Generated from assets/po.\n"
  "#include \"exhibits/model/tongue_files.h\"\n\n${arrays}\n"
  "const TongueFile tongue_files[] = {\n${table}};\n"
  "const size_t tongue_file_count = COUNT_OF(tongue_files);\n")

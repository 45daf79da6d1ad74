# packs: computes the built-in collection and packs it, where `vitrine` finds it by itself.
#
#     small-wonders/PIECE/sculpture.glb     by vitrine-sculpt, with pictures of its making (*.jpg)
#                                           beside it, and print-*.png where one is printed
#     small-wonders/PIECE/exhibit.json ...  copied, and small-wonders/tours
#     packs/small-wonders.vitrine           by vitrine-pack, from all of these
#
# Not part of `all`: it takes some five minutes. A second time ninja has nothing to do.

option(VITRINE_FINAL "the built-in pieces with texels half as wide, in light without noise" OFF)
set(finish $<$<BOOL:${VITRINE_FINAL}>:--final>)
set(light $<IF:$<BOOL:${VITRINE_FINAL}>,final,draft>)

set(SMALL_WONDERS_PIECES owl nut medallion king biplane stamp tea locomotive hare)
set(here ${CMAKE_CURRENT_LIST_DIR})
set(folder ${CMAKE_BINARY_DIR}/small-wonders)
set(pack ${CMAKE_BINARY_DIR}/packs/small-wonders.vitrine)

# A piece uses all cores and up to a gigabyte: one at a time.
set_property(GLOBAL APPEND PROPERTY JOB_POOLS small_wonders=1)

# Linked anew but the same to the byte, the program is no reason to compute the pieces again.
set(workshop ${folder}/vitrine-sculpt)
add_custom_command(OUTPUT ${workshop}
  COMMAND ${CMAKE_COMMAND} -E copy_if_different $<TARGET_FILE:vitrine-sculpt> ${workshop}
  DEPENDS vitrine-sculpt
  COMMENT "Taking vitrine-sculpt to the workshop" VERBATIM)

# copy(FROM TO): a rule of its own, so that a changed text does not compute a sculpture.
function(small_wonders_copy from to)
  add_custom_command(OUTPUT ${to}
    COMMAND ${CMAKE_COMMAND} -E copy ${from} ${to}
    DEPENDS ${from}
    COMMENT "Copying ${to}" VERBATIM)
endfunction()

set(parts "")
foreach(text pack.json gallery.json tours/eight-minutes.json)
  small_wonders_copy(${here}/${text} ${folder}/${text})
  list(APPEND parts ${folder}/${text})
endforeach()
foreach(piece IN LISTS SMALL_WONDERS_PIECES)
  set(sculpture ${folder}/${piece}/sculpture.glb)
  add_custom_command(OUTPUT ${sculpture}
    COMMAND ${workshop} ${piece} ${finish} -o ${folder}/${piece}
    DEPENDS ${workshop}
    COMMAND_EXPAND_LISTS
    JOB_POOL small_wonders
    COMMENT "Carving ${piece}" VERBATIM)
  foreach(text exhibit.json story.json)
    small_wonders_copy(${here}/${piece}/${text} ${folder}/${piece}/${text})
    list(APPEND parts ${folder}/${piece}/${text})
  endforeach()
  list(APPEND parts ${sculpture})
endforeach()

add_custom_command(OUTPUT ${pack}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/packs
  COMMAND vitrine-pack check ${folder} --quiet
  COMMAND vitrine-pack build ${folder} -o ${pack} --cache ${CMAKE_BINARY_DIR}/bakes --light ${light}
  DEPENDS ${parts} vitrine-pack
  JOB_POOL small_wonders
  COMMENT "Packing the small wonders" VERBATIM)
add_custom_target(packs DEPENDS ${pack})

# The programs from end to end: real scans, hostile files, lying packs.
#
# Each visit is one process that draws; on machines without a GPU it draws on every core, so
# most visits are small and brief, and a few show everything at full size.
set(visits ${CMAKE_CURRENT_SOURCE_DIR}/visits)
set(scans ${VITRINE_SHARED_DATA}/scans)

# vitrine_program_test(NAME script.py argument...): a Python program that drives ours
function(vitrine_program_test name script)
  add_test(NAME ${name} COMMAND Python3::Interpreter ${visits}/${script} ${ARGN})
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600
    ENVIRONMENT "VITRINE_SHARED=${VITRINE_SHARED_DATA};LSAN_OPTIONS=suppressions=${visits}/leaks.supp:print_suppressions=0")
endfunction()

# vitrine_visit(NAME SCAN argument...): imports, builds, checks and visits a scan
function(vitrine_visit name scan)
  vitrine_program_test(visit_${name} visit_scan.py ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}
    ${CMAKE_CURRENT_BINARY_DIR}/visits/${name} ${scans}/${scan} ${ARGN})
endfunction()

set(brief --brief --size 960x540)
vitrine_visit(man_glb man-with-wreath/man_wearing_a_wreath.glb --height-mm 605 ${brief})
vitrine_visit(man_stl man-with-wreath/man_wearing_a_wreath_mm.stl --unit mm --height-mm 605 ${brief})
vitrine_visit(nefertiti nefertiti/nefertiti-lowres.obj --unit mm --height-mm 494.7 ${brief})
vitrine_visit(saxophone_ply alto-saxophone/saxophone_vertexcolour.ply --unit m --height-mm 664.7 ${brief})
# What sanitizers would make too slow: they look at the same code on the pieces above.
if(NOT VITRINE_SANITIZE)
  vitrine_visit(pan reclining-pan/pan.ply --unit m --height-mm 501.5)
  vitrine_visit(pan_draco reclining-pan/pan_draco.glb --height-mm 501.5 ${brief})
  vitrine_visit(venus venus-de-milo/venus.glb --unit mm --height-mm 2119 ${brief})
  vitrine_visit(saxophone_draco alto-saxophone/saxophone_draco.glb --height-mm 664.7 ${brief})
  vitrine_visit(helmet flight-helmet/FlightHelmet.gltf --size 960x540)
  vitrine_visit(whale pilot-whale-cranium/whale_cranium.glb --height-mm 238.2 --size 960x540)
  vitrine_visit(whale_draco pilot-whale-cranium/whale_cranium_draco.glb --height-mm 238.2 ${brief})
  vitrine_visit(tea_set tea-set/tea_set_01_1k.gltf --height-mm 165 --scattered ${brief})
  vitrine_visit(banana ycb-banana/textured_simple_reoriented.obj --unit m --up z --height-mm 37.55 ${brief})
endif()

# The same piece in two formats has one size, to a thousandth.
function(vitrine_same_size name)
  vitrine_program_test(same_size_${name} same_size.py ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}
    ${CMAKE_CURRENT_BINARY_DIR}/visits/same_size_${name} ${scans} ${ARGN})
endfunction()
vitrine_same_size(man man-with-wreath/man_wearing_a_wreath.glb man-with-wreath/man_wearing_a_wreath_mm.stl:mm)
vitrine_same_size(pan reclining-pan/pan.ply:m reclining-pan/pan_draco.glb)
vitrine_same_size(saxophone alto-saxophone/saxophone_vertexcolour.ply:m alto-saxophone/saxophone_draco.glb)

# Broken and odd files: refused with a sentence, or read.
foreach(kind import image archive json conformance museum)
  vitrine_program_test(hostile_${kind} hostile.py ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}
    ${CMAKE_CURRENT_BINARY_DIR}/visits/hostile_${kind} ${VITRINE_SHARED_DATA} ${kind})
endforeach()

# Sound archives with lying contents.
foreach(kind check museum)
  vitrine_program_test(adversary_${kind} adversary.py ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}
    ${CMAKE_CURRENT_BINARY_DIR}/visits/adversary_${kind} ${kind})
endforeach()

# Many pieces, little memory.
if(NOT VITRINE_SANITIZE)
  vitrine_program_test(visit_budget budget.py ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}
    ${CMAKE_CURRENT_BINARY_DIR}/visits/budget ${scans})
endif()

# What frames come to while one walks through our own house, and through a large one.
if(NOT VITRINE_SANITIZE)
  vitrine_program_test(visit_walk_built_in walk_house.py ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}
    ${CMAKE_CURRENT_BINARY_DIR}/visits/walk_built_in built-in
    ${CMAKE_BINARY_DIR}/packs/small-wonders.vitrine)
endif()
if(NOT VITRINE_HOT_RELOAD) # looking for changed shaders allocates
  vitrine_program_test(visit_walk_computed walk_house.py ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}
    ${CMAKE_CURRENT_BINARY_DIR}/visits/walk_computed computed)
endif()

# Everything a visitor can do.
vitrine_program_test(visit_everything everything.py ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}
  ${CMAKE_CURRENT_BINARY_DIR}/visits/everything)

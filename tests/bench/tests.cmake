# Inputs for measuring, and what is measured on them.
add_library(bench_core STATIC bench/glb_write.c bench/known.c bench/likeness.c bench/picture_rows.c
  bench/relief.c bench/truth.c bench/truth_look.c bench/truth_shade.c bench/unwrap.c)
target_include_directories(bench_core PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(bench_core PUBLIC packer_core
  PRIVATE warnings PkgConfig::SPNG PkgConfig::TURBOJPEG)
add_executable(vitrine-generate bench/generate.c)
target_link_libraries(vitrine-generate PRIVATE warnings bench_core)
vitrine_test(test_generate bench/test_generate.c LIBS bench_core)

# A pack's pictures against those of its scan.
add_executable(vitrine-compare bench/compare.c bench/show.c)
target_link_libraries(vitrine-compare PRIVATE warnings bench_core museum_core engine)
if(VITRINE_SANITIZE MATCHES address)
  target_sources(vitrine-compare PRIVATE visits/keep_libraries.c) # as gl/tests.cmake says
endif()
vitrine_test(test_compare bench/test_compare.c LIBS bench_core)

# All figures of docs/PERFORMANCE.md in one command.
configure_file(bench/vitrine_bench.py ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/vitrine-bench COPYONLY)
configure_file(bench/bench_parts.py ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/bench_parts.py COPYONLY)

add_test(NAME bench_likeness COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/bench/test_likeness.py
  ${CMAKE_RUNTIME_OUTPUT_DIRECTORY} ${CMAKE_CURRENT_BINARY_DIR}/bench_likeness)
set_tests_properties(bench_likeness PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600
  ENVIRONMENT "LSAN_OPTIONS=suppressions=${CMAKE_CURRENT_SOURCE_DIR}/visits/leaks.supp:print_suppressions=0")

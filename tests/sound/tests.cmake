# What is heard. Sounds are made here; SDL's disk driver writes down what a listener would hear.
add_library(sample_opus STATIC sound/sample_opus.c)
target_include_directories(sample_opus PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(sample_opus PUBLIC engine_core PRIVATE warnings PkgConfig::OPUS)
vitrine_test(test_vtt data/test_vtt.c LIBS engine_core)
vitrine_test(test_opus data/test_opus.c LIBS sample_opus)
vitrine_test(test_sound sound/test_sound.c LIBS engine sample_opus)
add_executable(vitrine-make-opus sound/make_opus.c)
target_link_libraries(vitrine-make-opus PRIVATE warnings sample_opus)
foreach(what told detail lost silent broken settings checked)
  add_test(NAME sound_${what} COMMAND Python3::Interpreter
    ${CMAKE_CURRENT_SOURCE_DIR}/sound/test_sound_visits.py ${CMAKE_RUNTIME_OUTPUT_DIRECTORY} ${what})
  set_tests_properties(sound_${what} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600
    ENVIRONMENT "LSAN_OPTIONS=suppressions=${CMAKE_CURRENT_SOURCE_DIR}/visits/leaks.supp:print_suppressions=0")
endforeach()

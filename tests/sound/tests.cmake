# What is heard. Sounds are made here; SDL's disk driver writes down what a listener would hear.
add_library(sample_opus STATIC sound/sample_opus.c)
target_include_directories(sample_opus PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(sample_opus PUBLIC engine_core PRIVATE warnings PkgConfig::OPUS)
vitrine_test(test_vtt data/test_vtt.c LIBS engine_core)
vitrine_test(test_opus data/test_opus.c LIBS sample_opus)
vitrine_test(test_sound sound/test_sound.c LIBS engine sample_opus)

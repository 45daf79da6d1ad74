# strip: a wavy strip whose cuts are simple to check.
add_library(strip STATIC stream/strip.c)
target_include_directories(strip PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(strip PUBLIC engine_core PRIVATE warnings)

vitrine_test(test_cut stream/test_cut.c LIBS strip)
vitrine_test(test_facing stream/test_facing.c LIBS strip)
vitrine_test(test_residency stream/test_residency.c LIBS engine_core)
vitrine_test(test_residency_error stream/test_residency_error.c LIBS engine_core)
vitrine_test(test_tile_pool stream/test_tile_pool.c LIBS engine_core)
vitrine_test(test_loader stream/test_loader.c LIBS engine_core)
vitrine_test(test_pick stream/test_pick.c LIBS strip)
vitrine_test(test_stress stream/test_stress.c LIBS strip)
vitrine_test(test_streamer stream/test_streamer.c LIBS strip)

add_executable(bench_stream bench/bench_stream.c)
target_link_libraries(bench_stream PRIVATE warnings engine_core)

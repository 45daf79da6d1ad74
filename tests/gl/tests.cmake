# Pictures. Programs skip with 77 where there is no EGL.
add_library(demo_scene STATIC gl/demo_scene.c)
target_include_directories(demo_scene PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(demo_scene PUBLIC engine PRIVATE warnings)
add_executable(demo_room gl/demo_room.c)
target_link_libraries(demo_room PRIVATE warnings demo_scene)

add_library(stage STATIC gl/stage.c)
target_include_directories(stage PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(stage PUBLIC engine PkgConfig::CMOCKA PRIVATE warnings)
vitrine_test(test_gpu gl/test_gpu.c LIBS stage)
vitrine_test(test_render gl/test_render.c LIBS stage)
vitrine_test(test_bounce gl/test_bounce.c LIBS stage)
vitrine_test(test_detail gl/test_detail.c LIBS stage)
vitrine_test(test_shimmer gl/test_shimmer.c LIBS stage)
vitrine_test(test_memory gl/test_memory.c LIBS stage)
vitrine_test(test_tiles gl/test_tiles.c LIBS stage)
vitrine_test(test_text gl/test_text.c LIBS stage)
vitrine_test(test_ui gl/test_ui.c LIBS stage)
set(museum ${CMAKE_SOURCE_DIR}/museum)
vitrine_test(test_hud gl/test_hud.c ${museum}/hud.c ${museum}/hud_help.c
  ${museum}/hud_detail.c ${museum}/hud_lens.c ${museum}/hud_room.c
  ${museum}/hud_size.c ${museum}/calibrate.c
  LIBS stage museum_core)

# With libraries that stay loaded, what the driver leaks has a name, and ours stands out.
foreach(name bounce detail gpu hud memory render shimmer text tiles ui)
  if(VITRINE_SANITIZE MATCHES address)
    target_sources(test_${name} PRIVATE visits/keep_libraries.c)
  endif()
  set_property(TEST test_${name} APPEND PROPERTY ENVIRONMENT
    "LSAN_OPTIONS=suppressions=${CMAKE_CURRENT_SOURCE_DIR}/visits/leaks.supp:print_suppressions=0")
endforeach()

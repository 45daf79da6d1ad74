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
vitrine_test(test_text gl/test_text.c LIBS stage)
vitrine_test(test_ui gl/test_ui.c LIBS stage)

# SDL unloads the driver with the window, so what the driver leaks has no name by which it could be
# told from ours.
foreach(name gpu render text ui)
  set_property(TEST test_${name} APPEND PROPERTY ENVIRONMENT "ASAN_OPTIONS=detect_leaks=0")
endforeach()

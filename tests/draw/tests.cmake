# The interface, without a GPU.
add_library(widget_check STATIC draw/widget_check.c)
target_include_directories(widget_check PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(widget_check PUBLIC engine PkgConfig::CMOCKA PRIVATE warnings)
vitrine_test(test_widget draw/test_widget.c LIBS widget_check)

# The interface, without a GPU.
add_library(widget_check STATIC draw/widget_check.c)
target_include_directories(widget_check PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(widget_check PUBLIC engine PkgConfig::CMOCKA PRIVATE warnings)
vitrine_test(test_widget draw/test_widget.c LIBS widget_check)
vitrine_test(test_speech device/test_speech.c LIBS engine)
set(museum ${CMAKE_SOURCE_DIR}/museum)
set(screens ${museum}/screens.c ${museum}/screen_about.c ${museum}/screen_help.c ${museum}/screen_kiosk.c
  ${museum}/screen_menu.c ${museum}/screen_search.c ${museum}/aloud.c
  ${museum}/screen_cabinet.c ${museum}/screen_controls.c ${museum}/screen_settings.c
  ${museum}/screen_tours.c ${museum}/search.c
  ${museum}/screen_prose.c ${museum}/screen_story.c ${museum}/screen_story_record.c
  ${museum}/screen_story_told.c ${museum}/pictures.c)
vitrine_test(test_screens museum/test_screens.c ${screens} LIBS widget_check museum_core)
vitrine_test(test_story_screen museum/test_story_screen.c ${screens}
  LIBS widget_check museum_core)
set_property(TEST test_widget test_screens test_story_screen # as gl/tests.cmake says
  APPEND PROPERTY ENVIRONMENT
  "LSAN_OPTIONS=suppressions=${CMAKE_CURRENT_SOURCE_DIR}/visits/leaks.supp:print_suppressions=0")

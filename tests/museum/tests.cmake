vitrine_test(test_script museum/test_script.c LIBS museum_core)
vitrine_test(test_stats museum/test_stats.c LIBS museum_core)
vitrine_test(test_magnifier museum/test_magnifier.c LIBS museum_core)
vitrine_test(test_measure museum/test_measure.c LIBS museum_core)
vitrine_test(test_words museum/test_words.c ${CMAKE_SOURCE_DIR}/museum/hud_words.c ${CMAKE_SOURCE_DIR}/museum/hud_tongues.c LIBS museum_core)
vitrine_test(test_measure_pick museum/test_measure_pick.c LIBS museum_core strip)
vitrine_test(test_quality museum/test_quality.c LIBS museum_core)
vitrine_test(test_sight museum/test_sight.c LIBS museum_core)
vitrine_test(test_rest museum/test_rest.c LIBS museum_core)
vitrine_test(test_gallery museum/test_gallery.c LIBS museum_core)
vitrine_test(test_visitor museum/test_visitor.c LIBS museum_core)
vitrine_test(test_display museum/test_display.c LIBS museum_core)
vitrine_test(test_calibrate museum/test_calibrate.c ${CMAKE_SOURCE_DIR}/museum/calibrate.c LIBS museum_core)
vitrine_test(test_things museum/test_things.c LIBS museum_core)
vitrine_test(test_controls museum/test_controls.c ${CMAKE_SOURCE_DIR}/museum/controls.c LIBS museum_core)

# Visits as a visitor makes them, without a display.
foreach(what broken guided folder hands settles levels ahead texels crowd modes)
  add_test(NAME visit_${what} COMMAND Python3::Interpreter
    ${CMAKE_CURRENT_SOURCE_DIR}/museum/test_visits.py ${CMAKE_RUNTIME_OUTPUT_DIRECTORY} ${what})
  set_tests_properties(visit_${what} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600
    ENVIRONMENT "LSAN_OPTIONS=suppressions=${CMAKE_CURRENT_SOURCE_DIR}/visits/leaks.supp:print_suppressions=0")
endforeach()
vitrine_test(test_photo museum/test_photo.c LIBS museum_core)
foreach(what sizes card photo)
  add_test(NAME visit_${what} COMMAND Python3::Interpreter
    ${CMAKE_CURRENT_SOURCE_DIR}/museum/test_size.py ${CMAKE_RUNTIME_OUTPUT_DIRECTORY} ${what})
  set_tests_properties(visit_${what} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600
    ENVIRONMENT "LSAN_OPTIONS=suppressions=${CMAKE_CURRENT_SOURCE_DIR}/visits/leaks.supp:print_suppressions=0")
endforeach()

# Two pieces side by side.
foreach(what scale moves memory)
  add_test(NAME compare_${what} COMMAND Python3::Interpreter
    ${CMAKE_CURRENT_SOURCE_DIR}/museum/test_compare.py ${CMAKE_RUNTIME_OUTPUT_DIRECTORY} ${what})
  set_tests_properties(compare_${what} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600
    ENVIRONMENT "LSAN_OPTIONS=suppressions=${CMAKE_CURRENT_SOURCE_DIR}/visits/leaks.supp:print_suppressions=0")
endforeach()

# What it says of lengths and texels, against pieces whose lengths and texels are known.
foreach(what lengths texels steps keys)
  add_test(NAME gauge_${what} COMMAND Python3::Interpreter
    ${CMAKE_CURRENT_SOURCE_DIR}/museum/test_gauge.py ${CMAKE_RUNTIME_OUTPUT_DIRECTORY} ${what})
  set_tests_properties(gauge_${what} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600
    ENVIRONMENT "LSAN_OPTIONS=suppressions=${CMAKE_CURRENT_SOURCE_DIR}/visits/leaks.supp:print_suppressions=0")
endforeach()

vitrine_test(test_script museum/test_script.c LIBS museum_core)
vitrine_test(test_stats museum/test_stats.c LIBS museum_core)
vitrine_test(test_tour_length museum/test_tour_length.c LIBS museum_core)
vitrine_test(test_tour_record museum/test_tour_record.c LIBS museum_core)
vitrine_test(test_tour_play museum/test_tour_play.c LIBS museum_core)
vitrine_test(test_magnifier museum/test_magnifier.c LIBS museum_core)
vitrine_test(test_dial museum/test_dial.c LIBS museum_core)
vitrine_test(test_measure museum/test_measure.c LIBS museum_core)
vitrine_test(test_words museum/test_words.c LIBS museum_core)
vitrine_test(test_captions museum/test_captions.c LIBS museum_core)
vitrine_test(test_measure_pick museum/test_measure_pick.c LIBS museum_core strip)
vitrine_test(test_quality museum/test_quality.c LIBS museum_core)
vitrine_test(test_house museum/test_house.c LIBS museum_core)
vitrine_test(test_layouts museum/test_layouts.c LIBS museum_core)
vitrine_test(test_map museum/test_map.c LIBS museum_core)
vitrine_test(test_sight museum/test_sight.c LIBS museum_core)
vitrine_test(test_rest museum/test_rest.c LIBS museum_core)
vitrine_test(test_kiosk museum/test_kiosk.c LIBS museum_core PkgConfig::SQLITE)
vitrine_test(test_orbits museum/test_orbits.c museum/baked.c museum/knot.c LIBS museum_core packer_core)
vitrine_test(test_mood museum/test_mood.c LIBS museum_core)
vitrine_test(test_eyes museum/test_eyes.c LIBS museum_core)
vitrine_test(test_trays museum/test_trays.c LIBS museum_core)
vitrine_test(test_gallery museum/test_gallery.c LIBS museum_core)
vitrine_test(test_floors museum/test_floors.c LIBS museum_core)
vitrine_test(test_visitor museum/test_visitor.c LIBS museum_core)
vitrine_test(test_settings museum/test_settings.c LIBS museum_core)
vitrine_test(test_cabinet museum/test_cabinet.c LIBS museum_core)
vitrine_test(test_cabinet_files museum/test_cabinet_files.c LIBS museum_core PkgConfig::SQLITE)
vitrine_test(test_spots museum/test_spots.c LIBS museum_core)
vitrine_test(test_diorama museum/test_diorama.c LIBS museum_core)
vitrine_test(test_walks museum/test_walks.c LIBS museum_core)
vitrine_test(test_close_up museum/test_close_up.c LIBS museum_core)
vitrine_test(test_display museum/test_display.c LIBS museum_core)
vitrine_test(test_calibrate museum/test_calibrate.c ${CMAKE_SOURCE_DIR}/museum/calibrate.c LIBS museum_core)
vitrine_test(test_things museum/test_things.c LIBS museum_core)
vitrine_test(test_narration museum/test_narration.c ${CMAKE_SOURCE_DIR}/museum/narration.c LIBS museum_core)
vitrine_test(test_controls museum/test_controls.c ${CMAKE_SOURCE_DIR}/museum/controls.c LIBS museum_core)

# Tests PREFIX_WHAT, for each WHAT that a Python file knows.
function(museum_visits prefix file)
  foreach(what ${ARGN})
    add_test(NAME ${prefix}_${what} COMMAND Python3::Interpreter
      ${CMAKE_CURRENT_SOURCE_DIR}/museum/${file}.py ${CMAKE_RUNTIME_OUTPUT_DIRECTORY} ${what})
    set_tests_properties(${prefix}_${what} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600
      ENVIRONMENT "LSAN_OPTIONS=suppressions=${CMAKE_CURRENT_SOURCE_DIR}/visits/leaks.supp:print_suppressions=0")
  endforeach()
endfunction()

# Visits as a visitor makes them, without a display.
museum_visits(visit test_visits broken guided folder hands fingers settles levels ahead texels crowd modes details mood lit inside)
vitrine_test(test_photo museum/test_photo.c LIBS museum_core)
museum_visits(visit test_size sizes card photo)

# Guided tours.
museum_visits(tour test_tours played proposed recorded checked joined found kept marks)

# Visits by keyboard, fingers or gamepad alone.
museum_visits(hands test_hands keys touch pad moved buttons)

# Two pieces side by side.
museum_visits(screen test_screen_visits keys cabinet pad words tongues aloud story)
museum_visits(kiosk test_kiosk_visits rules gate packs service day)
museum_visits(writing test_writing light dark high plain large)
museum_visits(plan test_floor_plan keys hands tours cuts lobby)
museum_visits(compare test_compare scale moves memory photo)

# What it says of lengths and texels, against pieces whose lengths and texels are known.
museum_visits(gauge test_gauge lengths texels steps pairs keys)

# Its modes, against pictures in tests/golden; and the house, against those of the README.
add_executable(vitrine-picture-compare museum/picture_compare.c)
target_link_libraries(vitrine-picture-compare PRIVATE warnings engine_core PkgConfig::TURBOJPEG)
museum_visits(golden test_golden scan piece seams)
museum_visits(golden test_views house)
set_tests_properties(golden_house PROPERTIES ENVIRONMENT
  "VITRINE_PACK=${CMAKE_BINARY_DIR}/packs/small-wonders.vitrine")
foreach(what scan piece)
  set_property(TEST golden_${what} APPEND PROPERTY ENVIRONMENT
    "VITRINE_SHARED=${VITRINE_SHARED_DATA}")
endforeach()
set_tests_properties(test_orbits PROPERTIES TIMEOUT 900)

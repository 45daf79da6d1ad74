vitrine_test(test_script museum/test_script.c LIBS museum_core)
vitrine_test(test_stats museum/test_stats.c LIBS museum_core)
vitrine_test(test_magnifier museum/test_magnifier.c LIBS museum_core)

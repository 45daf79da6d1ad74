# Baking.
vitrine_test(test_bake_graph packer/test_bake_graph.c LIBS packer_core)
vitrine_test(test_bake_relief packer/test_bake_relief.c LIBS packer_core)
vitrine_test(test_bake_surface packer/test_bake_surface.c LIBS packer_core)
vitrine_test(test_bake_tessellate packer/test_bake_tessellate.c LIBS packer_core)
vitrine_test(test_bake_chart packer/test_bake_chart.c LIBS packer_core)
vitrine_test(test_bake_pack packer/test_bake_pack.c LIBS packer_core)
vitrine_test(test_texel_store packer/test_texel_store.c
  LIBS packer_core PkgConfig::SPNG PkgConfig::TURBOJPEG PkgConfig::WEBP)
add_executable(bench_charts bench/bench_charts.c)
target_link_libraries(bench_charts PRIVATE warnings packer_core)
vitrine_test(test_bake_group packer/test_bake_group.c LIBS packer_core)
vitrine_test(test_bake_tile packer/test_bake_tile.c LIBS packer_core)
vitrine_test(test_bake_scans packer/test_bake_scans.c LIBS packer_core)

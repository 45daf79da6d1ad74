# Reading scans.
vitrine_test(test_import_gltf packer/test_import_gltf.c LIBS packer_core meshoptimizer::meshoptimizer)
vitrine_test(test_import_gltf_files packer/test_import_gltf_files.c LIBS packer_core)
vitrine_test(test_import_obj packer/test_import_obj.c LIBS packer_core)
vitrine_test(test_import_ply packer/test_import_ply.c LIBS packer_core)
vitrine_test(test_import_stl packer/test_import_stl.c LIBS packer_core)

# A measurement: built, not run by CTest.
add_executable(bench_import bench/bench_import.c)
target_link_libraries(bench_import PRIVATE warnings packer_core)

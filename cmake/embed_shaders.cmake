# Writes a C file with the text of every shader: run as a script at build time.
#   cmake -DFOLDER=shaders -DFILES=a.vert,lib/b.glsl -DOUT=shader_files.c -P embed_shaders.cmake
# Texts become arrays of numbers: string literals have a length limit in ISO C.
string(REPLACE "," ";" FILES "${FILES}")
set(arrays "")
set(table "")
set(number 0)
foreach(file IN LISTS FILES)
  file(READ "${FOLDER}/${file}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays "static const char file_${number}[] = {${bytes}0};\n")
  string(APPEND table "    {\"${file}\", file_${number}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUT}" "// Generated from the shader folder.\n#include \"device/shader.h\"\n\n${arrays}\n"
  "const ShaderFile shader_files[] = {\n${table}};\nconst size_t shader_file_count = ${number};\n")

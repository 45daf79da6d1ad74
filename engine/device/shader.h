// shader.h: from GLSL files to linked programs. Includes, variants by defines, hot reload.
//
// A program "room" is room.vert and room.frag of the shader folder. `#include "lib/light.glsl"`
// brings a file in, once; names are relative to the folder. Defines make variants:
// "WOOD;TAPS=4" puts two #define lines on top. Uniforms live in the blocks of shaders/shared.h,
// which C includes too.
//
// Files are built into the program. Developer builds (VITRINE_HOT_RELOAD) read the source tree
// instead, and can tell when something in it changed.
//
// shader_assemble may be called by any thread; the rest belongs to the GL thread.

#pragma once
#include "base/arena.h"
#include "base/status.h"

typedef struct ShaderFile {
    const char *name; // "lib/light.glsl"
    const char *text;
} ShaderFile;

// Made at build time from the shader folder, in the order of names.
extern const ShaderFile shader_files[];
extern const size_t shader_file_count;

// The whole text of one stage ("room.frag") as the compiler gets it, in `arena`.
// ERR_NOT_FOUND names a file that is missing and who asked for it.
NODISCARD Status shader_assemble(const char *name, const char *defines, Arena *arena,
                                 const char **out);

// Developer builds: another folder to read from (it is not copied); NULL: the source tree's.
// False in other builds, whose shaders are built in. Before any other call, or on its thread.
bool shader_set_folder(const char *folder);

// A linked program, as GL names it. ERR_DEVICE with the driver's message, file and line.
NODISCARD Status shader_build(const char *name, const char *defines, uint32_t *out_program);

// Developer builds: the time of the newest change in the shader folder; 0 otherwise.
int64_t shader_newest_change(void);

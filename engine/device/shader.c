// shader.c: from GLSL files to linked programs. Includes, variants by defines, hot reload.

#include "device/shader.h"

#include "base/log.h"
#include "base/str.h"
#include "io/file.h"

#include <glad/gl.h>
#include <string.h>

enum { MAX_FILES_A_STAGE = 16, MAX_FILE_BYTES = 1 << 18 };

// What an error message needs: GLSL knows files by number only.
typedef struct Assembly {
    Arena *arena;
    const char *names[MAX_FILES_A_STAGE]; // by number
    int name_count;
    char *text;
    size_t len, capacity;
} Assembly;

#ifdef VITRINE_SHADER_FOLDER
static const char *shader_folder = VITRINE_SHADER_FOLDER;

bool shader_set_folder(const char *folder)
{
    shader_folder = folder ? folder : VITRINE_SHADER_FOLDER;
    return true;
}

static Status find_file(const char *name, Arena *arena, const char **out)
{
    Bytes bytes;
    TRY(file_read(path_join(arena, shader_folder, name), MAX_FILE_BYTES, arena, &bytes));
    *out = (const char *)bytes.ptr;
    return OK;
}
#else
bool shader_set_folder(const char *folder)
{
    (void)folder;
    return false;
}

static Status find_file(const char *name, Arena *arena, const char **out)
{
    (void)arena;
    for (size_t i = 0; i < shader_file_count; i++) {
        if (!strcmp(shader_files[i].name, name)) {
            *out = shader_files[i].text;
            return OK;
        }
    }
    return FAIL(ERR_NOT_FOUND, "no shader file has the name %s", name);
}
#endif

static void append(Assembly *assembly, const char *text, size_t len)
{
    if (assembly->len + len + 1 > assembly->capacity) {
        size_t wanted = MAX(assembly->capacity * 2, assembly->len + len + 4096);
        assembly->text =
            arena_grow(assembly->arena, assembly->text, assembly->capacity, wanted, 1);
        assembly->capacity = wanted;
    }
    memcpy(assembly->text + assembly->len, text, len);
    assembly->len += len;
    assembly->text[assembly->len] = 0;
}

static void append_text(Assembly *assembly, const char *text)
{
    append(assembly, text, strlen(text));
}

static void append_defines(Assembly *assembly, const char *defines)
{
    Str rest = str_of(defines);
    while (rest.len) {
        const char *end = memchr(rest.ptr, ';', rest.len);
        size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
        const char *equals = memchr(rest.ptr, '=', len);
        size_t name_len = equals ? (size_t)(equals - rest.ptr) : len;
        append_text(assembly, "#define ");
        append(assembly, rest.ptr, name_len);
        append_text(assembly, " ");
        if (equals)
            append(assembly, equals + 1, len - name_len - 1);
        else
            append_text(assembly, "1");
        append_text(assembly, "\n");
        rest.ptr += len + (end ? 1 : 0);
        rest.len -= len + (end ? 1 : 0);
    }
}

// `#include "name"` and nothing else on the line.
static bool read_include(Str line, Arena *arena, const char **name)
{
    line = str_trim(line);
    if (!str_starts_with(line, "#include"))
        return false;
    const char *first = memchr(line.ptr, '"', line.len);
    if (!first || line.ptr[line.len - 1] != '"' || line.ptr + line.len - 1 == first)
        return false;
    *name = str_copy(arena, (Str){first + 1, (size_t)(line.ptr + line.len - first) - 2});
    return true;
}

static bool has_file(const Assembly *assembly, const char *name)
{
    for (int i = 0; i < assembly->name_count; i++) {
        if (!strcmp(assembly->names[i], name))
            return true;
    }
    return false;
}

NODISCARD static Status append_file(Assembly *assembly, const char *name)
{
    if (assembly->name_count == MAX_FILES_A_STAGE)
        return FAIL(ERR_LIMIT, "shader %s includes more than %d files", assembly->names[0],
                    MAX_FILES_A_STAGE);
    const char *text;
    TRY(find_file(name, assembly->arena, &text));
    int number = assembly->name_count++;
    assembly->names[number] = name;
    append_text(assembly, str_format(assembly->arena, "#line 1 %d\n", number));
    Str rest = str_of(text), line;
    for (int line_number = 1; str_next_line(&rest, &line); line_number++) {
        const char *included;
        if (!read_include(line, assembly->arena, &included)) {
            append(assembly, line.ptr, line.len);
            append_text(assembly, "\n");
            continue;
        }
        if (!has_file(assembly, included) && append_file(assembly, included))
            return fault_prefix(fault_last()->status, "%s:%d", name, line_number);
        append_text(assembly,
                    str_format(assembly->arena, "#line %d %d\n", line_number + 1, number));
    }
    return OK;
}

NODISCARD static Status assemble(Assembly *assembly, const char *name, const char *defines)
{
    append_text(assembly, "#version 330 core\n");
    append_defines(assembly, defines);
    return append_file(assembly, name);
}

Status shader_assemble(const char *name, const char *defines, Arena *arena, const char **out)
{
    Assembly assembly = {.arena = arena};
    TRY(assemble(&assembly, name, defines));
    *out = assembly.text;
    return OK;
}

// ---- GL

// "0:12(3): error" -> which file number 0 was.
static const char *explain_names(const Assembly *assembly)
{
    const char *text = "";
    for (int i = 0; i < assembly->name_count; i++)
        text = str_format(assembly->arena, "%s%s%d = %s", text, i ? ", " : "", i,
                          assembly->names[i]);
    return text;
}

NODISCARD static Status compile_stage(GLenum stage, const char *name, const char *defines,
                                      GLuint *out)
{
    Scratch scratch = scratch_begin(NULL);
    Assembly assembly = {.arena = scratch.arena};
    Status status = assemble(&assembly, name, defines);
    if (status)
        goto done;
    GLuint shader = glCreateShader(stage);
    const GLchar *text = assembly.text;
    glShaderSource(shader, 1, &text, NULL);
    glCompileShader(shader);
    GLint is_good = 0;
    glGetShaderiv(shader, GL_COMPILE_STATUS, &is_good);
    if (!is_good) {
        char message[384] = "";
        glGetShaderInfoLog(shader, sizeof message, NULL, message);
        glDeleteShader(shader);
        status = FAIL(ERR_DEVICE, "%s [%s]: %s(%s)", name, defines ? defines : "", message,
                      explain_names(&assembly));
        goto done;
    }
    *out = shader;
done:
    scratch_end(scratch);
    return status;
}

NODISCARD static Status link_program(const char *name, GLuint vertex, GLuint fragment,
                                     uint32_t *out)
{
    GLuint program = glCreateProgram();
    glAttachShader(program, vertex);
    glAttachShader(program, fragment);
    glLinkProgram(program);
    GLint is_good = 0;
    glGetProgramiv(program, GL_LINK_STATUS, &is_good);
    if (!is_good) {
        char message[384] = "";
        glGetProgramInfoLog(program, sizeof message, NULL, message);
        glDeleteProgram(program);
        return FAIL(ERR_DEVICE, "shader %s does not link: %s", name, message);
    }
    glDetachShader(program, vertex);
    glDetachShader(program, fragment);
    *out = program;
    return OK;
}

Status shader_build(const char *name, const char *defines, uint32_t *out_program)
{
    Scratch scratch = scratch_begin(NULL);
    GLuint vertex = 0, fragment = 0;
    Status status = compile_stage(GL_VERTEX_SHADER, str_format(scratch.arena, "%s.vert", name),
                                  defines, &vertex);
    if (status)
        goto done;
    status = compile_stage(GL_FRAGMENT_SHADER, str_format(scratch.arena, "%s.frag", name),
                           defines, &fragment);
    if (status)
        goto done;
    status = link_program(name, vertex, fragment, out_program);
done:
    glDeleteShader(vertex); // 0 is ignored
    glDeleteShader(fragment);
    scratch_end(scratch);
    return status;
}

#ifdef VITRINE_SHADER_FOLDER
static int64_t newest_in(Arena *arena, const char *folder)
{
    FileName *files;
    size_t count;
    int64_t newest = 0;
    if (file_list(folder, arena, &files, &count))
        return 0; // not there: then nothing changes
    for (size_t i = 0; i < count; i++) {
        const char *path = path_join(arena, folder, files[i].name);
        FileInfo info;
        if (files[i].is_folder)
            newest = MAX(newest, newest_in(arena, path));
        else if (file_get_info(path, &info) == OK)
            newest = MAX(newest, info.modified_ns);
    }
    return newest;
}

int64_t shader_newest_change(void)
{
    Scratch scratch = scratch_begin(NULL);
    int64_t newest = newest_in(scratch.arena, shader_folder);
    scratch_end(scratch);
    return newest;
}
#else
int64_t shader_newest_change(void)
{
    return 0;
}
#endif

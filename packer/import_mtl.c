// import_mtl.c: OBJ's material libraries -> the Scan's materials.

#include "packer/import_mtl.h"

#include <math.h>
#include <string.h>

#include "base/log.h"
#include "data/image.h"
#include "packer/import_mtl_maps.h"
#include "packer/texel_source.h"

enum { MAX_LIBRARY_MATERIALS = 8192 };

static uint64_t hash_text(Str text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (uint8_t)text.ptr[i]) * 0x100000001b3u;
    return hash;
}

static MtlMaterial *find_material(MtlLibrary *library, Str name)
{
    uint64_t hash = hash_text(name);
    for (size_t i = 0; i < library->count; i++)
        if (library->materials[i].name_hash == hash &&
            str_equal(str_of(library->materials[i].name), name))
            return &library->materials[i];
    return NULL;
}

static Status push_material(ImportJob *job, MtlLibrary *library, Str name, MtlMaterial **out)
{
    if (library->count >= MAX_LIBRARY_MATERIALS)
        return FAIL(ERR_LIMIT, "the material libraries have more than %d materials",
                    MAX_LIBRARY_MATERIALS);
    const char *kept = import_job_keep_text(job, name);
    *out = ARENA_PUSH(&job->temporary, library->materials, library->count, library->capacity);
    **out = (MtlMaterial){
        .name = str_copy(&job->temporary, name),
        .name_hash = hash_text(name),
        .material = scan_default_material(),
    };
    (*out)->material.name = kept ? kept : "";
    for (int i = 0; i < MTL_MAP_KINDS; i++) {
        (*out)->maps[i].texture = (*out)->material.base_color_map;
        (*out)->maps[i].bump = 1;
    }
    return OK;
}

// ---- maps: options, a file name that may hold blanks, more options

// How many words follow an option; -1: up to three numbers.
static const struct {
    const char *name;
    int words;
} options[] = {
    {"-o", -1},    {"-s", -1},      {"-t", -1},     {"-mm", 2},         {"-bm", 1},
    {"-boost", 1}, {"-texres", 1},  {"-blendu", 1}, {"-blendv", 1},     {"-cc", 1},
    {"-clamp", 1}, {"-imfchan", 1}, {"-type", 1},   {"-colorspace", 1},
};

static int find_option(Str word)
{
    for (size_t i = 0; i < COUNT_OF(options); i++)
        if (str_equal(word, str_of(options[i].name)))
            return (int)i;
    return -1;
}

static int take_numbers(ImportText *text, double numbers[3])
{
    int count = 0;
    while (count < 3) {
        ImportText ahead = *text;
        double number;
        // "1.png" begins like a number and is none.
        if (!import_text_double(&ahead, &number) ||
            (ahead.at < ahead.end && !import_text_is_blank(*ahead.at) && *ahead.at != '\n'))
            break;
        numbers[count++] = number;
        *text = ahead;
    }
    return count;
}

// v points down in a Scan and up in OBJ: v' = 1 - (s (1 - v) + o).
static void apply_option(MtlMap *map, const char *name, const double numbers[3], int count,
                         Str word)
{
    float *m = map->texture.uv_matrix;
    if (strcmp(name, "-s") == 0 && count > 0) {
        m[0] = (float)numbers[0];
        m[5] += m[4]; // 1 - o, whatever the offset
        m[4] = count > 1 ? (float)numbers[1] : 1;
        m[5] -= m[4];
    } else if (strcmp(name, "-o") == 0 && count > 0) {
        m[2] = (float)numbers[0];
        m[5] = 1 - m[4] - (count > 1 ? (float)numbers[1] : 0);
    } else if (strcmp(name, "-bm") == 0) {
        Bytes bytes = {(const uint8_t *)word.ptr, word.len};
        ImportText text = import_text_of(bytes);
        double bump;
        if (import_text_double(&text, &bump) && isfinite(bump))
            map->bump = (float)bump;
    } else if (strcmp(name, "-clamp") == 0) {
        bool is_on = str_equal(word, str_of("on"));
        map->texture.wrap_u = map->texture.wrap_v = is_on ? SCAN_WRAP_CLAMP : SCAN_WRAP_REPEAT;
    }
}

// False at the first word that is no option.
static bool take_option(ImportText *text, MtlMap *map)
{
    ImportText ahead = *text;
    int option = find_option(import_text_word(&ahead));
    if (option < 0)
        return false;
    double numbers[3] = {0};
    int count = 0;
    Str word = {0};
    if (options[option].words < 0)
        count = take_numbers(&ahead, numbers);
    for (int i = 0; i < options[option].words; i++)
        word = import_text_word(&ahead);
    apply_option(map, options[option].name, numbers, count, word);
    *text = ahead;
    return true;
}

// Windows programs write backslashes.
static const char *keep_path(ImportJob *job, Str path)
{
    char *copy = (char *)str_copy(&job->temporary, path);
    for (char *c = copy; *c; c++)
        if (*c == '\\')
            *c = '/';
    return copy;
}

static Status parse_map(ImportJob *job, Str line, MtlMap *map)
{
    ImportText text = {line.ptr, line.ptr + line.len};
    while (take_option(&text, map))
        ;
    import_text_skip_blank(&text);
    const char *start = text.at, *end = start;
    while (text.at < text.end) {
        ImportText ahead = text;
        if (end != start && find_option(import_text_word(&ahead)) >= 0)
            break;
        import_text_word(&text);
        end = text.at;
    }
    while (take_option(&text, map))
        ;
    Str name = str_trim((Str){start, (size_t)(end - start)});
    if (name.len == 0)
        return OK;
    if (memchr(name.ptr, 0, name.len) || !utf8_is_valid(name))
        return FAIL(ERR_CORRUPT, "a material names a picture in letters that are not UTF-8");
    map->name = keep_path(job, name);
    return OK;
}

// ---- lines

static void parse_numbers(Str line, float *out, int count)
{
    ImportText text = {line.ptr, line.ptr + line.len};
    double number;
    for (int i = 0; i < count; i++) {
        if (!import_text_double(&text, &number))
            break;
        out[i] = isfinite(number) ? (float)CLAMP(number, 0.0, 1.0) : 0;
    }
}

static void set_alpha(ScanMaterial *material, float alpha)
{
    material->base_color[3] = alpha;
    material->alpha = alpha < 1 ? SCAN_ALPHA_BLEND : SCAN_ALPHA_OPAQUE;
}

// The highlight's exponent as the roughness that makes one of the same width.
static float roughness_of_shine(Str line)
{
    ImportText text = {line.ptr, line.ptr + line.len};
    double shine = 0;
    if (!import_text_double(&text, &shine) || !(shine > 0) || !isfinite(shine))
        return scan_default_material().roughness;
    return (float)sqrt(2 / (shine + 2));
}

static void parse_factor(MtlMaterial *out, Str word, Str line)
{
    ScanMaterial *material = &out->material;
    float value = 0;
    if (str_equal(word, str_of("Kd"))) {
        parse_numbers(line, material->base_color, 3);
    } else if (str_equal(word, str_of("Ke"))) {
        parse_numbers(line, material->emissive, 3);
    } else if (str_equal(word, str_of("Pr"))) {
        parse_numbers(line, &material->roughness, 1);
    } else if (str_equal(word, str_of("Pm"))) {
        parse_numbers(line, &material->metallic, 1);
    } else if (str_equal(word, str_of("Ns"))) {
        material->roughness = roughness_of_shine(line);
    } else if (str_equal(word, str_of("d"))) {
        value = 1;
        parse_numbers(line, &value, 1);
        set_alpha(material, value);
    } else if (str_equal(word, str_of("Tr"))) {
        parse_numbers(line, &value, 1);
        set_alpha(material, 1 - value);
    }
}

static int map_kind_of(Str word)
{
    static const struct {
        const char *word;
        MtlMapKind kind;
    } words[] = {{"map_Kd", MTL_COLOR},     {"norm", MTL_NORMAL},   {"map_Kn", MTL_NORMAL},
                 {"map_Bump", MTL_BUMP},    {"map_bump", MTL_BUMP}, {"bump", MTL_BUMP},
                 {"map_Pr", MTL_ROUGHNESS}, {"map_Pm", MTL_METAL},  {"map_Ke", MTL_EMISSIVE}};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_equal(word, str_of(words[i].word)))
            return (int)words[i].kind;
    return -1;
}

Status mtl_parse(ImportJob *job, Bytes file, MtlLibrary *library)
{
    ImportText text = import_text_of(file);
    MtlMaterial *current = NULL;
    while (text.at < text.end) {
        import_text_skip_space(&text);
        Str word = import_text_word(&text);
        Str line = import_text_rest(&text);
        if (str_equal(word, str_of("newmtl"))) {
            if (find_material(library, line))
                current = NULL;
            else
                TRY(push_material(job, library, line, &current));
            continue;
        }
        if (!current)
            continue;
        int kind = map_kind_of(word);
        if (kind >= 0)
            TRY(parse_map(job, line, &current->maps[kind]));
        else
            parse_factor(current, word, line);
    }
    return OK;
}

// ---- use

static Status open_map(ImportJob *job, const MtlMap *map, uint32_t tile, ScanTexture *out)
{
    *out = map->texture;
    if (!map->name)
        return OK;
    if (tile) // its square begins anew at every whole number
        out->wrap_u = out->wrap_v = SCAN_WRAP_REPEAT;
    return import_job_add_image_file(job, mtl_tile_name(map->name, tile, &job->temporary),
                                     &out->image);
}

static bool is_grey(const ImportJob *job, int32_t image)
{
    ImageInfo info;
    return texel_source_probe(&job->images[image], &info) == OK && info.channel_count < 3;
}

static Status open_normal_map(ImportJob *job, const MtlMaterial *from, uint32_t tile,
                              ScanMaterial *out)
{
    const MtlMap *map = &from->maps[from->maps[MTL_NORMAL].name ? MTL_NORMAL : MTL_BUMP];
    TRY(open_map(job, map, tile, &out->normal_map));
    out->normal_scale = map->bump;
    if (map == &from->maps[MTL_BUMP] && out->normal_map.image != SCAN_NONE &&
        is_grey(job, out->normal_map.image)) {
        LOG_WARN_LINE("%s: %s is a map of heights, not of normals, and left out", job->path,
                      map->name);
        out->normal_map.image = SCAN_NONE;
    }
    return OK;
}

Status mtl_open_maps(ImportJob *job, const MtlMaterial *from, uint32_t tile, ScanMaterial *out)
{
    TRY(open_map(job, &from->maps[MTL_COLOR], tile, &out->base_color_map));
    if (out->base_color_map.image != SCAN_NONE)
        out->base_color[0] = out->base_color[1] = out->base_color[2] = 1;
    TRY(open_normal_map(job, from, tile, out));
    TRY(open_map(job, &from->maps[MTL_EMISSIVE], tile, &out->emissive_map));
    if (out->emissive_map.image != SCAN_NONE)
        out->emissive[0] = out->emissive[1] = out->emissive[2] = 1;
    ScanTexture roughness, metal;
    TRY(open_map(job, &from->maps[MTL_ROUGHNESS], tile, &roughness));
    TRY(open_map(job, &from->maps[MTL_METAL], tile, &metal));
    return mtl_join_maps(job, &roughness, &metal, out);
}

Status mtl_use(ImportJob *job, MtlLibrary *library, Str name, uint32_t *index)
{
    MtlMaterial *found = find_material(library, name);
    if (!found) {
        LOG_WARN_LINE("%s: no library describes the material \"%.*s\"; it stays plain",
                      job->path, (int)MIN(name.len, (size_t)80), name.ptr);
        TRY(push_material(job, library, name, &found));
    }
    if (!found->is_added) {
        ScanMaterial material = found->material;
        for (int i = 0; i < MTL_MAP_KINDS; i++)
            found->has_tiles |= found->maps[i].name && mtl_is_set(found->maps[i].name);
        if (!found->has_tiles)
            TRY(mtl_open_maps(job, found, 0, &material));
        TRY(import_job_add_material(job, &material, &found->index));
        found->is_added = true;
    }
    *index = found->index;
    return OK;
}

// import_ply_header.c: what a PLY file says it holds.

#include "packer/import_ply_header.h"

#include <string.h>

static const struct {
    const char *name, *other_name;
    size_t bytes;
} types[PLY_TYPE_COUNT] = {
    [PLY_INT8] = {"char", "int8", 1},        [PLY_UINT8] = {"uchar", "uint8", 1},
    [PLY_INT16] = {"short", "int16", 2},     [PLY_UINT16] = {"ushort", "uint16", 2},
    [PLY_INT32] = {"int", "int32", 4},       [PLY_UINT32] = {"uint", "uint32", 4},
    [PLY_FLOAT32] = {"float", "float32", 4}, [PLY_FLOAT64] = {"double", "float64", 8},
};

static const struct {
    const char *name;
    PlyRole role;
} roles[] = {
    {"x", PLY_X},
    {"y", PLY_Y},
    {"z", PLY_Z},
    {"nx", PLY_NORMAL_X},
    {"ny", PLY_NORMAL_Y},
    {"nz", PLY_NORMAL_Z},
    {"normal_x", PLY_NORMAL_X},
    {"normal_y", PLY_NORMAL_Y},
    {"normal_z", PLY_NORMAL_Z},
    {"s", PLY_U},
    {"t", PLY_V},
    {"u", PLY_U},
    {"v", PLY_V},
    {"texture_u", PLY_U},
    {"texture_v", PLY_V},
    {"red", PLY_RED},
    {"green", PLY_GREEN},
    {"blue", PLY_BLUE},
    {"alpha", PLY_ALPHA},
    {"r", PLY_RED},
    {"g", PLY_GREEN},
    {"b", PLY_BLUE},
    {"a", PLY_ALPHA},
    {"diffuse_red", PLY_RED},
    {"diffuse_green", PLY_GREEN},
    {"diffuse_blue", PLY_BLUE},
    {"diffuse_alpha", PLY_ALPHA},
    {"roughness", PLY_ROUGHNESS},
    {"metallic", PLY_METAL},
    {"metalness", PLY_METAL},
    {"occlusion", PLY_OCCLUSION},
    {"texnumber", PLY_TEXTURE_NUMBER},
};

static const struct {
    const char *name;
    PlyRole role;
} list_roles[] = {
    {"vertex_indices", PLY_CORNERS},
    {"vertex_index", PLY_CORNERS},
    {"texcoord", PLY_CORNER_UVS},
};

size_t ply_type_bytes(PlyType type)
{
    return types[type].bytes;
}

static bool is_word(Str text, const char *word)
{
    return str_equal(text, str_of(word));
}

static Status parse_type(Str name, PlyType *out)
{
    for (int i = 0; i < PLY_TYPE_COUNT; i++)
        if (is_word(name, types[i].name) || is_word(name, types[i].other_name)) {
            *out = (PlyType)i;
            return OK;
        }
    return FAIL(ERR_CORRUPT, "the PLY header has a property of unknown type \"%.*s\"",
                (int)MIN(name.len, (size_t)40), name.ptr);
}

static PlyRole role_of(Str name, bool is_list)
{
    if (is_list) {
        for (size_t i = 0; i < COUNT_OF(list_roles); i++)
            if (is_word(name, list_roles[i].name))
                return list_roles[i].role;
        return PLY_IGNORED;
    }
    for (size_t i = 0; i < COUNT_OF(roles); i++)
        if (is_word(name, roles[i].name))
            return roles[i].role;
    return PLY_IGNORED;
}

static Status parse_format(Str rest, PlyHeader *header)
{
    static const char *const names[] = {"ascii", "binary_little_endian", "binary_big_endian"};
    Str word = {0};
    str_next_word(&rest, &word);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (is_word(word, names[i])) {
            header->encoding = (PlyEncoding)i;
            return OK;
        }
    return FAIL(ERR_CORRUPT, "the PLY header names the unknown format \"%.*s\"",
                (int)MIN(word.len, (size_t)40), word.ptr);
}

static Status parse_element(Str rest, PlyHeader *header)
{
    Str name = {0}, number = {0};
    int64_t count = 0;
    str_next_word(&rest, &name);
    str_next_word(&rest, &number);
    if (!str_to_int(number, &count) || count < 0)
        return FAIL(ERR_CORRUPT, "the PLY header says element %.*s without a count",
                    (int)MIN(name.len, (size_t)40), name.ptr);
    if (header->element_count == PLY_MAX_ELEMENTS)
        return FAIL(ERR_LIMIT, "the PLY header has more than %d elements", PLY_MAX_ELEMENTS);
    PlyElement *element = &header->elements[header->element_count++];
    *element = (PlyElement){.count = (uint64_t)count};
    if (is_word(name, "vertex"))
        element->table = PLY_VERTICES;
    else if (is_word(name, "face"))
        element->table = PLY_FACES;
    else if (is_word(name, "tristrips"))
        element->table = PLY_STRIPS;
    return OK;
}

static Status parse_property(Str rest, Arena *arena, PlyHeader *header)
{
    if (header->element_count == 0)
        return FAIL(ERR_CORRUPT, "the PLY header has a property before any element");
    PlyElement *element = &header->elements[header->element_count - 1];
    if (element->property_count == PLY_MAX_PROPERTIES)
        return FAIL(ERR_LIMIT, "a PLY element has more than %d properties", PLY_MAX_PROPERTIES);
    if (!element->properties)
        element->properties = ARENA_ARRAY(arena, PlyProperty, PLY_MAX_PROPERTIES);
    PlyProperty property = {0};
    Str word = {0};
    str_next_word(&rest, &word);
    property.is_list = is_word(word, "list");
    if (property.is_list) {
        str_next_word(&rest, &word);
        TRY(parse_type(word, &property.count_type));
        if (property.count_type >= PLY_FLOAT32)
            return FAIL(ERR_CORRUPT, "the PLY header counts a list in fractions");
        word = (Str){0};
        str_next_word(&rest, &word);
        element->has_lists = true;
    }
    TRY(parse_type(word, &property.type));
    word = (Str){0};
    if (!str_next_word(&rest, &word))
        return FAIL(ERR_CORRUPT, "the PLY header has a property without a name");
    property.role = role_of(word, property.is_list);
    if (element->has_role[property.role])
        property.role = PLY_IGNORED; // said twice: the first holds
    element->has_role[property.role] = true;
    element->role_types[property.role] = property.type;
    element->properties[element->property_count++] = property;
    return OK;
}

static void parse_comment(Str rest, Arena *arena, PlyHeader *header)
{
    static const char *const who[] = {"VCGLIB", "Created ", "Written with ", "Exported "};
    rest = str_trim(rest);
    if (str_starts_with(rest, "TextureFile ") && header->texture_file_count < 64) {
        if (!header->texture_files)
            header->texture_files = ARENA_ARRAY(arena, Str, 64);
        header->texture_files[header->texture_file_count++] =
            str_trim((Str){rest.ptr + 12, rest.len - 12});
    }
    for (size_t i = 0; i < COUNT_OF(who) && header->generator.len == 0; i++)
        if (str_starts_with(rest, who[i]))
            header->generator = rest;
}

static Status parse_line(Str line, Arena *arena, PlyHeader *header)
{
    Str rest = line, word = {0};
    if (!str_next_word(&rest, &word))
        return OK; // an empty line harms nobody
    if (is_word(word, "format"))
        return parse_format(rest, header);
    if (is_word(word, "element"))
        return parse_element(rest, header);
    if (is_word(word, "property"))
        return parse_property(rest, arena, header);
    if (is_word(word, "comment"))
        parse_comment(rest, arena, header);
    else if (!is_word(word, "obj_info"))
        return FAIL(ERR_CORRUPT, "the PLY header has a line of unknown kind: \"%.*s\"",
                    (int)MIN(word.len, (size_t)40), word.ptr);
    return OK;
}

// Lines end in \n or \r\n, or all in \r where the first one does (old Macintosh programs): the
// byte behind the last one may be data, so nothing more than that is ever eaten.
static char line_end_of(Str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '\n' || (text.ptr[i] == '\r' && i + 1 < text.len))
            return text.ptr[i] == '\r' && text.ptr[i + 1] != '\n' ? '\r' : '\n';
    return '\n';
}

static bool next_line(Str *rest, char line_end, Str *line)
{
    const char *end = rest->len ? memchr(rest->ptr, line_end, rest->len) : NULL;
    if (!end)
        return false; // a header's last line ends too
    size_t len = (size_t)(end - rest->ptr);
    *line = str_trim((Str){rest->ptr, len});
    *rest = (Str){end + 1, rest->len - len - 1};
    return true;
}

static Status check_header(const PlyHeader *header, bool has_format)
{
    int tables[PLY_STRIPS + 1] = {0};
    if (!has_format)
        return FAIL(ERR_CORRUPT, "the PLY header names no format");
    for (uint32_t i = 0; i < header->element_count; i++)
        tables[header->elements[i].table]++;
    for (int i = PLY_VERTICES; i <= PLY_STRIPS; i++)
        if (tables[i] > 1)
            return FAIL(ERR_CORRUPT, "the PLY header names the same element twice");
    if (!tables[PLY_VERTICES])
        return FAIL(ERR_CORRUPT, "the PLY file has no vertices");
    return OK;
}

Status ply_header_parse(Bytes file, Arena *arena, PlyHeader *out)
{
    Bytes head = bytes_first(file, PLY_MAX_HEADER_BYTES);
    Str rest = {(const char *)head.ptr, head.len}, line = {0};
    char line_end = line_end_of(rest);
    if (!next_line(&rest, line_end, &line) || !is_word(line, "ply"))
        return FAIL(ERR_CORRUPT, "the file does not begin with a PLY header");
    PlyHeader *header = ARENA_NEW(arena, PlyHeader);
    bool has_format = false;
    while (next_line(&rest, line_end, &line)) {
        if (is_word(line, "end_header")) {
            TRY(check_header(header, has_format));
            header->body_offset = head.len - rest.len;
            *out = *header;
            return OK;
        }
        has_format |= str_starts_with(line, "format");
        TRY(parse_line(line, arena, header));
    }
    return FAIL(ERR_CORRUPT, "the PLY header has no end (\"end_header\") within %zu bytes",
                head.len);
}

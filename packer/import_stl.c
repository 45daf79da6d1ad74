// import_stl.c: STL files -> Scan.

#include "packer/import_stl.h"

#include <string.h>

enum {
    HEADER_BYTES = 84, // 80 of free text and the count
    FACET_BYTES = 50,
    TRIANGLES_PER_PROGRESS = 8192,
    SNIFFED_BYTES = 1024,
    MAX_LOOP = 1 << 16, // corners of one facet in ASCII
    RECENT_COUNT = 1 << 16,
};

// A corner: its place and its colour.
typedef struct Corner {
    float position[3];
    uint32_t color;
} Corner;

// Corners met lately, by hash: neighbours in the file share most of theirs, and this fits the
// processor's cache where the whole table does not.
typedef struct Recent {
    Corner corner;
    uint32_t vertex_plus_1;
} Recent;

typedef struct StlReader {
    ImportJob *job;
    ImportArray slots; // uint32_t: open hash table of vertices by place, vertex + 1 or 0
    Recent *recent;    // RECENT_COUNT
    bool has_colors;
    uint32_t plain_color; // what the header says for facets without their own
} StlReader;

// ---- welding

static uint64_t hash_corner(const Corner *corner)
{
    uint32_t words[4];
    memcpy(words, corner, sizeof words);
    uint64_t hash = 0;
    for (int i = 0; i < 4; i++) {
        hash = (hash ^ words[i]) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 32;
    }
    return hash;
}

static bool is_at(ImportMesh *mesh, bool has_colors, uint32_t vertex, const Corner *corner)
{
    const float(*positions)[3] = (const float(*)[3])mesh->streams[IMPORT_POSITIONS].bytes;
    if (memcmp(positions[vertex], corner->position, sizeof corner->position) != 0)
        return false;
    return !has_colors || memcmp(mesh->streams[IMPORT_COLORS].bytes + (size_t)vertex * 4,
                                 &corner->color, 4) == 0;
}

static Corner corner_of(const StlReader *reader, uint32_t vertex)
{
    ImportMesh *mesh = &reader->job->mesh;
    Corner corner = {.color = reader->plain_color};
    memcpy(corner.position, mesh->streams[IMPORT_POSITIONS].bytes + (size_t)vertex * 12, 12);
    if (reader->has_colors)
        memcpy(&corner.color, mesh->streams[IMPORT_COLORS].bytes + (size_t)vertex * 4, 4);
    return corner;
}

static void make_slots(StlReader *reader, size_t count)
{
    import_array_drop(&reader->slots);
    memset(import_array_push(&reader->slots, count * sizeof(uint32_t)), 0,
           count * sizeof(uint32_t));
}

static size_t slot_mask(const StlReader *reader)
{
    return reader->slots.used / sizeof(uint32_t) - 1;
}

// A closed surface has half as many vertices as triangles; a triangle takes 50 bytes or more.
static size_t expected_slots(Bytes file)
{
    size_t vertices = file.len / FACET_BYTES / 2, count = 4096;
    while (count / 3 * 2 <= vertices)
        count *= 2;
    return count;
}

// At most two thirds full; every vertex finds its slot again from its own values.
static void make_room(StlReader *reader)
{
    ImportMesh *mesh = &reader->job->mesh;
    size_t count = slot_mask(reader) + 1;
    if (mesh->vertex_count < count / 3 * 2)
        return;
    make_slots(reader, count * 2);
    uint32_t *slots = (uint32_t *)reader->slots.bytes;
    size_t mask = slot_mask(reader);
    for (uint32_t i = 0; i < mesh->vertex_count; i++) {
        Corner corner = corner_of(reader, i);
        size_t at = (size_t)hash_corner(&corner) & mask;
        while (slots[at])
            at = (at + 1) & mask;
        slots[at] = i + 1;
    }
}

static Status weld_hashed(StlReader *reader, const Corner *corner, uint64_t hash, uint32_t *vertex)
{
    ImportMesh *mesh = &reader->job->mesh;
    make_room(reader);
    uint32_t *slots = (uint32_t *)reader->slots.bytes;
    size_t mask = slot_mask(reader), at = (size_t)hash & mask;
    for (; slots[at]; at = (at + 1) & mask)
        if (is_at(mesh, reader->has_colors, slots[at] - 1, corner)) {
            *vertex = slots[at] - 1;
            return OK;
        }
    TRY(import_mesh_add_vertices(mesh, 1, vertex));
    memcpy(mesh->streams[IMPORT_POSITIONS].bytes + (size_t)*vertex * 12, corner->position, 12);
    if (reader->has_colors)
        memcpy(mesh->streams[IMPORT_COLORS].bytes + (size_t)*vertex * 4, &corner->color, 4);
    slots[at] = *vertex + 1;
    return OK;
}

static Status weld(StlReader *reader, const Corner *corner, uint32_t *vertex)
{
    uint64_t hash = hash_corner(corner);
    Recent *recent = &reader->recent[hash >> 32 & (RECENT_COUNT - 1)];
    if (recent->vertex_plus_1 && memcmp(&recent->corner, corner, sizeof *corner) == 0) {
        *vertex = recent->vertex_plus_1 - 1;
        return OK;
    }
    TRY(weld_hashed(reader, corner, hash, vertex));
    *recent = (Recent){*corner, *vertex + 1};
    return OK;
}

static void set_position(Corner *corner, const float position[3])
{
    for (int k = 0; k < 3; k++)
        corner->position[k] = position[k] + 0.0f; // -0 and 0 are one place
}

// ---- binary

static uint32_t load_u32(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

// "COLOR=" and four bytes somewhere in the header: the colour of the whole.
static void find_header_color(StlReader *reader, Bytes file)
{
    for (size_t i = 0; i + 10 <= 80; i++)
        if (memcmp(file.ptr + i, "COLOR=", 6) == 0) {
            reader->has_colors = true;
            memcpy(&reader->plain_color, file.ptr + i + 6, 4);
        }
}

// Five bits each of red, green and blue, from the low end; the highest bit: none of its own.
static uint32_t facet_color(const StlReader *reader, const uint8_t *facet)
{
    uint32_t bits = (uint32_t)facet[48] | (uint32_t)facet[49] << 8;
    if (!reader->has_colors || bits & 0x8000)
        return reader->plain_color;
    uint8_t color[4] = {(uint8_t)((bits & 31) * 255 / 31),
                        (uint8_t)((bits >> 5 & 31) * 255 / 31),
                        (uint8_t)((bits >> 10 & 31) * 255 / 31), 255};
    uint32_t packed;
    memcpy(&packed, color, sizeof packed);
    return packed;
}

static Status read_facet(StlReader *reader, const uint8_t *facet)
{
    Corner corner = {.color = facet_color(reader, facet)};
    uint32_t corners[3];
    for (int k = 0; k < 3; k++) {
        float position[3];
        for (int axis = 0; axis < 3; axis++) {
            uint32_t bits = load_u32(facet + 12 + k * 12 + axis * 4);
            memcpy(&position[axis], &bits, sizeof bits);
        }
        set_position(&corner, position);
        TRY(weld(reader, &corner, &corners[k]));
    }
    return import_mesh_add_triangle(&reader->job->mesh, corners, 0);
}

static Status read_binary(StlReader *reader)
{
    Bytes file = reader->job->file;
    if (file.len < HEADER_BYTES)
        return FAIL(ERR_CORRUPT, "the STL file has %zu bytes, fewer than its header", file.len);
    uint32_t count = load_u32(file.ptr + 80);
    uint64_t room = (file.len - HEADER_BYTES) / FACET_BYTES;
    if (count > room)
        return FAIL(ERR_CORRUPT, "the STL file says %u triangles; it has room for %llu", count,
                    (unsigned long long)room);
    find_header_color(reader, file);
    if (reader->has_colors)
        import_mesh_stream(&reader->job->mesh, IMPORT_COLORS);
    for (uint32_t i = 0; i < count; i++) {
        if (i % TRIANGLES_PER_PROGRESS == 0)
            TRY(import_job_progress(reader->job, (double)i / count));
        TRY(read_facet(reader, file.ptr + HEADER_BYTES + (size_t)i * FACET_BYTES));
    }
    return OK;
}

// ---- ASCII

typedef struct StlText {
    ImportText text;
    ImportArray loop; // uint32_t: the corners since the facet began
    bool is_open;     // within a solid
} StlText;

static Status read_text_vertex(StlReader *reader, StlText *state)
{
    Corner corner = {.color = reader->plain_color};
    float position[3];
    uint32_t vertex = 0;
    for (int k = 0; k < 3; k++) {
        double value;
        if (!import_text_double(&state->text, &value))
            return FAIL(ERR_CORRUPT, "an STL vertex of fewer than three numbers");
        position[k] = (float)value;
    }
    set_position(&corner, position);
    TRY(weld(reader, &corner, &vertex));
    if (state->loop.used >= MAX_LOOP * sizeof vertex)
        return FAIL(ERR_LIMIT, "an STL facet of more than %d corners", MAX_LOOP);
    memcpy(import_array_push(&state->loop, sizeof vertex), &vertex, sizeof vertex);
    return OK;
}

static Status close_facet(StlReader *reader, StlText *state)
{
    const uint32_t *loop = (const uint32_t *)state->loop.bytes;
    size_t count = state->loop.used / sizeof *loop;
    if (count < 3)
        return FAIL(ERR_CORRUPT, "an STL facet of %zu corners", count);
    for (size_t i = 0; i + 2 < count; i++)
        TRY(import_mesh_add_triangle(&reader->job->mesh,
                                     (uint32_t[3]){loop[0], loop[i + 1], loop[i + 2]}, 0));
    state->loop.used = 0;
    return OK;
}

static Status read_text_line(StlReader *reader, StlText *state)
{
    ImportText *text = &state->text;
    import_text_skip_space(text);
    if (import_text_take(text, "vertex"))
        return read_text_vertex(reader, state);
    if (import_text_take(text, "endfacet"))
        return close_facet(reader, state);
    if (text->at == text->end || import_text_take(text, "endloop"))
        return OK;
    if (import_text_take(text, "solid"))
        state->is_open = true;
    else if (import_text_take(text, "endsolid"))
        state->is_open = false;
    else if (!import_text_take(text, "facet") && !import_text_take(text, "outer") &&
             !import_text_take(text, "color") && *text->at != '#')
        return FAIL(ERR_CORRUPT, "the STL file has a line of unknown kind: \"%.*s\"",
                    (int)MIN((size_t)(text->end - text->at), (size_t)20), text->at);
    import_text_skip_line(text); // names and normals
    return OK;
}

static Status read_text(StlReader *reader)
{
    StlText state = {.text = import_text_of(reader->job->file)};
    const char *start = state.text.at;
    Status status = OK;
    for (uint64_t line = 1; !status && state.text.at < state.text.end; line++) {
        status = read_text_line(reader, &state);
        if (!status && line % (TRIANGLES_PER_PROGRESS * 8) == 0)
            status = import_job_progress(reader->job, (double)(state.text.at - start) /
                                                          (double)reader->job->file.len);
    }
    if (!status && (state.is_open || state.loop.used))
        status = FAIL(ERR_CORRUPT, "the STL file ends within a solid");
    import_array_drop(&state.loop);
    return status;
}

// ---- which kind

// Text that begins with "solid", goes on with what belongs there, and holds no control bytes.
static bool is_text(Bytes file)
{
    Bytes head = bytes_first(file, SNIFFED_BYTES);
    bool has_word = false;
    for (size_t i = 0; i < head.len; i++) {
        if (head.ptr[i] < ' ' && !import_text_is_blank((char)head.ptr[i]) &&
            head.ptr[i] != '\n')
            return false;
        has_word |= head.len - i >= 5 && (memcmp(head.ptr + i, "facet", 5) == 0 ||
                                          memcmp(head.ptr + i, "FACET", 5) == 0);
        has_word |= head.len - i >= 8 && memcmp(head.ptr + i, "endsolid", 8) == 0;
    }
    ImportText text = import_text_of(head);
    import_text_skip_space(&text);
    while (text.at < text.end && *text.at == '#') {
        import_text_skip_line(&text);
        import_text_skip_space(&text);
    }
    return has_word && import_text_take(&text, "solid");
}

bool import_stl_is_one(Bytes file)
{
    if (is_text(file))
        return true;
    return file.len > HEADER_BYTES &&
           file.len - HEADER_BYTES == (uint64_t)load_u32(file.ptr + 80) * FACET_BYTES;
}

Status import_stl(ImportJob *job)
{
    StlReader reader = {.job = job, .plain_color = 0xffffffff};
    reader.recent = ARENA_ARRAY(&job->temporary, Recent, RECENT_COUNT);
    make_slots(&reader, expected_slots(job->file));
    bool is_ascii = is_text(job->file);
    job->format = is_ascii ? "STL (ASCII)" : "STL (binary)";
    Status status = is_ascii ? read_text(&reader) : read_binary(&reader);
    import_array_drop(&reader.slots);
    return status;
}

// test_mesh.c: what mesh.h promises: nothing lost on the way, nothing damaged gets through.

#include "test.h"

#include "data/mesh.h"
#include "data/sample_mesh.h"

#include <float.h>
#include <math.h>
#include <zlib.h>

typedef struct Sample {
    Arena arena;
    SampleMesh bytes;
    MeshGraph graph;
} Sample;

static Sample make_sample(bool has_surface)
{
    Sample sample = {0};
    sample.bytes = sample_mesh_build(3, 0.2f, has_surface, &sample.arena);
    assert_ok(mesh_parse_graph(sample.bytes.graph, sample.bytes.pages.len, &sample.arena,
                               &sample.graph));
    return sample;
}

static const uint8_t a_tile[] = "what only surface.h can read";

static Sample make_tiled_sample(void)
{
    Sample sample = {0};
    sample.bytes =
        sample_mesh_build_tiled(3, 0.2f, (Bytes){a_tile, sizeof a_tile}, &sample.arena);
    assert_ok(mesh_parse_graph(sample.bytes.graph, sample.bytes.pages.len, &sample.arena,
                               &sample.graph));
    return sample;
}

static Bytes page_bytes(const Sample *sample, uint32_t page)
{
    const MeshPageRange *range = &sample->graph.pages[page];
    return (Bytes){sample->bytes.pages.ptr + range->offset, range->size_bytes};
}

// Bytes of their own, so that the sanitizer sees a step beyond them.
static Bytes own_copy(Arena *arena, Bytes bytes)
{
    return (Bytes){arena_copy(arena, bytes.ptr, bytes.len, 16), bytes.len};
}

static void check_page(const MeshPage *page)
{
    for (uint32_t i = 0; i < page->index_count; i++)
        assert_true(page->indices[i] < page->vertex_count);
    uint32_t index = 0;
    for (uint32_t i = 0; i < page->cluster_count; i++) {
        assert_int_equal(page->clusters[i].first_index, index);
        index += 3 * page->clusters[i].triangle_count;
    }
    assert_int_equal(index, page->index_count);
}

static void test_round_trip(void **state)
{
    (void)state;
    for (int has_surface = 0; has_surface < 2; has_surface++) {
        Sample sample = make_sample(has_surface);
        assert_int_equal(sample.graph.root_count, 1);
        assert_int_equal(sample.graph.level_count, 4);
        assert_int_equal(sample.graph.triangle_count, 64 * 128);
        Bytes again = mesh_write_graph(&sample.graph, &sample.arena);
        assert_int_equal(again.len, sample.bytes.graph.len);
        assert_memory_equal(again.ptr, sample.bytes.graph.ptr, again.len);
        for (uint32_t i = 0; i < sample.graph.page_count; i++) {
            MeshPage page;
            MeshPageRange range;
            assert_ok(mesh_parse_page(&sample.graph, i, page_bytes(&sample, i), &sample.arena,
                                      &page));
            check_page(&page);
            assert_int_equal(page.surfaces != NULL, has_surface);
            again = mesh_write_page(&sample.graph, &page, &sample.arena, &range);
            assert_int_equal(again.len, sample.graph.pages[i].size_bytes);
            assert_int_equal(range.checksum, sample.graph.pages[i].checksum);
        }
        arena_drop(&sample.arena);
    }
}

static void test_tiled_round_trip(void **state)
{
    (void)state;
    Sample sample = make_tiled_sample();
    for (uint32_t i = 0; i < sample.graph.page_count; i++) {
        MeshPage page;
        MeshPageRange range;
        assert_int_equal(sample.graph.pages[i].tile_rows, SAMPLE_TILE_ROWS);
        assert_ok(
            mesh_parse_page(&sample.graph, i, page_bytes(&sample, i), &sample.arena, &page));
        assert_null(page.surfaces);
        assert_non_null(page.texels);
        assert_int_equal(page.texels[10].place[0], 2 * MESH_TEXEL_STEPS);
        assert_int_equal(page.tile_rows, SAMPLE_TILE_ROWS);
        assert_int_equal(page.tile.len, sizeof a_tile);
        assert_memory_equal(page.tile.ptr, a_tile, sizeof a_tile);
        Bytes again = mesh_write_page(&sample.graph, &page, &sample.arena, &range);
        assert_int_equal(again.len, sample.graph.pages[i].size_bytes);
        assert_int_equal(range.checksum, sample.graph.pages[i].checksum);
        assert_int_equal(range.tile_rows, SAMPLE_TILE_ROWS);
        assert_int_equal(mesh_page_parts(again).tile_bytes, sizeof a_tile);
    }
    arena_drop(&sample.arena);
}

// Texels have to lie in the tile that the graph announced, and a tile has to be announced.
static void test_texels_outside_tile(void **state)
{
    (void)state;
    Sample sample = make_tiled_sample();
    MeshPage page;
    sample.graph.pages[0].tile_rows = MESH_TILE_ROW_STEP;
    assert_ok(mesh_parse_page(&sample.graph, 0, page_bytes(&sample, 0), &sample.arena, &page));
    for (uint32_t i = 0; i < page.vertex_count; i++)
        page.texels[i].place[1] = MESH_TILE_ROW_STEP * MESH_TEXEL_STEPS;
    page.texels[7].place[1]++;
    MeshPageRange *range = &sample.graph.pages[0];
    Bytes bytes = mesh_write_page(&sample.graph, &page, &sample.arena, range);
    assert_status(mesh_parse_page(&sample.graph, 0, bytes, &sample.arena, &page), ERR_CORRUPT);
    range->tile_rows = 0;
    assert_status(mesh_parse_page(&sample.graph, 0, bytes, &sample.arena, &page), ERR_CORRUPT);
    range->tile_rows = 2 * MESH_TILE_ROW_STEP;
    assert_ok(mesh_parse_page(&sample.graph, 0, bytes, &sample.arena, &page));
    arena_drop(&sample.arena);
}

static void test_graph_truncations(void **state)
{
    (void)state;
    Sample sample = make_sample(true);
    Bytes good = sample.bytes.graph;
    for (size_t len = 0; len < good.len; len++) {
        ArenaMark mark = arena_mark(&sample.arena);
        Bytes cut = own_copy(&sample.arena, bytes_first(good, len));
        MeshGraph graph;
        assert_true(mesh_parse_graph(cut, sample.bytes.pages.len, &sample.arena, &graph) != OK);
        arena_rewind(&sample.arena, mark);
    }
    MeshGraph graph;
    assert_status(mesh_parse_graph(good, sample.bytes.pages.len + 1, &sample.arena, &graph),
                  ERR_CORRUPT);
    arena_drop(&sample.arena);
}

static void put_checksum(uint8_t *at, const uint8_t *bytes, size_t len)
{
    uint32_t sum = (uint32_t)crc32(0, bytes, (uInt)len);
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(sum >> (8 * i));
}

// Makes the blocks' checksums right, which stand in the head, and then the head's own.
static void seal_graph(const MeshGraph *graph, uint8_t *bytes)
{
    uint8_t *end = bytes + graph->blocks[0].offset - 4;
    for (uint32_t i = 0; i < graph->block_count; i++)
        put_checksum(end - 24 * (size_t)(graph->block_count - i) + 12,
                     bytes + graph->blocks[i].offset, graph->blocks[i].size_bytes);
    put_checksum(end, bytes, (size_t)(end - bytes));
}

// Nothing in it points anywhere but to groups that come later, and into its tables.
static void check_tables(const MeshGraph *graph)
{
    for (uint32_t b = 0; b < graph->block_count; b++) {
        const MeshBlock *block = &graph->blocks[b];
        for (uint32_t i = 0; block->is_there && i < block->group_count; i++) {
            const MeshGroup *group = &graph->groups[block->first_group + i];
            assert_true(group->triangle_count > 0);
            assert_true(group->page < graph->page_count);
            assert_true(group->level < graph->level_count);
            assert_true(group->first_child + group->child_count <= graph->child_count);
            for (uint32_t k = 0; k < group->child_count; k++) {
                uint32_t child = graph->children[group->first_child + k];
                assert_true(child > block->first_group + i && child < graph->group_count);
            }
        }
    }
}

// With the checksums made right again, a flip is either refused or harmless.
static void test_graph_flips(void **state)
{
    (void)state;
    Sample sample = make_sample(false);
    Bytes good = sample.bytes.graph;
    uint32_t harmless = 0;
    for (size_t bit = 0; bit < 8 * good.len; bit++) {
        ArenaMark mark = arena_mark(&sample.arena);
        uint8_t *bytes = arena_copy(&sample.arena, good.ptr, good.len, 16);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        MeshGraph graph;
        assert_true(mesh_parse_graph((Bytes){bytes, good.len}, sample.bytes.pages.len,
                                     &sample.arena, &graph) != OK);
        seal_graph(&sample.graph, bytes);
        if (mesh_parse_graph((Bytes){bytes, good.len}, sample.bytes.pages.len, &sample.arena,
                             &graph) == OK) {
            check_tables(&graph);
            harmless++;
        }
        arena_rewind(&sample.arena, mark);
    }
    assert_true(harmless > 0 && harmless < 6 * good.len); // of 8: most of a float is free
    arena_drop(&sample.arena);
}

// ---- blocks

static Bytes block_bytes(const Sample *sample, uint32_t block)
{
    const MeshBlock *at = &sample->graph.blocks[block];
    return (Bytes){sample->bytes.graph.ptr + at->offset, at->size_bytes};
}

static MeshGraph parse_head(Sample *sample)
{
    uint64_t size;
    MeshGraph graph;
    assert_ok(mesh_head_bytes(bytes_first(sample->bytes.graph, MESH_HEADER_BYTES), &size));
    MeshSizes sizes = {sample->bytes.graph.len, sample->bytes.pages.len};
    Bytes head = own_copy(&sample->arena, bytes_first(sample->bytes.graph, (size_t)size));
    assert_ok(mesh_parse_head(head, &sizes, &sample->arena, &graph));
    return graph;
}

// In any order; what is not there is zero.
static void test_blocks_come_one_by_one(void **state)
{
    (void)state;
    Sample sample = make_sample(true);
    MeshGraph graph = parse_head(&sample);
    assert_int_equal(graph.block_count, 3);
    for (uint32_t i = graph.block_count; i-- > 0;) {
        const MeshBlock *block = &graph.blocks[i];
        assert_false(block->is_there);
        assert_int_equal(graph.groups[block->first_group].triangle_count, 0);
        assert_int_equal(mesh_find_block(&graph, block->first_group), i);
        assert_int_equal(mesh_find_block(&graph, block->first_group + block->group_count - 1),
                         i);
        MeshTable table;
        Bytes bytes = own_copy(&sample.arena, block_bytes(&sample, i));
        assert_ok(mesh_parse_block(&graph, i, bytes, &sample.arena, &table));
        assert_int_equal(graph.groups[block->first_group].triangle_count, 0);
        mesh_add_block(&graph, &table);
        assert_true(block->is_there);
        check_tables(&graph);
        MeshPage page; // it needs no other block than its own
        assert_ok(mesh_parse_page(&graph, block->first_page,
                                  page_bytes(&sample, block->first_page), &sample.arena,
                                  &page));
        if (i > 0)
            assert_true(
                mesh_parse_page(&graph, 0, page_bytes(&sample, 0), &sample.arena, &page) != OK);
    }
    assert_memory_equal(graph.groups, sample.graph.groups,
                        graph.group_count * sizeof *graph.groups);
    assert_memory_equal(graph.children, sample.graph.children,
                        graph.child_count * sizeof *graph.children);
    assert_memory_equal(graph.pages, sample.graph.pages,
                        graph.page_count * sizeof *graph.pages);
    arena_drop(&sample.arena);
}

static void test_block_truncations(void **state)
{
    (void)state;
    Sample sample = make_sample(true);
    MeshGraph graph = parse_head(&sample);
    Bytes good = block_bytes(&sample, 1);
    for (size_t len = 0; len <= good.len; len++) {
        ArenaMark mark = arena_mark(&sample.arena);
        Bytes cut = own_copy(&sample.arena, bytes_first(good, len));
        MeshTable table;
        assert_int_equal(mesh_parse_block(&graph, 1, cut, &sample.arena, &table),
                         len == good.len ? OK : ERR_CORRUPT);
        arena_rewind(&sample.arena, mark);
    }
    arena_drop(&sample.arena);
}

static void test_block_flips(void **state)
{
    (void)state;
    Sample sample = make_sample(true);
    Bytes good = block_bytes(&sample, 1);
    for (size_t bit = 0; bit < 8 * good.len; bit++) {
        ArenaMark mark = arena_mark(&sample.arena);
        MeshGraph graph = parse_head(&sample);
        uint8_t *bytes = arena_copy(&sample.arena, good.ptr, good.len, 16);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        MeshTable table;
        assert_status(
            mesh_parse_block(&graph, 1, (Bytes){bytes, good.len}, &sample.arena, &table),
            ERR_CORRUPT);
        graph.blocks[1].checksum = (uint32_t)crc32(0, bytes, (uInt)good.len);
        if (mesh_parse_block(&graph, 1, (Bytes){bytes, good.len}, &sample.arena, &table) ==
            OK) {
            mesh_add_block(&graph, &table);
            check_tables(&graph);
        }
        arena_rewind(&sample.arena, mark);
    }
    arena_drop(&sample.arena);
}

typedef struct Lie {
    const char *expected;
    void (*tell)(MeshGraph *graph);
} Lie;

// The last group of all; its parent is in another block.
static MeshGroup *last_group(MeshGraph *graph)
{
    return &graph->groups[graph->group_count - 1];
}

static void too_many_parents(MeshGraph *graph)
{
    last_group(graph)->parent_count++;
}

static void too_large_an_error(MeshGraph *graph)
{
    last_group(graph)->error_m = 1e3f;
}

static void an_error_nobody_knows(MeshGraph *graph)
{
    last_group(graph)->error_m *= 1.5f;
}

static void too_long_a_reach(MeshGraph *graph)
{
    last_group(graph)->reach.high[1] += 1.0f;
}

static void a_cone_elsewhere(MeshGraph *graph)
{
    last_group(graph)->cone = mesh_cone_make((float[3]){1, 0, 0}, 0.3f);
}

static void a_cone_to_everywhere(MeshGraph *graph)
{
    last_group(graph)->cone = (MeshCone){{0}, 0};
}

static void a_level_too_rich(MeshGraph *graph)
{
    graph->levels[0].triangle_count++;
}

// No block knows, but the whole does.
static void test_lies_across_blocks(void **state)
{
    (void)state;
    const Lie lies[] = {
        {"parents", too_many_parents},     {"not nested", too_large_an_error},
        {"err by", an_error_nobody_knows}, {"reaches out", too_long_a_reach},
        {"faces where", a_cone_elsewhere}, {"faces where", a_cone_to_everywhere},
        {"level 0", a_level_too_rich}};
    for (size_t i = 0; i < COUNT_OF(lies); i++) {
        Sample sample = make_sample(false);
        lies[i].tell(&sample.graph);
        sample.bytes.graph = mesh_write_graph(&sample.graph, &sample.arena);
        MeshGraph graph = parse_head(&sample);
        MeshTable table;
        assert_ok(mesh_parse_block(&graph, graph.block_count - 1,
                                   block_bytes(&sample, graph.block_count - 1), &sample.arena,
                                   &table));
        assert_status(
            mesh_parse_graph(sample.bytes.graph, sample.bytes.pages.len, &sample.arena, &graph),
            ERR_CORRUPT);
        assert_non_null(strstr(fault_last()->text, lies[i].expected));
        arena_drop(&sample.arena);
    }
}

// ---- pages

static void try_page_truncations(Sample sample)
{
    Bytes good = page_bytes(&sample, 1);
    MeshPageRange *range = &sample.graph.pages[1];
    for (size_t len = 0; len < good.len; len++) {
        ArenaMark mark = arena_mark(&sample.arena);
        Bytes cut = own_copy(&sample.arena, bytes_first(good, len));
        MeshPage page;
        assert_status(mesh_parse_page(&sample.graph, 1, cut, &sample.arena, &page),
                      ERR_CORRUPT);
        // A graph that admits to the shorter page does not help.
        MeshPageRange kept = *range;
        range->size_bytes = (uint32_t)len;
        range->checksum = (uint32_t)crc32(0, cut.ptr, (uInt)len);
        assert_true(mesh_parse_page(&sample.graph, 1, cut, &sample.arena, &page) != OK);
        *range = kept;
        arena_rewind(&sample.arena, mark);
    }
    arena_drop(&sample.arena);
}

static void test_page_truncations(void **state)
{
    (void)state;
    try_page_truncations(make_sample(true));
    try_page_truncations(make_tiled_sample());
}

static void try_page_flips(Sample sample)
{
    Bytes good = page_bytes(&sample, 2);
    MeshPageRange *range = &sample.graph.pages[2];
    for (size_t bit = 0; bit < 8 * good.len; bit++) {
        ArenaMark mark = arena_mark(&sample.arena);
        uint8_t *bytes = arena_copy(&sample.arena, good.ptr, good.len, 16);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        MeshPage page;
        MeshPageRange kept = *range;
        assert_status(
            mesh_parse_page(&sample.graph, 2, (Bytes){bytes, good.len}, &sample.arena, &page),
            ERR_CORRUPT);
        range->checksum = (uint32_t)crc32(0, bytes, (uInt)good.len);
        if (mesh_parse_page(&sample.graph, 2, (Bytes){bytes, good.len}, &sample.arena, &page) ==
            OK)
            check_page(&page);
        *range = kept;
        arena_rewind(&sample.arena, mark);
    }
    arena_drop(&sample.arena);
}

static void test_page_flips(void **state)
{
    (void)state;
    try_page_flips(make_sample(true));
    try_page_flips(make_tiled_sample());
}

static void test_page_of_another_number(void **state)
{
    (void)state;
    Sample sample = make_sample(false);
    MeshPage page;
    assert_status(
        mesh_parse_page(&sample.graph, 0, page_bytes(&sample, 1), &sample.arena, &page),
        ERR_CORRUPT);
    assert_status(mesh_parse_page(&sample.graph, sample.graph.page_count,
                                  page_bytes(&sample, 1), &sample.arena, &page),
                  ERR_INVALID);
    arena_drop(&sample.arena);
}

static void test_normals(void **state)
{
    (void)state;
    float worst = 1.0f;
    for (int i = 0; i < 20000; i++) {
        float z = 1.0f - 2.0f * ((float)i + 0.5f) / 20000.0f, turn = (float)i * 2.39996f;
        float across = sqrtf(1.0f - z * z);
        float normal[3] = {across * cosf(turn), across * sinf(turn), z}, back[3];
        uint8_t encoded[2];
        mesh_encode_normal(normal, encoded);
        mesh_decode_normal(encoded, back);
        float likeness = normal[0] * back[0] + normal[1] * back[1] + normal[2] * back[2];
        worst = MIN(worst, likeness);
    }
    assert_true(acosf(worst) < 0.0165f); // under a degree
    const float axes[6][3] = {{1, 0, 0},  {-1, 0, 0}, {0, 1, 0},
                              {0, -1, 0}, {0, 0, 1},  {0, 0, -1}};
    for (int i = 0; i < 6; i++) {
        uint8_t encoded[2];
        float back[3];
        mesh_encode_normal(axes[i], encoded);
        mesh_decode_normal(encoded, back);
        for (int axis = 0; axis < 3; axis++)
            assert_float_equal(back[axis], axes[i][axis], 1e-6);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_tiled_round_trip),
        cmocka_unit_test(test_texels_outside_tile),
        cmocka_unit_test(test_graph_truncations),
        cmocka_unit_test(test_graph_flips),
        cmocka_unit_test(test_blocks_come_one_by_one),
        cmocka_unit_test(test_block_truncations),
        cmocka_unit_test(test_block_flips),
        cmocka_unit_test(test_lies_across_blocks),
        cmocka_unit_test(test_page_truncations),
        cmocka_unit_test(test_page_flips),
        cmocka_unit_test(test_page_of_another_number),
        cmocka_unit_test(test_normals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

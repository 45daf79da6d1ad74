// test_bake_scans.c: the shared scans: what their geometry costs, and a thousand cuts of each,
// as the viewer makes them: from anywhere, as coarse as may be, with any pages missing. No edge
// is open that is not on a border of the scan itself.

#include "bake_check.h"

#include "packer/import.h"
#include "stream/cut.h"

// With its pictures, and of its shape alone.
enum { CUTS = 500 };

// An edge where clusters end: where it has more triangles on one side than on the other, summed
// over the clusters of a cut, the cut is open.
typedef struct Edge {
    uint64_t key; // 0: no edge
    uint64_t ends[2];
    int sum;         // of one cut; 0 between cuts
    bool is_allowed; // along a border of the scan
} Edge;

typedef struct Side {
    uint32_t edge;
    int sign;
} Side;

// A cluster's share of the edges of its outline.
typedef struct Outline {
    uint32_t first, count;
} Outline;

typedef struct Outlines {
    const Sculpture *s;
    uint32_t mask, edge_count;
    Edge *edges; // by key
    Outline (*outlines)[MESH_PAGE_MAX_CLUSTERS];
    uint32_t side_count;
    size_t side_capacity;
    Side *sides;
    Arena *arena;
} Outlines;

// ---- outlines

static uint64_t mix(uint64_t value)
{
    value = (value ^ value >> 32) * 0xd6e8feb86659fd93u;
    value = (value ^ value >> 32) * 0xd6e8feb86659fd93u;
    return value ^ value >> 32;
}

// Of a place: so long that no two of a few million are ever the same.
static uint64_t place_of(const MeshPage *page, uint32_t vertex)
{
    uint64_t place = 1;
    for (int axis = 0; axis < 3; axis++) {
        float at = page->origin_m[axis] +
                   page->step_m * (float)page->vertices[vertex].position[axis] + 0.0f;
        uint32_t bits;
        memcpy(&bits, &at, sizeof bits);
        place = mix(place + bits);
    }
    return place;
}

static uint32_t edge_of(Outlines *o, uint64_t a, uint64_t b)
{
    uint64_t key = mix(MIN(a, b) + mix(MAX(a, b))) | 1;
    uint32_t at = (uint32_t)(key >> 32) & o->mask;
    while (o->edges[at].key && o->edges[at].key != key)
        at = (at + 1) & o->mask;
    if (!o->edges[at].key) {
        o->edges[at] = (Edge){.key = key, .ends = {a, b}};
        assert_true(++o->edge_count < o->mask / 4 * 3);
    }
    return at;
}

static void add_outline(Outlines *o, uint32_t p, uint32_t c)
{
    const MeshPage *page = &o->s->pages[p];
    const MeshCluster *cluster = &page->clusters[c];
    uint32_t touched[3 * MESH_CLUSTER_MAX_TRIANGLES], count = 3 * cluster->triangle_count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t next = i % 3 == 2 ? i - 2 : i + 1;
        uint64_t a = place_of(page, page->indices[cluster->first_index + i]);
        uint64_t b = place_of(page, page->indices[cluster->first_index + next]);
        touched[i] = edge_of(o, a, b);
        o->edges[touched[i]].sum += a < b ? 1 : -1;
    }
    Outline *outline = &o->outlines[p][c];
    outline->first = o->side_count;
    for (uint32_t i = 0; i < count; i++) {
        Edge *edge = &o->edges[touched[i]];
        if (edge->sum)
            *ARENA_PUSH(o->arena, o->sides, o->side_count, o->side_capacity) =
                (Side){touched[i], edge->sum};
        edge->sum = 0;
    }
    outline->count = o->side_count - outline->first;
}

static void add_sides(Outlines *o, uint32_t p, uint32_t c)
{
    const Outline *outline = &o->outlines[p][c];
    for (uint32_t i = 0; i < outline->count; i++) {
        const Side *side = &o->sides[outline->first + i];
        o->edges[side->edge].sum += side->sign;
    }
}

// How many edges are open that may not be; forgets the cut.
static uint32_t end_cut(Outlines *o, uint32_t p, uint32_t c)
{
    const Outline *outline = &o->outlines[p][c];
    uint32_t open = 0;
    for (uint32_t i = 0; i < outline->count; i++) {
        Edge *edge = &o->edges[o->sides[outline->first + i].edge];
        open += edge->sum && !edge->is_allowed;
        edge->sum = 0;
    }
    return open;
}

// ---- the scan's own borders

typedef struct PlaceSet {
    uint32_t mask, count;
    uint64_t *places; // 0 is empty
} PlaceSet;

static bool find_place(const PlaceSet *set, uint64_t place, uint32_t *at)
{
    *at = (uint32_t)place & set->mask;
    while (set->places[*at] && set->places[*at] != place)
        *at = (*at + 1) & set->mask;
    return set->places[*at] != 0;
}

static void add_place(PlaceSet *set, uint64_t place)
{
    uint32_t at;
    if (!find_place(set, place, &at)) {
        set->places[at] = place;
        assert_true(++set->count < set->mask / 4 * 3);
    }
}

#define EACH_CLUSTER(s, p, c)       \
    uint32_t p = 0;                 \
    p < (s)->graph.page_count; p++)         \
        for (uint32_t c = 0; c < (s)->pages[p].cluster_count; c++

// Borders of the finest level; edges between their vertices may be open in coarser cuts too,
// where borders were straightened.
static uint32_t allow_borders(Outlines *o)
{
    const Sculpture *s = o->s;
    PlaceSet set = {.mask = o->mask};
    set.places = ARENA_ARRAY(o->arena, uint64_t, (size_t)set.mask + 1);
    for (EACH_CLUSTER(s, p, c)) {
        if (s->pages[p].clusters[c].refined_by == MESH_NO_GROUP)
            add_sides(o, p, c);
    }
    uint32_t open = 0;
    for (uint32_t i = 0; i <= o->mask; i++) {
        Edge *edge = &o->edges[i];
        if (edge->sum) {
            add_place(&set, edge->ends[0]);
            add_place(&set, edge->ends[1]);
            open++;
        }
        edge->sum = 0;
    }
    for (uint32_t i = 0; i <= o->mask; i++) {
        Edge *edge = &o->edges[i];
        uint32_t at;
        edge->is_allowed =
            find_place(&set, edge->ends[0], &at) && find_place(&set, edge->ends[1], &at);
    }
    return open;
}

static Outlines find_outlines(const Sculpture *s, Arena *arena)
{
    Outlines o = {.s = s, .arena = arena, .mask = 63};
    while (o.mask < 3 * s->result.stats.all_triangles)
        o.mask = 2 * o.mask + 1;
    o.edges = ARENA_ARRAY(arena, Edge, (size_t)o.mask + 1);
    o.outlines = arena_alloc(arena, s->graph.page_count * sizeof *o.outlines, 16);
    for (EACH_CLUSTER(s, p, c))
        add_outline(&o, p, c);
    return o;
}

// ---- cuts

typedef struct Viewer {
    CutState state;
    CutPage *pages;
    uint32_t random;
} Viewer;

// 0 to 1.
static float any(Viewer *viewer)
{
    viewer->random = viewer->random * 1664525u + 1013904223u;
    return (float)(viewer->random >> 8) / 16777216.0f;
}

static Viewer make_viewer(const Sculpture *s, Arena *arena)
{
    return (Viewer){.state = cut_make_state(&s->graph, arena),
                    .pages = ARENA_ARRAY(arena, CutPage, s->graph.page_count),
                    .random = 11};
}

// From inside the piece to ten times its size away.
static ObjectView any_view(Viewer *viewer, const MeshGraph *graph)
{
    Camera camera = {.fov_y = 0.2f + any(viewer), .near_m = 1e-6f, .far_m = 1e6f};
    double target[3];
    float reach = powf(10, 2 * any(viewer) - 1);
    for (int axis = 0; axis < 3; axis++) {
        float low = graph->low_m[axis], size = graph->high_m[axis] - low;
        target[axis] = (double)(low + size * any(viewer));
        camera.position[axis] = target[axis] + (double)(reach * size * (2 * any(viewer) - 1));
    }
    camera.position[2] += 1e-5;
    camera_look_at(&camera, target);
    View view = camera_view(&camera, &(Viewport){0, 0, 1280, 720});
    return view_to_object(&view, &PLACEMENT_IDENTITY);
}

// Roots, and as much of the rest as luck has it.
static void load_pages(Viewer *viewer, const Sculpture *s)
{
    float share = any(viewer) < 0.3f ? 1 : any(viewer);
    for (uint32_t p = 0; p < s->graph.page_count; p++) {
        bool is_root = s->graph.pages[p].first_group < s->graph.root_count;
        bool is_here = is_root || any(viewer) < share;
        viewer->pages[p] = (CutPage){.mesh = is_here ? &s->pages[p] : NULL, .slot = p};
    }
}

typedef uint32_t ClusterFn(Outlines *o, uint32_t page, uint32_t cluster);

static uint32_t add_drawn(Outlines *o, uint32_t page, uint32_t cluster)
{
    add_sides(o, page, cluster);
    return 1;
}

static uint32_t for_drawn(Outlines *o, const CutResult *cut, ClusterFn *run)
{
    uint32_t sum = 0;
    for (uint32_t d = 0; d < cut->draw_count; d++) {
        const CutDraw *draw = &cut->draws[d];
        const MeshPage *page = &o->s->pages[draw->slot];
        for (uint32_t c = 0; c < page->cluster_count; c++) {
            uint32_t first = page->clusters[c].first_index;
            if (first >= draw->first_index && first < draw->first_index + draw->index_count)
                sum += run(o, draw->slot, c);
        }
    }
    return sum;
}

static CutResult any_cut(Viewer *viewer, const Sculpture *s, Arena *arena)
{
    load_pages(viewer, s);
    ObjectView view = any_view(viewer, &s->graph);
    return cut_select(&(CutInput){.graph = &s->graph,
                                  .state = &viewer->state,
                                  .pages = viewer->pages,
                                  .view = &view,
                                  .pixel_error = powf(10, 3 * any(viewer) - 1),
                                  .is_two_sided = true,
                                  .is_whole = true,
                                  .want_limit = 1},
                      arena);
}

static void check_cuts(const char *name, const Sculpture *s, Arena *arena)
{
    Outlines o = find_outlines(s, arena);
    uint32_t border = allow_borders(&o);
    Viewer viewer = make_viewer(s, arena);
    Arena temporary = {0};
    uint32_t fewest = UINT32_MAX, most = 0, holes = 0;
    for (int i = 0; i < CUTS; i++) {
        CutResult cut = any_cut(&viewer, s, &temporary);
        assert_int_equal(for_drawn(&o, &cut, add_drawn), cut.cluster_count);
        uint32_t open = for_drawn(&o, &cut, end_cut);
        if (open)
            fail_msg("%s: cut %d of %u triangles has %u open edges", name, i,
                     cut.triangle_count, open);
        CutResult holed = cut;
        holed.draw_count--;
        for_drawn(&o, &holed, add_drawn);
        holes += for_drawn(&o, &cut, end_cut) > 0;
        fewest = MIN(fewest, cut.triangle_count);
        most = MAX(most, cut.triangle_count);
        arena_reset(&temporary);
    }
    print_message("%s: %u to %u triangles, %u open edges of its own\n", name, fewest, most,
                  border);
    assert_true(most > 5 * fewest && holes > CUTS / 4); // the test sees cracks
    arena_drop(&temporary);
}

// 7 bytes a triangle, of all levels together, without colours and tiles.
static void check_bytes(const Sculpture *s)
{
    const BakeStats *stats = &s->result.stats;
    uint64_t bytes = stats->vertex_bytes + stats->index_bytes + stats->table_bytes +
                     s->result.graph_bytes.len;
    print_message("%.2f bytes a triangle\n", (double)bytes / (double)s->graph.triangle_count);
    assert_true(bytes <= 7 * s->graph.triangle_count);
}

static void check_bake(const char *name, const Scan *scan)
{
    Arena arena = {0};
    Sculpture s;
    assert_ok(bake(scan, (BakeOptions){0}, &arena, &s));
    check_cuts(name, &s, &arena);
    if (!scan->image_count)
        check_bytes(&s);
    arena_drop(&arena);
}

// Its shape alone.
static Scan strip_scan(const Scan *scan, Arena *arena)
{
    Scan bare = *scan;
    bare.uvs[0] = bare.uvs[1] = NULL;
    bare.colors = bare.surfaces = NULL;
    bare.triangle_materials = NULL;
    bare.image_count = 0;
    bare.material_count = 1;
    bare.materials = ARENA_NEW(arena, ScanMaterial);
    bare.materials[0] = scan_default_material();
    return bare;
}

static void check_scan(const char *file, ImportUnit unit)
{
    Arena arena = {0};
    char name[200];
    snprintf(name, sizeof name, "scans/%s", file);
    Scan scan;
    assert_ok(
        import_scan(shared_file(&arena, name), &(ImportOptions){.unit = unit}, &arena, &scan));
    Scan bare = strip_scan(&scan, &arena);
    check_bake(file, &scan);
    check_bake(file, &bare);
    arena_drop(&arena);
}

#define SCAN_TEST(name, file, unit)       \
    static void test_##name(void **state) \
    {                                     \
        (void)state;                      \
        check_scan(file, unit);           \
    }

SCAN_TEST(pan, "reclining-pan/pan.ply", IMPORT_UNIT_MM)
SCAN_TEST(saxophone, "alto-saxophone/saxophone_draco.glb", IMPORT_UNIT_NONE)
SCAN_TEST(coloured_saxophone, "alto-saxophone/saxophone_vertexcolour.ply", IMPORT_UNIT_MM)
SCAN_TEST(helmet, "flight-helmet/FlightHelmet.gltf", IMPORT_UNIT_NONE)
SCAN_TEST(man, "man-with-wreath/man_wearing_a_wreath.glb", IMPORT_UNIT_NONE)
SCAN_TEST(bare_man, "man-with-wreath/man_wearing_a_wreath_mm.stl", IMPORT_UNIT_MM)
SCAN_TEST(nefertiti, "nefertiti/nefertiti-lowres.obj", IMPORT_UNIT_MM)
SCAN_TEST(whale, "pilot-whale-cranium/whale_cranium.glb", IMPORT_UNIT_NONE)
SCAN_TEST(packed_pan, "reclining-pan/pan_draco.glb", IMPORT_UNIT_NONE)
SCAN_TEST(packed_whale, "pilot-whale-cranium/whale_cranium_draco.glb", IMPORT_UNIT_NONE)
SCAN_TEST(tea_set, "tea-set/tea_set_01_1k.gltf", IMPORT_UNIT_NONE)
SCAN_TEST(venus, "venus-de-milo/venus.glb", IMPORT_UNIT_NONE)
SCAN_TEST(banana, "ycb-banana/textured_simple_reoriented.obj", IMPORT_UNIT_M)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pan),
        cmocka_unit_test(test_saxophone),
        cmocka_unit_test(test_coloured_saxophone),
        cmocka_unit_test(test_helmet),
        cmocka_unit_test(test_man),
        cmocka_unit_test(test_bare_man),
        cmocka_unit_test(test_nefertiti),
        cmocka_unit_test(test_whale),
        cmocka_unit_test(test_packed_pan),
        cmocka_unit_test(test_packed_whale),
        cmocka_unit_test(test_tea_set),
        cmocka_unit_test(test_venus),
        cmocka_unit_test(test_banana),
    };
    return cmocka_run_group_tests(tests, bake_check_begin, NULL);
}

// test_memory.c: one number of bytes is enough for all that pictures are made of, and nothing
// goes over it: divided on paper for many sizes, and counted with everything full. What a
// software driver takes besides does not grow with what is drawn.

#include "gl/stage.h"

#include "draw/render_memory.h"

#include <math.h>
#include <sys/resource.h>

static Stage stage;

#define MIB ((uint64_t)1 << 20)

static uint64_t sum_of(const RenderMemory *memory)
{
    const uint64_t slot_bytes = 128 * 1024;
    return memory->target_bytes + memory->house_bytes + memory->slot_count * slot_bytes +
           memory->tile_bytes;
}

static RenderMemory divide(uint64_t budget_bytes, const RenderDesc *look, const int size[2],
                           double slot_part)
{
    return render_divide_memory(&(RenderMemoryDesc){.budget_bytes = budget_bytes,
                                                    .look = look,
                                                    .width = size[0],
                                                    .height = size[1],
                                                    .slot_part = slot_part,
                                                    .piece_count = 2});
}

static void parts_fit_whatever_is_asked_for(void **state)
{
    (void)state;
    static const int sizes[][2] = {{320, 240}, {1280, 720}, {1920, 1080}, {3840, 2160}};
    static const RenderDesc looks[] = {
        {.quality = RENDER_ECONOMIC, .shadow_side = 1024, .sample_count = 2},
        {.quality = RENDER_ECONOMIC},
        {.quality = RENDER_FINE},
        {.quality = RENDER_FINE, .shadow_side = 4096, .sample_count = 8}};
    for (size_t i = 0; i < COUNT_OF(sizes) * COUNT_OF(looks); i++) {
        const int *size = sizes[i % COUNT_OF(sizes)];
        const RenderDesc *look = &looks[i / COUNT_OF(sizes)];
        uint32_t slots = 0;
        uint64_t tile_bytes = 0;
        for (uint64_t mib = 4; mib <= 32768; mib *= 2) {
            RenderMemory memory = divide(mib * MIB, look, size, 0);
            assert_true(sum_of(&memory) <= memory.budget_bytes);
            assert_true(memory.budget_bytes >= mib * MIB);
            RenderDesc fitted = *look;
            render_fit_targets(&fitted, size[0], size[1], memory.target_bytes);
            assert_true(render_target_bytes(&fitted, size[0], size[1]) <= memory.target_bytes);
            if (mib >= 1024 && size[1] <= 1080) // nothing has to be given up
                assert_true(memory.budget_bytes == mib * MIB &&
                            memory.target_bytes == render_target_bytes(look, size[0], size[1]));
            if (memory.budget_bytes == mib * MIB && slots) {
                // Targets may have grown, too; but then there was more to share.
                assert_true(memory.slot_count * 4 + memory.tile_bytes / 0x8000 >=
                            tile_bytes / 0x8000);
            }
            slots = memory.slot_count;
            tile_bytes = memory.tile_bytes;
        }
    }
    RenderMemory kiosk = divide(128 * MIB, &looks[1], sizes[1], 0);
    assert_true(kiosk.budget_bytes == 128 * MIB); // what the figures are measured with
}

// Where pages bring much surface there is more memory for it; what is divided stays as much.
static void slots_and_tiles_share_as_the_packs_need(void **state)
{
    (void)state;
    const RenderDesc look = {.quality = RENDER_ECONOMIC};
    const int size[2] = {1280, 720};
    double bare = render_slot_part(0), painted = render_slot_part(40), before = bare;
    RenderMemory plain = divide(128 * MIB, &look, size, 0);
    RenderMemory rich = divide(128 * MIB, &look, size, painted);
    assert_true(divide(128 * MIB, &look, size, bare).slot_count == plain.slot_count);
    assert_true(rich.slot_count < plain.slot_count / 2 && rich.slot_count >= 50);
    assert_true(rich.tile_bytes > plain.tile_bytes + plain.tile_bytes / 5);
    assert_true(sum_of(&rich) <= 128 * MIB && sum_of(&plain) <= 128 * MIB);
    for (double texels = 1; texels < 200; texels *= 1.5) {
        double part = render_slot_part(texels);
        assert_true(part <= before && part >= painted - 1e-9);
        before = part;
    }
    double between = render_slot_part_between(painted, bare);
    assert_true(between > painted && between < bare);
    assert_true(fabs(bare / between - (1 - painted) / (1 - between)) < 1e-9);
    assert_true(fabs(render_slot_part_between(bare, bare) - bare) < 1e-9);
    // However much surface there is, every piece keeps a page.
    RenderMemory crowd = render_divide_memory(&(RenderMemoryDesc){.budget_bytes = 128 * MIB,
                                                                  .look = &look,
                                                                  .width = 1280,
                                                                  .height = 720,
                                                                  .slot_part = painted,
                                                                  .piece_count = 300});
    assert_true(crowd.slot_count == plain.slot_count);
}

static void defaults_follow_the_machine(void **state)
{
    (void)state;
    GpuInfo info = {.is_software = true};
    uint64_t little = render_default_memory(&info, 2048 * MIB);
    uint64_t much = render_default_memory(&info, 65536 * MIB);
    assert_true(little < much && much <= 256 * MIB);
    info.is_software = false;
    assert_true(render_default_memory(&info, 65536 * MIB) == 1024 * MIB);
    info.memory_bytes = 1024 * MIB;
    assert_true(render_default_memory(&info, 65536 * MIB) == 512 * MIB);
}

// Fills every slot and every layer, and draws a picture with a lens.
static void everything_full_stays_below(void **state)
{
    (void)state;
    RenderDesc look = {.quality = RENDER_ECONOMIC};
    RenderMemory memory = divide(112 * MIB, &look, (int[]){stage.width, stage.height}, 0);
    assert_true(memory.budget_bytes == 112 * MIB);
    look.slot_count = memory.slot_count;
    assert_ok(render_make(&stage.arena, stage.gpu, &look, &stage.render));
    uint64_t bare = gpu_memory(stage.gpu).peak_bytes;
    MeshPage page = stage_sheet(0.1f, 0, 0, &stage.arena);
    page.texels = ARENA_ARRAY(&stage.arena, MeshTexel, page.vertex_count);
    size_t count = SURFACE_TILE_WIDTH * SURFACE_TILE_MAX_ROWS;
    TilePlanes tile = {.rows = SURFACE_TILE_MAX_ROWS,
                       .brings = TILE_COLOR | TILE_NORMAL | TILE_GLOSS,
                       .color = arena_alloc(&stage.arena, count * 4, 4),
                       .shape = arena_alloc(&stage.arena, count * 4, 4)};
    page.tile_rows = tile.rows;
    TilePool pool = tile_pool_make(memory.tile_bytes, &stage.arena);
    TilePlace place;
    uint32_t slot = 0;
    for (; tile_pool_take(&pool, TILE_UNITS_A_LAYER, tile.brings, &place); slot++) {
        render_fit_tiles(stage.render, &pool);
        render_upload_page(stage.render, slot, &page, &(RenderTile){&tile, place});
    }
    page.texels = NULL;
    for (; slot < memory.slot_count; slot++)
        render_upload_page(stage.render, slot, &page, NULL);
    double eye[3] = {0, 0.5, 1}, target[3] = {0};
    RenderList list = {.view.camera = stage_view(&stage, eye, target, 40),
                       .view.is_kept = true,
                       .view.share = 1};
    stage_picture(&stage, &list);
    GpuMemory used = gpu_memory(stage.gpu);
    assert_true(used.peak_bytes >= used.buffer_bytes + used.texture_bytes);
    assert_true(used.peak_bytes <= memory.budget_bytes);
    // It is all there: nothing was refused.
    assert_true(used.peak_bytes >= bare + pool.made_bytes);
    assert_true(render_stats(stage.render).peak_bytes == used.peak_bytes);
}

// A plane of many square metres, whose light would take all there is.
static RenderMesh make_hall(float half_m)
{
    const RenderVertex corners[4] = {{{-half_m, 0, -half_m}, {0, 1, 0}, {0, 0}, 0},
                                     {{-half_m, 0, half_m}, {0, 1, 0}, {0, 1}, 0},
                                     {{half_m, 0, half_m}, {0, 1, 0}, {1, 1}, 0},
                                     {{half_m, 0, -half_m}, {0, 1, 0}, {1, 0}, 0}};
    static const uint32_t indices[6] = {0, 1, 2, 0, 2, 3};
    RenderMeshPart part = {.index_count = 6, .material = {.kind = RENDER_PLASTER}};
    RenderMesh mesh;
    assert_ok(render_make_mesh(stage.render,
                               &(RenderMeshDesc){.vertices = corners,
                                                 .vertex_count = 4,
                                                 .indices = indices,
                                                 .index_count = 6,
                                                 .parts = &part,
                                                 .part_count = 1},
                               &mesh));
    return mesh;
}

static void light_keeps_to_its_share(void **state)
{
    (void)state;
    enum { HALLS = 6 };
    RenderDesc look = {.quality = RENDER_ECONOMIC, .light_bytes = 5 * MIB};
    render_drop(stage.render);
    assert_ok(render_make(&stage.arena, stage.gpu, &look, &stage.render));
    double eye[3] = {0, 30, 90}, target[3] = {0};
    RenderMeshDraw draws[HALLS];
    for (int i = 0; i < HALLS; i++)
        draws[i] = (RenderMeshDraw){.mesh = make_hall(20)};
    RenderList list = {.view.camera = stage_view(&stage, eye, target, 40), .meshes = draws};
    stage_picture(&stage, &list);
    uint64_t bare = gpu_memory(stage.gpu).texture_bytes, most = 0;
    // One after the other, then all of them, then the first alone for a while.
    for (int frame = 0; frame < 100; frame++) {
        list.meshes = draws + (frame < HALLS ? frame : 0);
        list.mesh_count = frame >= HALLS && frame < HALLS + 3 ? HALLS : 1;
        stage_picture(&stage, &list);
        assert_true(gpu_memory(stage.gpu).texture_bytes <= bare + look.light_bytes);
        most = MAX(most, gpu_memory(stage.gpu).texture_bytes - bare);
    }
    assert_true(most > look.light_bytes / 2); // nobody was left dark
}

static uint64_t most_ever_resident(void)
{
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return (uint64_t)usage.ru_maxrss * 1024;
}

// Triangles that the driver has taken and not drawn yet lie in its memory.
static void many_triangles_do_not_pile_up(void **state)
{
    (void)state;
    enum { FEW = 4, MANY = 80 }; // times 8,192 triangles
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    skip(); // what was freed stays
#endif
    if (!gpu_info(stage.gpu).is_software)
        skip(); // it is not main memory
    MeshPage page = stage_sheet(0.5f, 0.02f, 7, &stage.arena);
    render_upload_page(stage.render, 0, &page, NULL);
    RenderClusterDraw draws[MANY];
    for (int i = 0; i < MANY; i++)
        draws[i] = (RenderClusterDraw){0, 0, page.index_count};
    double eye[3] = {0, 1, 0.3}, target[3] = {0};
    RenderSculpture sculpture = {
        .placement = placement_make((double[3]){0}, 0, 1), .radius_m = 1, .draws = {0, FEW}};
    RenderList list = {.view.camera = stage_view(&stage, eye, target, 40),
                       .sculptures = &sculpture,
                       .sculpture_count = 1,
                       .cluster_draws = draws,
                       .cluster_draw_count = MANY};
    stage_picture(&stage, &list);
    uint64_t before = most_ever_resident();
    sculpture.draws.count = MANY;
    stage_picture(&stage, &list);
    assert_true(render_stats(stage.render).triangles >= MANY * page.index_count / 3);
    assert_true(most_ever_resident() - before < 24 * MIB);
}

int main(void)
{
    if (!stage_open(&stage, 640, 360))
        return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_fit_whatever_is_asked_for),
        cmocka_unit_test(slots_and_tiles_share_as_the_packs_need),
        cmocka_unit_test(defaults_follow_the_machine),
        cmocka_unit_test(everything_full_stays_below),
        cmocka_unit_test(light_keeps_to_its_share),
        cmocka_unit_test(many_triangles_do_not_pile_up),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    stage_close(&stage);
    return failed;
}

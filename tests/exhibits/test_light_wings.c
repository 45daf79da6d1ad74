// test_light_wings.c: the light of a pack's rooms goes with them when they become wings of a
// house.

#include "test.h"

#include "exhibits/model/gallery_light.h"
#include "exhibits/model/gallery_texels.h"
#include "exhibits/model/house.h"
#include "exhibits/model/layout.h"

#include <math.h>

static Arena arena;

static const Plan *make_plan(uint32_t count)
{
    LayoutPiece *pieces = ARENA_ARRAY(&arena, LayoutPiece, count);
    Plan *plan = ARENA_NEW(&arena, Plan);
    for (uint32_t i = 0; i < count; i++)
        pieces[i] = (LayoutPiece){.id = str_format(&arena, "piece-%u", i),
                                  .size_m = {0.05f, 0.08f, 0.05f}};
    assert_ok(layout_make(pieces, count, &arena, plan));
    for (uint32_t i = 0; i < plan->room_count; i++)
        plan->rooms[i].text = langtext_make(&arena, "en", "What is in this room.");
    return plan;
}

// Its charts as whoever lights the room lays them out (packer/light_scene.c), but no texels.
static Lightmap make_map(const Plan *plan, uint32_t room)
{
    GalleryMesh mesh;
    Charts charts;
    gallery_mesh_make(plan, room, &arena, &mesh);
    ChartsPart *parts = ARENA_ARRAY(&arena, ChartsPart, mesh.part_count);
    for (uint32_t i = 0; i < mesh.part_count; i++)
        parts[i] = (ChartsPart){mesh.parts[i].first_index, mesh.parts[i].index_count,
                                gallery_light_group(mesh.parts[i].material)};
    charts_find(&(ChartsMesh){.position = mesh.vertices->position,
                              .normal = mesh.vertices->normal,
                              .stride_bytes = sizeof *mesh.vertices,
                              .vertex_count = mesh.vertex_count,
                              .indices = mesh.indices,
                              .parts = parts,
                              .part_count = mesh.part_count},
                &arena, &charts);
    for (uint32_t i = 0; i < charts.count; i++)
        charts.charts[i].size[0] = charts.charts[i].size[1] = 64;
    charts_place(&charts, 1024);
    return (Lightmap){.chart_count = charts.count, .charts = charts.charts};
}

// The middle of all corners of a material, of what stands or hangs in the room.
static void middle_of(const GalleryMesh *mesh, int material, double out[3])
{
    double count = 0;
    out[0] = out[1] = out[2] = 0;
    for (uint32_t p = 0; p < mesh->part_count; p++) {
        const GalleryPart *part = &mesh->parts[p];
        bool counts = part->material == material && part->use == GALLERY_ON_THING;
        for (uint32_t i = 0; i < part->index_count && counts; i++) {
            const GalleryVertex *at = &mesh->vertices[mesh->indices[part->first_index + i]];
            for (int k = 0; k < 3; k++)
                out[k] += (double)at->position[k];
            count++;
        }
    }
    for (int k = 0; k < 3 && count > 0; k++)
        out[k] /= count;
}

// The room as it was lit is, moved, the room of the house: its boards and cases are where the
// house has them. Tracks are gathered from one side, and may hang a little otherwise.
static void check_room(const Plan *own, const Plan *house, uint32_t index,
                       const HouseRoom *from, const Lightmap *map)
{
    LightmapMove move = {.quarters = from->quarters, .first_place = from->first_place};
    GalleryMesh here, there;
    float(*texels)[2];
    memcpy(move.by, from->by, sizeof move.by);
    gallery_mesh_make(house, index, &arena, &here);
    gallery_mesh_make(own, from->room, &arena, &there);
    assert_ok(gallery_texels(&there, map, &arena, &texels));
    gallery_mesh_move(&there, &move);
    for (int material = 0; material < GALLERY_MATERIAL_COUNT; material++) {
        double a[3], b[3];
        if (material == GALLERY_METAL)
            continue;
        middle_of(&here, material, a);
        middle_of(&there, material, b);
        for (int k = 0; k < 3; k++)
            assert_float_equal(a[k], b[k], 0.003);
    }
}

static void test_light_goes_with_its_rooms(void **state)
{
    (void)state;
    const Plan *plan = make_plan(40);
    HouseWing wings[3];
    HouseRoom *rooms;
    Plan house;
    for (int i = 0; i < 3; i++)
        wings[i] = (HouseWing){plan, langtext_make(&arena, "en", "A wing")};
    assert_ok(house_join(wings, 3, &arena, &house, &rooms));
    uint32_t lit = 0, turned = 0, doors = 0;
    for (uint32_t i = 0; i < house.room_count; i++) {
        if (rooms[i].wing == PLAN_NONE)
            continue;
        doors += rooms[i].has_new_door;
        if (rooms[i].has_new_door)
            continue;
        Lightmap map = make_map(plan, rooms[i].room);
        check_room(plan, &house, i, &rooms[i], &map);
        lit++;
        turned += rooms[i].quarters != 0;
    }
    assert_int_equal(doors, 3); // one a wing
    assert_int_equal(lit, 3 * (plan->room_count - 1));
    assert_true(turned > 0 && lit > 0);
    arena_drop(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_light_goes_with_its_rooms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

// cut.c: which clusters of a sculpture to draw, for a view and an error in pixels. Pure.

#include "stream/cut.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { PROBE_PAGES = 512 }; // that are not there and are looked below

CutState cut_make_state(const MeshGraph *graph, Arena *arena)
{
    return (CutState){.marks = ARENA_RESERVE(arena, CutMark, graph->group_count),
                      .page_marks = ARENA_RESERVE(arena, CutWantMark, graph->page_count),
                      .block_marks = ARENA_ARRAY(arena, CutWantMark, graph->block_count),
                      .queue = ARENA_RESERVE(arena, uint32_t, graph->group_count)};
}

static void begin_pass(CutState *state, const MeshGraph *graph)
{
    if (++state->pass != 0)
        return;
    // After 2^32 passes the old stamps would look new.
    memset(state->marks, 0, graph->group_count * sizeof *state->marks);
    memset(state->page_marks, 0, graph->page_count * sizeof *state->page_marks);
    memset(state->block_marks, 0, graph->block_count * sizeof *state->block_marks);
    state->pass = 1;
}

// ---- geometry of a view

static float dot_f(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

// To the nearest place that a box has.
static float distance_to_box(const MeshBox *box, const float point[3])
{
    float way[3];
    for (int i = 0; i < 3; i++)
        way[i] = MAX(0.0f, MAX(box->low[i] - point[i], point[i] - box->high[i]));
    return sqrtf(dot_f(way, way));
}

// Of an error that lies somewhere in the group's reach.
static float error_in_px(const MeshGroup *group, float error_m, const ObjectView *view)
{
    if (error_m == FLT_MAX)
        return INFINITY;
    if (view->is_orthographic)
        return error_m * view->pixels_per_radian;
    // Nothing nearer than the near plane is seen. With an eye inside many boxes this is what
    // keeps errors apart, so that a larger one can be asked for where memory is short.
    float nearest = -(dot_f(view->planes[4], view->eye) + view->planes[4][3]);
    float distance = MAX(distance_to_box(&group->reach, view->eye), nearest);
    if (distance <= 0)
        return INFINITY;
    return error_m * view->pixels_per_radian / distance;
}

float cut_error_px(const MeshGroup *group, const ObjectView *view)
{
    return error_in_px(group, group->error_m, view);
}

static bool view_touches_box(const void *context, const MeshBox *box)
{
    const ObjectView *view = context;
    for (int i = 0; i < 6; i++) {
        const float *plane = view->planes[i];
        float farthest = plane[3];
        for (int k = 0; k < 3; k++)
            farthest += plane[k] * (plane[k] > 0 ? box->high[k] : box->low[k]);
        if (farthest < 0)
            return false;
    }
    return true;
}

static bool everything_touches(const void *context, const MeshBox *box)
{
    (void)context;
    (void)box;
    return true;
}

static bool view_touches_sphere(const ObjectView *view, const float center[3], float radius)
{
    for (int i = 0; i < 6; i++)
        if (dot_f(view->planes[i], center) + view->planes[i][3] < -radius)
            return false;
    return true;
}

static bool faces_away(const MeshCluster *cluster, const ObjectView *view)
{
    if (cluster->cone_cutoff > 1)
        return false;
    if (view->is_orthographic)
        return dot_f(view->forward, cluster->cone_axis) >= cluster->cone_cutoff;
    float offset[3];
    for (int i = 0; i < 3; i++)
        offset[i] = cluster->center[i] - view->eye[i];
    float distance = sqrtf(dot_f(offset, offset));
    return dot_f(offset, cluster->cone_axis) >=
           cluster->cone_cutoff * distance + cluster->radius;
}

// All that is below the group, at the finest level: mesh_cone.h says how that is told. The test
// is hardest at one of the box's corners.
static bool is_turned_along(const MeshGroup *group, const float direction[3])
{
    return dot_f(direction, group->cone.axis) > group->cone.cutoff;
}

static bool is_turned_away(const MeshGroup *group, const ObjectView *view)
{
    const MeshCone *cone = &group->cone;
    if (view->is_orthographic)
        return is_turned_along(group, view->forward);
    for (int corner = 0; corner < 8; corner++) {
        float way[3];
        for (int i = 0; i < 3; i++)
            way[i] = (corner >> i & 1 ? group->reach.high : group->reach.low)[i] - view->eye[i];
        float along = dot_f(way, cone->axis);
        if (along <= 0 || along * along <= cone->cutoff * cone->cutoff * dot_f(way, way))
            return false;
    }
    return true;
}

// ---- the walk

// One pass. The state's queue is of groups that ought to be expanded: parents before children.
typedef struct Walk {
    const MeshGraph *graph;
    CutState *state;
    const CutPage *pages;
    const bool *broken_blocks; // or NULL
    CutTouchBox *touches;
    const void *context;
    const ObjectView *view; // NULL: as fine as there is
    bool hides_backs;
    const float *direction; // of a ray, or NULL
    bool is_patchy;         // a group is covered as soon as anything below it is there
    float pixel_error;
    uint32_t want_limit;
    Arena *arena;
    uint32_t queue_count;
    uint32_t want_capacity, block_want_capacity, used_capacity;
    CutResult result;
} Walk;

// For now as a step. False if there are too many wants already.
static bool ask_for_page(Walk *walk, uint32_t page, float priority)
{
    CutResult *result = &walk->result;
    CutWantMark *mark = &walk->state->page_marks[page];
    bool is_new = mark->pass != walk->state->pass;
    if (walk->pages[page].mesh) {
        if (is_new) {
            *mark = (CutWantMark){walk->state->pass, result->used_count};
            *ARENA_PUSH(walk->arena, result->used, result->used_count, walk->used_capacity) =
                (CutUse){page, true};
        }
        return true;
    }
    if (!is_new) {
        CutWant *want = &result->wants[mark->at];
        want->priority = MAX(want->priority, priority);
        return true;
    }
    if (result->want_count >= walk->want_limit) {
        result->is_cut_off = walk->want_limit > 0;
        return false;
    }
    *mark = (CutWantMark){walk->state->pass, result->want_count};
    *ARENA_PUSH(walk->arena, result->wants, result->want_count, walk->want_capacity) =
        (CutWant){page, priority, true};
    return true;
}

static void need_page(Walk *walk, uint32_t page)
{
    CutResult *result = &walk->result;
    uint32_t at = walk->state->page_marks[page].at;
    if (walk->pages[page].mesh) {
        result->used[at].is_step = false;
        return;
    }
    result->needed_count += result->wants[at].is_step;
    result->wants[at].is_step = false;
}

// Of children whose block is not there only what their parent says of all of them is known.
static float unknown_error_px(const Walk *walk, const MeshGroup *parent)
{
    return walk->view ? error_in_px(parent, parent->finer_error_m, walk->view) : INFINITY;
}

static bool is_block_wanted(const Walk *walk, const MeshGroup *parent, uint32_t child)
{
    uint32_t block = mesh_find_block(walk->graph, child);
    return unknown_error_px(walk, parent) > walk->pixel_error && walk->want_limit > 0 &&
           !(walk->broken_blocks && walk->broken_blocks[block]);
}

static void want_block(Walk *walk, const MeshGroup *parent, uint32_t child)
{
    CutResult *result = &walk->result;
    uint32_t block = mesh_find_block(walk->graph, child);
    float error_px = unknown_error_px(walk, parent);
    CutWantMark *mark = &walk->state->block_marks[block];
    if (mark->pass == walk->state->pass) {
        CutWant *want = &result->block_wants[mark->at];
        want->priority = MAX(want->priority, error_px);
        return;
    }
    *mark = (CutWantMark){walk->state->pass, result->block_want_count};
    *ARENA_PUSH(walk->arena, result->block_wants, result->block_want_count,
                walk->block_want_capacity) = (CutWant){block, error_px, false};
}

// Anew in this pass.
static CutMark *mark_group(Walk *walk, uint32_t index)
{
    const MeshGroup *group = &walk->graph->groups[index];
    CutMark *mark = &walk->state->marks[index];
    *mark = (CutMark){.pass = walk->state->pass,
                      .is_seen = walk->touches(walk->context, &group->reach) &&
                                 !(walk->hides_backs && is_turned_away(group, walk->view)) &&
                                 !(walk->direction && is_turned_along(group, walk->direction))};
    return mark;
}

// All its parents ought to be expanded: ought it itself?
static void consider(Walk *walk, uint32_t index)
{
    const MeshGroup *group = &walk->graph->groups[index];
    CutMark *mark = &walk->state->marks[index];
    if (!mark->is_seen || walk->pages[group->page].is_broken)
        return;
    float error_px = walk->view ? cut_error_px(group, walk->view) : INFINITY;
    if (error_px <= walk->pixel_error || !ask_for_page(walk, group->page, error_px))
        return;
    mark->is_asked = true;
    walk->state->queue[walk->queue_count++] = index;
}

static void visit_child(Walk *walk, const MeshGroup *parent, uint32_t child)
{
    const MeshGroup *group = &walk->graph->groups[child];
    if (group->triangle_count == 0) {
        if (is_block_wanted(walk, parent, child))
            want_block(walk, parent, child);
        return;
    }
    CutMark *mark = &walk->state->marks[child];
    if (mark->pass != walk->state->pass)
        mark = mark_group(walk, child);
    // More parents than it claims would be a lie: it is looked at once.
    if (mark->parents_reached < group->parent_count &&
        ++mark->parents_reached == group->parent_count)
        consider(walk, child);
}

static void visit_children(Walk *walk, uint32_t index)
{
    const MeshGroup *group = &walk->graph->groups[index];
    walk->result.visited_count += group->child_count;
    for (uint32_t i = 0; i < group->child_count; i++)
        visit_child(walk, group, walk->graph->children[group->first_child + i]);
}

// ---- what of it can be expanded

static bool is_there(const Walk *walk, uint32_t group)
{
    return walk->pages[walk->graph->groups[group].page].mesh != NULL;
}

// Nothing of the group would have to be drawn if it were expanded now.
static bool is_covered(const Walk *walk, const MeshGroup *group)
{
    if (group->has_finest)
        return false;
    for (uint32_t i = 0; i < group->child_count; i++) {
        uint32_t child = walk->graph->children[group->first_child + i];
        const CutMark *mark = &walk->state->marks[child];
        bool is_known = walk->graph->groups[child].triangle_count > 0;
        if (is_known && mark->is_seen && mark->is_expanded && walk->is_patchy)
            return true;
        if ((!is_known || (mark->is_seen && !mark->is_expanded)) && !walk->is_patchy)
            return false;
    }
    return !walk->is_patchy;
}

// Takes back what is not there and not covered by what is below it.
static bool take_back_upwards(Walk *walk)
{
    bool is_changed = false;
    for (uint32_t i = walk->queue_count; i-- > 0;) {
        uint32_t index = walk->state->queue[i];
        CutMark *mark = &walk->state->marks[index];
        if (!mark->is_expanded || is_there(walk, index) ||
            is_covered(walk, &walk->graph->groups[index]))
            continue;
        mark->is_expanded = false;
        is_changed = true;
    }
    return is_changed;
}

// Takes back what has a parent that was taken back.
static bool take_back_downwards(Walk *walk)
{
    bool is_changed = false;
    for (uint32_t i = 0; i < walk->queue_count; i++) {
        const MeshGroup *group = &walk->graph->groups[walk->state->queue[i]];
        if (walk->state->marks[walk->state->queue[i]].is_expanded)
            continue;
        for (uint32_t k = 0; k < group->child_count; k++) {
            CutMark *mark = &walk->state->marks[walk->graph->children[group->first_child + k]];
            is_changed |= mark->pass == walk->state->pass && mark->is_expanded;
            mark->is_expanded = false;
        }
    }
    return is_changed;
}

// One missing root, and a part of the surface would be missing.
static bool is_rooted(const Walk *walk)
{
    for (uint32_t root = 0; root < walk->graph->root_count; root++)
        if (!is_there(walk, root))
            return false;
    return true;
}

static void expand(Walk *walk)
{
    bool can_be = is_rooted(walk), is_whole = true;
    for (uint32_t i = 0; i < walk->queue_count; i++) {
        walk->state->marks[walk->state->queue[i]].is_expanded = can_be;
        is_whole = is_whole && is_there(walk, walk->state->queue[i]);
    }
    if (!can_be || is_whole)
        return;
    while (take_back_upwards(walk) && take_back_downwards(walk))
        ;
}

// ---- what of it is drawn once all is there

static bool is_drawn_from(const Walk *walk, uint32_t index)
{
    const MeshGroup *group = &walk->graph->groups[index];
    if (group->has_finest || index < walk->graph->root_count)
        return true;
    for (uint32_t i = 0; i < group->child_count; i++) {
        uint32_t child = walk->graph->children[group->first_child + i];
        const CutMark *mark = &walk->state->marks[child];
        bool is_known = walk->graph->groups[child].triangle_count > 0;
        if (is_known ? mark->is_seen && !mark->is_asked : !is_block_wanted(walk, group, child))
            return true;
    }
    return false;
}

// What stands in for what is not expanded, in the picture.
static void note_errors(Walk *walk, const MeshGroup *group)
{
    for (uint32_t i = 0; i < group->child_count; i++) {
        const MeshGroup *child =
            &walk->graph->groups[walk->graph->children[group->first_child + i]];
        const CutMark *mark = &walk->state->marks[child - walk->graph->groups];
        float error_px = 0;
        if (child->triangle_count == 0)
            error_px = unknown_error_px(walk, group);
        else if (mark->is_seen && !mark->is_expanded)
            error_px = walk->view ? cut_error_px(child, walk->view) : INFINITY;
        walk->result.error_px = MAX(walk->result.error_px, error_px);
    }
}

static void look_back(Walk *walk)
{
    for (uint32_t root = 0; root < walk->graph->root_count; root++)
        if (walk->state->marks[root].is_seen && !walk->state->marks[root].is_expanded)
            walk->result.error_px = INFINITY;
    for (uint32_t i = 0; i < walk->queue_count; i++) {
        uint32_t index = walk->state->queue[i];
        if (is_drawn_from(walk, index))
            need_page(walk, walk->graph->groups[index].page);
        if (walk->state->marks[index].is_expanded)
            note_errors(walk, &walk->graph->groups[index]);
    }
}

static void walk_down(Walk *walk)
{
    begin_pass(walk->state, walk->graph);
    for (uint32_t root = 0; root < walk->graph->root_count; root++) {
        mark_group(walk, root);
        consider(walk, root);
    }
    for (uint32_t next = 0; next < walk->queue_count; next++)
        visit_children(walk, walk->state->queue[next]);
    expand(walk);
    look_back(walk);
}

static bool is_expanded(const CutState *state, uint32_t group)
{
    return group != MESH_NO_GROUP && state->marks[group].pass == state->pass &&
           state->marks[group].is_expanded;
}

// ---- drawing

static bool is_hidden(const CutInput *input, const MeshCluster *cluster)
{
    if (input->is_whole)
        return false;
    return !view_touches_sphere(input->view, cluster->center, cluster->radius) ||
           (!input->is_two_sided && faces_away(cluster, input->view));
}

typedef struct Drawing {
    const CutInput *input;
    CutResult *result;
    Arena *arena;
    uint32_t capacity; // of the result's draws
} Drawing;

static void draw_triangles(Drawing *drawing, uint32_t slot, uint32_t first_index,
                           uint32_t index_count)
{
    CutResult *result = drawing->result;
    CutDraw *last = result->draw_count ? &result->draws[result->draw_count - 1] : NULL;
    result->triangle_count += index_count / 3;
    if (last && last->slot == slot && last->first_index + last->index_count == first_index)
        last->index_count += index_count;
    else
        *ARENA_PUSH(drawing->arena, result->draws, result->draw_count, drawing->capacity) =
            (CutDraw){slot, first_index, index_count};
}

static FacingEye eye_of(const MeshCluster *cluster, const ObjectView *view)
{
    FacingEye eye = {.distance = 1};
    for (int i = 0; i < 3; i++)
        eye.view[i] =
            view->is_orthographic ? view->forward[i] : cluster->center[i] - view->eye[i];
    if (!view->is_orthographic) {
        eye.distance = sqrtf(dot_f(eye.view, eye.view));
        eye.radius = cluster->radius;
    }
    return eye;
}

_Static_assert(FACING_PARTS < 32, "parts of a cluster are bits");

static uint32_t first_bit(uint32_t bits)
{
    return (uint32_t)__builtin_ctz(bits);
}

static void draw_cluster(Drawing *drawing, const CutPage *page, uint32_t index)
{
    const CutInput *input = drawing->input;
    const MeshCluster *cluster = &page->mesh->clusters[index];
    uint32_t count = cluster->triangle_count;
    if (!page->facing || input->is_whole || input->is_two_sided) {
        draw_triangles(drawing, page->slot, cluster->first_index, 3 * count);
        return;
    }
    FacingEye eye = eye_of(cluster, input->view);
    const FacingPart *part = &page->facing[(size_t)index * FACING_PARTS];
    uint32_t part_count = (count + FACING_TRIANGLES - 1) / FACING_TRIANGLES, seen = 0;
    for (uint32_t p = 0; p < part_count; p++) // bits: which are seen cannot be foretold
        seen |= (uint32_t)!facing_away(&part[p], &eye) << p;
    while (seen) {
        uint32_t begin = first_bit(seen), end = begin + first_bit(~(seen >> begin));
        seen &= end < 32 ? UINT32_MAX << end : 0;
        uint32_t first = begin * FACING_TRIANGLES, past = MIN(end * FACING_TRIANGLES, count);
        draw_triangles(drawing, page->slot, cluster->first_index + 3 * first,
                       3 * (past - first));
    }
}

static void draw_group(Drawing *drawing, const MeshGroup *group)
{
    const CutInput *input = drawing->input;
    const CutPage *page = &input->pages[group->page];
    const MeshPageGroup *members = &page->mesh->groups[group->index_in_page];
    for (uint32_t i = 0; i < members->cluster_count; i++) {
        const MeshCluster *cluster = &page->mesh->clusters[members->first_cluster + i];
        if (is_expanded(input->state, cluster->refined_by) || is_hidden(input, cluster))
            continue;
        drawing->result->cluster_count++;
        draw_cluster(drawing, page, members->first_cluster + i);
    }
}

CutResult cut_select(const CutInput *input, Arena *arena)
{
    ASSERT(input->pixel_error > 0);
    Scratch scratch = scratch_begin(arena);
    Walk walk = {.graph = input->graph,
                 .state = input->state,
                 .pages = input->pages,
                 .broken_blocks = input->broken_blocks,
                 .touches = input->is_whole ? everything_touches : view_touches_box,
                 .context = input->view,
                 .view = input->view,
                 .hides_backs = !input->is_two_sided && !input->is_whole,
                 .pixel_error = input->pixel_error,
                 .want_limit = input->want_limit,
                 .arena = scratch.arena};
    walk_down(&walk);
    CutResult result = walk.result;
    // Growing arrays one after the other in one arena would leave holes in it.
    result.wants = arena_copy(arena, result.wants, result.want_count * sizeof *result.wants, 8);
    result.block_wants = arena_copy(arena, result.block_wants,
                                    result.block_want_count * sizeof *result.block_wants, 8);
    result.used = arena_copy(arena, result.used, result.used_count * sizeof *result.used, 8);
    scratch_end(scratch);

    Drawing drawing = {.input = input, .result = &result, .arena = arena};
    for (uint32_t i = 0; i < walk.queue_count; i++) {
        uint32_t group = input->state->queue[i];
        if (!is_expanded(input->state, group) || !is_there(&walk, group))
            continue;
        result.group_count++;
        draw_group(&drawing, &input->graph->groups[group]);
    }
    return result;
}

static bool probe_touches_cluster(const CutProbe *probe, const MeshCluster *cluster)
{
    MeshBox box;
    for (int i = 0; i < 3; i++) {
        box.low[i] = cluster->center[i] - cluster->radius;
        box.high[i] = cluster->center[i] + cluster->radius;
    }
    return probe->touches(probe->context, &box);
}

uint32_t cut_probe(const CutProbe *probe, Arena *arena, CutCluster **out)
{
    Scratch scratch = scratch_begin(arena);
    Walk walk = {.graph = probe->graph,
                 .state = probe->state,
                 .pages = probe->pages,
                 .touches = probe->touches,
                 .context = probe->context,
                 .direction = probe->direction,
                 .is_patchy = probe->is_patchy,
                 .want_limit = PROBE_PAGES,
                 .arena = scratch.arena};
    walk_down(&walk);
    scratch_end(scratch);

    CutCluster *found = NULL;
    uint32_t count = 0, capacity = 0;
    for (uint32_t i = 0; i < walk.queue_count; i++) {
        uint32_t index = probe->state->queue[i];
        const MeshGroup *group = &probe->graph->groups[index];
        const MeshPage *page = probe->pages[group->page].mesh;
        if (!is_expanded(probe->state, index) || !page)
            continue;
        const MeshPageGroup *members = &page->groups[group->index_in_page];
        for (uint32_t k = 0; k < members->cluster_count; k++) {
            uint32_t at = members->first_cluster + k;
            const MeshCluster *cluster = &page->clusters[at];
            if (!is_expanded(probe->state, cluster->refined_by) &&
                probe_touches_cluster(probe, cluster))
                *ARENA_PUSH(arena, found, count, capacity) =
                    (CutCluster){index, group->page, at};
        }
    }
    *out = found;
    return count;
}

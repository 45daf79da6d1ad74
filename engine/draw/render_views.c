// render_views.c: what views are drawn into, what is kept of those that rest, and how they come
// into the picture.
//
//   drawn (many samples) --POST, LENS--> picture            a view that moves
//   drawn --POST_MIX, by its share--> kept --..._KEPT--> picture   a view that rests
//   drawn --RELIEF, by its share----> kept --..._KEPT--> picture   one that is lit afterwards
//
// Raking light and relief need to know what lies around a pixel (shaders/lib/detail.glsl): what
// is drawn of them tells of surfaces, in the same samples, and becomes light on the way to what
// is kept. That takes no memory, and triangles are drawn once.

#include "draw/render_parts.h"

#include <math.h>

// ---- targets

static int sample_count(const Render *render)
{
    return MIN(render->sample_count, MAX(gpu_info(render->gpu).max_samples, 2));
}

static GpuTarget make_drawn(const Render *render, const ViewTargets *targets, int index)
{
    return gpu_make_target(render->gpu,
                           &(GpuTargetDesc){.width = targets->width,
                                            .height = targets->height,
                                            .sample_count = sample_count(render),
                                            .has_color = true,
                                            .color = targets->is_told ? GPU_RGB10A2 : GPU_RGBA8,
                                            .has_depth = true,
                                            .depth = GPU_DEPTH32F,
                                            .label = index & VIEW_LENS ? "lens" : "scene"});
}

// A mean over some frames is finer than eight bits, and no finer than ten.
static GpuTarget make_kept(const Render *render, const ViewTargets *targets, int index)
{
    return gpu_make_target(
        render->gpu, &(GpuTargetDesc){.width = targets->width,
                                      .height = targets->height,
                                      .has_color = true,
                                      .color = GPU_RGB10A2,
                                      .label = index & VIEW_LENS ? "lens kept" : "scene kept"});
}

static void drop_targets(Render *render, ViewTargets *targets)
{
    gpu_drop_target(render->gpu, targets->drawn);
    gpu_drop_target(render->gpu, targets->kept);
    *targets = (ViewTargets){0};
}

void views_drop(Render *render)
{
    for (int i = 0; i < VIEW_COUNT; i++)
        drop_targets(render, &render->targets[i]);
}

bool view_is_lit_afterwards(const RenderView *view)
{
    return view->mode == RENDER_RAKING || view->mode == RENDER_RELIEF;
}

static bool is_shown_kept(const RenderView *view)
{
    return view->is_kept || view_is_lit_afterwards(view);
}

static bool fit(Render *render, int index, int width, int height, const RenderView *view)
{
    ViewTargets *targets = &render->targets[index];
    bool is_told = view_is_lit_afterwards(view), is_kept = is_shown_kept(view);
    if (targets->width != width || targets->height != height) {
        drop_targets(render, targets);
        targets->width = width;
        targets->height = height;
    }
    if (targets->is_told != is_told) {
        gpu_drop_target(render->gpu, targets->drawn);
        targets->drawn = (GpuTarget){0};
        targets->is_told = is_told;
    }
    if (!targets->drawn.id)
        targets->drawn = make_drawn(render, targets, index);
    if (is_kept && !targets->kept.id)
        targets->kept = make_kept(render, targets, index);
    targets->holds_picture &= view->is_kept;
    return targets->drawn.id && (!is_kept || targets->kept.id);
}

static int width_of(const RenderView *view)
{
    return MAX(1, (int)(view->camera.viewport.width + 0.5f));
}

// Both halves take what the whole would, and both lenses no more than one at its largest: of
// what is not shown beside them nothing is kept.
static void drop_unseen(Render *render, const RenderList *list)
{
    if (list->has_other && list->lens.radius_px <= 0)
        drop_targets(render, &render->targets[VIEW_LENS]);
    if (!list->has_other)
        drop_targets(render, &render->targets[VIEW_OTHER]);
    if (!list->has_other || list->other_lens.radius_px <= 0)
        drop_targets(render, &render->targets[VIEW_OTHER | VIEW_LENS]);
}

static bool fit_lens(Render *render, int index, const RenderLens *lens)
{
    int side = width_of(&lens->view);
    return lens->radius_px <= 0 || fit(render, index, side, side, &lens->view);
}

bool views_fit(Render *render, const RenderList *list)
{
    int width = list->has_other ? width_of(&list->view) : list->width_px;
    drop_unseen(render, list);
    bool fits = fit(render, 0, width, list->height_px, &list->view) &&
                fit_lens(render, VIEW_LENS, &list->lens);
    if (!fits || !list->has_other)
        return fits;
    return fit(render, VIEW_OTHER, MAX(1, list->width_px - width), list->height_px,
               &list->other) &&
           fit_lens(render, VIEW_OTHER | VIEW_LENS, &list->other_lens);
}

static bool is_drawn(const Frame *frame, int index)
{
    const RenderView *view = frame->views[index].view;
    return !view->is_kept || view->share > 0 || !frame->render->targets[index].holds_picture;
}

static void drawn_size(const Frame *frame, int index, int size[2])
{
    const ViewTargets *targets = &frame->render->targets[index];
    float scale = frame->views[index].view->scale;
    scale = scale > 0 ? CLAMP(scale, 0.25f, 1.0f) : 1;
    size[0] = MAX(1, (int)((float)targets->width * scale + 0.5f));
    size[1] = MAX(1, (int)((float)targets->height * scale + 0.5f));
}

GpuPass views_pass(const Frame *frame, const SceneView *view)
{
    const ViewTargets *targets = &frame->render->targets[view->index];
    int size[2];
    drawn_size(frame, view->index, size);
    return (GpuPass){.target = targets->drawn,
                     .y = targets->height - size[1],
                     .width = size[0],
                     .height = size[1],
                     .label = view->index & VIEW_LENS ? "lens" : "scene"};
}

// ---- from the targets to the picture

// From what was drawn, or from what is kept.
static PostBlock block_of(const Frame *frame, int index, bool is_from_kept)
{
    const ViewTargets *targets = &frame->render->targets[index];
    int size[2] = {targets->width, targets->height};
    if (!is_from_kept)
        drawn_size(frame, index, size);
    bool is_smaller = size[0] != targets->width || size[1] != targets->height;
    return (PostBlock){
        .place = {-1, -1, 1, 1},
        .picture = {(float)sample_count(frame->render), is_smaller, 1, (float)targets->width},
        .size = {(float)targets->width, (float)targets->height, (float)size[0], (float)size[1]},
    };
}

// A half's part of the picture, from left to right.
static void place_half(const Frame *frame, int index, PostBlock *block)
{
    if (!frame->list->has_other)
        return;
    float wide = (float)frame->list->width_px;
    float middle = (float)frame->render->targets[0].width / wide * 2 - 1;
    block->place[index & VIEW_OTHER ? 0 : 2] = middle;
}

RenderRim render_rim(float radius_px)
{
    return (RenderRim){.bevel_px = MAX(radius_px * 0.024f, 2),
                       .ring_px = MAX(radius_px * 0.045f, 4.5f),
                       .collar_px = MAX(radius_px * 0.092f, 15)};
}

static void place_rim(const RenderLens *lens, PostBlock *block)
{
    RenderRim rim = render_rim(lens->radius_px);
    float middle = (lens->dial[0] + lens->dial[1]) / 2, half = middle - lens->dial[0];
    const float sizes[4] = {rim.bevel_px, rim.ring_px, half > 0 ? rim.collar_px : 0};
    const float dial[4] = {cosf(middle), sinf(middle), sinf(half), cosf(half)};
    for (int i = 0; i < 4; i++) {
        block->rim[i] = sizes[i];
        block->dial[i] = dial[i];
    }
}

// The lens, its rim, and the shadow below it, as far as they are in its half.
static void place_lens(const Frame *frame, int index, PostBlock *block)
{
    const RenderList *list = frame->list;
    const RenderLens *lens = index & VIEW_OTHER ? &list->other_lens : &list->lens;
    float width = (float)list->width_px, height = (float)list->height_px;
    float reach = lens->radius_px * 1.5f + 16;
    const float middle[4] = {lens->center_px[0], height - lens->center_px[1], lens->radius_px,
                             lens->opacity > 0 ? lens->opacity : 1};
    for (int i = 0; i < 4; i++)
        block->lens[i] = middle[i];
    place_rim(lens, block);
    place_half(frame, index, block); // from edge to edge so far
    float low = block->place[0], high = block->place[2];
    block->place[0] = CLAMP((middle[0] - reach) / width * 2 - 1, low, high);
    block->place[1] = (middle[1] - reach) / height * 2 - 1;
    block->place[2] = CLAMP((middle[0] + reach) / width * 2 - 1, low, high);
    block->place[3] = (middle[1] + reach) / height * 2 - 1;
}

// From what is in the depth buffer to depth along the view: see view_projection.
static void fill_depth(const Render *render, const View *camera, float out[4])
{
    double near_m = (double)camera->near_m, far_m = (double)camera->far_m;
    double range = far_m - near_m;
    bool is_reversed = render->depth_far == 0;
    if (camera->is_orthographic) {
        out[0] = (float)(is_reversed ? -range : range);
        out[1] = (float)(is_reversed ? far_m : near_m);
    } else {
        double slope = range / (near_m * far_m);
        out[0] = (float)(is_reversed ? slope : -slope);
        out[1] = (float)(is_reversed ? 1 / far_m : 1 / near_m);
    }
    out[2] = camera->is_orthographic;
}

// How many pixels around it texels cast shadows: what moves is seen less closely.
static float horizon_steps(const Render *render, bool is_kept)
{
    float steps = is_kept ? 32 : 12;
    return render->is_fine ? 2 * steps : steps;
}

float render_detail_reach(const Render *render, float grain_px)
{
    return horizon_steps(render, true) * MAX(grain_px, 1);
}

static void push_relief(Frame *frame, int index)
{
    const SceneView *view = &frame->views[index];
    const View *camera = view->camera;
    const RakingLight raking = raking_light(view->view);
    ReliefBlock block = {.light = {(float)dot3(raking.towards, camera->right),
                                   (float)dot3(raking.towards, camera->up),
                                   (float)-dot3(raking.towards, camera->forward), raking.rise},
                         .how = {view->view->detail_strength, MAX(view->view->grain_px, 1),
                                 (index & VIEW_LENS) != 0}};
    int size[2];
    drawn_size(frame, index, size);
    for (int i = 0; i < 2; i++) {
        float zoom = camera->projection[i][i];
        block.rays[i] = 2 / (zoom * (float)size[i]);
        float aside =
            camera->is_orthographic ? -camera->projection[3][i] : camera->projection[2][i];
        block.rays[2 + i] = (aside - 1) / zoom;
    }
    if (block.how[0] <= 0)
        block.how[0] = 1;
    light_fill_raking(frame->render, view, &block.lamp[0]);
    fill_depth(frame->render, camera, block.depth);
    block.depth[3] = horizon_steps(frame->render, view->view->is_kept);
    frame->relief_offsets[index] = frame_push_uniforms(frame, &block, sizeof block);
}

void views_push(Frame *frame)
{
    for (int i = 0; i < VIEW_COUNT; i++) {
        const RenderView *view = frame->views[i].view;
        if (!view)
            continue;
        PostBlock mix = block_of(frame, i, false);
        PostBlock show = block_of(frame, i, is_shown_kept(view));
        bool is_first = !frame->render->targets[i].holds_picture;
        mix.picture[2] = is_first ? 1 : CLAMP(view->share, 0.0f, 1.0f);
        if (i & VIEW_LENS)
            place_lens(frame, i, &show);
        else
            place_half(frame, i, &show);
        frame->mix_offsets[i] = frame_push_uniforms(frame, &mix, sizeof mix);
        frame->show_offsets[i] = frame_push_uniforms(frame, &show, sizeof show);
        if (view_is_lit_afterwards(view))
            push_relief(frame, i);
    }
}

static void draw_post(const Frame *frame, RenderPipeline pipeline, GpuTarget source,
                      size_t offset)
{
    const Render *render = frame->render;
    GpuDraw draw = {.pipeline = render->pipelines[pipeline],
                    .textures = {[TEXTURE_OWN] = gpu_target_color(render->gpu, source)},
                    .count = 6};
    draw.blocks[BLOCK_POST] = (GpuRange){render->uniforms, offset, sizeof(PostBlock)};
    gpu_draw(render->gpu, &draw);
}

static void draw_relief(const Frame *frame, int index)
{
    const Render *render = frame->render;
    GpuTarget drawn = render->targets[index].drawn;
    bool is_raking = frame->views[index].view->mode == RENDER_RAKING;
    RenderPipeline pipeline = is_raking ? PIPELINE_LIGHT_RAKING : PIPELINE_LIGHT_RELIEF;
    GpuDraw draw = {
        .pipeline = render_pipeline(frame->render, pipeline),
        .textures = {[TEXTURE_OWN] = gpu_target_color(render->gpu, drawn),
                     [TEXTURE_DEPTHS] = gpu_target_depth(render->gpu, drawn),
                     [TEXTURE_SHADOW] = gpu_target_depth(render->gpu, render->atlas)},
        .count = 6};
    frame_set_blocks(frame, &frame->views[index], SIZE_MAX, &draw);
    draw.blocks[BLOCK_POST] =
        (GpuRange){render->uniforms, frame->mix_offsets[index], sizeof(PostBlock)};
    draw.blocks[BLOCK_RELIEF] =
        (GpuRange){render->uniforms, frame->relief_offsets[index], sizeof(ReliefBlock)};
    gpu_draw(render->gpu, &draw);
}

static void mix_into_kept(Frame *frame, int index)
{
    ViewTargets *targets = &frame->render->targets[index];
    bool is_whole = !targets->holds_picture || frame->views[index].view->share >= 1;
    gpu_begin_pass(
        frame->render->gpu,
        &(GpuPass){.target = targets->kept, .clears_color = is_whole, .label = "keep"});
    if (targets->is_told)
        draw_relief(frame, index);
    else
        draw_post(frame, PIPELINE_POST_MIX, targets->drawn, frame->mix_offsets[index]);
    targets->holds_picture = frame->views[index].view->is_kept;
}

static void add_counts(GpuCounts *sum, const GpuCounts *counts)
{
    sum->calls += counts->calls;
    sum->draws += counts->draws;
    sum->triangles += counts->triangles;
}

GpuCounts views_draw(Frame *frame)
{
    Render *render = frame->render;
    GpuCounts sum = gpu_take_counts(render->gpu);
    for (int i = 0; i < VIEW_COUNT; i++) {
        if (!frame->views[i].view)
            continue;
        if (is_drawn(frame, i)) {
            scene_draw(frame, &frame->views[i]);
            if (is_shown_kept(frame->views[i].view))
                mix_into_kept(frame, i);
            render->targets[i].counts = gpu_take_counts(render->gpu);
        }
        add_counts(&sum, &render->targets[i].counts);
    }
    return sum;
}

void views_show(Frame *frame)
{
    static const RenderPipeline pipelines[2][2] = {{PIPELINE_POST, PIPELINE_POST_KEPT},
                                                   {PIPELINE_LENS, PIPELINE_LENS_KEPT}};
    for (int i = 0; i < VIEW_COUNT; i++) {
        const ViewTargets *targets = &frame->render->targets[i];
        if (!frame->views[i].view)
            continue;
        bool is_kept = is_shown_kept(frame->views[i].view);
        draw_post(frame, pipelines[i & VIEW_LENS][is_kept],
                  is_kept ? targets->kept : targets->drawn, frame->show_offsets[i]);
    }
}

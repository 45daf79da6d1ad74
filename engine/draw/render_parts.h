// render_parts.h: what the files render.c and render_*.c share; for them alone.

#pragma once
#include "draw/render.h"

#include "shaders/shared.h"

// ---- pipelines

typedef enum RenderPipeline {
    PIPELINE_ROOM,
    PIPELINE_POLISHED,
    PIPELINE_PLANKS,
    PIPELINE_PARQUET,
    PIPELINE_PANELS,
    PIPELINE_SKY,
    PIPELINE_CARD,
    PIPELINE_CUT_OUT,
    PIPELINE_SCULPTURE,       // lit at its vertices
    PIPELINE_SCULPTURE_PIXEL, // lit at every pixel
    PIPELINE_TILED,           // the same two for pages with tiles; here pixels bend the light
    PIPELINE_TILED_PIXEL,     // of vertices to their texel's normal
    // What the lens shows besides beauty, every pixel: one for each mode from albedo on.
    // Software drivers run all of a shader, whichever way its branches go.
    PIPELINE_DETAIL,
    PIPELINE_TILED_DETAIL = PIPELINE_DETAIL + RENDER_MODE_COUNT - RENDER_ALBEDO,
    PIPELINE_CONTACT = PIPELINE_TILED_DETAIL + RENDER_MODE_COUNT - RENDER_ALBEDO,
    PIPELINE_MARKER,
    PIPELINE_GLASS_BACK,
    PIPELINE_GLASS_FRONT,
    PIPELINE_BELL_BACK,
    PIPELINE_BELL_FRONT,
    PIPELINE_BAKE,
    PIPELINE_BAKE_LAMP,
    PIPELINE_BAKE_WASH,
    PIPELINE_SHADOW,
    PIPELINE_SCULPTURE_SHADOW,
    PIPELINE_POST,
    PIPELINE_POST_MIX, // into what is kept
    PIPELINE_POST_KEPT,
    PIPELINE_LIGHT_RAKING, // into what is kept, of views that are lit afterwards
    PIPELINE_LIGHT_RELIEF,
    PIPELINE_LENS,
    PIPELINE_LENS_KEPT,
    PIPELINE_QUAD,
    PIPELINE_COUNT
} RenderPipeline;

// The places of blocks and textures in a draw, the same for all pipelines of the scene.
enum { BLOCK_VIEW, BLOCK_KEY, BLOCK_OBJECT, BLOCK_POST, BLOCK_GLASS, BLOCK_RELIEF };
enum {
    TEXTURE_SHADOW,
    TEXTURE_BOUNCE,
    TEXTURE_REFLECTIONS,
    TEXTURE_FLOOR_SHADE,
    TEXTURE_DETAILS,
    TEXTURE_LIGHT,
    TEXTURE_OWN, // card, slots table, scene or quad image
    TEXTURE_TILE_COLOR,
    TEXTURE_TILE_SHAPE,
    TEXTURE_TILE_GLOW,
    TEXTURE_DEPTHS, // of the scene's samples
};

// ---- what stands still

typedef struct MeshPart {
    uint32_t first_index, index_count;
    RenderMaterial material;
    float center[3], radius_m;       // its sphere
    uint32_t first_quad, quad_count; // its charts
    uint64_t lamps;                  // that reach it, a bit for each
} MeshPart;

_Static_assert(RENDER_MAX_LIGHTS <= 64, "a bit for each");

typedef struct MeshSlot {
    bool is_used;
    GpuBuffer vertices, indices;
    MeshPart *parts; // in the renderer's arena
    uint32_t part_count;
    uint64_t buffer_bytes;
    GpuTexture given; // light that was computed beforehand; then nothing below but light_uvs
    uint64_t given_bytes;
    // render_charts.c: its light
    GpuBuffer light_uvs, quads;
    GpuTarget light;        // made when it is drawn, dropped when others are
    int light_size[2];      // as its charts would like it
    int light_part;         // of that size, in each direction: 1 whole, 2 a half
    uint64_t lamps;         // that reach any of its parts ...
    uint64_t lamps_key;     // ... as long as this is the same
    uint64_t drawn_at;      // frame it was last in a list
    uint64_t baked, wanted; // hashes of what the light was made from and should be made from
    int waits;
} MeshSlot;

// What a view is: the lens's or not, of the right half or not.
enum { VIEW_LENS = 1, VIEW_OTHER = 2, VIEW_COUNT = 4 };

enum {
    RENDER_MAX_MESHES = 512,
    FINE_TILES_A_VIEW = 4,
    FINE_TILES = 2 * FINE_TILES_A_VIEW,
    RAKING_TILE = FINE_TILES_A_VIEW - 1
};

// A square of the shadow atlas and what was last drawn into it.
typedef struct ShadowTile {
    int x, y, side; // side 0: none
    bool is_drawn;
    uint64_t casters;   // a hash: other casters or another place mean drawing again
    double eye[3];      // the lamp
    float project[16];  // from relative to the lamp to clip space, z -1 to 1
    float texel_spread; // metres a texel is wide at 1 m
} ShadowTile;

typedef struct LightState {
    RenderLight desc; // defaults filled in, direction of length 1
    float color_cd[3];
    float cos_outer, cos_inner;
    ShadowTile tile;
} LightState;

// What bounces in rooms, one after the other, as the textures have it.
typedef struct BounceTables {
    float *probes;         // [channel][z][y][x][4]
    uint32_t *reflections; // [ENVIRONMENT_TEXELS], RGB9E5
    uint8_t *shade;        // [FLOOR_SHADE_SIDE][FLOOR_SHADE_SIDE]
} BounceTables;

// What is known of the rooms, by what it was computed of: who walks on has most of them again.
typedef struct BounceKept {
    uint32_t count;
    uint64_t keys[RENDER_MAX_ROOMS]; // 0: stands in for what is not known yet
    RenderRoom rooms[RENDER_MAX_ROOMS];
    BounceTables tables;
} BounceKept;

typedef struct BounceRoom BounceRoom; // of the room being worked on

// Rooms that have time: one at a time is worked on, in steps.
typedef struct BounceWork {
    uint64_t wanted[RENDER_MAX_ROOMS]; // keys; where kept ones are others, there is work
    int32_t room;                      // that is worked on, or -1
    int step;                          // that comes next
    BounceRoom *light;
    BounceTables tables;
    RenderBlock *blocks; // of the house, copied
    uint32_t block_capacity;
} BounceWork;

typedef struct House {
    uint64_t version; // counts houses
    LightState lights[RENDER_MAX_LIGHTS];
    uint32_t light_count;
    RenderRoom rooms[RENDER_MAX_ROOMS];
    uint32_t room_count;
    RenderPanel panels[RENDER_MAX_PANELS];
    uint32_t panel_count, block_count;
    GpuTexture bounce, reflections, floor_shade;
    int bounce_slices;
    BounceKept kept; // probes: for what is lit as one
    BounceWork work;
} House;

// What a view is drawn into, and, where it rests, what is kept of it.
typedef struct ViewTargets {
    GpuTarget drawn, kept;
    int width, height;
    bool is_told;       // `drawn` holds what surfaces tell: lit afterwards
    bool holds_picture; // `kept` does
    GpuCounts counts;   // of drawing it, the last time it was
} ViewTargets;

// What is said of a slot's page.
typedef struct PageSlot {
    uint32_t version; // counts uploads: shadows see that a page changed
    float share;      // of light that its surface sends back; 0: it does not say
    uint16_t batch;   // 0: it has no tile
} PageSlot;

// A chunk of the tile pool: an array texture for each plane that its tiles bring, made when the
// first of them is written.
typedef struct TileChunk {
    uint32_t version; // of the pool's
    uint8_t brings, layer_count;
    GpuTexture planes[3]; // colour, shape, glow
} TileChunk;

// Pages with tiles that are drawn at once: in one chunk, and alike in what no texel tells.
typedef struct TileBatch {
    uint32_t page_count; // 0: free
    uint16_t chunk;      // UINT16_MAX: its tiles bring nothing
    bool glows;
    uint8_t flat_color[4], flat_kind[3]; // TilePlanes'
} TileBatch;

// The sculptures' pages on the GPU.
typedef struct Pages {
    uint32_t slot_count, held_slots; // held: that the buffers have room for
    GpuBuffer vertices, surfaces, indices;
    GpuTexture table; // of slots
    PageSlot *slots;
    uint32_t chunk_count;
    TileChunk *chunks;
    uint32_t batch_count; // that were ever used at once; the first is no batch
    TileBatch *batches;   // slot_count + 1
    GpuTexture no_plane;  // white, in place of those that tiles do not bring
} Pages;

struct Render {
    Arena *arena;
    Gpu *gpu;
    bool is_fine;
    float depth_far; // what depth is cleared to: 0 where it is reversed
    GpuPipeline pipelines[PIPELINE_COUNT];
    GpuTexture details, white;
    GpuTarget atlas;
    int atlas_side;    // its width; render_shadow.c
    int atlas_size[3]; // width and height of the one there is; whether it is a fine one
    Pages pages;
    MeshSlot meshes[RENDER_MAX_MESHES];
    House house;
    ShadowTile fine_tiles[FINE_TILES];
    int sample_count;
    ViewTargets targets[VIEW_COUNT]; // by SceneView.index
    GpuBuffer uniforms;
    size_t uniforms_bytes;
    GpuBuffer quads;
    size_t quads_bytes;
    RenderStats stats;
    uint64_t frame_number;
    uint64_t light_bytes;   // RenderDesc's
    uint32_t rooms_at_once; // that share it, each of the largest
};

// ---- one frame

// The strongest lamps that reach something, the strongest first.
typedef struct LampList {
    int count;
    int lights[SHARED_KEY_LIGHTS]; // of the house; RENDER_MAX_LIGHTS: the raking light
} LampList;

// One draw call of a view.
typedef struct SceneDraw {
    RenderPipeline pipeline;
    size_t object_offset;    // of its block in the uniforms
    size_t key_offset;       // of a piece's KeyBlock, ...
    const LightProbe *probe; // what bounces where it is; NULL: the room says
    LampList *lamps;         // ... filled from these; NULL: has none
    uint32_t room;
    double center[3]; // of its sphere: where bounced light is taken from
    float radius_m;
    float distance_m;     // nearest first
    const MeshSlot *mesh; // parts of it, or, if NULL, ...
    const GpuRun *runs;   // ... a sculpture's clusters, or ...
    uint32_t run_count;
    const TileChunk *tiles; // of theirs; NULL: they have none, or such that bring nothing
    GpuTexture texture;     // ... a card
} SceneDraw;

typedef struct SceneView {
    const RenderView *view;
    const View *camera;
    double eye[3];
    int index; // VIEW_LENS, VIEW_OTHER
    float pixel_height;
    SceneDraw *draws;
    uint32_t draw_count, draw_capacity;
    size_t view_offset;
    bool uses_light[RENDER_MAX_LIGHTS];
    const ShadowTile *fine_of[RENDER_MAX_LIGHTS]; // the fine tile of a light in this view
} SceneView;

typedef struct Frame {
    Render *render;
    const RenderList *list;
    Arena *arena;
    uint8_t *uniforms; // gathered first, written once, then drawn from
    size_t uniforms_used, uniforms_capacity;
    float exposure;              // display value of 1 cd/m2
    SceneView views[VIEW_COUNT]; // by their index; those with a `view` are there
    size_t mix_offsets[VIEW_COUNT], show_offsets[VIEW_COUNT]; // of each view's PostBlocks
    size_t relief_offsets[VIEW_COUNT];                        // and ReliefBlocks
    GpuRun **shadow_runs;                                     // of each sculpture
    uint32_t *shadow_run_counts;
    uint64_t *sculpture_hashes; // of what each sculpture looks like to a lamp
    struct ShadowJob *shadow_jobs;
    uint32_t shadow_job_count, shadow_job_capacity;
    struct BakeJob *bake_jobs;
    uint32_t bake_job_count, bake_job_capacity;
} Frame;

// Room for a block in the frame's uniforms; returns its offset.
size_t frame_push_uniforms(Frame *frame, const void *block, size_t size_bytes);
// The draw's ranges for a view and, unless it is SIZE_MAX, an object.
void frame_set_blocks(const Frame *frame, const SceneView *view, size_t object_offset,
                      GpuDraw *draw);

// render_math.c
float linear_of_srgb(float value);
void linear_color(const float srgb[3], const float fallback[3], float out[3]);
bool is_zero3(const float v[3]);
// A placement's matrix, relative to the eye; zero scale is the identity.
void model_matrix(const Placement *placement, const double eye[3], float out[16]);
void multiply4(const float a[16], const float b[16], float out[16]);
// Clip space of a view for points relative to its eye, depth reversed where the driver can.
void view_projection(const View *view, bool is_reversed, float out[16]);
uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size_bytes);

// render.c: of what is drawn; made now if it is made late.
GpuPipeline render_pipeline(Render *render, RenderPipeline which);

// render_pages.c: what sculptures are drawn from.
NODISCARD Status pages_make(Render *render, const RenderDesc *desc);
void pages_drop(Render *render);

// render_paint.c: the small textures materials are made of.
GpuTexture paint_make_details(Gpu *gpu, int side); // a power of two, at most 512

// render_house.c
void house_make(Render *render);
NODISCARD Status house_set(Render *render, const RenderHouse *desc);
void house_drop(Render *render);
// Bounced light in a room at a place.
LightProbe house_ambient(const Render *render, uint32_t room, const double at[3]);
// The bands 0 and 1 of a probe as blocks have them, by channel, and band 2: the first four by
// channel, then all three's last.
void house_push_probe(const LightProbe *probe, float low[3][4], float high[4][4]);

// render_bounce.c: bounced light and reflections of one room, into three tables.
enum {
    FLOOR_SHADE_SIDE = 128,
    SHADE_BYTES = FLOOR_SHADE_SIDE * FLOOR_SHADE_SIDE,
    PROBE_FLOATS = 3 * SHARED_VOLUME_X * SHARED_VOLUME_Y * SHARED_VOLUME_Z * 4, // of a room
};

typedef struct BounceJob {
    const RenderHouse *house;
    const LightState *lights;
    uint32_t room;
} BounceJob;

// Of everything that bounce_room looks at.
uint64_t bounce_key(const RenderHouse *house, const LightState *lights, uint32_t room);
void bounce_room(const BounceJob *job, BounceTables *out);
// The same in steps, 0 and on, all of one job. False: that was the last one.
BounceRoom *bounce_make(Arena *arena);
bool bounce_step(BounceRoom *light, const BounceJob *job, int step, BounceTables *out);

// render_light.c: which lamps reach what, and their blocks.
void light_init(LightState *state, const RenderLight *desc);
bool light_reaches(const LightState *light, const double center[3], float radius_m);
// Lamps with shadows shine through doors; the others must be in the room they light, or they
// would shine through its walls.
bool light_is_for_room(const Render *render, const LightState *light, uint32_t room);
// Finds the strongest lamps that reach a sphere in a room, and marks them as used.
void light_assign(const Render *render, SceneView *view, const double center[3], float radius_m,
                  uint32_t room, LampList *lamps);
// What a lamp sends to a place it faces, in lux.
float light_lux_at(const LightState *light, const double place[3]);
void light_fill_room(const Render *render, const SceneView *view, uint32_t room, Room *out);
// A KeyBlock of these lamps; returns its offset.
size_t light_push_lamps(Frame *frame, const SceneView *view, const LampList *lamps);
// The raking light of a view: where to, around what, and how far it rises over the surface.
typedef struct RakingLight {
    double towards[3], center[3], normal[3];
    float radius_m, rise; // the sine of its elevation
} RakingLight;

RakingLight raking_light(const RenderView *view);
void light_fill_raking(Render *render, const SceneView *view, Light *out);
// Fills the KeyBlocks of a view's draws, once the shadows are planned.
void light_push_blocks(Frame *frame, SceneView *view);

// render_shadow.c
// The most that an atlas of this width takes for up to so many lamps with shadows.
uint64_t shadow_most_bytes(int atlas_side, bool is_fine, uint32_t lamp_count);
// Gives every lamp with a shadow its square, in an atlas no higher than they need.
NODISCARD Status shadow_place_tiles(Render *render);
// The fine squares of a view; the last is its raking light's.
ShadowTile *shadow_fine_row(Render *render, const SceneView *view);
// Draws the tiles of used lamps whose casters changed, and the fine tiles of the views.
void shadow_plan(Frame *frame);
void shadow_draw(Frame *frame);

// render_charts.c: finds a mesh's flat pieces; makes its texture of light and the charts in it.
enum { CHARTS_TEXEL_BYTES = 8 };
NODISCARD Status charts_make(Render *render, const RenderMeshDesc *desc, MeshSlot *mesh);

// render_bake.c: draws what changed into these textures, or takes one that was computed.
NODISCARD Status bake_take_light(Render *render, const RenderMeshDesc *desc, MeshSlot *mesh);
void bake_mark_lights(Frame *frame); // of all meshes in the list, before shadows are planned
void bake_plan(Frame *frame);
void bake_draw(Frame *frame);

// render_scene.c: a view's draws, gathered, then drawn.
// Cluster draws of the list as runs of the pages' buffers.
GpuRun *scene_make_runs(Frame *frame, RenderRange range);
// A part's sphere in the world.
void part_sphere(const MeshPart *part, const Placement *placement, double center[3],
                 float *radius_m);
extern const float SCENE_MARBLE[3]; // of pieces that say nothing of their colour, sRGB
bool scene_is_floor(RenderMaterialKind kind);
void scene_gather(Frame *frame, SceneView *view);
void scene_draw(Frame *frame, const SceneView *view);

// Raking light and relief: surfaces tell, and relief.frag lights them (render_views.c).
bool view_is_lit_afterwards(const RenderView *view);

// render_views.c: what views are drawn into, what is kept of them, and how they come into the
// picture.
// Targets as large as this frame needs them; false if the driver refuses.
bool views_fit(Render *render, const RenderList *list);
void views_drop(Render *render);
// The part of its target a view is drawn into.
GpuPass views_pass(const Frame *frame, const SceneView *view);
// Pushes what the steps below need, before the uniforms are uploaded.
void views_push(Frame *frame);
// The scene of those that are not kept as they are. Counts all since the frame began.
GpuCounts views_draw(Frame *frame);
void views_show(Frame *frame); // onto the picture

// render_quads.c
void quads_draw(Frame *frame);

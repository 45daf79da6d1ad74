// render.h: one flat list of what is to be seen, turned into one picture.
//
//   once        render_make_mesh      walls, floors, plinths: vertices that never change
//               render_set_house      lamps, light panels, the rooms' colours: bounced light
//               and
//                                     reflections are computed here, in a few milliseconds
//   as they     render_upload_page    a sculpture's page into a slot of the arena
//   arrive
//   each frame  render_frame          shadows and light that changed, room, sculptures, glass,
//                                     lens, quads
//
// Units: metres; y is up; luminous intensity in candela, illuminance in lux, luminance in
// candela per square metre. Colours of surfaces and lamps are sRGB as on a paint card, 0 to 1.
// Lamps, rooms and walls are in floats; what one may look at from a millimetre away stands on a
// Placement in doubles. The shaders see everything relative to the eye.
// Main thread only. Zeroed structs are valid: zero means "none" or the default that is named.

#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "data/camera.h"
#include "data/lightmap.h"
#include "data/mesh.h"
#include "device/gpu.h"
#include "device/window.h"
#include "stream/tile_planes.h"

typedef struct Render Render;

enum {
    RENDER_MAX_LIGHTS = 64,
    RENDER_MAX_ROOMS = 32,
    RENDER_MAX_PANELS = 64,
};

typedef enum RenderQuality {
    RENDER_AUTO,     // by the driver: software GL gets RENDER_ECONOMIC
    RENDER_ECONOMIC, // few shadow samples, small maps
    RENDER_FINE,
} RenderQuality;

typedef struct RenderDesc {
    uint32_t slot_count;  // of sculptures' pages; 0: 512. A slot takes 131 KB
    uint64_t light_bytes; // for light on what stands still; 0: 12 MiB
    RenderQuality quality;
    int shadow_side;  // of the shadow atlas in texels, a power of two; 0: by the quality
    int sample_count; // a pixel, 2 and more; 0: 4. Drivers may have less
    // For dividing memory: lamps that cast shadows in any house there will be, at most
    // RENDER_MAX_LIGHTS; 0: as many. Rooms that are seen at once; 0: 3.
    uint32_t shadow_count, rooms_at_once;
} RenderDesc;

// ERR_DEVICE if a shader or a buffer is refused. Lives in `arena`; render_drop frees the
// driver's part.
NODISCARD Status render_make(Arena *arena, Gpu *gpu, const RenderDesc *desc, Render **out);
void render_drop(Render *render); // NULL is fine
// Everything of `desc` but its slots, from the next frame on. It takes a while where the tier
// or the shadows change: shaders are made again, all shadows are drawn again. ERR_DEVICE if the
// driver refuses; then all is as before.
NODISCARD Status render_set_quality(Render *render, const RenderDesc *desc);

// ---- what stands still

typedef enum RenderMaterialKind {
    RENDER_PLASTER,     // painted wall: faint roller texture
    RENDER_OAK_PLANKS,  // long boards along u
    RENDER_OAK_PARQUET, // herringbone
    RENDER_OAK,         // one piece, grain along u: seats of benches
    RENDER_STONE,       // honed limestone slabs
    RENDER_TERRAZZO,
    RENDER_CHECKER, // honed slabs, pale and dark, that stand on their corners
    RENDER_CARPET,
    RENDER_FABRIC, // stretched linen on a wall or in a case
    RENDER_FELT,
    RENDER_PANELS, // frames of oak with panels in them; v is the height over the floor
    RENDER_PAINTED_PANELS,
    RENDER_PAINTED_WOOD, // plinths, skirting: satin paint
    RENDER_METAL,        // brushed, dark: case frames, rails, lamp bodies
    RENDER_BRASS,
    RENDER_EMISSIVE, // light panels: colour x luminance_nits, casts no shadow
    RENDER_SKY,      // a pale sky over dark ground, by the direction one looks in
    RENDER_MATERIAL_KIND_COUNT
} RenderMaterialKind;

typedef struct RenderMaterial {
    RenderMaterialKind kind;
    float color[3];       // sRGB; all zero: the kind's own
    float roughness;      // 0: the kind's own
    float luminance_nits; // emissive only; 0: 1,500
    float high_m;         // of panels up to where they go; 0: 3
} RenderMaterial;

typedef struct RenderVertex {
    float position[3];
    float normal[3];
    float uv_m[2]; // metres along the surface: textures keep their true size
    float shade;   // ambient light taken away by what is near: 0 open, 1 closed
} RenderVertex;

// Triangles of one material, counter-clockwise seen from outside.
typedef struct RenderMeshPart {
    uint32_t first_index, index_count;
    RenderMaterial material;
} RenderMeshPart;

// Light that was computed beforehand (data/lightmap.h). Nothing is lit again then, whatever the
// lamps do.
typedef struct RenderMeshLight {
    const Lightmap *map;
    const float (*texels)[2]; // by vertex: its place in the map
} RenderMeshLight;

// Made of flat pieces: triangles that share vertices have one normal.
typedef struct RenderMeshDesc {
    const RenderVertex *vertices;
    uint32_t vertex_count;
    const uint32_t *indices;
    uint32_t index_count;
    const RenderMeshPart *parts; // culled and lit one by one: split long walls, share nothing
    uint32_t part_count;
    const RenderMeshLight *light; // NULL: it is lit while it is shown
    const char *label;
} RenderMeshDesc;

typedef struct RenderMesh {
    uint32_t id; // 0: none
} RenderMesh;

// Everything is copied. ERR_DEVICE if the driver is out of memory.
NODISCARD Status render_make_mesh(Render *render, const RenderMeshDesc *desc, RenderMesh *out);
void render_drop_mesh(Render *render, RenderMesh mesh);
// What it holds on the GPU, without its light.
uint64_t render_mesh_bytes(const Render *render, RenderMesh mesh);
// Texels of light that a mesh would hold, in bytes.
uint64_t render_light_bytes(const Lightmap *map);

// ---- light

// A spot lamp.
typedef struct RenderLight {
    float position[3];
    float direction[3];    // need not have length 1
    float color[3];        // all zero: 3,000 K
    float intensity_cd;    // 1,000 cd gives 250 lux at 2 m
    float cone_deg;        // full angle in which it is bright; 0: 24
    float edge_deg;        // soft edge around it, added on every side; 0: 8
    float source_radius_m; // of the lamp's face: how soft shadows are; 0: 0.03
    float reach_m;         // no light further off; 0: 12
    bool has_shadow;
} RenderLight;

// A glowing rectangle: a skylight or a light panel. It lights its room softly. Draw a mesh with
// RENDER_EMISSIVE at the same place, so that one sees it.
typedef struct RenderPanel {
    float center[3];
    float half_u[3], half_v[3]; // half its sides; shines along cross(half_u, half_v)
    float color[3];             // all zero: white
    float luminance_nits;
} RenderPanel;

// A box of air with the mean colours around it: bounced light and reflections come from these.
// Rooms that are no boxes take the box that fits best.
typedef struct RenderRoom {
    float low[3], high[3];
    float floor_color[3], wall_color[3], ceiling_color[3]; // sRGB
    float fill_lux; // light from nowhere, e.g. through doors; a little keeps corners alive
    const Lightmap *light; // whose probes say what bounces, and whose environment what is
                           // mirrored; NULL: that is computed. Outlives the house
} RenderRoom;

// A standing block that takes light from the floor around it: plinths, cases, benches.
typedef struct RenderBlock {
    float center[3]; // of its foot
    float half_size[2], yaw_rad;
    float height_m;
} RenderBlock;

typedef struct RenderHouse {
    const RenderLight *lights;
    uint32_t light_count;
    const RenderRoom *rooms;
    uint32_t room_count;
    const RenderPanel *panels;
    uint32_t panel_count;
    const RenderBlock *blocks;
    uint32_t block_count;
    // The visitor walks on, and no frame may take long. What bounces in the first room is found
    // at once, unless the last house had that room. Others keep what they had, or are as the
    // first, until render_find_light is through.
    bool has_time;
} RenderHouse;

// Replaces all lamps and rooms. Everything is copied. ERR_LIMIT past the numbers above.
NODISCARD Status render_set_house(Render *render, const RenderHouse *house);
// What bounces in rooms that have time: one step, of a few ms. False: all of it is known.
bool render_find_light(Render *render);
// RenderRoom.light of a room, when it has come.
void render_set_room_light(Render *render, uint32_t room, const Lightmap *light);

// ---- sculptures

uint32_t render_slot_count(const Render *render);
// A page's tile and where it goes.
typedef struct RenderTile {
    const TilePlanes *planes;
    TilePlace place; // in the pool that render_fit_tiles was told of last
} RenderTile;

// Each frame before pages are uploaded: lets go of textures of chunks that have become others.
// Always the same pool.
void render_fit_tiles(Render *render, const TilePool *pool);

// Into slot `slot`: vertices, surface if it has one, indices, origin and step; `tile` (or NULL)
// into its place. Whatever was there is gone. Upload before render_frame, never over what a
// list being drawn is made from.
void render_upload_page(Render *render, uint32_t slot, const MeshPage *page,
                        const RenderTile *tile);

// One run of triangles out of a slot.
typedef struct RenderClusterDraw {
    uint32_t slot;
    uint32_t first_index, index_count; // within the page
} RenderClusterDraw;

typedef struct RenderRange {
    uint32_t first, count; // into RenderList.cluster_draws
} RenderRange;

typedef struct RenderSculpture {
    Placement placement;
    double center[3]; // of its sphere, in the world
    float radius_m;
    RenderRange draws;        // what the view's cut chose
    RenderRange lens_draws;   // what the lens's cut chose; empty: `draws`
    RenderRange shadow_draws; // a coarse cut, whole; empty: `draws`
    RenderRange raking_draws; // what casts shadows in raking light; empty: what the view draws
    bool has_surface;         // its pages have colours; the factors below multiply them
    float color[3];           // sRGB; all zero: marble, or what its surface says
    float roughness;          // 0: 0.55; a factor on the surface stream where there is one
    float metal;
    uint32_t room;           // index into RenderHouse.rooms
    const LightProbe *probe; // what bounces where it stands; NULL: the room says
} RenderSculpture;

// A mesh is drawn once in a list: its light is its own.
typedef struct RenderMeshDraw {
    RenderMesh mesh;
    Placement placement; // all zero: as made
    uint32_t room;
    bool has_no_shadow; // casts none
} RenderMeshDraw;

// A glass hood over a plinth: four panes and a lid, or a bell with a knob. Drawn last; what is
// inside stays visible.
typedef struct RenderCase {
    float center[3]; // of its foot
    float half_size[3];
    bool is_bell; // as wide as half_size[0] says
    float yaw_rad;
    float fade; // 0 there, 1 gone: for a visitor who leans in
    uint32_t room;
} RenderCase;

// A flat card in the room: a label, a text on the wall. Its texture is premultiplied paper and
// ink (text.h), lit like paper.
typedef struct RenderCard {
    float center[3], half_u[3], half_v[3]; // u to the right, v up, as one reads it
    GpuTexture texture;                    // none: blank
    float color[3];                        // paper, sRGB; all zero: warm white
    float glow;                            // 0 to 1: gently lit for a visitor who approaches
    bool is_cut_out;                       // not paper: where it has no ink there is nothing
    uint32_t room;
} RenderCard;

// Soft darkening where something stands: an ellipse on a plinth.
typedef struct RenderContact {
    float center[3]; // lies flat, y up
    float half_size[2], yaw_rad;
    float slope[2]; // or on what rises so many metres a metre along x and z
    float strength; // 0 to 1
    bool is_marker; // no shadow but a pale ring: where one walks to
} RenderContact;

// ---- views

typedef enum RenderMode {
    RENDER_BEAUTY,
    RENDER_ALBEDO,   // colours without light
    RENDER_NORMALS,  // of the surface in view space: x right red, y up green, towards us blue
    RENDER_RAKING,   // grey, one grazing light that casts its own shadows
    RENDER_RELIEF,   // hollows dark, ridges light: curvature over several scales
    RENDER_HEIGHT,   // bands of height over the plane of the raking light
    RENDER_SPECULAR, // as if it were polished, in the raking light
    RENDER_MODE_COUNT
} RenderMode;

typedef struct RenderView {
    View camera;     // camera_view() or, for the lens, camera_magnify(): one eye for both
    RenderMode mode; // other than beauty it concerns sculptures; rooms stay as they are, dimmer
    // Raking light comes from the picture's right at 0, from above at 90. It rises by the
    // elevation, 5 (grazing) to 90, over a plane: the mean one of the surface one looks at, or,
    // where raking_normal is zero, the picture's. Relief casts shadows within raking_radius_m
    // around raking_center; radius 0: within the focus.
    float raking_azimuth_deg, raking_elevation_deg;
    double raking_center[3], raking_normal[3];
    float raking_radius_m;
    float detail_strength; // of relief; 0: 1
    float band_m;          // of height; 0: 1 mm
    // How many pixels are as wide as one that the visitor saw, in a photograph that is larger:
    // relief looks as far around itself as it did. 0: 1.
    float grain_px;
    // Shadows get extra precision in this sphere: the piece one leans in to, or what the lens
    // sees of it. Radius 0: nowhere.
    double focus[3];
    float focus_radius_m;
    // Haze: what is far takes on its colour (sRGB), in places 1 / density off two thirds of it.
    float haze_color[3];
    float haze_density; // a metre; 0: there is none
    // How much is drawn. A view that rests is kept: a mean over frames, each shifted by less
    // than a pixel, is a better picture than any of them.
    float scale;       // of the resolution, 0.25 to 1; 0: 1. What is smaller is stretched
    float shift_px[2]; // of the picture, to the right and up
    bool is_kept;      // `share` of this frame's view is mixed into what is kept of it, and
                       // that is shown. 1 replaces it; 0 shows it as it is and draws nothing
    float share;
} RenderView;

typedef struct RenderLens {
    RenderView view;
    float center_px[2]; // in the picture, from the top left
    float radius_px;    // 0: no lens
    float opacity;      // 0 means 1; for fading in
    float dial[2]; // radians of a collar that carries a dial: from, to, counterclockwise, 0 is
                   // to the right. Where they are equal there is none
} RenderLens;

// The metal around a lens. What is measured ends at its radius; the rest is outside of it.
typedef struct RenderRim {
    float bevel_px;  // the edge of the glass
    float ring_px;   // of brass, outside of that
    float collar_px; // of a dial, outside of that
} RenderRim;

RenderRim render_rim(float radius_px);

// How far raking light and relief look around a pixel of a view at rest, in pixels: whoever
// draws a picture in parts draws so much of what is around each with it. `grain_px` is
// RenderView's.
float render_detail_reach(const Render *render, float grain_px);

// ---- quads on top of the picture: pixels, from the top left, in the order of the array

typedef struct RenderQuad {
    float x, y, width, height;
    float color[4];  // premultiplied, display values; multiplies the texture
    float corner_px; // radius
    float border_px; // line inside the edge, of border_color
    float border_color[4];
    float soft_px;      // > 0: a blurred shape, for shadows
    GpuTexture texture; // premultiplied; none: plain colour
    float uv[4];        // left, top, right, bottom; all zero: the whole
    float clip[4];      // x, y, width, height; all zero: none
    float turn_rad;     // about its middle, clockwise
} RenderQuad;

typedef struct RenderList {
    int width_px, height_px; // of the picture
    RenderView view;
    RenderLens lens;
    // Two halves: `other` is to the right of `view`, each as wide as its camera's viewport,
    // both together as wide as the picture. A lens stays within its half. What one half shows
    // lies outside of the other's sight and light; lenses have the focus of their half, and
    // only they show raking light.
    bool has_other;
    RenderView other;
    RenderLens other_lens;
    float ground[3]; // where nothing is, as display values; all zero: nearly black
    float exposure; // display value of a white sheet at 1 lux; 0: the default, white at 420 lux
    float fade;     // 0 the picture, 1 black
    double time_s;
    bool is_hidden;  // work on what is kept, and leave the picture as it stands
    bool is_loading; // other triangles are about to come: shadows of a view at rest wait for
                     // them

    const RenderMeshDraw *meshes;
    uint32_t mesh_count;
    const RenderSculpture *sculptures;
    uint32_t sculpture_count;
    const RenderClusterDraw *cluster_draws;
    uint32_t cluster_draw_count;
    const RenderCase *cases;
    uint32_t case_count;
    const RenderCard *cards;
    uint32_t card_count;
    const RenderContact *contacts;
    uint32_t contact_count;
    const RenderQuad *quads;
    uint32_t quad_count;
} RenderList;

// Draws into the window's back buffer, or into `gpu`'s picture when headless; window_present
// shows it, gpu_read_picture reads it. `scratch` holds what lasts for this call.
void render_frame(Render *render, const RenderList *list, Arena *scratch);

// The exposure that suits a piece: in how many lux a white sheet is to look white (1 /
// RenderList.exposure), so that its lit side is bright and not burnt out. Pale pieces are shown
// pale and dark ones dark, though not as dark as they are.
float render_meter(const Render *render, const RenderList *list, uint32_t sculpture);

typedef struct RenderStats {
    // Of the last frame; of views that stood as they were, what drawing them took.
    uint32_t draw_calls, triangles, gl_calls;
    uint32_t shadow_maps_drawn; // in the last frame; 0 while nothing moves
    uint32_t meshes_lit;        // likewise
    uint64_t light_steps;       // that render_find_light took, ever
    bool is_pending; // shadows or light have waited: the same list drawn again looks better
    uint64_t geometry_bytes, texture_bytes; // held on the GPU
    uint64_t peak_bytes;                    // the most there ever was of both
} RenderStats;

RenderStats render_stats(const Render *render);

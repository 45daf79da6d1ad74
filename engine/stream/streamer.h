// streamer.h: sculptures that are far larger than memory, ready to be drawn. What a program
// calls each frame; cut.h, residency.h and loader.h do the work.
//
//   streamer_begin_frame(s, frame_arena);
//   while (streamer_next_upload(s, &upload))        // stop when the frame's time is up
//       render_upload_page(render, upload.slot, upload.page, ...);
//   cut = streamer_cut(s, id, &(StreamerView){.view = &view, .placement = p});   // each view
//   ...                                                     of each sculpture: picture, lens
//   streamer_end_frame(s);                          // decides what to load and what to forget
//   ... draw streamer_draws(s) + cut.first_draw ...
//
// A sculpture is opened at once and known later: its graph's head is read by a loader thread,
// then its roots, then whatever the views ask for, of the graph's tables too. Until something
// is resident what stands above it is drawn: softer, never empty.
//
// Slots: the GPU's arena is divided as ours. Slot i holds vertices from i *
// MESH_PAGE_MAX_VERTICES and indices from i * MESH_PAGE_MAX_TRIANGLES * 3. What was drawn in a
// frame stays in its slot until the next streamer_next_upload().
//
// One thread calls everything here (main); it never reads a file.

#pragma once
#include "stream/pick.h"
#include "stream/sculpture.h"
#include "stream/tile_planes.h"

// What a slot takes on the GPU: both vertex streams and the indices.
#define STREAMER_SLOT_BYTES                                                        \
    ((size_t)MESH_PAGE_MAX_VERTICES * (sizeof(MeshVertex) + sizeof(MeshSurface)) + \
     (size_t)MESH_PAGE_MAX_TRIANGLES * 3 * sizeof(uint16_t))

#define STREAMER_FRAME_UPLOAD_BYTES ((size_t)8 << 20)
// Of one page: full, and with a whole layer of every plane.
#define STREAMER_MAX_UPLOAD_BYTES \
    (STREAMER_SLOT_BYTES + (size_t)TILE_LAYER_TEXELS * TILE_MAX_TEXEL_BYTES)

typedef struct Streamer Streamer;

// Zero means the default that is named.
typedef struct StreamerDesc {
    uint32_t slot_count;   // 1,024: 128 MiB
    uint64_t tile_bytes;   // for tiles; 64 MiB
    float pixel_error;     // 1
    uint32_t thread_count; // 2
    uint32_t job_count;    // 32
} StreamerDesc;

// A handle: zeroed is none, and an old one stays invalid.
typedef struct SculptureId {
    uint32_t index, generation;
} SculptureId;

typedef enum SculpturePhase {
    SCULPTURE_NONE,    // no such sculpture (any more)
    SCULPTURE_OPENING, // its graph is being read
    SCULPTURE_KNOWN,   // its size and numbers are known; nothing can be drawn yet
    SCULPTURE_VISIBLE, // its coarsest form, at least, is there
    SCULPTURE_FAILED,  // streamer_fault() says why
} SculpturePhase;

// ERR_IO where threads are refused. Lives in `arena`; drop it first.
NODISCARD Status streamer_make(const StreamerDesc *desc, Arena *arena, Streamer **out);
// Other numbers of slots and bytes for tiles (none 0), until the first frame begins: sculptures
// may be opened before anybody knows what the GPU has.
void streamer_set_memory(Streamer *streamer, uint32_t slot_count, uint64_t tile_bytes);
void streamer_drop(Streamer *streamer); // NULL is fine

// ---- sculptures

// `reader` may be NULL (the vfs); its context must live until the streamer is dropped. The
// paths are copied.
SculptureId streamer_open(Streamer *streamer, const char *graph_path, const char *pages_path,
                          const SculptureReader *reader);
void streamer_close(Streamer *streamer, SculptureId id);
SculpturePhase streamer_phase(const Streamer *streamer, SculptureId id);
const MeshGraph *streamer_graph(const Streamer *streamer, SculptureId id); // NULL: not known
const char *streamer_fault(const Streamer *streamer, SculptureId id); // "" if there is none

// ---- each frame

// Pointers live until the next call of streamer_next_upload or _end_frame.
typedef struct StreamerUpload {
    uint32_t slot;
    const MeshPage *page;
    const TilePlanes *tile; // or NULL: it has none
    TilePlace place;        // of its tile
    size_t size_bytes;
} StreamerUpload;

typedef struct StreamerView {
    const View *view;
    Placement placement;
    float error_scale; // multiplies the pixel error; 0: 1. Shadows are content with 4
    bool is_two_sided; // draw what faces away, too, and as detailed
    bool is_whole;     // as detailed as the view needs, but all of it: what casts shadows
    bool is_lens;      // loaded first, and kept sharp longer than others where memory is short
    // What may be seen soon: nothing is drawn, nobody waits for it, and it is loaded when
    // there is nothing else to do.
    bool is_ahead;
} StreamerView;

typedef struct StreamerCut {
    uint32_t first_draw, draw_count; // in streamer_draws()
    uint32_t triangle_count;
    float error_px;   // the largest that is drawn; INFINITY before anything is visible
    bool is_complete; // nothing that this view wants is missing
} StreamerCut;

void streamer_begin_frame(Streamer *streamer, Arena *frame);
// Where tiles lie: chunks may have become others since the last frame. Fit the textures to them
// before uploading.
const TilePool *streamer_tiles(const Streamer *streamer);
// Takes what the loaders finished. False when there is nothing more now, or when the frame has
// its STREAMER_FRAME_UPLOAD_BYTES (one page may always).
bool streamer_next_upload(Streamer *streamer, StreamerUpload *out);
StreamerCut streamer_cut(Streamer *streamer, SculptureId id, const StreamerView *view);
// Keeps all of a sculpture there, from all sides, as exact as `error_m` of the world at least,
// before anything else and however short memory is: ask for little. To be called in each frame
// that it is to be kept in. True if nothing of that is missing, or will ever come.
bool streamer_keep_shape(Streamer *streamer, SculptureId id, const Placement *placement,
                         double error_m);
// All draws of this frame, in the frame's arena; later cuts may move them.
const CutDraw *streamer_draws(const Streamer *streamer, uint32_t *out_count);
void streamer_end_frame(Streamer *streamer);

// Waits for all that was asked for: with one thread, what comes then, and in which order, does
// not depend on how busy the machine is. For tests; it is taken in the next frame.
void streamer_finish_loading(Streamer *streamer);

typedef struct StreamerStats {
    uint32_t slot_count, resident_pages, loading_pages;
    uint32_t missing_pages; // wanted by the last frame's views
    uint32_t ahead_pages;   // the same of views ahead
    uint32_t failed_pages;
    uint32_t missing_blocks, failed_blocks; // of graphs' tables, likewise
    uint64_t tile_capacity_bytes, tile_made_bytes, tile_taken_bytes; // of the tile pool
    uint64_t resident_bytes;             // on the GPU: slots of resident pages, places of tiles
    uint64_t memory_bytes;               // here: copies for picking, graphs, loaders' arenas
    uint64_t loaded_pages, loaded_bytes; // ever; as read
    uint64_t loaded_tiles;               // of the pages
    uint64_t loaded_tile_bytes;          // of loaded_bytes
    uint64_t table_bytes;                // of graphs, ever; as read
    size_t upload_bytes;                 // since streamer_begin_frame
    float pixel_error;                   // in force: larger than asked for if slots are short
    float lens_pixel_error;              // the same of lenses
    uint32_t
        revision;    // changes when another cut may come out although the view stayed the same
    bool is_settled; // nothing better is left to load for the last frame's views
} StreamerStats;

StreamerStats streamer_stats(const Streamer *streamer);
// Of what is in a slot of this frame's draws: 0 is the finest.
uint32_t streamer_level_of(const Streamer *streamer, uint32_t slot);

// ---- questions about the surface, in the world: as far as it is resident

// `distance`, `edge_m` and points are in world metres.
bool streamer_pick(Streamer *streamer, SculptureId id, const Placement *placement,
                   const Ray *world, PickHit *out);
bool streamer_pick_within(Streamer *streamer, SculptureId id, const Placement *placement,
                          const Ray *world, double limit_m, PickHit *out);
bool streamer_nearest(Streamer *streamer, SculptureId id, const Placement *placement,
                      const double point[3], double radius_m, PickHit *out);
// As pick_gap.
bool streamer_gap(Streamer *streamer, SculptureId id, const Placement *placement,
                  const double point[3], double radius_m, PickHit *out);

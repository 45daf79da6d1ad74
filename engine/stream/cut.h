// cut.h: which clusters of a sculpture to draw, for a view and an error in pixels. Pure.
//
// mesh.h describes the graph. The cut goes from the roots down. A group ought to be expanded if
//
//   - what it was simplified to would be wrong by more than `pixel_error` pixels,
//   - the view sees anything below it, none of which may face away, and
//   - all its parents ought to be.
//
// Most of these have nothing to draw: all that the view sees of them is drawn by those below.
// They are *steps*; their pages need not be there. A group is expanded if it ought to be, if
// all its parents are, and if either its page is resident or everything that the view sees
// below it is expanded as well. Of all sets of groups for which this holds the cut takes the
// largest. So, whatever is resident, it is exactly one surface without holes and cracks; only
// its detail differs.
//
// Pages of groups that ought to be expanded but are not resident become wants, and so, in the
// same pass, do those below them: one look tells all that is missing. Without steps, what is
// finer appears only once all of it is there; they are wanted, too, but less.
//
// Time goes with what is drawn or wanted, not with the sculpture's size: groups carry counters
// stamped with the number of the pass, so nothing is cleared.
//
// "Sees anything below it" is asked of the group's reach and cone, which are around all its
// descendants. A box of its own would not do: its child may reach into the picture where it
// itself does not, and the child needs all its parents.
//
// A group whose block of the tables is not there is not expanded. If it might have to be, as
// far as its parents know, its block becomes a want as well.
//
// The graph may be shared by threads; a CutState belongs to one thread.

#pragma once
#include "data/camera.h"
#include "data/mesh.h"
#include "stream/facing.h"

// Per group, for one pass.
typedef struct CutMark {
    uint32_t pass;
    uint16_t parents_reached;
    bool is_seen;     // it or anything below it
    bool is_asked;    // it ought to be expanded
    bool is_expanded; // it is
} CutMark;

// Per page or block, for one pass.
typedef struct CutWantMark {
    uint32_t pass;
    uint32_t at; // where it stands among the wants, or the used ones
} CutWantMark;

typedef struct CutState {
    uint32_t pass;
    CutMark *marks;
    CutWantMark *page_marks, *block_marks;
    uint32_t *queue; // groups of the running pass
} CutState;

// What is known of each page now: by page number.
typedef struct CutPage {
    const MeshPage *mesh;     // NULL: not resident
    uint32_t slot;            // where its vertices and indices are
    const float *texel_m;     // of its tile, by pick_measure_texels; NULL: it has none
    const FacingPart *facing; // by facing_sort; NULL: clusters are drawn whole
    bool is_broken;           // could not be read, and never will: not wanted
} CutPage;

typedef struct CutInput {
    const MeshGraph *graph;
    CutState *state;
    const CutPage *pages;
    const bool *broken_blocks; // which could not be read, and never will; NULL: none
    const ObjectView *view;
    float pixel_error;
    bool is_two_sided;   // else what faces away is left out, and nothing of it is wanted
    bool is_whole;       // as detailed as the view needs, but all of it: what casts shadows
    uint32_t want_limit; // stop looking for missing pages after so many; 0: look for none
} CutInput;

// For glMultiDrawElementsBaseVertex. Neighbours in a page are one draw.
typedef struct CutDraw {
    uint32_t slot;
    uint32_t first_index; // within the slot's indices
    uint32_t index_count;
} CutDraw;

typedef struct CutWant {
    uint32_t page;  // or block
    float priority; // the error in pixels which having it would end; of a block, at most
    bool is_step;   // nothing of it is drawn once all is there
} CutWant;

typedef struct CutUse {
    uint32_t page;
    bool is_step;
} CutUse;

typedef struct CutResult {
    uint32_t draw_count, want_count, block_want_count, used_count;
    uint32_t needed_count; // of the wants: no steps
    CutDraw *draws;
    CutWant *wants;       // each page once, in no order
    CutWant *block_wants; // each block once, in no order
    CutUse *used;         // resident pages that this cut draws from, stands on or leads over
    uint32_t triangle_count, cluster_count, group_count; // drawn; drawn; expanded
    uint32_t visited_count; // groups that were looked at: what the cut's time goes with
    float error_px;         // the largest that is drawn where the view sees it
    bool is_cut_off;        // there were more wants than want_limit
} CutResult;

CutState cut_make_state(const MeshGraph *graph, Arena *arena);

// Everything in the result lives in `arena`. Empty if a root's page is missing (then only
// wants) or if the view sees nothing of the sculpture. "Settled" is to want nothing but steps.
// The roots' blocks must be there.
CutResult cut_select(const CutInput *input, Arena *arena);

// The error of a group in pixels of a view, as if it were as near as its reach and no nearer
// than the near plane: INFINITY for roots.
float cut_error_px(const MeshGroup *group, const ObjectView *view);

// ---- the same walk for picking: the finest resident clusters somewhere

typedef bool CutTouchBox(const void *context, const MeshBox *box);

typedef struct CutProbe {
    const MeshGraph *graph;
    CutState *state;
    const CutPage *pages;
    CutTouchBox *touches; // true for any box that contains a box it is true for
    const void *context;
    // Of a ray, a unit vector: what faces away along it, and need not be there, does not count.
    // NULL: from all sides.
    const float *direction;
    // What is not there does not count where anything near it is, for views may well have left
    // it out: finer, and perhaps with holes. Otherwise it is one whole surface.
    bool is_patchy;
} CutProbe;

typedef struct CutCluster {
    uint32_t group, page, index_in_page;
} CutCluster;

// The clusters of the finest resident cut whose groups touch. Returns their count.
uint32_t cut_probe(const CutProbe *probe, Arena *arena, CutCluster **out);

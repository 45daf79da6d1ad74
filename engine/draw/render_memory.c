// render_memory.c: one number of bytes, divided among all that pictures are made of. Pure.

#include "draw/render_memory.h"

#include "draw/render_parts.h"

#define MIB ((uint64_t)1 << 20)
#define SLOT_BYTES                                                                   \
    ((uint64_t)MESH_PAGE_MAX_VERTICES * (sizeof(MeshVertex) + sizeof(MeshSurface)) + \
     (uint64_t)MESH_PAGE_MAX_TRIANGLES * 3 * sizeof(uint16_t))
// Buffers double, one after the other: half the largest is there twice for a moment.
#define GROWING_BYTES ((uint64_t)MESH_PAGE_MAX_TRIANGLES * 3 * sizeof(uint16_t) / 2)

enum {
    HOUSE_MIB = 26,     // for walls and their light, labels, reflections; but ...
    HOUSE_MOST = 6,     // ... no more than one part in so many, ...
    HOUSE_LEAST = 8,    // ... and no less
    LIGHT_PERCENT = 46, // of the house's
    LABEL_PERCENT = 27,
    MESH_PERCENT = 20,
    TARGET_PERCENT = 30, // at most for targets, as long as they can be smaller
    LEAST_SLOTS = 48,
    LEAST_TILES_MIB = 12,
    MOST_SLOTS = 16384,
    LENS_PERCENT = 90, // of the picture's height, at its largest
    LEAST_SHADOW = 1024,
    LEAST_SAMPLES = 2,
};

// Parts of what slots and tiles share.
#define BARE_PART (1.0 / 3)
#define LEAST_PART (1.0 / 9)
#define PAGE_TRIANGLES 2000.0 // of a page, as a rule
#define TILE_USED 0.5         // of its texels
#define TEXEL_BYTES 8.0       // colour, normal, gloss

double render_slot_part(double texels_a_triangle)
{
    double slot = (double)(SLOT_BYTES + GROWING_BYTES);
    double tile = texels_a_triangle * PAGE_TRIANGLES * TEXEL_BYTES / TILE_USED;
    return CLAMP(slot / (slot + tile), LEAST_PART, BARE_PART);
}

double render_slot_part_between(double least, double most)
{
    return most / (most + 1 - least);
}

uint64_t render_target_bytes(const RenderDesc *look, int width, int height)
{
    bool is_fine = look->quality == RENDER_FINE;
    uint64_t samples = look->sample_count ? (uint64_t)look->sample_count : 4;
    int side = look->shadow_side ? look->shadow_side : is_fine ? 4096 : 2048;
    uint32_t lamps = look->shadow_count ? MIN(look->shadow_count, (uint32_t)RENDER_MAX_LIGHTS)
                                        : RENDER_MAX_LIGHTS;
    uint64_t lens = (uint64_t)height * LENS_PERCENT / 100;
    uint64_t pixels = (uint64_t)width * (uint64_t)height + lens * lens;
    uint64_t a_pixel = samples * (4 + 4) + 4; // colour and depth; what is kept of it
    uint64_t picture = (uint64_t)width * (uint64_t)height * 4;
    return pixels * a_pixel + picture + shadow_most_bytes(side, is_fine, lamps);
}

void render_fit_targets(RenderDesc *look, int width, int height, uint64_t limit_bytes)
{
    if (!look->shadow_side)
        look->shadow_side = look->quality == RENDER_FINE ? 4096 : 2048;
    if (!look->sample_count)
        look->sample_count = 4;
    while (look->sample_count > LEAST_SAMPLES &&
           render_target_bytes(look, width, height) > limit_bytes)
        look->sample_count /= 2;
    while (look->shadow_side > LEAST_SHADOW &&
           render_target_bytes(look, width, height) > limit_bytes)
        look->shadow_side /= 2;
}

RenderMemory render_divide_memory(const RenderMemoryDesc *desc)
{
    RenderDesc fitted = *desc->look;
    const uint64_t budget_bytes = desc->budget_bytes;
    RenderMemory memory = {.budget_bytes = budget_bytes,
                           .house_bytes = MAX(MIN(HOUSE_MIB * MIB, budget_bytes / HOUSE_MOST),
                                              budget_bytes / HOUSE_LEAST)};
    memory.light_bytes = memory.house_bytes * LIGHT_PERCENT / 100;
    memory.label_bytes = memory.house_bytes * LABEL_PERCENT / 100;
    memory.mesh_bytes = memory.house_bytes * MESH_PERCENT / 100;
    const uint64_t slot_bytes = SLOT_BYTES + GROWING_BYTES;
    const uint64_t least = LEAST_SLOTS * slot_bytes + LEAST_TILES_MIB * MIB;
    uint64_t fixed = memory.house_bytes + least;
    uint64_t for_targets = budget_bytes > fixed ? budget_bytes - fixed : 0;
    render_fit_targets(&fitted, desc->width, desc->height,
                       MIN(for_targets, budget_bytes * TARGET_PERCENT / 100));
    memory.target_bytes = render_target_bytes(&fitted, desc->width, desc->height);
    fixed = memory.house_bytes + memory.target_bytes;
    memory.budget_bytes = MAX(budget_bytes, fixed + least);
    uint64_t left = memory.budget_bytes - fixed;
    double part = desc->slot_part > 0 ? desc->slot_part : BARE_PART;
    uint64_t most = (uint64_t)((double)left * BARE_PART) / slot_bytes;
    uint64_t slots = (uint64_t)((double)left * part) / slot_bytes;
    slots = MAX(MIN(MAX(slots, (uint64_t)LEAST_SLOTS + desc->piece_count), most),
                (uint64_t)LEAST_SLOTS);
    memory.slot_count = (uint32_t)MIN(slots, (uint64_t)MOST_SLOTS);
    left -= memory.slot_count * slot_bytes;
    memory.tile_bytes = left;
    return memory;
}

uint64_t render_default_memory(const GpuInfo *info, uint64_t main_memory_bytes)
{
    if (info->is_software)
        return main_memory_bytes ? CLAMP(main_memory_bytes / 16, 160 * MIB, 256 * MIB)
                                 : 160 * MIB;
    uint64_t most = main_memory_bytes ? main_memory_bytes / 4 : 512 * MIB;
    if (info->memory_bytes)
        most = info->memory_bytes / 2;
    return CLAMP(most, 256 * MIB, 1024 * MIB);
}

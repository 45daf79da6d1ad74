// streamer_take.c: what the loaders finished, as the streamer takes it in.

#include "stream/streamer_parts.h"

#include "base/log.h"

#include <stdio.h>
#include <string.h>

// Logged here, once: a failed page is never asked for again.
static void note_fault(Streamer *streamer, Entry *entry, const LoaderDone *done)
{
    log_line(LOG_WARN, "%s: %s", status_name(done->status), done->sentence);
    snprintf(entry->fault, sizeof entry->fault, "%s: %s", status_name(done->status),
             done->sentence);
    streamer->stats.revision++;
}

// A block is there now: what its pages' tiles take is known.
static void know_block(Streamer *streamer, Entry *entry, uint32_t index)
{
    const MeshGraph *graph = &entry->sculpture->graph;
    const MeshBlock *block = &graph->blocks[index];
    for (uint32_t i = 0; i < block->page_count; i++) {
        uint32_t page = block->first_page + i;
        residency_set_tile(
            &streamer->residency, entry->pages, page,
            tile_pool_units(graph->pages[page].tile_rows),
            tile_planes_of_maps(graph->pages[page].tile_maps, graph->has_surface));
    }
    entry->table_memory_bytes +=
        block->group_count * (sizeof(MeshGroup) + sizeof(CutMark) + sizeof(uint32_t)) +
        block->child_count * sizeof(uint32_t) +
        block->page_count * (sizeof(MeshPageRange) + sizeof(CutPage) + sizeof(CutWantMark) +
                             sizeof(ResidencyPage));
}

static void open_pages(Streamer *streamer, Entry *entry)
{
    const Sculpture *sculpture = entry->sculpture;
    entry->pages = residency_open(&streamer->residency, sculpture->graph.page_count,
                                  sculpture->root_page_count, &entry->data);
    entry->pages->user = entry;
    entry->missing_roots = sculpture->root_page_count;
    for (uint32_t i = 0; i < sculpture->graph.block_count; i++)
        if (sculpture->graph.blocks[i].is_there)
            know_block(streamer, entry, i);
}

static void take_graph(Streamer *streamer, Entry *entry, const LoaderDone *done)
{
    if (entry->phase != ENTRY_OPENING || done->status) {
        if (entry->phase == ENTRY_OPENING) {
            note_fault(streamer, entry, done);
            entry->phase = ENTRY_FAILED;
        }
        loader_release(streamer->loader, done);
        return;
    }
    Sculpture *sculpture = done->blob;
    entry->data = loader_release_and_keep(streamer->loader, done);
    entry->sculpture = sculpture;
    entry->source.graph = &sculpture->graph;
    open_pages(streamer, entry);
    entry->phase = ENTRY_OPEN;
    streamer->stats.table_bytes += sculpture->table_bytes;
    streamer->stats.revision++;
}

static void take_block(Streamer *streamer, Entry *entry, const LoaderDone *done)
{
    streamer->loading_blocks--;
    if (entry->phase != ENTRY_OPEN)
        return;
    entry->sculpture->loading_blocks[done->job.item] = false;
    if (done->status) { // what stands above it is drawn instead
        note_fault(streamer, entry, done);
        streamer->stats.failed_blocks++;
        entry->sculpture->broken_blocks[done->job.item] = true;
        return;
    }
    mesh_add_block(&entry->sculpture->graph, done->blob);
    know_block(streamer, entry, done->job.item);
    streamer->stats.table_bytes += done->job.size_bytes;
    streamer->stats.revision++;
}

static const MeshPage *copy_to_slot(Streamer *streamer, uint32_t slot,
                                    const SculpturePage *blob)
{
    const MeshPage *from = &blob->mesh;
    SlotMemory *memory = &streamer->slots[slot];
    if (!memory->vertices) {
        Arena *arena = &streamer->memory;
        memory->vertices = ARENA_ARRAY_RAW(arena, MeshVertex, MESH_PAGE_MAX_VERTICES);
        memory->indices = ARENA_ARRAY_RAW(arena, uint16_t, MESH_PAGE_MAX_TRIANGLES * 3);
        memory->clusters = ARENA_ARRAY_RAW(arena, MeshCluster, MESH_PAGE_MAX_CLUSTERS);
        memory->texel_m = ARENA_ARRAY_RAW(arena, float, PICK_PAGE_PARTS);
        memory->facing = ARENA_ARRAY_RAW(arena, FacingPart, FACING_PAGE_PARTS);
    }
    memcpy(memory->texel_m, blob->texel_m, sizeof blob->texel_m);
    memcpy(memory->facing, blob->facing, sizeof blob->facing);
    memory->page = *from;
    memory->page.vertices = memory->vertices;
    memory->page.indices = memory->indices;
    memory->page.clusters = memory->clusters;
    memory->page.surfaces = NULL; // the GPU has these
    memory->page.texels = NULL;
    memory->page.tile = (Bytes){0};
    memcpy(memory->vertices, from->vertices, from->vertex_count * sizeof *from->vertices);
    memcpy(memory->indices, from->indices, from->index_count * sizeof *from->indices);
    memcpy(memory->clusters, from->clusters, from->cluster_count * sizeof *from->clusters);
    return &memory->page;
}

static bool is_root_page(const Entry *entry, uint32_t page)
{
    return page < entry->sculpture->root_page_count;
}

static void fail_page(Streamer *streamer, Entry *entry, const LoaderDone *done)
{
    bool is_final = done->status != ERR_CANCELLED;
    residency_failed(&streamer->residency, (uint32_t)done->job.name, is_final);
    if (!is_final || entry->phase != ENTRY_OPEN)
        return;
    note_fault(streamer, entry, done);
    streamer->stats.failed_pages++;
    entry->sculpture->pages[done->job.item].is_broken = true;
    if (!is_root_page(entry, done->job.item))
        return; // what stands above it is drawn instead
    entry->phase = ENTRY_FAILED;
    streamer_forget_pages(streamer, entry);
}

// True if there is something to upload.
static bool take_page(Streamer *streamer, Entry *entry, const LoaderDone *done)
{
    uint32_t slot = (uint32_t)done->job.name, page = done->job.item;
    if (done->status) {
        fail_page(streamer, entry, done);
        return false;
    }
    streamer->stats.loaded_pages++;
    streamer->stats.loaded_bytes += done->job.size_bytes;
    if (!residency_loaded(&streamer->residency, slot))
        return false;
    Sculpture *sculpture = entry->sculpture;
    const SculpturePage *blob = done->blob;
    streamer->stats.loaded_tile_bytes += blob->mesh.tile.len;
    sculpture->pages[page].mesh = copy_to_slot(streamer, slot, blob);
    sculpture->pages[page].slot = slot;
    sculpture->pages[page].facing = streamer->slots[slot].facing;
    sculpture->pages[page].texel_m = blob->mesh.texels ? streamer->slots[slot].texel_m : NULL;
    entry->missing_roots -= is_root_page(entry, page);
    streamer->stats.revision++;
    return true;
}

void streamer_release_upload(Streamer *streamer)
{
    if (streamer->has_upload)
        loader_release(streamer->loader, &streamer->upload);
    streamer->has_upload = false;
}

// Of all kinds of jobs; their source is the entry's.
static Entry *entry_of(const LoaderDone *done)
{
    return (Entry *)((uintptr_t)done->job.source - offsetof(Entry, source));
}

static void offer_upload(Streamer *streamer, const LoaderDone *done, StreamerUpload *out)
{
    const SculpturePage *page = done->blob;
    uint32_t slot = (uint32_t)done->job.name;
    streamer->upload = *done;
    streamer->has_upload = true;
    streamer->stats.upload_bytes += page->upload_bytes;
    streamer->stats.loaded_tiles += page->tile.rows != 0;
    *out = (StreamerUpload){.slot = slot,
                            .page = &page->mesh,
                            .tile = page->tile.rows ? &page->tile : NULL,
                            .place = streamer->residency.slots[slot].tile,
                            .size_bytes = page->upload_bytes};
}

// The largest page there may be would still fit, or it is the frame's first.
static bool may_upload(const Streamer *streamer)
{
    return streamer->stats.upload_bytes == 0 ||
           streamer->stats.upload_bytes + STREAMER_MAX_UPLOAD_BYTES <=
               STREAMER_FRAME_UPLOAD_BYTES;
}

bool streamer_next_upload(Streamer *streamer, StreamerUpload *out)
{
    streamer_release_upload(streamer);
    LoaderDone done;
    while (may_upload(streamer) && loader_collect(streamer->loader, &done)) {
        Entry *entry = entry_of(&done);
        entry->jobs_under_way--;
        if (done.job.kind == JOB_GRAPH) {
            take_graph(streamer, entry, &done);
            streamer_free_if_idle(entry);
            continue;
        }
        if (done.job.kind == JOB_BLOCK) {
            take_block(streamer, entry, &done);
            loader_release(streamer->loader, &done);
            streamer_free_if_idle(entry);
            continue;
        }
        bool is_upload = take_page(streamer, entry, &done);
        streamer_free_if_idle(entry);
        if (is_upload) {
            offer_upload(streamer, &done, out);
            return true;
        }
        loader_release(streamer->loader, &done);
    }
    return false;
}

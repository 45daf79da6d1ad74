// pictures.c: the pictures of stories: read and decoded beside the main thread.

#include "museum/pictures.h"

#include "base/log.h"
#include "data/image.h"
#include "io/vfs.h"
#include "stream/loader.h"

#include <string.h>

enum { MOST_FILE_BYTES = 64 << 20, PATH_BYTES = 512, JOBS = 2 };

typedef struct Slot {
    char path[PATH_BYTES]; // "": free
    PictureState state;
    bool is_under_way; // the worker reads the path
    uint64_t asked;    // in which frame, last
    GpuTexture texture;
    float aspect;
} Slot;

struct Pictures {
    Arena *arena;
    Gpu *gpu;
    Loader *loader; // NULL: nothing was asked for
    bool is_refused;
    uint64_t frame; // from 1
    Slot slots[PICTURES_KEPT];
};

// ---- worker

static void premultiply(const Image *image)
{
    for (size_t i = 0; i < (size_t)image->width * image->height; i++) {
        uint8_t *pixel = image->rgba + 4 * i;
        for (int k = 0; k < 3 && pixel[3] < 255; k++)
            pixel[k] = (uint8_t)((pixel[k] * pixel[3] + 127) / 255);
    }
}

// As large as is ever shown.
static Status load(const LoaderJob *job, Cancel *cancel, Arena *arena, void **out_blob)
{
    Bytes file;
    Image image;
    ImageMips mips;
    TRY(vfs_read(job->source, MOST_FILE_BYTES, arena, &file));
    TRY(cancel_check(cancel));
    Status status = image_decode(file, NULL, arena, &image);
    if (status)
        return fault_prefix(status, "%s", (const char *)job->source);
    TRY(cancel_check(cancel));
    image_make_mips(&image, IMAGE_COLOUR, arena, &mips);
    int level = 0;
    while (level + 1 < mips.level_count &&
           MAX(mips.levels[level].width, mips.levels[level].height) > PICTURES_MOST_SIDE_PX)
        level++;
    premultiply(&mips.levels[level]);
    *out_blob = arena_copy(arena, &mips.levels[level], sizeof image, _Alignof(Image));
    return OK;
}

// ---- main

Pictures *pictures_make(Arena *arena, Gpu *gpu)
{
    Pictures *pictures = ARENA_NEW(arena, Pictures);
    *pictures = (Pictures){.arena = arena, .gpu = gpu, .frame = 1};
    return pictures;
}

void pictures_drop(Pictures *pictures)
{
    if (!pictures)
        return;
    loader_drop(pictures->loader);
    for (int i = 0; i < PICTURES_KEPT; i++)
        gpu_drop_texture(pictures->gpu, pictures->slots[i].texture);
    *pictures = (Pictures){0};
}

static bool has_loader(Pictures *pictures)
{
    if (pictures->loader || pictures->is_refused)
        return pictures->loader != NULL;
    pictures->is_refused = loader_make(1, JOBS, pictures->arena, &pictures->loader) != OK;
    if (pictures->is_refused)
        log_fault(LOG_ERROR, "pictures of stories");
    return !pictures->is_refused;
}

static Slot *find(Pictures *pictures, const char *path)
{
    for (int i = 0; i < PICTURES_KEPT; i++)
        if (!strcmp(pictures->slots[i].path, path))
            return &pictures->slots[i];
    return NULL;
}

// A free one, or that of who was not asked for longest; NULL while all are seen.
static Slot *make_room(Pictures *pictures)
{
    Slot *best = NULL;
    for (int i = 0; i < PICTURES_KEPT; i++) {
        Slot *slot = &pictures->slots[i];
        bool is_wanted = slot->path[0] && slot->asked + 1 >= pictures->frame;
        if (!slot->is_under_way && !is_wanted && (!best || slot->asked < best->asked))
            best = slot;
    }
    if (best)
        gpu_drop_texture(pictures->gpu, best->texture);
    return best;
}

static void request(Pictures *pictures, const char *path)
{
    size_t length = strlen(path);
    if (length >= PATH_BYTES || !has_loader(pictures) || loader_room(pictures->loader) == 0)
        return;
    Slot *slot = make_room(pictures);
    if (!slot)
        return;
    *slot = (Slot){.is_under_way = true, .asked = pictures->frame};
    memcpy(slot->path, path, length + 1);
    (void)loader_request(pictures->loader,
                         &(LoaderJob){.work = load,
                                      .source = slot->path,
                                      .item = (uint32_t)(slot - pictures->slots)});
}

Picture pictures_ask(Pictures *pictures, const char *path)
{
    if (!pictures || !path[0])
        return (Picture){0};
    Slot *slot = find(pictures, path);
    if (!slot) {
        request(pictures, path);
        bool is_refused = pictures->is_refused || strlen(path) >= PATH_BYTES;
        return (Picture){.state = is_refused ? PICTURE_BROKEN : PICTURE_COMING};
    }
    slot->asked = pictures->frame;
    return (Picture){slot->state, slot->texture, slot->aspect};
}

static void take(Pictures *pictures, Slot *slot, const LoaderDone *done)
{
    slot->is_under_way = false;
    slot->state = PICTURE_BROKEN;
    if (done->status) {
        LOG_WARN_LINE("%s", done->sentence);
        return;
    }
    const Image *image = done->blob;
    slot->texture = gpu_make_texture(pictures->gpu, &(GpuTextureDesc){
                                                        .format = GPU_RGBA8,
                                                        .width = (int)image->width,
                                                        .height = (int)image->height,
                                                        .level_count = -1,
                                                        .pixels = image->rgba,
                                                        .label = "picture of a story",
                                                    });
    slot->aspect = (float)image->width / (float)image->height;
    if (slot->texture.id)
        slot->state = PICTURE_THERE;
}

void pictures_step(Pictures *pictures)
{
    LoaderDone done;
    pictures->frame++;
    if (!pictures->loader || !loader_collect(pictures->loader, &done))
        return;
    take(pictures, &pictures->slots[done.job.item], &done);
    Arena arena = loader_release_and_keep(pictures->loader, &done);
    arena_drop(&arena); // as large as a decoded scan
}

bool pictures_are_settled(const Pictures *pictures)
{
    for (int i = 0; i < PICTURES_KEPT; i++) {
        const Slot *slot = &pictures->slots[i];
        if (slot->path[0] && slot->state == PICTURE_COMING &&
            (slot->is_under_way || slot->asked + 1 >= pictures->frame))
            return false;
    }
    return true;
}

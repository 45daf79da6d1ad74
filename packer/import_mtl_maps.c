// import_mtl_maps.c: one picture of roughness and metal from two.

#include "packer/import_mtl_maps.h"

#include "base/log.h"
#include "data/image.h"
#include "packer/texel_source.h"

// Red of the nearest texel: grey pictures have the same in all channels.
static uint8_t level_at(const Image *image, uint32_t x, uint32_t y, const Image *grid)
{
    uint64_t from_x = (uint64_t)x * image->width / grid->width;
    uint64_t from_y = (uint64_t)y * image->height / grid->height;
    return image->rgba[(from_y * image->width + from_x) * 4];
}

// Roughness goes to green, metal to blue, as glTF has them. An absent one becomes white, so
// that the material's own factor stands.
static Status join(const Image *roughness, const Image *metal, Arena *arena, Bytes *out)
{
    bool is_roughness_larger = (uint64_t)roughness->width * roughness->height >=
                               (uint64_t)metal->width * metal->height;
    Image joined = is_roughness_larger ? *roughness : *metal;
    joined.rgba = arena_alloc_raw(arena, (size_t)joined.width * joined.height * 4, 16);
    for (uint32_t y = 0; y < joined.height; y++)
        for (uint32_t x = 0; x < joined.width; x++) {
            uint8_t *texel = joined.rgba + ((size_t)y * joined.width + x) * 4;
            texel[0] = texel[3] = 255;
            texel[1] = roughness->rgba ? level_at(roughness, x, y, &joined) : 255;
            texel[2] = metal->rgba ? level_at(metal, x, y, &joined) : 255;
        }
    return image_encode_png(&joined, 1, arena, out);
}

static Status decode(ImportJob *job, int32_t image, Arena *arena, Image *out)
{
    *out = (Image){0};
    if (image == SCAN_NONE)
        return OK;
    TexelSource source;
    TRY(texel_source_open(&job->images[image], &source));
    Status status = image_decode(source.bytes, NULL, arena, out);
    texel_source_close(&source);
    return status;
}

static Status join_images(ImportJob *job, int32_t roughness, int32_t metal, Arena *arena,
                          int32_t *index)
{
    Image decoded_roughness, decoded_metal;
    Bytes png;
    TRY(decode(job, roughness, arena, &decoded_roughness));
    TRY(decode(job, metal, arena, &decoded_metal));
    TRY(join(&decoded_roughness, &decoded_metal, arena, &png));
    const char *name = str_format(arena, "roughness and metal %u", job->image_count);
    return import_job_add_image(job, name, png, index);
}

Status mtl_join_maps(ImportJob *job, const ScanTexture *roughness, const ScanTexture *metal,
                     ScanMaterial *material)
{
    bool has_roughness = roughness->image != SCAN_NONE, has_metal = metal->image != SCAN_NONE;
    if (!has_roughness && !has_metal)
        return OK;
    material->metal_rough_map = has_roughness ? *roughness : *metal;
    Arena arena = {0};
    Status status = join_images(job, roughness->image, metal->image, &arena,
                                &material->metal_rough_map.image);
    arena_drop(&arena);
    if (status) {
        log_fault(LOG_WARN, job->path);
        material->metal_rough_map.image = SCAN_NONE;
        return OK;
    }
    if (has_roughness)
        material->roughness = 1;
    if (has_metal)
        material->metallic = 1;
    return OK;
}

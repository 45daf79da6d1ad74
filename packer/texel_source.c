// texel_source.c: the encoded bytes of a scan's picture.

#include "packer/texel_source.h"

#include <sys/mman.h>

Status texel_source_open(const ScanImage *image, TexelSource *out)
{
    TexelSource source = {.bytes = image->encoded};
    if (image->path) {
        TRY(file_map(image->path, &source.map));
        if (image->offset_bytes > source.map.bytes.len ||
            image->size_bytes > source.map.bytes.len - image->offset_bytes) {
            file_unmap(&source.map);
            return FAIL(ERR_IO, "%s became shorter since it was read", image->path);
        }
        source.bytes = bytes_first(bytes_skip(source.map.bytes, (size_t)image->offset_bytes),
                                   (size_t)image->size_bytes);
    }
    *out = source;
    return OK;
}

void texel_source_close(TexelSource *source)
{
    file_unmap(&source->map);
    *source = (TexelSource){0};
}

void texel_source_forget(const TexelSource *source)
{
    // Where the system will not, it takes more memory; nothing else changes.
    if (source->map.bytes.len)
        madvise((void *)source->map.bytes.ptr, source->map.bytes.len, MADV_DONTNEED);
}

Status texel_source_probe(const ScanImage *image, ImageInfo *out)
{
    TexelSource source;
    TRY(texel_source_open(image, &source));
    Status status = image_probe(source.bytes, out);
    texel_source_close(&source);
    return status;
}

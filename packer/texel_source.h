// texel_source.h: the encoded bytes of a scan's picture, wherever they lie.
//
// Any thread. A source is closed by whoever opened it (a zeroed one is fine).

#pragma once
#include "data/image.h"
#include "io/file.h"
#include "packer/scan.h"

typedef struct TexelSource {
    Bytes bytes;
    FileMap map; // of those that lie in a file
} TexelSource;

// ERR_IO, ERR_NOT_FOUND: its file is not what it was when the scan was read.
NODISCARD Status texel_source_open(const ScanImage *image, TexelSource *out);
void texel_source_close(TexelSource *source);
// Lets go of those of the file's pages that were read so far; they can be read again.
void texel_source_forget(const TexelSource *source);

// What the header says; image_probe.
NODISCARD Status texel_source_probe(const ScanImage *image, ImageInfo *out);

// bench_texels.c: how fast a scan's pictures become blocks of texels, and texels are read.
// Prints JSON; measures only. Seconds are of one core.
//
//     bench_texels PICTURE...

#include "data/image.h"
#include "io/file.h"
#include "packer/texel_store.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

enum { READS = 20000, PATCH = 96, SAMPLES = 4000000 };

typedef struct Bench {
    const TexelStore *store;
    TexelReader *reader;
    TexelSize size;
    const Scan *scan;
    uint8_t (*texels)[4];
    uint32_t random;
} Bench;

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static uint32_t next_random(Bench *bench, uint32_t below)
{
    bench->random = bench->random * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)(bench->random >> 4) * below >> 28);
}

// Patches anywhere in the first picture.
static Status read_anywhere(Bench *bench)
{
    for (int i = 0; i < READS; i++)
        TRY(texel_read(bench->reader,
                       &(TexelRect){.x = (int32_t)next_random(bench, bench->size.width),
                                    .y = (int32_t)next_random(bench, bench->size.height),
                                    .width = PATCH,
                                    .height = PATCH},
                       bench->texels));
    return OK;
}

// Patches that touch each other, as charts of neighbouring triangles do.
static Status read_along(Bench *bench)
{
    for (int i = 0; i < READS; i++)
        TRY(texel_read(bench->reader,
                       &(TexelRect){.x = i % 40 * 100,
                                    .y = i / 40 * 100 % (int32_t)bench->size.height,
                                    .width = PATCH,
                                    .height = PATCH},
                       bench->texels));
    return OK;
}

static Status sample_along(Bench *bench)
{
    static float of_byte[256];
    ScanTexture map = {0};
    float sum = 0, out[3];
    for (int i = 0; i < 256; i++)
        of_byte[i] = image_linear_of_srgb((uint8_t)i);
    for (int i = 0; i < SAMPLES; i++) {
        float uv[2] = {((float)(i % 2000) + 0.3f) / (float)bench->size.width,
                       ((float)(i / 2000) + 0.7f) / (float)bench->size.height};
        TRY(texel_sample(bench->reader, &map, of_byte, uv, out));
        sum += out[0];
    }
    return sum >= 0 ? OK : FAIL(ERR_CORRUPT, "negative light"); // the sum is not left out
}

static Status run(Bench *bench)
{
    double start_s = now_s();
    TexelStore *store = NULL;
    TRY(texel_store_make(&(TexelStoreDesc){.scan = bench->scan}, &store));
    double make_s = now_s() - start_s;
    Arena arena = {0};
    bench->store = store;
    bench->size = texel_store_size(store, 0);
    bench->reader = texel_reader_make(store, &arena);
    bench->texels = arena_alloc_raw(&arena, PATCH * PATCH * 4, 64);
    printf("{\"file\": %s, \"mib\": %.0f, \"make_s\": %.2f, \"make_mib_s\": %.0f",
           texel_store_is_file(store) ? "true" : "false",
           (double)texel_store_bytes(store) / (1 << 20), make_s,
           (double)texel_store_bytes(store) / (1 << 20) / make_s);
    static const struct {
        const char *name;
        Status (*run)(Bench *bench);
        double count;
    } parts[] = {{"read_anywhere_mtexel_s", read_anywhere, READS * PATCH * PATCH},
                 {"read_along_mtexel_s", read_along, READS * PATCH * PATCH},
                 {"sample_along_m_s", sample_along, SAMPLES}};
    Status status = OK;
    for (size_t i = 0; i < COUNT_OF(parts) && !status; i++) {
        start_s = now_s();
        status = parts[i].run(bench);
        printf(", \"%s\": %.1f", parts[i].name, parts[i].count / (now_s() - start_s) * 1e-6);
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf(", \"peak_mib\": %ld}\n", usage.ru_maxrss / 1024);
    arena_drop(&arena);
    texel_store_drop(store);
    return status;
}

int main(int argc, char **argv)
{
    Arena arena = {0};
    Scan scan = {.image_count = (uint32_t)argc - 1,
                 .images = ARENA_ARRAY(&arena, ScanImage, (size_t)argc)};
    for (int i = 1; i < argc; i++) {
        FileInfo info = {0};
        if (file_get_info(argv[i], &info)) {
            fprintf(stderr, "%s\n", fault_last()->text);
            return 1;
        }
        scan.images[i - 1] =
            (ScanImage){.name = argv[i], .path = argv[i], .size_bytes = info.size_bytes};
    }
    if (argc < 2 || run(&(Bench){.scan = &scan, .random = 1})) {
        fprintf(stderr, "%s\n", argc < 2 ? "bench_texels PICTURE..." : fault_last()->text);
        return 1;
    }
    arena_drop(&arena);
    return 0;
}

// sample_opus.c: sounds for tests: Ogg Opus files, written here.

#include "sound/sample_opus.h"

#include "data/bytes.h"

#include <math.h>
#include <opus.h>

enum {
    RATE = 48000,
    FRAME = 960,  // 20 ms
    PACKETS = 50, // of a page
    MOST_PACKET = 255 * 5,
    PAGE_HEAD = 27,
    SERIAL = 0x76697472,
};

typedef struct Writer {
    uint8_t *out;
    size_t used;
    uint32_t pages;
    uint8_t lengths[255], body[PACKETS * MOST_PACKET];
    size_t length_count, body_bytes;
} Writer;

static uint32_t crc_of(const uint8_t *bytes, size_t count)
{
    uint32_t crc = 0;
    for (size_t i = 0; i < count; i++) {
        crc ^= (uint32_t)bytes[i] << 24;
        for (int bit = 0; bit < 8; bit++)
            crc = crc << 1 ^ (crc >> 31 ? 0x04c11db7u : 0);
    }
    return crc;
}

void sample_opus_sign(uint8_t *page, size_t size_bytes)
{
    memset(page + 22, 0, 4);
    BytesWriter writer = {page + 22};
    bytes_put_u32(&writer, crc_of(page, size_bytes));
}

static void add_packet(Writer *w, const void *bytes, size_t count)
{
    for (size_t left = count;; left -= 255) {
        w->lengths[w->length_count++] = (uint8_t)MIN(left, 255u);
        if (left < 255)
            break;
    }
    memcpy(w->body + w->body_bytes, bytes, count);
    w->body_bytes += count;
}

static void end_page(Writer *w, uint32_t flags, uint64_t position)
{
    uint8_t *page = w->out + w->used;
    BytesWriter writer = {page};
    bytes_put_all(&writer, "OggS", 5);
    bytes_put_u8(&writer, flags);
    bytes_put_u64(&writer, position);
    bytes_put_u32(&writer, SERIAL);
    bytes_put_u32(&writer, w->pages++);
    bytes_put_u32(&writer, 0);
    bytes_put_u8(&writer, (uint32_t)w->length_count);
    bytes_put_all(&writer, w->lengths, w->length_count);
    bytes_put_all(&writer, w->body, w->body_bytes);
    size_t size_bytes = PAGE_HEAD + w->length_count + w->body_bytes;
    sample_opus_sign(page, size_bytes);
    w->used += size_bytes;
    w->length_count = w->body_bytes = 0;
}

static void write_heads(Writer *w, int channels, uint32_t skipped)
{
    uint8_t bytes[19];
    BytesWriter head = {bytes};
    bytes_put_all(&head, "OpusHead", 8);
    bytes_put_u8(&head, 1);
    bytes_put_u8(&head, (uint32_t)channels);
    bytes_put_u16(&head, skipped);
    bytes_put_u32(&head, RATE);
    bytes_put_u16(&head, 0);
    bytes_put_u8(&head, 0);
    add_packet(w, bytes, sizeof bytes);
    end_page(w, 2, 0);
    BytesWriter tags = {bytes};
    bytes_put_all(&tags, "OpusTags", 8);
    bytes_put_u32(&tags, 0);
    bytes_put_u32(&tags, 0);
    add_packet(w, bytes, 16);
    end_page(w, 0, 0);
}

Bytes sample_opus(const SampleOpus *desc, Arena *arena)
{
    int channels = MAX(desc->channels, 1), error = 0, skipped = 0;
    OpusEncoder *encoder = opus_encoder_create(RATE, channels, OPUS_APPLICATION_AUDIO, &error);
    opus_encoder_ctl(encoder, OPUS_GET_LOOKAHEAD(&skipped));
    uint64_t heard = (uint64_t)llround(desc->seconds * RATE), end = heard + (uint64_t)skipped;
    uint64_t packets = (end + FRAME - 1) / FRAME;
    Writer *w = ARENA_NEW(arena, Writer);
    w->out = ARENA_ARRAY(arena, uint8_t, 4096 + packets * (MOST_PACKET + 8));
    write_heads(w, channels, (uint32_t)skipped);
    for (uint64_t i = 0; i < packets; i++) {
        float samples[FRAME * 2];
        uint8_t packet[MOST_PACKET];
        for (int k = 0; k < FRAME * channels; k++) {
            double at_s = (double)(i * FRAME + (uint64_t)(k / channels)) / RATE;
            samples[k] =
                desc->level * sinf((float)fmod(at_s * (double)desc->hz, 1) * 6.2831853f);
        }
        int count = opus_encode_float(encoder, samples, FRAME, packet, sizeof packet);
        add_packet(w, packet, (size_t)MAX(count, 1));
        bool is_last = i + 1 == packets;
        if (is_last || i % PACKETS == PACKETS - 1)
            end_page(w, is_last ? 4 : 0, is_last ? end : (i + 1) * FRAME);
    }
    opus_encoder_destroy(encoder);
    return (Bytes){w->out, w->used};
}

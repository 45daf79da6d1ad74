// opus.c: is this a sound that may be played? Ogg Opus, one narrow profile of it.

#include "data/opus.h"

#include "data/bytes.h"

#include <string.h>

enum {
    PAGE_BYTES = 27, // before the table of segments
    PAGE_CONTINUED = 1,
    PAGE_BEGINS = 2,
    PAGE_ENDS = 4,
    MAX_TAG_BYTES = 1 << 20,
    MAX_PACKET_SAMPLES = 5760, // 120 ms
    HEAD_BYTES = 19,
};

typedef struct Page {
    uint8_t flags;
    uint64_t position; // in samples, of the last packet that ends here
    uint32_t serial, number, checksum;
    Bytes segments, body, whole;
} Page;

// A packet across pages: of sounds only its first two bytes are looked at.
typedef struct Packet {
    size_t size_bytes;
    uint8_t begin[HEAD_BYTES];
} Packet;

typedef struct Stream {
    Bytes file, rest;
    uint32_t crc_table[256];
    uint32_t serial, page_count, packet_count;
    bool is_open; // a packet goes on in the next page
    Packet packet;
    int channels;
    uint32_t skipped;      // samples at the beginning that are not heard
    uint64_t samples;      // of all packets that have ended
    uint64_t begins, ends; // positions of the first sound and the last
    bool has_position;
} Stream;

// ---- pages

// Of Ogg: no reflection, begins with 0.
static void fill_crc_table(uint32_t table[256])
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t value = i << 24;
        for (int bit = 0; bit < 8; bit++)
            value = value << 1 ^ (value >> 31 ? 0x04c11db7u : 0);
        table[i] = value;
    }
}

// The four bytes of the checksum itself count as zeroes.
static uint32_t page_crc(const Stream *s, Bytes page)
{
    uint32_t crc = 0;
    for (size_t i = 0; i < page.len; i++) {
        uint8_t byte = i >= 22 && i < 26 ? 0 : page.ptr[i];
        crc = crc << 8 ^ s->crc_table[crc >> 24 ^ byte];
    }
    return crc;
}

static bool cut_page(Stream *s, Page *out)
{
    Bytes rest = s->rest;
    if (rest.len < PAGE_BYTES || memcmp(rest.ptr, "OggS", 5) != 0)
        return false;
    BytesReader reader = {rest.ptr + 5};
    size_t segments = rest.ptr[26], body = 0, head = PAGE_BYTES + segments;
    if (rest.len < head)
        return false;
    for (size_t i = 0; i < segments; i++)
        body += rest.ptr[PAGE_BYTES + i];
    if (rest.len < head + body)
        return false;
    *out = (Page){.segments = {rest.ptr + PAGE_BYTES, segments},
                  .body = {rest.ptr + head, body},
                  .whole = bytes_first(rest, head + body)};
    out->flags = (uint8_t)bytes_get_u8(&reader);
    out->position = bytes_get_u32(&reader);
    out->position |= (uint64_t)bytes_get_u32(&reader) << 32;
    out->serial = bytes_get_u32(&reader);
    out->number = bytes_get_u32(&reader);
    out->checksum = bytes_get_u32(&reader);
    s->rest = bytes_skip(rest, head + body);
    return true;
}

NODISCARD static Status next_page(Stream *s, Page *out)
{
    size_t at = s->file.len - s->rest.len;
    if (!cut_page(s, out) && at == 0)
        return FAIL(ERR_CORRUPT, "no whole Ogg stream begins here");
    if (out->whole.len == 0)
        return FAIL(ERR_CORRUPT, "the Ogg stream breaks off at byte %zu", at);
    if (page_crc(s, out->whole) != out->checksum)
        return FAIL(ERR_CORRUPT, "the page at byte %zu is damaged", at);
    if (s->page_count == 0)
        s->serial = out->serial;
    bool is_first = s->page_count == 0, is_last = s->rest.len == 0;
    if (out->serial != s->serial || !(out->flags & PAGE_BEGINS) == is_first ||
        !(out->flags & PAGE_ENDS) == is_last)
        return FAIL(ERR_CORRUPT,
                    "byte %zu: a file holds one stream, from its first page to its "
                    "last",
                    at);
    if (out->number != s->page_count || !(out->flags & PAGE_CONTINUED) == s->is_open)
        return FAIL(ERR_CORRUPT, "byte %zu: a page is missing before this one", at);
    s->page_count++;
    return OK;
}

// ---- packets

NODISCARD static Status take_head(Stream *s)
{
    BytesReader reader = {s->packet.begin + 10};
    const uint8_t *head = s->packet.begin;
    if (s->packet.size_bytes < HEAD_BYTES || memcmp(head, "OpusHead", 8) != 0)
        return FAIL(ERR_UNSUPPORTED, "Ogg, but not Opus; encode it with opusenc");
    s->channels = head[9];
    s->skipped = bytes_get_u16(&reader);
    if (head[8] > 15)
        return FAIL(ERR_UNSUPPORTED, "Opus of version %d; 1 is known", head[8]);
    if (s->channels < 1 || s->channels > 2 || head[18] != 0)
        return FAIL(ERR_LIMIT, "%d channels; 1 or 2 are played", s->channels);
    return OK;
}

// Samples of a frame, by the configuration in a packet's first byte (RFC 6716, 3.1).
static uint32_t frame_samples(uint8_t toc)
{
    uint32_t step = toc >> 3 & 3;
    if (toc & 0x80)
        return OPUS_RATE / 400u << step;
    if ((toc & 0x60) == 0x60)
        return toc & 8 ? OPUS_RATE / 50u : OPUS_RATE / 100u;
    return step == 3 ? OPUS_RATE * 60u / 1000u : OPUS_RATE / 100u << step;
}

NODISCARD static Status take_sound(Stream *s)
{
    const Packet *packet = &s->packet;
    uint8_t toc = packet->begin[0], code = toc & 3;
    bool is_counted = code == 3;
    if (packet->size_bytes < 1 + (size_t)is_counted)
        return FAIL(ERR_CORRUPT, "packet %u is empty", s->packet_count);
    uint32_t frames = is_counted ? packet->begin[1] & 63u : code == 0 ? 1u : 2u;
    uint32_t samples = frames * frame_samples(toc);
    if (samples == 0 || samples > MAX_PACKET_SAMPLES)
        return FAIL(ERR_CORRUPT, "packet %u says it lasts %u samples; 1 to %d are possible",
                    s->packet_count, samples, MAX_PACKET_SAMPLES);
    s->samples += samples;
    if (s->samples > (uint64_t)OPUS_RATE * 60 * OPUS_MAX_MINUTES + MAX_PACKET_SAMPLES)
        return FAIL(ERR_LIMIT, "it is longer than %d minutes", OPUS_MAX_MINUTES);
    return OK;
}

NODISCARD static Status end_packet(Stream *s)
{
    Status status = OK;
    if (s->packet_count == 0)
        status = take_head(s);
    else if (s->packet_count == 1 && memcmp(s->packet.begin, "OpusTags", 8) != 0)
        status = FAIL(ERR_CORRUPT, "its tags are missing");
    else if (s->packet_count > 1)
        status = take_sound(s);
    s->packet_count++;
    s->packet = (Packet){0};
    return status;
}

NODISCARD static Status take_packets(Stream *s, const Page *page, bool *has_ended)
{
    size_t at = 0;
    *has_ended = false;
    for (size_t i = 0; i < page->segments.len; i++) {
        size_t length = page->segments.ptr[i];
        size_t known = MIN(s->packet.size_bytes, (size_t)HEAD_BYTES);
        memcpy(s->packet.begin + known, page->body.ptr + at, MIN(length, HEAD_BYTES - known));
        s->packet.size_bytes += length;
        if (s->packet.size_bytes > MAX_TAG_BYTES)
            return FAIL(ERR_LIMIT, "packet %u has more than %d bytes", s->packet_count,
                        MAX_TAG_BYTES);
        at += length;
        s->is_open = length == 255;
        if (s->is_open)
            continue;
        TRY(end_packet(s));
        *has_ended = true;
    }
    return OK;
}

// ---- the whole

// What a page counts agrees with what it holds.
NODISCARD static Status take_position(Stream *s, const Page *page, bool has_ended)
{
    if (s->packet_count <= 2 || !has_ended)
        return OK;
    if (!s->has_position) // a sound may have been cut out of a longer one
        s->begins = page->position > s->samples ? page->position - s->samples : 0;
    if (page->position == UINT64_MAX || (s->has_position && page->position < s->ends) ||
        page->position - s->begins > s->samples)
        return FAIL(ERR_CORRUPT, "page %u counts more samples than there are", s->page_count);
    s->has_position = true;
    s->ends = page->position;
    return OK;
}

NODISCARD static Status read_pages(Stream *s)
{
    while (s->rest.len || s->page_count == 0) {
        Page page = {0};
        bool has_ended;
        TRY(next_page(s, &page));
        TRY(take_packets(s, &page, &has_ended));
        TRY(take_position(s, &page, has_ended));
    }
    if (s->is_open)
        return FAIL(ERR_CORRUPT, "the Ogg stream breaks off within a packet");
    if (!s->has_position || s->ends - s->begins <= s->skipped)
        return FAIL(ERR_CORRUPT, "no sound is in it");
    return OK;
}

Status opus_check(Bytes file, OpusInfo *out)
{
    Stream stream = {.file = file, .rest = file};
    if (file.len > OPUS_MAX_BYTES)
        return FAIL(ERR_LIMIT, "a sound has at most %d MiB, this has %zu", OPUS_MAX_BYTES >> 20,
                    file.len >> 20);
    fill_crc_table(stream.crc_table);
    TRY(read_pages(&stream));
    *out = (OpusInfo){.channels = stream.channels,
                      .seconds =
                          (double)(stream.ends - stream.begins - stream.skipped) / OPUS_RATE};
    return OK;
}

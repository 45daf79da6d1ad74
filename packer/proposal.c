// proposal.c: gallery.json as it is proposed, and whether anybody has edited it since.

#include "packer/proposal.h"

#include "data/pack.h"

#include <stdio.h>
#include <string.h>

// The file begins with it; what follows is what it is of.
#define MARK "{\n    \"proposal\": \""

enum { HEX = 2 * PACK_HASH_BYTES };

static void hash_text(Bytes bytes, char out[HEX + 1])
{
    uint8_t hash[PACK_HASH_BYTES];
    pack_hash(bytes, hash);
    for (int i = 0; i < PACK_HASH_BYTES; i++)
        snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

static Bytes mark(Bytes plan, Arena *arena)
{
    char hash[HEX + 1];
    Bytes rest = {plan.ptr + 1, plan.len - 1}; // without its brace
    hash_text(rest, hash);
    const char *text =
        str_format(arena, MARK "%s\",%.*s", hash, (int)rest.len, (const char *)rest.ptr);
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

bool proposal_is_untouched(Bytes file)
{
    size_t head = strlen(MARK), begin = head + HEX + 2;
    if (file.len < begin || memcmp(file.ptr, MARK, head) != 0)
        return false;
    char hash[HEX + 1];
    hash_text((Bytes){file.ptr + begin, file.len - begin}, hash);
    return memcmp(file.ptr + head, hash, HEX) == 0;
}

Status proposal_make(const Collection *collection, const float (*sizes_m)[3], const ThemeBy *by,
                     uint32_t least, Arena *arena, Proposal *out)
{
    uint32_t count = collection->piece_count;
    const Record **records = ARENA_ARRAY(arena, const Record *, (size_t)count + 1);
    LayoutPiece *pieces = ARENA_ARRAY(arena, LayoutPiece, (size_t)count + 1);
    uint32_t *of = ARENA_ARRAY(arena, uint32_t, (size_t)count + 1);
    for (uint32_t i = 0; i < count; i++)
        records[i] = &collection->pieces[i].record;
    LayoutTheme *themes;
    LayoutDesc desc = {.pieces = pieces, .count = count, .least = least};
    Proposal proposal = {.by = by ? *by : theme_choose(records, count)};
    theme_divide(records, count, proposal.by, arena, &themes, &desc.theme_count, of);
    desc.themes = themes;
    for (uint32_t i = 0; i < count; i++) {
        pieces[i] = (LayoutPiece){.id = records[i]->id, .theme = of[i]};
        memcpy(pieces[i].size_m, sizes_m[i], sizeof pieces[i].size_m);
    }
    TRY(layout_make_house(&desc, arena, &proposal.plan));
    if (proposal.plan.room_count > PLAN_MAX_ROOMS)
        return FAIL(ERR_LIMIT, "%u rooms; a gallery holds %d: divide it by less",
                    proposal.plan.room_count, PLAN_MAX_ROOMS);
    proposal.file = mark(plan_write(&proposal.plan, arena), arena);
    *out = proposal;
    return OK;
}

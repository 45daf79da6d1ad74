#!/usr/bin/env python3
"""Packs that lie: `check` names every lie, the museum shows its card and goes on.

    adversary.py BIN WORK check|museum

Each case bends a good pack in one place (liar.py). check: exit status 1, one line with the error
name, file and place that the case expects. museum: a third of them at once beside a good pack:
none of them may stop the visit, all that cannot be shown are under restoration, and the good
piece stands there complete. Exit status 77 where there is no OpenGL.
"""
import json
import math
import os
import re
import shutil
import struct
import subprocess
import sys
import zlib

import programs
from hostile import Judge
from liar import GRAPH_COUNTS_AT, GRAPH_HEADER_BYTES, Pack, make_entry

SHOWN = "shown"  # in place of a card: the lie costs a text or a picture, not the piece
NAN, INFINITY = float("nan"), float("inf")


def png(width, height, data=b""):
    """A PNG that claims its size; its pixels are `data`."""
    def chunk(kind, content):
        return (struct.pack(">I", len(content)) + kind + content +
                struct.pack(">I", zlib.crc32(kind + content)))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(data)) +
            chunk(b"IEND", b""))


def deep(levels):
    return b"[" * levels + b"]" * levels


# ---- the cases: (what `check` must print as a regular expression, the museum's answer, the lie)

CASES = {}


def case(expected, answer=None):
    def keep(function):
        name = function.__name__.replace("_", "-")
        assert name not in CASES and len(name) <= 64
        CASES[name] = (expected, answer, function)
        return function
    return keep


def graph_case(name, expected, at, form, *values, answer=None):
    """A lie of one number in the graph; `at` may be a function of the pack."""
    def bend(pack):
        pack.put_graph(at(pack) if callable(at) else at, form, *values)
    CASES[name] = (r"ERR_\w+ NAME/sculpture.graph.*" + expected, answer, bend)


def page_case(name, expected, at, form, *values, answer=None):
    def bend(pack):
        pack.put_page(at, form, *values)
    CASES[name] = (r"ERR_\w+ NAME/sculpture.pages.*" + expected, answer, bend)


def text_case(name, expected, change, answer=None):
    """A lie in the record or the manifest."""
    CASES[name] = (expected, answer, change)


# The archive.

@case(r"ERR_UNSUPPORTED .*symbolic link")
def zip_symlink(pack):
    def bend(entries):
        entries[-1]["made_by"] = 3 << 8 | 20
        entries[-1]["attributes"] = 0o120777 << 16
    pack.after = bend


@case(r"ERR_INVALID .*used twice")
def zip_twice(pack):
    pack.after = lambda entries: entries.append(dict(entries[-1]))


@case(r"ERR_INVALID .*lower|ERR_INVALID .*'?[A-Z]'?")
def zip_upper_case(pack):
    pack.after = lambda entries: entries.append(make_entry("Pack.json", b"{}", False))


@case(r"ERR_INVALID .*pack.json/more.*used for a file")
def zip_file_and_folder(pack):
    pack.after = lambda entries: entries.append(make_entry("pack.json/more", b"{}", False))


@case(r"ERR_LIMIT .*4096")
def zip_4097_entries(pack):
    pack.after = lambda entries: entries.extend(
        make_entry(f"e{i}", b"", False) for i in range(4097 - len(entries)))


@case(r"ERR_LIMIT .*deflated")
def zip_bomb(pack):
    pack.after = lambda entries: entries.append(make_entry("zeros.bin", bytes(12 << 20), True))


@case(r"ERR_LIMIT .*deflated")
def zip_claims_4_gib(pack):
    def bend(entries):
        entries[0]["size"] = 0xFFFFFFFE
    pack.after = bend


@case(r"ERR_CORRUPT pack.json.*")
def zip_inflates_to_less(pack):
    def bend(entries):
        entries[0]["size"] += 1
    pack.after = bend


@case(r"ERR_CORRUPT pack.json.*")
def zip_wrong_checksum(pack):
    def bend(entries):
        entries[0]["crc"] ^= 1
    pack.after = bend


@case(r"ERR_CORRUPT .*")
def zip_stored_sizes_differ(pack):
    def bend(entries):
        entries[-1]["size"] += 1
    pack.after = bend


@case(r"ERR_INVALID .*extra.txt.*does not list it", SHOWN)
def zip_unlisted(pack):
    pack.after = lambda entries: entries.append(make_entry("extra.txt", b"hello", False))


@case(r"ERR_INVALID .*not the first entry", SHOWN)
def zip_manifest_last(pack):
    pack.after = lambda entries: entries.append(entries.pop(0))


@case(r"ERR_NOT_FOUND .*pack.json is not in it")
def zip_no_manifest(pack):
    pack.after = lambda entries: entries.pop(0)


# The manifest.

@case(r"ERR_\w+ pack.json.*")
def manifest_deep(pack):
    pack.raw_manifest = b'{"format_version": 1, "pieces": ' + deep(1000) + b"}"


@case(r"ERR_LIMIT pack.json.*")
def manifest_2_mib(pack):
    pack.manifest["title"]["en"] = "a" * (2 << 20)


@case(r"ERR_LIMIT pack.json.*title")
def manifest_title_900_kib(pack):
    # Not so many equal letters that it would be a bomb.
    pack.manifest["title"]["en"] = "".join(f"{i:x}" for i in range(180000))


@case(r"ERR_\w+ pack.json.*")
def manifest_not_utf8(pack):
    pack.raw_manifest = json.dumps(pack.manifest).encode().replace(b"Good", b"\xff\xfe")


@case(r"ERR_CORRUPT pack.json.*uplicate")
def manifest_key_twice(pack):
    pack.raw_manifest = b'{"format_version": 1, "format_version": 1}'


@case(r"ERR_\w+ pack.json.*u0000")
def manifest_nul(pack):
    pack.raw_manifest = b'{"format_version": 1, "id": "a\\u0000b"}'


@case(r"ERR_UNSUPPORTED pack.json.*format version 3")
def manifest_newer(pack):
    pack.manifest["format_version"] = 3


@case(r"ERR_INVALID pack.json.*script.*not a field")
def manifest_unknown_field(pack):
    pack.manifest["script"] = "rm"


@case(r"ERR_LIMIT pack.json pieces.*")
def manifest_many_pieces(pack):
    pack.manifest["pieces"] *= 600


@case(r"ERR_INVALID pack.json pieces\[1\].*")
def manifest_piece_twice(pack):
    pack.manifest["pieces"] *= 2


@case(r"ERR_INVALID pack.json files.*")
def manifest_file_twice(pack):
    pack.manifest["files"].append(pack.manifest["files"][0])


@case(r"ERR_INVALID pack.json files.*")
def manifest_foreign_folder(pack):
    pack.manifest["files"][0]["name"] = "elsewhere/exhibit.json"


@case(r"ERR_INVALID pack.json files.*")
def manifest_climbs(pack):
    pack.manifest["files"][0]["name"] = "../../etc/passwd"


@case(r"ERR_INVALID pack.json files.*program")
def manifest_unknown_kind(pack):
    pack.manifest["files"][0]["kind"] = "program"


@case(r"ERR_\w+ pack.json.*")
def manifest_no_graph(pack):
    pack.manifest["files"] = [f for f in pack.manifest["files"] if f["kind"] != "graph"]


@case(r"ERR_NOT_FOUND NAME/story.json.*", SHOWN)
def manifest_absent_file(pack):
    pack.manifest["files"] = [f for f in pack.manifest["files"] if f["kind"] != "story"]
    pack.files.pop(f"{pack.piece}/story.json", None)
    pack.manifest["files"].append({"name": f"{pack.piece}/story.json", "kind": "story",
                                   "piece": pack.piece, "size_bytes": 2, "blake2b": "0" * 64})


@case(r"ERR_CORRUPT NAME/exhibit.json.*not those", SHOWN)
def manifest_wrong_hash(pack):
    def bend(entries):
        text = json.dumps(pack.record).replace("Manifest", "Manifold").encode()
        entries[1] = make_entry(entries[1]["name"].decode(), text, True)
    pack.record["title"]["en"] = "Manifest"
    pack.after = bend


@case(r"ERR_CORRUPT NAME/sculpture.pages.*bytes")
def manifest_wrong_size(pack):
    pack.keeps_hashes = True
    pack.pages += b"more"
    pack.keeps_checksums = True


def number_lie(field, value):
    def bend(pack):
        pack.manifest["pieces"][0][field] = value
    return bend


text_case("manifest-box-nan", r"ERR_\w+ pack.json.*",
          lambda pack: setattr(pack, "raw_manifest", json.dumps(
              {**pack.manifest, "pieces": [{**pack.manifest["pieces"][0],
                                            "low_mm": [NAN, 0, 0]}]}).encode()))
text_case("manifest-box-infinite", r"ERR_CORRUPT pack.json.*",
          lambda pack: setattr(pack, "raw_manifest",
                               json.dumps(pack.manifest).encode().replace(
                                   b'"high_mm": [', b'"high_mm": [1e999, ')))
text_case("manifest-box-inside-out", r"ERR_INVALID pack.json pieces\[0\].*",
          number_lie("low_mm", [500, 500, 500]))
text_case("manifest-box-enormous", r"ERR_\w+ pack.json pieces\[0\].*",
          number_lie("high_mm", [1e12, 1e12, 1e12]))
text_case("manifest-other-box", r"ERR_INVALID NAME/sculpture.graph.*promises another size",
          number_lie("high_mm", [90, 90, 90]), SHOWN)
text_case("manifest-other-pages", r"ERR_INVALID NAME/sculpture.graph.*promises.*pages",
          number_lie("pages", 7), SHOWN)
text_case("manifest-other-triangles", r"ERR_INVALID NAME/sculpture.graph.*promises.*triangles",
          number_lie("triangles", 5), SHOWN)
text_case("manifest-triangles-2-40", r"ERR_\w+ pack.json pieces\[0\].*",
          number_lie("triangles", 1 << 40))
text_case("manifest-negative", r"ERR_\w+ pack.json pieces\[0\].*", number_lie("pages", -1))
text_case("manifest-levels-1000", r"ERR_\w+ pack.json pieces\[0\].*",
          number_lie("level_triangles", [1] * 1000))
text_case("manifest-edge-negative", r"ERR_INVALID pack.json pieces\[0\].*",
          number_lie("median_edge_um", -1))


# The record and the story.

def record_case(name, expected, change, answer=None):
    def bend(pack):
        result = change(pack.record)
        if isinstance(result, bytes):
            pack.record = result
    CASES[name] = (r"ERR_\w+ NAME/exhibit.json.*" + expected, answer, bend)


record_case("record-other-id", "other", lambda record: record.update(id="other"), SHOWN)
record_case("record-deep", "", lambda record: b'{"id": "x", "title": ' + deep(5000) + b"}")
record_case("record-title-1-mib", "",
            lambda record: record["title"].update(
                en="".join(f"{i:x}" for i in range(220000))))
record_case("record-empty", "", lambda record: b"")
record_case("record-list", "object", lambda record: b"[]")
record_case("record-tag", "", lambda record: record.update(title={"en<script>": "a"}))
record_case("record-no-title", "title", lambda record: record.pop("title") and None)
record_case("record-minus-mm", "dimensions",
            lambda record: record.update(dimensions=[{"kind": "height", "value_mm": -1}]))
record_case("record-javascript", "rights",
            lambda record: record.update(rights="javascript:alert(1)"))


def story_case(name, expected, story):
    def bend(pack):
        content = story if isinstance(story, bytes) else json.dumps(story).encode()
        pack.add_file("story.json", "story", content)
    CASES[name] = (r"ERR_\w+ NAME/story.json.*" + expected, SHOWN, bend)


HOTSPOT = {"id": "a", "point_mm": [0, 0, 0], "normal": [0, 1, 0], "title": {"en": "A"},
           "text": {"en": "A"}, "kind": "symbol"}
story_case("story-deep", "", b'{"label": ' + deep(5000) + b"}")
story_case("story-absent-picture", "none.png",
           {"chapters": [{"title": {"en": "A"}, "text": {"en": "A"}, "image": "none.png",
                          "alt_text": {"en": "A"}}]})
story_case("story-climbs", "",
           {"chapters": [{"title": {"en": "A"}, "text": {"en": "A"},
                          "image": "../../../etc/passwd", "alt_text": {"en": "A"}}]})
story_case("story-spot-far-away", "", {"hotspots": [{**HOTSPOT, "point_mm": [1e300, 0, 0]}]})
story_case("story-spot-twice", "", {"hotspots": [HOTSPOT, HOTSPOT]})
story_case("story-500-spots", "",
           {"hotspots": [{**HOTSPOT, "id": f"s{i}"} for i in range(500)]})
story_case("story-label-too-long", "75", {"label": {"en": "word " * 200}})


# Pictures.

def picture_case(name, expected, content):
    CASES[name] = (r"ERR_\w+ NAME/photo.png.*" + expected, SHOWN,
                   lambda pack: pack.add_file("photo.png", "image", content))


picture_case("picture-65536-squared", "65536", png(65536, 65536))
picture_case("picture-two-billion", "", png(0x7FFFFFFF, 0x7FFFFFFF))
picture_case("picture-flat", "", png(0, 0))
picture_case("picture-without-pixels", "", png(100, 100))
picture_case("picture-is-text", "", b"not a picture at all, but words")
picture_case("picture-cut-off", "", png(64, 64, bytes(64 * 193))[:60])
CASES["sound-is-text"] = (r"ERR_\w+ NAME/voice.opus.*", SHOWN,
                          lambda pack: pack.add_file("voice.opus", "audio", b"la la la"))


# The gallery.

START = {"position": [4, 6], "yaw_deg": 180}


def plan_case(name, expected, plan):
    if isinstance(plan, dict):
        plan = {"start": START, **plan}
    CASES[name] = (r"ERR_\w+ gallery.json.*" + expected, SHOWN,
                   lambda pack: pack.add_file("gallery.json", "plan",
                                              plan if isinstance(plan, bytes)
                                              else json.dumps(plan).encode()))


ROOM = {"id": "hall", "title": {"en": "Hall"}, "height_m": 4,
        "corners": [[0, 0], [8, 0], [8, 8], [0, 8]]}
plan_case("plan-deep", "", b'{"rooms": ' + deep(5000) + b"}")
plan_case("plan-flat-room", "", {"rooms": [{**ROOM, "corners": [[0, 0], [1, 0], [2, 0]]}]})
plan_case("plan-crossed-room", "",
          {"rooms": [{**ROOM, "corners": [[0, 0], [8, 8], [8, 0], [0, 8]]}]})
plan_case("plan-enormous-room", "",
          {"rooms": [{**ROOM, "corners": [[0, 0], [1e30, 0], [1e30, 1e30], [0, 1e30]]}]})
plan_case("plan-rooms-in-one-place", "", {"rooms": [ROOM, {**ROOM, "id": "hall-2"}]})
plan_case("plan-foreign-piece", "",
          {"rooms": [ROOM], "places": [{"piece": "somebody", "stand": "plinth",
                                        "position": [4, 4], "size_m": [1, 1, 1]}]})


# The graph.

ROOTS, GROUPS, PAGES, LEVELS, BLOCKS = range(GRAPH_COUNTS_AT, GRAPH_COUNTS_AT + 20, 4)
graph_case("graph-other-mark", "mark", 0, "8s", b"vtrGRAPH")
graph_case("graph-version-9", "version 9", 8, "I", 9)
graph_case("graph-box-nan", "box", 16, "f", NAN)
graph_case("graph-box-inside-out", "box", 16, "f", 1000.0)
graph_case("graph-box-infinite", "box", 28, "f", INFINITY)
graph_case("graph-grid-nan", "grid", 52, "f", NAN)
graph_case("graph-grid-not-a-power", "power of two", 52, "f", 0.0003)
graph_case("graph-grid-zero", "grid", 52, "f", 0.0)
graph_case("graph-texel-nan", "texels", 84, "f", NAN)
graph_case("graph-no-root", "roots", ROOTS, "I", 0)
graph_case("graph-many-roots", "", ROOTS, "I", 0xFFFFFFFF)
graph_case("graph-4-billion-groups", "claims 4294967295 groups", GROUPS, "I", 0xFFFFFFFF)
graph_case("graph-16-million-groups", "hold .* groups of 16777216", GROUPS, "I", 1 << 24)
graph_case("graph-no-pages", "0 pages|hold", PAGES, "I", 0)
graph_case("graph-one-page-more", "hold|pages", PAGES, "I", 0x00FFFFFF)
graph_case("graph-65-levels", "65 levels", LEVELS, "I", 65)
graph_case("graph-no-blocks", "0 blocks", BLOCKS, "I", 0)
graph_case("graph-4-billion-blocks", "blocks", BLOCKS, "I", 0xFFFFFFFF)
graph_case("graph-one-block-more", "checksum|hold", BLOCKS, "I", 2)
graph_case("graph-empty-block", "claims 0 groups", lambda pack: pack.directory_at(), "I", 0)
graph_case("graph-block-of-4-billion", "claims 4294967295 groups",
           lambda pack: pack.directory_at(), "I", 0xFFFFFFFF)
graph_case("graph-block-of-many-children", "children", lambda pack: pack.directory_at() + 8, "I",
           0x40000000)
graph_case("graph-block-pages-4-eib", "bytes for", lambda pack: pack.directory_at() + 16, "Q",
           1 << 62)
graph_case("graph-page-empty", "claims 0 bytes", lambda pack: pack.pages_at(), "I", 0)
graph_case("graph-page-4-gib", "claims 4294967295 bytes", lambda pack: pack.pages_at(), "I",
           0xFFFFFFFF)
graph_case("graph-pages-do-not-fill", "pages take", lambda pack: pack.pages_at(), "I", 100)
graph_case("graph-page-of-5-groups", "claims 5 groups", lambda pack: pack.pages_at() + 8, "I", 5)
graph_case("graph-page-other-maps", "maps", lambda pack: pack.pages_at() + 14, "H", 0x8000)
graph_case("graph-error-nan", "error", lambda pack: pack.group_at(1) + 24, "f", NAN)
graph_case("graph-error-grows-inwards", "not nested",
           lambda pack: pack.group_at(pack.counts()[1] - 1) + 24, "f", 1e30)
graph_case("graph-finer-error-nan", "errs", lambda pack: pack.group_at(0) + 28, "f", NAN)
graph_case("graph-finer-error-zero", "knows", lambda pack: pack.group_at(0) + 28, "f", 0.0)
graph_case("graph-finer-error-large", "claims that its children",
           lambda pack: pack.group_at(0) + 28, "f", 1e30, answer=SHOWN)
graph_case("graph-reach-nan", "reach", lambda pack: pack.group_at(1), "f", NAN)
graph_case("graph-reach-too-far", "reaches out", lambda pack: pack.group_at(1), "f", -50.0)
graph_case("graph-reach-inside-out", "reach", lambda pack: pack.group_at(1), "f", 50.0)
graph_case("graph-cone-nan", "cone", lambda pack: pack.group_at(1) + 32, "f", NAN)
graph_case("graph-cone-negative", "cone", lambda pack: pack.group_at(1) + 32, "f", -1.0)
graph_case("graph-cone-too-wide", "cone", lambda pack: pack.group_at(1) + 32, "f", 2.0)
graph_case("graph-cone-elsewhere", "faces where",
           lambda pack: pack.group_at(0) + 32, "fbbb", 0.1, 127, 0, 0)
graph_case("graph-no-triangles", "0 triangles", lambda pack: pack.group_at(1) + 40, "H", 0)
graph_case("graph-many-triangles", "triangles", lambda pack: pack.group_at(1) + 40, "H", 0xFFFF)
graph_case("graph-65-parents", "parents", lambda pack: pack.group_at(1) + 42, "B", 65)
graph_case("graph-many-parents", "claims 60 parents",
           lambda pack: pack.group_at(pack.counts()[1] - 1) + 42, "B", 60, answer=SHOWN)
graph_case("graph-orphan", "0 parents", lambda pack: pack.group_at(1) + 42, "B", 0)
graph_case("graph-255-children", "children", lambda pack: pack.group_at(1) + 43, "B", 255)
graph_case("graph-childless", "children|nothing of it is finest", lambda pack: pack.group_at(0) + 43, "B", 0)
graph_case("graph-level-out-of-range", "level 64", lambda pack: pack.group_at(1) + 39, "B", 64)
graph_case("graph-own-child", "not a later group", lambda pack: pack.children_at(), "I", 0)
graph_case("graph-cycle", "not a later group",
           lambda pack: pack.children_at(pack.block_counts()[2] - 1), "I", 1)
graph_case("graph-child-out-of-range", "not a later group", lambda pack: pack.children_at(), "I",
           0x7FFFFFFF)
graph_case("graph-level-lies", "level 0", GRAPH_HEADER_BYTES, "Q", 12345, answer=SHOWN)
graph_case("graph-clusters-lie", "clusters", GRAPH_HEADER_BYTES + 8, "I", 12345, answer=SHOWN)
graph_case("graph-header-lies", "triangles", 56, "Q", 12345, answer=SHOWN)


@case(r"ERR_\w+ NAME/sculpture.graph.*need")
def graph_block_child_more(pack):
    pack.put_graph(pack.directory_at() + 8, "I", pack.block_counts()[2] + 1)


@case(r"ERR_CORRUPT NAME/sculpture.graph.*")
def graph_cut_off(pack):
    del pack.graph[len(pack.graph) // 2:]
    pack.keeps_checksums = True


@case(r"ERR_CORRUPT NAME/sculpture.graph.*checksum")
def graph_flipped(pack):
    pack.graph[pack.group_at(1) + 3] ^= 0x40
    pack.keeps_checksums = True


# Pages.

page_case("page-other-mark", "page 0.*mark", 0, "4s", b"what")
page_case("page-many-vertices", "5121 vertices", 4, "I", 5121)
page_case("page-4-billion-indices", "4294967293 indices", 8, "I", 0xFFFFFFFD)
page_case("page-no-clusters", "0 clusters", 12, "I", 0)
page_case("page-many-clusters", "65 clusters", 12, "I", 65)
page_case("page-no-groups", "0 groups", 16, "B", 0)
page_case("page-shift-200", "parts|shift", 17, "B", 200)
page_case("page-far-away", "outside", 20, "i", 0x7FFFFFFF, answer=SHOWN)
page_case("page-huge-vertex-part", "parts", 32, "I", 0xFFFFFFFF)
page_case("page-huge-index-part", "parts", 40, "I", 0x7FFFFFFF)
page_case("page-group-of-25", "25 clusters", 48, "B", 25)
page_case("page-stream-3", "streams 3", 18, "B", 3)
page_case("page-tile-without-texels", "a tile", 18, "B", 1)
page_case("page-huge-tile-part", "parts", 44, "I", 0xFFFFFFFF)
page_case("page-cluster-refines-itself", "claims to refine", 52 + 12, "I", 0)
page_case("page-cluster-refines-nothing", "claims to refine", 52 + 12, "I", 0x00FFFFFF)
page_case("page-cluster-of-129", "129 triangles", 52 + 16, "H", 129)
page_case("page-cluster-of-none", "0 triangles", 52 + 16, "H", 0)


def tile_case(name, expected, at, form, *values):
    """A lie in the tile of the first page, whose geometry stays sound."""
    def bend(pack):
        struct.pack_into("<" + form, pack.pages, tile_at(pack) + at, *values)
    CASES[name] = (r"ERR_\w+ NAME/sculpture.pages.*page 0.*" + expected, None, bend)


def tile_at(pack):
    page_bytes, = struct.unpack_from("<I", pack.graph, pack.pages_at())
    tile_bytes, = struct.unpack_from("<I", pack.pages, 44)
    return page_bytes - tile_bytes


tile_case("page-tile-other-mark", "does not begin as one", 0, "4s", b"what")
tile_case("page-tile-of-other-height", "a JPEG of|rows stands for one of", 4, "H", 16 * 63)
tile_case("page-tile-of-17-rows", "17 rows", 4, "H", 17)
tile_case("page-tile-unknown-coding", "coded in a way", 8 + 8 * 2, "B", 200)
tile_case("page-tile-huge-map", "claims", 8 + 8 * 2 + 4, "I", 0x7FFFFFFF)


@case(r"ERR_CORRUPT NAME/sculpture.pages.*page 0")
def page_tile_garbage(pack):
    start = tile_at(pack) + 8 + 8 * 7
    end, = struct.unpack_from("<I", pack.graph, pack.pages_at())
    pack.pages[start:end] = bytes(i * 37 & 0xFF for i in range(end - start))


@case(r"ERR_CORRUPT NAME/sculpture.pages.*page 0.*decode")
def page_garbage(pack):
    start = 52 + 20 * struct.unpack_from("<I", pack.pages, 12)[0]
    end, = struct.unpack_from("<I", pack.graph, pack.pages_at())
    pack.pages[start:end] = bytes(i * 37 & 0xFF for i in range(end - start))


@case(r"ERR_CORRUPT NAME/sculpture.pages.*page 0.*checksum")
def page_flipped(pack):
    pack.pages[200] ^= 1
    pack.keeps_checksums = True


# What is odd, but no lie: taken as it is.
HARMLESS = {
    "bidi": lambda pack: pack.record["title"].update(en="\u202egnihton\u202c \u2067x"),
    "long-word": lambda pack: pack.record["title"].update(en="w" * 1000),
    "emoji": lambda pack: pack.record["title"].update(en="\U0001F9D9\u200d\u2642\ufe0f" * 40),
    "zalgo": lambda pack: pack.record["title"].update(en="Z" + "\u0301\u0323" * 250),
}


# ---- running

def make_good_pack(packer, work):
    """A ball with enough triangles for several levels, pages and groups."""
    rows, columns, lines = 90, 180, []
    for i in range(rows + 1):
        for j in range(columns):
            a, b = math.pi * i / rows, 2 * math.pi * j / columns
            r = 30 + math.sin(9 * a) * math.cos(7 * b)
            lines.append(f"v {r * math.sin(a) * math.cos(b):.4f} {r * math.cos(a):.4f} "
                         f"{-r * math.sin(a) * math.sin(b):.4f}")
    for i in range(rows):
        for j in range(columns):
            a, b = i * columns + j + 1, i * columns + (j + 1) % columns + 1
            lines.append(f"f {a} {a + columns} {b + columns} {b}")
    scan = os.path.join(work, "good.obj")
    with open(scan, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    folder, pack = os.path.join(work, "good"), os.path.join(work, "good.vitrine")
    subprocess.run([packer, "import", scan, "--unit", "mm", "-o", folder], check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run([packer, "build", folder, "-o", pack], check=True)
    return pack


def make_packs(good, work, cases):
    """The path of each case's pack."""
    paths = {}
    for name, bend in cases.items():
        pack = Pack(good, name)
        bend(pack)
        paths[name] = os.path.join(work, name + ".vitrine")
        pack.write(paths[name])
    return paths


def check(judge, packer, good, work):
    failed = 0
    paths = make_packs(good, work, {name: lie for name, (_, _, lie) in CASES.items()})
    for name, path in paths.items():
        held = judge.judge(path, [packer, "check", "--quiet", path])
        expected = "^" + CASES[name][0].replace("NAME", name)
        if held and (judge.code != 1 or not re.search(expected, judge.output, re.MULTILINE)):
            print(f"{name}: expected {expected}, exit status 1; found {judge.code}:\n"
                  f"    {judge.output[:600]}")
            held = False
        held &= judge.judge(path, [packer, "info", path])
        failed += not held
    for name, path in make_packs(good, work, HARMLESS).items():
        if not judge.judge(path, [packer, "check", "--draft", "--quiet", path]) or judge.code:
            print(f"{name}: is harmless, but: {judge.output[:600]}")
            failed += 1
    print(f"{len(CASES)} lies, {failed} problems")
    return 1 if failed else 0


def is_found_late(name):
    """Whether the lie is only found when the sculpture is read."""
    return name.startswith(("graph-", "page-"))


def write_script(path, answers):
    """Goes to some of the pieces and looks whether they are there."""
    names = sorted(answers)
    visited = [name for name in names if is_found_late(name)][::3]
    visited += [name for name in names if not is_found_late(name)][::6]
    visited += [name for name in HARMLESS if name not in visited]
    lines = ["wait ready"]
    for name in visited:
        lines += [f"lean-in exhibit:{name}", "wait settled", f"expect exhibit = {name}",
                  "expect exhibit_state " + ("!=" if answers[name] == SHOWN else "=") +
                  " restoration", "lean-out"]
    cards = sum(answers[name] != SHOWN and (name in visited or not is_found_late(name))
                for name in names)
    lines += ["lean-in exhibit:good", "wait settled", "expect exhibit_state = full",
              f"expect under_restoration >= {cards}", "screenshot good.png",
              "lean-out", "wait settled", "stats end.json"]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def museum(bin_folder, good, work):
    # Every pack is a stand in a room, and rooms take their time where the processor draws.
    cases = {name: CASES[name][2] for name in sorted(CASES)[::3]}
    paths = make_packs(good, work, {**cases, **HARMLESS})
    answers = {name: CASES[name][1] if name in CASES else SHOWN for name in paths}
    script = os.path.join(work, "visit.txt")
    write_script(script, answers)
    programs.visit(bin_folder, ["--size", "96x64", "--reduced-motion", "--script", script, good,
                                *paths.values()], work)
    print(f"{len(answers)} packs beside a good one")
    return 0


def main():
    bin_folder, work, kind = sys.argv[1:4]
    packer = os.path.join(bin_folder, "vitrine-pack")
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    good = make_good_pack(packer, work)
    judge = Judge(packer)
    if kind == "museum":
        return museum(bin_folder, good, work)
    return check(judge, packer, good, work)


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Screens in the museum itself: what is chosen on them happens.

WHAT is "keys": by keyboard alone from the menu to a piece; "pad": by gamepad alone to the settings, which
are kept; "words": another language while the museum is open; "tongues": labels, signs and titles in the rooms
follow it, and after twenty of them no byte of pictures is left; "aloud": what is said of it on the way; "story": the
pages of a piece's story beside it, which is turned meanwhile; pictures come, and broken ones are told in words; "cabinet": what is
collected is there again, elsewhere too, whatever is missing there."""
import json
import os
import sqlite3
import struct
import subprocess
import zipfile
import zlib

from test_floor_plan import build, visit
from test_visits import mean_error, read_png, run


def screen_keys(house):
    build(house)
    visit(house, [
        "press Escape", "wait frames 2", "expect screen.name = menu", "expect screen.focus = continue",
        "press Down", "press Down", "press Enter", "expect screen.name = search",
        "type \"number 9\"", "press Enter", "expect screen.name = none", "wait settled",
        "expect exhibit = ball-09",
        "press F1", "expect screen.name = help", "press Tab", "press Tab", "press Escape",
        "expect screen.name = none",
    ])


def screen_cabinet(house):
    build(house)
    visit(house, [
        "lean-in", "wait settled", "expect cabinet.has_piece = 0", "expect cabinet.is_kept = 1",
        "screen story", "choose collect", "wait frames 2", "expect cabinet.has_piece = 1",
        "screen close", "measure 0.48,0.5 0.52,0.5", "photo shot.png 1", "lean-out", "wait settled",
        "screen cabinet", "wait frames 2", "choose note-0", "type \"mine\"", "wait frames 4",
    ], "--cabinet", "mine.sqlite")
    def vitrine(*words):
        program = os.path.join(house.programs, "vitrine")
        return subprocess.run([program, *words], cwd=house.work, capture_output=True, text=True, check=False)
    assert vitrine("--cabinet", "mine.sqlite", "--cabinet-export", "all.cabinet").returncode == 0
    told = vitrine("--cabinet", "other.sqlite", "--cabinet-import", "all.cabinet")
    assert told.stdout.startswith("1 pieces, 0 details, 1 photographs, 1 measurements"), told
    told = vitrine("--cabinet", "other.sqlite", "--cabinet-import", "shot.png")
    assert told.returncode == 1 and "no cabinet" in told.stderr, told
    with sqlite3.connect(house.path("other.sqlite")) as base:  # as of another house
        assert base.execute("SELECT note FROM piece").fetchall() == [("mine",)]
        base.execute("UPDATE piece SET pack = 'far-away', house = 'Far away'")
    visit(house, [
        "screen cabinet", "wait frames 2", "expect cabinet.pieces = 1", "writing missing.json",
        "choose drop-0", "wait frames 2", "expect cabinet.pieces = 0",
    ], "--cabinet", "other.sqlite")
    with open(house.path("missing.json"), encoding="utf-8") as file:
        assert "Far away (far-away)" in file.read()


def screen_pad(house):
    build(house)
    visit(house, [
        "pad start", "expect screen.name = menu", "choose settings", "expect screen.name = settings",
        "choose motion", "choose eye-height", "pad right", "pad b", "expect screen.name = menu",
        "pad b", "expect screen.name = none", "wait settled",
    ], "--settings", "kept.json")
    with open(house.path("kept.json"), encoding="utf-8") as file:
        kept = json.load(file)
    assert kept["reduced_motion"] is True, kept
    assert kept["eye_height_m"] > 1.62, kept


def screen_words(house):
    build(house)
    visit(house, [
        "screen welcome", "choose ar", "expect screen.name = none", "expect language = ar",
        "screen menu", "wait frames 4", "stats first.json", "wait frames 20", "stats last.json",
    ])
    layouts = [house.stats(name)["screen"]["layouts"] for name in ("first.json", "last.json")]
    assert layouts[0] == layouts[1] > 0, layouts


def speak(tag):
    return ["screen welcome", f"choose {tag}", "wait settled"]


def screen_tongues(house):
    build(house)
    # Pictures of text over the picture are kept for a while: 260 frames.
    forget = ["wait frames 260", "wait settled"]
    stand = ["walk-to exhibit:ball-00", "wait settled"]
    lines = [*stand, *speak("en"), *forget, "stats before.json", "screenshot en.png"]
    for tag in ["ar", "de", "ja", "ar"] * 5:
        lines += speak(tag)
    lines += [*forget, "screenshot ar.png", *speak("en"), *forget, "stats after.json", "screenshot again.png"]
    visit(house, lines)
    before, after = (house.stats(name)["memory"]["used"] for name in ("before.json", "after.json"))
    assert before == after > 0, (before, after)
    visit(house, [*stand, *forget, "screenshot fresh.png"], "--language", "ar")
    same, again, other = (mean_error(read_png(house.path(a))[2], read_png(house.path(b))[2]) for a, b in
                          [("ar.png", "fresh.png"), ("en.png", "again.png"), ("ar.png", "en.png")])
    print("mean errors:", same, again, other)
    assert max(same, again) < 0.5 < other / 2, (same, again, other)


def screen_aloud(house):
    build(house)
    visit(house, [
        "press Escape", "wait frames 2", "press Down", "wait frames 2", "press Escape", "wait frames 2",
        "screen settings", "choose text-size", "wait frames 2", "press Right", "wait frames 2",
        "press Tab", "wait frames 2", "screen close", "wait frames 2",
        "press M", "wait frames 2", "press Tab", "wait frames 2", "press Escape", "wait frames 2",
        "walk-to exhibit:ball-03", "wait settled", "lean-in exhibit:ball-03", "wait settled",
    ], "--speech-log", "said.txt", "--language", "en")
    with open(house.path("said.txt"), encoding="utf-8") as file:
        said = [line.rstrip("\n").split("\t") for line in file]
    at = 0
    for words in ["Room 1", "house", "Back to the museum", "button", "Settings", "Text size", "slider", "110 %", "Colours", "choice",
                  "light", "2", "Ball number 3"]:
        texts = [text for _, _, text in said[at:]]
        assert words in texts, (words, texts)
        at += texts.index(words)
    assert {lang for _, lang, _ in said} == {"en"}, said
    assert any(way == "now" for way, _, _ in said)


def write_png(path, color):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\0" + bytes(color) * 90) * 60
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 90, 60, 8, 2, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def share_of(path, color):
    """Of the picture's pixels, those of nearly that color."""
    width, height, rgb = read_png(path)
    step = len(rgb) // (width * height)
    near = sum(all(abs(rgb[i + k] - color[k]) < 12 for k in range(3)) for i in range(0, len(rgb), step))
    return near / (width * height)


TOLD = {
    "label": {"en": "A ball."}, "long": {"en": "It is *round*.\n\n" * 30},
    "chapters": [{"title": {"en": "The skin"}, "text": {"en": "It is wavy."}, "image": "skin.png",
                  "alt_text": {"en": "The skin, in green."}}],
    "hotspots": [{"id": "wave", "point_mm": [0, 0, 20], "normal": [0, 0, 1], "title": {"en": "A wave"},
                  "text": {"en": "It is wavy."}, "kind": "technique"}],
}


def screen_story(house):
    green = (20, 220, 40)
    house.make_folder("ball", story=TOLD, count=16)
    write_png(house.path("ball/skin.png"), green)
    house.must("vitrine-pack", "build", "ball", "-o", "ball.vitrine")
    with open(house.path("ball.vitrine"), "rb") as file:
        spoilt = bytearray(file.read())
    with zipfile.ZipFile(house.path("ball.vitrine")) as archive:
        name, = [name for name in archive.namelist() if name.endswith("skin.png")]
        at = archive.getinfo(name).header_offset + 30 + len(name) + 60
    spoilt[at] ^= 0x5A
    with open(house.path("spoilt.vitrine"), "wb") as file:
        file.write(spoilt)
    see = ["wait ready", "lean-in exhibit:ball", "wait settled", "press I", "wait settled",
           "expect screen.name = story", "expect story = open"]
    result = house.visit([
        *see, "screenshot before.png", "measure", "wait frames 20", "expect most.allocations = 0",
        "stats first.json", "wait frames 5", "stats last.json",
        "press D", "wait settled", "screenshot turned.png",  # what is beside it is turned all the same
        "press Down", "press Down", "wait settled", "screenshot read.png",  # and arrows read on
        "choose pictures", "wait settled", "screenshot there.png",
        "choose picture-0", "wait settled", "expect screen.focus = small", "screenshot large.png",
        "press Escape", "wait settled", "expect screen.focus = picture-0", "expect screen.name = story",
        "choose details", "choose detail-0", "wait settled", "expect detail = wave", "expect details_found = 1",
        "expect story = open", "press F1", "expect screen.name = help", "press Escape",
        "expect screen.name = story", "press Escape", "wait settled", "expect screen.name = none",
        "expect story = closed", "expect detail = wave", "expect visitor.state = close",
    ], "ball.vitrine", "--size", "1000x600", "--language", "en")
    assert result.returncode == 0, result.stderr
    layouts = [house.stats(name)["screen"]["layouts"] for name in ("first.json", "last.json")]
    assert layouts[0] == layouts[1] > 0, layouts
    before, turned, read = (read_png(house.path(name))[2] for name in ("before.png", "turned.png", "read.png"))
    assert mean_error(before, turned) > 0.5 and mean_error(turned, read) > 0.5
    small, large = (share_of(house.path(name), green) for name in ("there.png", "large.png"))
    assert 0.1 < small < large / 1.5, (small, large)
    result = house.visit([*see, "choose pictures", "wait settled", "screenshot words.png"],
                         "spoilt.vitrine", "--size", "1000x600", "--language", "en")
    assert result.returncode == 0, result.stderr
    assert "skin.png" in result.stderr, result.stderr
    assert share_of(house.path("words.png"), green) < 0.001
    assert os.path.getsize(house.path("words.png")) > 0


if __name__ == "__main__":
    run({"keys": screen_keys, "cabinet": screen_cabinet, "pad": screen_pad, "words": screen_words, "tongues": screen_tongues,
         "aloud": screen_aloud, "story": screen_story})

#!/usr/bin/env python3
"""Visits of packs that are whole, and of some that are not.

    test_visits.py BIN WHAT

WHAT is "broken": what cannot be shown stands under restoration, and the rest goes on;
"guided": the pictures and the transcript of a guided visit; "folder": an artist's folder is
built into the cache once; "hands": what keys, clicks and taps do; "fingers": the lens by taps;
"settles": a view gets only better while it loads, and is left alone then; "levels": every quality; "ahead": what will be seen is
loaded before; "texels": the lens measures texels; "crowd": many pieces keep to the memory;
"lit": light that came with a pack is shown;
"modes": each mode of the lens is another picture; "details": from one of the story's to the next and
exactly back; "mood": a shallow focus. Exit status 77 where pictures cannot be had.
"""
import json
import math
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

ROUND = 48  # of the sample's meridians


def write_ball(path, radius_mm=20, count=ROUND):
    """A ball with a wavy skin, as ASCII PLY."""
    points, faces = [], []
    for i in range(count + 1):
        for k in range(count):
            theta, phi = math.pi * i / count, 2 * math.pi * k / count
            wave = 0.05 * math.sin(6 * phi) * math.sin(theta) ** 2
            wave += 0.01 * math.sin(40 * phi) * math.sin(37 * theta)
            r = radius_mm * (1 + wave)
            points.append((r * math.sin(theta) * math.cos(phi), r * math.cos(theta),
                           r * math.sin(theta) * math.sin(phi)))
    for i in range(count):
        for k in range(count):
            a, b = i * count + k, i * count + (k + 1) % count
            faces += [(a, b, b + count), (a, b + count, a + count)]
    with open(path, "w", encoding="ascii") as file:
        file.write("ply\nformat ascii 1.0\n"
                   f"element vertex {len(points)}\n"
                   "property float x\nproperty float y\nproperty float z\n"
                   f"element face {len(faces)}\nproperty list uchar int vertex_indices\n"
                   "end_header\n")
        file.writelines("%g %g %g\n" % point for point in points)
        file.writelines("3 %d %d %d\n" % face for face in faces)


def read_png(path):
    """Width, height and rows of a PNG with eight bits a channel, as one bytearray."""
    with open(path, "rb") as file:
        data = file.read()
    at, packed, header = 8, b"", None
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"IHDR":
            header = struct.unpack_from(">IIBB", data, at + 8)
        elif kind == b"IDAT":
            packed += data[at + 8:at + 8 + size]
        at += size + 12
    width, height, depth, kind = header
    assert depth == 8 and kind in (2, 6), header
    step = 3 if kind == 2 else 4
    raw, wide = zlib.decompress(packed), width * step
    out, above = bytearray(), bytearray(wide)
    for y in range(height):
        start = y * (wide + 1)
        how, row = raw[start], bytearray(raw[start + 1:start + 1 + wide])
        for i in range(wide):
            left = row[i - step] if i >= step else 0
            corner = above[i - step] if i >= step else 0
            if how == 1:
                row[i] = row[i] + left & 255
            elif how == 2:
                row[i] = row[i] + above[i] & 255
            elif how == 3:
                row[i] = row[i] + (left + above[i]) // 2 & 255
            elif how == 4:
                guess = left + above[i] - corner
                near = min((left, above[i], corner), key=lambda value: abs(guess - value))
                row[i] = row[i] + near & 255
        out += row
        above = row
    return width, height, out


def mean_error(a, b):
    """Root of the mean of squares."""
    assert len(a) == len(b)
    return math.sqrt(sum((x - y) * (x - y) for x, y in zip(a, b)) / len(a))


class House:
    """A folder to work in, and the programs."""

    def __init__(self, programs):
        self.programs = os.path.abspath(programs)
        self.work = tempfile.mkdtemp(prefix="vitrine-visits-")
        self.cache = os.path.join(self.work, "cache")

    def run(self, program, *arguments):
        print("$", program, *arguments, flush=True)
        result = subprocess.run([os.path.join(self.programs, program), *arguments],
                                cwd=self.work, check=False, text=True, capture_output=True,
                                env={**os.environ, "XDG_CACHE_HOME": self.cache})
        print(result.stdout + result.stderr, flush=True)
        if program == "vitrine" and re.search("no video driver|no window|OpenGL 3.3",
                                              result.stderr):
            print("skipped: there is no OpenGL here")
            sys.exit(77)
        return result

    def must(self, program, *arguments):
        result = self.run(program, *arguments)
        assert result.returncode == 0, f"{program} ended with {result.returncode}"
        return result

    def path(self, name):
        return os.path.join(self.work, name)

    def make_folder(self, name, story=None, count=ROUND):
        write_ball(self.path("ball.ply"), count=count)
        self.must("vitrine-pack", "import", "ball.ply", "--unit", "mm", "-o", name)
        record_path = os.path.join(self.path(name), "exhibit.json")
        with open(record_path, encoding="utf-8") as file:
            record = json.load(file)
        record["id"] = name
        record["title"] = {"en": f"A {name} ball"}
        with open(record_path, "w", encoding="utf-8") as file:
            json.dump(record, file)
        if story:
            with open(os.path.join(self.path(name), "story.json"), "w",
                      encoding="utf-8") as file:
                json.dump(story, file)

    def make_pack(self, name, story=None, count=ROUND):
        self.make_folder(name, story, count)
        self.must("vitrine-pack", "build", name, "-o", f"{name}.vitrine")

    def bytes(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def stats(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return json.load(file)

    def visit(self, lines, *packs):
        with open(self.path("visit.txt"), "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
        return self.run("vitrine", "--headless", "--size", "320x240", "--script", "visit.txt",
                        *packs)


def visit_broken(house):
    house.make_pack("whole")
    with open(house.path("whole.vitrine"), "rb") as file:
        pack = file.read()
    with open(house.path("short.vitrine"), "wb") as file:
        file.write(pack[:len(pack) // 2])
    with open(house.path("wrong.vitrine"), "w", encoding="ascii") as file:
        file.write("This is no pack.\n")
    # The archive is sound, its first page is not: without it nothing can be drawn.
    spoilt = bytearray(pack)
    with zipfile.ZipFile(house.path("whole.vitrine")) as archive:
        pages = max(archive.infolist(), key=lambda entry: entry.file_size)
    at = pages.header_offset + 30 + len(pages.filename) + 40
    for i in range(at, at + 60):
        spoilt[i] ^= 0x5A
    with open(house.path("spoilt.vitrine"), "wb") as file:
        file.write(spoilt)
    result = house.visit([
        "wait ready",
        "wait settled",
        "expect exhibits = 5",
        "walk-to exhibit:whole",
        "wait settled",
        "expect exhibit_state = full",
        "walk-to exhibit:short",
        "wait settled",
        "expect exhibit_state = restoration",
        "screenshot short.png",
        "walk-to exhibit:absent",
        "wait settled",
        "expect exhibit_state = restoration",
        "lean-in exhibit:wrong",
        "wait settled",
        "expect exhibit_state = restoration",
        "expect label = open",
        "stats end.json",
    ], "short.vitrine", "whole.vitrine", "wrong.vitrine", "absent.vitrine", "spoilt.vitrine")
    assert result.returncode == 0, result.stderr
    with open(house.path("end.json"), encoding="utf-8") as file:
        stats = json.load(file)
    assert stats["under_restoration"] == 4, stats
    # Each has its sentence, which names the file.
    for name in ("short.vitrine", "wrong.vitrine", "absent.vitrine", "page 0 is damaged"):
        assert name in result.stderr, name


STORY = {
    "label": {"en": "A ball."},
    "long": {"en": "It rolled in from a test."},
    "chapters": [{"title": {"en": "Waves"}, "text": {"en": "Six of them go around it."}}],
    "hotspots": [{
        "id": "wave",
        "point_mm": [0, 0, 20],
        "normal": [0, 0, 1],
        "title": {"en": "A wave"},
        "text": {"en": "Seen best from the side."},
        "kind": "technique",
        "view": {"azimuth_deg": 20, "elevation_deg": 5, "distance_mm": 90},
        "light": {"azimuth_deg": 0, "elevation_deg": 10},
        "lens": "raking",
        "magnification": 3,
    }],
}


def visit_guided(house):
    house.make_pack("told", STORY)
    house.make_pack("plain")
    with open(house.path("wrong.vitrine"), "w", encoding="ascii") as file:
        file.write("This is no pack.\n")
    result = house.must("vitrine", "--headless", "--size", "320x240", "--guided-visit", "out",
                        "told.vitrine", "plain.vitrine", "wrong.vitrine")
    for word in ("driver", "renderer", "pictures", "transcript"):
        assert word in result.stdout, word
    names = sorted(os.listdir(house.path("out")))
    print(names)
    endings = ["told-1-standing", "told-2-close", "told-detail-wave", "told-story",
               "plain-1-standing", "plain-2-close", "plain-4-magnified",
               "plain-5-raking-light", "plain-story", "wrong-under-restoration"]
    for ending in endings:
        assert any(name.endswith(f"{ending}.png") for name in names), ending
    assert "00-entrance.png" in names
    with open(os.path.join(house.path("out"), "transcript.txt"), encoding="utf-8") as file:
        text = file.read()
    for name in names:
        assert name == "transcript.txt" or name in text, name
    for told in ("A told ball", "It rolled in from a test.", "Six of them go around it.",
                 "Seen best from the side.", "wrong.vitrine"):
        assert told in text, told


def visit_folder(house):
    house.make_folder("clay")
    house.make_folder("torn")
    with open(os.path.join(house.path("torn"), "exhibit.json"), "w", encoding="ascii") as file:
        file.write('{"id": "torn", "title": ')
    script = ["wait ready", "expect exhibits = 2", "expect under_restoration = 1",
              "walk-to exhibit:clay", "wait settled", "expect exhibit_state = full"]

    def packs():
        found = {}
        for folder, _, names in os.walk(house.cache):
            for name in names:
                if name.endswith(".vitrine"):
                    found[name] = os.stat(os.path.join(folder, name)).st_mtime_ns
        return found

    first = house.visit(script, "clay", "torn")
    assert first.returncode == 0, first.stderr
    assert len(packs()) == 1 and "exhibit.json" in first.stderr, (packs(), first.stderr)
    before = packs()
    assert house.visit(script, "clay", "torn").returncode == 0
    assert packs() == before, "it was built again"
    os.utime(os.path.join(house.path("clay"), "exhibit.json"))
    assert house.visit(script, "clay", "torn").returncode == 0
    assert packs() != before, "it was not built again"


def visit_hands(house):
    house.make_pack("told", STORY)
    result = house.visit([
        "wait ready",
        "click 0.12 0.95",  # the floor
        "wait settled",
        "expect visitor.state = walking",
        "walk-to exhibit:told",
        "wait settled",
        "expect exhibit = told",
        "click 0.5 0.72",  # its label
        "wait 0.5",
        "expect story = open",
        "press Escape",
        "wait 0.5",
        "expect story = closed",
        "press E",
        "wait settled",
        "expect visitor.state = close",
        "expect label = open",
        "press G",
        "wait 0.3",
        "press 4",
        "wait 0.3",
        "expect magnifier.mode = raking",
        "press 1",
        "wait 0.3",
        "expect magnifier.mode = beauty",
        "magnify 0.5 0.45 1000 beauty",  # more than the scan holds
        "wait settled",
        "expect magnifier.limited = true",
        "expect magnifier.enlarged = true",
        "press Escape",  # the magnifier goes
        "wait 0.3",
        "expect magnifier.zoom = 0",
        "press I",
        "wait settled",
        "expect story = open",
        "press PageDown",
        "press Tab",  # goes on within it
        "expect story = open",
        "press I",
        "wait settled",
        "expect story = closed",
        "press Escape",
        "wait settled",
        "expect visitor.state = walking",
        "expect exhibit = told",
        "tap 0.9 0.95",
        "wait settled",
        "expect visitor.state = walking",
    ], "told.vitrine")
    assert result.returncode == 0, result.stderr


def visit_fingers(house):
    """The magnifier by fingers alone: lifted, its mode changed, pinned, moved, put away."""
    house.make_pack("told")
    size = ("--size", "1280x720", "--reduced-motion", "--quality", "low", "told.vitrine")
    result = house.visit([
        "wait ready", "lean-in", "label close", "wait settled", "tap 0.5 0.5", "touch size-lens",
        "wait settled", "expect magnifier.mode = beauty", "stats held.json", "touch lens-next", "wait settled", "expect magnifier.mode = albedo",
        "stats albedo.json", "touch lens-pin", "wait settled",
        "expect magnifier.pinned = true", "tap 0.3 0.7", "wait settled", "stats stays.json",
        "expect visitor.state = close", "touch lens-pin", "wait settled",
        "expect magnifier.pinned = false", "tap 0.3 0.75", "wait settled", "stats moved.json",
        "touch size-lens", "wait settled", "expect magnifier.mode = \"\"",
    ], *size)
    assert result.returncode == 0, result.stderr
    places = {name: (lens["at_x"], lens["at_y"]) for name, lens in
              ((name, house.stats(f"{name}.json")["magnifier"])
               for name in ("held", "albedo", "stays", "moved"))}
    # Buttons leave the lens where it is; else it hangs above the finger.
    assert places["held"] == places["albedo"] == places["stays"] == (0.5, 0.5), places
    x, y = places["moved"]
    assert abs(x - 0.3) < 1e-3 and y < 0.6, places


def visit_details(house):
    """From detail to detail by keys, by clicks and by script; what one left comes back exactly;
    a double click goes to a place, and so do E and a double tap."""
    spots = [{"id": f"spot-{i}", "point_mm": point, "normal": normal,
              "title": {"en": f"Spot {i}"}, "text": {"en": "Here."}, "kind": "technique",
              **more} for i, (point, normal, more) in enumerate([
                  ([0, 0, 20], [0, 0, 1], {"lens": "raking", "magnification": 4,
                                           "light": {"azimuth_deg": 40, "elevation_deg": 20}}),
                  ([20, 0, 0], [1, 0, 0], {}),
                  ([0, 0, -20], [0, 0, -1], {"lens": "specular", "magnification": 6}),
              ])]
    house.make_pack("told", {**STORY, "hotspots": spots})
    result = house.visit([
        "wait ready",
        "detail leave",
        "lean-in exhibit:told",
        "expect details = 3",
        "label close",
        # What one has found is marked otherwise, so all are found first.
        *["detail next", "wait settled"] * 3,
        "expect details_found = 3",
        "detail leave",
        "wait 5",
        "orbit 25 5",
        "zoom 1.3",
        "magnify 0.45 0.4 3 normals",
        "wait settled",
        "screenshot before.png",
        "press Period",
        "wait settled",
        "expect detail = spot-0",
        "expect magnifier.mode = raking",
        "expect magnifier.light_azimuth = 40",
        "screenshot spot.png",
        "detail next",
        "wait settled",
        "expect detail = spot-1",
        "expect magnifier.zoom = 0",
        "detail next",
        "expect magnifier.mode = specular",
        "detail next",  # around
        "expect detail = spot-0",
        "press Comma",
        "wait settled",
        "expect detail = spot-2",
        "detail spot-1",
        "expect detail = spot-1",
        "press Escape",
        "wait settled",
        'expect detail = ""',
        "expect visitor.state = close",
        "expect magnifier.mode = normals",
        "screenshot after.png",
        "magnify off",
        "wait settled",
        "stats whole.json",
        "double-click 0.45 0.4",
        "wait settled",
        "stats nearer.json",
        "press E",
        "wait settled",
        "stats nearest.json",
        "double-tap 0.5 0.45",
        "wait settled",
        "stats tapped.json",
        "lean-out",
        'expect detail = ""',
        "wait settled",
        "expect visitor.state = walking",
    ], "--size", "640x480", "told.vitrine")
    assert result.returncode == 0, result.stderr
    assert house.bytes("before.png") == house.bytes("after.png")
    assert house.bytes("before.png") != house.bytes("spot.png")
    near = [house.stats(f"{name}.json")["visitor"]["surface_mm"]
            for name in ("whole", "nearer", "nearest", "tapped")]
    assert near[0] > 2 * near[1] > 4 * near[2] > 0 and near[2] > near[3], near


FRAMES = 24  # more than it takes to settle


def watch(name, lines):
    """A script that keeps the picture of every frame after `lines`, and the settled one."""
    pictures = [f"screenshot {name}-{i:02}.png" for i in range(FRAMES)]
    return lines + pictures + [
        "wait settled", f"stats {name}-settled.json", f"screenshot {name}-end.png",
        "wait 0.5", "wait settled", f"stats {name}-later.json", f"screenshot {name}-later.png"]


def check_watched(house, name):
    end = house.bytes(f"{name}-end.png")
    errors = []
    for i in range(FRAMES):
        same = house.bytes(f"{name}-{i:02}.png") == end
        errors.append(0 if same else mean_error(read_png(house.path(f"{name}-{i:02}.png"))[2],
                                                read_png(house.path(f"{name}-end.png"))[2]))
    print(name, ["%.3f" % error for error in errors])
    assert errors[0] > 0, "there was nothing to see"
    for before, after in zip(errors, errors[1:]):
        assert after <= before + 0.02 * errors[0], (before, after)
    assert errors[-1] == 0, "it did not settle"
    # What is settled stays as it is, and is not drawn again: one frame for a picture.
    assert house.bytes(f"{name}-later.png") == end
    settled, later = house.stats(f"{name}-settled.json"), house.stats(f"{name}-later.json")
    assert settled["settled"] and later["settled"]
    assert later["drawn_frames"] == settled["drawn_frames"] + 1, (settled, later)


def visit_settles(house):
    house.make_pack("fine", count=480)
    script = watch("start", [])
    script += watch("close", ["lean-in exhibit:fine"])
    script += watch("lens", ["magnify 0.5 0.5 4 beauty"])
    # Cuts instead of glides: what is seen from near is loaded while one looks at it.
    result = house.visit(script, "--reduced-motion", "--pixel-error", "0.3", "fine.vitrine")
    assert result.returncode == 0, result.stderr
    check_watched(house, "start")
    check_watched(house, "close")
    check_watched(house, "lens")


def visit_levels(house):
    house.make_pack("fine", count=160)
    script = ["wait ready", "lean-in exhibit:fine", "wait settled", "label close",
              "wait settled", "screenshot {0}.png", "stats {0}.json", "overlay on",
              "wait settled", "screenshot {0}-overlay.png", "stats {0}-overlay.json",
              "overlay off", "wait settled", "screenshot {0}-again.png"]
    levels = ("low", "medium", "high", "ultra", "auto")
    for level in levels:
        result = house.visit([line.format(level) for line in script], "--quality", level,
                             "fine.vitrine")
        assert result.returncode == 0, result.stderr
    pictures = {level: read_png(house.path(f"{level}.png"))[2] for level in levels}
    stats = {level: house.stats(f"{level}.json") for level in levels}
    for level in levels[:4]:
        assert stats[level]["quality"]["level"] == level and not stats[level]["quality"]["auto"]
        error = mean_error(pictures[level], pictures["ultra"])
        print(level, "%.2f" % error, stats[level]["triangles_drawn"])
        assert error < 12, "another picture altogether"
    for worse, better in zip(levels, levels[1:4]):
        assert stats[worse]["triangles_drawn"] <= stats[better]["triangles_drawn"]
        assert stats[worse]["pixel_error"] >= stats[better]["pixel_error"]
    # In a script auto is what the driver makes it, and stays.
    chosen = stats["auto"]["quality"]
    assert chosen["auto"] and chosen["why"] and pictures["auto"] == pictures[chosen["level"]]
    # The overlay comes and goes, and the view stays settled beneath it.
    for level in levels:
        assert stats[level]["settled"] and house.stats(f"{level}-overlay.json")["settled"]
        assert read_png(house.path(f"{level}-overlay.png"))[2] != pictures[level]
        again = read_png(house.path(f"{level}-again.png"))[2]
        assert mean_error(again, pictures[level]) < 0.05, level  # light is rounded anew
    wrong = house.visit(["wait ready"], "--quality", "best", "fine.vitrine")
    assert wrong.returncode == 2 and "auto, low" in wrong.stderr


def visit_ahead(house):
    house.make_pack("fine", count=480)
    result = house.visit([
        "wait ready", "walk-to exhibit:fine", "wait settled", "expect exhibits_seen = 1",
        "stats before.json",
        # Who stands before a piece for a while may lean in to it.
        "wait 3", "expect settled = true", "expect ahead_pages = 0", "stats ahead.json",
        "lean-in", "wait settled", "stats close.json",
        "lean-out", "wait settled", "turn 180 0", "wait settled",
        "expect exhibits_seen = 0",  # out of sight it costs nothing
        "stats away.json",
    ], "--reduced-motion", "--pixel-error", "0.5", "fine.vitrine")
    assert result.returncode == 0, result.stderr
    pages = {name: house.stats(f"{name}.json")["loaded"]["pages"]
             for name in ("before", "ahead", "close", "away")}
    print(pages)
    assert pages["ahead"] > pages["before"], "nothing was loaded ahead"
    late = pages["close"] - pages["ahead"]
    assert late <= (pages["close"] - pages["before"]) / 10, "it was not what came"
    assert pages["away"] == pages["close"]
    drawn = {name: house.stats(f"{name}.json")["triangles_drawn"] for name in ("before", "away")}
    assert drawn["away"] < drawn["before"]


def visit_modes(house):
    house.make_pack("fine", count=160)
    modes = ("beauty", "albedo", "normals", "raking", "relief", "height", "specular")
    script = ["wait ready", "lean-in exhibit:fine", "magnify 0.5 0.5 6 beauty", "light 140 25"]
    for mode in modes:
        script += [f"mode {mode}", "wait settled", f"expect magnifier.mode = {mode}",
                   f"screenshot {mode}.png", f"stats {mode}.json"]
    result = house.visit(script, "--reduced-motion", "fine.vitrine")
    assert result.returncode == 0, result.stderr
    pictures = {mode: read_png(house.path(f"{mode}.png"))[2] for mode in modes}
    for i, mode in enumerate(modes):
        for other in modes[:i]:
            error = mean_error(pictures[mode], pictures[other])
            print(mode, other, "%.1f" % error)
            assert error > 3, "one mode looks like another"
    band_um = house.stats("height.json")["magnifier"]["band_um"]
    assert f"{band_um:.0f}".rstrip("0") in ("1", "2", "5"), band_um
    assert house.stats("relief.json")["magnifier"]["band_um"] == 0


def gradient(picture, left, top, right, bottom):
    """How much neighbours differ, in squares, in a part of a picture: soft edges differ less."""
    width, height, rows = picture
    step, total, count = len(rows) // (width * height), 0, 0
    for y in range(int(top * height), int(bottom * height)):
        for x in range(int(left * width), int(right * width)):
            at = (y * width + x) * step
            total += (rows[at] - rows[at + step]) ** 2 + (rows[at] - rows[at + width * step]) ** 2
            count += 1
    return total / count


def visit_mood(house):
    """A shallow focus leaves the middle sharp and nothing else, and the lens alone; what measures
    has none; without it all is as before."""
    house.make_pack("fine", count=160)
    result = house.visit([
        "wait ready", "mood on", "lean-in exhibit:fine", "label close", "wait settled",
        "expect picture.mood = true", "expect picture.aperture_mm > 1",
        "stats shallow.json", "photo shallow.png 1",
        "mood off", "wait settled", "expect picture.mood = false", "photo deep.png 1",
        "magnify 0.5 0.5 3 beauty", "wait settled", "photo deep-lens.png 1",
        "press F", "wait settled", "expect picture.mood = true", "photo shallow-lens.png 1",
        "magnify off", "orthographic on", "wait settled", "expect picture.mood = false",
        "orthographic off", "measure 0.45,0.45 0.55,0.5", "wait settled",
        "expect picture.mood = false", "measure away",
        "mood off", "orbit 90 0", "orbit -90 0", "wait settled", "lean-out",
    ], "--reduced-motion", "fine.vitrine")
    assert result.returncode == 0, result.stderr
    # What its photograph opens is as shallow.
    for name, mood in (("shallow", "true"), ("deep", "false")):
        result = house.visit(["wait ready", "wait settled", f"expect picture.mood = {mood}"],
                             "--reduced-motion", "fine.vitrine", "--view", f"{name}.png")
        assert result.returncode == 0, result.stderr
    pictures = {name: read_png(house.path(f"{name}.png"))
                for name in ("shallow", "deep", "shallow-lens", "deep-lens")}
    stats = house.stats("shallow.json")
    assert abs(stats["picture"]["focus_mm"] - stats["visitor"]["surface_mm"]) < 0.02, stats
    middle, edge = (0.46, 0.28, 0.54, 0.38), (0.16, 0.34, 0.27, 0.44)  # and the stand's, behind
    sharp = [gradient(pictures[name], *middle) for name in ("deep", "shallow")]
    soft = [gradient(pictures[name], *edge) for name in ("deep", "shallow")]
    print("middle", sharp, "edge", soft)
    assert sharp[1] > 0.8 * sharp[0], "the focus is not sharp"
    assert soft[1] < 0.5 * soft[0], "the background is not soft"
    lens = [gradient(pictures[name], 0.42, 0.3, 0.58, 0.5) for name in ("deep-lens", "shallow-lens")]
    assert abs(lens[1] - lens[0]) < 0.02 * lens[0], lens


def write_cube(house, side_mm, side_px):
    """A cube with a picture on each side, in one atlas of 3 x 2, as OBJ."""
    rows = bytearray()
    for y in range(side_px * 2):
        rows.append(0)
        for x in range(side_px * 3):
            level = 60 + (x * 37 + y * 91) % 97 + 80 * ((x // 16 + y // 16) % 2)
            rows += bytes((level, 255 - level, (x ^ y) & 255))
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    with open(house.path("cube.png"), "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" +
                   chunk(b"IHDR", struct.pack(">IIBBBBB", side_px * 3, side_px * 2, 8, 2, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b""))
    with open(house.path("cube.mtl"), "w", encoding="ascii") as file:
        file.write("newmtl skin\nKd 1 1 1\nmap_Kd cube.png\n")
    half, lines, count = side_mm / 2, ["mtllib cube.mtl", "usemtl skin"], 0
    for axis in range(3):
        for sign in (-1, 1):
            for u, v in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
                at = [0, 0, 0]
                at[axis], at[(axis + 1) % 3], at[(axis + 2) % 3] = sign, u * sign, v
                lines.append("v %g %g %g" % tuple(half * x for x in at))
                lines.append("vt %.9g %.9g" % ((axis + (u + 1) / 2) / 3,
                                               ((sign + 1) / 2 + (v + 1) / 2) / 2))
            lines.append("f " + " ".join(f"{count + i}/{count + i}" for i in range(1, 5)))
            count += 4
    with open(house.path("cube.obj"), "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")


def visit_texels(house):
    write_cube(house, 64, 256)  # 250 um a texel
    house.must("vitrine-pack", "import", "cube.obj", "--unit", "mm", "-o", "cube")
    house.must("vitrine-pack", "build", "cube", "-o", "cube.vitrine")
    result = house.visit([
        "wait ready", "lean-in", "wait settled", "label close", "zoom 1.5", "wait settled",
        "screenshot close.png", "magnify 0.5 0.5 1000 beauty", "wait settled",
        # What the lens says is measured where it is, and two pixels a texel are its end.
        "expect um_per_texel > 240", "expect um_per_texel < 260",
        "expect magnifier.limited = true",
        "expect um_per_pixel > 120", "expect um_per_pixel < 130",
        "screenshot lens.png", "stats lens.json",
    ], "cube.vitrine")
    assert result.returncode == 0, result.stderr
    stats = house.stats("lens.json")
    print(stats["magnifier"], stats["loaded"])
    assert stats["loaded"]["tiles"] > 0


def visit_crowd(house):
    """More rooms and labels than there is memory for at once."""
    count = 24
    house.make_folder("ball-00", count=24)
    os.mkdir(house.path("all"))
    for i in range(count):
        folder = house.path(f"all/ball-{i:02}")
        shutil.copytree(house.path("ball-00"), folder)
        with open(os.path.join(folder, "exhibit.json"), encoding="utf-8") as file:
            record = json.load(file)
        record["id"] = f"ball-{i:02}"
        with open(os.path.join(folder, "exhibit.json"), "w", encoding="utf-8") as file:
            json.dump(record, file)
    house.must("vitrine-pack", "build", "all", "-o", "all.vitrine", "--cache", "all.cache")
    stops = range(0, count, 5)
    script = ["wait ready", "wait settled"]
    for i in stops:
        script += [f"walk-to exhibit:ball-{i:02}", f"stats stop-{i:02}.json", "wait settled",
                   f"stats still-{i:02}.json"]
    result = house.visit(script, "--memory", "80", "all.vitrine")
    assert result.returncode == 0, result.stderr
    for i in stops:
        stop, still = house.stats(f"stop-{i:02}.json"), house.stats(f"still-{i:02}.json")
        frames = still["drawn_frames"] - stop["drawn_frames"]
        print(still["memory"], frames)
        assert still["memory"]["peak"] <= still["memory"]["budget"], "over the budget"
        assert frames <= 8, "shadows and light trickled in"


def damage(source, target, name):
    """The same archive, but for the middle of one entry's bytes; the museum has to see it."""
    with zipfile.ZipFile(source) as archive:
        info = archive.getinfo(name)
        offset = info.header_offset + 30 + len(name) + info.compress_size // 2
    with open(source, "rb") as file:
        data = bytearray(file.read())
    for i in range(16):
        data[offset + i] ^= 0x55
    with open(target, "wb") as file:
        file.write(data)


def visit_lit(house):
    """Light that came with a pack is shown; where there is none of use, the museum makes it."""
    house.make_folder("ball", count=24)
    house.must("vitrine-pack", "build", "ball", "-o", "plain.vitrine")
    first = house.must("vitrine-pack", "build", "ball", "-o", "lit.vitrine", "--light", "draft")
    assert "light: 1 room\n" in first.stdout
    house.must("vitrine-pack", "check", "lit.vitrine", "--draft")
    before = house.bytes("lit.vitrine")
    again = house.must("vitrine-pack", "build", "ball", "-o", "lit.vitrine", "--light", "draft")
    assert "as before" in again.stdout
    assert house.bytes("lit.vitrine") == before
    os.remove(house.path("lit.vitrine"))
    anew = house.must("vitrine-pack", "build", "ball", "-o", "lit.vitrine", "--light", "draft")
    assert "as before" not in anew.stdout
    assert house.bytes("lit.vitrine") == before, "light is not the same every time"
    damage(house.path("lit.vitrine"), house.path("torn.vitrine"), "light/room-1.light")
    house.make_pack("other", count=24)
    shots = {}
    for name, packs in {"plain": ["plain.vitrine"], "lit": ["lit.vitrine"],
                        "torn": ["torn.vitrine"],
                        "poor": ["--memory", "64", "lit.vitrine"],
                        "both": ["lit.vitrine", "other.vitrine"]}.items():
        result = house.visit(["wait settled", f"screenshot {name}.png", f"stats {name}.json"],
                             *packs)
        assert result.returncode == 0, result.stderr
        assert ("lit anew" in result.stderr) == (name == "torn"), result.stderr
        memory = house.stats(f"{name}.json")["memory"]
        assert memory["peak"] <= memory["budget"], memory
        shots[name] = read_png(house.path(f"{name}.png"))
    assert mean_error(shots["lit"][2], shots["plain"][2]) > 2, "nobody looked at the light"
    assert mean_error(shots["torn"][2], shots["plain"][2]) < 1, "not the museum's own light"
    assert mean_error(shots["poor"][2], shots["lit"][2]) < 4


def visit_inside(house):
    """Who steps inside leaves the label behind: nothing outside goes on moving meanwhile."""
    house.make_folder("ball")
    record = house.path("ball/exhibit.json")
    with open(record, encoding="utf-8") as file:
        fields = json.load(file)
    fields["diorama"] = {"entry_mm": [0, 20, 0], "scale_ratio": "1:87"}
    with open(record, "w", encoding="utf-8") as file:
        json.dump(fields, file)
    house.must("vitrine-pack", "build", "ball", "-o", "ball.vitrine")
    result = house.visit(["wait ready", "lean-in exhibit:ball", "wait settled", "step-inside", "wait settled",
                          "expect visitor.state = inside", "step-out", "wait settled",
                          "expect visitor.state = close"], "ball.vitrine", "--size", "1280x720")
    assert result.returncode == 0, result.stderr


VISITS = {"lit": visit_lit, "crowd": visit_crowd, "broken": visit_broken, "guided": visit_guided, "folder": visit_folder,
          "hands": visit_hands, "fingers": visit_fingers, "settles": visit_settles, "levels": visit_levels,
          "ahead": visit_ahead, "texels": visit_texels, "modes": visit_modes,
          "details": visit_details, "mood": visit_mood, "inside": visit_inside}


def run(visits):
    """The one that the command line names, in a folder of its own."""
    house = House(sys.argv[1])
    try:
        visits[sys.argv[2]](house)
    finally:
        shutil.rmtree(house.work, ignore_errors=True)


if __name__ == "__main__":
    run(VISITS)

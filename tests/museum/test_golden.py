#!/usr/bin/env python3
"""What the lens shows in each of its modes, against pictures that somebody looked at.

    test_golden.py BIN WHAT [--renew]

WHAT is "scan": a helmet with pictures of colours, normals and gloss, whose licence is CC0;
"piece": the owl, carved more coarsely than it is shown, so that it takes seconds. A part of
the lens without words is compared, with a tolerance: drivers round differently. No two modes
look alike, and one frame after a mode was chosen it is there, without anything loaded.
"seams": what a photograph shows of raking light and relief does not depend on where its tiles end.
With --renew the pictures of tests/golden are written anew: look at them before they are kept.
Exit status 77 where pictures or the scan cannot be had.
"""
import math
import os
import struct
import sys
import zlib

from test_visits import House, mean_error, read_png, run

MODES = ("beauty", "albedo", "normals", "raking", "relief", "height", "specular")
SIZE = (960, 720)
PART = (144, 108)  # of the lens's middle, clear of what is written over it
# Roots of mean squares, of 255. The owl is carved by the build that is tested, and where a compiler
# orders sums otherwise it is another owl by a few triangles: 6 were seen under the sanitizers.
SAME, APART, AT_ONCE = 8.0, 12.0, 8.0

GOLDEN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "golden")


def write_part(path, rows):
    """As PNG, each byte told by its left neighbour's."""
    width = len(rows[0]) // 3

    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    packed = bytearray()
    for row in rows:
        packed.append(1)
        packed += bytes((row[i] - (row[i - 3] if i >= 3 else 0)) & 255 for i in range(len(row)))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" +
                   chunk(b"IHDR", struct.pack(">IIBBBBB", width, len(rows), 8, 2, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress(bytes(packed), 9)) + chunk(b"IEND", b""))


def cut_part(path, middle):
    """Rows of red, green, blue around a place, given in parts of the picture."""
    width, height, pixels = read_png(path)
    step = len(pixels) // (width * height)
    left = int(width * middle[0]) - PART[0] // 2
    top = int(height * middle[1]) - PART[1] // 2
    rows = []
    for y in range(top, top + PART[1]):
        row = pixels[(y * width + left) * step:(y * width + left + PART[0]) * step]
        rows.append(bytes(value for i, value in enumerate(row) if i % step < 3))
    return rows


def show_modes(house, pack, middle, zoom, nearness):
    """Each mode one frame after it was chosen, and settled. Returns the parts of the latter."""
    place = f"{middle[0]} {middle[1]} {zoom}"
    lines = ["wait ready", "lean-in", "label close", f"zoom {nearness}", "wait settled",
             f"magnify {place} {MODES[-1]} 150 14", "wait settled",
             "wait 3"]  # until what may be seen next is loaded, too
    for mode in MODES:
        lines += [f"stats {mode}-before.json", f"mode {mode}", "wait frames 1",
                  f"stats {mode}-once.json", f"screenshot {mode}-once.png", "wait settled",
                  f"screenshot {mode}.png"]
    with open(house.path("visit.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    house.must("vitrine", "--headless", "--reduced-motion", "--size", "%dx%d" % SIZE,
               "--script", "visit.txt", pack)
    return {mode: cut_part(house.path(f"{mode}.png"), middle) for mode in MODES}


def check_switch(house, mode, settled, middle):
    before, once = house.stats(f"{mode}-before.json"), house.stats(f"{mode}-once.json")
    assert once["magnifier"]["mode"] == mode
    frames = once["drawn_frames"] - before["drawn_frames"]
    assert 1 <= frames <= 2, f"{mode} took {frames} frames"
    for what in ("pages", "tiles"):
        assert once["loaded"][what] == before["loaded"][what], f"{mode} loaded {what}"
    error = mean_error(b"".join(cut_part(house.path(f"{mode}-once.png"), middle)),
                       b"".join(settled))
    print(f"{mode}: {frames} frames, {error:.1f} from what it settles to", flush=True)
    assert error < AT_ONCE, mode


def check_modes(house, name, pack, middle, zoom, nearness):
    parts = show_modes(house, pack, middle, zoom, nearness)
    flat = {mode: b"".join(part) for mode, part in parts.items()}
    for i, mode in enumerate(MODES):
        for other in MODES[:i]:
            error = mean_error(flat[mode], flat[other])
            assert error > APART, f"{mode} looks like {other}: {error:.1f}"
    for mode in MODES:
        check_switch(house, mode, parts[mode], middle)
    for mode in MODES:
        path = os.path.join(GOLDEN, f"{name}-{mode}.png")
        if "--renew" in sys.argv:
            write_part(path, parts[mode])
        golden = read_png(path)[2]
        error = mean_error(flat[mode], golden)
        most = SAME
        if mode == "beauty":  # in a room whose lamps and walls are others' to choose
            level = sum(golden) / max(sum(flat[mode]), 1)
            error = mean_error([min(value * level, 255) for value in flat[mode]], golden)
            most = 2 * SAME
        print(f"{name} {mode}: {error:.2f}", flush=True)
        assert error < most, f"{name} {mode} is not as it was"


def check_scan(house):
    scan = os.path.join(os.environ.get("VITRINE_SHARED", ""), "scans", "flight-helmet",
                        "FlightHelmet.gltf")
    if not os.path.exists(scan):
        print("skipped: there is no scan")
        sys.exit(77)
    house.must("vitrine-pack", "import", scan, "-o", "helmet")
    house.must("vitrine-pack", "build", "helmet", "-o", "helmet.vitrine")
    check_modes(house, "helmet", "helmet.vitrine", (0.52, 0.36), 2, 1)


def check_piece(house):
    os.mkdir(house.path("owl"))
    house.must("vitrine-sculpt", "owl", "--step", "160", "-o", "owl")
    source = os.path.join(os.path.dirname(os.path.dirname(GOLDEN)), "exhibits",
                          "small-wonders", "owl")
    for text in ("exhibit.json", "story.json"):
        with open(os.path.join(source, text), "rb") as file:
            content = file.read()
        with open(house.path(f"owl/{text}"), "wb") as file:
            file.write(content)
    house.must("vitrine-pack", "build", "owl", "-o", "owl.vitrine")
    check_modes(house, "owl", "owl.vitrine", (0.5, 0.46), 3, 1)


# ---- photographs

SIDE, GRID, POSTS = 10.0, 160, 9  # mm, quads, and posts a side, of a plate made here


def write_plate(house):
    """With posts that cast long shadows, over waves that cast short ones."""
    def height(x, y):
        across, down = (x * POSTS / SIDE) % 1 - 0.5, (y * POSTS / SIDE) % 1 - 0.5
        post = max(0.0, min(1.0, 4 * (0.3 - math.hypot(across, down))))
        return 0.3 * post + 0.02 * math.sin(9 * x) * math.sin(7 * y)
    with open(house.path("plate.obj"), "w", encoding="ascii") as file:
        for i in range(GRID + 1):
            for k in range(GRID + 1):
                x, y = k * SIDE / GRID, i * SIDE / GRID
                file.write("v %.6g %.6g %.6g\n" % (x, y, height(x, y)))
        for i in range(GRID):
            for k in range(GRID):
                a = i * (GRID + 1) + k + 1
                file.write("f %d %d %d\nf %d %d %d\n" % (
                    a, a + 1, a + GRID + 2, a, a + GRID + 2, a + GRID + 1))
    house.must("vitrine-pack", "import", "plate.obj", "--unit", "mm", "-o", "plate")
    house.must("vitrine-pack", "build", "plate", "-o", "plate.vitrine")


def lens_of(path, middle, radius):
    """Green of a photograph's pixels within a circle."""
    width, height, pixels = read_png(path)
    step = len(pixels) // (width * height)
    return {(x, y): pixels[((middle[1] + y) * width + middle[0] + x) * step + 1]
            for y in range(-radius, radius) for x in range(-radius, radius)
            if math.hypot(x + 0.5, y + 0.5) < radius - 2}


def check_seams(house):
    """The same lens over the border of two tiles, and within one."""
    size, scale, radius, down = (320, 240), 2, 0.12, 0.625
    write_plate(house)
    lines = ["wait ready", "lean-in", "wait settled", "label close", "orthographic on",
             f"magnify size {radius}"]
    places = {"border": 0.5, "inside": 0.625}
    for name, at in places.items():
        if name == "inside":
            lines += [f"pan {0.5 - at} 0"]
        for mode in ("raking", "relief"):
            lines += [f"magnify {at} {down} 2.5 {mode} 150 12", "wait settled",
                      f"photo {name}-{mode}.png {scale}"]
    with open(house.path("visit.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    house.must("vitrine", "--headless", "--reduced-motion", "--size", "%dx%d" % size,
               "--script", "visit.txt", "plate.vitrine")
    for mode in ("raking", "relief"):
        found = {}
        for name, at in places.items():
            middle = [round(at * size[0] * scale), round(down * size[1] * scale)]
            found[name] = lens_of(house.path(f"{name}-{mode}.png"), middle,
                                  round(radius * size[1] * scale))
        assert max(found["inside"].values()) - min(found["inside"].values()) > 60
        off = {at: abs(value - found["inside"][at]) for at, value in found["border"].items()}
        seam = [value for (x, _), value in off.items() if abs(x + 0.5) < 24]
        rest = [value for (x, _), value in off.items() if abs(x + 0.5) >= 24]
        seam, rest = sum(seam) / len(seam), sum(rest) / len(rest)
        print(f"{mode}: {seam:.2f} off beside tiles' borders, {rest:.2f} elsewhere", flush=True)
        assert rest < 0.6 and seam < 0.6, mode


CHECKS = {"scan": check_scan, "piece": check_piece, "seams": check_seams}


if __name__ == "__main__":
    run(CHECKS)

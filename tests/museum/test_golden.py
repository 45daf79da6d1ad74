#!/usr/bin/env python3
"""What the lens shows in each of its modes, against pictures that somebody looked at.

    test_golden.py BIN WHAT [--renew]

WHAT is "scan": a helmet with pictures of colours, normals and gloss, whose licence is CC0;
"piece": the owl, carved more coarsely than it is shown, so that it takes seconds. A part of
the lens without words is compared, with a tolerance: drivers round differently. No two modes
look alike, and one frame after a mode was chosen it is there, without anything loaded.
With --renew the pictures of tests/golden are written anew: look at them before they are kept.
Exit status 77 where pictures or the scan cannot be had.
"""
import os
import struct
import sys
import zlib

from test_visits import House, mean_error, read_png, run

MODES = ("beauty", "albedo", "normals", "raking", "relief", "height", "specular")
SIZE = (640, 480)
PART = (144, 108)  # of the lens's middle
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
             f"magnify {place} {MODES[-1]} 150 14", "wait settled"]
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
    check_modes(house, "helmet", "helmet.vitrine", (0.46, 0.36), 2, 1)


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
    check_modes(house, "owl", "owl.vitrine", (0.5, 0.45), 3, 1)


CHECKS = {"scan": check_scan, "piece": check_piece}


if __name__ == "__main__":
    run(CHECKS)

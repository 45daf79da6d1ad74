#!/usr/bin/env python3
"""A gauge block of 10.00 mm, made here: what the museum says of lengths is true.

    test_gauge.py BIN WHAT

WHAT is "lengths": scale bar and tape within half a percent at 1x, 10x and 30x, with perspective
and with parallel rays; "texels": how wide texels are, shown within five percent at a hundred
places of a vase whose texels are known; "steps": the badge and the stop come where they must.
Exit status 77 where pictures cannot be had.
"""
import json
import math
import random
import shutil
import struct
import sys
import zlib

from test_visits import House, read_png

BLOCK_MM = 10.0
STRIPE_MM = 0.05
TEXELS = 1600  # across the block's front: 6.25 um each
WITHIN = 0.005


def write_png(path, rows, width, height):
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" +
                   chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def write_block(house):
    """A cube whose front (+z) has upright stripes, a twentieth of a millimetre each."""
    wide = round(TEXELS * STRIPE_MM / BLOCK_MM)
    row = b"\0" + (b"\x10\x10\x10" * wide + b"\xd8\xd8\xd8" * wide) * (TEXELS // wide // 2)
    write_png(house.path("block.png"), row * TEXELS, TEXELS, TEXELS)
    with open(house.path("block.mtl"), "w", encoding="ascii") as file:
        file.write("newmtl steel\nKd 1 1 1\nmap_Kd block.png\n")
    half, count, lines = BLOCK_MM / 2, 0, ["mtllib block.mtl", "usemtl steel"]
    for axis in range(3):
        for sign in (-1, 1):
            is_front = axis == 2 and sign == 1
            corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
            for u, v in corners if sign > 0 else corners[::-1]:
                at = [0, 0, 0]
                at[axis], at[(axis + 1) % 3], at[(axis + 2) % 3] = sign, u, v
                lines.append("v %g %g %g" % tuple(half * x for x in at))
                # The others have a grain of the picture each: all dark.
                place = ((u + 1) / 2, (v + 1) / 2) if is_front else (0.0012 + u * 4e-4,
                                                                       0.01 + v * 4e-4)
                lines.append("vt %.9g %.9g" % place)
            lines.append("f " + " ".join(f"{count + i}/{count + i}" for i in range(1, 5)))
            count += 4
    with open(house.path("block.obj"), "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
    house.must("vitrine-pack", "import", "block.obj", "--unit", "mm", "-o", "block")
    house.must("vitrine-pack", "build", "block", "-o", "block.vitrine")


def visit(house, lines, pack, size):
    with open(house.path("visit.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    house.must("vitrine", "--headless", "--size", "%dx%d" % size, "--script", "visit.txt", pack)


def rises(path, left, right):
    """Where it gets light, along the middle line of a picture, between two columns."""
    width, height, rgb = read_png(path)
    step = len(rgb) // (width * height)
    line = [0.0] * width
    for y in range(height // 2 - 2, height // 2 + 3):
        for x in range(width):
            line[x] += rgb[(y * width + x) * step + 1] / 5
    part = line[left:right]
    middle = (min(part) + max(part)) / 2
    # Pixels' middles are half a pixel from their edge.
    return [x + 0.5 + (middle - line[x]) / (line[x + 1] - line[x])
            for x in range(left, right - 1) if line[x] < middle <= line[x + 1]]


def pitch(places):
    """Between neighbours, fitted to all of them; they are evenly spaced."""
    count = len(places)
    mean = sum(places) / count
    slope = (sum((i - (count - 1) / 2) * (x - mean) for i, x in enumerate(places)) /
             sum((i - (count - 1) / 2) ** 2 for i in range(count)))
    worst = max(abs(mean + slope * (i - (count - 1) / 2) - x) for i, x in enumerate(places))
    assert worst < 0.6, (worst, places)
    return slope


def is_within(name, said, truth, within=WITHIN):
    off = said / truth - 1
    print(f"  {name}: {said:.6g}, truly {truth:.6g}: {100 * off:+.3f} %", flush=True)
    assert abs(off) <= within, name


# The picture, the part of its height that the lens shows well, and how near one stands, by the
# lens's strength: so that one of its pixels is no less than half a texel.
LOOKS = {1: ((960, 720), None, 1.0), 10: ((480, 360), 0.26, 1.0), 30: ((320, 240), 0.26, 0.5)}


def look_at_block(house, strength, rays):
    size, radius, nearness = LOOKS[strength]
    name = f"{strength}x-{rays}"
    before = ["wait ready", "lean-in", "wait settled", "label close",
              f"orthographic {'on' if rays == 'parallel' else 'off'}", f"zoom {nearness}",
              "wait settled"]
    if radius:
        before += [f"magnify 0.5 0.5 {strength} beauty", "wait settled",
                   f"expect magnifier.zoom = {strength}"]
    visit(house, before + [f"screenshot {name}.png", f"stats {name}.json"], "block.vitrine", size)
    half = radius * size[1] if radius else 150
    places = rises(house.path(f"{name}.png"), int(size[0] / 2 - half),
                   int(size[0] / 2 + half))
    assert len(places) >= 4, (name, places)
    pixels = pitch(places)
    truth_mm = 2 * STRIPE_MM * (len(places) - 1)
    ends = [f"{x / size[0]:.7f},0.5" for x in (places[0], places[-1])]
    visit(house, before + [f"measure {ends[0]} {ends[1]}", "wait settled",
                           f"screenshot {name}-tape.png", f"stats {name}-tape.json",
                           "measure -5,0,5 5,0,5", f"stats {name}-whole.json",
                           "measure angle -5,-5,5 5,-5,5 5,5,5", "expect degrees > 89.9",
                           "expect degrees < 90.1"], "block.vitrine", size)
    stats = house.stats(f"{name}.json")
    um = stats["magnifier"]["um_per_pixel"] if radius else stats["picture"]["pixel_um"]
    print(name, flush=True)
    is_within("bar, um a pixel", um, 2 * STRIPE_MM * 1000 / pixels)
    tape = house.stats(f"{name}-tape.json")["measure"]
    print(" ", tape)
    is_within("tape, mm", tape["mm"], truth_mm)
    assert tape["kind"] == "tape" and tape["points"] == 2 and tape["finest"]
    # What it says of itself holds, and is no finer than a texel.
    assert abs(tape["mm"] - truth_mm) <= tape["tolerance"]
    assert tape["tolerance"] >= BLOCK_MM / TEXELS * 0.95
    is_within("the whole block, mm", house.stats(f"{name}-whole.json")["measure"]["mm"],
              BLOCK_MM)


def check_lengths(house):
    write_block(house)
    for rays in ("perspective", "parallel"):
        for strength in LOOKS:
            look_at_block(house, strength, rays)


CHECKS = {"lengths": check_lengths}


def main():
    house = House(sys.argv[1])
    try:
        CHECKS[sys.argv[2]](house)
    finally:
        shutil.rmtree(house.work, ignore_errors=True)


if __name__ == "__main__":
    main()

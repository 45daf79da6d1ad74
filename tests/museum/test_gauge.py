#!/usr/bin/env python3
"""A gauge block of 10.00 mm, made here: what the museum says of lengths is true.

    test_gauge.py BIN WHAT

WHAT is "lengths": scale bar and tape within half a percent at 1x, 10x and 30x, with perspective
and with parallel rays; "texels": how wide texels are, shown within five percent at a hundred
places of a vase whose texels are known; "steps": the badge and the stop come where they must;
"pairs": lines a texel wide are told apart at native zoom; "keys": one measures by keys alone,
and what was measured stays with its piece.
Exit status 77 where pictures cannot be had.
"""
import json
import math
import random
import struct
import zipfile
import zlib

from test_visits import House, read_png, run

BLOCK_MM = 10.0
STRIPE_MM = 0.05
TEXELS = 2000  # across the block's front: 5 um each
WITHIN = 0.005


def write_png(path, rows, width, height):
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" +
                   chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def write_block(house, stripe_mm=STRIPE_MM, roll_deg=0, name="block"):
    """A cube whose front (+z) has upright stripes, by turns dark and light; or leaning ones."""
    roll = math.radians(roll_deg)
    wide = round(TEXELS * stripe_mm / BLOCK_MM)
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
                at = [at[0] * math.cos(roll) - at[1] * math.sin(roll),
                      at[0] * math.sin(roll) + at[1] * math.cos(roll), at[2]]
                lines.append("v %.9g %.9g %.9g" % tuple(half * x for x in at))
                # The others have a grain of the picture each: all dark.
                place = ((u + 1) / 2, (v + 1) / 2) if is_front else (0.0012 + u * 4e-4,
                                                                       0.01 + v * 4e-4)
                lines.append("vt %.9g %.9g" % place)
            lines.append("f " + " ".join(f"{count + i}/{count + i}" for i in range(1, 5)))
            count += 4
    with open(house.path("block.obj"), "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
    house.must("vitrine-pack", "import", "block.obj", "--unit", "mm", "-o", name)
    house.must("vitrine-pack", "build", name, "-o", f"{name}.vitrine")


def visit(house, lines, pack, size, *arguments):
    with open(house.path("visit.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    house.must("vitrine", "--headless", "--reduced-motion", "--size", "%dx%d" % size,
               "--script", "visit.txt", *arguments, pack)


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
LOOKS = {1: ((960, 720), None, 1.0), 10: ((480, 360), 0.26, 1.0), 30: ((400, 300), 0.26, 0.5)}


def look(strength, rays):
    """From the room to where the block is seen so, or is again after `lean-out`."""
    _, radius, nearness = LOOKS[strength]
    lines = ["lean-in", "wait settled", "label close",
             f"orthographic {'on' if rays == 'parallel' else 'off'}", f"zoom {nearness}",
             "wait settled"]
    if radius:
        lines += [f"magnify 0.5 0.5 {strength} beauty", "wait settled",
                  f"expect magnifier.zoom = {strength}"]
    return lines


def check_block(house, name, strength, places, count_mm):
    pixels = pitch(places)
    stats = house.stats(f"{name}.json")
    um = (stats["magnifier"]["um_per_pixel"] if LOOKS[strength][1]
          else stats["picture"]["pixel_um"])
    print(name, flush=True)
    is_within("bar, um a pixel", um, 2 * STRIPE_MM * 1000 / pixels)
    tape = house.stats(f"{name}-tape.json")["measure"]
    print(" ", tape)
    is_within("tape, mm", tape["mm"], count_mm)
    assert tape["kind"] == "tape" and tape["points"] == 2 and tape["finest"]
    # What it says of itself holds, and is no finer than a texel.
    assert abs(tape["mm"] - count_mm) <= tape["tolerance"]
    assert tape["tolerance"] >= BLOCK_MM / TEXELS * 0.95
    is_within("the whole block, mm", house.stats(f"{name}-whole.json")["measure"]["mm"],
              BLOCK_MM)


def check_strength(house, strength):
    size, radius, _ = LOOKS[strength]
    half = radius * size[1] if radius else 150
    names = {rays: f"{strength}x-{rays}" for rays in ("perspective", "parallel")}
    lines = ["wait ready"]
    for rays, name in names.items():
        lines += look(strength, rays) + [f"screenshot {name}.png", f"stats {name}.json",
                                         "lean-out"]
    visit(house, lines, "block.vitrine", size)
    places, lines = {}, ["wait ready"]
    for rays, name in names.items():
        found = rises(house.path(f"{name}.png"), int(size[0] / 2 - half),
                      int(size[0] / 2 + half))
        assert len(found) >= 4, (name, found)
        places[rays] = found
        lines += look(strength, rays) + [
            f"measure {found[0] / size[0]:.7f},0.5 {found[-1] / size[0]:.7f},0.5",
            "wait settled", f"stats {name}-tape.json",
            "measure -5,0,5 5,0,5", f"stats {name}-whole.json",
            "measure angle -5,-5,5 5,-5,5 5,5,5", "expect degrees > 89.9",
            "expect degrees < 90.1", "lean-out"]
    visit(house, lines, "block.vitrine", size)
    for rays, name in names.items():
        check_block(house, name, strength, places[rays],
                    2 * STRIPE_MM * (len(places[rays]) - 1))


def check_lengths(house):
    write_block(house)
    for strength in LOOKS:
        check_strength(house, strength)


# ---- texels

VASE_MM, VASE_TEXELS, ROUND, RINGS = 40.0, 512, 96, 96


def vase_radius(v):
    return 12 + 4 * math.sin(5 * v)


def vase_texel_um(v):
    """The side of a square as large as a texel there."""
    slope = 4 * 5 * math.cos(5 * v)
    around = 2 * math.pi * vase_radius(v) / VASE_TEXELS
    up = math.hypot(slope, VASE_MM) / VASE_TEXELS
    return 1000 * math.sqrt(around * up)


def vase_point(angle, v):
    radius = vase_radius(v)
    return radius * math.sin(angle), VASE_MM * (v - 0.5), radius * math.cos(angle)


def write_vase(house, places, distance_mm):
    rows = bytearray()
    for y in range(VASE_TEXELS):
        rows.append(0)
        for x in range(VASE_TEXELS):
            rows += bytes((90 + (x * 7 + y * 3) % 120, 120 + (x ^ y) % 90, 100))
    write_png(house.path("vase.png"), bytes(rows), VASE_TEXELS, VASE_TEXELS)
    with open(house.path("vase.mtl"), "w", encoding="ascii") as file:
        file.write("newmtl glaze\nKd 1 1 1\nmap_Kd vase.png\n")
    lines = ["mtllib vase.mtl", "usemtl glaze"]
    for i in range(RINGS + 1):
        for k in range(ROUND + 1):
            lines.append("v %.7g %.7g %.7g" % vase_point(2 * math.pi * k / ROUND, i / RINGS))
            lines.append("vt %.7g %.7g" % (k / ROUND, i / RINGS))
    for i in range(RINGS):
        for k in range(ROUND):
            a = i * (ROUND + 1) + k + 1
            corners = (a, a + 1, a + ROUND + 2, a + ROUND + 1)
            lines.append("f " + " ".join(f"{c}/{c}" for c in corners))
    with open(house.path("vase.obj"), "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
    house.must("vitrine-pack", "import", "vase.obj", "--unit", "mm", "-o", "vase")
    story = {"label": {"en": "A vase."}, "hotspots": [{
        "id": f"spot-{i}",
        "point_mm": list(vase_point(angle, v)),
        "normal": [math.sin(angle), 0, math.cos(angle)],
        "title": {"en": "A spot"}, "text": {"en": "Of the glaze."}, "kind": "technique",
        "view": {"azimuth_deg": math.degrees(angle), "elevation_deg": 0, "distance_mm": distance_mm},
        "lens": "albedo", "magnification": 2 + i % 5,
    } for i, (angle, v) in enumerate(places)]}
    with open(house.path("vase/story.json"), "w", encoding="utf-8") as file:
        json.dump(story, file)
    house.must("vitrine-pack", "build", "vase", "-o", "vase.vitrine")


def middle_edge_mm():
    """The median of the vase's edges; its quads are cut from corner to corner."""
    edges = []
    for i in range(RINGS):
        low, high = i / RINGS, (i + 1) / RINGS
        turn = 2 * math.pi / ROUND
        a, b = vase_point(0, low), vase_point(turn, low)
        c, d = vase_point(turn, high), vase_point(0, high)
        edges += [math.dist(a, b), math.dist(a, d), math.dist(a, c)]
    return sorted(edges)[len(edges) // 2]


def check_record(house):
    """What `build` writes into the pack of its texels and its mesh, by area and by edge."""
    with zipfile.ZipFile(house.path("vase.vitrine")) as pack:
        name = next(name for name in pack.namelist() if name.endswith("exhibit.json"))
        record = json.loads(pack.read(name))
    steps = [(i + 0.5) / 4000 for i in range(4000)]
    widths = sorted((vase_texel_um(v),
                     vase_radius(v) * math.hypot(20 * math.cos(5 * v), VASE_MM)) for v in steps)
    total, so_far, truth = sum(area for _, area in widths), 0, {}
    for width, area in widths:
        so_far += area / total
        for name, part in (("min", 0.01), ("median", 0.5), ("p95", 0.95)):
            if so_far >= part:
                truth.setdefault(name, width)
    for name, width in truth.items():
        is_within(f"texel_um {name}", record["texel_um"][name], width, 0.02)
    is_within("mesh_um", record["mesh_um"], 1000 * middle_edge_mm(), 0.05)


def check_texels(house):
    dice = random.Random(4)
    places = [(dice.uniform(-math.pi, math.pi), dice.uniform(0.1, 0.9)) for _ in range(100)]
    write_vase(house, places, 30)
    check_record(house)
    lines = ["wait ready", "lean-in", "label close"]
    for i in range(len(places)):
        lines += [f"detail spot-{i}", "wait settled", f"stats spot-{i}.json"]
    visit(house, lines, "vase.vitrine", (160, 120), "--quality", "low")
    worst = 0
    for i, (_, v) in enumerate(places):
        lens = house.stats(f"spot-{i}.json")["magnifier"]
        said = lens["um_per_texel"]
        assert lens["sample"] == "texel", lens
        off = said / vase_texel_um(v) - 1
        if abs(off) > 0.05:
            print(f"  spot {i} at {v:.3f}: {said:.5g}, truly {vase_texel_um(v):.5g}")
        worst = max(worst, abs(off))
    print(f"worst of {len(places)}: {100 * worst:.2f} %")
    assert worst <= 0.05


# ---- the badge and the stop


def check_steps(house):
    """Step by step: at each the badge tells the truth, and at two pixels a
    texel it goes no further."""
    write_vase(house, [(0, 0.5)], 90)
    lines = ["wait ready", "lean-in", "label close", "detail spot-0", "wait settled",
             "magnify 0.5 0.5 2 albedo", "wait settled"]
    steps = [2 * 1.05 ** i for i in range(40)]
    for i, zoom in enumerate(steps):
        lines += [f"magnify 0.5 0.5 {zoom:.6f} albedo", "wait frames 1", f"stats step-{i}.json"]
    visit(house, lines, "vase.vitrine", (160, 120), "--quality", "low")
    enlarged = stopped = 0
    for i, zoom in enumerate(steps):
        lens = house.stats(f"step-{i}.json")["magnifier"]
        wish = lens["zoom"] / zoom  # below 1: stopped
        pixels = lens["um_per_texel"] / lens["um_per_pixel"]
        assert lens["enlarged"] == (pixels > 1.1), (zoom, lens)
        assert pixels <= 2.0 * 1.0001, (zoom, lens)
        if wish < 0.99999:
            stopped += 1
            assert lens["limited"] and abs(pixels - 2) < 0.001, (zoom, lens)
        else:
            assert not lens["limited"], (zoom, lens)
        assert lens["native"] == (0.9 < pixels <= 1.1), (zoom, lens)
        assert abs(lens["most_zoom"] * lens["um_per_texel"] /
                   (2 * lens["um_per_pixel"] * lens["zoom"]) - 1) < 1e-3, (zoom, lens)
        enlarged += lens["enlarged"]
    print(f"{len(steps)} steps: {enlarged} enlarged, {stopped} stopped")
    assert 0 < stopped < enlarged < len(steps)


# ---- line pairs


def light_of(value):
    value /= 255
    return value / 12.92 if value < 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def contrasts(path):
    """Of light, in places beside each other around the middle of the lens."""
    width, height, rgb = read_png(path)
    step, found = len(rgb) // (width * height), []
    for left in range(width // 2 - 60, width // 2 + 60, 24):
        values = [light_of(rgb[(y * width + x) * step + 1])
                  for y in range(height // 2 - 20, height // 2 + 10)
                  for x in range(left, left + 24)]
        found.append((max(values) - min(values)) / (max(values) + min(values)))
    return found


NATIVE = 1.08  # pixels a texel, at the mark on the dial (MAGNIFIER_NATIVE)


def check_rolled_pairs(house, roll_deg):
    """Contrasts by pixels a texel, wherever pixels lie on texels."""
    size, moves, name = (480, 360), 4, f"block{roll_deg}"
    write_block(house, BLOCK_MM / TEXELS, roll_deg, name)
    start = ["wait ready", "lean-in", "wait settled", "label close", "orthographic on",
             "wait settled"]
    visit(house, start + ["magnify 0.5 0.5 6 albedo", "wait settled", "stats first.json"],
          f"{name}.vitrine", size)
    lens = house.stats("first.json")["magnifier"]
    one = lens["zoom"] * lens["um_per_pixel"] / lens["um_per_texel"]
    lines, found = list(start), {1: [], NATIVE: [], 1.98: []}
    for i in range(moves):
        lines += [f"pan {1.2 / moves / one / size[0]:.8f} 0"]
        for times in found:
            lines += [f"magnify 0.5 0.5 {one * times:.6f} albedo", "wait settled",
                      f"screenshot {times}-{i}.png", f"stats {times}.json"]
    visit(house, lines, f"{name}.vitrine", size)
    for times, parts in found.items():
        lens = house.stats(f"{times}.json")["magnifier"]
        assert abs(lens["um_per_texel"] / lens["um_per_pixel"] / times - 1) < 0.01, lens
        for i in range(moves):
            parts += contrasts(house.path(f"{times}-{i}.png"))
        parts.sort()
        print(f"{roll_deg} degrees, {times} pixels a texel: contrast {parts[0]:.2f} at the least, "
              f"{parts[len(parts) // 2]:.2f} in the middle, {parts[-1]:.2f} at the most", flush=True)
    return found


def check_pairs(house):
    """A dark texel, a light one, and so on. Where pixels are as wide as texels, upright, and lie on
    two of them by halves, no picture tells them apart: at one to one alone some places may be grey.
    At the dial's mark, and when the piece is turned, none is."""
    least = 0.3
    for roll_deg in (0, 15, 30, 45):
        found = check_rolled_pairs(house, roll_deg)
        assert found[NATIVE][0] >= least and found[1.98][0] >= least, roll_deg
        assert found[1][0 if roll_deg else len(found[1]) // 2] >= least, roll_deg


# ---- by keys alone


def count_changed(one, other):
    """Pixels around the middle that differ."""
    width, height, rgb = one
    step = len(rgb) // (width * height)
    return sum(abs(rgb[at] - other[2][at]) > 24
               for y in range(int(height * 0.35), int(height * 0.65))
               for x in range(int(width * 0.35), int(width * 0.65))
               for at in ((y * width + x) * step,))


def check_keys(house):
    write_block(house)
    right = ["press Right"] * 12
    visit(house, [
        "wait ready", "lean-in", "wait settled", "press L", "press T", "press Enter", *right,
        "press Enter", "wait settled", "expect measure.kind = tape", "expect measure.points = 2",
        "expect measure.mm > 0.5", "stats tape.json",
        "press N", *right, "press Enter", "expect measure.kind = chain",
        "expect measure.points = 3", "stats chain.json",
        "press N", "press Enter", "press Up", "press Enter", "press Left", "press Left",
        "press Enter", "expect measure.kind = angle", "expect measure.figures = 2",
        "expect degrees > 10", "press Backspace", "expect measure.points = 2",
        "press Escape", "expect visitor.state = close", "press Escape", "wait settled",
        "expect visitor.state = walking", "lean-in", "wait settled",
        # Still there; a click beside the piece sets nothing and does not lean out.
        "expect measure.figures = 2", "press T", "click 0.05 0.4", "wait 0.2",
        "expect visitor.state = close", "expect measure.points = 2",
        "measure clear", "expect measure.figures = 0",
        "click 0.5 0.5", "click 0.55 0.5", "expect measure.points = 2",
    ], "block.vitrine", (960, 540), "--quality", "low")
    # However short a line under the lens is, it says how long: more than the line itself appears.
    visit(house, [
        "wait ready", "lean-in", "label close", "magnify 0.5 0.5 4 beauty", "magnify pin",
        "measure 0.498,0.5 0.502,0.5", "measure clear", "wait settled", "screenshot bare.png",
        "measure 0.498,0.5 0.502,0.5", "wait settled", "screenshot short.png",
    ], "block.vitrine", (960, 540), "--quality", "low")
    bare, short = (read_png(house.path(f"{name}.png")) for name in ("bare", "short"))
    changed = count_changed(bare, short)
    print(f"  a short line: {changed} pixels are others")
    assert changed > 700
    tape, chain = house.stats("tape.json")["measure"], house.stats("chain.json")["measure"]
    assert chain["mm"] > 1.9 * tape["mm"] and chain["tolerance"] > tape["tolerance"]


CHECKS = {"lengths": check_lengths, "texels": check_texels, "steps": check_steps,
          "pairs": check_pairs,
          "keys": check_keys}


if __name__ == "__main__":
    run(CHECKS)

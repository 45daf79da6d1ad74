#!/usr/bin/env python3
"""Two pieces side by side.

    test_compare.py BIN WHAT

WHAT is "scale": gauge cubes of 10 and 20 mm measure one to two in one picture; a piece beside
itself is lit alike; "moves": linked halves turn alike, free ones do not; each half has its own
lens; keys alone are enough; and leaving returns to the very view one left; "memory": what
pictures take stays within the budget; "photo": a photograph of both opens again.
Exit status 77 where pictures cannot be had.
"""
import json
import math
import struct
import xml.etree.ElementTree

from test_size import read_texts, shrink
from test_visits import House, mean_error, read_png, run

SIZE = (1280, 720)
CUBES = {"small": 10.0, "large": 20.0}
WITHIN = 0.005


def name_record(house, name):
    path = house.path(f"{name}/exhibit.json")
    with open(path, encoding="utf-8") as file:
        record = json.load(file)
    record["id"] = name
    record["title"] = {"en": f"The {name} one"}
    record["required_statement"] = {"en": f"Thanks for the {name} one."}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(record, file)


def write_cube(house, name, side_mm):
    lines, count = [], 0
    for axis in range(3):
        for sign in (-1, 1):
            corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
            for u, v in corners if sign > 0 else corners[::-1]:
                at = [0, 0, 0]
                at[axis], at[(axis + 1) % 3], at[(axis + 2) % 3] = sign, u, v
                lines.append("v %g %g %g" % tuple(side_mm / 2 * x for x in at))
            lines.append("f " + " ".join(str(count + i) for i in range(1, 5)))
            count += 4
    with open(house.path(f"{name}.obj"), "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
    house.must("vitrine-pack", "import", f"{name}.obj", "--unit", "mm", "-o", name)
    name_record(house, name)
    house.must("vitrine-pack", "build", name, "-o", f"{name}.vitrine")


def visit(house, lines, packs, *arguments, size=SIZE):
    with open(house.path("visit.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    house.must("vitrine", "--headless", "--reduced-motion", "--size", "%dx%d" % size,
               "--script", "visit.txt", *arguments, *packs)


def lines_of(picture):
    width, height, rgb = picture
    step = len(rgb) // (width * height)
    return width, height, lambda x, y: rgb[(y * width + x) * step:(y * width + x) * step + 3]


def edges(path, half):
    """Left and right edge of what stands in a half, along its middle, in parts of a pixel."""
    width, height, at = lines_of(read_png(path))
    first, last = half * width // 2 + 4, (half + 1) * width // 2 - 4
    rows = range(height // 2 - 2, height // 2 + 3)
    ground = [sum(at(first, y)[c] for y in rows) / 5 for c in range(3)]
    off = [sum(abs(sum(at(x, y)[c] for y in rows) / 5 - ground[c]) for c in range(3))
           for x in range(first, last)]
    inside = [i for i, value in enumerate(off) if value > 24]
    assert inside, path

    def edge(i, step):
        # The outermost pixel is covered as far as it is as light as the next but one.
        share = min(off[i] / max(off[i + 2 * step], 1), 1)
        more = min(off[i - step] / max(off[i + 2 * step], 1), 1)
        return first + i + (1 - share - more if step > 0 else share + more)
    return edge(inside[0], 1), edge(inside[-1], -1)


def is_within(name, said, truth, within=WITHIN):
    off = said / truth - 1
    print(f"  {name}: {said:.6g}, truly {truth:.6g}: {100 * off:+.3f} %", flush=True)
    assert abs(off) <= within, name


def check_scale(house):
    for name, side in CUBES.items():
        write_cube(house, name, side)
    visit(house, [
        "wait ready", "lean-in exhibit:small", "wait settled", "compare large", "wait settled",
        "expect compare.with = large", "screenshot pair.png", "stats pair.json",
        "compare large large", "wait settled", "screenshot same.png",
        "compare off", "wait settled",
        # By fingers alone: the button, the list's second piece, and back.
        "tap 0.634 0.054", "tap 0.5 0.517", "wait settled", "expect compare.with = large",
        "tap 0.956 0.054", "wait settled", "expect compare.with = \"\"",
        "expect visitor.state = close",
    ], ["small.vitrine", "large.vitrine"])
    stats = house.stats("pair.json")["compare"]
    assert stats["left_um"] == stats["right_um"] > 0, stats
    turn = math.radians(stats["left_yaw"])
    wide = abs(math.cos(turn)) + abs(math.sin(turn))  # of a cube, seen so
    widths = []
    for half, side in enumerate(CUBES.values()):
        left, right = edges(house.path("pair.png"), half)
        widths.append(right - left)
        is_within(f"{side} mm", (right - left) * stats["left_um"] / 1000, side * wide)
    is_within("one to two", widths[1] / widths[0], 2)
    # Beside itself a piece is the same, to the light on it.
    width, height, at = lines_of(read_png(house.path("same.png")))
    most = total = count = 0
    for y in range(height // 4, height * 2 // 3, 3):
        for x in range(40, width // 2 - 40, 3):
            for a, b in zip(at(x, y), at(x + width // 2, y)):
                most, total, count = max(most, abs(a - b)), total + abs(a - b), count + 1
    print(f"  beside itself: {total / count:.3f} of 255 apart, at most {most}")
    assert total / count < 0.5


# ---- moving


def difference(house, one, other, left, right):
    """Of two pictures, between two parts of their width."""
    width, height, a = lines_of(read_png(house.path(one)))
    b = lines_of(read_png(house.path(other)))[2]
    total = count = 0
    for y in range(height // 4, height * 3 // 4, 4):
        for x in range(int(width * left), int(width * right), 4):
            total += sum(abs(p - q) for p, q in zip(a(x, y), b(x, y)))
            count += 3
    return total / count


def check_moves(house):
    for name in ("hare", "moth"):
        house.make_pack(name)
    visit(house, [
        "wait ready", "lean-in exhibit:hare", "wait settled", "orbit 20 5", "zoom 1.3",
        "magnify 0.4 0.4 3 relief", "wait settled", "screenshot before.png", "stats before.json",
        "compare moth", "wait settled", "expect compare.linked = true", "stats begun.json",
        "orbit 40 10", "zoom 1.5", "pan 0.05 0.02", "wait settled", "stats linked.json",
        "screenshot bare.png",
        # Linked, the lens is over both, and each has its mode.
        "magnify 0.25 0.45 3 albedo", "wait settled", "screenshot both.png",
        "press J", "mode raking", "wait settled", "expect magnifier.mode = raking",
        "stats raking.json", "press J", "expect magnifier.mode = albedo", "stats albedo.json",
        "screenshot modes.png", "magnify off", "wait settled",
        "compare free", "press J", "orbit 30 0", "wait settled", "stats free.json",
        "screenshot free.png", "magnify 0.75 0.45 3 beauty", "wait settled", "screenshot one.png", "magnify off",
        "press K", "orbit 10 0", "wait settled", "stats again.json",
        "press Escape", "wait settled", "expect compare.with = \"\"", "stats after.json",
        "screenshot after.png",
        # By keys alone: the list, its second piece, and back.
        "press V", "wait settled", "press Tab", "press Enter", "wait settled",
        "expect compare.with = moth", "press G", "wait settled", "expect magnifier.zoom > 1",
        "press Escape", "press Escape", "expect compare.with = \"\"",
        "expect visitor.state = close",
    ], ["hare.vitrine", "moth.vitrine"], size=(640, 480))
    stats = {name: house.stats(f"{name}.json") for name in
             ("before", "begun", "linked", "free", "again", "after", "raking", "albedo")}
    pair = {name: stats[name]["compare"] for name in stats}
    for name in ("begun", "linked"):
        assert pair[name]["left_yaw"] == pair[name]["right_yaw"], pair
        assert pair[name]["left_pitch"] == pair[name]["right_pitch"], pair
    for name in ("begun", "linked", "free", "again"):
        assert pair[name]["left_um"] == pair[name]["right_um"], pair
    assert abs(pair["linked"]["left_um"] / pair["begun"]["left_um"] * 1.5 - 1) < 1e-3, pair
    turned = (pair["linked"]["left_yaw"] - pair["begun"]["left_yaw"]) % 360
    assert abs(turned - 40) < 0.1, pair
    assert pair["free"]["left_yaw"] == pair["linked"]["left_yaw"], pair
    for name in ("free", "again"):
        apart = (pair[name]["right_yaw"] - pair[name]["left_yaw"]) % 360
        assert abs(apart - 30) < 0.1, pair
    assert not pair["free"]["linked"] and pair["again"]["linked"], pair
    for name in ("raking", "albedo"):
        lens = stats[name]["magnifier"]
        is_within(name, lens["um_per_pixel"] * lens["zoom"], pair[name]["left_um"], 1e-3)
    # The lens is seen where it is, and in the other half where it is linked.
    for bare, name, wanted in (("bare.png", "both.png", [True, True]),
                               ("free.png", "one.png", [False, True])):
        seen = [difference(house, bare, name, 0.15 + half, 0.35 + half) > 2
                for half in (0, 0.5)]
        assert seen == wanted, (name, seen)
    assert difference(house, "both.png", "modes.png", 0.65, 0.85) > 2
    assert difference(house, "both.png", "modes.png", 0.15, 0.35) < 1
    # And back: the same view, and the same picture.
    before, after = stats["before"], stats["after"]
    for group, names in (("visitor", ("state", "x", "z", "yaw", "pitch", "surface_mm")),
                         ("picture", ("projection", "pixel_um")),
                         ("magnifier", ("mode", "zoom", "um_per_pixel"))):
        for name in names:
            assert before[group][name] == after[group][name], (group, name)
    apart = difference(house, "before.png", "after.png", 0, 1)
    print(f"  before and after: {apart:.4f} of 255 apart")
    assert apart < 0.05


# ---- memory


def check_memory(house):
    for name in ("hare", "moth"):
        house.make_pack(name, count=200)
    # Enough, and the least that will do.
    for memory_mib, size in (("96", (640, 480)), ("16", (960, 540))):
        visit(house, [
            "wait ready", "lean-in exhibit:hare", "wait settled", "magnify 0.5 0.5 8 beauty",
            "wait settled", "compare moth", "wait settled", "zoom 3",
            "magnify 0.25 0.5 12 beauty", "wait settled", "orbit 60 20",
            "magnify 0.75 0.5 12 raking", "wait settled", "stats full.json", "compare off",
            "wait settled", "stats over.json",
        ], ["hare.vitrine", "moth.vitrine"], "--memory", memory_mib, size=size)
        for name in ("full", "over"):
            memory = house.stats(f"{name}.json")["memory"]
            print(f"  {name}:", {key: round(value / 2 ** 20, 1)
                                 for key, value in memory.items()})
            assert memory["peak"] <= memory["budget"], memory


# ---- photographs


def check_photo(house):
    """A photograph of both halves: tiles fit, both are thanked, and it opens again."""
    for name in ("hare", "moth"):
        house.make_folder(name)
        path = house.path(f"{name}/exhibit.json")
        with open(path, encoding="utf-8") as file:
            record = json.load(file)
        record["required_statement"] = {"en": f"Thanks for the {name}."}
        with open(path, "w", encoding="utf-8") as file:
            json.dump(record, file)
        house.must("vitrine-pack", "build", name, "-o", f"{name}.vitrine")
    packs, size = ["hare.vitrine", "moth.vitrine"], (241, 160)  # of halves not alike
    visit(house, [
        "wait ready", "lean-in exhibit:hare", "wait settled", "compare moth", "zoom 1.2",
        "compare free", "press J", "orbit 30 5", "wait settled", "photo plain.png 1", "photo twice.png 2",
        "magnify 0.27 0.45 2 relief", "strength 2.5", "magnify 0.7 0.4 2.5 height",
        "expect compare.active = right", "wait settled", "stats before.json", "photo one.png 1", "photo large.png 3", "stats after.json",
    ], packs, "--memory", "128", size=size)
    before, after = house.stats("before.json"), house.stats("after.json")
    assert before["compare"] == after["compare"], after
    assert after["memory"]["peak"] <= after["memory"]["budget"], after["memory"]
    with open(house.path("large.png"), "rb") as file:
        width, height = struct.unpack_from(">II", file.read(24), 16)
    assert width == 241 * 3 and height > 160 * 3 + 60, (width, height)
    plain, twice, small, large = [shrink(house.path(f"{name}.png"), *size, scale)
                                  for name, scale in (("plain", 1), ("twice", 2), ("one", 1),
                                                      ("large", 3))]
    errors = mean_error(plain, twice), mean_error(small, large), mean_error(plain, small)
    print("  tiles differ by %.2f, with lenses by %.2f; lenses make %.2f" % errors)
    # Of the rim's highlights a pixel sees more than three by three of its parts do.
    assert errors[0] < 4 and errors[1] < 12 and errors[2] > 3 * errors[1]
    texts = read_texts(house.path("large.png"))
    packet = xml.etree.ElementTree.fromstring(texts["XML:com.adobe.xmp"])
    said = [node.text for node in packet.iter() if node.text and node.text.strip()]
    assert "Thanks for the hare. | Thanks for the moth." in said, said
    told = [json.loads(node.text)["id"] for node in packet.iter()
            if node.tag.endswith("record") or node.tag.endswith("besides")]
    assert told == ["hare", "moth"], told
    visit(house, ["wait ready", "wait settled", "expect compare.with = moth", "stats again.json",
                  "photo again.png 1", "press J", "expect magnifier.mode = relief",
                  "expect magnifier.strength = 2.5", "compare off", "expect visitor.state = close"],
          packs, "--view", "large.png", size=size)
    again = house.stats("again.json")
    for group, keys in (("compare", before["compare"]),
                        ("magnifier", ("mode", "zoom", "band_um", "radius", "at_x"))):
        for key in keys:
            value, found = before[group][key], again[group][key]
            close = value == found if isinstance(value, (str, bool)) else \
                abs(found - value) < 0.01 * abs(value) + 1e-3
            assert close, (key, value, found)
    error = mean_error(small, shrink(house.path("again.png"), *size, 1))
    print("  again differs by", error)
    assert error < 1


CHECKS = {"scale": check_scale, "moves": check_moves, "memory": check_memory,
          "photo": check_photo}


if __name__ == "__main__":
    run(CHECKS)

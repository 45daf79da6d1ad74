#!/usr/bin/env python3
"""True size and what is kept of it.

    test_size.py BIN WHAT

WHAT is "sizes": a piece of 20 x 24 mm covers the pixels it must on three displays, and a coin
beside it; "card": a bank card is held against the glass, remembered, and forgotten with a sentence
where what was kept is broken; "photo": a photograph is larger than the window, tells whom to thank
and what it shows, stays within the memory, and opens the view again. Exit status 77 where pictures cannot be had.
"""
import json
import os
import struct
import xml.etree.ElementTree
import zlib

from test_visits import House, mean_error, read_png, run

WIDTH_MM, HEIGHT_MM, DEPTH_MM = 20, 24, 8
EVEN = "orbit 0 -13.751"  # from slightly above, where one leans in, to level


def write_box(path, steps=8):
    """A red box, as ASCII PLY in millimetres."""
    points, faces = {}, []

    def point(place):
        return points.setdefault(tuple(round(value, 6) for value in place), len(points))

    def face(corner, along, up):
        for i in range(steps):
            for k in range(steps):
                a, b, c, d = (point([corner[n] + (along[n] * x + up[n] * y) / steps
                                     for n in range(3)])
                              for x, y in ((i, k), (i + 1, k), (i + 1, k + 1), (i, k + 1)))
                faces.extend([(a, b, c), (a, c, d)])

    w, h, d = WIDTH_MM, HEIGHT_MM, DEPTH_MM
    face((-w / 2, 0, d / 2), (w, 0, 0), (0, h, 0))
    face((w / 2, 0, -d / 2), (-w, 0, 0), (0, h, 0))
    face((-w / 2, 0, -d / 2), (0, 0, d), (0, h, 0))
    face((w / 2, 0, d / 2), (0, 0, -d), (0, h, 0))
    face((-w / 2, h, d / 2), (w, 0, 0), (0, 0, -d))
    face((-w / 2, 0, -d / 2), (w, 0, 0), (0, 0, d))
    with open(path, "w", encoding="ascii") as file:
        file.write(f"ply\nformat ascii 1.0\nelement vertex {len(points)}\n"
                   "property float x\nproperty float y\nproperty float z\n"
                   "property uchar red\nproperty uchar green\nproperty uchar blue\n"
                   f"element face {len(faces)}\nproperty list uchar int vertex_indices\n"
                   "end_header\n")
        file.writelines("%g %g %g 200 20 30\n" % place for place in points)
        file.writelines("3 %d %d %d\n" % face for face in faces)


def make_box(house):
    write_box(house.path("box.ply"))
    house.must("vitrine-pack", "import", "box.ply", "--unit", "mm", "-o", "box")
    house.must("vitrine-pack", "build", "box", "-o", "box.vitrine")


def extent(path, is_wanted):
    """How wide and high the wanted pixels are: those in rows and columns that have a few."""
    width, height, pixels = read_png(path)
    step = len(pixels) // (width * height)
    columns, rows = [0] * width, [0] * height
    for y in range(height):
        for x in range(width):
            at = (y * width + x) * step
            if is_wanted(pixels[at], pixels[at + 1], pixels[at + 2]):
                columns[x] += 1
                rows[y] += 1
    across = [x for x, count in enumerate(columns) if count > 3]
    down = [y for y, count in enumerate(rows) if count > 3]
    return across[-1] - across[0] + 1, down[-1] - down[0] + 1


def is_red(r, g, b):
    return r > 60 and r > 2 * g and r > 2 * b


def is_gold(r, g, b):
    return r > 95 and r > b * 1.35 and g > b * 1.12 and r < 1.7 * g


def visit_sizes(house):
    make_box(house)
    # A desktop's display, a laptop's, and one of a telephone's density.
    for name, width, height, pixel_mm in (("desk", 560, 480, 25.4 / 96),
                                          ("laptop", 600, 480, 0.155),
                                          ("phone", 640, 480, 0.085)):
        result = house.visit([
            "wait ready", "lean-in", "label close",
            f"display {width * pixel_mm:.5f} {height * pixel_mm:.5f}",
            "true-size on", EVEN, "wait settled", "expect true_size = true",
            "expect times_life > 0.999", "expect times_life < 1.001",
            "expect projection = orthographic", f"screenshot {name}.png",
            "beside coin", "wait settled", f"screenshot {name}-coin.png",
            # Who comes closer leaves it, and comes back to it.
            "zoom 2", "expect true_size = false", "expect times_life > 1.99",
            "expect times_life < 2.01", "true-size on", "expect times_life < 1.001",
            # Back where it was; turned as it is.
            "true-size off", "expect projection = orthographic",
        ], "--size", f"{width}x{height}", "box.vitrine")
        assert result.returncode == 0, result.stderr
        across, down = extent(house.path(f"{name}.png"), is_red)
        print(name, across * pixel_mm, "x", down * pixel_mm, "mm")
        assert abs(across * pixel_mm - WIDTH_MM) <= 0.5, (name, across)
        assert abs(down * pixel_mm - HEIGHT_MM) <= 0.5, (name, down)
        across, down = extent(house.path(f"{name}-coin.png"), is_gold)
        print(name, across * pixel_mm, "x", down * pixel_mm, "mm, the coin")
        assert abs(across * pixel_mm - 23.25) <= 0.5, (name, across)
        assert abs(down * pixel_mm - 23.25) <= 0.5, (name, down)
    # What cannot be is refused.
    for lines in (["wait ready", "display 300 300"],
                  ["wait ready", "lean-in", "true-size on"],
                  ["wait ready", "display 320 180", "true-size on"]):
        result = house.visit(lines, "--size", "640x360", "box.vitrine")
        assert result.returncode == 1, lines


def visit_card(house):
    make_box(house)
    os.environ["XDG_DATA_HOME"] = house.path("data")
    size = ("--size", "800x600", "box.vitrine")
    kept = os.path.join(house.path("data"), "vitrine", "displays.json")
    result = house.visit([
        "wait ready", "lean-in", "expect size_by = unknown",
        # Nobody knows how large the display is, so a card is asked for.
        "press R", "expect calibrating = true", "press Escape", "expect calibrating = false",
        "expect true_size = false", "press R", "press PageUp", "press Right",
        "screenshot card.png", "press Enter", "wait settled",
        "expect calibrating = false", "expect size_by = card", "expect true_size = true",
        "stats card.json",
    ], *size)
    assert result.returncode == 0, result.stderr
    pixel_mm = house.stats("card.json")["display"]["pixel_mm"]
    assert abs(pixel_mm - 85.60 / (85.60 * 96 / 25.4 + 21)) < 1e-5, pixel_mm
    with open(kept, encoding="utf-8") as file:
        book = json.load(file)
    assert abs(book["displays"][0]["width_mm"] - 800 * pixel_mm) < 0.01, book
    known = ["wait ready", "lean-in", "expect size_by = card", f"expect pixel_mm < {pixel_mm + 1e-5}",
             f"expect pixel_mm > {pixel_mm - 1e-5}", "true-size on", "expect true_size = true",
             # A simulated display is nobody's: nothing of it is kept.
             "display 160 120", "expect size_by = simulated"]
    result = house.visit(known, *size)
    assert result.returncode == 0, result.stderr
    with open(kept, "w", encoding="utf-8") as file:
        file.write('{"version": 1, "displays": [{"display": 3}]}')
    result = house.visit(["wait ready", "expect size_by = unknown"], *size)
    assert result.returncode == 0, result.stderr
    assert "displays.json" in result.stderr, result.stderr


HOSTILE = 'A </dc:title> & "box" ]]> <!-- \u200b\uffff'


def read_texts(path):
    """The texts beside a PNG's picture, by keyword; every chunk's checksum is looked at."""
    with open(path, "rb") as file:
        data = file.read()
    at, texts = 8, {}
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8:at + 8 + size]
        assert zlib.crc32(kind + body) == struct.unpack_from(">I", data, at + 8 + size)[0]
        if kind == b"iTXt":
            keyword, _, rest = body.partition(b"\0")
            texts[keyword.decode()] = rest[2:].split(b"\0", 2)[2].decode("utf-8")
        at += size + 12
    return texts


def shrink(path, width, height, scale):
    """A photograph's picture, without what stands below it, as large as the window."""
    wide, _, pixels = read_png(path)
    step = 3
    assert wide == width * scale
    out = []
    for y in range(height):
        for x in range(width):
            for k in range(3):
                out.append(sum(pixels[((y * scale + j) * wide + x * scale + i) * step + k]
                               for j in range(scale) for i in range(scale)) / scale ** 2)
    return out


def visit_photo(house):
    make_box(house)
    with open(house.path("box/exhibit.json"), encoding="utf-8") as file:
        record = json.load(file)
    record["title"] = {"en": HOSTILE}
    record["required_statement"] = {"en": "Thanks to <everybody> & all"}
    with open(house.path("box/exhibit.json"), "w", encoding="utf-8") as file:
        json.dump(record, file)
    house.must("vitrine-pack", "build", "box", "-o", "box.vitrine")
    size = ("--size", "240x160", "--memory", "128", "box.vitrine")
    result = house.visit([
        "wait ready", "lean-in", "label close", "orbit 30 6", "zoom 1.3", "wait settled",
        "photo plain.png 1", "photo large.png 3", "stats before.json",
        "orthographic on", "magnify 0.4 0.5 2 normals", "wait settled", "photo lens.png 2",
        "stats lens.json", "photo largest.png 8", "stats largest.json",
    ], *size)
    assert result.returncode == 0, result.stderr
    for name, scale in (("plain", 1), ("large", 3), ("lens", 2), ("largest", 8)):
        with open(house.path(f"{name}.png"), "rb") as file:
            width, height = struct.unpack_from(">II", file.read(24), 16)
        assert width == 240 * scale and height > 160 * scale + 40, (name, width, height)
    stats = house.stats("largest.json")["memory"]
    assert stats["peak"] <= stats["budget"], stats
    # Tiles fit together: shrunk, the large one is the plain one.
    error = mean_error(shrink(house.path("large.png"), 240, 160, 3),
                       shrink(house.path("plain.png"), 240, 160, 1))
    print("tiles differ by", error)
    assert error < 4, error

    texts = read_texts(house.path("lens.png"))
    packet = xml.etree.ElementTree.fromstring(texts["XML:com.adobe.xmp"])
    said = [node.text for node in packet.iter() if node.text and node.text.strip()]
    clean = HOSTILE.replace("\uffff", "")
    assert any(text.strip() == clean.strip() for text in said), said
    assert "Thanks to <everybody> & all" in said
    own = [node.text for node in packet.iter() if node.tag.endswith("record")]
    assert json.loads(own[0])["id"] == record["id"], own

    # Opened again it shows the same, lens and all.
    for name, before in (("large", "before"), ("lens", "lens")):
        again = house.visit(["wait ready", "wait settled", "stats again.json",
                             "photo again.png 1"], "--view", f"{name}.png", *size)
        assert again.returncode == 0, again.stderr
        then, now = house.stats(f"{before}.json"), house.stats("again.json")
        assert now["exhibit"] == record["id"] and now["visitor"]["state"] == "close", now
        for group, key in (("picture", "projection"), ("magnifier", "mode")):
            assert then[group][key] == now[group][key], (name, group, key)
        for group, key in (("picture", "pixel_um"), ("magnifier", "zoom")):
            assert abs(then[group][key] - now[group][key]) <= 0.002 * abs(then[group][key])
        scale = 3 if name == "large" else 2
        error = mean_error(shrink(house.path(f"{name}.png"), 240, 160, scale),
                           shrink(house.path("again.png"), 240, 160, 1))
        print(name, "again differs by", error)
        assert error < (6 if name == "large" else 8), (name, error)  # the rim shines

    # A piece that is not in the house, and files that are no photographs.
    house.make_pack("plain")
    other = house.visit(["wait ready"], "--view", "large.png", "plain.vitrine")
    assert other.returncode == 1 and "box.vitrine" in other.stderr, other.stderr
    with open(house.path("large.png"), "rb") as file:
        good = file.read()
    for name, broken in (("cut", good[:300]), ("flipped", good[:90] + b"\xff" + good[91:]),
                         ("text", b"hello"), ("empty", b"")):
        with open(house.path(f"{name}.png"), "wb") as file:
            file.write(broken)
        result = house.visit(["wait ready"], "--view", f"{name}.png", "box.vitrine")
        assert result.returncode == 1 and f"{name}.png" in result.stderr, result.stderr

    # The visitor's own go where the desktop says, and none is ever overwritten.
    os.environ["HOME"] = house.path("home")
    os.environ.pop("XDG_CONFIG_HOME", None)
    for folder in ("home/.config", "home/Bilder"):
        os.makedirs(house.path(folder))
    with open(house.path("home/.config/user-dirs.dirs"), "w", encoding="ascii") as file:
        file.write('XDG_PICTURES_DIR="$HOME/Bilder"\n')
    with open(house.path("home/Bilder/vitrine-001.png"), "w", encoding="ascii") as file:
        file.write("mine")
    result = house.visit(["wait ready", "press F12", "wait frames 3"], "--photo-scale", "1", *size)
    assert result.returncode == 0, result.stderr
    with open(house.path("home/Bilder/vitrine-001.png"), encoding="ascii") as file:
        assert file.read() == "mine"
    assert read_png(house.path("home/Bilder/vitrine-002.png"))[0] == 240
    assert len(os.listdir(house.path("home/Bilder"))) == 2


VISITS = {"sizes": visit_sizes, "card": visit_card, "photo": visit_photo}


if __name__ == "__main__":
    run(VISITS)

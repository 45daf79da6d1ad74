#!/usr/bin/env python3
"""One visit that does everything a visitor can do: every command, every mode, every panel.

    everything.py BIN WORK

Two pieces of its own making, one with colours, a story, details and a picture, one without, so it
needs no scans. Meant for the sanitizers: they, an assertion, or the driver's complaint end it.
Exit status 77 where there is no OpenGL.
"""
import json
import math
import os
import shutil
import struct
import subprocess
import sys
import zlib

import programs

SCRIPT = """
wait ready
expect exhibits = 2
expect under_restoration = 0
wait frames 2
wait 0.2
look 20 -5
turn -40 5
walk-to exhibit:jar
wait settled
expect exhibit = jar
screenshot stand.png
press F1
wait frames 3
screenshot help.png
press F1
lean-in
wait settled
expect visitor.state = close
expect exhibit_state = full
label open
overlay on
overlay off
wait frames 2
screenshot label.png
label close
story open
wait frames 2
expect story = open
screenshot story.png
press PageDown
press Down
press Tab
press Enter
story open
story close
measure
detail mark
wait settled
magnify off
orbit 60 15
zoom 2.5
pan 0.05 -0.05
wait settled
magnify 0.5 0.5 4 beauty
wait settled
expect magnifier.mode = beauty
expect magnifier.um_per_texel > 0
screenshot lens-beauty.png
magnify 0.45 0.5 6 albedo
wait settled
expect magnifier.mode = albedo
magnify 0.5 0.45 8 normals
wait settled
expect magnifier.mode = normals
magnify 0.5 0.5 1000 raking 120 10
wait settled
expect magnifier.mode = raking
screenshot lens-raking.png
press P
press C
press 2
press G
magnify off
stats close.json
lean-out
wait settled
expect visitor.state = walking
lean-in exhibit:ball
wait settled
expect exhibit = ball
zoom 0.5
orbit -200 -30
wait settled
press Space
press Escape
wait settled
click 0.5 0.8
wait 0.5
tap 0.4 0.75
wait 0.5
tap 0.5 0.5
wait settled
press Escape
press W
press Shift
press Left
press T
lean-out
wait settled
walk-to 0,0
wait settled
press F12
wait frames 3
screenshot end.png
stats end.json
"""
STORY = {
    "label": {"en": "A jar, turned for this visit.", "fr": "Un pot, tourn\u00e9 pour cette visite."},
    "long": {"en": "It has a story of some length. " * 60, "ar": "\u062c\u0631\u0629 " * 40,
             "ja": "\u58fa\u3067\u3059\u3002" * 60},
    "chapters": [{"title": {"en": "How it was turned"}, "text": {"en": "Slowly. " * 80},
                  "image": "photo.png", "alt_text": {"en": "A pattern"}},
                 {"title": {"en": "How it was glazed"}, "text": {"en": "Twice."}}],
    "making": {"hours": 3, "tools": [{"en": "A wheel"}],
               "steps": [{"text": {"en": "Turn."}}, {"text": {"en": "Fire."}}]},
    "hotspots": [{"id": "mark", "point_mm": [0, 40, 31], "normal": [0, 0, 1],
                  "title": {"en": "A mark"}, "text": {"en": "Of the potter."}, "kind": "symbol",
                  "image": "photo.png", "alt_text": {"en": "A pattern"},
                  "view": {"azimuth_deg": 10, "elevation_deg": 5, "distance_mm": 120},
                  "light": {"azimuth_deg": 90, "elevation_deg": 15}, "lens": "raking",
                  "magnification": 4}],
}


def write_photo(path):
    rows = b"".join(b"\0" + bytes((x * y) & 255 for x in range(256) for _ in range(3))
                    for y in range(160))

    def chunk(kind, content):
        return (struct.pack(">I", len(content)) + kind + content +
                struct.pack(">I", zlib.crc32(kind + content)))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" +
                   chunk(b"IHDR", struct.pack(">IIBBBBB", 256, 160, 8, 2, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def write_turned(path, profile, rows, columns, colour):
    """A turned body as PLY: `profile` gives height and radius in mm for 0 to 1."""
    properties = ["x", "y", "z"] + (["red", "green", "blue"] if colour else [])
    kinds = ["float"] * 3 + ["uchar"] * 3
    with open(path, "w", encoding="ascii") as file:
        file.write("ply\nformat ascii 1.0\n" f"element vertex {(rows + 1) * columns}\n")
        for kind, name in zip(kinds, properties):
            file.write(f"property {kind} {name}\n")
        file.write(f"element face {2 * rows * columns}\n"
                   "property list uchar int vertex_indices\nend_header\n")
        for i in range(rows + 1):
            height, radius = profile(i / rows)
            for k in range(columns):
                a = 2 * math.pi * k / columns
                r = radius * (1 + 0.01 * math.sin(20 * a) * math.sin(60 * i / rows))
                paint = f" {60 + 120 * (k // 8 % 2)} {90 + i % 100} 140" if colour else ""
                file.write(f"{r * math.sin(a):.4f} {height:.4f} {r * math.cos(a):.4f}{paint}\n")
        for i in range(rows):
            for k in range(columns):
                a, b = i * columns + k, i * columns + (k + 1) % columns
                file.write(f"3 {a} {b} {b + columns}\n3 {a} {b + columns} {a + columns}\n")


def make_house(bin_folder, work):
    """One pack with a jar that tells a story and a ball that does not."""
    packer = os.path.join(bin_folder, "vitrine-pack")
    write_turned(os.path.join(work, "jar.ply"),
                 lambda t: (80 * t, 30 * math.sin(0.3 + 2.2 * t)), 120, 180, True)
    write_turned(os.path.join(work, "ball.ply"),
                 lambda t: (25 - 25 * math.cos(math.pi * t), 25 * math.sin(math.pi * t)),
                 80, 160, False)
    house = os.path.join(work, "house")
    for piece in ("jar", "ball"):
        subprocess.run([packer, "import", os.path.join(work, f"{piece}.ply"), "--unit", "mm", "-o",
                        os.path.join(house, piece)], check=True)
    write_photo(os.path.join(house, "jar", "photo.png"))
    with open(os.path.join(house, "jar", "story.json"), "w", encoding="utf-8") as file:
        json.dump(STORY, file)
    pack = os.path.join(work, "house.vitrine")
    subprocess.run([packer, "build", house, "-o", pack], check=True)
    subprocess.run([packer, "check", "--quiet", "--draft", pack], check=True)
    return pack


def main():
    bin_folder, work = sys.argv[1:3]
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    pack = make_house(bin_folder, work)
    with open(os.path.join(work, "visit.txt"), "w", encoding="utf-8") as file:
        file.write(SCRIPT)
    for size, language in (("320x200", "en"), ("200x320", "ar")):
        programs.visit(bin_folder, ["--size", size, "--language", language, "--stats", "all.json",
                                    "--script", "visit.txt", pack], work)
    programs.visit(bin_folder, ["--size", "160x120", "--reduced-motion", "--guided-visit",
                                "guided", pack], work)
    assert os.path.exists(os.path.join(work, "guided"))
    return 0


if __name__ == "__main__":
    sys.exit(main())

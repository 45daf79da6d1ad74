#!/usr/bin/env python3
"""From a scan to a picture, with the programs people use.

    visit_scan.py BIN WORK SCAN [--unit UNIT] [--up AXIS] [--height-mm N] [--size WxH] [--brief]
                  [--scattered]

Imports the scan, builds, checks and measures the pack, visits it without a display, and looks at
the pictures and numbers that come out. --brief takes fewer pictures and cuts instead of glides,
for machines that draw on the processor. --scattered: parts of the piece stand apart, and nothing
may be in the middle of the picture. Exit status 77 where the scan or the pictures cannot be
had.
"""
import argparse
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import zlib

import programs

FULL = """
wait ready
walk-to exhibit:{id}
wait settled
screenshot stand.png
lean-in
wait settled
expect exhibit = {id}
screenshot close.png
measure
orbit 40 10
wait settled
screenshot turned.png
stats close.json
magnify 0.5 0.5 4 beauty
wait settled
expect magnifier.um_per_texel > 0
expect magnifier.um_per_pixel > 0
screenshot lens.png
magnify 0.5 0.5 4 raking
wait settled
screenshot raking.png
stats lens.json
lean-out
wait settled
stats end.json
"""
BRIEF = """
wait ready
lean-in exhibit:{id}
wait settled
expect exhibit = {id}
screenshot close.png
stats close.json
magnify 0.5 0.5 4 beauty
wait settled
expect magnifier.um_per_texel > 0
screenshot lens.png
"""


def run(arguments, **options):
    print("$", " ".join(arguments), flush=True)
    return subprocess.run(arguments, check=False, **options)


def must(arguments, **options):
    result = run(arguments, **options)
    if result.returncode:
        sys.exit(f"exit status {result.returncode}")
    return result


def picture_has_content(path, expected_size):
    """Whether a PNG decodes and is more than one flat colour."""
    with open(path, "rb") as file:
        data = file.read()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", path
    size = struct.unpack(">II", data[16:24])
    assert size == expected_size, (path, size)
    packed, at = b"", 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += length + 12
    return len(set(zlib.decompress(packed)[::97])) > 40


def make_pack(options, packer, folder, pack):
    """The record of the pack made of the scan."""
    words = []
    for name in ("unit", "up"):
        if getattr(options, name):
            words += ["--" + name, getattr(options, name)]
    must([packer, "import", options.scan, *words, "-o", folder])
    must([packer, "build", folder, "-o", pack])
    must([packer, "check", "--quiet", "--draft", pack])
    info = json.loads(must([packer, "info", pack, "--json"], stdout=subprocess.PIPE).stdout)
    print(json.dumps(info["exhibits"][0]["size_mm"]), info["triangles"], "triangles")
    with open(os.path.join(folder, "exhibit.json"), encoding="utf-8") as file:
        record = json.load(file)
    heights = [d["value_mm"] for d in record["dimensions"] if d["kind"] == "height"]
    assert heights, record["dimensions"]
    for height in (heights[0], info["exhibits"][0]["size_mm"]["height"]):
        if options.height_mm:
            assert abs(height / options.height_mm - 1) < 0.01, (height, options.height_mm)
    return record


def visit(options, piece):
    """Carries the visit out and looks at what it brought home."""
    script = BRIEF if options.brief else FULL
    if options.scattered:
        script = re.sub("expect magnifier.*\n", "", script)
    with open(os.path.join(options.work, "visit.txt"), "w", encoding="utf-8") as file:
        file.write(script.format(id=piece))
    programs.visit(options.bin, ["--size", options.size,
                                 *(["--reduced-motion"] if options.brief else []),
                                 "--script", "visit.txt", "piece.vitrine"], options.work)
    size = tuple(int(part) for part in options.size.split("x"))
    for line in script.splitlines():
        if line.startswith("screenshot "):
            name = line.split()[1]
            assert picture_has_content(os.path.join(options.work, name), size), f"{name} is flat"
    with open(os.path.join(options.work, "close.json"), encoding="utf-8") as file:
        stats = json.load(file)
    assert stats["triangles_drawn"] > 1000, stats["triangles_drawn"]
    assert stats["frame_ms"]["count"] > 0
    print("first frame", stats["first_frame_ms"], "ms; triangles", stats["triangles_drawn"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("work")
    parser.add_argument("scan")
    parser.add_argument("--unit")
    parser.add_argument("--up")
    parser.add_argument("--height-mm", type=float)
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--brief", action="store_true")
    parser.add_argument("--scattered", action="store_true")
    options = parser.parse_args()
    if not os.path.exists(options.scan):
        print(f"skipped: {options.scan} is not here")
        return 77
    shutil.rmtree(options.work, ignore_errors=True)
    os.makedirs(options.work)
    record = make_pack(options, os.path.join(options.bin, "vitrine-pack"),
                       os.path.join(options.work, "piece"),
                       os.path.join(options.work, "piece.vitrine"))
    visit(options, record["id"])
    return 0


if __name__ == "__main__":
    sys.exit(main())

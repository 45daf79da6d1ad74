#!/usr/bin/env python3
"""From a scan to a picture, with the programs people use.

    visit_scan.py BIN WORK SCAN [--unit UNIT] [--height-mm N]

Imports the scan, builds, checks and measures the pack, visits it without a display, and looks at
the pictures and numbers that come out. Exit status 77 where the scan or the pictures cannot be had.
"""
import argparse
import json
import os
import shutil
import struct
import subprocess
import sys
import zlib

SCRIPT = """
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


def run(arguments, **options):
    print("$", " ".join(arguments), flush=True)
    return subprocess.run(arguments, check=False, **options)


def must(arguments, **options):
    result = run(arguments, **options)
    if result.returncode:
        sys.exit(f"exit status {result.returncode}")
    return result


def picture_has_content(path):
    """Whether a PNG decodes and is more than one flat colour."""
    with open(path, "rb") as file:
        data = file.read()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", path
    width, height = struct.unpack(">II", data[16:24])
    assert (width, height) == (1280, 720), (path, width, height)
    packed, at = b"", 8
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IDAT":
            packed += data[at + 8:at + 8 + size]
        at += size + 12
    return len(set(zlib.decompress(packed)[::97])) > 40


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("work")
    parser.add_argument("scan")
    parser.add_argument("--unit")
    parser.add_argument("--height-mm", type=float)
    options = parser.parse_args()
    if not os.path.exists(options.scan):
        print(f"skipped: {options.scan} is not here")
        return 77
    shutil.rmtree(options.work, ignore_errors=True)
    os.makedirs(options.work)
    packer = os.path.join(options.bin, "vitrine-pack")
    folder = os.path.join(options.work, "piece")
    pack = os.path.join(options.work, "piece.vitrine")

    unit = ["--unit", options.unit] if options.unit else []
    must([packer, "import", options.scan, *unit, "-o", folder])
    must([packer, "build", folder, "-o", pack])
    must([packer, "check", pack])
    info = json.loads(must([packer, "info", pack, "--json"], stdout=subprocess.PIPE).stdout)
    print(json.dumps(info)[:2000])
    with open(os.path.join(folder, "exhibit.json"), encoding="utf-8") as file:
        record = json.load(file)
    if options.height_mm:
        heights = [d["value_mm"] for d in record["dimensions"] if d["kind"] == "height"]
        assert heights and abs(heights[0] / options.height_mm - 1) < 0.01, heights

    script = os.path.join(options.work, "visit.txt")
    with open(script, "w", encoding="utf-8") as file:
        file.write(SCRIPT.format(id=record["id"]))
    visit = run([os.path.join(options.bin, "vitrine"), "--headless", "--size", "1280x720",
                 "--script", "visit.txt", "piece.vitrine"], cwd=options.work)
    if visit.returncode == 77:
        print("skipped: there is no OpenGL here")
        return 77
    if visit.returncode:
        sys.exit(f"the visit ended with {visit.returncode}")
    for name in ("stand.png", "close.png", "turned.png", "lens.png", "raking.png"):
        assert picture_has_content(os.path.join(options.work, name)), f"{name} is flat"
    with open(os.path.join(options.work, "close.json"), encoding="utf-8") as file:
        stats = json.load(file)
    assert stats["triangles_drawn"] > 1000, stats["triangles_drawn"]
    assert stats["frame_ms"]["count"] > 0
    print("first frame", stats["first_frame_ms"], "ms; triangles", stats["triangles_drawn"])
    return 0


if __name__ == "__main__":
    sys.exit(main())

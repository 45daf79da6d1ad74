#!/usr/bin/env python3
"""What leaning in costs, for packs of any size, as JSON on standard output.

    bench_visit.py BIN PACK... [--rounds N]

BIN is the folder of the built programs. The packs take turns, so that whatever else the machine
does is shared out evenly; of every figure the median of the rounds is told, and for every pack
how its frames compare with the first one's.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

# The view turns: one that does not change is not drawn again.
VISIT = """
wait ready
lean-in
wait settled
stats close.json
measure
orbit 60 0
wait settled
orbit -120 0
wait settled
stats turned.json
"""


def read_json(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return json.load(file)


def visit(program, pack):
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "visit.txt"), "w", encoding="utf-8") as file:
            file.write(VISIT)
        subprocess.run([program, "--headless", "--size", "1280x720", "--script", "visit.txt", pack], cwd=folder, check=True)
        close, turned = read_json(folder, "close.json"), read_json(folder, "turned.json")
    return {
        "first_frame_ms": close["first_frame_ms"],
        "frame_ms": turned["frame_ms"]["median"],
        "frame_p99_ms": turned["frame_ms"]["p99"],
        "triangles_drawn": close["triangles_drawn"],
        "draw_calls": close["draw_calls"],
        "resident_geometry_bytes": turned["resident_bytes"]["geometry"],
        "resident_texture_bytes": turned["resident_bytes"]["texture"],
        "rss_peak_bytes": turned["rss_peak_bytes"],
        "loaded_bytes": turned["loaded"]["bytes"],
        "pixel_error": turned["pixel_error"],
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("packs", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    program = os.path.abspath(os.path.join(options.bin, "vitrine"))
    packs = [os.path.abspath(pack) for pack in options.packs]
    rounds = {pack: [] for pack in packs}
    for _ in range(options.rounds):
        for pack in packs:
            rounds[pack].append(visit(program, pack))
    result = []
    for pack in packs:
        row = {"pack": os.path.basename(pack), "file_bytes": os.path.getsize(pack)}
        for name in rounds[pack][0]:
            row[name] = statistics.median(figures[name] for figures in rounds[pack])
        result.append(row)
    for row in result:
        row["frame_ratio"] = row["frame_ms"] / result[0]["frame_ms"]
        row["rss_ratio"] = row["rss_peak_bytes"] / result[0]["rss_peak_bytes"]
    json.dump({"rounds": options.rounds, "visits": result}, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()

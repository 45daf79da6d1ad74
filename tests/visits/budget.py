#!/usr/bin/env python3
"""Whatever is looked at, pictures never take more than --memory says.

    budget.py BIN WORK SCANS

Packs bare and painted scans, some of them several times, and walks among them with budgets that
are far too small: labels, stories, lenses, other qualities. The most that was ever held, as the
program counts it before each upload, must not exceed the budget; nor may what is asked for be
quietly raised. Exit status 77 where the scans or the pictures cannot be had.
"""
import json
import os
import shutil
import subprocess
import sys

import programs

# Scan, its words for the importer, how many of it.
PIECES = [
    ("man-with-wreath/man_wearing_a_wreath_mm.stl", ["--unit", "mm"], 2),
    ("alto-saxophone/saxophone_draco.glb", [], 2),
    ("ycb-banana/textured_simple_reoriented.obj", ["--unit", "m", "--up", "z"], 3),
]
# MiB, quality, how many of the pieces: fine pictures take their time.
BUDGETS = [(64, "medium", 7), (96, "auto", 7), (128, "high", 2)]

VISIT = """
walk-to exhibit:{id}
wait frames 2
lean-in
wait frames 6
label open
wait frames 1
story open
wait frames 2
story close
magnify 0.5 0.5 {zoom} beauty
wait frames 8
magnify 0.4 0.5 {zoom} raking
wait frames 4
magnify off
expect memory.peak <= {budget}
lean-out
wait frames 1
"""


def must(command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def make_packs(packer, work, scans):
    packs = []
    for scan, words, count in PIECES:
        folder = os.path.join(work, f"piece-{len(packs)}")
        must([packer, "import", os.path.join(scans, scan), *words, "-o", folder])
        for _ in range(count):
            name = f"piece-{len(packs)}"
            with open(os.path.join(folder, "exhibit.json"), encoding="utf-8") as file:
                record = json.load(file)
            record["id"] = name
            with open(os.path.join(folder, "exhibit.json"), "w", encoding="utf-8") as file:
                json.dump(record, file)
            pack = os.path.join(work, name + ".vitrine")
            must([packer, "build", folder, "-o", pack])
            packs.append(pack)
    return packs


def main():
    bin_folder, work, scans = sys.argv[1:4]
    if not all(os.path.exists(os.path.join(scans, scan)) for scan, _, _ in PIECES):
        print("skipped: there are no scans")
        sys.exit(77)
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    packs = make_packs(os.path.join(bin_folder, "vitrine-pack"), work, scans)
    for mib, quality, count in BUDGETS:
        budget = mib << 20
        script = "wait ready\n" + "".join(
            VISIT.format(id=f"piece-{i}", zoom=6 + 4 * i, budget=budget)
            for i in range(count)) + "stats end.json\n"
        with open(os.path.join(work, "visit.txt"), "w", encoding="utf-8") as file:
            file.write(script)
        programs.visit(bin_folder, ["--size", "960x540", "--reduced-motion", "--quality", quality,
                                    "--memory", str(mib), "--script", "visit.txt", *packs], work)
        with open(os.path.join(work, "end.json"), encoding="utf-8") as file:
            memory = json.load(file)["memory"]
        print(mib, "MiB:", {key: round(value / (1 << 20), 1) for key, value in memory.items()})
        if memory["budget"] != budget:
            sys.exit(f"{memory['budget']} bytes instead of the {budget} that were asked for")
        if not memory["used"] <= memory["peak"] <= budget:
            sys.exit("more was held than the budget allows")
        if memory["peak"] < 0.5 * budget:
            sys.exit("the budget is hardly used: what is counted?")


main()

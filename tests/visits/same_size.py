#!/usr/bin/env python3
"""Imports one piece from several formats and compares the sizes, to a thousandth.

    same_size.py BIN WORK FOLDER SCAN[:UNIT] SCAN[:UNIT]...

Exit status 77 where a scan is absent.
"""
import json
import os
import shutil
import subprocess
import sys


def size_of(packer, scan, unit, folder):
    """Width, height and depth in mm as the draft tells them."""
    words = ["--unit", unit] if unit else []
    subprocess.run([packer, "import", scan, *words, "-o", folder], check=True)
    with open(os.path.join(folder, "exhibit.json"), encoding="utf-8") as file:
        return {d["kind"]: d["value_mm"] for d in json.load(file)["dimensions"]}


def main():
    bin_folder, work, scans = sys.argv[1:4]
    shutil.rmtree(work, ignore_errors=True)
    sizes = []
    for number, word in enumerate(sys.argv[4:]):
        name, _, unit = word.partition(":")
        scan = os.path.join(scans, name)
        if not os.path.exists(scan):
            print(f"skipped: {scan} is not here")
            return 77
        sizes.append(size_of(os.path.join(bin_folder, "vitrine-pack"), scan, unit,
                             os.path.join(work, str(number))))
    assert len(sizes) > 1 and set(sizes[0]) == {"width", "height", "depth"}, sizes
    for kind, first in sizes[0].items():
        for other in sizes[1:]:
            assert abs(other[kind] / first - 1) < 0.001, (kind, first, other[kind])
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""The house as it hangs in the README, against pictures that somebody looked at.

    test_views.py BIN house [--renew]

The views of tests/golden/views.txt, of the pack that VITRINE_PACK names, are compared with
docs/pictures/NAME.jpg, with a tolerance: drivers round differently. With --renew these are
written anew: look at them before they are kept. Exit status 77 where there is no OpenGL, or the
collection has not been computed (`cmake --build build/release --target packs`).
"""
import os
import re
import sys

from test_visits import House, run

# Roots of mean squares of blurred pictures, of 255: of all, and of the worst tile of 48 x 48.
SAME, SAME_TILE = 3.0, 16.0

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VIEWS = os.path.join(ROOT, "tests", "golden", "views.txt")
PICTURES = os.path.join(ROOT, "docs", "pictures")


def check_house(house):
    pack = os.environ.get("VITRINE_PACK", "")
    if not os.path.exists(pack):
        print("skipped: the built-in collection has not been computed")
        sys.exit(77)
    with open(VIEWS, encoding="utf-8") as file:
        names = re.findall(r"^screenshot (\S+)\.png$", file.read(), re.M)
    assert len(names) >= 12 and len(set(names)) == len(names)
    house.must("vitrine", "--headless", "--reduced-motion", "--size",
               "1280x720", "--script", VIEWS, pack)
    wrong = []
    for name in names:
        golden = os.path.join(PICTURES, f"{name}.jpg")
        if "--renew" in sys.argv:
            house.must("vitrine-picture-compare", f"{name}.png", "--jpeg", golden)
        words = house.must("vitrine-picture-compare", f"{name}.png", golden).stdout.split()
        error, tile = float(words[0]), float(words[1])
        if error > SAME or tile > SAME_TILE:
            wrong.append(f"{name} ({error} in all, {tile} at {words[2]}, {words[3]})")
    assert not wrong, "not as they hang in the README: " + "; ".join(wrong)


if __name__ == "__main__":
    run({"house": check_house})

#!/usr/bin/env python3
"""Whole visits by one kind of hands alone, through the devices as SDL tells of them.

    test_hands.py BIN WHAT

WHAT is "keys", "touch" or "pad": choose a language, walk to a piece, lean in, magnify, find a detail,
follow two steps of a tour and leave it; "moved": the same keys elsewhere, by the controls screen alone;
"buttons": Tab, arrows and the pad go through the buttons over the picture, which are large enough for
fingers. Exit status 77 where pictures cannot be had.
"""
import json
import os
import shutil

from test_tours import STORY, WALK, change
from test_visits import run, write_cube

SIZE = ["--size", "1280x720"]


def build(house):
    """Two painted cubes with a story, fine enough for a lens, and a tour."""
    write_cube(house, 40, 1024)
    house.must("vitrine-pack", "import", "cube.obj", "--unit", "mm", "-o", "house/ball-0")
    with open(house.path("house/ball-0/story.json"), "w", encoding="utf-8") as file:
        json.dump(STORY, file)
    shutil.copytree(house.path("house/ball-0"), house.path("house/ball-1"))
    for i in range(2):
        change(house.path(f"house/ball-{i}/exhibit.json"),
               {"id": f"ball-{i}", "title": {"en": f"Piece {i}"}})
    house.must("vitrine-pack", "layout", "house")
    os.mkdir(house.path("house/tours"))
    with open(house.path("house/tours/walk.json"), "w", encoding="utf-8") as file:
        json.dump(WALK, file)
    house.must("vitrine-pack", "build", "house", "-o", "house.vitrine", "--cache", "cache")


def key(*names):
    """Pressed and let go, one after the other."""
    return [line for name in names for line in (f"key down {name}", f"key up {name}")]


def hold(down, seconds, up):
    return [down, f"wait {seconds}", up]


def button(*names):
    return [line for name in names for line in (f"button down {name}", f"button up {name}")]


def tap(x, y):
    return [f"finger down 1 {x} {y}", "finger up 1"]


def pinch(x, y, start, end, steps=6):
    """Two fingers beside a place, from so far apart to so far."""
    def at(verb, half):
        return [f"finger {verb} 1 {x - half:.3f} {y}", f"finger {verb} 2 {x + half:.3f} {y}"]
    lines = at("down", start / 2)
    for i in range(1, steps + 1):
        lines += at("move", (start + (end - start) * i / steps) / 2)
    return [*lines, "finger up 1", "finger up 2"]


def drag(x, y, to_x, to_y, steps=6):
    moves = [f"finger move 1 {x + (to_x - x) * i / steps:.3f} {y + (to_y - y) * i / steps:.3f}"
             for i in range(1, steps + 1)]
    return [f"finger down 1 {x} {y}", *moves, "finger up 1"]


def visit(house, lines, *more):
    result = house.visit(["wait ready", *lines], "house.vitrine", *SIZE, *more)
    assert result.returncode == 0, result.stderr


BEGIN = ["screen welcome", "wait frames 2", "expect screen.name = welcome"]
CHOSEN = ["expect screen.name = none", "expect language = de", "wait settled"]
AT_PIECE = ["wait settled", "expect exhibit = ball-0", "expect visitor.state = walking"]
CLOSE = ["wait settled", "expect visitor.state = close", "expect details_found = 0"]
MAGNIFIED = ["wait settled", "expect magnifier.zoom > 2.5"]
FOUND = ["wait settled", "expect detail = wave", "expect details_found = 1"]
TOURED = ["wait tour told", "expect tour.step = 1"]
ON_TOUR = ["wait tour told", "expect tour.step = 2", "expect exhibit = ball-0"]
ON_TOUR_STILL = ["wait tour told", "expect tour.step = 3", "expect detail = wave"]


def hands_keys(house):
    build(house)
    visit(house, [
        *BEGIN, *key("Down"), "expect screen.focus = ar", *key("Down"), *key("Enter"), *CHOSEN,
        "stats here.json", *hold("key down W", 0.4, "key up W"), "stats there.json",
        *key("M"), "expect map.state = open", *key("Up"), "expect map.focus = ball-0",
        *key("Enter"), *AT_PIECE,
        *key("E"), *CLOSE,
        *key("G"), "wait 0.3", *hold("key down Plus", 1.5, "key up Plus"), *MAGNIFIED,
        *key("Esc"), *key("Period"), *FOUND, "screenshot found.png",
        *key("Esc"), "wait settled", "expect detail = \"\"", *key("Esc"), "wait settled",
        "expect visitor.state = walking",
        *key("U"), *TOURED, *key("Period"), *ON_TOUR, *key("Period"), *ON_TOUR_STILL,
        *key("Esc"), "expect tour.state = left",
    ])
    here, there = (house.stats(name)["visitor"] for name in ("here.json", "there.json"))
    assert (here["x"], here["z"]) != (there["x"], there["z"])


def hands_touch(house):
    build(house)
    visit(house, [
        *BEGIN, "touch de", *CHOSEN, "expect hud.least_px >= 44",
        "stats before.json", *drag(0.5, 0.5, 0.3, 0.5), "stats after.json",
        "touch map", "wait 0.2", "expect map.state = open", "touch ball-0", "wait 0.2",
        "expect map.focus = ball-0", "touch map-go", *AT_PIECE,
        *tap(0.5, 0.45), *CLOSE, "expect hud.least_px >= 44",
        "touch size-lens", "wait settled", "expect magnifier.zoom >= 2", "touch lens-stronger",
        "touch lens-stronger", *MAGNIFIED, "expect hud.least_px >= 44", "screenshot lens.png",
        "stats strong.json", *pinch(0.5, 0.5, 0.18, 0.09), "wait settled", "stats weak.json", "touch lens-pin",
        "expect magnifier.pinned = true", "touch size-lens", "wait settled", "expect magnifier.zoom = 0",
        "touch size-details", *FOUND, "expect hud.least_px >= 44", "screenshot found.png",
        "touch detail-leave", "wait settled", "expect detail = \"\"",
        *tap(0.03, 0.4), "wait settled", "expect visitor.state = walking",
        "touch tour-begin", *TOURED, "expect hud.least_px >= 44", "touch tour-on", *ON_TOUR,
        "touch tour-on", *ON_TOUR_STILL, "screenshot tour.png", "touch tour-end", "wait settled",
        "expect tour.state = off",
    ])
    before, after = (house.stats(name)["visitor"] for name in ("before.json", "after.json"))
    assert before["yaw"] != after["yaw"]
    strong, weak = (house.stats(name)["magnifier"] for name in ("strong.json", "weak.json"))
    assert weak["zoom"] < 0.8 * strong["zoom"], (strong, weak)
    # Where pixels' size is known, 15 mm.
    visit(house, ["display 320 180", "screen welcome", "wait frames 2", "touch en", "wait settled",
                  "expect hud.least_px >= 59", "touch menu", "wait frames 2", "touch help", "touch back",
                  "touch continue", "expect screen.name = none"])


def hands_pad(house):
    build(house)
    visit(house, [
        *BEGIN, *button("down", "down", "a"), *CHOSEN,
        "stats here.json", *hold("stick left 0 -1", 0.4, "stick left 0 0"), "stats there.json",
        *button("up"), "expect map.state = open", *button("up"), "stick left 1 0", "stick left 0 0",
        "expect map.focus = ball-1", *button("left"), "expect map.focus = ball-0", *button("a"), *AT_PIECE,
        *button("a"), *CLOSE,
        "stats far.json", *hold("trigger right 1", 0.4, "trigger right 0"), "wait settled", "stats near.json",
        *button("x"), "wait 0.3", *hold("button down right-shoulder", 1.5, "button up right-shoulder"),
        *MAGNIFIED, *hold("stick right 0.6 0", 0.2, "stick right 0 0"), *button("x"), "wait settled",
        "expect magnifier.zoom = 0", *button("right"), *FOUND,
        *button("b"), "wait settled", "expect detail = \"\"", *button("b"), "wait settled",
        "expect visitor.state = walking",
        *button("left-shoulder"), *TOURED, *button("right"), *ON_TOUR, *button("right"), *ON_TOUR_STILL,
        *button("b"), "expect tour.state = left",
        *button("start"), "expect screen.name = menu", *button("b"), "expect screen.name = none",
    ])
    here, there = (house.stats(name)["visitor"] for name in ("here.json", "there.json"))
    assert (here["x"], here["z"]) != (there["x"], there["z"])
    far, near = (house.stats(name)["picture"]["pixel_um"] for name in ("far.json", "near.json"))
    assert near < 0.95 * far


def hands_moved(house):
    """The magnifier goes to Q and the right shoulder, by keys alone and by the pad alone."""
    build(house)
    visit(house, [
        "screen controls", "wait frames 2", *key("Down"), "choose key-magnifier",
        "wait frames 2", "expect screen.focus = as-it-was",
        *key("Tab"), "expect screen.focus = key-magnifier",  # Tab stays what it is
        "choose key-magnifier", *key("Esc"), "expect screen.name = controls",
        "choose key-magnifier", *key("Q"), "expect screen.focus = key-magnifier",
        *key("Esc"), "expect screen.name = none", "lean-in exhibit:ball-0", "wait settled",
        *key("G"), "wait 0.2", "expect magnifier.zoom = 0", *key("Q"), "wait settled",
        "expect magnifier.zoom >= 2", *key("Q"), "wait 0.2", "expect magnifier.zoom = 0", "lean-out",
        "screen controls", "wait frames 2", *button("right-shoulder"), "choose pad-magnifier",
        *button("right-shoulder"), "expect screen.focus = pad-magnifier", *button("b"),
        "lean-in exhibit:ball-0", "wait settled", *button("right-shoulder"), "wait settled",
        "expect magnifier.zoom >= 2",
    ], "--settings", "kept.json")
    with open(house.path("kept.json"), encoding="utf-8") as file:
        kept = json.load(file)
    assert kept["keys"] == {"G": "Q", "Q": "G"}, kept
    assert kept["buttons"] == {"x": "right-shoulder", "right-shoulder": "x"}, kept
    # It is there again the next time, and as usual when one says so.
    visit(house, ["lean-in exhibit:ball-0", "wait settled", *key("Q"), "wait settled",
                  "expect magnifier.zoom >= 2", *key("Esc"), "screen controls", "wait frames 2",
                  "choose reset", *key("Esc"), *key("G"), "wait settled", "expect magnifier.zoom >= 2"],
          "--settings", "kept.json")
    with open(house.path("kept.json"), encoding="utf-8") as file:
        assert "keys" not in json.load(file)


def hands_buttons(house):
    build(house)
    visit(house, [
        "lean-in exhibit:ball-0", "wait settled", *key("Tab"), "expect hud.focus = size-picture",
        *key("Tab"), "expect hud.focus = size-parallel", *key("Left"), *key("Left"),
        "expect hud.focus = size-compare", "stats before.json", *key("Right"), "stats after.json",
        "expect hud.focus = size-mood", *key("Enter"), "wait 0.3", "expect mood = true",
        *key("Esc"), "expect hud.focus = \"\"", "expect visitor.state = close",
        *button("back"), "expect hud.focus != \"\"", *button("down"), *button("back"),
        "expect hud.focus = \"\"", *button("back", "left", "left", "a"), "expect mood = false", *button("b"),
        "expect hud.focus = \"\"", "expect visitor.state = close", *button("b"), "wait settled",
        "expect visitor.state = walking",
    ])


if __name__ == "__main__":
    run({"keys": hands_keys, "touch": hands_touch, "pad": hands_pad, "moved": hands_moved,
         "buttons": hands_buttons})

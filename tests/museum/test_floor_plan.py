#!/usr/bin/env python3
"""The floor plan of a house of a few rooms, by keys, mouse, fingers and script.

    test_floor_plan.py BIN WHAT

WHAT is "keys": opened, gone through and walked by keys alone; "hands": by mouse and by taps;
"tours": the way of a tour, and how one
begins it; "cuts": far ways are faded over, and cut where motion is reduced; "lobby": three packs are one
house with a lobby.
Exit status 77 where pictures cannot be had.
"""
import json
import os
import shutil

from test_visits import House, read_png, run

PIECES = 20


def build(house):
    """Twenty balls: three rooms."""
    house.make_folder("house/ball-00", count=12)
    first = house.path("house/ball-00")
    for i in range(PIECES):
        folder = house.path(f"house/ball-{i:02}")
        if i:
            shutil.copytree(first, folder)
        record = os.path.join(folder, "exhibit.json")
        with open(record, encoding="utf-8") as file:
            text = json.load(file)
        text["id"] = f"ball-{i:02}"
        text["title"] = {"en": f"Ball number {i}", "ar": f"الكرة رقم {i}"}
        with open(record, "w", encoding="utf-8") as file:
            json.dump(text, file)
    house.must("vitrine-pack", "build", "house", "-o", "house.vitrine", "--cache", "cache")


def visit(house, lines, *more):
    result = house.visit(["wait ready", *lines], "house.vitrine", *more)
    assert result.returncode == 0, result.stderr


def ink(path):
    """The share of dark pixels."""
    width, height, rgb = read_png(path)
    step = len(rgb) // (width * height)
    return sum(max(rgb[i:i + 3]) < 90 for i in range(0, len(rgb), step)) / (width * height)


def plan_keys(house):
    build(house)
    visit(house, [
        "wait settled", "expect map.state = closed", "expect rooms = 3", "expect map.visited = 1",
        "expect room = room-1", "press M", "expect map.state = open", "screenshot plan.png",
        # It is a sheet of its own: one does not walk meanwhile.
        "stats before.json", "press W", "wait 0.5", "stats after.json",
        "press Tab", "expect map.focus = room-2", "press Tab", "press Tab",
        "expect map.focus = room-1", "press PageUp", "expect map.focus = room-3",
        "press Home", "press Escape", "expect map.state = closed",
        "press M", "press Tab", "press Enter", "wait settled", "expect map.state = closed",
        "expect room = room-2", "expect map.visited = 2",
        # From leaning in, too; back where one stood.
        "lean-in exhibit:ball-09", "press M", "expect map.state = open",
        "press Up", "press Enter", "wait settled", "expect visitor.state = walking",
        "press M", "press H", "expect map.state = closed", "press H",
    ], "--size", "960x600")
    for name in ("x", "z"):
        assert house.stats("before.json")["visitor"][name] == house.stats("after.json")["visitor"][name]
    assert 0.005 < ink(house.path("plan.png")) < 0.2


def plan_hands(house):
    build(house)
    # The close button; a room's row of the index; pieces by taps: the first shows, the second goes.
    visit(house, [
        "press M", "wait 0.2", "click 0.93 0.08", "wait 0.2", "expect map.state = closed",
        "press M", "wait 0.2", "click 0.85 0.2", "wait settled", "expect map.state = closed",
        "expect exhibit != ''",
        "tap 0.6 0.2", "wait settled", "expect story = closed", "expect visitor.state = walking", "tap 0.95 0.06", "wait 0.2", "expect map.state = open",
        "stats open.json", "tap 0.85 0.36", "wait 0.2", "expect map.state = open", "stats shown.json",
        "tap 0.85 0.36", "wait settled", "expect map.state = closed",
        "press M", "press Escape", "wait 0.2", "expect map.state = closed",
    ], "--size", "960x600")
    assert house.stats("shown.json")["map"]["focus"] != ""
    # Written from the right, the index and the button are on the left.
    visit(house, ["press M", "wait 0.2", "click 0.07 0.08", "wait 0.2", "expect map.state = closed"],
          "--size", "960x600", "--language", "ar")


def plan_tours(house):
    """The way of a tour is shown by keys, pad, mouse and fingers, and begun by each."""
    build(house)
    os.makedirs(house.path("house/tours"))
    steps = [{"piece": f"ball-{i:02}", "dwell_s": 60, "caption": {"en": "A ball."}} for i in (0, 3, 19)]
    with open(house.path("house/tours/walk.json"), "w", encoding="utf-8") as file:
        json.dump({"id": "walk", "title": {"en": "A walk"}, "steps": steps}, file)
    house.must("vitrine-pack", "build", "house", "-o", "house.vitrine", "--cache", "cache")
    lines = ["press M", "wait 0.2", "expect map.tour != walk", "screenshot bare.png", "press U",
             "expect map.tour = walk", "wait 0.2", "screenshot way.png", "expect map.focus != room-1",
             "press Tab", "expect map.tour != walk", "press U", "press Enter", "wait 0.2",
             "expect map.state = closed", "expect tour.id = walk", "press M", "wait 0.2",
             "expect map.tour = walk",  # one has left it for a moment
             "press Escape", "tour end",
             "press M", "pad y", "expect map.tour = walk", "pad a", "wait 0.2",
             "expect tour.id = walk", "tour end"]
    visit(house, lines, "--reduced-motion")
    assert differ(house.path("bare.png"), house.path("way.png")) > 0.003
    # Rows: three rooms and then a heading; higher for fingers, which show before they go.
    row, high = (f"0.85 {(46 + 26 + 20 + height * 5.5) / 600:.3f}" for height in (27, 44))
    visit(house, ["press M", "wait 0.2", "tap 0.3 0.96", "wait 0.2", f"tap {high}", "wait 0.2",
                  "expect map.tour = walk", "expect map.state = open", f"tap {high}", "wait 0.2",
                  "expect tour.id = walk", "tour end", "press M", "wait 0.2", f"click {row}", "wait 0.2",
                  "expect tour.id = walk"], "--size", "960x600", "--reduced-motion")


def differ(one, other):
    """The share of pixels that are not alike."""
    width, height, a = read_png(one)
    b = read_png(other)[2]
    step = len(a) // (width * height)
    return sum(a[i:i + 3] != b[i:i + 3] for i in range(0, len(a), step)) / (width * height)


def plan_cuts(house):
    build(house)
    for more in ([], ["--reduced-motion"]):
        visit(house, [
            "map room:room-3", "expect room = room-3", "expect map.visited >= 2",
            "map exhibit:ball-00", "wait settled", "expect exhibit = ball-00",
            "map open", "expect map.state = open", "map close", "expect map.state = closed",
        ], *more)
    bad = house.visit(["wait ready", "map room:attic"], "house.vitrine")
    assert bad.returncode == 1 and "attic" in bad.stderr


def plan_lobby(house):
    build(house)
    house.must("vitrine-pack", "layout", "house")
    house.must("vitrine-pack", "build", "house", "-o", "rooms.vitrine", "--cache", "cache")
    house.make_pack("single", count=12)
    # One brings rooms, one is laid out, one piece is alone; ids that are the same get a number.
    lines = ["wait ready", "expect room = lobby", "expect exhibits = 41", "expect rooms = 8",
             "map exhibit:ball-03", "wait settled", "expect exhibit = ball-03",
             "map exhibit:ball-03-2", "wait settled", "expect exhibit = ball-03-2",
             "map exhibit:single", "wait settled", "expect exhibit = single",
             "expect map.visited >= 3", "map room:lobby", "expect room = lobby"]
    result = house.visit(lines, "rooms.vitrine", "house.vitrine", "single.vitrine",
                         "--reduced-motion")
    assert result.returncode == 0, result.stderr
    # Packs of a piece each are laid out together, as one gallery.
    result = house.visit(["wait ready", "expect room = room-1", "expect rooms = 1"],
                         "single.vitrine", "single.vitrine")
    assert result.returncode == 0, result.stderr


PLANS = {"lobby": plan_lobby, "tours": plan_tours, "keys": plan_keys, "hands": plan_hands, "cuts": plan_cuts}


if __name__ == "__main__":
    run(PLANS)

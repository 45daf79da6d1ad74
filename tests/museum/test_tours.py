#!/usr/bin/env python3
"""Guided tours, without a display.

    test_tours.py BIN WHAT

WHAT is "played": a pack's own tour to its end, paused, left by walking and joined again;
"proposed": a house without one gets one, and stories bring theirs; "recorded": a visit becomes a
file that is played again; "checked": what is wrong with a tour is said, with its place;
"joined": the tours of two packs go through one house; "found": details are found by the lens, too;
"kept": and are found in the next visit; "marks": how they are marked on the piece.
Exit status 77 where pictures cannot be had.
"""
import json
import math
import os
import shutil

from test_visits import House, run

STORY = {
    "label": {"en": "A ball."},
    "hotspots": [
        {"id": "wave", "point_mm": [0, 0, 20], "normal": [0, 0, 1], "title": {"en": "A wave"},
         "text": {"en": "It is wavy."}, "kind": "technique",
         "view": {"azimuth_deg": 10, "elevation_deg": 5, "distance_mm": 80}, "lens": "raking",
         "light": {"azimuth_deg": 40, "elevation_deg": 20}, "magnification": 3},
        {"id": "side", "point_mm": [20, 0, 0], "normal": [1, 0, 0], "title": {"en": "A side"},
         "text": {"en": "It has sides."}, "kind": "symbol"}],
    "tours": [{"id": "minute", "title": {"en": "A minute"}, "steps": [
        {"dwell_s": 2, "text": {"en": "All of it."}}, {"hotspot": "wave", "dwell_s": 2}]}],
}

WALK = {
    "id": "walk", "title": {"en": "A walk"}, "steps": [
        {"room": "room-1", "dwell_s": 2, "caption": {"en": "Come in."}},
        {"piece": "ball-0", "dwell_s": 3, "caption": {"en": "A ball."}},
        {"piece": "ball-0", "hotspot": "wave", "dwell_s": 3, "caption": {"en": "Wavy."}},
        {"piece": "ball-1", "way": "cut", "dwell_s": 3, "caption": {"en": "Another."}},
        {"piece": "ball-1", "dwell_s": 2, "lens": "beauty", "magnification": 2,
         "view": {"azimuth_deg": 90, "elevation_deg": 0, "distance_mm": 90,
                  "target_mm": [18, 0, 0]}, "caption": {"en": "From its side."}}],
}


def change(path, values):
    with open(path, encoding="utf-8") as file:
        text = json.load(file)
    text.update(values)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(text, file)


def build(house, name, walk=None, story=None):
    """Two balls, perhaps with a tour."""
    house.make_folder(f"{name}/ball-0", story=story, count=16)
    shutil.copytree(house.path(f"{name}/ball-0"), house.path(f"{name}/ball-1"))
    for i in range(2):
        change(house.path(f"{name}/ball-{i}/exhibit.json"),
               {"id": f"ball-{i}", "title": {"en": f"Ball {i}"}})
    house.must("vitrine-pack", "layout", name)
    if walk:
        os.mkdir(house.path(f"{name}/tours"))
        with open(house.path(f"{name}/tours/walk.json"), "w", encoding="utf-8") as file:
            json.dump(walk, file)
    house.must("vitrine-pack", "build", name, "-o", f"{name}.vitrine", "--cache", "cache")


def visit(house, lines, *arguments):
    result = house.visit(["wait ready", *lines], *arguments)
    assert result.returncode == 0, result.stderr


def tours_played(house):
    build(house, "house", WALK, STORY)
    house.must("vitrine-pack", "check", "--draft", "house.vitrine")
    visit(house, [
        "wait settled", "expect tour.state = off", "tour walk", "expect tour.steps = 5",
        "wait tour told", "expect tour.step = 1", "expect room = room-1",
        "tour next", "wait tour told", "expect exhibit = ball-0", "expect visitor.state = close",
        "expect label = closed", "expect magnifier.zoom = 0",
        # Paused, it stays as long as one likes.
        "press Space", "expect tour.state = paused", "wait 5", "expect tour.step = 2",
        "press Space", "expect tour.state = telling",
        "press Period", "wait tour told", "expect detail = wave", "expect magnifier.mode = raking",
        "expect details_found = 1", "expect light_azimuth = 40",
        # Who walks is free, and comes back to where the tour was left.
        "press Escape", "expect tour.state = left", "expect visitor.state = close", "lean-out",
        "stroll back 0.5", "lean-in exhibit:ball-1", "expect tour.state = left",
        "press U", "wait tour told", "expect tour.step = 3", "expect exhibit = ball-0",
        "expect detail = wave",
        "press Comma", "wait tour told", "expect tour.step = 2", "expect magnifier.zoom = 0",
        "stroll left 0.2", "expect tour.state = left", "tour rejoin", "wait tour told",
        # By itself to its end.
        "wait tour over", "expect tour.state = off", "wait settled",
        "expect visitor.state = walking", "expect details_found_in_all = 1",
    ], "house.vitrine")
    # Where motion is reduced it cuts; by the command line it begins by itself.
    visit(house, ["wait tour told", "expect tour.id = walk", "tour next", "wait tour told",
                  "expect exhibit = ball-0", "tour next", "tour next", "wait tour told",
                  "expect exhibit = ball-1", "tour next", "wait tour told",
                  "expect magnifier.mode = beauty", "tour end"],
          "house.vitrine", "--tour", "walk", "--reduced-motion")
    unknown = house.visit(["wait ready"], "house.vitrine", "--tour", "wlak")
    assert unknown.returncode == 1
    assert "no tour is called 'wlak'; there are: walk, ball-0-minute" in unknown.stderr


def tours_proposed(house):
    build(house, "house", story=STORY)
    visit(house, ["expect tours = 3", "press U", "expect tour.id = house", "wait tour told",
                  "expect exhibit = ball-0", "tour next", "wait tour told",
                  "expect detail = wave", "tour end", "tour ball-1-minute", "wait tour told",
                  "expect exhibit = ball-1", "wait tour over", "expect details_found_in_all = 2"],
          "house.vitrine", "--tour", "first")


def tours_recorded(house):
    build(house, "house", story=STORY)
    visit(house, ["wait settled", "wait 4", "lean-in exhibit:ball-0", "wait 3", "detail wave",
                  "wait 4", "detail leave", "orbit 50 5", "wait 0.5",
                  "magnify 0.5 0.5 2 raking 60 15", "wait settled", "wait 3", "lean-out"],
          "house.vitrine", "--record", "mine.json")
    with open(house.path("mine.json"), encoding="utf-8") as file:
        mine = json.load(file)
    steps = mine["steps"]
    assert steps[0]["room"] == "room-1" and steps[0]["dwell_s"] > 3
    assert [step.get("hotspot") for step in steps[1:4]] == [None, "wave", None], steps
    lens = next(step for step in steps if step.get("lens"))
    assert lens["lens"] == "raking" and abs(lens["light"]["azimuth_deg"] - 60) < 1
    assert "point_mm" in lens and "view" in lens
    for step in steps:
        assert step["caption"]["en"].startswith("FILL IN")
        step["caption"] = {"en": "Now it is told."}
        step["dwell_s"] = 2
    with open(house.path("mine.json"), "w", encoding="utf-8") as file:
        json.dump(mine, file)
    at = steps.index(lens) + 1
    visit(house, ["wait tour told", *["tour next", "wait tour told"] * (at - 1),
                  f"expect tour.step = {at}", "expect magnifier.mode = raking",
                  "expect exhibit = ball-0", "wait tour over"],
          "house.vitrine", "--tour", "./mine.json")
    # It may go into the pack as it is.
    os.mkdir(house.path("house/tours"))
    shutil.copy(house.path("mine.json"), house.path("house/tours/mine.json"))
    house.must("vitrine-pack", "check", "--draft", "house")


def tours_checked(house):
    build(house, "house", WALK, STORY)
    path = house.path("house/tours/walk.json")

    def refused(values, *words):
        with open(path, "w", encoding="utf-8") as file:
            json.dump({**WALK, **values}, file)
        for verb in (["check", "house"], ["build", "house", "-o", "no.vitrine"]):
            result = house.run("vitrine-pack", *verb)
            assert result.returncode == 1
            for word in words:
                assert word in result.stdout + result.stderr, word
        assert not os.path.exists(house.path("no.vitrine"))

    refused({"steps": [{"piece": "toad"}]}, "tours/walk.json", "steps[0]", 'no piece "toad"')
    refused({"steps": [{"piece": "ball-0", "hotspot": "ear"}]}, 'no hotspot "ear"')
    refused({"steps": [{"room": "attic"}]}, 'no room "attic"')
    refused({"steps": [{"caption": {"en": "Where?"}}]}, '"room" or a "piece"')
    refused({"steps": [{"piece": "ball-0", "caption": {"en": "x"},
                        "narration": {"en": "walk.opus"}}]}, "tours/walk.opus")
    refused({"steps": [{"piece": "ball-0", "narration": {"en": "walk.opus"}}]}, "written down")
    refused({"title": None}, "title")
    shutil.copy(path, house.path("house/tours/again.json"))
    with open(path, "w", encoding="utf-8") as file:
        json.dump(WALK, file)
    shutil.copy(path, house.path("house/tours/again.json"))
    twice = house.run("vitrine-pack", "check", "house")
    assert twice.returncode == 1 and 'the id "walk" already' in twice.stdout + twice.stderr


def tours_joined(house):
    build(house, "one", {**WALK, "steps": [step for step in WALK["steps"] if "hotspot" not in step]})
    build(house, "two", {**WALK, "title": {"en": "Another walk"}, "steps": WALK["steps"][:2]})
    for name in ("one", "two"):  # three pieces have a wing of their own
        shutil.copytree(house.path(f"{name}/ball-0"), house.path(f"{name}/ball-2"))
        change(house.path(f"{name}/ball-2/exhibit.json"), {"id": "ball-2"})
        house.must("vitrine-pack", "layout", name, "--force")
        house.must("vitrine-pack", "build", name, "-o", f"{name}.vitrine", "--cache", "cache")
    visit(house, ["expect tours = 2", "tour walk", "wait tour told", "expect room = wing-1-room-1",
                  "tour end", "tour walk-2", "wait tour told", "expect room = wing-2-room-1",
                  "tour next", "wait tour told", "expect exhibit = ball-0-2", "tour end"],
          "one.vitrine", "two.vitrine")


def tours_found(house):
    """Who holds the lens over a detail has found it; each counts once."""
    near = {**STORY["hotspots"][0], "id": "near", "point_mm": [0.6, 0, 20], "view": None,
            "magnification": None}
    story = {**STORY, "hotspots": [*STORY["hotspots"], near]}
    build(house, "house", story=story)
    visit(house, ["lean-in exhibit:ball-0", "wait settled", "expect details_found = 0",
                  "detail wave", "wait settled", "expect details_found = 2",
                  "detail near", "wait settled", "detail leave", "expect details_found = 2",
                  "detail side", "wait settled", "expect details_found = 3", "lean-out",
                  "lean-in exhibit:ball-1", "expect details_found = 0",
                  "expect details_found_in_all = 3"], "house.vitrine")


def spot(name, point, **more):
    return {"id": name, "point_mm": point, "normal": [0, 0, 1], "title": {"en": f"Detail {name}"},
            "text": {"en": "There it is."}, "kind": "symbol", **more}


def tours_kept(house):
    """What was found in one visit is found in the next, and nowhere else."""
    build(house, "house", story=STORY)
    settings = ["--settings", "kept/settings.json"]
    visit(house, ["lean-in exhibit:ball-0", "wait settled", "expect details_found = 0",
                  "detail wave", "wait settled", "expect details_found = 1", "lean-out",
                  "wait settled"], "house.vitrine", *settings)
    again = ["lean-in exhibit:ball-0", "wait settled", "expect details_found = 1",
             "expect details_found_in_all = 1"]
    visit(house, again, "house.vitrine", *settings)
    os.rename(house.path("house.vitrine"), house.path("renamed.vitrine"))
    visit(house, again, "renamed.vitrine", *settings)
    visit(house, ["expect details_found_in_all = 0"], "renamed.vitrine")
    # A cabinet that is none is kept aside, and another is begun.
    with open(house.path("kept/settings-cabinet.sqlite"), "wb") as file:
        file.write(b"no cabinet" * 100)
    visit(house, ["expect details_found_in_all = 0", *again[:2], "detail wave", "wait settled"],
          "renamed.vitrine", *settings)
    assert os.path.exists(house.path("kept/settings-cabinet.sqlite.broken"))
    visit(house, again, "renamed.vitrine", *settings)


def tours_marks(house):
    """Many details are few marks; what is behind is hinted at; near ones part, or are listed."""
    turn = math.pi * (3 - math.sqrt(5))
    many = []
    for i in range(256):
        y = 1 - (2 * i + 1) / 256
        ring = math.sqrt(1 - y * y)
        many.append(spot(f"d{i}", [20 * ring * math.cos(turn * i), 20 * y, 20 * ring * math.sin(turn * i)]))
    build(house, "many", story={"label": {"en": "A ball."}, "hotspots": many})
    lines = ["lean-in exhibit:ball-0", "wait settled", "expect details = 256", "expect marks > 20",
             "expect marks <= 64", "expect mark_clusters > 5", "expect marks_hidden > 5",
             "screenshot many.png", "wait frames 4", "measure", "wait frames 20",
             "expect most.allocations = 0", "expect most.draw_calls < 120",
             # None is where the lens is.
             "magnify 0.5 0.5 2 beauty", "wait settled", "magnify size 0.45", "wait settled",
             "expect marks < 40", "magnify off", "zoom 0.5", "wait settled", "expect marks <= 64"]
    visit(house, lines, "many.vitrine", "--size", "1280x720", "--quality", "low")
    # Two that are near each other, at the front: one mark, until one is near enough.
    pair = [spot("left", [-0.5, 0, 20.9]), spot("right", [0.5, 0, 20.9])]
    build(house, "pair", story={"label": {"en": "A ball."}, "hotspots": pair})
    visit(house, ["lean-in exhibit:ball-0", "press L", "wait settled", "detail left", "wait settled",
                  "detail leave", "wait settled", "expect marks = 1", "expect mark_clusters = 1",
                  "screenshot pair.png", "stats pair.json"],
          "pair.vitrine", "--size", "960x600", "--quality", "low")


if __name__ == "__main__":
    run({"played": tours_played, "proposed": tours_proposed, "recorded": tours_recorded,
         "checked": tours_checked, "joined": tours_joined, "found": tours_found, "kept": tours_kept,
         "marks": tours_marks})

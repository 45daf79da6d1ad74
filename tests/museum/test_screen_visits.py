#!/usr/bin/env python3
"""Screens in the museum itself: what is chosen on them happens.

WHAT is "keys": by keyboard alone from the menu to a piece; "pad": by gamepad alone to the settings, which
are kept; "words": another language while the museum is open."""
import json

from test_floor_plan import build, visit
from test_visits import run


def screen_keys(house):
    build(house)
    visit(house, [
        "press Escape", "wait frames 2", "expect screen.name = menu", "expect screen.focus = continue",
        "press Down", "press Down", "press Enter", "expect screen.name = search",
        "type \"number 9\"", "press Enter", "expect screen.name = none", "wait settled",
        "expect exhibit = ball-09",
        "press F1", "expect screen.name = help", "press Tab", "press Tab", "press Escape",
        "expect screen.name = none",
    ])


def screen_pad(house):
    build(house)
    visit(house, [
        "pad start", "expect screen.name = menu", "choose settings", "expect screen.name = settings",
        "choose motion", "pad down", "pad right", "pad b", "expect screen.name = menu",
        "pad b", "expect screen.name = none", "wait settled",
    ], "--settings", "kept.json")
    with open(house.path("kept.json"), encoding="utf-8") as file:
        kept = json.load(file)
    assert kept["reduced_motion"] is True, kept
    assert kept["eye_height_m"] > 1.62, kept


def screen_words(house):
    build(house)
    visit(house, [
        "screen welcome", "choose ar", "expect screen.name = none", "expect language = ar",
        "screen menu", "wait frames 4", "stats first.json", "wait frames 20", "stats last.json",
    ])
    layouts = [house.stats(name)["screen"]["layouts"] for name in ("first.json", "last.json")]
    assert layouts[0] == layouts[1] > 0, layouts


if __name__ == "__main__":
    run({"keys": screen_keys, "pad": screen_pad, "words": screen_words})

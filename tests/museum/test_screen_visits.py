#!/usr/bin/env python3
"""Screens in the museum itself: what is chosen on them happens.

WHAT is "keys": by keyboard alone from the menu to a piece; "pad": by gamepad alone to the settings, which
are kept; "words": another language while the museum is open; "tongues": labels, signs and titles in the rooms
follow it, and after twenty of them no byte of pictures is left; "aloud": what is said of it on the way."""
import json

from test_floor_plan import build, visit
from test_visits import mean_error, read_png, run


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


def speak(tag):
    return ["screen welcome", f"choose {tag}", "wait settled"]


def screen_tongues(house):
    build(house)
    # Pictures of text over the picture are kept for a while: 260 frames.
    forget = ["wait frames 260", "wait settled"]
    stand = ["walk-to exhibit:ball-00", "wait settled"]
    lines = [*stand, *speak("en"), *forget, "stats before.json", "screenshot en.png"]
    for tag in ["ar", "de", "ja", "ar"] * 5:
        lines += speak(tag)
    lines += [*forget, "screenshot ar.png", *speak("en"), *forget, "stats after.json", "screenshot again.png"]
    visit(house, lines)
    before, after = (house.stats(name)["memory"]["used"] for name in ("before.json", "after.json"))
    assert before == after > 0, (before, after)
    visit(house, [*stand, *forget, "screenshot fresh.png"], "--language", "ar")
    same, again, other = (mean_error(read_png(house.path(a))[2], read_png(house.path(b))[2]) for a, b in
                          [("ar.png", "fresh.png"), ("en.png", "again.png"), ("ar.png", "en.png")])
    print("mean errors:", same, again, other)
    assert max(same, again) < 0.5 < other / 2, (same, again, other)


def screen_aloud(house):
    build(house)
    visit(house, [
        "press Escape", "wait frames 2", "press Down", "wait frames 2", "press Escape", "wait frames 2",
        "screen settings", "choose text-size", "wait frames 2", "press Right", "wait frames 2",
        "press Tab", "wait frames 2", "screen close", "wait frames 2",
        "press M", "wait frames 2", "press Tab", "wait frames 2", "press Escape", "wait frames 2",
        "walk-to exhibit:ball-03", "wait settled", "lean-in exhibit:ball-03", "wait settled",
    ], "--speech-log", "said.txt", "--language", "en")
    with open(house.path("said.txt"), encoding="utf-8") as file:
        said = [line.rstrip("\n").split("\t") for line in file]
    at = 0
    for words in ["Room 1", "house", "Back to the museum", "button", "Settings", "Text size", "slider", "110 %", "Colours", "choice",
                  "light", "2", "Ball number 3"]:
        texts = [text for _, _, text in said[at:]]
        assert words in texts, (words, texts)
        at += texts.index(words)
    assert {lang for _, lang, _ in said} == {"en"}, said
    assert any(way == "now" for way, _, _ in said)


if __name__ == "__main__":
    run({"keys": screen_keys, "pad": screen_pad, "words": screen_words, "tongues": screen_tongues,
         "aloud": screen_aloud})

#!/usr/bin/env python3
"""What is written over the picture can be read: on white and on black, in every theme, 4.5:1 or better; in every
script and at 100 and 200 %, nothing leaves the picture, lies over something else or is cut.

WHAT is "contrast" or "layout"."""
import json

from test_visits import STORY, run

LEAST = 4.5
SCREENS = ["welcome", "menu", "settings", "search", "tours", "help", "about"]
# What is shown, and how one comes there from what is shown before.
CLOSE = [
    ("label", ["lean-in exhibit:told", "wait settled"]),
    ("detail", ["detail next", "wait settled"]),
    ("tape", ["detail leave", "wait settled", "measure 0.45,0.5 0.55,0.5", "wait settled"]),
    ("true-size", ["measure away", "display 340 190", "true-size on", "beside coin", "wait settled"]),
    ("compare", ["true-size off", "beside nothing", "compare plain", "wait settled"]),
]
ELSEWHERE = [
    ("tour", ["compare off", "lean-out", "wait settled", "tour first", "wait frames 3"]),
    ("plan", ["tour end", "map open", "wait frames 3"]),
] + [(name, ["map close", f"screen {name}", "wait frames 3"]) for name in SCREENS]


def build(house):
    house.make_pack("told", STORY)
    house.make_pack("plain")


def look(house, states, backdrop, *options):
    """The texts of each state."""
    lines = ["wait ready", "wait settled", f"backdrop {backdrop}"]
    for name, way in states:
        lines += [*way, f"writing {name}.json"]
    with open(house.path("visit.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    house.must("vitrine", "--headless", "--size", "1280x720", "--reduced-motion", "--script", "visit.txt",
               "told.vitrine", "plain.vitrine", *options)
    return {name: house.stats(f"{name}.json")["texts"] for name, _ in states}


def writing_contrast(house):
    build(house)
    worst = []
    for theme in ["light", "dark", "contrast"]:
        with open(house.path("settings.json"), "w", encoding="utf-8") as file:
            json.dump({"version": 1, "theme": theme}, file)
        for backdrop in ["white", "black"]:
            seen = look(house, [("walking", [])] + CLOSE + ELSEWHERE, backdrop, "--settings", "settings.json",
                        "--text-size", "200", "--language", "en")
            assert all(seen.values()), f"nothing is written: {[name for name in seen if not seen[name]]}"
            worst += [(text["contrast"], theme, backdrop, name, text["text"])
                      for name in seen for text in seen[name]]
    worst.sort()
    print("\n".join(map(str, worst[:12])))
    assert worst[0][0] >= LEAST, worst[0]


def writing_layout(house):
    build(house)
    faults = []
    for language in ["en", "de", "ar", "ja"]:
        for percent in ["100", "200"]:
            seen = look(house, [("walking", [])] + CLOSE + ELSEWHERE, "none", "--language", language, "--text-size", percent)
            faults += [(language, percent, name, text["text"], text["fault"])
                       for name in seen for text in seen[name] if text["fault"]]
    assert not faults, "\n".join(map(str, faults))


if __name__ == "__main__":
    run({"contrast": writing_contrast, "layout": writing_layout})

#!/usr/bin/env python3
"""What is written over the picture can be read: on white and on black, in every theme, 4.5:1 or better; in every
script and at 100 and 200 %, nothing leaves the picture, lies over something else or is cut.

WHAT is a theme, "light", "dark" or "high", or a size, "plain" or "large"."""
import json

from test_visits import STORY, run

LEAST = 4.5
SCREENS = ["welcome", "menu", "settings", "search", "tours", "help", "about"]
# What is shown, and how one comes there from what is shown before.
STATES = [
    ("walking", ["wait settled"]),
    ("label", ["lean-in exhibit:told", "wait settled"]),
    ("detail", ["detail next", "wait settled"]),
    ("story", ["detail leave", "wait settled", "story open", "wait frames 3"]),
    ("tape", ["story close", "wait settled", "measure 0.45,0.5 0.55,0.5", "wait settled"]),
    ("true-size", ["measure away", "display 340 190", "true-size on", "beside coin", "wait settled"]),
    ("compare", ["true-size off", "beside nothing", "compare plain", "wait settled"]),
    ("tour", ["compare off", "lean-out", "wait settled", "tour first", "wait frames 3"]),
    ("plan", ["tour end", "map open", "wait frames 3"]),
] + [(name, ["map close", f"screen {name}", "wait frames 3"]) for name in SCREENS]
AWAY = ["screen close", "wait settled"]


def look(house, before, *options):
    """The texts of each state, after each of some commands: {("white", "label"): [...]}"""
    house.make_pack("told", STORY)
    house.make_pack("plain")
    lines, names = ["wait ready"], []
    for which, commands in before:
        lines += commands
        for name, way in STATES:
            lines += [*way, f"writing {which}-{name}.json"]
            names.append((which, name))
        lines += AWAY
    with open(house.path("visit.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    house.must("vitrine", "--headless", "--size", "1280x720", "--reduced-motion", "--script", "visit.txt",
               "told.vitrine", "plain.vitrine", *options)
    seen = {key: house.stats(f"{key[0]}-{key[1]}.json")["texts"] for key in names}
    assert all(seen.values()), f"nothing is written: {[key for key in seen if not seen[key]]}"
    return seen


def contrast(house, theme):
    with open(house.path("settings.json"), "w", encoding="utf-8") as file:
        json.dump({"version": 1, "theme": theme}, file)
    seen = look(house, [(backdrop, [f"backdrop {backdrop}"]) for backdrop in ("white", "black")],
                "--settings", "settings.json", "--text-size", "200", "--language", "en")
    worst = sorted((text["contrast"], *key, text["text"]) for key in seen for text in seen[key])
    print("\n".join(map(str, worst[:12])))
    assert worst[0][0] >= LEAST, worst[0]


def layout(house, percent):
    seen = look(house, [(tag, ["screen welcome", f"choose {tag}"]) for tag in ("en", "de", "ar", "ja")],
                "--text-size", percent)
    faults = [(*key, text["text"], text["fault"]) for key in seen for text in seen[key] if text["fault"]]
    assert not faults, "\n".join(map(str, faults))


if __name__ == "__main__":
    run({
        "light": lambda house: contrast(house, "light"),
        "dark": lambda house: contrast(house, "dark"),
        "high": lambda house: contrast(house, "contrast"),
        "plain": lambda house: layout(house, "100"),
        "large": lambda house: layout(house, "200"),
    })

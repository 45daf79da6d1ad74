#!/usr/bin/env python3
"""The museum where nobody looks after it.

WHAT is "rules": visits begin, are asked for, go on as often as one likes, end, and leave nothing behind;
"gate": nobody leaves but the staff; "packs": what cannot be read is left out, and taken in once it can;
"service": words to the service manager, its word to end, crashes, health; "day": many visitors who do what
visitors do, one after the other, and no memory is left."""
import json
import os
import random
import signal
import socket
import subprocess
import time

from test_floor_plan import build
from test_visits import run

IDLE, NOTICE = 31, 11  # a little more than the least, in seconds


def write_config(house, **fields):
    with open(house.path("kiosk.json"), "w", encoding="utf-8") as file:
        json.dump({"version": 1, "packs": ["house.vitrine"], "state_folder": "state", "idle_s": 30,
                   "language": "de", "operator_pin": "4711", **fields}, file)


def visit(house, lines, **config):
    write_config(house, **config)
    result = house.visit(["wait ready", *lines], "--kiosk", "--config", "kiosk.json")
    assert result.returncode == 0, result.stderr
    return result


def log_of(house):
    with open(house.path("state/log/vitrine.log"), encoding="utf-8") as file:
        return file.read()


def health_of(house):
    with open(house.path("state/health.prom"), encoding="utf-8") as file:
        return dict(line.split() for line in file if not line.startswith("#"))


def kiosk_rules(house):
    build(house)
    visit(house, [
        "expect kiosk.phase = attract", "expect tour.state != off", "expect language = de",
        "stats fresh.json", "wait 60", "expect kiosk.phase = attract",
        # Somebody comes, and makes the museum their own.
        "tap 0.5 0.5", "expect kiosk.phase = visit", "expect screen.name = welcome", "expect tour.state = off",
        "choose ar", "expect language = ar", "expect screen.name = none",
        "screen settings", "choose text-size", "press Right", "press Right", "screen close",
        "lean-in exhibit:ball-01", "wait settled", "magnify 0.5 0.5 3 beauty", "stats theirs.json",
        "press Right",  # the way there took its time
        # Nothing for long: a question, and one is still there, more than ten times.
        *[line for _ in range(12) for line in
          (f"wait {IDLE}", "expect kiosk.phase = asks", "expect screen.name = still", "wait 2",
           "tap 0.5 0.8", "expect kiosk.phase = visit", "expect screen.name = none",
           "expect visitor.state = close", "expect magnifier.mode = beauty")],
        "expect kiosk.visits = 1",
        f"wait {IDLE}", "expect kiosk.phase = asks", f"wait {NOTICE}", "expect kiosk.phase = attract",
        "wait frames 2", "stats after.json",
        # The next one, who says when they are done.
        "tap 0.5 0.5", "expect kiosk.visits = 2", "expect screen.name = welcome", "choose fr",
        "screen menu", "choose done", "wait frames 2", "expect kiosk.phase = attract", "expect language = de",
    ])
    fresh, theirs, after = (house.stats(name) for name in ("fresh.json", "theirs.json", "after.json"))
    assert theirs["language"] == "ar", theirs
    for name in ("language", "details_found_in_all"):
        assert fresh[name] == after[name], name
    health = health_of(house)
    assert float(health["vitrine_visits_total"]) >= 1, health


def kiosk_gate(house):
    build(house)
    corners = ["tap 0.03 0.03", "tap 0.97 0.03", "tap 0.97 0.97", "tap 0.03 0.97", "wait frames 2"]
    visit(house, [
        "tap 0.5 0.5", "choose de",
        # What leads out of other programs leads nowhere here.
        "press F11", "press F10", "press F12", "press Escape", "wait frames 2", "expect screen.name = menu",
        "press Escape", "wait frames 2", "expect screen.name = none",
        *corners[:2], corners[3], "wait frames 2", "expect screen.name != staff",
        "screen close", *corners, "expect screen.name = staff",
        # Wrong three times: closed for a minute, for the right number, too.
        *["choose 1", "choose leave", "wait frames 2"] * 3,
        *[f"choose {digit}" for digit in "4711"], "choose leave", "wait frames 2",
        "expect screen.name = staff", "choose back",
    ])
    assert "a wrong number was typed (3 times more)" in log_of(house), log_of(house)
    write_config(house)
    with open(house.path("visit.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(["wait ready", "tap 0.5 0.5", *corners,
                              *[f"choose {digit}" for digit in "4711"], "choose leave", "wait 5"]))
    result = house.run("vitrine", "--headless", "--size", "320x240", "--kiosk", "--config", "kiosk.json",
                       "--script", "visit.txt")
    assert "before the visit's end" in result.stderr, result.stderr
    assert "the staff ends it" in log_of(house)
    # A menu without a way out; no number, no gate.
    result = house.visit(["wait ready", "tap 0.5 0.5", "choose de", "screen menu", "choose quit"],
                         "--kiosk", "--config", "kiosk.json")
    assert result.returncode == 1 and "done" in result.stderr and "quit'; there" in result.stderr, result.stderr
    visit(house, ["tap 0.5 0.5", *corners, "expect screen.name != staff"], operator_pin="")


def kiosk_packs(house):
    build(house)
    os.makedirs(house.path("state"), exist_ok=True)
    whole = house.bytes("house.vitrine")
    with open(house.path("cut.vitrine"), "wb") as file:
        file.write(whole[:len(whole) // 2])
    visit(house, ["expect exhibits = 20", "expect under_restoration = 0"],
          packs=["house.vitrine", "cut.vitrine", "nowhere.vitrine"])
    log = log_of(house)
    assert "cut.vitrine is left out: " in log and "nowhere.vitrine is left out: " in log, log
    # Nothing at all to show is an error, said in one sentence.
    write_config(house, packs=["nowhere.vitrine"])
    result = house.visit(["wait ready"], "--kiosk", "--config", "kiosk.json")
    built_in = os.path.exists(os.path.join(house.programs, "../packs/small-wonders.vitrine"))
    assert built_in or (result.returncode == 1 and "no pack can be shown" in result.stderr), result
    # A truncated pack takes the place of one that is shown: nothing goes dark.
    visit(house, ["tap 0.5 0.5", "choose de", "lean-in exhibit:ball-01", "wait settled", "wait 2",
                  "lean-out", "wait settled"])
    for arguments, words in ((["--config", "kiosk.json"], "needs --kiosk"),
                             (["--kiosk", "--config", "none.json"], "none.json")):
        result = house.run("vitrine", *arguments)
        assert result.returncode in (1, 2) and words in result.stderr, result


def serve(house, *, seconds, config=None, end=signal.SIGTERM):
    """Runs the kiosk as a service manager does; what it said, and how it ended."""
    write_config(house, **(config or {}))
    path = house.path("notify")
    if os.path.exists(path):
        os.unlink(path)
    said = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.bind(path)
        notify.settimeout(0.2)
        with open(house.path("forever.txt"), "w", encoding="utf-8") as file:
            file.write("wait ready\n" + "wait 600\n" * 50)
        with subprocess.Popen(
                [os.path.join(house.programs, "vitrine"), "--headless", "--size", "320x240", "--kiosk",
                 "--config", "kiosk.json", "--script", "forever.txt"], cwd=house.work,
                stderr=subprocess.PIPE, text=True,
                env={**os.environ, "NOTIFY_SOCKET": path, "WATCHDOG_USEC": "4000000"}) as program:
            until = None
            while program.poll() is None:
                try:
                    said.append(notify.recv(4096).decode())
                except TimeoutError:
                    pass
                if until is None and any("READY=1" in words for words in said):
                    until = time.monotonic() + seconds
                if until is not None and time.monotonic() > until:
                    program.send_signal(end)
                    until = float("inf")
            stderr = program.stderr.read()
    return said, program.returncode, stderr


def kiosk_service(house):
    build(house)
    said, status, stderr = serve(house, seconds=6)
    ready = next(i for i, words in enumerate(said) if "READY=1" in words)
    alive = sum("WATCHDOG=1" in words for words in said)
    assert not any("WATCHDOG=1" in words for words in said[:ready]), "alive before the first picture"
    assert alive >= 4, f"{alive} signs of life"
    assert "STOPPING=1" in said[-1], said[-3:]
    assert "the window was closed" in stderr and status == 1, (status, stderr)  # the script did not end
    assert "told to end" in log_of(house)
    with open(house.path("state/starts"), encoding="utf-8") as file:
        assert file.read().startswith("ended "), "a good end counts as a crash"
    # Killed: it knows of that the next time; after three times it is careful.
    for count in range(1, 4):
        serve(house, seconds=0.2, end=signal.SIGKILL)
        with open(house.path("state/starts"), encoding="utf-8") as file:
            assert file.read().count("crash ") == count - 1
    said, _, _ = serve(house, seconds=0.5)
    assert "safe mode" in log_of(house)
    assert any("EXTEND_TIMEOUT_USEC" in words for words in said), said
    if "DISPLAY" not in os.environ and "WAYLAND_DISPLAY" not in os.environ:
        result = house.run("vitrine", "--kiosk", "--config", "kiosk.json")
        assert result.returncode == 1, "no display is no error"


def mash(chance):
    """What visitors do to a screen."""
    lines = []
    for _ in range(chance.randint(2, 8)):
        x, y = chance.random(), chance.random()
        lines.append(chance.choice([
            f"tap {x:.3f} {y:.3f}", f"tap {x:.3f} {y:.3f}", f"double-tap {x:.3f} {y:.3f}",
            f"click {x:.3f} {y:.3f}", "press Escape", "press Tab", "press Enter", "press F11", "press F12",
            "press M", "press G", "press U", "press F1", "press L", "screen settings", "screen search",
            "type \"mmm\"", "wait 0.5", "wait 2"]))
    return lines


def kiosk_day(house):
    visitors = int(os.environ.get("VITRINE_VISITORS", "40"))
    build(house)
    chance = random.Random(11)
    lines = ["stats start.json"]
    for i in range(visitors):
        lines += ["expect kiosk.phase = attract", "expect language = de", "tap 0.5 0.6",
                  f"expect kiosk.visits = {i + 1}", "expect screen.name = welcome",
                  f"choose {chance.choice(['ar', 'ja', 'en', 'fr', 'es', 'de'])}",
                  *mash(chance),
                  # Who leaves says so, or just goes; a tour they began would keep the question waiting.
                  *(["screen menu", "choose done", "wait 1"] if i % 2 else ["tour first", "tour end"] + ["wait 11"] * 4),
                  "expect kiosk.phase = attract"]
        if i == visitors // 4:
            lines += ["wait frames 300", "stats first.json"]
    lines += ["wait frames 300", "stats last.json"]
    visit(house, lines)
    first, last = (house.stats(name)["rss_bytes"] for name in ("first.json", "last.json"))
    print(f"{visitors} visitors: {first / 1e6:.1f} MB after a quarter of them, {last / 1e6:.1f} MB at the end")
    assert last - first < 8 << 20, (first, last)
    assert float(health_of(house)["vitrine_threads"]) < 16


if __name__ == "__main__":
    run({"rules": kiosk_rules, "gate": kiosk_gate, "packs": kiosk_packs, "service": kiosk_service,
         "day": kiosk_day})

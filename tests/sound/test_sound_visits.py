#!/usr/bin/env python3
"""What visitors hear and read, without a display.

    test_sound_visits.py BIN WHAT

WHAT is "told": a tour that is narrated, with captions, by a device that plays to nobody;
"detail": a detail is listened to; "lost": the device is pulled out and put in again; "silent":
the same tour without a device, or muted; "broken": sounds and captions that are none; "settings":
volume, mute, captions; "checked": what is wrong with a sound is said, with its place.
Exit status 77 where pictures cannot be had.
"""
import hashlib
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "museum"), os.path.join(HERE, "..", "visits")]
from liar import make_entry, read_zip, write_zip  # noqa: E402
from test_tours import build, change, visit  # noqa: E402
from test_visits import House, run  # noqa: E402

SPOT = {"id": "wave", "point_mm": [0, 0, 20], "normal": [0, 0, 1], "title": {"en": "A wave"},
        "text": {"en": "It is wavy."}, "kind": "technique", "audio": {"en": "wave.opus"},
        "captions": {"en": "wave.vtt"}, "transcript": {"en": "It is wavy, as waves are."}}
STORY = {"label": {"en": "A ball."}, "hotspots": [SPOT]}
WALK = {"id": "walk", "title": {"en": "A walk"}, "steps": [
    {"room": "room-1", "dwell_s": 2, "caption": {"en": "Come in."},
     "narration": {"en": "in.opus"}, "captions": {"en": "in.vtt"}},
    {"piece": "ball-0", "dwell_s": 3, "caption": {"en": "A ball."}}]}
IN_VTT = """WEBVTT

00:00.200 --> 00:01.500
Come in,

00:01.500 --> 00:04.500
<i>all</i> of you.
"""
WAVE_VTT = "WEBVTT\n\n00:00.000 --> 00:20.000\nIt is wavy.\n"


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def sound(house, name, seconds):
    house.must("vitrine-make-opus", name, str(seconds), "440", "0.5")


def fill(house, name="house"):
    """Two balls with sounds; the folder, ready to be built."""
    build(house, name)
    os.mkdir(house.path(f"{name}/tours"))
    write(house.path(f"{name}/tours/walk.json"), json.dumps(WALK))
    write(house.path(f"{name}/tours/in.vtt"), IN_VTT)
    sound(house, f"{name}/tours/in.opus", 5)
    sound(house, f"{name}/air.opus", 2)
    for i in range(2):
        write(house.path(f"{name}/ball-{i}/story.json"), json.dumps(STORY))
        write(house.path(f"{name}/ball-{i}/wave.vtt"), WAVE_VTT)
        sound(house, f"{name}/ball-{i}/wave.opus", 20)
    gallery = house.path(f"{name}/gallery.json")
    with open(gallery, encoding="utf-8") as file:
        rooms = json.load(file)["rooms"]
    rooms[0]["room_tone"] = "air.opus"
    change(gallery, {"rooms": rooms})


def pack(house):
    fill(house)
    house.must("vitrine-pack", "build", "house", "-o", "house.vitrine", "--cache", "cache")
    house.must("vitrine-pack", "check", "--draft", "house.vitrine")


def sound_told(house):
    os.environ["SDL_AUDIODRIVER"] = "dummy"
    pack(house)
    visit(house, [
        "wait settled", "wait sound open", "expect sound.room = room-1", "expect sound.volume = 80",
        'expect sound.narration = ""', "tour walk", "wait tour told",
        "expect sound.narration = step", "expect sound.heard = 1", "expect sound.seconds = 5",
        "wait 0.5", 'expect sound.cue = "Come in,"', "wait 1.5",
        'expect sound.cue = "all of you."', "screenshot told.png",
        # Paused it waits, and so does what is said.
        "press Space", "wait 8", 'expect sound.cue = "all of you."', "expect tour.step = 1",
        "press Space", "expect tour.state = telling",
        # The step is two seconds long, and stays for the five of its narration.
        "wait 1.5", "expect tour.step = 1", "expect sound.at_s > 3", "wait 4",
        "expect tour.step = 2", 'expect sound.narration = ""', "tour back", "wait tour told",
        "expect sound.at_s < 1", "expect sound.narration = step", "tour end", "wait 0.2",
        'expect sound.narration = ""', "expect sound.cues = 2", "expect sound.broken = 0",
        "expect sound.buffers > 0", "expect sound.devices = 1",
        # Nothing of it keeps a view that has come to rest from resting.
        "wait settled", "measure", "wait frames 10", "expect most.allocations = 0",
    ], "house.vitrine")


def sound_detail(house):
    os.environ["SDL_AUDIODRIVER"] = "dummy"
    pack(house)
    visit(house, [
        "wait settled", "lean-in exhibit:ball-0", "detail wave", "wait settled",
        'expect sound.narration = ""', "press N", "wait 0.5", "expect sound.narration = detail",
        "wait 0.5", 'expect sound.cue = "It is wavy."', "wait settled", "screenshot detail.png",
        "press N", "wait 0.2", 'expect sound.narration = ""', "listen detail", "wait 0.5",
        "expect sound.narration = detail", "detail leave", "wait 0.2",
        'expect sound.narration = ""', "wait settled", "detail wave", "listen detail",
        "lean-out", "wait 0.5", 'expect sound.narration = ""'], "house.vitrine")


def sound_lost(house):
    os.environ["SDL_AUDIODRIVER"] = "dummy"
    pack(house)
    visit(house, [
        "wait settled", "wait sound open", "lean-in exhibit:ball-0", "detail wave", "listen detail",
        "wait 1", "expect sound.heard = 1", "sound lose", "wait sound lost", "wait 1",
        "expect sound.heard = 0", "expect sound.narration = detail", "expect sound.at_s > 1",
        "sound return", "wait sound open", "wait 0.2", "expect sound.heard = 1",
        "expect sound.narration = detail", "expect sound.devices = 2"], "house.vitrine")


def sound_silent(house):
    pack(house)
    tour = ["wait settled", "tour walk", "wait tour told", "expect sound.narration = step",
            "expect sound.heard = 0", "wait 1", 'expect sound.cue = ""', "expect sound.cues = 0",
            "wait 3", "expect tour.step = 1", "wait 3", "expect tour.step = 2",
            "wait tour over", "wait settled", "expect sound.broken = 0"]
    os.environ.pop("SDL_AUDIODRIVER", None)  # pictures are silent
    visit(house, tour + ["expect sound.device = none"], "house.vitrine")
    os.environ["SDL_AUDIODRIVER"] = "there-is-none"
    result = house.visit(["wait ready", *tour, "expect sound.device = none"], "house.vitrine")
    assert result.returncode == 0, result.stderr
    assert "sound" not in result.stderr and "audio" not in result.stderr, result.stderr
    os.environ["SDL_AUDIODRIVER"] = "dummy"
    visit(house, ["sound off", *tour, "expect sound.volume = 0"], "house.vitrine")


def sound_broken(house):
    """A pack of a stranger's, made without our packer's eyes."""
    os.environ["SDL_AUDIODRIVER"] = "dummy"
    fill(house)
    house.must("vitrine-pack", "build", "house", "-o", "house.vitrine", "--cache", "cache")
    files = read_zip(house.path("house.vitrine"))
    files["tours/in.opus"] = b"OggS" + bytes(4000)
    files["ball-0/wave.vtt"] = b"no captions"
    manifest = json.loads(files["pack.json"])
    for file in manifest["files"]:
        content = files[file["name"]]
        file["size_bytes"] = len(content)
        file["blake2b"] = hashlib.blake2b(content, digest_size=32).hexdigest()
    files["pack.json"] = json.dumps(manifest).encode()
    write_zip(house.path("liar.vitrine"), [make_entry(name, content, False)
                                           for name, content in files.items()])
    visit(house, ["wait settled", "tour walk", "wait tour told", "wait 1.5",
                  'expect sound.narration = ""', "expect sound.broken = 1",
                  "expect tour.step = 1", "wait 1.5", "expect tour.step = 2", "tour end",
                  "lean-in exhibit:ball-0", "detail wave", "listen detail", "wait 1",
                  "expect sound.heard = 1", 'expect sound.cue = ""', "expect sound.broken = 2"],
          "liar.vitrine")


def sound_settings(house):
    os.environ["SDL_AUDIODRIVER"] = "dummy"
    pack(house)
    visit(house, [
        "wait settled", "press 0", "expect sound.volume = 0", "press 0",
        "expect sound.volume = 80", "screen settings", "choose captions", "choose room-tone",
        "choose sound", "screen close", "wait 0.2", "expect sound.volume = 0",
        'expect sound.room = ""', "screen settings", "choose sound", "screen close",
        "tour walk", "wait tour told", "wait 1", "expect sound.volume = 80",
        "expect sound.heard = 1", "screenshot without.png"],
          "house.vitrine", "--settings", "settings.json")
    with open(house.path("settings.json"), encoding="utf-8") as file:
        kept = json.load(file)
    assert kept["captions"] is False and kept["room_tone"] is False and kept["muted"] is False


def sound_checked(house):
    fill(house)

    def refused(*sentences):
        result = house.run("vitrine-pack", "check", "--draft", "house")
        assert result.returncode != 0
        for sentence in sentences:
            assert sentence in result.stdout + result.stderr, sentence

    house.must("vitrine-pack", "check", "--draft", "house")
    write(house.path("house/tours/in.vtt"), "WEBVTT\n\n0:01 --> 0:02\nx\n")
    refused("tours/in.vtt", "line 3: expected times like")
    write(house.path("house/tours/in.vtt"), IN_VTT.replace("00:04.500", "00:09.500"))
    refused("tours/in.vtt", "9.5 s", "5.0 s")
    write(house.path("house/tours/in.vtt"), IN_VTT)
    write(house.path("house/ball-0/wave.opus"), "la la la")
    refused("ball-0/wave.opus", "no whole Ogg stream")
    sound(house, "house/ball-0/wave.opus", 20)
    story = {**STORY, "hotspots": [{**SPOT, "transcript": {"de": "Wellen."}}]}
    write(house.path("house/ball-0/story.json"), json.dumps(story))
    refused("hotspots[0].audio.en", "written down too")
    write(house.path("house/ball-0/story.json"), json.dumps(STORY))
    sound(house, "house/air.opus", 61)
    refused("air.opus", "at most 60 s, this lasts 61")


if __name__ == "__main__":
    run({name[6:]: test for name, test in list(globals().items()) if name.startswith("sound_")})

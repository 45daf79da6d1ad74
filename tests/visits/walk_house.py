#!/usr/bin/env python3
"""What frames of a walk through a house come to, counted: no clock is asked.

    walk_house.py BIN WORK built-in|computed [PACK]

`built-in` walks through every room of the collection of our own (PACK), and looks around in each.
`computed` builds a house of many pieces, more than the renderer takes lamps for, and walks through
that: rooms come and go. Exit status 77 where pictures, or the pack, cannot be had.
"""
import json
import os
import shutil
import subprocess
import sys
import zipfile

import programs

MIB = 1 << 20
MOST_DRAWS, MOST_TRIANGLES, MOST_BYTES = 300, 400_000, 512 * MIB  # of the house of our own
PIECES = 96  # of the computed one: a dozen rooms


def walk(bin_folder, work, pack, goals, words, draws_at_rest=True):
    """The stats of the way to each goal, and, there, of frames that are drawn and of frames at rest."""
    script = "wait settled\nmeasure\n"
    for i, goal in enumerate(goals):
        script += f"{goal}\n"
        if draws_at_rest:
            script += "".join("turn 90 0\nwait frames 2\n" for _ in range(4))
        script += f"stats walk-{i}.json\nwait settled\nwait 2\nwait frames 3\n"
        script += f"stats before-drawn-{i}.json\nmeasure\nwait frames 15\nstats drawn-{i}.json\n"
        script += "wait settled\nwait 1\n"
        script += f"stats before-rest-{i}.json\nmeasure\nwait 0.5\nstats rest-{i}.json\nmeasure\n"
    with open(os.path.join(work, "visit.txt"), "w", encoding="utf-8") as file:
        file.write(script)
    programs.visit(bin_folder, [*words, "--script", "visit.txt", pack], work)
    read = lambda name: json.load(open(os.path.join(work, name), encoding="utf-8"))
    return ([read(f"walk-{i}.json") for i in range(len(goals))],
            [(read(f"before-{how}-{i}.json"), read(f"{how}-{i}.json"))
             for i in range(len(goals)) for how in ("drawn", "rest")])


def check(is_good, sentence):
    if not is_good:
        sys.exit(sentence)


def check_rest(rests):
    """What may be seen next is loaded when nothing else is to do; such a page takes memory."""
    calm = [stats for before, stats in rests if before["loaded"]["pages"] == stats["loaded"]["pages"]]
    print(len(calm), "of", len(rests), "times nothing was loaded ahead")
    check(calm, "something was loaded all the time")
    for stats in calm:
        for what in ("allocations", "meshes", "light_steps"):
            check(stats["most"][what] == 0, f"a settled frame has {stats['most'][what]} {what}")


def is_inside(corners, at):
    inside = False
    for (ax, az), (bx, bz) in zip(corners, corners[1:] + corners[:1]):
        if (az > at[1]) != (bz > at[1]) and at[0] < ax + (at[1] - az) / (bz - az) * (bx - ax):
            inside = not inside
    return inside


def goals_of(pack):
    """Into every room: to its last piece, or as the floor plan leads."""
    with zipfile.ZipFile(pack) as archive:
        plan = json.loads(archive.read("gallery.json"))
    goals = {room["id"]: f"map room:{room['id']}" for room in plan["rooms"]}
    for place in plan["places"]:
        for room in plan["rooms"]:
            if is_inside(room["corners"], place["position"]):
                goals[room["id"]] = f"walk-to exhibit:{place['piece']}"
    return list(goals.values())


def built_in(bin_folder, work, pack):
    if not os.path.exists(pack):
        print(f"skipped: {pack} is not there (cmake --build ... --target packs)")
        sys.exit(77)
    walks, rests = walk(bin_folder, work, pack, goals_of(pack),
                        ["--size", "1280x720", "--quality", "medium", "--memory", "512"])
    most = {what: max(stats["most"][what] for stats in walks) for what in walks[0]["most"]}
    rooms = {stats["room"] for _, stats in rests}
    print(len(rooms), "rooms:", most, "memory", walks[-1]["memory"])
    for stats in walks:
        print(stats["room"], stats["exhibit"], stats["most"], stats["frame_ms"])
    check(len(rooms) == walks[0]["rooms"], f"only {sorted(rooms)} were seen")
    check_rest(rests)
    check(most["draw_calls"] < MOST_DRAWS, f"{most['draw_calls']} draw calls; the limit is {MOST_DRAWS}")
    check(most["triangles"] < MOST_TRIANGLES, f"{most['triangles']} triangles; the limit is {MOST_TRIANGLES}")
    peak = max(stats["memory"]["peak"] for stats in walks)
    check(peak < MOST_BYTES, f"{peak} bytes of pictures; the limit is {MOST_BYTES}")


def must(command, cwd):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=cwd)


def write_tetrahedron(path):
    with open(path, "w", encoding="ascii") as file:
        file.write("v 0 0 0\nv 20 0 0\nv 0 0 20\nv 6 25 6\n"
                   "f 1 2 3\nf 1 4 2\nf 2 4 3\nf 3 4 1\n")


def make_house(packer, work):
    """Many of one piece: it is baked once."""
    write_tetrahedron(os.path.join(work, "piece.obj"))
    must([packer, "import", "piece.obj", "--unit", "mm", "-o", "first"], work)
    with open(os.path.join(work, "first", "exhibit.json"), encoding="utf-8") as file:
        record = json.load(file)
    for i in range(PIECES):
        folder = os.path.join(work, "house", f"piece-{i:02}")
        shutil.copytree(os.path.join(work, "first"), folder)
        record["id"] = f"piece-{i:02}"
        with open(os.path.join(folder, "exhibit.json"), "w", encoding="utf-8") as file:
            json.dump(record, file)
    must([packer, "layout", "house"], work)
    must([packer, "build", "house", "-o", "house.vitrine", "--cache", "cache"], work)
    return os.path.join(work, "house.vitrine")


def computed(bin_folder, work):
    pack = make_house(os.path.join(bin_folder, "vitrine-pack"), work)
    goals = [f"walk-to exhibit:piece-{i:02}" for i in range(0, PIECES, PIECES // 4)]
    walks, rests = walk(bin_folder, work, pack, goals,
                        ["--size", "480x270", "--quality", "low", "--memory", "96"], False)
    for stats in walks:
        print(stats["room"], stats["most"], stats["memory"])
    check_rest(rests)
    check(len({stats["room"] for stats in walks}) > 2, "hardly any room was walked through")
    steps = [stats["most"]["light_steps"] for stats in walks]
    check(max(steps) == 1, f"light was found in {max(steps)} steps a frame")
    meshes = sum(stats["most"]["meshes"] for stats in walks)
    check(0 < meshes, "no room was made on the way")
    check(max(stats["most"]["meshes"] for stats in walks) <= 2, "many rooms were made in one frame")
    for stats in walks:
        memory = stats["memory"]
        check(memory["peak"] <= memory["budget"], f"{memory['peak']} of {memory['budget']} bytes")


def main():
    bin_folder, work, which = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3]
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    if which == "built-in":
        built_in(bin_folder, work, sys.argv[4])
    else:
        computed(bin_folder, work)


main()

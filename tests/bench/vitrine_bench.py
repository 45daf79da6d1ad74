#!/usr/bin/env python3
"""Every figure of docs/PERFORMANCE.md, as JSON on standard output.

    vitrine-bench [--work FOLDER] [--packs FOLDER] [--keep] [--shared FOLDER] [--only PART,...]
                  [--rounds N] [--views N] [--quick] [--memory MIB] [--quality LEVEL]
                  [--reference FOLDER]

Parts, as they are run: build, growth, settle, cut, large, plate, walk, texels, likeness, cracks, gallery300.
Inputs are generated into --work (bench-work), packs built into --packs (the same) once: a pack
is built anew where the packer or its scan has changed, unless --keep says to take it as it is.
The part `build` times what it builds, and so builds always.

Times are the least of N rounds, in which packs take turns. --quick leaves out what is larger
than 4M triangles or 8,192 texels a side. --reference keeps the pictures that are compared.

Each figure has a value, a limit and whether it is met; `beside` is what one has to know to
believe it. Exit status 1 where one is not met, 77 where nothing can be drawn.
"""
import argparse
import concurrent.futures
import functools
import hashlib
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time

from bench_parts import cracks, gallery300

BIN = os.path.dirname(os.path.realpath(__file__))
MEGA = 1024 * 1024
SCANS = {  # name: path, what the importer has to be told
    "man": ("man-with-wreath/man_wearing_a_wreath.glb", []),
    "sax": ("alto-saxophone/saxophone_draco.glb", []),
    "banana": ("ycb-banana/textured_simple_reoriented.obj", ["--unit", "m", "--up", "z"]),
    "pan": ("reclining-pan/pan.ply", ["--unit", "m"]),
    "helmet": ("flight-helmet/FlightHelmet.gltf", []),
    "tea": ("tea-set/tea_set_01_1k.gltf", []),
    "nefertiti": ("nefertiti/nefertiti-lowres.obj", ["--unit", "mm"]),
    "whale": ("pilot-whale-cranium/whale_cranium.glb", []),
    "venus": ("venus-de-milo/venus.glb", []),
}
PIECES = 30


class Failure(Exception):
    """A program did not do what it was asked to."""


def busy_seconds():
    """Of all cores, of everybody, since the machine was started."""
    with open("/proc/stat", encoding="utf-8") as file:
        user, nice, system = (int(word) for word in file.readline().split()[1:4])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


def own_seconds():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    return sum(u.ru_utime + u.ru_stime for u in used)


class Watch:
    """How long something took, and which part of the machine others had meanwhile."""

    def __init__(self):
        self.begun, self.busy, self.own = time.monotonic(), busy_seconds(), own_seconds()

    def told(self):
        seconds = time.monotonic() - self.begun
        own = own_seconds() - self.own
        others = max(busy_seconds() - self.busy - own, 0) / max(seconds * os.cpu_count(), 1e-3)
        return {"seconds": round(seconds, 2), "cpu_seconds": round(own, 2),
                "others_share": round(others, 3)}


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def write_json(path, what):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(what, file, indent=1)


def told_by_packer(said):
    """What `vitrine-pack build` prints of what it baked."""
    patterns = {"geometry_seconds": r"seconds: geometry ([\d.]+)", "surface_seconds": r", surface ([\d.]+)",
                "other_seconds": r"reading and writing ([\d.]+)",
                "texels_of_source": r"([\d.]+) x the scan's",
                "occupancy_percent": r"([\d.]+) % of the tiles are used"}
    found = {name: re.search(pattern, said) for name, pattern in patterns.items()}
    return {name: float(match.group(1)) for name, match in found.items() if match}


class Bench:
    def __init__(self, options):
        self.options, self.figures, self.facts = options, [], {}
        self.packer = sha256(os.path.join(BIN, "vitrine-pack"))
        for folder in (options.work, options.packs):
            os.makedirs(folder, exist_ok=True)

    def figure(self, name, value, limit, most=True, unit="", **beside):
        """Notes a figure that may be at most (or at least) `limit`."""
        row = {"name": name, "value": round(value, 4), "unit": unit, "limit": limit,
               "is": "at most" if most else "at least",
               "met": value <= limit if most else value >= limit}
        if beside:
            row["beside"] = beside
        self.figures.append(row)

    def work(self, name):
        return os.path.join(self.options.work, name)

    # ---- programs

    def run(self, program, *words, statuses=(0,)):
        """Its standard output. Says what it does, as some of it takes minutes."""
        print("$", program, " ".join(words), file=sys.stderr, flush=True)
        result = subprocess.run([os.path.join(BIN, program), *words], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, check=False, cwd=self.options.work)
        said = result.stderr.decode("utf-8", "replace")
        if result.returncode and re.search("no video driver|no window|OpenGL 3.3", said):
            sys.exit(77)
        if result.returncode not in statuses:
            raise Failure(f"{program} ended with {result.returncode}: {said[-2000:]}")
        return result.stdout.decode("utf-8")

    def run_watched(self, program, *words):
        """What it printed, and what it took: time, processors, memory."""
        print("$", program, " ".join(words), file=sys.stderr, flush=True)
        watch = Watch()
        with subprocess.Popen([os.path.join(BIN, program), *words], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, cwd=self.options.work) as child:
            said = child.stdout.read().decode("utf-8", "replace")
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise Failure(f"{program} {' '.join(words)}: {said[-2000:]}")
        return said, {**watch.told(), "peak_bytes": usage.ru_maxrss * 1024}

    # ---- inputs and packs

    def generate(self, name, *words):
        """A generated input, made once."""
        if not os.path.exists(self.work(name)):
            self.run("vitrine-generate", *words, "-o", name)
        return self.work(name)

    def words(self, name):
        """What the importer has to be told of a scan."""
        return SCANS[name][1]

    def scan(self, name):
        return os.path.join(self.options.shared, "scans", SCANS[name][0])

    def pan(self, step):
        """The shared pan, of about 4^step million triangles: a name, and where it is."""
        name = f"pan-{4 ** step}m"
        return name, self.generate(name + ".ply", "relief", self.scan("pan"), "--unit", "m", "--steps",
                                   str(step))

    def atlas(self):
        return self.generate("atlas.glb", "atlas", self.scan("pan"), "--unit", "m", "--charts", "40000",
                             "--side", "8192")

    def picture(self, side):
        return self.generate(f"pan-{side}.glb", "project", self.scan("pan"), "--unit", "m", "--side",
                             str(side), "--jpeg")

    def plate(self, side):
        return self.generate(f"plate-{side}.glb", "plate", "--side", str(side), "--jpeg")

    def pack(self, name, scan, words=(), count=1, is_new=False):
        """A pack of a scan, or of `count` pieces made of it. What building took is kept beside
        it, with what it was built of and by."""
        pack = os.path.join(self.options.packs, name + ".vitrine")
        about = os.path.join(self.options.packs, name + ".json")
        seen = os.stat(scan)
        key = [os.path.basename(scan), seen.st_size, int(seen.st_mtime), *words, count, self.packer]
        if not is_new and os.path.exists(pack) and os.path.exists(about):
            if self.options.keep or read_json(about)["key"] == key:
                return pack
        shutil.rmtree(self.work(name), ignore_errors=True)
        if count == 1:
            self.run("vitrine-pack", "import", scan, *words, "-o", name)
        else:
            self.many(name, scan, words, count)
        # Pieces that are alike are baked once.
        more = ["--cache", name + ".cache"] if count > 1 else []
        said, took = self.run_watched("vitrine-pack", "build", name, "-o", pack, *more)
        shutil.rmtree(self.work(name + ".cache"), ignore_errors=True)
        write_json(about, {"key": key, **took, **told_by_packer(said), "said": said.splitlines()})
        return pack

    def many(self, name, scan, words, count):
        """A folder of exhibits that are the same but for their names."""
        first = os.path.join(name, "piece-00")
        os.makedirs(self.work(name))
        self.run("vitrine-pack", "import", scan, *words, "-o", first)
        for i in range(count):
            folder = self.work(os.path.join(name, f"piece-{i:02}"))
            if i:
                shutil.copytree(self.work(first), folder, copy_function=os.link)
            record = os.path.join(folder, "exhibit.json")
            text = read_json(record)
            text["id"] = f"piece-{i:02}"
            os.remove(record)
            write_json(record, text)

    def about(self, name):
        """What building a pack took."""
        return read_json(os.path.join(self.options.packs, name + ".json"))

    def info(self, pack):
        return json.loads(self.run("vitrine-pack", "info", pack, "--json"))

    def pan_pack(self, step, is_new=False):
        name, scan = self.pan(step)
        return self.pack(name, scan, ["--unit", "m"], is_new=is_new)

    def scan_pack(self, name):
        if name == "atlas":
            return self.pack(name, self.atlas())
        return self.pack(name, self.scan(name), SCANS[name][1])

    # ---- looking

    def visit(self, pack, script, quality=None, is_walking=False):
        """Carries a script out; the stats that it wrote, by name."""
        folder = self.work("visit")
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        with open(os.path.join(folder, "visit.txt"), "w", encoding="utf-8") as file:
            file.write(re.sub(r"stats (\S+)", rf"stats {folder}/\1.json", script))
        self.run("vitrine", "--headless", "--size", "1280x720", "--memory", str(self.options.memory),
                 "--quality", quality or self.options.quality,
                 *([] if is_walking else ["--reduced-motion"]),  # where walks are cuts
                 "--script", os.path.join(folder, "visit.txt"), pack)
        stats = {name[:-5]: read_json(os.path.join(folder, name)) for name in os.listdir(folder)
                 if name.endswith(".json")}
        if any(of["under_restoration"] for of in stats.values()):
            raise Failure(f"{pack}: a piece does not open")
        return stats

    def compare(self, name, scan, pack, words=(), kinds="full,lens20", views=10, more=()):
        save = ["--save", os.path.join(self.options.reference, name)] if self.options.reference else []
        return json.loads(self.run("vitrine-compare", scan, pack, *words, "--kinds", kinds, "--views",
                                   str(views), "--quality", self.options.quality, *more, *save))


def least(rounds, *path):
    """Of one value over all rounds."""
    return min(functools.reduce(lambda stats, key: stats[key], path, stats) for stats in rounds)


def between(rounds, start, end):
    """From one `stats` of a script to another."""
    return min(stats[end]["age_ms"] - stats[start]["age_ms"] for stats in rounds)


# ---- building

def build(bench):
    rows = bench.facts["build"] = []
    for step in [0, 1] if bench.options.quick else [0, 2, 3]:
        info = bench.info(bench.pan_pack(step, is_new=True))
        about, parts, triangles = bench.about(f"pan-{4 ** step}m"), info["page_bytes"], info["triangles"]
        shape = parts["vertices"] + parts["indices"] + parts["tables"] + info["bytes"]["graph"]
        rows.append({**about, "triangles": triangles, "page_bytes": parts,
                     "bytes_a_triangle": shape / triangles,
                     "seconds_a_million": about["seconds"] / triangles * 1e6,
                     "geometry_a_million": (about["seconds"] - about["surface_seconds"]) / triangles * 1e6})
    most = max(rows, key=lambda row: row["geometry_a_million"])
    size = f"{rows[-1]['triangles'] / 1e6:.0f}M"
    bench.figure("geometry, all levels", max(row["bytes_a_triangle"] for row in rows), 7,
                 unit="bytes a triangle")
    bench.figure("build, geometry of a million triangles", most["geometry_a_million"], 2, unit="s",
                 triangles=most["triangles"], all_seconds_a_million=most["seconds_a_million"],
                 others_share=most["others_share"])
    bench.figure(f"build, memory, {size}", rows[-1]["peak_bytes"] / MEGA / 1024, 10, unit="GiB",
                 seconds=rows[-1]["seconds"])
    side = 8192
    bench.pack(f"plate-{side}", bench.plate(side), is_new=True)
    about = bench.facts["build surface"] = bench.about(f"plate-{side}")
    bench.figure(f"build, surface, plate of {side} x {side}",
                 side * side / (about["seconds"] - about["geometry_seconds"]) / 1e6, 4, False,
                 "M source texels a second", all_seconds=about["seconds"],
                 others_share=about["others_share"])


# ---- one piece, of several sizes. An orbit takes about 24 frames

SETTLE = """
wait ready
stats first
wait settled
stats settled
lean-in
stats arrived
wait settled
stats close
"""

LENS = """
magnify 0.5 0.5 20 beauty
wait settled
stats lens
"""

STEADY = SETTLE + "measure\n" + "orbit 5 0\n" * 2 + """
stats steady
orbit -10 0
wait settled
stats back
""" + LENS


def rounds_of(bench, packs, script, quality=None):
    """A visit to each of them, in turns."""
    rounds = {name: [] for name in packs}
    for _ in range(bench.options.rounds):
        for name in packs:
            rounds[name].append(bench.visit(packs[name], script, quality))
    return rounds


def growth(bench):
    """64M against 1M: all of it in one level of quality, so that both are drawn alike."""
    steps = [0, 1] if bench.options.quick else [0, 3]
    packs = {f"{4 ** step}M": bench.pan_pack(step) for step in steps}
    rows = {}
    for name, own in rounds_of(bench, packs, STEADY, "medium").items():
        rows[name] = {
            "steady_frame_ms": least(own, "steady", "frame_ms", "median"),
            "cpu_ms_p99": least(own, "steady", "cpu_ms", "p99"),
            "triangles_drawn": own[0]["steady"]["triangles_drawn"],
            "pixel_error": own[0]["steady"]["pixel_error"],
            "scale": own[0]["steady"]["quality"]["scale"],
            "lens_settled_ms": between(own, "back", "lens"), "lens_pixel_error": own[0]["lens"]["lens_pixel_error"],
            "rss_full_bytes": least(own, "close", "rss_peak_bytes"),
            "rss_lens_bytes": least(own, "lens", "rss_peak_bytes"),
            "memory": own[0]["lens"]["memory"], "read_close": own[0]["close"]["loaded"],
            "read_lens": own[0]["lens"]["loaded"],
        }
    bench.facts["growth"] = rows
    (small, one), (huge, many) = list(rows.items())[0], list(rows.items())[-1]
    for what, limit, unit in (("steady_frame_ms", 1.2, "steady frame"),
                              ("rss_lens_bytes", 1.15, "resident memory")):
        bench.figure(f"{unit}, {huge} against {small}", many[what] / one[what], limit, unit="x",
                     **{f"{key}_{name}": row[key] for name, row in rows.items()
                        for key in (what, "triangles_drawn", "pixel_error", "scale")})
    for name, row in rows.items():
        bench.figure(f"resident memory, {name}, under the lens", row["rss_lens_bytes"] / MEGA, 300,
                     unit="MiB", full_view=round(row["rss_full_bytes"] / MEGA, 1))


def settle(bench):
    """From the start of the process, and from where the full view is first seen."""
    steps = [0, 1] if bench.options.quick else [0, 2, 3]
    packs = {f"{4 ** step}M": bench.pan_pack(step) for step in steps}
    rows = {}
    for name, own in rounds_of(bench, packs, SETTLE).items():
        rows[name] = {
            "first_frame_ms": least(own, "first", "first_frame_ms"),
            "settled_in_room_ms": min(r["settled"]["age_ms"] - r["first"]["first_frame_ms"] for r in own),
            "settled_full_view_ms": between(own, "arrived", "close"),
            "frames_until_settled": own[0]["close"]["drawn_frames"] - own[0]["arrived"]["drawn_frames"],
            "triangles_drawn": own[0]["close"]["triangles_drawn"],
            "pixel_error": own[0]["close"]["pixel_error"],
        }
    bench.facts["settle"] = rows
    first, name = rows["1M"], list(rows)[1]
    row = rows[name]
    bench.figure(f"first complete frame, {name}", row["first_frame_ms"], 600, unit="ms")
    bench.figure(f"first complete frame, {name} against 1M", row["first_frame_ms"] / first["first_frame_ms"],
                 1.2, unit="x", ms_1M=first["first_frame_ms"])
    bench.figure(f"settled after the first frame, in the room, {name}", row["settled_in_room_ms"], 500,
                 unit="ms")
    bench.figure(f"settled in the full view, {name}", row["settled_full_view_ms"], 500, unit="ms",
                 frames=row["frames_until_settled"], triangles=row["triangles_drawn"])


def cut(bench):
    """What choosing costs, and what is read for a full view of one piece and nothing else."""
    names = ["1M", "4M"] if bench.options.quick else ["1M", "64M", "man", "sax", "banana"]
    rows = bench.facts["cut"] = {}
    for name in names:
        pack = bench.pan_pack({"1M": 0, "4M": 1, "64M": 3}[name]) if name.endswith("M") else bench.scan_pack(name)
        stem = bench.info(pack)["exhibits"][0]["id"] + "/sculpture."
        row = rows[name] = json.loads(bench.run("bench_stream", pack, stem + "graph", stem + "pages"))
        full = row["lean_in_settled"]
        read = full["loaded_bytes"] - full["tile_bytes"] + full["table_bytes"]
        bench.figure(f"geometry read until settled, full view, {name}", read / 1e6, 1, unit="MB",
                     tables=full["table_bytes"], tiles=full["tile_bytes"], triangles=full["triangles"])
    moving = rows[names[-1] if bench.options.quick else "64M"]["lens_20x_moving"]
    most = names[1]
    bench.figure(f"time in the cut, {most}, magnified, median", moving["cut_ms_median"], 1, unit="ms",
                 p99=moving["cut_ms_p99"], with_all_streaming=moving["ms_median"])


# ---- pictures

def note_likeness(bench, name, summary):
    """Ours may be 1 dB worse than the full mesh drawn by a card, where both miss the limit."""
    for kind, limit in (("full", 35), ("lens20", 42)):
        row = summary.get(kind, {})
        for mode in ("albedo", "normals", "lit"):
            if mode in row:
                wanted = min(limit, row[mode]["card_psnr_db"] - 1)
                bench.figure(f"{name}, {kind}, {mode}", row[mode]["psnr_db"], round(wanted, 2), False, "dB",
                             card=row[mode]["card_psnr_db"], least=row[mode]["least_psnr_db"],
                             ssim=row[mode]["ssim"])
        if row and kind == "full":
            bench.figure(f"{name}, {kind}, triangles", row["most_triangles"], 60000)
    if "albedo" in summary.get("texel4", {}):
        row = summary["texel4"]
        bench.figure(f"{name}, finest level at four pixels a texel", row["albedo"]["ssim"], 0.995, False,
                     "SSIM", least=row["albedo"]["least_ssim"], error_px=row["most_error_px"])


def likeness(bench):
    names = ["atlas", "sax", "man", "banana"]  # the longest first: two at a time
    facts = bench.facts["likeness"] = {}
    asked = {name: (bench.atlas(), bench.scan_pack(name)) if name == "atlas" else
             (bench.scan(name), bench.scan_pack(name), SCANS[name][1]) for name in names}

    def one(name):
        return bench.compare(name, *asked[name], kinds="full,lens20,texel4", views=bench.options.views,
                             more=["--lit", "full"])["summary"]

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, summary in zip(names, pool.map(one, names)):
            facts[name] = summary
            note_likeness(bench, "1M with 40,000 charts" if name == "atlas" else name, summary)


def texels(bench):
    """What tiles hold, as the packer counts it."""
    facts = bench.facts["texels"] = {}
    for name in [*SCANS, "atlas"]:
        bench.scan_pack(name)
        row = facts[name] = {key: value for key, value in bench.about(name).items() if key != "said"}
        if "texels_of_source" in row:  # gutters and gaps are stored, too
            bench.figure(f"{name}, stored texels", row["texels_of_source"] / row["occupancy_percent"] * 100,
                         1.5, unit="x the source's")
        bench.figure(f"{name}, occupancy of tiles", row.get("occupancy_percent", 0), 40, False, "%")


def large(bench):
    side = 8192 if bench.options.quick else 16384
    pack = bench.pack(f"pan-{side}", bench.picture(side))
    rounds = rounds_of(bench, {"large": pack}, SETTLE + "stats back\n" + LENS)["large"]
    row = bench.facts["large"] = {
        "side": side, "first_frame_ms": least(rounds, "first", "first_frame_ms"),
        "settled_full_view_ms": between(rounds, "arrived", "close"),
        "lens_settled_ms": between(rounds, "back", "lens"),
        "rss_full_bytes": least(rounds, "close", "rss_peak_bytes"),
        "rss_lens_bytes": least(rounds, "lens", "rss_peak_bytes"),
        "pixel_error": rounds[0]["lens"]["lens_pixel_error"], "memory": rounds[0]["lens"]["memory"],
        "build": bench.about(f"pan-{side}"), "pack_bytes": os.path.getsize(pack)}
    bench.figure(f"{side} x {side} on 1M, first frame", row["first_frame_ms"], 800, unit="ms")
    bench.figure(f"{side} x {side} on 1M, memory", row["rss_lens_bytes"] / 1e6, 350, unit="MB",
                 full_view=row["rss_full_bytes"] / 1e6, error_under_the_lens=row["pixel_error"])


# Over each corner of a plate, and its middle, as near as the lens goes.
PLATE_PANS = {"middle": (0, 0), "upper-right": (0.27, 0.47), "lower-right": (0, -0.94),
              "lower-left": (-0.54, 0), "upper-left": (0, 0.94)}


def plate_visit():
    script = "wait ready\nwait settled\nlean-in\nwait settled\n"
    for name, (right, up) in PLATE_PANS.items():
        script += f"pan {right} {up}\n" if right or up else ""
        script += f"magnify 0.5 0.5 400 albedo\nstats moved-{name}\nwait settled\nstats at-{name}\n"
    return script


def plate(bench):
    side = 8192 if bench.options.quick else 32768
    scan = bench.plate(side)
    pack = bench.pack(f"plate-{side}", scan)
    stats = bench.visit(pack, plate_visit())
    lens = {name: {**stats["at-" + name]["magnifier"], "pixel_error": stats["at-" + name]["lens_pixel_error"],
                   "settled_ms": stats["at-" + name]["age_ms"] - stats["moved-" + name]["age_ms"]}
            for name in PLATE_PANS}
    facts = bench.facts["plate"] = {"lens": lens, "build": bench.about(f"plate-{side}")}
    summary = facts["likeness"] = bench.compare(f"plate-{side}", scan, pack, kinds="texel1,corner1",
                                                views=40)["summary"]
    bench.figure(f"plate of {side} x {side}, pixels a texel under the lens, least of five places",
                 min(row["um_per_texel"] / max(row["um_per_pixel"], 1e-6) for row in lens.values()), 1, False)
    bench.figure(f"plate of {side} x {side}, error in force under the lens",
                 max(row["pixel_error"] for row in lens.values()), 1, unit="pixels")
    for kind, where in (("texel1", "everywhere"), ("corner1", "corners")):
        row = summary[kind]
        bench.figure(f"plate of {side} x {side}, native zoom, {where}", row["albedo"]["least_ssim"], 0.98, False,
                     "SSIM, least of all places", places=row["views"], mean=row["albedo"]["ssim"])
    bench.figure(f"plate of {side} x {side}, memory while building",
                 facts["build"]["peak_bytes"] / MEGA / 1024, 1, unit="GiB", seconds=facts["build"]["seconds"],
                 others_share=facts["build"]["others_share"])


# ---- thirty pieces

def walk(bench):
    count = 6 if bench.options.quick else PIECES
    pack = bench.pack(f"room-{count}", bench.picture(4096), count=count)
    order = sorted(range(count), key=lambda i: i * 7 % count)
    script = "wait ready\nwait settled\nstats start\nmeasure\n"
    for at, i in enumerate(order):
        script += f"walk-to exhibit:piece-{i:02}\nstats stop-{at:02}\nwait settled\nstats still-{at:02}\n"
    stats = bench.visit(pack, script)
    last, budget = stats[f"still-{count - 1:02}"], bench.options.memory * MEGA
    peak = max(s["memory"]["peak"] for s in stats.values())
    stills = [stats[f"still-{i:02}"] for i in range(count)]
    sharp = [stats[f"still-{i:02}"]["age_ms"] - stats[f"stop-{i:02}"]["age_ms"] for i in range(count)]
    bench.facts["walk"] = {
        "pieces": count, "first_frame_ms": stats["start"]["first_frame_ms"],
        "seconds": (last["age_ms"] - stats["start"]["age_ms"]) / 1000,
        "frames": last["frame_ms"]["count"], "cpu_ms": last["cpu_ms"], "frame_ms": last["frame_ms"],
        "bytes_read": last["loaded"]["bytes"], "sharp_after_ms": sharp,
        "rss_bytes": [s["rss_bytes"] for s in stills], "memory_used": [s["memory"]["used"] for s in stills],
        "pixel_error": [s["pixel_error"] for s in stills], "memory_peak": peak, "budget": budget,
    }
    bench.figure(f"walk among {count}, budget", peak / budget, 1, unit="of --memory")
    bench.figure(f"walk among {count}, own time of a frame, p99", last["cpu_ms"]["p99"], 4, unit="ms",
                 frames=last["frame_ms"]["count"])
    bench.figure(f"walk among {count}, own time of a frame, most", last["cpu_ms"]["max"], 16, unit="ms")
    bench.figure(f"walk among {count}, sharp after standing still", max(sharp), 1000, unit="ms",
                 median=sorted(sharp)[count // 2])


PARTS = {"build": build, "growth": growth, "settle": settle, "cut": cut, "large": large, "plate": plate,
         "walk": walk, "texels": texels, "likeness": likeness, "cracks": cracks, "gallery300": gallery300}


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--work", default="bench-work")
    parser.add_argument("--packs")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--shared", default=os.environ.get(
        "VITRINE_SHARED", os.path.join(BIN, "../../../../shared/data")))
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--views", type=int, default=10)
    parser.add_argument("--quality", default="auto")
    parser.add_argument("--memory", type=int, default=128)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--reference")
    options = parser.parse_args()
    options.packs = options.packs or options.work
    for name in ("work", "packs", "shared", "reference"):
        if getattr(options, name):
            setattr(options, name, os.path.abspath(getattr(options, name)))
    if not os.path.isdir(os.path.join(options.shared, "scans")):
        sys.exit(f"{options.shared} holds no scans: say --shared FOLDER")
    options.only = options.only.split(",")
    for part in options.only:
        if part not in PARTS:
            sys.exit(f"'{part}' is none of {', '.join(PARTS)}")
    return options


def main():
    options = read_options()
    bench, failures, took = Bench(options), [], {}
    for part in options.only:
        watch = Watch()
        try:
            PARTS[part](bench)
        except Failure as failure:
            failures.append(str(failure))
            print(failure, file=sys.stderr)
        took[part] = watch.told()
        print(f"# {part}:", took[part], file=sys.stderr, flush=True)
    json.dump({"machine": {"cores": os.cpu_count(), "load": os.getloadavg()[0], "parts": took},
               "failures": failures, "figures": bench.figures, "facts": bench.facts}, sys.stdout, indent=1)
    print()
    for figure in bench.figures:
        print("ok   " if figure["met"] else "NOT  ", figure["name"], figure["value"], figure["unit"],
              f"({figure['is']} {figure['limit']})", file=sys.stderr)
    return 0 if not failures and all(figure["met"] for figure in bench.figures) else 1


if __name__ == "__main__":
    sys.exit(main())

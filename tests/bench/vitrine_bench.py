#!/usr/bin/env python3
"""Every figure of docs/PERFORMANCE.md, as JSON on standard output.

    vitrine-bench [--work FOLDER] [--shared FOLDER] [--only PART,...] [--rounds N] [--quick]
                  [--memory MIB] [--quality LEVEL] [--reference FOLDER]

Parts: growth, build, likeness, texels, textures, walk; all of them if not told. Inputs are generated into
FOLDER (bench-work) and packed there once: delete what is to be made anew. Figures that depend on
time are the least of N rounds, in which the packs take turns. --quick leaves out what is larger
than four million triangles or 8,192 texels a side. --reference keeps the pictures that are
compared: what was drawn of the full mesh and its pictures, and ours.

Each figure says what was measured, which limit it has, and whether it is met. Exit status 1 where
one is not met, 77 where nothing can be drawn.
"""
import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time

BIN = os.path.dirname(os.path.realpath(__file__))
MEGA = 1024 * 1024
SCANS = {  # name: path, what the importer has to be told
    "man": ("man-with-wreath/man_wearing_a_wreath.glb", []),
    "sax": ("alto-saxophone/saxophone_draco.glb", []),
    "banana": ("ycb-banana/textured_simple_reoriented.obj", ["--unit", "m", "--up", "z"]),
    "pan": ("reclining-pan/pan.ply", ["--unit", "m"]),
}
PIECES = 30


class Failure(Exception):
    """A program did not do what it was asked to."""


class Bench:
    def __init__(self, options):
        self.options = options
        self.figures = []
        self.facts = {}
        os.makedirs(options.work, exist_ok=True)

    def figure(self, name, value, limit, most=True, unit=""):
        """Notes a figure that may be at most (or at least) `limit`."""
        is_met = value <= limit if most else value >= limit
        self.figures.append({"name": name, "value": round(value, 4), "unit": unit,
                             "at most" if most else "at least": limit, "met": is_met})

    def path(self, name):
        return os.path.join(self.options.work, name)

    # ---- programs

    def run(self, program, *words):
        """Its standard output. Says what it does, as some of it takes minutes."""
        command = [os.path.join(BIN, program), *words]
        print("$", program, " ".join(words), file=sys.stderr, flush=True)
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                                cwd=self.options.work)
        said = result.stderr.decode("utf-8", "replace")
        if result.returncode and re.search("no video driver|no window|OpenGL 3.3", said):
            sys.exit(77)
        if result.returncode:
            raise Failure(f"{program} ended with {result.returncode}: {said[-2000:]}")
        return result.stdout.decode("utf-8")

    def generate(self, name, *words):
        """A generated input, made once."""
        if not os.path.exists(self.path(name)):
            self.run("vitrine-generate", *words, "-o", name)
        return self.path(name)

    def scan(self, name):
        return os.path.join(self.options.shared, "scans", SCANS[name][0])

    def atlas(self):
        return self.generate("atlas.glb", "atlas", self.scan("pan"), "--unit", "m", "--charts", "40000",
                             "--side", "8192")

    def pack(self, name, scan, words=(), count=1):
        """A pack of a scan (or of `count` pieces made of it), built once. What building took is
        kept beside it."""
        pack, folder, took = self.path(name + ".vitrine"), self.path(name), self.path(name + ".json")
        if os.path.exists(pack) and os.path.exists(took):
            return pack
        shutil.rmtree(folder, ignore_errors=True)
        if count == 1:
            self.run("vitrine-pack", "import", scan, *words, "-o", name)
        else:
            self.many(name, scan, words, count)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.monotonic()
        more = ["--cache", name + ".cache"] if count > 1 else []
        with Peak(os.path.join(BIN, "vitrine-pack"), ["build", name, "-o", pack, *more],
                  self.options.work) as peak:
            pass
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        with open(took, "w", encoding="utf-8") as file:
            json.dump({"seconds": time.monotonic() - begun,
                       "cpu_seconds": after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime,
                       "peak_bytes": peak.bytes}, file)
        return pack

    def many(self, name, scan, words, count):
        """A folder of exhibits that are the same but for their names."""
        first = os.path.join(name, "piece-00")
        os.makedirs(self.path(name))
        self.run("vitrine-pack", "import", scan, *words, "-o", first)
        for i in range(count):
            folder = self.path(os.path.join(name, f"piece-{i:02}"))
            if i:
                shutil.copytree(self.path(first), folder, copy_function=os.link)
            record = os.path.join(folder, "exhibit.json")
            with open(record, encoding="utf-8") as file:
                text = json.load(file)
            text["id"] = f"piece-{i:02}"
            os.remove(record)
            with open(record, "w", encoding="utf-8") as file:
                json.dump(text, file)

    def build_took(self, name):
        with open(self.path(name + ".json"), encoding="utf-8") as file:
            return json.load(file)

    def info(self, pack):
        return json.loads(self.run("vitrine-pack", "info", pack, "--json"))

    def visit(self, packs, script):
        """Carries a script out; the stats that it wrote, by name."""
        folder = self.path("visit")
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        with open(os.path.join(folder, "visit.txt"), "w", encoding="utf-8") as file:
            file.write(re.sub(r"stats (\S+)", rf"stats {folder}/\1.json", script))
        self.run("vitrine", "--headless", "--size", "1280x720", "--memory", str(self.options.memory),
                 "--quality", self.options.quality,                 "--reduced-motion", "--script", os.path.join(folder, "visit.txt"), *packs)
        stats = {}
        for name in os.listdir(folder):
            if name.endswith(".json"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    stats[name[:-5]] = json.load(file)
        return stats

    def compare(self, name, scan, pack, words=(), kinds="full,lens20", views=10):
        more = ["--save", os.path.join(self.options.reference, name)] if self.options.reference else []
        result = self.run("vitrine-compare", scan, pack, *words, "--kinds", kinds, "--views",
                          str(views), "--quality", self.options.quality, *more)
        return json.loads(result)


class Peak:
    """Runs a program to its end and knows how much memory it took at most."""

    def __init__(self, program, words, folder):
        self.command, self.folder, self.bytes = [program, *words], folder, 0

    def __enter__(self):
        print("$", os.path.basename(self.command[0]), " ".join(self.command[1:]), file=sys.stderr,
              flush=True)
        child = subprocess.Popen(self.command, cwd=self.folder, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE)
        said = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        if status:
            raise Failure(f"{' '.join(self.command)}: {said.decode('utf-8', 'replace')[-2000:]}")
        self.bytes = usage.ru_maxrss * 1024
        return self

    def __exit__(self, *_):
        return False


# ---- one piece, of four sizes

VISIT = """
wait ready
stats first
wait settled
stats settled
lean-in
wait settled
stats close
measure
""" + "orbit 5 0\nwait frames 1\n" * 8 + """
stats steady
wait settled
orbit -40 0
magnify 0.5 0.5 20 beauty
wait settled
stats lens
"""


def least(rounds, *path):
    """Of one value over all rounds."""
    values = []
    for stats in rounds:
        for key in path:
            stats = stats[key]
        values.append(stats)
    return min(values)


def growth(bench):
    steps = [0, 1] if bench.options.quick else [0, 1, 2, 3]
    packs = {}
    for step in steps:
        scan = bench.generate(f"pan-{4 ** step}m.ply", "relief", bench.scan("pan"), "--unit", "m",
                              "--steps", str(step))
        packs[step] = bench.pack(f"pan-{4 ** step}m", scan, ["--unit", "m"])
    rounds = {step: [] for step in steps}
    for _ in range(bench.options.rounds):
        for step in steps:
            rounds[step].append(bench.visit([packs[step]], VISIT))
    rows = []
    for step in steps:
        own = rounds[step]
        rows.append({
            "triangles": bench.info(packs[step])["triangles"],
            "first_frame_ms": least(own, "first", "first_frame_ms"),
            "settled_after_ms": min(r["settled"]["age_ms"] - r["first"]["first_frame_ms"] for r in own),
            "lean_in_settled_ms": min(r["close"]["age_ms"] - r["settled"]["age_ms"] for r in own),
            "lens_settled_ms": min(r["lens"]["age_ms"] - r["steady"]["age_ms"] for r in own),
            "steady_frame_ms": least(own, "steady", "frame_ms", "median"),
            "cpu_ms_p99": least(own, "steady", "cpu_ms", "p99"),
            "triangles_drawn": own[0]["close"]["triangles_drawn"],
            "rss_peak_bytes": least(own, "lens", "rss_peak_bytes"),
            "read_close": own[0]["close"]["loaded"], "read_lens": own[0]["lens"]["loaded"],
        })
    bench.facts["growth"] = rows
    stem = bench.info(packs[steps[-1]])["exhibits"][0]["id"] + "/sculpture."
    stream = json.loads(bench.run("bench_stream", packs[steps[-1]], stem + "graph", stem + "pages"))
    bench.facts["stream"] = stream
    large, most = rows[min(2, len(rows) - 1)], f"{4 ** steps[-1]}M"
    middle = f"{4 ** steps[min(2, len(rows) - 1)]}M"
    bench.figure(f"time in the cut, {most}, magnified", stream["lens_20x_moving"]["ms_median"], 1, unit="ms")
    bench.figure(f"first complete frame, {middle}", large["first_frame_ms"], 600, unit="ms")
    bench.figure(f"first complete frame, {middle} against 1M",
                 large["first_frame_ms"] / rows[0]["first_frame_ms"], 1.2, unit="x")
    bench.figure(f"settled after the first frame, {middle}", large["settled_after_ms"], 500, unit="ms")
    bench.figure(f"steady frame, {most} against 1M", rows[-1]["steady_frame_ms"] / rows[0]["steady_frame_ms"],
                 1.2, unit="x")
    bench.figure(f"resident memory, {most} against 1M", rows[-1]["rss_peak_bytes"] / rows[0]["rss_peak_bytes"],
                 1.15, unit="x")
    bench.figure(f"resident memory, {most}", rows[-1]["rss_peak_bytes"] / MEGA, 300, unit="MiB")
    read = rows[-1]["read_close"]
    bench.figure(f"geometry read until settled, full view, {most}",
                 (read["bytes"] - read["tile_bytes"]) / 1e6, 1, unit="MB")


# ---- building

def build(bench):
    rows = []
    for step in [0, 1] if bench.options.quick else [0, 1, 2, 3]:
        name = f"pan-{4 ** step}m"
        scan = bench.generate(name + ".ply", "relief", bench.scan("pan"), "--unit", "m", "--steps",
                              str(step))
        info = bench.info(bench.pack(name, scan, ["--unit", "m"]))
        took, millions = bench.build_took(name), info["triangles"] / 1e6
        parts = info["page_bytes"]
        shape = parts["vertices"] + parts["indices"] + parts["tables"] + info["bytes"]["graph"]
        rows.append({"triangles": info["triangles"], "seconds": took["seconds"],
                     "cpu_seconds": took["cpu_seconds"],
                     "seconds_a_million": took["seconds"] / millions,
                     "bytes_a_triangle": shape / info["triangles"], "page_bytes": parts,
                     "peak_bytes": took["peak_bytes"]})
    bench.facts["build"] = rows
    bench.figure("geometry, all levels", max(row["bytes_a_triangle"] for row in rows), 7,
                 unit="bytes a triangle")
    bench.figure("build, a million triangles", max(row["seconds_a_million"] for row in rows), 2, unit="s")
    bench.figure(f"build, memory, {rows[-1]['triangles'] / 1e6:.0f}M", rows[-1]["peak_bytes"] / MEGA / 1024, 10, unit="GiB")


# ---- pictures

def note_likeness(bench, name, result):
    """Ours may be 1 dB worse than the full mesh drawn by a card, where both miss the limit."""
    for kind, limit in (("full", 35), ("lens20", 42)):
        if kind not in result["summary"]:
            continue
        row = result["summary"][kind]
        for mode in ("albedo", "normals"):
            if mode in row:
                wanted = min(limit, row[mode]["card_psnr_db"] - 1)
                bench.figure(f"{name}, {kind}, {mode}", row[mode]["psnr_db"], round(wanted, 2), False, "dB")
        if kind == "full":
            bench.figure(f"{name}, {kind}, triangles", row["most_triangles"], 60000)
    if "texel4" in result["summary"]:
        bench.figure(f"{name}, finest level at four pixels a texel",
                     result["summary"]["texel4"]["albedo"]["ssim"], 0.995, False, "SSIM")


def likeness(bench):
    facts = bench.facts["likeness"] = {}
    for name in ("man", "sax", "banana"):
        pack = bench.pack(name, bench.scan(name), SCANS[name][1])
        facts[name] = bench.compare(name, bench.scan(name), pack, SCANS[name][1], "full,lens20,texel4",
                                    bench.options.views)["summary"]
        note_likeness(bench, name, {"summary": facts[name]})
    scan = bench.atlas()
    pack = bench.pack("atlas", scan)
    facts["atlas"] = bench.compare("atlas", scan, pack, kinds="full,lens20,texel4",
                                   views=bench.options.views)["summary"]
    note_likeness(bench, "1M with 40,000 charts", {"summary": facts["atlas"]})


def texels(bench):
    """What tiles hold, as the baker counts it."""
    facts = bench.facts["texels"] = {}
    for name in ("man", "sax", "banana", "atlas"):
        scan, words = (bench.atlas(), []) if name == "atlas" else (bench.scan(name), SCANS[name][1])
        said = bench.run("bench_bake", scan, *words[:2])  # which way is up does not matter
        row = facts[name] = {}
        for key, pattern in (("occupancy", r"occupancy (\d+) %"), ("stored", r"all levels ([\d.]+) x"),
                             ("mega_texels_a_second", r"([\d.]+) M a second")):
            found = re.search(pattern, said)
            if found:
                row[key] = float(found.group(1))
        if "stored" in row and row.get("occupancy"):
            row["stored"] /= row["occupancy"] / 100  # gutters and gaps are stored, too
            bench.figure(f"{name}, stored texels", row["stored"], 1.5, unit="x the source's")
        bench.figure(f"{name}, occupancy of tiles", row.get("occupancy", 0), 40, False, "%")


def textures(bench):
    facts = bench.facts["textures"] = {}
    quick = bench.options.quick
    side = 8192 if quick else 16384
    scan = bench.generate(f"pan-{side}.glb", "project", bench.scan("pan"), "--unit", "m", "--side",
                          str(side), "--jpeg")
    pack = bench.pack(f"pan-{side}", scan)
    rounds = [bench.visit([pack], VISIT) for _ in range(bench.options.rounds)]
    took = bench.build_took(f"pan-{side}")
    facts["large"] = {"side": side, "first_frame_ms": least(rounds, "first", "first_frame_ms"),
                      "rss_peak_bytes": least(rounds, "lens", "rss_peak_bytes"), "build": took,
                      "texels_a_second": side * side / took["seconds"],
                      "pack_bytes": os.path.getsize(pack)}
    bench.figure(f"{side} x {side} on 1M, first frame", facts["large"]["first_frame_ms"], 800, unit="ms")
    bench.figure(f"{side} x {side} on 1M, memory", facts["large"]["rss_peak_bytes"] / 1e6, 350, unit="MB")
    bench.figure(f"{side} x {side} on 1M, build", facts["large"]["texels_a_second"] / 1e6, 4, False,
                 "M texels a second, geometry and all")
    side = 8192 if quick else 32768
    scan = bench.generate(f"plate-{side}.glb", "plate", "--side", str(side), "--jpeg")
    pack = bench.pack(f"plate-{side}", scan)
    facts["plate"] = bench.compare("plate", scan, pack, kinds="texel1")["summary"]
    facts["plate"]["build"] = bench.build_took(f"plate-{side}")
    bench.figure(f"plate of {side} x {side}, native zoom", facts["plate"]["texel1"]["albedo"]["least_ssim"],
                 0.98, False, "SSIM")
    bench.figure(f"plate of {side} x {side}, memory while building",
                 facts["plate"]["build"]["peak_bytes"] / MEGA / 1024, 1, unit="GiB")


# ---- thirty pieces

def walk(bench):
    count = 6 if bench.options.quick else PIECES
    scan = bench.generate("pan-4096.glb", "project", bench.scan("pan"), "--unit", "m", "--side", "4096",
                          "--jpeg")
    pack = bench.pack(f"room-{count}", scan, count=count)
    order = sorted(range(count), key=lambda i: i * 7 % count)
    script = "wait ready\nwait settled\nstats start\nmeasure\n"
    for at, i in enumerate(order):
        script += f"walk-to exhibit:piece-{i:02}\nstats stop-{at:02}\nwait settled\nstats still-{at:02}\n"
    stats = bench.visit([pack], script)
    last = stats[f"still-{count - 1:02}"]
    budget = bench.options.memory * MEGA
    peak = max(s["memory"]["peak"] for s in stats.values())
    sharp = [stats[f"still-{i:02}"]["age_ms"] - stats[f"stop-{i:02}"]["age_ms"] for i in range(count)]
    bench.facts["walk"] = {
        "pieces": count, "first_frame_ms": stats["start"]["first_frame_ms"],
        "frames": last["frame_ms"]["count"], "cpu_ms": last["cpu_ms"], "frame_ms": last["frame_ms"],
        "bytes_read": last["loaded"]["bytes"], "sharp_after_ms": sharp,
        "rss_bytes": [stats[f"still-{i:02}"]["rss_bytes"] for i in range(count)],
        "memory_used": [stats[f"still-{i:02}"]["memory"]["used"] for i in range(count)],
        "memory_peak": peak, "budget": budget,
    }
    bench.figure(f"walk among {count}, budget", peak / budget, 1, unit="of --memory")
    bench.figure(f"walk among {count}, own time of a frame, p99", last["cpu_ms"]["p99"], 4, unit="ms")
    bench.figure(f"walk among {count}, own time of a frame, most", last["cpu_ms"]["max"], 16, unit="ms")
    bench.figure(f"walk among {count}, sharp after standing still", max(sharp), 1000, unit="ms")


PARTS = {"growth": growth, "build": build, "likeness": likeness, "texels": texels, "textures": textures, "walk": walk}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--work", default="bench-work")
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
    options.work = os.path.abspath(options.work)
    options.shared = os.path.abspath(options.shared)
    if options.reference:
        options.reference = os.path.abspath(options.reference)
    if not os.path.isdir(os.path.join(options.shared, "scans")):
        sys.exit(f"{options.shared} holds no scans: say --shared FOLDER")
    bench, failures = Bench(options), []
    for part in options.only.split(","):
        if part not in PARTS:
            sys.exit(f"'{part}' is none of {', '.join(PARTS)}")
        try:
            PARTS[part](bench)
        except Failure as failure:
            failures.append(str(failure))
            print(failure, file=sys.stderr)
    json.dump({"machine": {"cores": os.cpu_count(), "load": os.getloadavg()[0]},
               "failures": failures, "figures": bench.figures, "facts": bench.facts}, sys.stdout, indent=1)
    print()
    for figure in bench.figures:
        print(("ok    " if figure["met"] else "NOT   ") + figure["name"], figure["value"], figure["unit"],
              file=sys.stderr)
    return 0 if not failures and all(figure["met"] for figure in bench.figures) else 1


if __name__ == "__main__":
    sys.exit(main())

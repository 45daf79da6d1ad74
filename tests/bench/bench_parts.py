"""Parts of vitrine-bench that stand by themselves: `gallery300` and `cracks`."""
import json
import os
import shutil

KINDS = ["man", "sax", "banana", "nefertiti", "whale"]  # shared scans that are quickly baked
WALK = 6  # pieces that are walked to, through as many rooms


def make_gallery(bench, count):
    """A folder of the shared scans under other ids, in rooms that `layout` proposes, as a pack."""
    name = f"gallery-{count}"
    pack = os.path.join(bench.options.packs, name + ".vitrine")
    if bench.options.keep and os.path.exists(pack):
        return pack
    folder = bench.work(name)
    shutil.rmtree(folder, ignore_errors=True)
    for kind in KINDS:
        shutil.rmtree(bench.work("first-" + kind), ignore_errors=True)
        bench.run("vitrine-pack", "import", bench.scan(kind), *bench.words(kind), "-o", "first-" + kind)
    for i in range(count):
        kind = KINDS[i % len(KINDS)]
        piece = f"{kind}-{i:03}"
        shutil.copytree(bench.work("first-" + kind), os.path.join(folder, piece), copy_function=os.link)
        record = os.path.join(folder, piece, "exhibit.json")
        with open(record, encoding="utf-8") as file:
            text = json.load(file)
        text.update({"id": piece, "title": {"en": f"{kind} {i}"}, "object_type": {"en": kind}})
        os.remove(record)
        with open(record, "w", encoding="utf-8") as file:
            json.dump(text, file)
    bench.run("vitrine-pack", "layout", name)
    # Pieces that are alike are baked once.
    bench.run("vitrine-pack", "build", name, "-o", pack, "--cache", "gallery.cache")
    return pack


def gallery300(bench, count=300):
    """A gallery of 300 from the shared scans: how soon it stands, and a walk through its rooms."""
    pack = make_gallery(bench, count)
    goals = [f"{KINDS[i * count // WALK % len(KINDS)]}-{i * count // WALK:03}" for i in range(WALK)]
    script = "wait ready\nstats start\nmeasure\n"
    script += "".join(f"walk-to exhibit:{piece}\n" for piece in goals) + "stats end\n"
    rounds = [bench.visit(pack, script, "low", is_walking=True) for _ in range(bench.options.rounds)]
    start = min(stats["start"]["first_frame_ms"] for stats in rounds)
    best = min(rounds, key=lambda stats: stats["end"]["cpu_ms"]["p99"])["end"]
    bench.facts["gallery300"] = {
        "pieces": count, "walk": goals, "frames": best["frame_ms"]["count"], "cpu_ms": best["cpu_ms"],
        "frame_ms": best["frame_ms"], "rss_peak_bytes": best["rss_peak_bytes"], "memory": best["memory"],
    }
    bench.figure(f"gallery of {count}, until it stands", start, 2000, unit="ms")
    bench.figure(f"gallery of {count}, budget", best["memory"]["peak"] / best["memory"]["budget"], 1,
                 unit="of --memory")
    bench.figure(f"gallery of {count}, own time of a frame walking, p99", best["cpu_ms"]["p99"], 16, unit="ms",
                 frames=best["frame_ms"]["count"])


def cracks(bench):
    """The test of a thousand random cuts of every shared scan, with pages missing."""
    os.environ["VITRINE_SHARED"] = bench.options.shared
    said = bench.run("test_bake_scans", statuses=(0, 1, 77))
    failed = said.count("[  FAILED  ]")
    bench.facts["cracks"] = {"said": said.splitlines()[-40:]}
    bench.figure("shared scans with cracks in any of 1,000 cuts", failed, 0)

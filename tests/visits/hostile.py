#!/usr/bin/env python3
"""Feeds every broken and odd file to the programs: refused with a sentence, or read.

    hostile.py BIN WORK SHARED KIND       KIND: import, image, archive, json, conformance,
                                          museum

Fails on a crash, a sanitizer's report, a hang, or a growth of more than 256 MiB; a refusal has
to be a sentence with a stable error name, and where a file is broken by design the sentence has
to say how. conformance: what is valid opens. museum: all the archives as packs of one house,
which shows a card for each. Exit status 77 where the folder is absent.
"""
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import threading

import programs

GROWTH_LIMIT_KIB = 256 * 1024
SECONDS = 240  # a picture on two triangles becomes a million of them
SCANS = (".ply", ".stl", ".obj", ".gltf", ".glb")
SANITIZER_STATUS = 86  # ours to choose, so that a report is never taken for a refusal

# What the sentence has to say of the files that were broken by hand.
CAUSES = {
    "accessor_count_overflow.glb": "claims 4294967295 items",
    "image_path_traversal.glb": "not below its own folder",
    "index_out_of_range.glb": "names vertex 60000 of 3",
    "node_cycle.glb": "two parents or stands below itself",
    "valid_triangle.glb": None,
    "index_zero_and_huge.obj": "line 4: a face that names a vertex which is not there",
    "mtl_traversal.obj": "not below its own folder",
    "claims_four_billion.ply": "promises 4294967295 rows",
    "index_out_of_range.ply": "names vertex 7 of 3",
    "nan_inf.ply": "not numbers",
    "count_too_big.stl": "says 4000000000 triangles; it has room for 1",
    "bomb_64MiB.zip": "the limit is 16 MiB",
    "duplicate_names.zip": "used twice",
    "slip_dotdot.zip": "starts or ends with a dot",
    "symlink_to_etc.zip": "symbolic link",
    "bomb_1bit_20000x20000.png": "20000 x 20000 pixels in 48685 bytes",
    "header_claims_2e9.png": "2147483647 x 2147483647; the limit is 65536",
    "jpeg_truncated_half.jpg": "Premature end of JPEG",
    "monkey12.jpg": "12 bits a channel",
    "xcsn0g01.png": "checksum",
    "xdtn0g01.png": "the PNG is damaged",
}
# Valid scans that hold no surface, or refer to what is not there.
NO_SCULPTURE = ("the file holds no triangle", "the file holds no sound triangle",
                "a buffer without a URI, in a file without a binary part",
                "and no faces")
# Files of the conformance folders that are wrong on purpose: tinyobjloader's tests of refusals.
INVALID = ("invalid-", "issue-140-zero-face-idx")


def files_below(folder):
    for path, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            yield os.path.join(path, name)


def run(arguments):
    """Exit status, output and peak memory of a program of ours; a hang is killed and a failure."""
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    timer = threading.Timer(SECONDS, process.kill)
    timer.start()
    output = process.stdout.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(process.pid, 0)
    timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, output, usage.ru_maxrss


class Judge:
    def __init__(self, packer):
        with open(packer, "rb") as file:
            program = file.read()
        # Sanitizers keep shadows and freed memory; sizes say nothing then.
        self.is_sanitized = b"__asan_init" in program or b"__tsan_init" in program
        self.limit_kib = run([packer, "--version"])[2] + GROWTH_LIMIT_KIB
        self.output = ""
        self.code = 0

    def judge(self, path, arguments, cause=None):
        """Whether the program read or refused the file as it should."""
        self.code, self.output, memory_kib = run(arguments)
        problems = []
        if self.code < 0:
            problems.append(f"killed by signal {-self.code}")
        elif self.code not in (0, 1):
            problems.append(f"exit status {self.code}")
        if re.search("Sanitizer|runtime error|our mistake", self.output):
            problems.append("a sanitizer or an assertion reports")
        if self.code > 0 and not re.search(r"ERR_[A-Z_]+ .+\w\w", self.output):
            problems.append("refused without a name and a sentence")
        if self.code > 0 and cause and cause not in self.output:
            problems.append(f"the sentence does not say \"{cause}\"")
        if not self.is_sanitized and memory_kib > self.limit_kib:
            problems.append(f"{memory_kib // 1024} MiB of memory")
        if problems:
            print(f"{path}: {'; '.join(problems)}\n    {' '.join(arguments)}\n"
                  f"    {self.output[:2000]}")
        return not problems


def cases(kind, packer, work, shared):
    out = os.path.join(work, "out")
    if kind == "import":
        for folder in ("broken", "conformance"):
            for path in files_below(os.path.join(shared, folder)):
                if path.lower().endswith(SCANS):
                    # Textures are read by build only, so a scan that imports is built too.
                    yield path, [packer, "import", path, "--unit", "mm", "-o", out], True
    elif kind == "image":
        for folder in ("broken/image", "conformance/png", "conformance/jpeg"):
            for path in files_below(os.path.join(shared, folder)):
                if path.lower().endswith((".png", ".jpg", ".jpeg")):
                    yield path, make_textured_scan(packer, work, path, out), True
    elif kind == "archive":
        for folder in ("broken/zip", "conformance/zip"):
            for path in files_below(os.path.join(shared, folder)):
                yield path, [packer, "check", path], False
                yield path, [packer, "info", path], False
    elif kind == "json":
        for path in files_below(os.path.join(shared, "conformance/json")):
            folder = os.path.join(work, "record")
            shutil.rmtree(folder, ignore_errors=True)
            os.makedirs(folder)
            shutil.copy(path, os.path.join(folder, "exhibit.json"))
            yield path, [packer, "check", folder], False


def make_textured_scan(packer, work, picture, out):
    """An import of two triangles that wear the picture."""
    folder = os.path.join(work, "scan")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    name = "picture" + os.path.splitext(picture)[1].lower()
    shutil.copy(picture, os.path.join(folder, name))
    with open(os.path.join(folder, "plate.mtl"), "w", encoding="utf-8") as file:
        file.write(f"newmtl plate\nmap_Kd {name}\n")
    with open(os.path.join(folder, "plate.obj"), "w", encoding="utf-8") as file:
        file.write("mtllib plate.mtl\nusemtl plate\nv 0 0 0\nv 10 0 0\nv 10 10 0\nv 0 10 0\n"
                   "vt 0 0\nvt 1 0\nvt 1 1\nvt 0 1\nf 1/1 2/2 3/3 4/4\n")
    return [packer, "import", os.path.join(folder, "plate.obj"), "--unit", "mm", "-o", out]


def try_files(judge, kind, packer, work, shared):
    """How many files there were, and how many of them went wrong."""
    count = failed = 0
    out = os.path.join(work, "out")
    for path, arguments, then_build in cases(kind, packer, work, shared):
        shutil.rmtree(out, ignore_errors=True)
        count += 1
        cause = CAUSES.get(os.path.basename(path))
        held = judge.judge(path, arguments, cause)
        is_refused = judge.code != 0
        if held and then_build and os.path.isdir(out):
            held = judge.judge(path, [packer, "build", out, "-o",
                                      os.path.join(work, "out.vitrine")], cause)
            is_refused |= judge.code != 0
        if cause and not is_refused:
            print(f"{path}: was taken; expected \"{cause}\"")
            held = False
        failed += not held
    return count, failed


def is_valid(path):
    """What those who made the file say of it."""
    report = path + ".report.json"
    if os.path.exists(report):
        with open(report, encoding="utf-8") as file:
            return json.load(file)["issues"]["numErrors"] == 0
    name = os.path.basename(path)
    return not name.startswith(INVALID)


def try_conformance(judge, packer, work, shared):
    """Everything valid opens: it is imported, or read to its end and found to be no surface."""
    count = failed = imported = 0
    out = os.path.join(work, "out")
    for path in files_below(os.path.join(shared, "conformance")):
        if not path.lower().endswith(SCANS) or not is_valid(path):
            continue
        shutil.rmtree(out, ignore_errors=True)
        count += 1
        words = [] if path.endswith((".glb", ".gltf")) else ["--unit", "mm"]
        if not judge.judge(path, [packer, "import", path, *words, "-o", out]):
            failed += 1
        elif judge.code == 0:
            imported += 1
        elif not any(sentence in judge.output for sentence in NO_SCULPTURE):
            print(f"{path}: is valid, but was refused: {judge.output}")
            failed += 1
    print(f"{imported} of {count} valid scans became exhibits")
    return (count if imported else 0), failed


def try_museum(bin_folder, work, shared):
    """Every strange archive as a pack of one house: each has its card, and the visit goes on."""
    paths = [path for folder in ("broken/zip", "conformance/zip")
             for path in files_below(os.path.join(shared, folder))]
    with open(os.path.join(work, "visit.txt"), "w", encoding="utf-8") as file:
        file.write(f"wait ready\nexpect under_restoration = {len(paths)}\nlean-in\n"
                   "wait settled\nexpect exhibit_state = restoration\nscreenshot card.png\n")
    programs.visit(bin_folder, ["--size", "160x120", "--reduced-motion", "--script", "visit.txt",
                                *paths], work)
    return len(paths), 0


def main():
    bin_folder, work, shared, kind = sys.argv[1:5]
    if not os.path.isdir(shared):
        print(f"skipped: {shared} is not here")
        return 77
    packer = os.path.join(bin_folder, "vitrine-pack")
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
        os.environ[name] = f"{os.environ.get(name, '')}:exitcode={SANITIZER_STATUS}"
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    judge = Judge(packer)
    if kind == "museum":
        count, failed = try_museum(bin_folder, work, shared)
    elif kind == "conformance":
        count, failed = try_conformance(judge, packer, work, shared)
    else:
        count, failed = try_files(judge, kind, packer, work, shared)
    print(f"{count} files read or refused, {failed} problems")
    return 1 if failed or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())

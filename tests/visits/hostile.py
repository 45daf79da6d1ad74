#!/usr/bin/env python3
"""Feeds every broken and odd file to the programs: refused with a sentence, or read.

    hostile.py BIN WORK SHARED KIND       KIND: import, image, archive, json

Fails on a crash, a sanitizer's report, a hang, or more than 256 MiB of memory; in a refusal it
wants one sentence with a stable error name. Exit status 77 where the folder is absent.
"""
import os
import resource
import shutil
import subprocess
import sys
import threading

MEMORY_LIMIT_KIB = (256 + 64) * 1024  # growth, and what the program takes before it reads a byte
SECONDS = 60
SCANS = (".ply", ".stl", ".obj", ".gltf", ".glb")


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


def judge(path, arguments, sanitized):
    code, output, memory_kib = run(arguments)
    problems = []
    if code < 0:
        problems.append(f"killed by signal {-code}")
    if code not in (0, 1, 2):
        problems.append(f"exit status {code}")
    if "Sanitizer" in output or "runtime error" in output or "our mistake" in output:
        problems.append("a sanitizer or an assertion reports")
    if code > 0 and "ERR_" not in output:
        problems.append("refused without an error name")
    if not sanitized and memory_kib > MEMORY_LIMIT_KIB:
        problems.append(f"{memory_kib // 1024} MiB of memory")
    if problems:
        print(f"{path}: {'; '.join(problems)}\n    {' '.join(arguments)}\n    {output[:2000]}")
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


def main():
    bin_folder, work, shared, kind = sys.argv[1:5]
    if not os.path.isdir(shared):
        print(f"skipped: {shared} is not here")
        return 77
    packer = os.path.join(bin_folder, "vitrine-pack")
    with open(packer, "rb") as file:
        program = file.read()
    sanitized = b"__asan_init" in program or b"__tsan_init" in program
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    count = failed = 0
    for path, arguments, then_build in cases(kind, packer, work, shared):
        out = os.path.join(work, "out")
        shutil.rmtree(out, ignore_errors=True)
        count += 1
        held = judge(path, arguments, sanitized)
        if held and then_build and os.path.isdir(out):
            held = judge(path, [packer, "build", out, "-o", os.path.join(work, "out.vitrine")],
                         sanitized)
        failed += not held
    print(f"{count} files read or refused, {failed} problems")
    return 1 if failed or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""What is packed looks like what was scanned: from generated inputs to a likeness in numbers.

    test_likeness.py BIN WORK

A plate of two triangles with a picture that is known. Exit status 77 where
nothing can be drawn.
"""
import json
import os
import re
import shutil
import subprocess
import sys


def run(folder, program, *words):
    print("$", program, " ".join(words), flush=True)
    result = subprocess.run([os.path.join(folder, program), *words], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, check=False)
    said = result.stderr.decode("utf-8", "replace")
    if result.returncode and re.search("no video driver|no window|OpenGL 3.3", said):
        print("skipped: there is no OpenGL here")
        sys.exit(77)
    if result.returncode:
        sys.exit(f"{program} ended with {result.returncode}: {said[-2000:]}")
    return result.stdout.decode("utf-8")


def compare(folder, scan, pack, kinds):
    result = json.loads(run(folder, "vitrine-compare", scan, pack, "--views", "2", "--size", "320x240",
                            "--kinds", kinds, "--lit", "full,corner1", "--save", "pictures"))
    print(json.dumps(result["summary"], indent=1))
    return result["summary"]


def main():
    folder, work = sys.argv[1:3]
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    os.chdir(work)
    run(folder, "vitrine-generate", "plate", "--side", "512", "--wide", "100", "-o", "plate.glb")
    run(folder, "vitrine-pack", "import", "plate.glb", "-o", "plate")
    run(folder, "vitrine-pack", "build", "plate", "-o", "plate.vitrine")
    seen = compare(folder, "plate.glb", "plate.vitrine", "full,texel1,texel4,corner1")
    assert seen["texel1"]["albedo"]["least_ssim"] >= 0.98, "native zoom"
    assert seen["texel4"]["albedo"]["least_ssim"] >= 0.98, "four pixels a texel"
    assert seen["full"]["albedo"]["psnr_db"] >= 25, "from afar"
    assert seen["corner1"]["views"] == 4 and seen["corner1"]["albedo"]["least_ssim"] >= 0.98, "corners"
    # Lit pictures show what pictures without light show: they are no black ones that are alike.
    lit, dark = (os.path.getsize(f"pictures/full-00-{name}.png") for name in ("lit-ours", "normals-ours"))
    assert lit > 4 * dark, "light shows the picture of a plate, normals are of one colour"
    for kind in seen.values():
        assert "lit" not in kind or kind["lit"]["psnr_db"] >= 28, "light"
        assert kind["normals"]["psnr_db"] >= 40, "a plate is flat"
        assert kind["albedo"]["holes"] == 0


if __name__ == "__main__":
    main()

"""Writes a header with a hash of sources, and of all of ours that they include.

    hash_sources.py NAME OUT DEPFILE ROOT SOURCE...

`#define NAME "64 digits"`. With NAME.h count NAME.c and NAME_*.c: who includes a declaration
calls what is behind it. DEPFILE tells ninja what was read.
"""
import glob
import hashlib
import os
import re
import sys


def included(root, text):
    for name in re.findall(r'^#include "([^"]+)"', text, re.M):
        for folder in ("", "engine"):
            path = os.path.join(root, folder, name)
            if os.path.exists(path):
                yield path
                stem = os.path.splitext(path)[0]
                yield from glob.glob(stem + ".c*") + glob.glob(stem + "_*.c")


def closure(root, sources):
    found, to_do = {}, list(sources)
    while to_do:
        path = os.path.normpath(to_do.pop())
        if path not in found:
            with open(path, encoding="utf-8") as file:
                found[path] = file.read()
            to_do += included(root, found[path])
    return found


def main():
    name, out, depfile, root = sys.argv[1:5]
    found = closure(root, sys.argv[5:])
    hasher = hashlib.sha256()
    for path in sorted(found):
        hasher.update(os.path.relpath(path, root).encode() + b"\0" + found[path].encode() + b"\0")
    with open(out, "w", encoding="utf-8") as file:
        file.write(f'#define {name} "{hasher.hexdigest()}"\n')
    with open(depfile, "w", encoding="utf-8") as file:
        file.write(f"{out}: {' '.join(sorted(found))}\n")


main()

#!/usr/bin/env python3
"""Fails whoever looks upstairs: reads every include below the given source folder.

Rules, from docs/ARCHITECTURE.md:
  * a file includes its own floor or a lower one; includes on one floor form no cycle
  * museum/{gallery,visitor,exhibit,magnifier,script} stay below the device floor
  * only engine/device says glad; only base/arena.c says malloc; the engine does not speak of museums
  * a file ends at 600 lines
"""
import os
import re
import sys

FLOORS = {
    "base": 0, "io": 1, "data": 2, "stream": 3, "device": 4, "draw": 5,
    "exhibits/model": 5.1, "exhibits/sculptor": 5.2, "exhibits/small-wonders": 5.3,
    "packer": 6, "museum": 6,
}
# What a folder may see although the number would allow more.
ALLOWED = {
    "exhibits/model": {"base", "io", "data"},
    "exhibits/sculptor": {"base", "io", "data"},
    "exhibits/small-wonders": {"base", "io", "data", "exhibits/sculptor"},
    "packer": {"base", "io", "data", "exhibits/model"},
    "museum": {"base", "io", "data", "stream", "device", "draw", "exhibits/model"},
}
NO_GL = {"gallery", "visitor", "exhibit", "magnifier", "quality", "rest",
         "script", "sight", "display"}
TREES = ("engine", "exhibits", "packer", "museum")
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\])*\"", re.S)


def folder_of(path):
    """The floor's name for a path as an include shows it, or None for a library's header."""
    for prefix in ("exhibits/model", "exhibits/sculptor", "exhibits/small-wonders",
                   "packer", "museum"):
        if path.startswith(prefix + "/"):
            return prefix
    first = path.split("/", 1)[0]
    return first if first in FLOORS else None


def include_name(path):
    return path[len("engine/"):] if path.startswith("engine/") else path


def sources(root):
    for tree in TREES:
        for folder, _, names in sorted(os.walk(os.path.join(root, tree))):
            for name in sorted(names):
                if name.endswith((".c", ".h", ".cc")):
                    yield os.path.relpath(os.path.join(folder, name), root)


def module_of(path):
    return os.path.splitext(os.path.basename(path))[0]


def check_file(path, text, say):
    own = folder_of(include_name(path))
    for name in INCLUDE.findall(text):
        seen = folder_of(name)
        if seen is None:
            continue
        allowed = ALLOWED.get(own)
        upstairs = FLOORS[seen] > FLOORS[own] if allowed is None else \
            seen != own and seen not in allowed
        if upstairs:
            say(f"{path}: includes \"{name}\", which is above or beside its floor")
        if own == "museum" and module_of(path) in NO_GL and seen in ("device", "draw"):
            say(f"{path}: includes \"{name}\", but must be testable without a window")
    if "glad" in "".join(re.findall(r"#\s*include\s*[<\"][^>\"]+", text)) and \
            not path.startswith("engine/device/"):
        say(f"{path}: includes glad outside engine/device")
    code = COMMENT.sub("", text)
    if path != "engine/base/arena.c" and not path.endswith(".cc") and \
            re.search(r"\b(malloc|calloc|realloc)\s*\(", code):
        say(f"{path}: allocates outside base/arena.c")
    if path.startswith("engine/") and re.search(r"\b(museum|exhibit|curator)", text, re.I):
        say(f"{path}: the engine speaks of the museum")
    if text.count("\n") > 600:
        say(f"{path}: {text.count(chr(10))} lines; the end is 600")


def find_cycle(graph):
    done, path = set(), []

    def visit(node):
        if node in path:
            return path[path.index(node):] + [node]
        if node in done:
            return None
        path.append(node)
        for other in graph.get(node, ()):
            cycle = visit(other)
            if cycle:
                return cycle
        path.pop()
        done.add(node)
        return None

    for node in graph:
        cycle = visit(node)
        if cycle:
            return cycle
    return None


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else "."
    problems, graph, count = [], {}, 0
    for path in sources(root):
        with open(os.path.join(root, path), encoding="utf-8") as file:
            text = file.read()
        count += 1
        check_file(path, text, problems.append)
        if path.endswith(".h"):
            graph[include_name(path)] = INCLUDE.findall(text)
    cycle = find_cycle(graph)
    if cycle:
        problems.append("headers include each other: " + " -> ".join(cycle))
    for problem in problems:
        print(problem)
    print(f"{count} files read, {len(problems)} problems")
    return 1 if problems or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())

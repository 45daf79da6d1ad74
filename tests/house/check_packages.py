#!/usr/bin/env python3
"""Fails when README.md, .ci/packages.txt and CMakeLists.txt name different packages."""
import os
import re
import sys

# Which Debian package answers for what CMakeLists.txt looks for.
PROVIDES = {
    "sdl2": "libsdl2-dev", "physfs": "libphysfs-dev", "jansson": "libjansson-dev",
    "spng": "libspng-dev", "libzip": "libzip-dev", "libsystemd": "libsystemd-dev", "libturbojpeg": "libturbojpeg0-dev", "libwebp": "libwebp-dev",
    "libjpeg": "libjpeg62-turbo-dev",
    "zlib": "zlib1g-dev", "cglm": "libcglm-dev", "pangocairo": "libpango1.0-dev",
    "pangoft2": "libpango1.0-dev", "fontconfig": "libpango1.0-dev", "libcmark": "libcmark-dev", "cmocka": "libcmocka-dev",
    "libsodium": "libsodium-dev", "sqlite3": "libsqlite3-dev", "speech-dispatcher": "libspeechd-dev", "gio-2.0": "libglib2.0-dev", "libzstd": "libzstd-dev", "cairo": "libcairo2-dev",
    "meshoptimizer": "libmeshoptimizer-dev", "draco": "libdraco-dev", "metis": "libmetis-dev",
    "glad": "python3-glad", "msgfmt": "gettext", "Python3": "python3", "PkgConfig": "pkg-config",
    "Threads": "build-essential", "embree": "libembree-dev",
    "SDL2_mixer": "libsdl2-mixer-dev", "opus": "libopus-dev",
}


def read(root, name):
    with open(os.path.join(root, name), encoding="utf-8") as file:
        return file.read()


def main():
    root = sys.argv[1]
    listed = {line.split()[0] for line in read(root, ".ci/packages.txt").splitlines()
              if line.strip() and not line.startswith("#")}
    problems = []

    apt = re.search(r"apt-get install((?:\s|\\|[a-z0-9.+-])+?)```", read(root, "README.md"))
    named = set(re.findall(r"[a-z][a-z0-9.+-]+", apt.group(1))) if apt else set()
    problems += [f"README.md does not name {name}" for name in sorted(listed - named)]
    problems += [f"README.md names {name}, .ci/packages.txt does not" for name in sorted(named - listed)]

    cmake = "".join(read(root, os.path.join(folder, "CMakeLists.txt"))
                    for folder in (".", "engine", "exhibits", "packer", "museum", "tests"))
    wanted = set()
    for words in re.findall(r"find_pkg\(\w+ ([^)]*)\)", cmake):
        wanted |= {re.split("[<>=]", word)[0] for word in words.split()}
    wanted |= set(re.findall(r"find_package\((\w+)", cmake))
    wanted |= {name.lower() for name in re.findall(r"find_(?:program|library)\((\w+)", cmake)}
    for name in sorted(wanted):
        if name not in PROVIDES:
            problems.append(f"CMakeLists.txt looks for {name}; tests/house/check_packages.py "
                            "does not know which package brings it")
        elif PROVIDES[name] not in listed:
            problems.append(f"CMakeLists.txt looks for {name}; .ci/packages.txt lacks {PROVIDES[name]}")

    for problem in problems:
        print(problem)
    print(f"{len(listed)} packages, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

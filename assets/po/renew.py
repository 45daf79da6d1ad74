#!/usr/bin/env python3
"""Renews assets/po from the sources: xgettext, msgmerge. renew.py SOURCE [--pot FILE]

With --pot only the template is written. What is new has an empty translation, what is gone is
dropped; nothing is guessed ("fuzzy"). No dates and no line numbers: they would change with
every change of the sources.
"""
import os
import subprocess
import sys
import tempfile

KEYWORDS = ["N_", "NC_:1c,2", "tongue_say:2", "tongue_say_in:2c,3", "tongue_say_count:2,3",
            "page_say:2", "hud_say", "hud_say_in:1c,2", "hud_say_count:1,2"]
FOLDERS = ("exhibits/model", "museum", "packer")


def sources(root):
    for folder in FOLDERS:
        for name in sorted(os.listdir(os.path.join(root, folder))):
            if name.endswith(".c"):
                yield f"{folder}/{name}"


def write_template(root, path):
    subprocess.run(["xgettext", "--language=C", "--from-code=UTF-8", "--add-location=file",
                    "--add-comments=TRANSLATORS:", "--sort-by-file", "--package-name=Vitrine",
                    "--keyword", *[f"--keyword={word}" for word in KEYWORDS], "-o", path,
                    *sources(root)], cwd=root, check=True)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    lines = [line for line in text.replace("charset=CHARSET", "charset=UTF-8").splitlines(True)
             if not line.startswith('"POT-Creation-Date')]
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(lines)


def languages(root):
    folder = os.path.join(root, "assets/po")
    return sorted(os.path.join(folder, name) for name in os.listdir(folder)
                  if name.endswith(".po"))


def renew(root):
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, "vitrine.pot")
        write_template(root, template)
        for path in languages(root):
            merged = os.path.join(folder, "merged.po")
            subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", "--sort-by-file",
                            "--add-location=file", "-o", merged, path, template], check=True)
            subprocess.run(["msgattrib", "--no-obsolete", "--sort-by-file",
                            "--add-location=file", "-o", path, merged], check=True)
            result = subprocess.run(["msgfmt", "--check-format", "--statistics", "-o", os.devnull,
                                     path], env=os.environ | {"LC_ALL": "C"}, text=True,
                                    capture_output=True, check=False)
            print(os.path.basename(path), result.stderr.strip())


if __name__ == "__main__":
    if sys.argv[2:3] == ["--pot"]:
        write_template(sys.argv[1], sys.argv[3])
    else:
        renew(sys.argv[1])

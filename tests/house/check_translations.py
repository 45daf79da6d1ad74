#!/usr/bin/env python3
"""Fails when assets/po does not say all that the sources say: read anew with xgettext.

Every text is in every language, none is empty or guessed, placeholders are the same (msgfmt
looks), what is no longer said is gone, and the files are as `renew.py` writes them.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

MEND = "run: cmake --build build/release --target po; then translate what is empty"


def po_tool(*words):
    result = subprocess.run(words, capture_output=True, text=True, check=False,
                            env=os.environ | {"LC_ALL": "C"})
    return result.returncode, result.stdout, result.stderr


def messages(*words):
    """What msgattrib leaves, as a set of msgctxt and msgid."""
    code, out, err = po_tool("msgattrib", "--no-wrap", "--force-po", *words)
    if code:
        raise SystemExit(err)
    found, context = set(), ""
    for line in out.splitlines():
        if line.startswith("msgctxt "):
            context = line[8:]
        elif line.startswith("msgid "):
            if line != 'msgid ""':
                found.add((context, line[6:]))
            context = ""
    return found


def still_english(path):
    """Sentences that were copied instead of translated."""
    _, out, _ = po_tool("msgattrib", "--no-wrap", "--force-po", "--translated", path)
    pairs = re.findall(r'^msgid (".*")\nmsgstr (".*")$', out, re.M)
    return [text for text, own in pairs
            if text == own and text.count(" ") >= 3 and not re.search("[0-9]", text)]


def check_language(path, said, say):
    name = os.path.basename(path)
    for words, problem in ((("--untranslated",), "is not translated"),
                           (("--only-fuzzy",), "is only guessed"),
                           (("--only-obsolete",), "is no longer said")):
        for _, text in sorted(messages(*words, path)):
            say(f"{name}: {text} {problem}")
    own = messages("--no-obsolete", path)
    for _, text in sorted(said - own):
        say(f"{name}: {text} is missing")
    for _, text in sorted(own - said):
        say(f"{name}: {text} is no longer said")
    for text in still_english(path):
        say(f"{name}: {text} is still English")
    code, _, err = po_tool("msgfmt", "--check-format", "-o", os.devnull, path)
    if code:
        say(f"{name}: {err.strip()}")


def main():
    root = sys.argv[1]
    if not shutil.which("xgettext"):
        return 77
    sys.path.insert(0, os.path.join(root, "assets/po"))
    sys.dont_write_bytecode = True
    import renew
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, "vitrine.pot")
        renew.write_template(root, template)
        said = messages(template)
    languages = renew.languages(root)
    for path in languages:
        check_language(path, said, problems.append)
    for problem in problems:
        print(problem)
    if problems:
        print(MEND)
    print(f"{len(said)} texts, {len(languages)} languages, {len(problems)} problems")
    return 1 if problems or len(said) < 100 or not languages else 0


if __name__ == "__main__":
    sys.exit(main())

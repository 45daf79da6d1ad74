#!/usr/bin/env python3
"""Fails when assets/schema and the parsers know different fields, words, or needs.

What the parsers know is read off their sources: tables named known*, of words, and the fields
that are asked for with JSON_REQUIRED. With python3-jsonschema the built-in collection is held
against the schemas too, and documents that lie are refused.
"""
import glob
import json
import os
import re
import sys

SOURCES = {  # of each schema: the sources whose tables it has to match
    "exhibit": ("record.c", "record_diorama.c"),
    "story": ("story.c", "story_look.c"),
    "tour": ("tour.c", "story_look.c"),
    "gallery": ("plan_parse.c", "plan.c"),
    "pack": ("../../packer/collection.c",),
}
NOT_TABLES = {"of_pieces"}
TABLE = re.compile(r"const char \*const (\w+)\[\w*\] = \{([^}]*)\}")


def read(root, *parts):
    with open(os.path.join(root, *parts), encoding="utf-8") as file:
        return file.read()


def tables(root, names):
    """(fields of objects, words of enumerations), as sets of sorted tuples."""
    fields, words = set(), set()
    for name in names:
        for table, body in TABLE.findall(read(root, "exhibits/model", name)):
            entries = tuple(sorted(re.findall(r'"([^"]+)"', body)))
            if table in NOT_TABLES:
                continue
            (fields if "known" in table or table.endswith("_fields") else words).add(entries)
    return fields, words


def walk(node):
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def check_structure(name, schema, root, say):
    fields, words = tables(root, SOURCES[name])
    objects = [n for n in walk(schema) if n.get("additionalProperties") is False]
    own = {tuple(sorted(n["properties"])) for n in objects}
    for missing in sorted(fields - own):
        say(f"{name}: the parser reads an object of {missing}, the schema does not")
    for extra in sorted(own - fields):
        say(f"{name}: the schema has an object of {extra}, the parser does not read it")
    enums = {tuple(sorted(n["enum"])) for n in walk(schema) if "enum" in n}
    for missing in sorted(words - enums):
        say(f"{name}: the parser knows the words {missing}, the schema does not")
    for extra in sorted(enums - words):
        say(f"{name}: the schema knows the words {extra}, the parser does not")
    required = {field for n in objects for field in n.get("required", ())}
    source = "".join(read(root, "exhibits/model", file) for file in SOURCES[name])
    asked = set(re.findall(r'"(\w+)",\s*JSON_REQUIRED', source))
    if re.search(r"field_title\([^)]*JSON_REQUIRED", source):
        asked.add("title")
    for missing in sorted(asked - required):
        say(f"{name}: \"{missing}\" has to be there, the schema does not say so")
    for extra in sorted(required - asked - {"steps"}):  # an empty tour is refused otherwise
        say(f"{name}: the schema wants \"{extra}\", the parser does not")


def documents(root, name):
    patterns = {"exhibit": "*/exhibit.json", "story": "*/story.json", "tour": "tours/*.json",
                "gallery": "gallery.json", "pack": "pack.json"}
    return sorted(glob.glob(os.path.join(root, "exhibits/small-wonders", patterns[name])))


def check_documents(name, schema, root, say):
    import jsonschema
    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema)
    count = 0
    for path in documents(root, name):
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        for error in validator(schema).iter_errors(document):
            say(f"{path}: {'/'.join(map(str, error.path))}: {error.message[:200]}")
        for bend in ({"no_such_field": 1}, {"title": "not in a language"}, {"title": {}}):
            if name != "story" and validator(schema).is_valid({**document, **bend}):
                say(f"{name}: the schema takes {bend}")
        if name == "story" and validator(schema).is_valid({**document, "label": "plain"}):
            say(f"{name}: the schema takes a label without a language")
        count += 1
    return count


def main():
    root, problems, count = sys.argv[1], [], 0
    for name in SOURCES:
        schema = json.loads(read(root, "assets/schema", f"{name}.schema.json"))
        check_structure(name, schema, root, problems.append)
        try:
            count += check_documents(name, schema, root, problems.append)
        except ImportError:
            print("python3-jsonschema is not here: no document is held against a schema")
    for problem in problems:
        print(problem)
    print(f"{len(SOURCES)} schemas, {count} documents, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

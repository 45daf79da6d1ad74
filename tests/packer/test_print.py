#!/usr/bin/env python3
"""vitrine-pack print: bodies of the right size, and none where the rights say no.

    test_print.py BIN_FOLDER
"""
import json
import os
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
import zipfile

CORE = "{http://schemas.microsoft.com/3dmanufacturing/core/2015/02}"
TITLE = "Box <1> & \"lid\""


def write_box(path, is_open):
    """A box of 30 x 20 x 10 mm in squares of a millimetre, without its lid where it is open."""
    points, faces = {}, []
    size = (30, 20, 10)

    def point(*at):
        return points.setdefault(at, len(points))

    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        for end in (0, size[axis]):
            if is_open and axis == 1 and end:
                continue
            for a in range(size[u]):
                for b in range(size[v]):
                    ring = []
                    for i, k in ((0, 0), (1, 0), (1, 1), (0, 1)):
                        at = [0, 0, 0]
                        at[axis], at[u], at[v] = end, a + i, b + k
                        ring.append(point(*at))
                    faces.append(ring if end else ring[::-1])
    with open(path, "w", encoding="ascii") as file:
        print(f"ply\nformat ascii 1.0\nelement vertex {len(points)}\nproperty float x\n"
              f"property float y\nproperty float z\nelement face {len(faces)}\n"
              "property list uchar int vertex_indices\nend_header", file=file)
        for at in points:
            print(*at, file=file)
        for ring in faces:
            print(4, *ring, file=file)


class Shop:
    def __init__(self, programs, folder):
        self.tool = os.path.join(programs, "vitrine-pack")
        self.folder = folder

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *arguments):
        return subprocess.run([self.tool, *arguments], capture_output=True, text=True, check=False,
                              env=dict(os.environ, XDG_CACHE_HOME=self.path("cache")))

    def must(self, *arguments):
        result = self.run(*arguments)
        assert result.returncode == 0, f"{arguments}\n{result.stdout}{result.stderr}"
        return result.stdout

    def pack(self, name, is_open, rights):
        """A pack of one piece, `box`."""
        home = self.path(name)
        os.makedirs(home)
        write_box(self.path("box.ply"), is_open)
        self.must("import", self.path("box.ply"), "--unit", "mm", "-o", os.path.join(home, "box"))
        record = os.path.join(home, "box", "exhibit.json")
        with open(record, encoding="utf-8") as file:
            fields = json.load(file)
        fields["title"] = {"en": TITLE}
        fields.pop("digital_rights", None)
        if rights:
            fields["digital_rights"] = rights
            fields["required_statement"] = {"en": "A box; name it."}
        with open(record, "w", encoding="utf-8") as file:
            json.dump(fields, file)
        self.must("build", home, "-o", self.path(name + ".vitrine"))
        return self.path(name + ".vitrine")


def read_3mf(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["[Content_Types].xml", "_rels/.rels", "3D/3dmodel.model"]
        for name in archive.namelist()[:2]:
            xml.etree.ElementTree.fromstring(archive.read(name))
        model = xml.etree.ElementTree.fromstring(archive.read("3D/3dmodel.model"))
    assert model.get("unit") == "millimeter"
    words = {item.get("name"): item.text for item in model.iter(CORE + "metadata")}
    points = [tuple(float(v.get(axis)) for axis in "xyz") for v in model.iter(CORE + "vertex")]
    faces = [tuple(int(t.get(v)) for v in ("v1", "v2", "v3")) for t in model.iter(CORE + "triangle")]
    return words, points, faces


def check_body(faces, points, size):
    edges = [(t[i], t[(i + 1) % 3]) for t in faces for i in range(3)]
    assert len(set(edges)) == len(edges), "an edge runs twice the same way"
    assert set(edges) == {(b, a) for a, b in edges}, "an edge is open"
    for axis in range(3):
        values = [point[axis] for point in points]
        assert abs(min(values)) < .02 and abs(max(values) - size[axis]) < .02, (min(values), max(values))


def volume(faces, points):
    return sum(a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) +
               a[2] * (b[0] * c[1] - b[1] * c[0])
               for a, b, c in ([points[i] for i in face] for face in faces)) / 6


def check_bodies(shop):
    closed = shop.pack("closed", False, "https://creativecommons.org/licenses/by-nc/4.0/")
    out = shop.path("box.3mf")
    said = shop.must("print", closed, "box", "-o", out)
    for words in ("30.0 x 10.0 x 20.0 mm (1:1)", "6.00 cm3 in 1 part", "no hole", "CC BY-NC",
                  "not for commerce", "A box; name it."):
        assert words in said, f"{words}: {said}"
    told, points, faces = read_3mf(out)
    check_body(faces, points, (30, 10, 20))
    assert abs(volume(faces, points) - 6000) < 10
    assert told["Title"] == TITLE and told["Copyright"] == "A box; name it."
    assert told["LicenseTerms"] == "https://creativecommons.org/licenses/by-nc/4.0/"
    with open(out, "rb") as file:
        first = file.read()
    shop.must("print", closed, "box", "-o", out, "--scale", "1")
    with open(out, "rb") as file:
        assert file.read() == first, "the same piece gives other bytes"

    for words, size in ((("--scale", "1:10"), (3, 1, 2)), (("--scale", "2"), (60, 20, 40)),
                        (("--height", "100"), (150, 50, 100))):
        shop.must("print", closed, "box", "-o", out, *words)
        _, points, faces = read_3mf(out)
        check_body(faces, points, size)

    stl = shop.path("box.stl")
    shop.must("print", closed, "box", "-o", stl)
    with open(stl, "rb") as file:
        data = file.read()
    assert not data.startswith(b"solid")
    count, = struct.unpack_from("<I", data, 80)
    assert len(data) == 84 + 50 * count and count > 0
    corners = [struct.unpack_from("<12f", data, 84 + 50 * i)[3:] for i in range(count)]
    faces = [(c[0:3], c[3:6], c[6:9]) for c in corners]
    places = sorted({point for face in faces for point in face})
    numbers = {point: i for i, point in enumerate(places)}
    check_body([tuple(numbers[p] for p in face) for face in faces], places, (30, 10, 20))


def check_holes(shop):
    lidless = shop.pack("open", True, "https://creativecommons.org/publicdomain/zero/1.0/")
    said = shop.must("print", lidless, "box", "-o", shop.path("open.3mf"))
    assert "1 hole closed, 31.62 mm across" in said, said
    _, points, faces = read_3mf(shop.path("open.3mf"))
    check_body(faces, points, (30, 10, 20))
    assert abs(volume(faces, points) - 6000) < 10


def check_refusals(shop):
    before = shop.path("never.3mf")
    for name, rights, words in (
            ("untold", None, "does not say what is allowed"),
            ("kept", "http://rightsstatements.org/vocab/InC/1.0/", "InC, http://rights"),
            ("same", "https://creativecommons.org/licenses/by-nd/4.0/", "CC BY-ND, https://creative")):
        result = shop.run("print", shop.pack(name, False, rights), "box", "-o", before)
        assert result.returncode == 1 and "ERR_UNSUPPORTED" in result.stderr, result
        assert words in result.stderr, result.stderr
    pack = shop.path("closed.vitrine")
    for arguments, status, words in (
            (("hare", "-o", before), 1, "no piece \"hare\" in it, but box"),
            (("box", "-o", before, "--scale", "0"), 2, "--scale"),
            (("box", "-o", before, "--scale", "2", "--height", "3"), 2, "one of them"),
            (("box", "-o", shop.path("never.obj")), 2, "-o FILE.3mf"),
            (("box",), 2, "-o FILE.3mf"),
            (("box", "-o", shop.path("no/folder.3mf")), 1, "ERR_IO"),
            (("box", "-o", shop.path("no/folder.stl")), 1, "ERR_NOT_FOUND")):
        result = shop.run("print", pack, *arguments)
        assert result.returncode == status and words in result.stderr, (arguments, result)
    assert not [name for name in os.listdir(shop.folder) if name.startswith("never")]
    with open(pack, "rb") as file:
        data = file.read()
    with open(shop.path("cut.vitrine"), "wb") as file:
        file.write(data[:len(data) // 2])
    result = shop.run("print", shop.path("cut.vitrine"), "box", "-o", before)
    assert result.returncode == 1 and not os.path.exists(before), result


def main():
    with tempfile.TemporaryDirectory(prefix="vitrine-print-") as folder:
        shop = Shop(sys.argv[1], folder)
        check_bodies(shop)
        check_holes(shop)
        check_refusals(shop)
    print("prints hold")


if __name__ == "__main__":
    main()

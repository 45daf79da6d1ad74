#!/usr/bin/env python3
"""A text catalogue of a pack whose texts are as hostile as they are many.

    test_catalogue.py BIN_FOLDER [SHARED_DATA] WHAT

WHAT is `page` (every page is well formed, and says all that the pack says), `shared` (twelve
languages and the naughty strings come out as they went in; skips without the shared data) or
`browser` (Chromium reads the same elements, runs nothing; skips without it).
"""
import html.parser
import json
import math
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unicodedata
import urllib.parse
import zlib

VOID = {"br", "hr", "img", "meta", "link", "track"}
KNOWN = VOID | set("""html head title body header main nav article section h1 h2 h3 h4 h5 h6 p a ul
ol li div span em strong code blockquote figure figcaption audio table tbody tr th td""".split())
EVIL = "<script>document.title='run'</script> \"'><img src=x onerror=alert(1)> &lt;b&gt; </main>"


def png(width, height):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
    rows = b"".join(b"\0" + b"\x80\x60\x40" * width for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def write_scan(path, size=40):
    """A wavy disc of so many squares a side, 40 mm wide."""
    with open(path, "w", encoding="ascii") as file:
        print(f"ply\nformat ascii 1.0\nelement vertex {(size + 1) ** 2}\nproperty float x\n"
              f"property float y\nproperty float z\nelement face {2 * size * size}\n"
              "property list uchar int vertex_indices\nend_header", file=file)
        for y in range(size + 1):
            for x in range(size + 1):
                print(40 * x / size, 40 * y / size, 3 * math.sin(x * .2) * math.cos(y * .23), file=file)
        for y in range(size):
            for x in range(size):
                a = y * (size + 1) + x
                b = a + size + 1
                print(3, a, a + 1, b + 1, "\n3", a, b + 1, b, file=file)


def jpeg_size(path):
    """Width and height, as its frame says."""
    with open(path, "rb") as file:
        data = file.read()
    assert data[:2] == b"\xff\xd8", path
    at = 2
    while data[at + 1] not in (0xc0, 0xc1, 0xc2):
        at += 2 + struct.unpack(">H", data[at + 2:at + 4])[0]
    height, width = struct.unpack(">HH", data[at + 5:at + 9])
    return width, height


class Page(html.parser.HTMLParser):
    """Reads a page strictly: what a browser would mend is an error here."""

    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.path, self.open, self.elements, self.levels = path, [], [], []
        self.links, self.ids, self.words, self.html = [], [], [], {}
        with open(path, encoding="utf-8") as file:
            self.source = file.read()
        assert self.source.startswith("<!DOCTYPE html>\n"), path
        self.feed(self.source)
        self.close()
        assert not self.open, f"{path}: {self.open} stay open"

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        assert tag in KNOWN, f"{self.path}: <{tag}>"
        assert len(values) == len(attrs), f"{self.path}: <{tag}> has an attribute twice"
        assert not any(name.startswith("on") for name in values), f"{self.path}: {attrs}"
        self.elements.append((tag, tuple(attrs)))
        if tag == "html":
            self.html = values
        if tag == "img":
            assert values.get("alt"), f"{self.path}: a picture without words"
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values[name] for name in ("href", "src") if name in values]
        if tag == "p":
            assert "p" not in self.open, f"{self.path}: a paragraph within one"
        if tag not in VOID:
            self.open.append(tag)
        if tag == "br":
            self.words.append("\n")

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"{self.path}: </{tag}> closes {self.open[-1:]}"
        self.open.pop()
        if tag not in ("a", "em", "strong", "code", "span"):
            self.words.append("\n")

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        raise AssertionError(f"{self.path}: a comment: {data}")

    def text(self):
        return "".join(self.words)


def check_page(page):
    assert page.html.get("lang"), page.path
    assert page.html.get("dir") in ("ltr", "rtl"), page.path
    assert page.levels[:1] == [1] and page.levels.count(1) == 1, f"{page.path}: {page.levels}"
    for before, level in zip(page.levels, page.levels[1:]):
        assert level <= before + 1, f"{page.path}: a heading is skipped: {page.levels}"
    assert len(page.ids) == len(set(page.ids)), page.path
    for link in page.links:
        parts = urllib.parse.urlsplit(link)
        if parts.scheme:
            assert parts.scheme == "https" and parts.netloc == "creativecommons.org", link
        elif parts.path:
            target = os.path.join(os.path.dirname(page.path), parts.path)
            assert os.path.exists(target), f"{page.path}: {link} leads nowhere"
        else:
            assert parts.fragment in page.ids, f"{page.path}: {link}"


def make_pack(binaries, folder, texts, *arguments):
    """A piece that says each of `texts` (by language) wherever a text may stand."""
    piece = os.path.join(folder, "piece")
    os.makedirs(os.path.join(piece, "pictures"))
    write_scan(os.path.join(piece, "wave.ply"))
    with open(os.path.join(piece, "pictures/dot.png"), "wb") as file:
        file.write(png(8, 8))
    title = {tag: text[:40] for tag, text in texts.items()}
    record = {
        "id": "piece", "title": title, "object_type": title, "alt_text": texts,
        "maker": [{"name": title, "dates": title}], "date": {"display": title},
        "materials": [title], "technique": [title], "provenance": [texts],
        "inscriptions": [{"la": EVIL, "en": EVIL}], "required_statement": texts,
        "credit_line": title, "rights": "https://creativecommons.org/publicdomain/zero/1.0/",
        "digital_rights": "https://creativecommons.org/publicdomain/zero/1.0/",
        "dimensions": [{"kind": "height", "value_mm": 12.5}], "accession_no": EVIL,
        "capture": {"method": title, "date": "2023-05-17"},
        "source": {"file": "wave.ply", "unit": "mm"}}
    picture = {"image": "pictures/dot.png", "alt_text": texts}
    sound = {"audio": "hum.opus", "captions": {next(iter(texts)): "hum.vtt"}}
    subprocess.run([os.path.join(binaries, "vitrine-make-opus"), os.path.join(piece, "hum.opus"),
                    "2", "440", "0.3"], check=True)
    with open(os.path.join(piece, "hum.vtt"), "w", encoding="utf-8") as file:
        file.write("WEBVTT\n\n00:00.000 --> 00:02.000\n" + EVIL.replace("-->", "") + "\n")
    story = {
        "label": {tag: text[:60] for tag, text in texts.items()}, "long": texts,
        "chapters": [{"title": title, "text": texts, **picture, **sound}],
        "making": {"hours": 1234.5, "tools": [title], "steps": [{"text": texts, **picture}]},
        "hotspots": [{"id": "here", "point_mm": [20, 20, 0], "normal": [0, 0, 1], "title": title,
                      "text": texts, "kind": "damage", "transcript": texts, **picture, **sound},
                     {"id": "there", "point_mm": [10, 10, 0], "normal": [0, 0, 1], "title": title,
                      "text": texts, "kind": "symbol", "magnification": 3}],
        "tours": [{"id": "round", "title": title, "steps": [{"hotspot": "here"}, {"text": texts}]}]}
    for name, data in (("exhibit.json", record), ("story.json", story)):
        with open(os.path.join(piece, name), "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False)
    packer = os.path.join(binaries, "vitrine-pack")
    pack = os.path.join(folder, "piece.vitrine")
    subprocess.run([packer, "build", piece, "-o", pack, "--light", "none"], check=True,
                   stdout=subprocess.DEVNULL)
    out = os.path.join(folder, "catalogue")
    subprocess.run([packer, "catalogue", pack, "-o", out, *arguments], check=True,
                   stdout=subprocess.DEVNULL)
    return out


def pages_of(out):
    for folder, _, names in sorted(os.walk(out)):
        for name in sorted(names):
            if name.endswith(".html"):
                yield Page(os.path.join(folder, name))


def flat(text):
    return re.sub(r"\s+", " ", text).strip()


def test_page(binaries, folder, _shared):
    texts = {"en": f"A wave. {EVIL}", "de": f"Eine Welle, 12 < 13. {EVIL}", "ar": f"موجة {EVIL}"}
    out = make_pack(binaries, folder, texts)
    pages = {os.path.relpath(page.path, out): page for page in pages_of(out)}
    names = {"index.html"} | {f"{tag}/{name}.html" for tag in texts for name in ("index", "piece")}
    assert set(pages) == names, sorted(pages)
    for page in pages.values():
        check_page(page)
    german, arabic = pages["de/piece.html"], pages["ar/piece.html"]
    assert arabic.html == {"lang": "ar", "dir": "rtl"} and german.html["dir"] == "ltr"
    for words in ("1234,5 ", "12,5\u00a0mm", "17. Mai 2023", "Rechte"):
        assert words in german.text(), words
    assert "١٧ مايو ٢٠٢٣" in arabic.text()
    # Plain texts as they are, Markdown with its entities read; nothing ran together or was lost.
    assert flat(german.text()).count(flat(texts["de"])) >= 6
    assert os.path.exists(os.path.join(out, "_files/piece/pictures/dot.png"))
    still = {"src": "../_files/_stills/piece.jpg", "alt": texts["de"], "width": "900", "height": "675"}
    given = {"src": "../_files/piece/pictures/dot.png", "alt": texts["de"]}
    detail = {"src": "../_files/_stills/piece/there.jpg", "alt": texts["de"][:40], "width": "480",
              "height": "360"}
    sounds = [(tag, dict(attributes)) for tag, attributes in german.elements
              if tag in ("audio", "track")]
    assert [tag for tag, _ in sounds] == ["audio", "track"] * 2, sounds
    assert sounds[1][1]["kind"] == "captions" and sounds[1][1]["srclang"], sounds
    images = [dict(attributes) for tag, attributes in german.elements if tag == "img"]
    assert images == [still, given, given, detail, given], images
    assert [dict(a) for tag, a in pages["de/index.html"].elements if tag == "img"] == [still]
    for name, size in (("piece.jpg", (900, 675)), ("piece/there.jpg", (480, 360))):
        assert jpeg_size(os.path.join(out, "_files/_stills", name)) == size, name
    assert not os.path.exists(os.path.join(out, "_files/_stills/piece/here.jpg"))
    with open(os.path.join(out, "style.css"), encoding="utf-8") as file:
        assert "@media print" in file.read()
    # The same pack gives the same bytes.
    again, call = os.path.join(folder, "again"), [os.path.join(binaries, "vitrine-pack"),
                                                  "catalogue", os.path.join(folder, "piece.vitrine")]
    subprocess.run([*call, "-o", again], check=True, stdout=subprocess.DEVNULL)
    for name, page in pages.items():
        assert Page(os.path.join(again, name)).source == page.source
    for name in ("piece.jpg", "piece/there.jpg"):
        with open(os.path.join(out, "_files/_stills", name), "rb") as one, \
                open(os.path.join(again, "_files/_stills", name), "rb") as other:
            assert one.read() == other.read(), name
    # A picture of the piece, of somebody's own; what is none is refused.
    stills, shown = os.path.join(folder, "stills"), os.path.join(folder, "shown")
    os.makedirs(stills)
    with open(os.path.join(stills, "piece.png"), "wb") as file:
        file.write(png(16, 9))
    subprocess.run([*call, "-o", shown, "--pictures", stills, "--no-stills"], check=True,
                   stdout=subprocess.DEVNULL)
    assert not os.path.exists(os.path.join(shown, "_files/_stills"))
    page = Page(os.path.join(shown, "de/piece.html"))
    check_page(page)
    images = [dict(attributes) for tag, attributes in page.elements if tag == "img"]
    assert images[0] == {"src": "../_files/piece.png", "alt": texts["de"]} and len(images) == 4
    with open(os.path.join(stills, "piece.png"), "wb") as file:
        file.write(b"<svg onload='alert(1)'/>")
    refused = subprocess.run([*call, "-o", shown, "--pictures", stills], capture_output=True, text=True,
                             check=False)
    assert refused.returncode == 1 and "piece.png" in refused.stderr, refused


def declaration(path):
    """An article's paragraphs: (language, text)."""
    with open(path, encoding="utf-8") as file:
        source = file.read()
    tag = re.search(r"xml:lang=['\"]([^'\"]+)", source).group(1)
    paragraphs = re.findall(r"<para>([^<]+)</para>", source)[:3]
    return tag, "\n\n".join(flat(text) for text in paragraphs)


def clean(text):
    """As the pack cleans texts: without controls and marks that override direction."""
    return "".join(c for c in text if not (
        (unicodedata.category(c) == "Cc" and c not in "\n\t") or
        c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb\u2028\u2029"
        or c == "\ufffe" or c == "\uffff"))


def check_texts(binaries, folder, texts):
    """Each paragraph stands on its language's page, letter by letter."""
    out = make_pack(binaries, folder, texts, "--no-stills")
    for tag, text in texts.items():
        page = Page(os.path.join(out, tag.lower(), "piece.html"))
        check_page(page)
        assert page.html["dir"] == ("rtl" if tag in ("ar", "he", "ur") else "ltr"), tag
        seen = flat(page.text())
        for paragraph in text.split("\n\n"):
            assert flat(paragraph) in seen, f"{tag}: {paragraph!r} is not on the page"


def test_shared(binaries, folder, shared):
    if not os.path.exists(os.path.join(shared, "texts/blns.json")):
        return 77
    texts = dict(declaration(os.path.join(shared, "texts/udhr", name))
                 for name in sorted(os.listdir(os.path.join(shared, "texts/udhr"))))
    assert len(texts) == 12, sorted(texts)
    with open(os.path.join(shared, "texts/blns.json"), encoding="utf-8") as file:
        naughty = [clean(text) for text in json.load(file)]
    naughty = [flat(text) for text in naughty if flat(text) and not re.search("[\ud800-\udfff]", text)]
    check_texts(binaries, os.path.join(folder, "rights"), texts)
    check_texts(binaries, os.path.join(folder, "naughty"), {"en": "\n\n".join(naughty)})
    return 0


def test_browser(binaries, folder, _shared):
    chromium = shutil.which("chromium")
    if not chromium:
        return 77
    out = make_pack(binaries, folder, {"en": f"A wave. {EVIL}", "ar": f"موجة {EVIL}"})
    for name in ("index.html", "en/index.html", "en/piece.html", "ar/piece.html"):
        page = Page(os.path.join(out, name))
        dump = subprocess.run(
            [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
             f"--user-data-dir={folder}/profile", "--disable-dev-shm-usage",
             "file://" + page.path], capture_output=True, text=True, timeout=120, check=True)
        seen = Page.__new__(Page)
        path = os.path.join(folder, "seen.html")
        with open(path, "w", encoding="utf-8") as file:
            file.write(re.sub(r"(?i)^<!doctype html>\n?", "<!DOCTYPE html>\n", dump.stdout))
        seen.__init__(path)
        # A browser mends what is broken: here there was nothing to mend.
        assert seen.elements == page.elements, f"{name}: the browser sees other elements"
        assert flat(seen.text()) == flat(page.text()), f"{name}: the browser sees another text"
    return 0


def main():
    binaries, shared, what = sys.argv[1:4]
    with tempfile.TemporaryDirectory(prefix="catalogue-") as folder:
        return globals()[f"test_{what}"](os.path.abspath(binaries), folder, shared) or 0


if __name__ == "__main__":
    sys.exit(main())

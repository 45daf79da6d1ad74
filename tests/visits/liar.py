"""Packs that are sound archives and lie in their contents; for adversary.py.

A Pack is read from a good one, bent by a case, and written again: hashes, checksums and sizes of
everything the case does not lie about are made right, so that one lie is told at a time.
"""
import hashlib
import json
import struct
import zlib

MANIFEST = "pack.json"
GRAPH_HEADER_BYTES = 116  # docs/PACK.md
GRAPH_COUNTS_AT = 96


def local_header(entry):
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, entry["flags"], entry["method"], 0, 0x21,
                       entry["crc"], len(entry["packed"]), entry["size"],
                       len(entry["name"]), 0) + entry["name"]


def central_header(entry, offset):
    return struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, entry["made_by"], 20, entry["flags"],
                       entry["method"], 0, 0x21, entry["crc"], len(entry["packed"]),
                       entry["size"], len(entry["name"]), 0, 0, 0, 0, entry["attributes"],
                       offset) + entry["name"]


def make_entry(name, content, deflate):
    packed = content
    if deflate:
        squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = squeezer.compress(content) + squeezer.flush()
    return {"name": name.encode(), "packed": packed, "size": len(content), "flags": 0,
            "method": 8 if deflate else 0, "crc": zlib.crc32(content), "made_by": 20,
            "attributes": 0}


def write_zip(path, entries):
    """The strict profile; what an entry claims of itself may be a lie."""
    body = directory = b""
    for entry in entries:
        directory += central_header(entry, len(body))
        body += local_header(entry) + entry["packed"]
    count = min(len(entries), 0xFFFF)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), len(body), 0)
    with open(path, "wb") as file:
        file.write(body + directory + end)


def read_zip(path):
    """Names and contents of a pack of ours, in order."""
    with open(path, "rb") as file:
        data = file.read()
    files, at = {}, 0
    while data[at:at + 4] == b"PK\3\4":
        method, = struct.unpack_from("<H", data, at + 8)
        packed_len, size, name_len = struct.unpack_from("<IIH", data, at + 18)
        name = data[at + 30:at + 30 + name_len].decode()
        packed = data[at + 30 + name_len:at + 30 + name_len + packed_len]
        files[name] = zlib.decompress(packed, -15) if method == 8 else packed
        assert len(files[name]) == size
        at += 30 + name_len + packed_len
    return files


class Pack:
    def __init__(self, path, piece):
        """The pack of one piece at `path`; the piece is called `piece` from now on."""
        files = read_zip(path)
        self.manifest = json.loads(files.pop(MANIFEST))
        self.was = self.manifest["pieces"][0]["id"]
        self.piece = piece
        text = json.dumps(self.manifest)
        self.manifest = json.loads(text.replace(f'"{self.was}', f'"{piece}'))
        self.files = {name.replace(self.was, piece, 1): content
                      for name, content in files.items()}
        self.record = json.loads(self.files[f"{piece}/exhibit.json"])
        self.record["id"] = piece
        self.graph = bytearray(self.files[f"{piece}/sculpture.graph"])
        self.pages = bytearray(self.files[f"{piece}/sculpture.pages"])
        self.raw_manifest = None   # bytes instead of the manifest
        self.keeps_checksums = False
        self.keeps_hashes = False
        self.after = None          # called with the list of zip entries

    # ---- the graph by its numbers

    def counts(self):
        """roots, groups, pages, levels, blocks"""
        return struct.unpack_from("<5I", self.graph, GRAPH_COUNTS_AT)

    def directory_at(self, block=0):
        return GRAPH_HEADER_BYTES + 16 * self.counts()[3] + 24 * block

    def blocks_at(self):
        """Where the first block begins: its pages, then its groups, then its children."""
        return self.directory_at(self.counts()[4]) + 4

    def block_counts(self, block=0):
        """groups, pages, children"""
        return struct.unpack_from("<3I", self.graph, self.directory_at(block))

    def pages_at(self, page=0):
        return self.blocks_at() + 16 * page

    def group_at(self, group=0):
        """Of the first block."""
        return self.pages_at(self.block_counts()[1]) + 44 * group

    def children_at(self, child=0):
        return self.group_at(self.block_counts()[0]) + 4 * child

    def put_graph(self, at, form, *values):
        struct.pack_into("<" + form, self.graph, at, *values)

    def put_page(self, at, form, *values):
        """Into the first page."""
        struct.pack_into("<" + form, self.pages, at, *values)

    # ---- files

    def add_file(self, name, kind, content):
        full = f"{self.piece}/{name}" if kind != "plan" else name
        self.files[full] = content
        file = {"name": full, "kind": kind, "piece": self.piece, "size_bytes": 0, "blake2b": ""}
        if kind == "plan":
            del file["piece"]
        self.manifest["files"].append(file)

    def _seal_graph(self):
        at, offset = self.blocks_at(), 0
        for block in range(min(self.counts()[4], 64)):
            if self.directory_at(block + 1) > len(self.graph):
                return
            groups, pages, children = self.block_counts(block)
            size = 16 * pages + 44 * groups + 4 * children
            for page in range(min(pages, 1024)):
                if at + 16 * page + 16 > len(self.graph):
                    return
                page_size, = struct.unpack_from("<I", self.graph, at + 16 * page)
                crc = zlib.crc32(bytes(self.pages[offset:offset + page_size]))
                self.put_graph(at + 16 * page + 4, "I", crc)
                offset += page_size
            self.put_graph(self.directory_at(block) + 12, "I",
                           zlib.crc32(bytes(self.graph[at:at + size])))
            at += size
        end = self.blocks_at() - 4
        if end + 4 <= len(self.graph):
            self.put_graph(end, "I", zlib.crc32(bytes(self.graph[:end])))

    def _seal(self):
        """Makes every number right that the case does not keep."""
        piece = self.piece
        if not self.keeps_checksums:
            self._seal_graph()
        record = self.record
        self.files[f"{piece}/exhibit.json"] = (
            record if isinstance(record, bytes) else json.dumps(record).encode())
        self.files[f"{piece}/sculpture.graph"] = bytes(self.graph)
        self.files[f"{piece}/sculpture.pages"] = bytes(self.pages)
        if not self.keeps_hashes:
            for file in self.manifest["files"]:
                content = self.files.get(file["name"])
                if content is not None:
                    file["size_bytes"] = len(content)
                    file["blake2b"] = hashlib.blake2b(content, digest_size=32).hexdigest()

    def write(self, path):
        self._seal()
        manifest = self.raw_manifest
        if manifest is None:
            manifest = json.dumps(self.manifest, ensure_ascii=False).encode()
        entries = [make_entry(MANIFEST, manifest, len(manifest) < (1 << 20))]
        for name, content in self.files.items():
            entries.append(make_entry(name, content, name.endswith(".json")))
        if self.after:
            self.after(entries)
        write_zip(path, entries)

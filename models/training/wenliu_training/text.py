"""Readers of the data folders: labelled entities, unlabelled prose, lexicons."""

import gzip
import json
import lzma
import os
from dataclasses import dataclass, field
from typing import Iterator, List, Tuple

# Folders below the data folder that hold unlabelled text.
DOCUMENT_FOLDERS = ("docs-cctv-xwlb", "docs-pd199801", "docs-weibo-hot", "docs-zhihu-hot")


@dataclass(frozen=True)
class Sentence:
    """A text with its entities (start, end, type): offsets in code points, end exclusive."""

    text: str
    entities: Tuple[Tuple[int, int, str], ...] = field(default_factory=tuple)


def open_text(path: str):
    if path.endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8")
    if path.endswith(".xz"):
        return lzma.open(path, "rt", encoding="utf-8")
    return open(path, encoding="utf-8")


def read_lines(path: str) -> Iterator[dict]:
    with open_text(path) as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def read_sentences(path: str) -> List[Sentence]:
    """JSON lines {"text", "entities": [{"start", "end", "type"}]}, plain, .gz or .xz."""
    return [Sentence(row["text"], tuple((e["start"], e["end"], e["type"]) for e in row.get("entities", ())))
            for row in read_lines(path)]


def find(folder: str, stem: str) -> str:
    """The file of a folder with this stem, whichever way it is compressed."""
    for ending in (".jsonl", ".jsonl.gz", ".jsonl.xz", ".txt", ".txt.gz", ".txt.xz"):
        path = os.path.join(folder, stem + ending)
        if os.path.exists(path):
            return path
    raise FileNotFoundError("no %s.jsonl[.gz|.xz] in %s" % (stem, folder))


def text_files(data: str) -> List[str]:
    """All files of unlabelled text below a data folder, in a fixed order."""
    prose = os.path.join(data, "text-zh")
    files = [os.path.join(prose, name) for name in sorted(os.listdir(prose)) if name.endswith(".txt.xz")] \
        if os.path.isdir(prose) else []
    files += [find(os.path.join(data, name), "docs") for name in DOCUMENT_FOLDERS
              if os.path.isdir(os.path.join(data, name))]
    return files


def read_text(path: str) -> str:
    """A file as one string, a paragraph a line: plain text, or the field "text" of JSON lines."""
    if ".jsonl" in os.path.basename(path):
        return "\n".join(row["text"] for row in read_lines(path)) + "\n"
    with open_text(path) as lines:
        return lines.read()


def read_lexicon(path: str) -> List[Tuple[str, int, str]]:
    """THUOCL as one table: word, document frequency, category."""
    rows = []
    with open_text(path) as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if len(parts) == 3:
                rows.append((parts[0], int(parts[1] or 0), parts[2]))
    return rows

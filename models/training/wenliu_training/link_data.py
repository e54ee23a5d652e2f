"""Texts to learn linking from, made of what is there: names that several entries of a knowledge base share, each in a
text that says part of what one of them is; sentences that name entries; and statistics of names, put together.
"""

import gzip
import json
import os
import random
import re
from collections import defaultdict
from typing import Dict, Iterable, List

# What the statistics of texts whose mentions are given say nothing about: where strings are none.
ONLY_GIVEN = ("name", "entry", "type", "agreement", "description")

PIECES = re.compile(r"[^，。；,;（）()、：:]+?(?:省|自治区|市|自治州|地区|盟|县|区|旗|$|(?=[，。；,;（）()、：:]))")


def read(path: str) -> List[dict]:
    with open(path, "rb") as file:
        data = file.read()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    return [json.loads(line) for line in data.decode("utf-8").splitlines() if line.strip()]


def by_name(kb: Iterable[dict]) -> Dict[str, List[dict]]:
    entries: Dict[str, List[dict]] = defaultdict(list)
    for entry in kb:
        for name in {entry["name"], *entry["aliases"]}:
            entries[name].append(entry)
    return entries


def pieces_of(entry: dict) -> List[str]:
    names = {entry["name"], *entry["aliases"]}
    return [piece for piece in PIECES.findall(entry["description"]) if piece and piece not in names]


def with_priors(kb: List[dict], seed: int) -> List[dict]:
    """The same entries, each with a prior made up, as skewed as priors are."""
    chance = random.Random(seed)
    return [dict(entry, prior=round(chance.lognormvariate(2.0, 1.5), 3)) for entry in kb]


def ambiguous(kb: Iterable[dict], seed: int, kept: float) -> List[dict]:
    """One row for each name that entries share: a text with the name and some of the pieces of one's description.

    Which one is drawn by the priors, where entries have any.
    """
    entries = by_name(kb)
    chance = random.Random(seed)
    rows = []
    for name in sorted(entries):
        sharing = sorted(entries[name], key=lambda e: e["id"])
        if len(sharing) < 2 or len(name) < 2:
            continue
        entry = chance.choices(sharing, [e.get("prior", 1.0) for e in sharing])[0]
        pieces = pieces_of(entry)
        if not pieces:
            continue
        count = max(1, round(len(pieces) * kept))
        chosen = sorted(chance.sample(range(len(pieces)), count))
        said = "，".join(pieces[i] for i in chosen)
        text, start = (said + "，" + name + "。", len(said) + 1) if chance.random() < 0.5 else (name + "，" + said + "。", 0)
        rows.append({"text": text, "mentions": [{"start": start, "end": start + len(name), "kb_id": entry["id"]}]})
    return rows


def distant(kb: List[dict], texts: Iterable[str], limit: int, longest: int = 12) -> List[dict]:
    """Sentences of plain text that name entries: by a name that no other entry has, or beside a piece of the description
    of exactly one of those that share it."""
    entries = {name: sharing for name, sharing in by_name(kb).items()
               if len(name) >= 3 or any("级行政区" in t and t[0] in "省地" for e in sharing for t in e["types"])}
    rows, used = [], defaultdict(int)
    for text in texts:
        for sentence in re.split("(?<=[。！？])", text):
            if not 12 <= len(sentence) <= 120:
                continue
            mentions, at = [], 0
            while at < len(sentence):
                for length in range(min(longest, len(sentence) - at), 1, -1):
                    name = sentence[at:at + length]
                    if name in entries:
                        entry = meant(entries[name], name, sentence)
                        if entry and used[entry] < 8:
                            used[entry] += 1
                            mentions.append({"start": at, "end": at + length, "kb_id": entry})
                        at += length - 1
                        break
                at += 1
            if mentions:
                rows.append({"text": sentence, "mentions": mentions})
                if len(rows) == limit:
                    return rows
    return rows


def meant(sharing: List[dict], name: str, sentence: str):
    if len(sharing) == 1:
        return sharing[0]["id"]
    elsewhere = sentence.replace(name, "")
    fits = [e["id"] for e in sharing if any(len(p) >= 2 and p in elsewhere for p in pieces_of(e))]
    return fits[0] if len(fits) == 1 else None


def write_self_supervised(data: str, out: str, seed: int = 7, kept: float = 0.5, sentences: int = 8000) -> None:
    """Texts of names that entries of kb-zh share, without and with priors, and sentences of plain text that name
    entries; train.jsonl, dev.jsonl (every fifth) and kb.jsonl in a folder each. Of the third kind every seventh entry
    is missing in the knowledge base: what it is named by means none."""
    from .text import read_lines, text_files
    kb = read(os.path.join(data, "kb-zh", "kb.jsonl.gz"))
    weighed = with_priors(kb, seed)
    news = [path for path in text_files(data) if "docs-cctv-xwlb" in path]
    texts = (row["text"] for path in news for row in read_lines(path))
    known = [entry for i, entry in enumerate(kb) if i % 7]
    for name, base, rows in (("ambiguous", kb, ambiguous(kb, seed, kept)),
                             ("prior", weighed, ambiguous(weighed, seed + 1, kept / 2)),
                             ("distant", known, distant(kb, texts, sentences))):
        folder = os.path.join(out, name)
        os.makedirs(folder, exist_ok=True)
        for part, some in (("train", [r for i, r in enumerate(rows) if i % 5]), ("dev", rows[::5])):
            write(os.path.join(folder, part + ".jsonl"), some)
        write(os.path.join(folder, "kb.jsonl"), base)


def write(path: str, rows: List[dict]) -> None:
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def merge_statistics(found: List[str], given: List[str], out: str) -> None:
    """Adds up statistics: all of texts in which mentions had to be found, of the others what does not depend on that."""
    counts: Dict[tuple, List[int]] = defaultdict(lambda: [0, 0])
    for files, kinds in ((found, None), (given, ONLY_GIVEN)):
        for path in files:
            with open(path, encoding="utf-8", newline="") as lines:
                for line in lines.read().split("\n"):
                    if line:
                        kind, key, seen, linked = line.split("\t")
                        if kinds is None or kind in kinds:
                            total = counts[kind, key]
                            total[0] += int(seen)
                            total[1] += int(linked)
    with open(out, "w", encoding="utf-8", newline="") as file:
        for (kind, key), (seen, linked) in sorted(counts.items()):
            file.write("%s\t%s\t%d\t%d\n" % (kind, key, seen, linked))

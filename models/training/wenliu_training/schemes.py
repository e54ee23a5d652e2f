"""Schemes: which labels a head has, which rows train it and which judge it, and which lexicon category a label is.

A scheme is a small JSON file: {"labels": [...], "categories": {label: category}, "train": [rows...], "dev": [rows...]}.
Rows: {"set": folder below the data folder, or a path, "file": "train", "from": 0, "to": -500, "types": {type: label},
"annotated": [labels]}. A type that is not in "types" is its own label, if there is such a label; "annotated" names the labels that the set
tells the truth about (all, if absent): the others are not trained by it.
"""

import json
import os
from collections import Counter
from dataclasses import dataclass
from typing import Dict, List, Optional, Sequence, Tuple

from .encoding import encode
from .lexicon import join
from .text import Sentence, find, read_lexicon, read_sentences

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "schemes")

# Words that the stream discovered; set at run time, simulated in training.
DISCOVERED = "word"
THUOCL = {"IT": "technology", "animal": "animal", "caijing": "finance", "car": "car", "chengyu": "idiom",
          "diming": "place", "food": "food", "law": "law", "lishimingren": "history", "medical": "medicine",
          "poem": "poetry"}
SHORTEST_ENTRY, LONGEST_ENTRY = 2, 24


@dataclass(frozen=True)
class Rows:
    sentences: List[Sentence]
    annotated: Tuple[bool, ...]


@dataclass(frozen=True)
class Scheme:
    name: str
    labels: List[str]
    categories: Dict[str, str]
    train: List[dict]
    dev: List[dict]
    share: float = 1.0

    def rows(self, part: str, data: str) -> List[Rows]:
        result = []
        for source in getattr(self, part):
            types = source.get("types", {})
            annotated = source.get("annotated", self.labels)
            sentences = [self.relabel(sentence, types) for sentence in read_source(source, data)]
            result.append(Rows(sentences, tuple(label in annotated for label in self.labels)))
        return result

    def relabel(self, sentence: Sentence, types: Dict[str, str]) -> Sentence:
        spans = ((start, end, types.get(kind, kind)) for start, end, kind in sentence.entities)
        return Sentence(sentence.text, tuple(span for span in spans if span[2] in self.labels))


def read_source(source: dict, data: str) -> List[Sentence]:
    folder = os.path.join(data, source["set"])
    rows = read_sentences(find(folder, source.get("file", "train")))
    return rows[source.get("from", 0):source.get("to")]


def load(name: str, overrides: Optional[dict] = None) -> Scheme:
    """A scheme of the kit by name, or a file by path."""
    path = name if name.endswith(".json") else os.path.join(FOLDER, name + ".json")
    with open(path, encoding="utf-8") as source:
        content = dict(json.load(source), **(overrides or {}))
    known = {"labels", "categories", "train", "dev", "share", "description"}
    unknown = set(content) - known
    if unknown:
        raise ValueError("%s: unknown keys %s, expected some of %s" % (path, sorted(unknown), sorted(known)))
    return Scheme(os.path.basename(path)[:-len(".json")], content["labels"], content.get("categories", {}),
                  content["train"], content["dev"], content.get("share", 1.0))


def from_folder(folder: str, name: str) -> Scheme:
    """A scheme for a folder with train.jsonl and dev.jsonl: its labels are the types found there.

    A file categories.json beside them may say which lexicon category a label is: {"person": "PER"}.
    """
    labels = sorted({kind for row in read_sentences(find(folder, "train")) for _, _, kind in row.entities})
    folder = os.path.abspath(folder)
    path = os.path.join(folder, "categories.json")
    categories = {}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as source:
            categories = json.load(source)
    return Scheme(name, labels, categories, [{"set": folder}], [{"set": folder, "file": "dev"}])


def entity_counts(schemes: Sequence[Scheme], data: str) -> Counter:
    """How often each (joined keys, category) is an entity of the training rows; a set that two schemes use counts once."""
    counts: Counter = Counter()
    seen = set()
    for scheme in schemes:
        for source in scheme.train:
            identity = (source["set"], source.get("file", "train"))
            if identity in seen:
                continue
            seen.add(identity)
            types = source.get("types", {})
            for sentence in read_source(source, data):
                for start, end, kind in sentence.entities:
                    category = scheme.categories.get(types.get(kind, kind))
                    if category:
                        counts[join(encode(sentence.text[start:end]).keys), category] += 1
    return Counter({pair: count for pair, count in counts.items()
                    if SHORTEST_ENTRY <= len(pair[0]) <= LONGEST_ENTRY})


def categories_of(schemes: Sequence[Scheme]) -> List[str]:
    found = sorted({category for scheme in schemes for category in scheme.categories.values()})
    return [DISCOVERED] + found + sorted(THUOCL.values())


def write_lexicon(path: str, counts: Counter, data: str) -> int:
    """lexicon.tsv: words of THUOCL and entities of the training rows with their categories."""
    entries = {(word, category) for word, category in counts if all(ord(c) < 0xF0000 for c in word)}
    thuocl = os.path.join(data, "lex-thuocl", "lexicon.tsv")
    if os.path.exists(thuocl):
        for word, _, domain in read_lexicon(thuocl):
            keys = encode(word).keys
            if SHORTEST_ENTRY <= len(keys) <= LONGEST_ENTRY and all(len(key) == 1 for key in keys):
                entries.add(("".join(keys), THUOCL[domain]))
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.writelines("%s\t%s\n" % entry for entry in sorted(entries))
    return len(entries)

"""Sentences with triples: reading, locating, augmenting.

A row of an SPO file names its triples by strings. Training needs spans, so every string is located in its sentence:
all occurrences count, save those inside a longer annotated string of the same sentence (the "李" of "李白" is no
mention of a person called "李") and those that cut a number or a Latin word. Spans are positions as defined in
encoding.py, end exclusive.
"""

import random
import unicodedata
from dataclasses import dataclass, field

from .encoding import EncodedText, encode
from .text import read_lines

# The development cut of a set that has none: this share of the rows, drawn with this seed. Never change either.
DEVELOPMENT_SHARE = 0.1
DEVELOPMENT_SEED = 20261121

# Objects of these types say little about one another across predicates: a date of birth is no release date.
LITERAL_TYPES = {"Date", "Number", "Text"}


@dataclass(frozen=True)
class Predicate:
    """A column pair of the object head."""

    name: str
    subject_type: str
    object_type: str


@dataclass(frozen=True)
class Triple:
    subject: str
    predicate: str
    object: str
    subject_type: str = ""
    object_type: str = ""


@dataclass(frozen=True)
class Row:
    text: str
    triples: tuple
    source: str = ""
    # Pairs that an annotator saw and gave no relation.
    unrelated: tuple = ()


@dataclass
class Subject:
    """One subject string of a sentence: where it stands, and what it is related to."""

    spans: list
    # (column of the predicate, span of the object), every occurrence of the object.
    objects: list = field(default_factory=list)


@dataclass
class Example:
    """A row whose strings became spans."""

    row: Row
    text: str
    encoded: EncodedText
    subjects: list
    # Spans that are annotated, but as no subject: what the object head must answer with silence.
    others: list
    # (type, span) of all annotated strings.
    entities: list


def normalise(text):
    """What two strings must share to count as one in scoring."""
    return unicodedata.normalize("NFKC", text).lower().strip()


def read_rows(path):
    """Reads JSON lines, compressed or not, of {"text", "spo": [{"s", "p", "o", "st"?, "ot"?}], "scheme"?, "neg"?}."""
    rows = []
    for value in read_lines(path):
        triples = tuple(Triple(t["s"], t["p"], t["o"], t.get("st") or "", t.get("ot") or "") for t in value["spo"])
        unrelated = tuple((n["s"], n["o"]) for n in value.get("neg", []))
        rows.append(Row(value["text"], triples, value.get("scheme", ""), unrelated))
    return rows


def cut_development(rows, share=DEVELOPMENT_SHARE, seed=DEVELOPMENT_SEED):
    """Splits rows into (train, development); the same rows always fall on the same side."""
    order = list(range(len(rows)))
    random.Random(seed).shuffle(order)
    held = set(order[: round(share * len(rows))])
    return [r for i, r in enumerate(rows) if i not in held], [r for i, r in enumerate(rows) if i in held]


def predicates_of(rows, minimum=1):
    """The predicates of a set, most frequent first, each with the types it is most often annotated with."""
    types = {}
    for row in rows:
        for triple in row.triples:
            pair = (triple.subject_type, triple.object_type)
            counts = types.setdefault(triple.predicate, {})
            counts[pair] = counts.get(pair, 0) + 1
    found = []
    for name, counts in types.items():
        total = sum(counts.values())
        if total >= minimum:
            subject_type, object_type = max(counts, key=lambda pair: (pair[0] != "", counts[pair], pair))
            found.append((total, Predicate(name, subject_type or "ENTITY", object_type or "ENTITY")))
    return [predicate for _, predicate in sorted(found, key=lambda entry: (-entry[0], entry[1].name))]


def _word_like(key):
    return len(key) == 1 and key.isascii() and key.isalnum()


def occurrences(keys, part):
    """Starts of a key sequence in another, those that cut no number and no Latin word if there are any."""
    if not part:
        return []
    first, size = part[0], len(part)
    found = [i for i in range(len(keys) - size + 1) if keys[i] == first and keys[i:i + size] == part]

    def whole(i):
        left = i > 0 and _word_like(keys[i - 1]) and _word_like(keys[i])
        right = i + size < len(keys) and _word_like(keys[i + size - 1]) and _word_like(keys[i + size])
        return not left and not right

    return [i for i in found if whole(i)] or found


def locate(keys, strings):
    """The spans of every string: {string: [(start, end)]}, without those inside a longer string's spans."""
    spans = {}
    for string in strings:
        part = encode(string.strip()).keys
        spans[string] = [(i, i + len(part)) for i in occurrences(keys, part)]
    kept = {}
    for string, own in spans.items():
        outside = [
            (a, b) for a, b in own
            if not any(c <= a and b <= d and d - c > b - a for other in spans.values() for c, d in other)]
        kept[string] = outside or own
    return kept


def example_of(row, columns, text=None, triples=None):
    """Locates a row's triples; text and triples replace the row's own when it was augmented."""
    text = row.text if text is None else text
    triples = row.triples if triples is None else triples
    encoded = encode(text)
    keys = encoded.keys
    strings = {s for t in triples for s in (t.subject, t.object)}
    spans = locate(keys, sorted(strings))
    subjects = {}
    for triple in triples:
        if triple.predicate not in columns or not spans[triple.subject]:
            continue
        subject = subjects.setdefault(normalise(triple.subject), Subject(spans[triple.subject]))
        for span in spans[triple.object]:
            entry = (columns[triple.predicate], span)
            if entry not in subject.objects:
                subject.objects.append(entry)
    marked = {span for subject in subjects.values() for span in subject.spans}
    others = sorted({span for s in strings for span in spans[s]} - marked)
    for pair in row.unrelated if triples is row.triples else ():
        for string, own in locate(keys, sorted(set(pair))).items():
            others.extend(span for span in own if span not in marked and span not in others)
    entities = sorted({
        (kind, span) for t in triples
        for kind, string in ((t.subject_type, t.subject), (t.object_type, t.object)) if kind
        for span in spans[string]})
    return Example(row, text, encoded, list(subjects.values()), others, entities)


class Replacement:
    """Augmentation: strings of a sentence give way to others of their type, everywhere in the sentence.

    A literal (date, number, free text) is replaced by an object of the same predicate only. The model so meets the
    wording of a relation with names it has not learned by heart.
    """

    def __init__(self, rows, probability=0.3, extra=None):
        self.probability = probability
        pools = {kind: set(strings) for kind, strings in (extra or {}).items()}
        for row in rows:
            for triple in row.triples:
                for pool, string in self._roles(triple):
                    pools.setdefault(pool, set()).add(string)
        self.pools = {pool: sorted(strings) for pool, strings in pools.items()}

    @staticmethod
    def _roles(triple):
        if triple.subject_type:
            yield triple.subject_type, triple.subject
        if triple.object_type in LITERAL_TYPES:
            yield "object of " + triple.predicate, triple.object
        elif triple.object_type:
            yield triple.object_type, triple.object

    def __call__(self, row, chance):
        """A new (text, triples), or the row's own where nothing was drawn or strings overlap."""
        pool_of = {}
        for triple in row.triples:
            for pool, string in self._roles(triple):
                pool_of.setdefault(string, pool)
        strings = sorted(pool_of)
        if any(a != b and a in b for a in strings for b in strings):
            return row.text, row.triples
        change = {}
        for string in strings:
            if chance.random() < self.probability and string in row.text:
                fresh = chance.choice(self.pools[pool_of[string]])
                if fresh not in row.text and fresh not in change.values():
                    change[string] = fresh
        if not change:
            return row.text, row.triples
        text = _replace_all(row.text, change)
        triples = tuple(
            Triple(change.get(t.subject, t.subject), t.predicate, change.get(t.object, t.object),
                   t.subject_type, t.object_type) for t in row.triples)
        if any(t.subject not in text or t.object not in text for t in triples):
            return row.text, row.triples  # two strings shared characters
        return text, triples


def _replace_all(text, change):
    """Replaces from left to right, longest first, never inside what was just put in."""
    olds = sorted(change, key=lambda s: (-len(s), s))
    parts, i = [], 0
    while i < len(text):
        for old in olds:
            if text.startswith(old, i):
                parts.append(change[old])
                i += len(old)
                break
        else:
            parts.append(text[i])
            i += 1
    return "".join(parts)

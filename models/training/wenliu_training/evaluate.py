"""Precision, recall and F1 of exact spans, decoded exactly as at run time; thresholds tuned on a development set."""

from collections import Counter
from typing import Dict, List, Optional, Sequence, Tuple

import numpy
import torch

from .decoding import Span, decode_pointers, decode_probabilities, decode_tags, sigmoid, viterbi
from .encoding import encode
from .examples import LONGEST, spans_of
from .features import Features, padded
from .lexicon import join

LONGEST_SPAN = 40
OVERLAP = 64


class Prepared:
    """A sentence ready for a model: windows of its features, flags included, and its gold spans."""

    def __init__(self, sentence, labels: Sequence[str], features: Features, added: Optional[Dict[str, int]] = None):
        self.encoded = encode(sentence.text)
        self.gold = {(start, end, label) for start, end, label in spans_of(sentence, self.encoded, labels)}
        keys = self.encoded.keys
        self.windows = [features.encode(keys[begin:begin + LONGEST]) for begin in window_starts(len(keys))]
        self.flags = [features.flags(window, added) for window in self.windows]


def window_starts(length: int) -> List[int]:
    starts = [0] if length else []
    while starts and starts[-1] + LONGEST < length:
        starts.append(starts[-1] + LONGEST - OVERLAP)
    return starts


def logits_of(model, head: str, features: Features, prepared: Sequence[Prepared], batch: int = 32) -> List[numpy.ndarray]:
    """Logits of each sentence [positions, columns]; of an overlap, either window gives the half nearer to its middle."""
    windows = [(i, w) for i, item in enumerate(prepared) for w in range(len(item.windows))]
    windows.sort(key=lambda pair: padded(len(prepared[pair[0]].windows[pair[1]])))
    results: Dict[Tuple[int, int], numpy.ndarray] = {}
    model.eval()
    with torch.no_grad():
        for begin in range(0, len(windows), batch):
            part = windows[begin:begin + batch]
            dense, lengths = features.dense([prepared[i].windows[w] for i, w in part],
                                            [prepared[i].flags[w] for i, w in part])
            logits = model(dense, lengths, head).numpy()
            for row, (i, w) in enumerate(part):
                results[i, w] = logits[row, :int(lengths[row])]
    merged = []
    for i, item in enumerate(prepared):
        parts = []
        for w in range(len(item.windows)):
            logits = results[i, w]
            front = OVERLAP // 2 if w > 0 else 0
            back = OVERLAP // 2 if w + 1 < len(item.windows) else 0
            parts.append(logits[front:len(logits) - back])
        merged.append(numpy.concatenate(parts) if parts else numpy.zeros((0, 0), numpy.float32))
    return merged


def decode(logits: numpy.ndarray, head, labels: Sequence[str], thresholds: Tuple[float, float]) -> List[Span]:
    if len(logits) == 0:
        return []
    if hasattr(head, "transitions"):
        names = ["O"] + [prefix + label for label in labels for prefix in ("B-", "I-")]
        tags = viterbi(logits.astype(numpy.float64), *(getattr(head, name).detach().numpy().astype(numpy.float64)
                                                       for name in ("starts", "transitions", "ends")))
        return decode_tags(logits, tags, names, labels)
    return decode_pointers(logits, thresholds[0], thresholds[1], LONGEST_SPAN)


def score(gold: Sequence[set], found: Sequence[Sequence[Span]], judged: Sequence[bool]) -> dict:
    """Micro precision, recall and F1 over the labels that are judged, and the counts of each label."""
    right, guessed, wanted = Counter(), Counter(), Counter()
    for truth, spans in zip(gold, found):
        triples = {(s.start, s.end, s.label) for s in spans if judged[s.label]}
        truth = {t for t in truth if judged[t[2]]}
        right.update(label for _, _, label in triples & truth)
        guessed.update(label for _, _, label in triples)
        wanted.update(label for _, _, label in truth)
    result = rates(sum(right.values()), sum(guessed.values()), sum(wanted.values()))
    result["byLabel"] = {label: rates(right[label], guessed[label], wanted[label]) for label in sorted(wanted)}
    return result


def rates(right: int, guessed: int, wanted: int) -> dict:
    precision, recall = right / guessed if guessed else 0.0, right / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"precision": round(100 * precision, 2), "recall": round(100 * recall, 2), "f1": round(100 * f1, 2)}


def tune(gold, logits, head, labels, judged, coarse: bool = False) -> Tuple[Tuple[float, float], dict]:
    """The pair of thresholds with the best F1; the middle of the grid where several tie."""
    if hasattr(head, "transitions"):
        return (0.5, 0.5), score(gold, [decode(l, head, labels, (0.5, 0.5)) for l in logits], judged)
    grid = (0.3, 0.4, 0.5) if coarse else (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55)
    likely = [sigmoid(l) for l in logits]
    best = None
    for start in grid:
        for end in grid if not coarse else (start,):
            found = [decode_probabilities(p, start, end, LONGEST_SPAN) if len(p) else [] for p in likely]
            result = score(gold, found, judged)
            rank = (result["f1"], -abs(start - 0.4) - abs(end - 0.4))
            if best is None or rank > best[0]:
                best = rank, (start, end), result
    return best[1], best[2]


def pinned(model, head: str, features: Features, scheme, data: str, thresholds) -> dict:
    """What a user's pins bring without training: scores with and without the strings of unseen entities pinned.

    Unseen: a string that is an entity nowhere in the scheme's training rows. Its category flags are set as at run time.
    """
    known = {join(encode(s.text[a:b]).keys) for rows in scheme.rows("train", data) for s in rows.sentences
             for a, b, _ in s.entities}
    bit_of = features.lexicon.bit_of
    bits = [bit_of.get(scheme.categories.get(label, label), 0) for label in scheme.labels]
    sentences = [s for rows in scheme.rows("dev", data) for s in rows.sentences]
    plain, hinted, unseen = [], [], []
    for sentence in sentences:
        item = Prepared(sentence, scheme.labels, features)
        text = join(item.encoded.keys)
        new = {t for t in item.gold if bits[t[2]] and text[t[0]:t[1] + 1] not in known}
        added: Dict[str, int] = {}
        for start, end, label in new:
            added[text[start:end + 1]] = added.get(text[start:end + 1], 0) | bits[label]
        plain.append(item)
        unseen.append(new)
        hinted.append(Prepared(sentence, scheme.labels, features, added))
    result = {"unseenEntities": sum(len(new) for new in unseen)}
    judged = [True] * len(scheme.labels)
    for name, prepared in (("without", plain), ("pinned", hinted)):
        found = [decode(l, model.heads[head], scheme.labels, thresholds)
                 for l in logits_of(model, head, features, prepared)]
        hits = sum(len(new & {(s.start, s.end, s.label) for s in spans}) for new, spans in zip(unseen, found))
        result[name] = {"recallOfUnseen": round(100 * hits / max(1, result["unseenEntities"]), 2),
                        "f1": score([p.gold for p in prepared], found, judged)["f1"]}
    return result

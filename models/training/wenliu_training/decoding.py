"""Logits to spans, exactly as the Java side does it."""

import math
from typing import List, NamedTuple, Sequence

import numpy


class Span(NamedTuple):
    """Positions, both inclusive."""

    start: int
    end: int
    label: int
    score: float


def sigmoid(values: numpy.ndarray) -> numpy.ndarray:
    with numpy.errstate(over="ignore"):
        return 1.0 / (1.0 + numpy.exp(-values.astype(numpy.float64)))


def decode_pointer(start: numpy.ndarray, end: numpy.ndarray, label: int, start_threshold: float, end_threshold: float,
                   longest: int) -> List[Span]:
    """One label: probabilities [length] to spans; a start ends at the nearest end before the next start."""
    starts = numpy.nonzero(start >= start_threshold)[0]
    spans = []
    for i, first in enumerate(starts):
        limit = min(len(end), first + longest, starts[i + 1] if i + 1 < len(starts) else len(end))
        for last in range(first, limit):
            if end[last] >= end_threshold:
                spans.append(Span(int(first), last, label, math.sqrt(start[first] * end[last])))
                break
    return spans


def decode_pointers(logits: numpy.ndarray, start_threshold: float, end_threshold: float, longest: int) -> List[Span]:
    """Logits [length, 2 * labels] to spans of any label that do not overlap, in order of their start."""
    return decode_probabilities(sigmoid(logits), start_threshold, end_threshold, longest)


def decode_probabilities(probabilities: numpy.ndarray, start_threshold: float, end_threshold: float,
                         longest: int) -> List[Span]:
    spans: List[Span] = []
    for label in numpy.nonzero((probabilities[:, ::2] >= start_threshold).any(axis=0))[0]:
        spans += decode_pointer(probabilities[:, 2 * label], probabilities[:, 2 * label + 1], int(label),
                                start_threshold, end_threshold, longest)
    return without_overlap(spans)


def without_overlap(spans: Sequence[Span]) -> List[Span]:
    kept: List[Span] = []
    for span in sorted(spans, key=lambda s: (-s.score, s.start, s.end, s.label)):
        if all(span.end < other.start or span.start > other.end for other in kept):
            kept.append(span)
    return sorted(kept)


def viterbi(emissions: numpy.ndarray, starts: numpy.ndarray, transitions: numpy.ndarray, ends: numpy.ndarray):
    """The best path of tags: emissions [length, tags], transitions [from, to]."""
    scores = starts + emissions[0]
    back = []
    for emission in emissions[1:]:
        paths = scores[:, None] + transitions
        back.append(paths.argmax(0))
        scores = paths.max(0) + emission
    tag = int((scores + ends).argmax())
    tags = [tag]
    for pointers in reversed(back):
        tag = int(pointers[tag])
        tags.append(tag)
    return tags[::-1]


def decode_tags(emissions: numpy.ndarray, tags: Sequence[int], names: Sequence[str],
                labels: Sequence[str]) -> List[Span]:
    """BIO tags to spans; an inside tag without its begin opens a span. Score: mean softmax along the span."""
    emissions = emissions.astype(numpy.float64)
    likely = numpy.exp(emissions - emissions.max(1, keepdims=True))
    likely /= likely.sum(1, keepdims=True)
    spans, first = [], None
    for place in range(len(tags) + 1):
        name = names[tags[place]] if place < len(tags) else "O"
        open_label = names[tags[first]][2:] if first is not None else None
        if first is not None and not (name.startswith("I-") and name[2:] == open_label):
            score = float(numpy.mean([likely[p, tags[p]] for p in range(first, place)]))
            spans.append(Span(first, place - 1, list(labels).index(open_label), score))
            first = None
        if name != "O" and first is None:
            first = place
    return spans

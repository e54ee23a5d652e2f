"""From probabilities to triples, and from triples to scores. Mirrors the decoder on the Java side."""
from collections import Counter

import numpy

from .decoding import decode_pointer
from .relations_data import normalise


def half_pointers(starts, ends, threshold, max_span):
    """Spans (start, end exclusive, score) of one label, from the probabilities of its starts and ends."""
    spans = decode_pointer(starts, ends, 0, threshold, threshold, max_span)
    return [(span.start, span.end + 1, span.score) for span in spans]


def decode_objects(probabilities, threshold, max_span):
    """Objects of one subject: (column, start, end exclusive, score), from probabilities [length, 2 * predicates]."""
    found = []
    for column in numpy.flatnonzero((probabilities[:, 0::2] >= threshold).any(axis=0)):
        starts, ends = probabilities[:, 2 * column], probabilities[:, 2 * column + 1]
        found.extend((int(column), s, e, score) for s, e, score in half_pointers(
            starts, ends, threshold, max_span))
    return found


def string_triples(text, encoded, triples, names):
    """Normalised string triples of span triples ((start, end), column, (start, end))."""

    def slice_of(span):
        return normalise(text[encoded.starts[span[0]]:encoded.ends[span[1] - 1]])

    return {(slice_of(s), names[column], slice_of(o)) for s, column, o in triples}


class TripleScore:
    """Exact-match precision, recall and F1 of string triples, in all, by predicate and by source."""

    def __init__(self):
        self.right, self.found, self.gold = Counter(), Counter(), Counter()

    def add(self, gold, found, source=""):
        for names, counter in ((gold & found, self.right), (found, self.found), (gold, self.gold)):
            for triple in names:
                counter["all"] += 1
                counter["predicate " + triple[1]] += 1
                if source:
                    counter["source " + source] += 1

    def f1(self, name="all"):
        """(F1, precision, recall) in percent."""
        right, found, gold = self.right[name], self.found[name], self.gold[name]
        precision = 100.0 * right / found if found else 0.0
        recall = 100.0 * right / gold if gold else 0.0
        return (2 * precision * recall / (precision + recall) if right else 0.0), precision, recall

    def report(self, prefix=None):
        names = [n for n in self.gold if prefix is None or n.startswith(prefix)]
        return {n: dict(zip(("f1", "precision", "recall"), (round(v, 2) for v in self.f1(n))), gold=self.gold[n])
                for n in sorted(names, key=lambda n: -self.gold[n])}


def gold_triples(row):
    return {(normalise(t.subject), t.predicate, normalise(t.object)) for t in row.triples}

"""Training examples: encoded once, varied each time they are drawn.

Varied: entities replaced by others of their type, lexicon flags by leave-one-out counting (a word that is an entity only
here is not known), words that a stream might have discovered, and positions hidden.
"""

import random
from collections import Counter, defaultdict
from typing import Dict, List, Optional, Sequence, Tuple

import numpy
import torch

from .encoding import encode
from .features import Encoded, Features
from .lexicon import join
from .schemes import DISCOVERED, Rows, Scheme

LONGEST = 256


class Example:
    __slots__ = ("keys", "spans", "encoded", "annotated", "context")

    def __init__(self, keys: List[str], spans: List[Tuple[int, int, int]], encoded: Encoded, annotated):
        self.keys, self.spans, self.encoded, self.annotated = keys, spans, encoded, annotated
        self.context = None  # answer of a frozen pretrained encoder, float16 [length, width]


def spans_of(sentence, encoded, labels: Sequence[str]) -> List[Tuple[int, int, int]]:
    """Entities as (first position, last position, label); what stands at no position is left out."""
    place_of = {}
    for place, (start, end) in enumerate(zip(encoded.starts, encoded.ends)):
        for offset in range(start, end):
            place_of[offset] = place
    spans = []
    for start, end, kind in sentence.entities:
        if start in place_of and end - 1 in place_of:
            spans.append((place_of[start], place_of[end - 1], labels.index(kind)))
    return sorted(spans)


def make_examples(rows: Rows, labels: Sequence[str], features: Features) -> List[Example]:
    """Texts longer than LONGEST are cut; spans across a cut are left out."""
    examples = []
    for sentence in rows.sentences:
        encoded = encode(sentence.text)
        spans = spans_of(sentence, encoded, labels)
        for begin in range(0, len(encoded), LONGEST):
            keys = encoded.keys[begin:begin + LONGEST]
            inside = [(s - begin, e - begin, t) for s, e, t in spans if s >= begin and e < begin + LONGEST]
            examples.append(Example(keys, inside, features.encode(keys), rows.annotated))
    return examples


class Variation:
    """Draws an example's flags, and now and then other entities for its own."""

    def __init__(self, scheme: Scheme, features: Features, counts: Counter, examples: Sequence[Example], seed: int,
                 replace: float, discover: float):
        self.features, self.replace, self.discover = features, replace, discover
        self.random = random.Random(seed)
        bit_of = features.lexicon.bit_of
        self.bit_of_label = [bit_of.get(scheme.categories.get(label, label), 0) for label in scheme.labels]
        self.discovered = bit_of.get(DISCOVERED, 0)
        self.counts: Dict[Tuple[str, int], int] = {}
        for (word, category), count in counts.items():
            self.counts[word, bit_of[category]] = count
        self.strings: Dict[int, List[List[str]]] = defaultdict(list)
        seen = set()
        for example in examples:
            for start, end, label in example.spans:
                keys = example.keys[start:end + 1]
                if (label, join(keys)) not in seen:
                    seen.add((label, join(keys)))
                    self.strings[label].append(keys)

    def draw(self, example: Example) -> Tuple[Example, numpy.ndarray]:
        if example.spans and self.random.random() < self.replace:
            example = self.replaced(example)
        text = example.encoded.text
        own: Counter = Counter()
        for start, end, label in example.spans:
            if self.bit_of_label[label]:
                own[text[start:end + 1], self.bit_of_label[label]] += 1
        removed: Dict[str, int] = {}
        for (word, bit), count in own.items():
            if self.counts.get((word, bit), count + 1) <= count:  # a word of another origin stays
                removed[word] = removed.get(word, 0) | bit
        return example, self.features.flags(example.encoded, self.imagined(example), removed)

    def imagined(self, example: Example) -> Dict[str, int]:
        """Words that a stream might have discovered: some of the rarer known ones, and some entities."""
        if self.random.random() >= self.discover:
            return {}
        added: Dict[str, int] = {}
        share = self.random.random() * 0.5
        text, soft = example.encoded.text, self.features.soft
        for start, end, row in soft.trie.matches(text):
            if end - start > 1 and soft.weights[row] < 2_000 and self.random.random() < share:
                added[text[start:end]] = self.discovered
        for start, end, _ in example.spans:
            if end > start and self.random.random() < share:
                added[text[start:end + 1]] = self.discovered
        return added

    def replaced(self, example: Example) -> Example:
        keys: List[str] = []
        spans: List[Tuple[int, int, int]] = []
        last = 0
        for start, end, label in example.spans:
            if start < last:
                return example  # overlapping spans are left alone
            keys += example.keys[last:start]
            own = example.keys[start:end + 1]
            other = self.random.choice(self.strings[label]) if self.random.random() < 0.5 else own
            spans.append((len(keys), len(keys) + len(other) - 1, label))
            keys += other
            last = end + 1
        keys += example.keys[last:]
        if len(keys) > LONGEST:
            return example
        return Example(keys, spans, self.features.encode(keys), example.annotated)


def pointer_targets(examples: Sequence[Example], labels: int, length: int) -> torch.Tensor:
    targets = torch.zeros(len(examples), length, 2 * labels)
    for row, example in enumerate(examples):
        for start, end, label in example.spans:
            targets[row, start, 2 * label] = 1.0
            targets[row, end, 2 * label + 1] = 1.0
    return targets


def tag_targets(examples: Sequence[Example], length: int) -> torch.Tensor:
    targets = torch.zeros(len(examples), length, dtype=torch.int64)
    for row, example in enumerate(examples):
        for start, end, label in example.spans:
            targets[row, start] = 1 + 2 * label
            targets[row, start + 1:end + 1] = 2 + 2 * label
    return targets


class Batches:
    """Endless batches of examples of similar length, in a fixed pseudo-random order."""

    def __init__(self, examples: Sequence[Example], size: int, seed: int, tokens: int = 1600):
        self.examples = [example for example in examples if len(example.encoded) > 0]
        self.size, self.tokens = size, tokens
        self.random = random.Random(seed)
        self.queue: List[List[Example]] = []

    def next(self) -> List[Example]:
        if not self.queue:
            order = list(self.examples)
            self.random.shuffle(order)
            pool = 32 * self.size
            for begin in range(0, len(order), pool):
                part = sorted(order[begin:begin + pool], key=lambda e: len(e.encoded))
                batch: List[Example] = []
                for example in part:
                    if batch and (len(batch) == self.size or (len(batch) + 1) * len(example.encoded) > self.tokens):
                        self.queue.append(batch)
                        batch = []
                    batch.append(example)
                self.queue.append(batch)
            self.random.shuffle(self.queue)
        return self.queue.pop()


def remember_context(examples: Sequence[Example], encoder, features: Features, size: int = 32) -> None:
    """Asks a frozen pretrained encoder once about each example; what it says depends on characters and bigrams only."""
    missing = sorted((e for e in examples if e.context is None and len(e.encoded)), key=lambda e: len(e.encoded))
    nothing = numpy.zeros(0, numpy.int64)
    encoder.eval()
    with torch.no_grad():
        for begin in range(0, len(missing), size):
            part = missing[begin:begin + size]
            dense, lengths = features.dense([e.encoded for e in part], [nothing] * len(part))
            for row, states in zip(part, encoder(dense, lengths).half()):
                row.context = states[:len(row.encoded)].clone()


def context_of(examples: Sequence[Example], length: int) -> torch.Tensor:
    result = torch.zeros(len(examples), length, examples[0].context.shape[1])
    for row, example in zip(result, examples):
        row[:len(example.encoded)] = example.context.float()
    return result

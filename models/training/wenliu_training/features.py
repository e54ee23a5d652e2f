"""Text to dense features: the blocks of the manifest, in its order.

Tables stay frozen and are read as they are shipped (int8 with a scale a row), so that training sees what the Java side
will see. A sentence is encoded once into indices; the dense block is made a batch at a time.
"""

import os
from dataclasses import dataclass
from typing import List, Mapping, Optional, Sequence

import numpy
import torch

from .encoding import encode
from .lexicon import CategoryLexicon, SoftLexicon, join
from .vectors import read_table, read_vocabulary


@dataclass
class Encoded:
    """Indices of a sentence's features; bags are 4 * position + set, flags position * columns + column."""

    text: str
    characters: numpy.ndarray
    bigrams: numpy.ndarray
    word_rows: numpy.ndarray
    word_bags: numpy.ndarray
    word_weights: numpy.ndarray

    def __len__(self) -> int:
        return len(self.characters)


def padded(length: int) -> int:
    return max(8, (length + 7) // 8 * 8)


class Features:
    """The feature blocks of a package folder (tables and lexicon)."""

    def __init__(self, folder: str, categories: Sequence[str], blocks=("characters", "bigrams", "words", "lexicon")):
        self.folder, self.blocks = folder, tuple(blocks)
        path = lambda name: os.path.join(folder, name)
        self.character_rows = {key: row for row, key in enumerate(read_vocabulary(path("chars.txt")))}
        self.characters = torch.from_numpy(read_table(path("chars.i8")))
        self.bigram_rows = {key: row for row, key in enumerate(read_vocabulary(path("bigrams.txt")))}
        self.bigrams = torch.from_numpy(read_table(path("bigrams.i8")))
        with open(path("words.txt"), encoding="utf-8", newline="\n") as lines:
            rows = [line.rstrip("\n").split("\t") for line in lines]
        self.soft = SoftLexicon([row[0] for row in rows], [int(row[1]) for row in rows])
        self.words = torch.from_numpy(read_table(path("words.i8")))
        entries = []
        if os.path.exists(path("lexicon.tsv")):
            with open(path("lexicon.tsv"), encoding="utf-8", newline="\n") as lines:
                entries = [tuple(line.rstrip("\n").split("\t")) for line in lines]
        self.lexicon = CategoryLexicon(categories, [(join(encode(word).keys), category) for word, category in entries])
        self.columns = 4 * len(categories)
        self.uses_words = "words" in self.blocks
        widths = {"characters": self.characters.shape[1], "bigrams": self.bigrams.shape[1],
                  "words": 4 * self.words.shape[1], "lexicon": self.columns}
        self.width = sum(widths[block] for block in self.blocks)

    def encode(self, keys: Sequence[str]) -> Encoded:
        text = join(keys)
        characters = numpy.array([self.character_rows.get(key, 0) for key in keys], numpy.int64)
        bigrams = numpy.array([self.bigram_rows.get(a + b, 0) for a, b in zip(keys, keys[1:])] + [0], numpy.int64)
        rows, bags, weights = self.soft.sets(text) if self.uses_words else ([], [], [])
        return Encoded(text, characters, bigrams[:len(keys)], numpy.array(rows, numpy.int64),
                       numpy.array(bags, numpy.int64), numpy.array(weights, numpy.float32))

    def flags(self, encoded: Encoded, added: Optional[Mapping[str, int]] = None,
              removed: Optional[Mapping[str, int]] = None) -> numpy.ndarray:
        pairs = self.lexicon.flags(encoded.text, added, removed)
        return numpy.array([place * self.columns + column for place, column in pairs], numpy.int64)

    def dense(self, sentences: Sequence[Encoded], flags: Sequence[numpy.ndarray], length: Optional[int] = None):
        """Features float32 [batch, length, width] and lengths int32 [batch]; padding is zero."""
        batch = len(sentences)
        length = length or padded(max(len(s) for s in sentences))
        characters = numpy.zeros((batch, length), numpy.int64)
        bigrams = numpy.zeros((batch, length), numpy.int64)
        for i, sentence in enumerate(sentences):
            characters[i, :len(sentence)] = sentence.characters
            bigrams[i, :len(sentence)] = sentence.bigrams
        lengths = torch.tensor([len(s) for s in sentences], dtype=torch.int32)
        blocks: List[torch.Tensor] = []
        for block in self.blocks:
            if block == "characters":
                blocks.append(torch.nn.functional.embedding(torch.from_numpy(characters), self.characters))
            elif block == "bigrams":
                blocks.append(torch.nn.functional.embedding(torch.from_numpy(bigrams), self.bigrams))
            elif block == "words":
                bags = numpy.concatenate([s.word_bags + 4 * length * i for i, s in enumerate(sentences)])
                rows = torch.from_numpy(numpy.concatenate([s.word_rows for s in sentences]))
                weights = torch.from_numpy(numpy.concatenate([s.word_weights for s in sentences]))
                means = torch.zeros(batch * length * 4, self.words.shape[1])
                means.index_add_(0, torch.from_numpy(bags), self.words[rows] * weights[:, None])
                blocks.append(means.reshape(batch, length, -1))
            else:
                places = numpy.concatenate([f + self.columns * length * i for i, f in enumerate(flags)])
                marks = torch.zeros(batch * length * self.columns)
                marks[torch.from_numpy(places.astype(numpy.int64))] = 1.0
                blocks.append(marks.reshape(batch, length, self.columns))
        mask = torch.arange(length)[None, :] < lengths[:, None]
        return torch.cat(blocks, 2) * mask.unsqueeze(-1), lengths

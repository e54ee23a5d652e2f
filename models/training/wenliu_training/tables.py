"""Builds the tables that all models share: characters, bigrams, words, each a vocabulary and its vectors.

Work folder: tables/{chars,bigrams,words}.{txt,i8}, text/codes.npy (rows of the character vocabulary, uint16, all text
one after another) and text/starts.npy (where lines and sentences start in it).
"""

import json
import os
import shutil
import time
from typing import List, Sequence

import numpy
import scipy.sparse

from . import vectors
from .encoding import SPACE, UNKNOWN, encode
from .text import open_text, read_lexicon, read_text, text_files

CHARACTER_DIMENSIONS = 128
BIGRAM_DIMENSIONS = 64
WORD_DIMENSIONS = 50
BIGRAMS = 60_000
WORDS = 120_000
LONGEST_WORD = 8
SENTENCE_ENDS = "。！？!?；;…"
# Context characters of bigrams and words: the most frequent ones, so that the counts fit in memory.
CONTEXTS = 3_000


def log(message: str, *values) -> None:
    print(time.strftime("%H:%M:%S ") + message % values, flush=True)


def take_over(package: str, work: str) -> None:
    """The tables and the lexicon of a released package, so that a model can be trained without any plain text."""
    folder = os.path.join(work, "tables")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(package, "manifest.json"), encoding="utf-8") as source:
        features = json.load(source)["features"]
    for feature in features:
        for name in (feature.get("vocabulary"), feature.get("table"), feature.get("file")):
            if name:
                shutil.copyfile(os.path.join(package, name), os.path.join(folder, name))
        if feature["kind"] == "lexicon":
            with open(os.path.join(folder, "categories.json"), "w", encoding="utf-8") as out:
                json.dump(feature["categories"], out)
    log("tables of %s", package)


def build_text(data: str, work: str) -> None:
    """Counts the characters, then writes all text as rows of their vocabulary."""
    os.makedirs(os.path.join(work, "tables"), exist_ok=True)
    os.makedirs(os.path.join(work, "text"), exist_ok=True)
    texts = [read_text(path) for path in text_files(data)]
    vocabulary = vectors.character_vocabulary(vectors.count_characters(texts))
    if len(vocabulary) >= vectors.DROPPED - 1:
        raise ValueError("expected fewer than %d characters, found %d" % (vectors.DROPPED - 1, len(vocabulary)))
    vectors.write_vocabulary(os.path.join(work, "tables", "chars.txt"), vocabulary)
    codes = vectors.CharacterCodes(vocabulary)
    rows: List[numpy.ndarray] = []
    starts: List[numpy.ndarray] = []
    offset = 0
    for text in texts:
        encoded, begins = encode_lines(codes, text)
        rows.append(encoded)
        starts.append(begins + offset)
        offset += len(encoded)
    numpy.save(os.path.join(work, "text", "codes.npy"), numpy.concatenate(rows))
    numpy.save(os.path.join(work, "text", "starts.npy"), numpy.concatenate(starts))
    log("%d characters of text, %d distinct", offset, len(vocabulary))


def encode_lines(codes: vectors.CharacterCodes, text: str):
    """The rows of a text, and the places behind a line feed or the end of a sentence."""
    points = vectors.code_points(text)
    encoded = codes.encode(text)
    kept = codes.table[points] != vectors.DROPPED
    ends = numpy.isin(points[kept], [ord(c) for c in SENTENCE_ENDS + "\n"])
    starts = numpy.concatenate([[0], numpy.nonzero(ends)[0] + 1])
    return encoded, starts[starts < len(encoded)].astype(numpy.int64)


def build_characters_and_bigrams(work: str) -> None:
    tables = os.path.join(work, "tables")
    characters = vectors.read_vocabulary(os.path.join(tables, "chars.txt"))
    codes = numpy.load(os.path.join(work, "text", "codes.npy"))
    units = codes.astype(numpy.int64)
    found = vectors.vectors_of(units, [vectors.shifted(codes, by) for by in (-3, -2, -1, 1, 2, 3)], len(characters),
                               len(characters), CHARACTER_DIMENSIONS)
    vectors.write_table(os.path.join(tables, "chars.i8"), found)
    log("characters done: %s", found.shape)
    keys, row_of = vectors.bigram_vocabulary(codes, characters, BIGRAMS)
    vectors.write_vocabulary(os.path.join(tables, "bigrams.txt"), keys)
    units = row_of[units[:-1] * len(characters) + units[1:]]
    contexts = [vectors.shifted(codes, by)[:-1] for by in (-2, -1, 2, 3)]
    found = vectors.vectors_of(units, contexts, len(keys), CONTEXTS, BIGRAM_DIMENSIONS)
    vectors.write_table(os.path.join(tables, "bigrams.i8"), found)
    log("bigrams done: %s", found.shape)


def word_candidates(data: str, lexicon: str) -> List[str]:
    """Keys of 2 to LONGEST_WORD characters from the segmentation lexicon of the project and from THUOCL."""
    words = set()
    if os.path.exists(lexicon):
        with open_text(lexicon) as lines:
            words.update(line.split("\t")[0] for line in lines)
    thuocl = os.path.join(data, "lex-thuocl", "lexicon.tsv")
    if os.path.exists(thuocl):
        words.update(word for word, _, _ in read_lexicon(thuocl))
    candidates = set()
    for word in words:
        keys = encode(word).keys
        if 2 <= len(keys) <= LONGEST_WORD and all(len(key) == 1 and (key.isalpha() or key.isdigit()) for key in keys):
            if not all(key.isascii() for key in keys):
                candidates.add("".join(keys))
    return sorted(candidates)


def build_words(data: str, work: str, lexicon: str, least: int = 10, most: int = 60_000_000) -> None:
    """Vectors of words, counted wherever their characters stand, overlapping or not, in up to `most` characters."""
    tables = os.path.join(work, "tables")
    row_of = {key: row for row, key in enumerate(vectors.read_vocabulary(os.path.join(tables, "chars.txt")))}
    codes = numpy.load(os.path.join(work, "text", "codes.npy"))[:most]
    candidates = [word for word in word_candidates(data, lexicon) if all(c in row_of for c in word)]
    places = find_words(codes, [[row_of[c] for c in word] for word in candidates])
    counts = numpy.array([len(place) for place in places])
    singles = numpy.bincount(codes, minlength=len(row_of))
    kept = [i for i in numpy.argsort(-counts, kind="stable")[:WORDS] if counts[i] >= least]
    characters = [key for key in row_of if len(key) == 1 and "\u4e00" <= key <= "\u9fff"
                  and singles[row_of[key]] >= least]
    words = [UNKNOWN] + characters + [candidates[i] for i in kept]
    weights = [0] + [int(singles[row_of[c]]) for c in characters] + [int(counts[i]) for i in kept]
    with open(os.path.join(tables, "words.txt"), "w", encoding="utf-8", newline="\n") as out:
        out.writelines("%s\t%d\n" % row for row in zip(words, weights))
    single_row = numpy.zeros(len(row_of), numpy.int64)
    for row, character in enumerate(characters, 1):
        single_row[row_of[character]] = row
    # The text once as single characters, then every word at each of its places: unit, first and last code.
    firsts = [numpy.arange(len(codes))]
    lasts = [numpy.arange(len(codes))]
    units = [single_row[codes]]
    for row, i in enumerate(kept, 1 + len(characters)):
        firsts.append(places[i])
        lasts.append(places[i] + len(candidates[i]) - 1)
        units.append(numpy.full(len(places[i]), row))
    unit, first, last = (numpy.concatenate(parts) for parts in (units, firsts, lasts))
    padded = numpy.concatenate([numpy.zeros(2, codes.dtype), codes, numpy.zeros(2, codes.dtype)])
    blocks = [vectors.positive_information(unit, padded[place + 2], len(words), 2_000)
              for place in (first - 2, first - 1, last + 1, last + 2)]
    found = vectors.decompose(scipy.sparse.hstack(blocks).tocsr(), WORD_DIMENSIONS)
    vectors.write_table(os.path.join(tables, "words.i8"), found)
    log("words done: %s", found.shape)


def find_words(codes: numpy.ndarray, words: Sequence[Sequence[int]]) -> List[numpy.ndarray]:
    """Where each word (codes of its characters) starts in the text; by rolling hashes behind a bitmap."""
    prime = numpy.uint64(0x9E3779B97F4A7C15)
    places: List[numpy.ndarray] = [numpy.zeros(0, numpy.int64)] * len(words)
    with numpy.errstate(over="ignore"):
        hashes = codes.astype(numpy.uint64) + numpy.uint64(1)
        rolling = hashes.copy()
        for length in range(2, LONGEST_WORD + 1):
            rolling = rolling[:-1] * prime + hashes[length - 1:]
            chosen = [i for i, word in enumerate(words) if len(word) == length]
            if not chosen:
                continue
            wanted = numpy.zeros(len(chosen), numpy.uint64)
            for k in range(length):
                wanted = wanted * prime + numpy.array([words[i][k] + 1 for i in chosen], numpy.uint64)
            order = numpy.argsort(wanted)
            ordered = wanted[order]
            seen = numpy.zeros(1 << 24, bool)
            mixed = numpy.uint64(0xD6E8FEB86659FD93)
            seen[((ordered * mixed) >> numpy.uint64(40)).astype(numpy.int64)] = True
            candidates = numpy.nonzero(seen[((rolling * mixed) >> numpy.uint64(40)).astype(numpy.int64)])[0]
            at = numpy.searchsorted(ordered, rolling[candidates])
            hit = (at < len(ordered)) & (ordered[numpy.minimum(at, len(ordered) - 1)] == rolling[candidates])
            word_at, place = order[at[hit]], candidates[hit]
            by_word = numpy.argsort(word_at, kind="stable")
            word_at, place = word_at[by_word], place[by_word]
            bounds = numpy.searchsorted(word_at, numpy.arange(len(chosen) + 1))
            for k, i in enumerate(chosen):
                places[i] = place[bounds[k]:bounds[k + 1]]
    return places

"""Count-based vectors of characters, bigrams and words, and the tables they are shipped in.

A unit (a character, a bigram, a word) is described by the characters at fixed offsets around it: one column per offset
and character. Counts become positive pointwise mutual information, contexts smoothed by the power 0.75 [1], and a
randomised singular value decomposition [2] keeps the strongest directions (rows of U times the root of the singular
values). Cost: O(n) counting per offset, and a dozen products of the sparse matrix with a thin one.

[1] Levy, Goldberg, Dagan: Improving Distributional Similarity with Lessons Learned from Word Embeddings, 2015.
[2] Halko, Martinsson, Tropp: Finding Structure with Randomness, 2011.
"""

import struct
from typing import Dict, List, Sequence, Tuple

import numpy
import scipy.sparse

from .encoding import SPACE, UNKNOWN, key_of

MAGIC = b"WLT1"
DROPPED = 65535


def write_table(path: str, values: numpy.ndarray) -> None:
    """Rows of float32 as int8 with a scale each: magic, int32 rows, int32 dimensions, float32[rows], int8[rows*d]."""
    rows, dimensions = values.shape
    scale, quantised = quantise(values)
    with open(path, "wb") as out:
        out.write(MAGIC + struct.pack("<ii", rows, dimensions))
        out.write(scale.astype("<f4").tobytes())
        out.write(quantised.tobytes())


def quantise(values: numpy.ndarray) -> Tuple[numpy.ndarray, numpy.ndarray]:
    largest = numpy.abs(values).max(axis=1)
    scale = (largest / 127.0).astype(numpy.float32)
    safe = numpy.where(scale == 0, 1, scale)[:, None]
    return scale, numpy.clip(numpy.rint(values / safe), -127, 127).astype(numpy.int8)


def read_table(path: str) -> numpy.ndarray:
    """The table as float32 [rows, dimensions]: scale times int8."""
    with open(path, "rb") as source:
        data = source.read()
    if data[:4] != MAGIC:
        raise ValueError("%s: expected the magic bytes WLT1, found %r" % (path, data[:4]))
    rows, dimensions = struct.unpack("<ii", data[4:12])
    expected = 12 + 4 * rows + rows * dimensions
    if len(data) != expected:
        raise ValueError("%s: expected %d bytes, found %d" % (path, expected, len(data)))
    scale = numpy.frombuffer(data, "<f4", rows, 12)
    values = numpy.frombuffer(data, numpy.int8, rows * dimensions, 12 + 4 * rows).reshape(rows, dimensions)
    return scale[:, None] * values.astype(numpy.float32)


def read_vocabulary(path: str) -> List[str]:
    """One key a line; a tab ends the key (words.txt carries a weight behind it)."""
    with open(path, encoding="utf-8", newline="\n") as lines:
        return [line.rstrip("\n").split("\t")[0] for line in lines]


def write_vocabulary(path: str, keys: Sequence[str]) -> None:
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.writelines(key + "\n" for key in keys)


class CharacterCodes:
    """Turns a string into rows of the character vocabulary at the speed of numpy; ignorable code points vanish."""

    def __init__(self, vocabulary: Sequence[str]):
        self.row_of: Dict[str, int] = {key: row for row, key in enumerate(vocabulary)}
        self.table = numpy.full(0x110000, DROPPED - 1, numpy.uint16)  # DROPPED - 1: not looked at yet

    def encode(self, text: str) -> numpy.ndarray:
        points = code_points(text)
        codes = self.table[points]
        if (codes == DROPPED - 1).any():
            for point in numpy.unique(points[codes == DROPPED - 1]):
                key = key_of(chr(point))
                self.table[point] = DROPPED if key is None else self.row_of.get(key, 0)
            codes = self.table[points]
        return codes[codes != DROPPED]


def code_points(text: str) -> numpy.ndarray:
    return numpy.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def count_characters(texts) -> List[Tuple[str, int]]:
    """Keys of the texts with their counts, most frequent first."""
    points = numpy.zeros(0x110000, numpy.int64)
    for text in texts:
        points += numpy.bincount(code_points(text), minlength=0x110000)
    counts: Dict[str, int] = {}
    for point in numpy.nonzero(points)[0]:
        key = key_of(chr(point))
        if key is not None:
            counts[key] = counts.get(key, 0) + int(points[point])
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def character_vocabulary(counts: List[Tuple[str, int]], least: int = 8) -> List[str]:
    return [UNKNOWN] + [key for key, count in counts if count >= least]


def bigram_vocabulary(codes: numpy.ndarray, characters: Sequence[str], size: int) -> Tuple[List[str], numpy.ndarray]:
    """The most frequent bigrams without white space or unknowns: their keys, and row of each pair of characters."""
    width = len(characters)
    pairs = numpy.bincount(codes[:-1].astype(numpy.int64) * width + codes[1:], minlength=width * width)
    grid = pairs.reshape(width, width)
    space = list(characters).index(SPACE) if SPACE in characters else 0
    grid[[0, space], :] = 0
    grid[:, [0, space]] = 0
    best = numpy.argsort(-pairs, kind="stable")[:size]
    best = best[pairs[best] > 0]
    keys, row_of = [UNKNOWN], numpy.zeros(width * width, numpy.int32)
    known = {}
    for pair in best:
        key = characters[pair // width] + characters[pair % width]
        if key not in known:  # keys of several code points could meet in one string
            known[key] = len(keys)
            keys.append(key)
        row_of[pair] = known[key]
    return keys, row_of


def positive_information(units: numpy.ndarray, contexts: numpy.ndarray, rows: int,
                         columns: int) -> scipy.sparse.csr_matrix:
    """The matrix of positive pointwise mutual information of units [n] with contexts [n]; row and column 0 are empty."""
    keep = (units > 0) & (contexts > 0) & (contexts < columns)
    joint = numpy.bincount(units[keep].astype(numpy.int64) * columns + contexts[keep], minlength=rows * columns)
    cells = numpy.nonzero(joint >= 3)[0]
    values = joint[cells].astype(numpy.float64)
    row, column = cells // columns, cells % columns
    del joint
    row_sum = numpy.bincount(row, values, rows)
    column_sum = numpy.bincount(column, values, columns) ** 0.75
    information = numpy.log(values * column_sum.sum() / (row_sum[row] * column_sum[column]))
    good = information > 0
    return scipy.sparse.csr_matrix((information[good].astype(numpy.float32), (row[good], column[good])), (rows, columns))


def decompose(matrix: scipy.sparse.csr_matrix, dimensions: int, seed: int = 7) -> numpy.ndarray:
    """Rows of U times the root of the singular values, scaled so that the entries have variance 1 over the rows."""
    generator = numpy.random.RandomState(seed)
    other = matrix.T.tocsr()
    basis = generator.standard_normal((matrix.shape[1], dimensions + 16)).astype(numpy.float32)
    basis, _ = numpy.linalg.qr(matrix @ basis)
    for _ in range(2):
        basis, _ = numpy.linalg.qr(other @ basis)
        basis, _ = numpy.linalg.qr(matrix @ basis)
    left, singular, _ = numpy.linalg.svd((other @ basis).T, full_matrices=False)
    vectors = (basis @ left)[:, :dimensions] * numpy.sqrt(singular[:dimensions])
    norm = numpy.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors / numpy.maximum(norm, 1e-6)  # directions carry the meaning, lengths mostly frequency
    vectors *= numpy.sqrt(dimensions)
    vectors[0] = 0
    return vectors.astype(numpy.float32)


def vectors_of(units: numpy.ndarray, contexts: Sequence[numpy.ndarray], rows: int, columns: int,
               dimensions: int) -> numpy.ndarray:
    """Vectors of units [n] (0 = none) from several arrays of context characters [n] each."""
    blocks = [positive_information(units, context, rows, columns) for context in contexts]
    return decompose(scipy.sparse.hstack(blocks).tocsr(), dimensions)


def shifted(codes: numpy.ndarray, by: int) -> numpy.ndarray:
    """codes[i + by] at i, 0 beyond the ends."""
    result = numpy.zeros_like(codes)
    if by > 0:
        result[:-by] = codes[by:]
    elif by < 0:
        result[-by:] = codes[:by]
    else:
        result[:] = codes
    return result

"""Vectors of hashed tokens for the linking model: how symbols and pairs of symbols stand together in plain text.

The tokens are those of Java's LinkTokens: a symbol is a Han character or a run of Latin letters and digits. Counts of
neighbours at most WINDOW symbols apart, positive pointwise mutual information, and its leading singular vectors.
"""

import os
import re
import time
import unicodedata
from typing import Dict, List, Tuple

import numpy as np

from .tables import log
from .text import open_text, text_files

VOCABULARY = 1 << 15
DIMENSIONS = 64
WINDOW = 6
LEAST_COUNT = 3
CONTEXT_POWER = 0.75
RARE = 1e-4  # a token with this share of all counts half as much as a rare one
MASK = 0xFFFFFFFF
SEED_PAIR = 0x9E3779B9
FLUSH = 6_000_000
SYMBOL = re.compile(r"[\u3400-\u9fff]|[a-z0-9]+|[^\s]")


def string_hash(text: str, seed: int) -> int:
    value = seed
    for unit in memoryview(text.encode("utf-16-le")).cast("H"):
        value = (31 * value + unit) & MASK
    return value


def bucket(value: int) -> int:
    value = ((value ^ (value >> 16)) * 0x85EBCA6B) & MASK
    value = ((value ^ (value >> 13)) * 0xC2B2AE35) & MASK
    value ^= value >> 16
    return 1 + value % (VOCABULARY - 1)


class Tokens:
    """Token numbers of symbols and of pairs of symbols, remembered."""

    def __init__(self) -> None:
        self.symbols: Dict[str, int] = {}
        self.pairs: Dict[Tuple[str, str], int] = {}

    def symbol(self, one: str) -> int:
        if one not in self.symbols:
            self.symbols[one] = bucket(string_hash(one, 0)) if one.isalnum() else 0
        return self.symbols[one]

    def pair(self, first: str, second: str) -> int:
        key = (first, second)
        if key not in self.pairs:
            self.pairs[key] = bucket(string_hash(second, string_hash(first, 0) ^ SEED_PAIR))
        return self.pairs[key]


def count(data: str, symbols: int) -> np.ndarray:
    """How often two tokens are neighbours: [VOCABULARY, VOCABULARY], both directions."""
    counts = np.zeros((VOCABULARY, VOCABULARY), np.float32)
    tokens, left, right = Tokens(), [], []
    waiting = read = 0

    def flush() -> None:
        keys, times = np.unique(np.concatenate(left).astype(np.int64) * VOCABULARY + np.concatenate(right),
                                return_counts=True)
        counts.reshape(-1)[keys] += times
        left.clear()
        right.clear()

    for path in text_files(data):
        if not path.endswith(".txt.xz"):
            continue
        with open_text(path) as lines:
            for line in lines:
                text = SYMBOL.findall(unicodedata.normalize("NFKC", line).lower())
                if len(text) < 8:
                    continue
                read += len(text)
                single = np.array([tokens.symbol(one) for one in text], np.int64)
                double = np.array([tokens.pair(text[i], text[i + 1]) if single[i] and single[i + 1] else 0
                                   for i in range(len(text) - 1)] + [0], np.int64)
                waiting += pair_up(single, double, left, right)
                if waiting > FLUSH:
                    flush()
                    waiting = 0
                if read >= symbols:
                    break
        if read >= symbols:
            break
    flush()
    log("%d symbols counted", read)
    return counts + counts.T


def pair_up(single: np.ndarray, double: np.ndarray, left: List[np.ndarray], right: List[np.ndarray]) -> int:
    pairs = 0
    for distance in range(1, WINDOW + 1):
        for first in (single, double):
            apart = distance + (1 if first is double else 0)  # a pair is no neighbour of its own second symbol
            for second in (single, double):
                if len(single) > apart:
                    a, b = first[:-apart], second[apart:]
                    both = (a > 0) & (b > 0)
                    left.append(a[both])
                    right.append(b[both])
                    pairs += int(both.sum())
    return pairs


def make(data: str, work: str, symbols: int) -> str:
    """Writes link-vectors.npy: rows of length 1 weighted by how much a token says; row 0 is padding and 0."""
    import scipy.sparse as sparse
    begin = time.time()
    counts = count(data, symbols)
    counts[counts < LEAST_COUNT] = 0
    totals = counts.sum(1)
    table = sparse.csr_matrix(counts)
    del counts
    rows = np.repeat(np.arange(VOCABULARY), np.diff(table.indptr))
    context = totals ** CONTEXT_POWER
    expected = totals[rows] * context[table.indices] / context.sum()
    table.data = np.maximum(0, np.log(table.data / expected)).astype(np.float32)
    table.eliminate_zeros()
    basis = np.random.RandomState(0).randn(VOCABULARY, DIMENSIONS + 16).astype(np.float32)
    for _ in range(4):
        basis, _ = np.linalg.qr(table @ (table.T @ basis))
    left, singular, _ = np.linalg.svd((table.T @ basis).T, full_matrices=False)
    vectors = (basis @ left)[:, :DIMENSIONS] * np.sqrt(singular[:DIMENSIONS])
    vectors[totals == 0] = 0
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    vectors *= (RARE / (RARE + totals / totals.sum()))[:, None]
    vectors[0] = 0
    os.makedirs(work, exist_ok=True)
    path = os.path.join(work, "link-vectors.npy")
    np.save(path, vectors.astype(np.float32))
    log("%s after %d s", path, time.time() - begin)
    return path

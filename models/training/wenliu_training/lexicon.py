"""Matches of words in a sequence of keys: the soft lexicon of known words, and lexicon flags by category.

A sequence of keys is handled as a string with one code point a key; a key of several code points is given one of the
private-use code points of plane 15. Cost of a match: O(n) walks down a dictionary of prefixes.
"""

from typing import Dict, Iterable, List, Mapping, NamedTuple, Optional, Sequence, Tuple

BEGIN, MIDDLE, END, SINGLE = 0, 1, 2, 3

_private: Dict[str, str] = {}


def join(keys: Sequence[str]) -> str:
    """The keys as a string of one code point each."""
    return "".join(key if len(key) == 1 else _private.setdefault(key, chr(0xF0000 + len(_private))) for key in keys)


class Match(NamedTuple):
    start: int
    end: int
    value: int


class Trie:
    """Strings with a positive number each; finds all of them in a text, overlapping ones too."""

    def __init__(self, values: Mapping[str, int]):
        self.values: Dict[str, int] = {}
        for word, value in values.items():
            for end in range(1, len(word)):
                self.values.setdefault(word[:end], 0)
            self.values[word] = value

    def matches(self, text: str) -> List[Match]:
        found, values = [], self.values
        for start in range(len(text)):
            end = start + 1
            while end <= len(text):
                value = values.get(text[start:end])
                if value is None:
                    break
                if value:
                    found.append(Match(start, end, value))
                end += 1
        return found


def leftmost_longest(matches: Iterable[Match], bit: int) -> List[Tuple[int, int]]:
    """Of the matches that carry a category's bit: leftmost first, of those the longest, none overlapping."""
    chosen: List[Tuple[int, int]] = []
    for start, end in sorted(((m.start, m.end) for m in matches if m.value & bit), key=lambda p: (p[0], -p[1])):
        if not chosen or start >= chosen[-1][1]:
            chosen.append((start, end))
    return chosen


class CategoryLexicon:
    """Words with categories; a word's number is the set of its categories as bits."""

    def __init__(self, categories: Sequence[str], entries: Iterable[Tuple[str, str]]):
        self.categories = list(categories)
        self.bit_of = {category: 1 << i for i, category in enumerate(self.categories)}
        values: Dict[str, int] = {}
        for word, category in entries:
            if word:
                values[word] = values.get(word, 0) | self.bit_of[category]
        self.trie = Trie(values)

    def flags(self, text: str, added: Optional[Mapping[str, int]] = None,
              removed: Optional[Mapping[str, int]] = None) -> List[Tuple[int, int]]:
        """(position, column) of every flag that is set; column = 4 * category + BEGIN, MIDDLE, END or SINGLE.

        added: hints with their bits (pinned entities, discovered words), which set flags beside those of the lexicon;
        removed: bits that words of the lexicon
        lose in this text (leave-one-out counting in training).
        """
        matches = self.trie.matches(text)
        if removed:
            matches = [Match(m.start, m.end, m.value & ~removed.get(text[m.start:m.end], 0)) for m in matches]
        result = self.columns(matches)
        if added:
            hints = []
            for word, bits in added.items():
                start = text.find(word)
                while start >= 0 and word:
                    hints.append(Match(start, start + len(word), bits))
                    start = text.find(word, start + 1)
            result = sorted(set(result + self.columns(hints)))
        return result

    def columns(self, matches: Sequence[Match]) -> List[Tuple[int, int]]:
        present = 0
        for match in matches:
            present |= match.value
        result: List[Tuple[int, int]] = []
        for category in range(len(self.categories)):
            if present >> category & 1:
                for start, end in leftmost_longest(matches, 1 << category):
                    result.extend(span_columns(start, end, 4 * category))
        return result


def span_columns(start: int, end: int, base: int) -> List[Tuple[int, int]]:
    if end == start + 1:
        return [(start, base + SINGLE)]
    inside = [(place, base + MIDDLE) for place in range(start + 1, end - 1)]
    return [(start, base + BEGIN)] + inside + [(end - 1, base + END)]


class SoftLexicon:
    """Known words with a weight each; every match counts at each position it covers [1].

    [1] Ma et al.: Simplify the Usage of Lexicon in Chinese NER, 2020.
    """

    def __init__(self, words: Sequence[str], weights: Sequence[int]):
        self.weights = list(weights)
        self.trie = Trie({word: row for row, word in enumerate(words) if row > 0})

    def sets(self, text: str) -> Tuple[List[int], List[int], List[float]]:
        """Rows, bags (4 * position + set) and weights; the weights of a bag sum to 1."""
        rows: List[int] = []
        bags: List[int] = []
        sums: Dict[int, int] = {}
        for start, end, row in self.trie.matches(text):
            weight = self.weights[row]
            for place, column in span_columns(start, end, 0):
                bag = 4 * place + column
                rows.append(row)
                bags.append(bag)
                sums[bag] = sums.get(bag, 0) + weight
        return rows, bags, [self.weights[row] / sums[bag] for row, bag in zip(rows, bags)]

"""Fits the weights with which new words are scored: python3 -m wenliu_training.words --help.

Counts the n-grams of gold text (words separated by blanks, a sentence a line) as the job does, makes of each
candidate the features of WordFeatures.java, and fits a small network that tells words from other strings: several,
in fact, and one that learns what they say in the mean. Only numpy is needed. The same input gives the same bytes.
"""

import argparse
import gzip
import itertools
import re
import unicodedata

import numpy as np

FIRST_RUN = 0x110000
MIN_WORD, MAX_WORD = 2, 5
BOUND = 5.0  # deviations from the mean beyond which a feature says nothing more; Java has the same

SLICES = "60:100,200:40,600:12,2000:4,6000:2,0:1"

# What the gold text cuts into several words: how much it counts against strings of so many symbols.
PHRASES = {3: .6, 4: .12, 5: .005}
WHOLE = .9

# The share of frequent words that are given other characters, and up to how many they have.
RENAMED, LONGEST_RENAMED = .3, 4

TEACHERS = 6

# A word that is missed costs more than one too many: the odds at which a candidate is a word are below evens.
LENIENCE = .2

PIECES = re.compile(r"[A-Za-z0-9]+|.", re.S)


def is_han(code):
    return (0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or code == 0x3007 or 0xF900 <= code <= 0xFAFF
            or 0x20000 <= code <= 0x3FFFF)


def read_gold(path):
    """Sentences as lists of words."""
    rows = []
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            words = unicodedata.normalize("NFKC", line).split()
            if words:
                rows.append(words)
    return rows


class Grams:
    """All n-grams of up to six symbols. Lists have one entry an order, from 1 on: an n-gram's occurrences, the
    numbers of its first and its last n - 1 symbols among the n-grams of that order, where it stands first, and how
    many of its occurrences begin and end where words of the sentence do."""

    def __init__(self, sentences):
        codes, begins, ends, runs, known = [0], [False], [False], {}, {}
        for sentence in sentences:
            edges = {0, *itertools.accumulate(len(word) for word in sentence)}
            for match in PIECES.finditer("".join(sentence)):
                piece = match[0]
                code = known.get(piece)
                if code is None:
                    if piece[0].isascii() and piece[0].isalnum():
                        code = FIRST_RUN + runs.setdefault(piece, len(runs))
                    else:
                        isletter = is_han(ord(piece)) or unicodedata.category(piece)[0] == "L"
                        code = ord(piece) if isletter else 0
                    known[piece] = code
                codes.append(code)
                begins.append(match.start() in edges)
                ends.append(match.end() in edges)
            codes.append(0)
            begins.append(False)
            ends.append(False)
        begins, ends = np.array(begins), np.array(ends)
        self.symbols = np.array(codes, dtype=np.int64)
        self.names = {FIRST_RUN + number: run for run, number in runs.items()}
        self.total = int((self.symbols > 0).sum())
        self.count, self.prefix, self.suffix, self.place, self.whole = [None], [None], [None], [None], [None]
        at = np.nonzero(self.symbols)[0]
        numbers = [None]
        for order in range(1, MAX_WORD + 2):
            if order == 1:
                keys = self.symbols[at]
            else:
                at = at[at + order - 1 < len(self.symbols)]
                at = at[numbers[1][at + order - 1] >= 0]
                keys = numbers[-1][at] * len(self.count[1]) + numbers[1][at + order - 1]
            unique, first, inverse, count = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
            self.count.append(count)
            self.place.append(at[first])
            self.whole.append(np.bincount(inverse, begins[at] & ends[at + order - 1], len(unique)))
            self.prefix.append(None if order == 1 else unique // len(self.count[1]))
            self.suffix.append(None if order == 1 else numbers[-1][at[first] + 1])
            number = np.full(len(self.symbols), -1, np.int64)
            number[at] = inverse
            numbers.append(number)

    def word(self, order, number):
        place = self.place[order][number]
        return "".join(self.names[c] if c >= FIRST_RUN else chr(c) for c in self.symbols[place:place + order])


def neighbours(grams, order, side, min_count):
    """What stands on one side of all n-grams: the sum of c ln c over their extensions, the count of the most
    frequent, how many differ (an edge of a sentence differs from all), how many occur once, edges, the sum of c ln s
    over extensions, s being the occurrences of the symbol that is added, min_count at least."""
    size = len(grams.count[order])
    of = (grams.prefix if side == "right" else grams.suffix)[order + 1]
    count = grams.count[order + 1].astype(float)
    most = np.zeros(size)
    np.maximum.at(most, of, count)
    edges = grams.count[order] - np.bincount(of, count, size)
    different = np.bincount(of, minlength=size) + edges
    added = np.arange(len(count))
    for length in range(order + 1, 1, -1):
        added = (grams.suffix if side == "right" else grams.prefix)[length][added]
    frequent = np.maximum(grams.count[1][added], min_count)
    return (np.bincount(of, count * np.log(count), size), most, different, np.bincount(of, count == 1, size), edges,
            np.bincount(of, count * np.log(frequent), size))


def candidates(grams, min_count):
    """The words that may be, their features, a row each in the order of WordFeature.java, and the share of their
    occurrences that begin and end where words do."""
    words, rows, whole = [], [], []
    ln = np.log
    total = ln(grams.total)
    single = {}
    for side in ("left", "right"):
        sums, _, _, _, edges, _ = neighbours(grams, 1, side, min_count)
        single[side] = (edges / grams.count[1], np.maximum(0, ln(grams.count[1]) - sums / grams.count[1]))
    for order in range(MIN_WORD, MAX_WORD + 1):
        symbols = [grams.symbols[grams.place[order] + k] for k in range(order)]
        has_han, has_number = np.zeros(len(symbols[0]), bool), np.zeros(len(symbols[0]), bool)
        han = np.array([c for c in np.unique(grams.symbols) if is_han(c)])
        number = np.array([c for c, name in grams.names.items() if name.isdigit()])
        for symbol in symbols:
            has_han |= np.isin(symbol, han)
            has_number |= np.isin(symbol, number)
        kept = np.nonzero((grams.count[order] >= min_count) & has_han & ~has_number)[0]
        count = grams.count[order][kept].astype(float)
        first, last = {order: kept}, {order: kept}  # the numbers of beginnings and endings, by length
        for length in range(order, 1, -1):
            first[length - 1] = grams.prefix[length][first[length]]
            last[length - 1] = grams.suffix[length][last[length]]
        begin = {k: grams.count[k][first[k]].astype(float) for k in range(1, order)}
        end = {k: grams.count[k][last[k]].astype(float) for k in range(1, order)}
        splits = [total + ln(count) - ln(begin[k]) - ln(end[order - k]) for k in range(1, order)]
        sides = {}
        for side in ("left", "right"):
            sums, most, different, once, edges, chance = (of[kept] for of in neighbours(grams, order, side, min_count))
            entropy = np.maximum(0, ln(count) - sums / count)
            sides[side] = dict(entropy=entropy, share=entropy / ln(count), longer=ln(1 + most) - ln(count),
                               different=ln(different) / ln(count), once=once / count, edge=ln(1 + edges) - ln(count),
                               bound=(sums - chance + (count - edges) * (total - ln(count))) / count)
        left, right = sides["left"], sides["right"]
        features = [ln(count), np.min(splits, 0), np.max(splits, 0)]
        for name in ("entropy", "share", "longer", "different", "once", "edge", "bound"):
            features += [left[name], right[name]]
        features += [np.maximum(left["longer"], right["longer"]),
                     ln(begin[1]) - total, ln(end[1]) - total,
                     ln(count) - ln(begin[1]), ln(count) - ln(end[1]),
                     ln(count) - ln(begin[order - 1]), ln(count) - ln(end[order - 1])]
        for of in range(2):
            features += [single[side][of][number] for number in (first[1], last[1]) for side in ("left", "right")]
        features += [np.full(len(kept), float(order == length)) for length in range(MIN_WORD, MAX_WORD + 1)]
        words += [grams.word(order, number) for number in kept]
        rows.append(np.stack(features, 1))
        whole.append(grams.whole[order][kept] / count)
    return words, np.concatenate(rows), np.concatenate(whole)


FEATURES = """logCount leastSplit greatestSplit leftEntropy rightEntropy leftEntropyShare rightEntropyShare leftLonger
rightLonger leftDifferent rightDifferent leftOnce rightOnce leftEdge rightEdge leftBound rightBound longer firstShare lastShare ofFirst
ofLast ofBeginning ofEnding firstAtStart firstAtEnd lastAtStart lastAtEnd
firstLeftEntropy firstRightEntropy lastLeftEntropy lastRightEntropy two three four five""".split()


class Network:
    """One hidden layer of rectified units over standardised features; the output is a log-odds."""

    def __init__(self, mean, deviation, hidden, bias, out, out_bias):
        self.mean, self.deviation, self.hidden, self.bias = mean, deviation, hidden, bias
        self.out, self.out_bias = out, out_bias

    def scores(self, features):
        inputs = np.clip((features - self.mean) / self.deviation, -BOUND, BOUND)
        return np.maximum(inputs @ self.hidden + self.bias, 0) @ self.out + self.out_bias

    def lines(self):
        """A feature a line: name, mean, deviation, weights to the hidden units; then their bias; then the output's."""
        def line(name, *numbers):
            return "\t".join([name] + ["%.5g" % number for number in numbers])
        for i, name in enumerate(FEATURES):
            yield line(name, self.mean[i], self.deviation[i], *self.hidden[i])
        yield line("bias", *self.bias)
        yield line("out", self.out_bias, *self.out)

    @staticmethod
    def read(lines):
        rows = [(cells[0], np.array([float(cell) for cell in cells[1:]]))
                for cells in (line.rstrip("\n").split("\t") for line in lines) if not cells[0].startswith("#")]
        if [name for name, _ in rows] != FEATURES + ["bias", "out"]:
            raise ValueError("not the features of this kit")
        inputs = np.stack([numbers for _, numbers in rows[:-2]])
        return Network(inputs[:, 0], inputs[:, 1], inputs[:, 2:], rows[-2][1], rows[-1][1][1:], rows[-1][1][0])


def fit(features, labels, importance, units, epochs, seed, rate=3e-3, decay=1e-4, batch=512):
    """Logistic loss by Adam, the rate falling to nothing."""
    chance = np.random.default_rng(seed)
    mean, deviation = features.mean(0), features.std(0) + 1e-6
    inputs = np.clip((features - mean) / deviation, -BOUND, BOUND)
    width = inputs.shape[1]
    weights = [chance.normal(size=(width, units)) / np.sqrt(width), np.zeros(units),
               chance.normal(size=units) / np.sqrt(units), np.zeros(1)]
    means, squares = ([np.zeros_like(w) for w in weights] for _ in range(2))
    steps = epochs * (len(inputs) // batch)
    step = 0
    for _ in range(epochs):
        order = chance.permutation(len(inputs))
        for start in range(0, len(inputs) - batch + 1, batch):
            rows = order[start:start + batch]
            hidden = inputs[rows] @ weights[0] + weights[1]
            active = np.maximum(hidden, 0)
            odds = active @ weights[2] + weights[3][0]
            error = (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - labels[rows]) * importance[rows] / batch
            back = np.outer(error, weights[2]) * (hidden > 0)
            slopes = [inputs[rows].T @ back + decay * weights[0], back.sum(0), active.T @ error + decay * weights[2],
                      np.array([error.sum()])]
            step += 1
            pace = rate * (1 - step / (steps + 1))
            for k, slope in enumerate(slopes):
                means[k] = .9 * means[k] + .1 * slope
                squares[k] = .999 * squares[k] + .001 * slope ** 2
                weights[k] = weights[k] - pace * (means[k] / (1 - .9 ** step)) / (
                    np.sqrt(squares[k] / (1 - .999 ** step)) + 1e-8)
    return Network(mean, deviation, *weights[:3], weights[3][0])


def gold_counts(sentences):
    counts = {}
    for sentence in sentences:
        for word in sentence:
            counts[word] = counts.get(word, 0) + 1
    return counts


def of_han(word):
    return len(word) > 1 and all(is_han(ord(c)) for c in word)


def slices(sentences, plan):
    """Parts of a text: of each size (0 for all) so many, evenly spread."""
    for size, times in plan:
        size = min(size or len(sentences), len(sentences))
        for i in range(times):
            start = (len(sentences) - size) * i // max(1, times - 1)
            yield sentences[start:start + size]


def renamed(sentences, share, frequent, chance):
    """The sentences with other characters for some of the frequent words, drawn as often as they occur and in no
    order that the text has. A new word need not be made of characters as old words are."""
    gold, text = gold_counts(sentences), "\n".join("".join(sentence) for sentence in sentences)
    counts = {}
    for word, count in gold.items():
        for character in filter(lambda c: is_han(ord(c)), word):
            counts[character] = counts.get(character, 0) + count
    characters = sorted(counts)
    shares = np.array([counts[character] for character in characters], float)
    names = {}
    for word in sorted(word for word, count in gold.items() if count >= frequent and of_han(word)):
        if len(word) <= LONGEST_RENAMED and chance.random() < share:
            name = "".join(chance.choice(characters, len(word), p=shares / shares.sum()))
            if name not in text and name not in names.values():
                names[word] = name
    return [[names.get(word, word) for word in sentence] for sentence in sentences]


def examples(sentences, min_count):
    """Features, labels and importance of candidates of Han alone: frequent gold words, and strings that are no gold
    word. Where the gold text cuts, another would not: what is no gold word but mostly begins and ends with words is
    not held against longer strings as much as a fragment is."""
    gold = gold_counts(sentences)
    words, features, whole = candidates(Grams(sentences), min_count)
    counts = np.array([gold.get(word, 0) for word in words])
    lengths = np.array([len(word) for word in words])
    importance = np.ones(len(words))
    for length, weight in PHRASES.items():
        importance[(counts == 0) & (whole >= WHOLE) & (lengths == length)] = weight
    used = np.array([of_han(word) for word in words]) & ((counts == 0) | (counts >= min_count))
    return features[used], (counts[used] > 0).astype(float), importance[used]


def taught(features, labels, importance, units, epochs, seed):
    """One network that says what several say in the mean, which is more to the point than any of them."""
    teachers = [fit(features, labels, importance, units, epochs, seed + i) for i in range(TEACHERS)]
    odds = np.mean([teacher.scores(features) for teacher in teachers], 0)
    return fit(features, 1 / (1 + np.exp(-odds)), importance, units, 2 * epochs, seed)


def average_precision(sentences, words, scores, frequent=5):
    """AP5 of docs/benchmarks.md."""
    gold = gold_counts(sentences)
    ranked = [gold.get(words[i], 0) for i in np.argsort(-scores, kind="stable") if of_han(words[i])]
    wanted = sum(of_han(word) and count >= frequent for word, count in gold.items())
    looked_at, hits, total = 0, 0, 0.0
    for count in ranked:
        if count == 0 or count >= frequent:
            looked_at += 1
        if count >= frequent:
            hits += 1
            total += hits / looked_at
    return total / wanted


def main(arguments=None):
    parser = argparse.ArgumentParser("wenliu_training.words", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", help="the text to fit on")
    parser.add_argument("--out", required=True, help="file of weights")
    parser.add_argument("--slices", default=SLICES,
                        help="fit on parts of it, each with its own counts: sentences:times, 0 for all (default %(default)s)")
    parser.add_argument("--units", type=int, default=24)
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--min-count", type=int, default=5)
    parser.add_argument("--judge", nargs="*", default=[], help="gold texts to print AP5 of")
    options = parser.parse_args(arguments)
    plan = [tuple(int(number) for number in part.split(":")) for part in options.slices.split(",")]
    chance = np.random.default_rng(options.seed)
    parts = []
    for part in slices(read_gold(options.gold), plan):
        other = renamed(part, RENAMED, options.min_count, chance)
        parts += [examples(sentences, options.min_count) for sentences in (part, other)]
    network = taught(*(np.concatenate([part[i] for part in parts]) for i in range(3)), options.units, options.epochs,
                     options.seed)
    network.out_bias += LENIENCE
    with open(options.out, "w", encoding="utf-8") as out:
        out.write("# made by python3 -m wenliu_training.words, see docs/algorithms.md\n")
        out.write("\n".join(network.lines()) + "\n")
    with open(options.out, encoding="utf-8") as lines:
        network = Network.read(lines)
    for path in options.judge:
        sentences = read_gold(path)
        words, features, _ = candidates(Grams(sentences), options.min_count)
        print("%s\tAP5 %.4f" % (path, average_precision(sentences, words, network.scores(features))), flush=True)


if __name__ == "__main__":
    main()

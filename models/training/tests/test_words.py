"""The weights of new words: the kit counts and scores as Java does, and fits what can be told apart."""

import json
import os
import tempfile
import unicodedata
import unittest

import numpy as np

from wenliu_training import words

KIT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(os.path.dirname(KIT))
WEIGHTS = os.path.join(ROOT, "operators/src/main/resources/io/github/wenliu/operators/newword/count-4.tsv")
SAMPLE = os.path.join(ROOT, "pipeline/src/main/resources/sample/documents.jsonl")


def feature(row, name):
    return row[words.FEATURES.index(name)]


class WordsTest(unittest.TestCase):
    def test_scores_are_those_of_java(self):
        # golden/words.tsv: every tenth line of ./wenliu discover pipeline/src/main/resources/sample/documents.jsonl
        with open(WEIGHTS, encoding="utf-8") as lines:
            network = words.Network.read(lines)
        with open(SAMPLE, encoding="utf-8") as lines:
            texts = [[unicodedata.normalize("NFKC", json.loads(line)["text"])] for line in lines]
        found, features, _ = words.candidates(words.Grams(texts), 5)
        scores = dict(zip(found, network.scores(features)))
        with open(os.path.join(KIT, "golden/words.tsv"), encoding="utf-8") as lines:
            golden = [line.split("\t") for line in lines]
        self.assertGreater(len(golden), 40)
        for word, score, _ in golden:  # the kit knows no addresses and mentions, so some neighbours differ
            self.assertAlmostEqual(scores[word], float(score), delta=0.05, msg=word)

    def test_candidates_and_their_features(self):
        sentences = [["甲乙", "丙"]] * 3 + [["甲乙", "丁"]] * 2 + [["甲", "乙"], ["5", "甲乙"]]
        found, features, whole = words.candidates(words.Grams(sentences), 2)
        self.assertEqual(sorted(found), ["乙丁", "乙丙", "甲乙", "甲乙丁", "甲乙丙"])
        row = features[found.index("甲乙")]
        self.assertAlmostEqual(feature(row, "logCount"), np.log(7))
        self.assertAlmostEqual(feature(row, "rightLonger"), np.log(4 / 7))
        self.assertAlmostEqual(feature(row, "rightDifferent"), np.log(4) / np.log(7))
        self.assertAlmostEqual(feature(row, "rightEdge"), np.log(3 / 7))
        self.assertAlmostEqual(feature(row, "leftOnce"), 1 / 7)
        self.assertAlmostEqual(feature(row, "firstAtStart"), 6 / 7)
        self.assertAlmostEqual(feature(row, "lastAtEnd"), 2 / 7)
        self.assertAlmostEqual(feature(row, "firstLeftEntropy"), np.log(7))
        self.assertAlmostEqual(feature(row, "firstRightEntropy"), 0)
        self.assertAlmostEqual(feature(row, "lastLeftEntropy"), 0)
        self.assertAlmostEqual(feature(row, "lastRightEntropy"), np.log(7) - (3 * np.log(3) + 2 * np.log(2)) / 7)
        self.assertEqual(whole[found.index("甲乙")], 1)
        self.assertEqual(whole[found.index("乙丙")], 0)

    def test_phrases_weigh_less_than_fragments(self):
        sentences = [["春风", "化雨"]] * 5 + [["雨过", "天晴"]] * 5
        found, _, _ = words.candidates(words.Grams(sentences), 5)
        found = [word for word in found if words.of_han(word)]
        _, labels, importance = words.examples(sentences, 5)
        self.assertEqual(dict(zip(found, labels))["春风"], 1)
        self.assertEqual(dict(zip(found, importance))["春风化雨"], words.PHRASES[4])
        self.assertEqual(dict(zip(found, importance))["风化雨"], 1)

    def test_what_can_be_told_apart_is_and_comes_back_from_its_file(self):
        chance = np.random.default_rng(5)
        features = chance.normal(size=(2000, len(words.FEATURES)))
        labels = (features[:, 0] > np.abs(features[:, 1])).astype(float)
        network = words.fit(features, labels, np.ones(2000), 8, 200, 1)
        with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
            file.write("# comment\n" + "\n".join(network.lines()) + "\n")
            file.seek(0)
            again = words.Network.read(file)
        scores = again.scores(features)
        self.assertGreater(np.mean((scores > 0) == (labels > 0)), 0.9)
        self.assertLess(np.max(np.abs(scores - network.scores(features))), 0.01)
        with self.assertRaises(ValueError):
            words.Network.read(["other\t1\t2"])

    def test_some_frequent_words_are_given_other_characters(self):
        sentences = [["春风", "化", "雨"], ["雨过", "春风"], ["天晴"]] * 5
        again = words.renamed(sentences, 1, 6, np.random.default_rng(4))
        name = again[0][0]
        self.assertEqual(again, [[name, "化", "雨"], ["雨过", name], ["天晴"]] * 5)
        self.assertEqual(len(name), 2)
        self.assertNotIn(name, "春风化雨\n雨过春风\n天晴")
        self.assertTrue(set(name) <= set("春风化雨过天晴"))
        self.assertEqual(words.renamed(sentences, 1, 6, np.random.default_rng(4)), again)
        self.assertEqual(words.renamed(sentences, 0, 6, np.random.default_rng(4)), sentences)

    def test_one_network_learns_what_several_say(self):
        chance = np.random.default_rng(6)
        features = chance.normal(size=(2000, len(words.FEATURES)))
        labels = (features[:, 0] + chance.normal(size=2000) > 0).astype(float)
        network = words.taught(features, labels, np.ones(2000), 4, 200, 1)
        self.assertGreater(np.mean((network.scores(features) > 0) == (features[:, 0] > 0)), 0.85)

    def test_slices_are_spread_evenly(self):
        self.assertEqual(list(words.slices([1, 2, 3, 4, 5], [(2, 2), (0, 1)])), [[1, 2], [4, 5], [1, 2, 3, 4, 5]])


if __name__ == "__main__":
    unittest.main()

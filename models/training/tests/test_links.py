"""Tests of the part of the kit that makes linking models."""

import os
import tempfile
import unittest

import numpy as np
import torch

from wenliu_training import link_data, link_vectors, links

KB = [
    {"id": "a", "name": "城关", "aliases": [], "description": "城关，甘肃省兰州市的区", "types": ["地点"]},
    {"id": "b", "name": "城关", "aliases": [], "description": "城关，西藏自治区拉萨市的区", "types": ["地点"]},
    {"id": "c", "name": "红柳书店", "aliases": [], "description": "一家书店", "types": ["组织"]},
]


def row(gold, mentions, ids=None):
    return {"row": 0, "ids": ids or [e for _, _, e in gold if e], "gold": gold, "mentions": mentions}


def mention(start, end, *candidates):
    return {"start": start, "end": end, "alias": "", "entity": False, "context": [1] * links.TOKENS,
            "candidates": [{"id": c, "kind": "NAME", "description": [2], "features": [float(i), 1.0]}
                           for i, c in enumerate(candidates)]}


class LinkData(unittest.TestCase):
    def test_tokens_are_those_of_java(self):
        tokens = link_vectors.Tokens()
        self.assertEqual([tokens.symbol("北"), tokens.symbol("京"), tokens.pair("北", "京"), tokens.symbol("5g"),
                          tokens.pair("京", "5g")], [11238, 9828, 2850, 29648, 24461])
        self.assertEqual(tokens.symbol("，"), 0)

    def test_an_ambiguous_name_stands_in_a_text_about_one_of_its_entries(self):
        rows = link_data.ambiguous(KB, 7, 0.5)
        self.assertEqual(len(rows), 1)
        one = rows[0]["mentions"][0]
        self.assertEqual(rows[0]["text"][one["start"]:one["end"]], "城关")
        pieces = {"a": ("甘肃省", "兰州市"), "b": ("西藏自治区", "拉萨市")}[one["kb_id"]]
        self.assertTrue(any(p in rows[0]["text"] for p in pieces) or "的区" in rows[0]["text"])
        self.assertEqual(rows, link_data.ambiguous(KB, 7, 0.5))

    def test_plain_text_labels_only_what_is_sure(self):
        texts = ["昨天晚上，红柳书店在拉萨市城关开了第二家分店。", "听说城关那边今天也下起了很大很大的雪。"]
        rows = link_data.distant(KB, texts, 10)
        self.assertEqual([m["kb_id"] for m in rows[0]["mentions"]], ["c"])
        self.assertEqual(len(rows), 1)
        self.assertEqual(link_data.meant(KB[:2], "城关", texts[0]), "b")
        self.assertIsNone(link_data.meant(KB[:2], "城关", texts[1]))

    def test_statistics_of_given_mentions_say_nothing_of_where_strings_are_none(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = [os.path.join(folder, name) for name in ("found", "given", "out")]
            for path in paths[:2]:
                with open(path, "w", encoding="utf-8") as file:
                    file.write("surface\tx\t3\t1\nname\tx\x01Q\t2\t2\n")
            link_data.merge_statistics(paths[:1], paths[1:2], paths[2])
            with open(paths[2], encoding="utf-8") as file:
                self.assertEqual(file.read(), "name\tx\x01Q\t4\t4\nsurface\tx\t3\t1\n")


class Links(unittest.TestCase):
    def test_what_is_right_elsewhere_is_not_held_against_a_pair(self):
        gold = {(0, 2): "a"}
        self.assertEqual(links.label_of("a", (0, 2), gold, {"a"}, ["a"]), (1.0, 1.0))
        self.assertEqual(links.label_of("a", (0, 3), gold, {"a"}, ["a"]), (0.0, 0.0))
        self.assertEqual(links.label_of("a", (5, 7), gold, {"a"}, ["a"]), (1.0, 0.5))
        self.assertEqual(links.label_of("z", (5, 7), gold, {"a"}, ["a", "z"]), (1.0, 1.0))
        self.assertEqual(links.label_of("b", (0, 2), gold, {"a"}, ["a"]), (0.0, 1.0))

    def test_of_a_given_mention_one_answer_at_most_is_right(self):
        rows = [row([[0, 2, "a"], [5, 7, "b"]], [mention(0, 2, "a", "b"), mention(5, 7, "a", "b")])]
        self.assertEqual(links.pairs_of(rows, False).label.tolist(), [1.0, 0.0, 0.0, 1.0])
        self.assertEqual(links.pairs_of(rows, True).label.tolist(), [1.0] * 4)

    def test_decisions_are_those_of_the_job(self):
        rows = [row([[0, 2, "a"]], [mention(0, 4, "b"), mention(0, 2, "a"), mention(5, 6, "c")])]
        self.assertEqual(links.decide(rows, np.array([0.5, 0.9, 0.3]), 0.4), (1.0, 1.0, 1.0))
        self.assertEqual(links.decide(rows, np.array([0.95, 0.9, 0.3]), 0.4), (0.0, 0.0, 0.0))

    def test_accuracy_of_given_mentions_counts_none(self):
        rows = [row([[0, 2, "a"], [3, 4, None]], [mention(0, 2, "a", "b"), mention(3, 4, "c")])]
        score = links.given_accuracy(rows, np.array([5.0, 1.0, -5.0]), 0.5)
        self.assertEqual((score["accuracy"], score["mentions"], score["ambiguousMentions"], score["nilF1"]), (1.0, 1, 1, 1.0))

    def test_a_network_learns_and_exports_what_it_learned(self):
        torch.manual_seed(0)
        rows = [row([[0, 2, "b"]], [mention(0, 2, "a", "b")]) for _ in range(40)]
        pairs = links.pairs_of(rows, False)
        vectors = links.Vectors(torch.zeros(links.VOCABULARY, 64).index_fill(0, torch.tensor([1, 2]), 1.0))
        alike = links.alike_of(vectors, pairs)
        self.assertAlmostEqual(float(alike[0]), 1.0, delta=0.05)
        member = links.train(pairs, alike, links.given_loss, 0, 300, 16, torch.ones(2), torch.zeros(2, dtype=torch.long), 0.0)
        logits = links.predict([member], pairs, alike)
        self.assertEqual(links.given_accuracy(rows, logits, 0.5)["accuracy"], 1.0)
        # A feature that never varied in training says nothing afterwards.
        other = pairs._replace(features=pairs.features + torch.tensor([0.0, 100.0]))
        self.assertTrue(np.array_equal(logits, links.predict([member], other, alike)))
        model = links.Ensemble(vectors, [member], [member]).eval()
        with tempfile.TemporaryDirectory() as folder:
            links.export(model, 2, folder)
            import onnx
            for name in ("scorer.onnx", "describer.onnx"):
                onnx.checker.check_model(onnx.load(os.path.join(folder, name)))
        lines = links.golden(model, rows, 3)
        self.assertEqual(len(lines), 3)
        self.assertAlmostEqual(lines[0]["logits"][1][1], float(logits[1]), places=4)

    def test_calibration_is_the_distance_of_what_is_said_from_what_is_so(self):
        self.assertAlmostEqual(links.calibration(np.array([0.25, 0.25, 0.95]), np.array([0, 1, 1])),
                               (2 * 0.25 + 0.05) / 3)


if __name__ == "__main__":
    unittest.main()

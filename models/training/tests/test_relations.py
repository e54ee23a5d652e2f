"""Relations: locating, augmenting, decoding, scoring, and a head that must not read its padding."""

import os
import random
import sys
import tempfile
import unittest

import numpy
import onnx
import torch

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from wenliu_training.encoder import build_encoder
from wenliu_training.encoding import encode
from wenliu_training.relations import start_from
from wenliu_training.relations_data import (Replacement, Row, Triple, cut_development, example_of, locate,
                                            predicates_of)
from wenliu_training.relations_decode import (TripleScore, decode_objects, gold_triples, half_pointers,
                                              string_triples)
from wenliu_training.relations_export import Combined, export_graphs
from wenliu_training.relations_model import RelationModel
from wenliu_training.relations_train import Settings, Training, object_targets

WIFE = Triple("陈青", "妻子", "林小雨", "人物", "人物")
FILM = Triple("雨夜", "导演", "陈青", "影视作品", "人物")


class LocateTest(unittest.TestCase):
    def test_occurrences_inside_a_longer_string_do_not_count(self):
        spans = locate(encode("林小雨和林小雨点").keys, ["林小雨", "林小雨点"])
        self.assertEqual([(0, 3)], spans["林小雨"])
        self.assertEqual([(4, 8)], spans["林小雨点"])

    def test_a_number_is_not_found_inside_another(self):
        self.assertEqual([(4, 5)], locate(encode("13年第3名").keys, ["3"])["3"])

    def test_width_and_case_do_not_matter_and_zero_width_takes_no_position(self):
        self.assertEqual([(1, 3)], locate(encode("看Ａ\u200bB片").keys, ["ab"])["ab"])

    def test_a_string_that_is_absent_has_no_span(self):
        self.assertEqual([], locate(encode("空").keys, ["满"])["满"])


class ExampleTest(unittest.TestCase):
    def test_every_occurrence_of_subject_and_object_is_marked(self):
        row = Row("陈青娶了林小雨，陈青执导《雨夜》", (WIFE, FILM))
        example = example_of(row, {"妻子": 0, "导演": 1})
        husband = next(s for s in example.subjects if s.spans == [(0, 2), (8, 10)])
        self.assertEqual([(0, (4, 7))], husband.objects)
        film = next(s for s in example.subjects if s.spans == [(13, 15)])
        self.assertEqual([(1, (0, 2)), (1, (8, 10))], film.objects)
        self.assertEqual([(4, 7)], example.others)

    def test_gold_spans_decode_to_the_gold_triples(self):
        row = Row("陈青娶了林小雨，陈青执导《雨夜》", (WIFE, FILM))
        example = example_of(row, {"妻子": 0, "导演": 1})
        found = set()
        for subject in example.subjects:
            target = object_targets([(0, 0, 0, subject)], 16, 2)[0].numpy()
            for column, start, end, _ in decode_objects(target, 0.5, 40):
                found.add((subject.spans[0], column, (start, end)))
        self.assertEqual(gold_triples(row), string_triples(row.text, example.encoded, found, ["妻子", "导演"]))


class CutTest(unittest.TestCase):
    def test_the_cut_is_fixed_and_loses_nothing(self):
        rows = [Row(str(i), ()) for i in range(100)]
        train, development = cut_development(rows)
        self.assertEqual((90, 10), (len(train), len(development)))
        self.assertEqual(set(rows), set(train) | set(development))
        self.assertEqual(development, cut_development(list(rows))[1])

    def test_predicates_stand_by_frequency_with_their_most_frequent_types(self):
        untyped = Triple("甲", "导演", "乙")
        found = predicates_of([Row("", (FILM, untyped, untyped)), Row("", (WIFE,))])
        self.assertEqual(["导演", "妻子"], [p.name for p in found])
        self.assertEqual(("影视作品", "人物"), (found[0].subject_type, found[0].object_type))


class ReplacementTest(unittest.TestCase):
    def test_strings_change_everywhere_and_stay_consistent(self):
        rows = [Row("陈青娶了林小雨，陈青执导《雨夜》", (WIFE, FILM)),
                Row("赵东的妻子是孙敏", (Triple("赵东", "妻子", "孙敏", "人物", "人物"),))]
        replace = Replacement(rows, probability=1.0)
        changed = set()
        for seed in range(20):
            text, triples = replace(rows[0], random.Random(seed))
            changed.add(text)
            self.assertTrue(all(t.subject in text and t.object in text for t in triples))
            self.assertEqual(triples[0].subject, triples[1].object)
        self.assertGreater(len(changed), 1)

    def test_strings_inside_one_another_are_left_alone(self):
        row = Row("雨夜的主题曲是雨夜之歌", (Triple("雨夜", "主题曲", "雨夜之歌", "影视作品", "歌曲"),))
        self.assertEqual((row.text, row.triples), Replacement([row], 1.0)(row, random.Random(1)))


class DecodeTest(unittest.TestCase):
    def test_a_start_takes_the_nearest_end_before_the_next_start(self):
        starts = numpy.array([0.9, 0.0, 0.8, 0.0, 0.0])
        ends = numpy.array([0.0, 0.0, 0.0, 0.9, 0.9])
        self.assertEqual([(2, 4)], [(s, e) for s, e, _ in half_pointers(starts, ends, 0.5, 40)])

    def test_score_counts_each_string_triple_once(self):
        score = TripleScore()
        score.add({("甲", "妻子", "乙"), ("丙", "妻子", "丁")}, {("甲", "妻子", "乙")}, "x")
        self.assertEqual((100.0, 50.0), score.f1()[1:])
        self.assertAlmostEqual(200 / 3, score.f1("source x")[0])


class ModelTest(unittest.TestCase):
    def test_answers_do_not_depend_on_padding_or_neighbours(self):
        for layer in ("recurrent", "convolution"):
            torch.manual_seed(3)
            model = RelationModel(build_encoder("bilstm", 6, 8, 8), 3, width=8, layer=layer).eval()
            features = torch.randn(2, 16, 6)
            features[0, 7:] = 0
            with torch.no_grad():
                def ask(block, lengths):
                    hidden, subjects = model.encode(block, lengths)
                    one = torch.zeros(1, dtype=torch.int64)
                    return subjects[0, :7], model.objects(hidden, lengths, one, one + 2, one + 3)[0, :7]
                together = ask(features, torch.tensor([7, 16], dtype=torch.int32))
                alone = ask(features[:1, :8], torch.tensor([7], dtype=torch.int32))
            for left, right in zip(together, alone):
                self.assertLess(float((left - right).abs().max()), 1e-5)

    def test_two_graphs_are_written_and_valid(self):
        torch.manual_seed(3)
        models = [RelationModel(build_encoder("bilstm", 6, 8, 8), 3, width=8) for _ in range(2)]
        with tempfile.TemporaryDirectory() as folder:
            files = export_graphs(Combined(models).eval(), 6, folder, "tiny")
            graphs = [onnx.load(os.path.join(folder, file)).graph for file in files]
        self.assertEqual(["tiny.onnx", "tiny-objects.onnx"], files)
        self.assertEqual([["features", "lengths"], ["hidden", "lengths", "row", "start", "end"]],
                         [[i.name for i in graph.input] for graph in graphs])
        self.assertEqual([["hidden", "subjects"], ["objects"]], [[o.name for o in graph.output] for graph in graphs])

    def test_combined_models_answer_the_mean(self):
        torch.manual_seed(3)
        model = RelationModel(build_encoder("bilstm", 6, 8, 8), 3, width=8).eval()
        features, lengths = torch.randn(1, 8, 6), torch.tensor([8], dtype=torch.int32)
        span = torch.zeros(1, dtype=torch.int64)
        for both in (model, Combined([model, model]).eval()):
            with torch.no_grad():
                hidden, subjects = both.encode(features, lengths)
                answers = subjects, both.objects(hidden, lengths, span, span, span + 1)
            if both is model:
                expected = answers
        for left, right in zip(expected, answers):
            self.assertLess(float((left - right).abs().max()), 1e-6)

    def test_a_model_of_more_or_fewer_features_starts_with_those_it_shares(self):
        torch.manual_seed(3)
        narrow = RelationModel(build_encoder("bilstm", 6, 8, 8), 3, width=8).eval()
        wide = RelationModel(build_encoder("bilstm", 9, 8, 8), 3, width=8).eval()
        start_from(wide, narrow.state_dict())
        features, lengths = torch.randn(1, 8, 9), torch.tensor([8], dtype=torch.int32)
        with torch.no_grad():
            left, right = narrow.encode(features[:, :, :6], lengths)[0], wide.encode(features, lengths)[0]
            again = RelationModel(build_encoder("bilstm", 6, 8, 8), 3, width=8).eval()
            start_from(again, wide.state_dict())
            back = again.encode(features[:, :, :6], lengths)[0]
        self.assertLess(float((left - right).abs().max()), 1e-6)
        self.assertLess(float((left - back).abs().max()), 1e-6)


class TrainingTest(unittest.TestCase):
    """A handful of sentences with made-up features: one column a character."""

    def training(self, folder, steps):
        rows = [Row(s + "的妻子是" + o, (Triple(s, "妻子", o, "人物", "人物"),))
                for s, o in (("陈青", "林小雨"), ("赵东", "孙敏"), ("吴海", "郑云"), ("周山", "冯月"))]
        vocabulary = {c: i for i, c in enumerate(sorted(set("".join(r.text for r in rows))))}

        def inputs(examples):
            block = torch.zeros(len(examples), 16, len(vocabulary))
            for b, example in enumerate(examples):
                for i, key in enumerate(example.encoded.keys):
                    block[b, i, vocabulary[key]] = 1.0
            return block, torch.tensor([len(e.encoded) for e in examples], dtype=torch.int32)

        torch.manual_seed(5)
        model = RelationModel(build_encoder("bilstm", len(vocabulary), 16, 16, dropout=0.0), 1, 1, width=16, dropout=0.0)
        settings = Settings(clock="steps", total=steps, batch=4, rate=1e-2, warm_up_steps=1, position_dropout=0.0,
                            evaluations=1)
        training = Training(model, rows, {"妻子": 0}, inputs, {"人物": 0}, settings, folder)
        return training, [example_of(row, {"妻子": 0}) for row in rows]

    def test_learns_by_heart_and_resumes_where_it_stopped(self):
        with tempfile.TemporaryDirectory() as folder:
            training, development = self.training(folder, 150)
            last = training.run(development, ["妻子"], log=lambda line: None)
            self.assertEqual(100.0, last["f1"])
            again, _ = self.training(folder, 160)
            self.assertTrue(again.resume())
            self.assertEqual((training.steps, training.spent), (again.steps, again.spent))
            again.run(development, ["妻子"], log=lambda line: None)
            self.assertEqual(160, again.steps)


if __name__ == "__main__":
    unittest.main()

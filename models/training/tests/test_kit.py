"""Tests of the kit; from the root of the repository: python3 -m unittest discover models/training/tests"""

import json
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import numpy  # noqa: E402

from wenliu_training import decoding, encoding, lexicon, vectors  # noqa: E402


class EncodingTest(unittest.TestCase):
    def test_keys_are_folded(self):
        self.assertEqual(["a", "b", "1", " ", "°c", "km"], encoding.encode("Ａb１\u3000℃㎞").keys)

    def test_marks_and_ignorable_code_points_belong_to_the_position_before(self):
        text = encoding.encode("\u200b李\u200b明e\u0301\ufe0f!")
        self.assertEqual(["李", "明", "e", "!"], text.keys)
        self.assertEqual([1, 3, 4, 7], text.starts)
        self.assertEqual([3, 4, 7, 8], text.ends)

    def test_code_points_outside_the_basic_plane_are_one_position(self):
        text = encoding.encode("𠮷野😀")
        self.assertEqual(["𠮷", "野", "😀"], text.keys)

    def test_white_space_and_lone_surrogates(self):
        self.assertEqual([" ", " ", " ", "\ufffd"], encoding.encode("\t\x1c\u00a0\ud800").keys)

    def test_positions_of_a_span(self):
        text = encoding.encode("e\u0301a\u200bb")
        self.assertEqual((1, 1), text.positions_of(2, 4))
        self.assertIsNone(text.positions_of(3, 4))


class LexiconTest(unittest.TestCase):
    def setUp(self):
        self.lexicon = lexicon.CategoryLexicon(["word", "PER", "LOC"],
                                               [("东海", "LOC"), ("东海市", "LOC"), ("海市", "LOC"), ("王海", "PER"),
                                                ("东", "PER")])

    def test_leftmost_longest_in_each_category(self):
        flags = self.lexicon.flags("去东海市东海")
        location = [(p, c - 8) for p, c in flags if 8 <= c < 12]
        self.assertEqual([(1, 0), (2, 1), (3, 2), (4, 0), (5, 2)], location)
        self.assertEqual([(1, 7), (4, 7)], [(p, c) for p, c in flags if c < 8])

    def test_hints_set_flags_beside_the_lexicon(self):
        self.assertEqual([(0, 4), (1, 5), (2, 6)], self.lexicon.flags("李东平", {"李东平": 2}, {"东": 2}))

    def test_leave_one_out_removes_a_category_of_a_word(self):
        self.assertEqual([], self.lexicon.flags("王海", None, {"王海": 2}))

    def test_soft_lexicon_weighs_by_count(self):
        soft = lexicon.SoftLexicon(["<unk>", "大海", "海", "海上"], [0, 3, 5, 1])
        rows, bags, weights = soft.sets("大海上")
        self.assertEqual({(1, 0): 1.0, (1, 6): 1.0, (2, 7): 1.0, (3, 4): 1.0, (3, 10): 1.0},
                         {(r, b): w for r, b, w in zip(rows, bags, weights)})

    def test_keys_of_several_code_points_are_one(self):
        self.assertEqual(2, len(lexicon.join(["km", "a"])))
        self.assertNotEqual(lexicon.join(["km"]), lexicon.join(["kg"]))


class DecodingTest(unittest.TestCase):
    def logits(self, length, labels, marks):
        logits = numpy.full((length, 2 * labels), -9.0, numpy.float32)
        for place, column, value in marks:
            logits[place, column] = value
        return logits

    def test_a_start_takes_the_nearest_end_before_the_next_start(self):
        logits = self.logits(6, 1, [(0, 0, 3), (2, 0, 3), (3, 1, 3), (5, 1, 3)])
        self.assertEqual([(2, 3)], [(s.start, s.end) for s in decoding.decode_pointers(logits, 0.5, 0.5, 40)])

    def test_a_span_has_a_longest_length(self):
        logits = self.logits(6, 1, [(0, 0, 3), (4, 1, 3)])
        self.assertEqual([], decoding.decode_pointers(logits, 0.5, 0.5, 4))
        self.assertEqual(1, len(decoding.decode_pointers(logits, 0.5, 0.5, 5)))

    def test_of_overlapping_labels_the_likelier_stays(self):
        logits = self.logits(4, 2, [(0, 0, 1), (2, 1, 1), (1, 2, 3), (3, 3, 3)])
        self.assertEqual([(1, 3, 1)], [s[:3] for s in decoding.decode_pointers(logits, 0.5, 0.5, 40)])

    def test_viterbi_is_the_best_of_all_paths(self):
        import itertools
        random = numpy.random.RandomState(3)
        for _ in range(20):
            emissions, transitions = random.randn(4, 3), random.randn(3, 3)
            starts, ends = random.randn(3), random.randn(3)
            def value(path):
                return (starts[path[0]] + ends[path[-1]] + sum(emissions[i, t] for i, t in enumerate(path))
                        + sum(transitions[a, b] for a, b in zip(path, path[1:])))
            best = max(itertools.product(range(3), repeat=4), key=value)
            self.assertEqual(list(best), decoding.viterbi(emissions, starts, transitions, ends))

    def test_tags_become_spans(self):
        names = ["O", "B-A", "I-A", "B-B", "I-B"]
        spans = decoding.decode_tags(numpy.zeros((6, 5)), [1, 2, 1, 0, 4, 4], names, ["A", "B"])
        self.assertEqual([(0, 1, 0), (2, 2, 0), (4, 5, 1)], [s[:3] for s in spans])


class TableTest(unittest.TestCase):
    def test_a_table_comes_back_within_half_a_step(self):
        values = numpy.random.RandomState(1).randn(7, 5).astype(numpy.float32)
        values[0] = 0
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "t.i8")
            vectors.write_table(path, values)
            again = vectors.read_table(path)
            self.assertLessEqual((numpy.abs(again - values) / numpy.abs(values).max(1, keepdims=True).clip(1e-9)).max(),
                                 0.5 / 127 + 1e-6)
            with open(path, "ab") as out:
                out.write(b"x")
            with self.assertRaisesRegex(ValueError, "expected 75 bytes, found 76"):
                vectors.read_table(path)

    def test_words_are_found_wherever_they_stand(self):
        from wenliu_training import tables
        codes = numpy.array([1, 2, 3, 1, 2, 2, 3], numpy.uint16)
        places = tables.find_words(codes, [[1, 2], [2, 3], [1, 2, 3], [3, 3]])
        self.assertEqual([[0, 3], [1, 5], [0], []], [p.tolist() for p in places])


class PackageTest(unittest.TestCase):
    """From own sentences to a package: tables, training, export, golden lines, release."""

    def test_a_tiny_model_goes_all_the_way(self):
        import onnx
        import torch
        from wenliu_training import encoder, export, pretrain, release, schemes, tables, text
        from wenliu_training.train import Settings, load_model, train
        rows = [("小王在上海", [(0, 2, "PER"), (3, 5, "LOC")]), ("他去北京看小李", [(2, 4, "LOC"), (5, 7, "PER")]),
                ("今天没有人", []), ("小李住在北京", [(0, 2, "PER"), (4, 6, "LOC")])]
        with tempfile.TemporaryDirectory() as base:
            own, data, work = (os.path.join(base, name) for name in ("own", "data", "work"))
            os.makedirs(own)
            os.makedirs(os.path.join(data, "docs-pd199801"))
            os.makedirs(os.path.join(data, "lex-thuocl"))
            with open(os.path.join(data, "lex-thuocl", "lexicon.tsv"), "w", encoding="utf-8") as out:
                out.write("北京\t5\tdiming\n")
            with open(os.path.join(data, "docs-pd199801", "docs.jsonl"), "w", encoding="utf-8") as out:
                for sentence, _ in rows * 20:
                    out.write(json.dumps({"text": sentence + "。"}) + "\n")
            for name in ("train", "dev"):
                with open(os.path.join(own, name + ".jsonl"), "w", encoding="utf-8") as out:
                    for sentence, spans in rows:
                        out.write(json.dumps({"text": sentence, "entities": [
                            {"start": s, "end": e, "type": t} for s, e, t in spans]}) + "\n")
            small = {"CHARACTER_DIMENSIONS": 8, "BIGRAM_DIMENSIONS": 4, "WORD_DIMENSIONS": 4}
            before = {name: getattr(tables, name) for name in small}
            for name, value in small.items():
                setattr(tables, name, value)
            try:
                tables.build_text(data, work)
                tables.build_characters_and_bigrams(work)
                tables.build_words(data, work, "none")
            finally:
                for name, value in before.items():
                    setattr(tables, name, value)
            torch.save({"sizes": (8, 4), "width": 6, "model": {
                "encoder." + name: value for name, value in encoder.ContextEncoder(8, 4, 6).state_dict().items()}},
                os.path.join(work, "context.pt"))
            os.makedirs(os.path.join(work, "pretrained"))
            os.replace(os.path.join(work, "context.pt"), os.path.join(work, "pretrained", "context.pt"))
            scheme = schemes.from_folder(own, "mine")
            train(Settings(name="mine", heads=["mine"], encoder="pretrained", width=8, projection=8, clock="steps",
                           total=60, batch=4, warm=5, rate=2e-2, dropout=0.0, replace=0.5), data, work, [scheme])
            model, features, state = load_model(work, "mine")
            self.assertGreater(state["scores"]["mine"]["f1"], 90)
            from wenliu_training import __main__ as commands
            commands.run_label(commands.parser().parse_args(
                ["--work", work, "label", "mine", "--scheme", "mine", "--input", os.path.join(own, "dev.jsonl"),
                 "--out", os.path.join(base, "labelled")]))
            self.assertEqual({2}, {len(row.entities) for row in
                                   text.read_sentences(os.path.join(base, "labelled", "train.jsonl"))[:2]})
            export.export_model(work, data, ["mine", "mine"], {"mine": "mine"}, "mine", {"mine": scheme})
            with open(os.path.join(base, "card.md"), "w", encoding="utf-8") as out:
                out.write("{{LABELS}}\n{{SCORES}}\n{{DATA}}\n")
            config = os.path.join(base, "mine.json")
            with open(config, "w", encoding="utf-8") as out:
                json.dump({"name": "mine", "version": "v1", "description": "d", "licence": "l", "terms": "t",
                           "parts": ["mine"], "card": "card.md", "trainingData": []}, out)
            folder = release.release(config, work, os.path.join(base, "released"))
            with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as source:
                manifest = json.load(source)
            self.assertEqual(["LOC", "PER"], manifest["schemes"]["mine"]["labels"])
            self.assertEqual(sorted(os.listdir(folder)), sorted([f["path"] for f in manifest["files"]]
                                                                + ["manifest.json"]))
            graph = onnx.load(os.path.join(folder, "mine.onnx"))
            self.assertEqual(["features", "lengths"], [i.name for i in graph.graph.input])
            recurrences = [node for node in graph.graph.node if node.op_type == "LSTM"]
            self.assertEqual(6, len(recurrences))  # of each of two members: both sides of the context, and the task
            self.assertEqual({"lengths"}, {node.input[4] for node in recurrences})
            again = os.path.join(base, "again")
            commands.run_recover(commands.parser().parse_args(["--work", again, "recover", "--package", folder]))
            expected = export.round_weights(model).state_dict()
            recovered = torch.load(os.path.join(again, "models", "mine.pt"))["model"]
            self.assertEqual(set(expected), set(recovered))
            for name, value in expected.items():
                self.assertLess((value - recovered[name]).abs().max().item(), 1e-6, name)
            context = pretrain.load_context(os.path.join(again, "pretrained", "context.pt"))
            self.assertEqual((8, 4, 12), (context.characters, context.bigrams, context.width))

    def test_the_loss_of_a_random_field_is_that_of_all_paths(self):
        import itertools
        import torch
        from wenliu_training.model import CrfHead
        torch.manual_seed(2)
        head = CrfHead(4, 1)
        for parameter in head.parameters():
            torch.nn.init.normal_(parameter)
        emissions, tags, lengths = torch.randn(2, 4, 3), torch.tensor([[0, 1, 2, 0], [1, 2, 0, 0]]), torch.tensor([4, 2])

        def value(row, path):
            total = head.starts[path[0]] + head.ends[path[-1]]
            total = total + sum(emissions[row, i, t] for i, t in enumerate(path))
            return total + sum(head.transitions[a, b] for a, b in zip(path, path[1:]))

        expected = 0.0
        for row, length in enumerate(lengths.tolist()):
            paths = [value(row, path) for path in itertools.product(range(3), repeat=length)]
            expected += torch.logsumexp(torch.stack(paths), 0) - value(row, tags[row, :length].tolist())
        self.assertAlmostEqual(expected.item() / 6, head.loss(emissions, tags, lengths, None).item(), places=4)

    def test_both_objectives_of_pretraining_resume_and_load(self):
        import numpy
        import torch
        from wenliu_training import pretrain, vectors
        random = numpy.random.RandomState(5)
        with tempfile.TemporaryDirectory() as work:
            for name in ("tables", "text"):
                os.makedirs(os.path.join(work, name))
            vectors.write_vocabulary(os.path.join(work, "tables", "chars.txt"), ["<unk>"] + list("abcdefgh"))
            vectors.write_vocabulary(os.path.join(work, "tables", "bigrams.txt"), ["<unk>", "ab", "bc", "cd"])
            vectors.write_table(os.path.join(work, "tables", "chars.i8"), random.randn(9, 8).astype(numpy.float32))
            vectors.write_table(os.path.join(work, "tables", "bigrams.i8"), random.randn(4, 4).astype(numpy.float32))
            codes = numpy.tile(numpy.arange(1, 9, dtype=numpy.uint16), 400)  # a text that can be learnt by heart
            numpy.save(os.path.join(work, "text", "codes.npy"), codes)
            numpy.save(os.path.join(work, "text", "starts.npy"), numpy.arange(0, len(codes), 8))
            for objective, encoder in (("context", "bilstm"), ("masked", "transformer")):
                for steps in (30, 60):
                    path = pretrain.pretrain(work, objective, objective, encoder, width=16, layers=1, bottleneck=16,
                                             batch=8, length=16, rate=1e-2, clock="steps", total=steps)
                self.assertEqual(60, torch.load(path)["steps"])
            for name, width in (("context", 32), ("masked", 16)):
                encoder = pretrain.load_context(os.path.join(work, "pretrained", name + ".pt"))
                hidden = encoder(torch.randn(2, 8, 20), torch.tensor([8, 5], dtype=torch.int32))
                self.assertEqual((2, 8, width), tuple(hidden.shape))

    def test_padding_and_neighbours_change_nothing(self):
        import torch
        from wenliu_training.encoder import ContextEncoder, build_encoder
        torch.manual_seed(1)
        for kind in ("bilstm", "pretrained", "dgcnn", "conv-bilstm", "transformer"):
            encoder = build_encoder(kind, 20, width=16, projection=16, layers=2,
                                    context=ContextEncoder(8, 4, 6)).eval()
            features = torch.randn(2, 12, 20)
            features[1, 7:] = 0
            lengths = torch.tensor([12, 7], dtype=torch.int32)
            together = encoder(features, lengths)
            alone = encoder(features[1:, :8], lengths[1:])
            self.assertLess((together[1, :7] - alone[0, :7]).abs().max().item(), 1e-5, kind)


if __name__ == "__main__":
    unittest.main()

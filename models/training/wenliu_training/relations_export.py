"""Relation models to two ONNX graphs, a part of a package, and golden lines.

The first graph reads features and answers states and subject logits; the second reads the states again and answers,
for each subject, the logits of its objects. Several models become one by standing side by side: their states are
concatenated, their logits averaged.
"""
import json
import os

import numpy
import torch
from torch import nn

from . import golden, tables
from .decoding import sigmoid
from .encoding import encode
from .export import example_inputs, export_graph, round_weights
from .relations import judge, judged_on, load_model, rows_of
from .relations_data import example_of
from .relations_decode import decode_objects, half_pointers
from .relations_train import Inputs, Settings

SENTENCES = os.path.join(os.path.dirname(golden.SENTENCES), "relations.jsonl")

# Which lexicon category a pinned entity of a type of the schema sets.
CATEGORIES = {
    "人物": "PER", "历史人物": "PER", "娱乐人物": "PER", "机构": "ORG", "学校": "ORG", "出版社": "ORG", "企业": "company",
    "国家": "LOC", "地点": "LOC", "城市": "LOC", "行政区": "LOC", "景点": "scene", "影视作品": "movie", "图书作品": "book",
    "书籍": "book", "文学作品": "book", "网络小说": "book"}


class Combined(nn.Module):
    """Models of one scheme as one: called like a single model."""

    def __init__(self, models):
        super().__init__()
        self.models = nn.ModuleList(models)
        self.widths = [model.encoder.width for model in models]

    def encode(self, features, lengths):
        answers = [model.encode(features, lengths) for model in self.models]
        subjects = sum(logits for _, logits in answers) / len(answers)
        return torch.cat([hidden for hidden, _ in answers], dim=2), subjects

    def objects(self, hidden, lengths, row, start, end):
        parts = torch.split(hidden, self.widths, dim=2)
        return sum(model.objects(part, lengths, row, start, end)
                   for model, part in zip(self.models, parts)) / len(self.widths)


class SubjectGraph(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, features, lengths):
        return self.model.encode(features, lengths)


class ObjectGraph(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, hidden, lengths, row, start, end):
        return self.model.objects(hidden, lengths, row, start, end)


def export_graphs(model, width, folder, name):
    """Writes NAME.onnx and NAME-objects.onnx; returns the file names."""
    files = [name + ".onnx", name + "-objects.onnx"]
    inputs = example_inputs(width)
    with torch.no_grad():
        hidden, _ = model.encode(*inputs.values())
    rows = {0: "batch", 1: "length"}
    export_graph(SubjectGraph(model), os.path.join(folder, files[0]), inputs, ["hidden", "subjects"],
                 {"features": rows, "lengths": {0: "batch"}, "hidden": rows, "subjects": rows})
    of_subjects = {key: torch.tensor(values) for key, values in
                   {"row": [0, 1, 1], "start": [1, 0, 4], "end": [3, 0, 6]}.items()}
    export_graph(ObjectGraph(model), os.path.join(folder, files[1]),
                 {"hidden": hidden, "lengths": inputs["lengths"], **of_subjects}, ["objects"],
                 {"hidden": rows, "lengths": {0: "batch"}, "objects": {0: "subjects", 1: "length"},
                  **{key: {0: "subjects"} for key in of_subjects}})
    return files


def decode(model, dense, lengths, predicates, thresholds, max_span):
    """Relations of one sentence and what was compared with thresholds: (triples, subject logits, probabilities).

    A triple: (subject span, predicate name, object span, score), best score once, spans end exclusive. Probabilities:
    an array for each of the thresholds.
    """
    count = int(lengths[0])
    with torch.no_grad():
        hidden, logits = model.encode(dense, lengths)
        logits = logits[0, :count].numpy()
        probabilities = sigmoid(logits)
        spans = half_pointers(probabilities[:, 0], probabilities[:, 1], thresholds[0], max_span)
        best, of_objects = {}, []
        if spans:
            of = [torch.tensor(values) for values in
                  ([0] * len(spans), [s for s, _, _ in spans], [e - 1 for _, e, _ in spans])]
            of_objects = sigmoid(model.objects(hidden, lengths, *of)[:, :count].numpy())
            for (start, end, score), own in zip(spans, of_objects):
                for column, s, e, other in decode_objects(own, thresholds[1], max_span):
                    key = ((start, end), predicates[column].name, (s, e))
                    best[key] = max(best.get(key, 0.0), score * other)
    triples = [key + (score,) for key, score in sorted(best.items()) if score >= thresholds[2]]
    return triples, logits, (probabilities, of_objects, list(best.values()))


def clear(probabilities, thresholds, margin=2e-3):
    """Whether nothing is so near its threshold that rounding could turn an answer."""
    return all(numpy.abs(numpy.asarray(seen) - threshold).min(initial=1.0) > margin
               for seen, threshold in zip(probabilities, thresholds))


def golden_lines(model, features, scheme, predicates, thresholds, max_span):
    lines = []
    with open(SENTENCES, encoding="utf-8") as source:
        rows = [json.loads(line) for line in source if line.strip()]
    for row in rows:
        text, dense, lengths = golden.features_of(row, features, CATEGORIES)
        triples, logits, seen = decode(model, dense, lengths, predicates, thresholds, max_span)
        if not clear(seen, thresholds):
            tables.log("%s: a sentence too near a threshold is left out of the golden lines", scheme)
            continue
        line = golden.start_of(scheme, row, text, dense, int(lengths[0]))
        line["scores"] = [[round(float(v), 6) for v in logits[0]]]
        line["relations"] = [
            {"subject": offsets(text, subject), "predicate": name, "object": offsets(text, found),
             "score": round(score, 6)} for subject, name, found, score in triples]
        lines.append(line)
    return lines


def offsets(text, span):
    return [text.starts[span[0]], text.ends[span[1] - 1]]


def scheme_entry(files, predicates, thresholds, max_span):
    return {
        "task": "relations", "model": files[0], "hidden": "hidden", "subjects": "subjects", "objectModel": files[1],
        "objects": "objects", "categories": CATEGORIES,
        "predicates": [{"name": p.name, "subjectType": p.subject_type, "objectType": p.object_type}
                       for p in predicates],
        "subjectThreshold": thresholds[0], "objectThreshold": thresholds[1],
        "scoreThreshold": thresholds[2], "maxSpan": max_span}


class Prepared:
    """Trained models of one scheme with weights as exported, and their scores on its development rows."""

    def __init__(self, paths, data, work):
        loaded = [load_model(path, work) for path in paths]
        _, self.features, self.scheme, self.predicates, self.trained = loaded[0]
        if any(other[3] != self.predicates for other in loaded):
            raise ValueError("the models have different predicates")
        self.model = Combined([round_weights(entry[0]) for entry in loaded]).eval()
        self.max_span = Settings.of(self.scheme.settings).max_span
        columns = {predicate.name: i for i, predicate in enumerate(self.predicates)}
        development = [example_of(row, columns) for row in rows_of(self.scheme, data)[1]]
        self.result = judge(self.model, development, Inputs(self.features), list(columns), self.max_span)
        self.result["judgedOn"] = "exact triples, " + judged_on(self.scheme, data)
        self.thresholds = tuple(self.result[name] for name in ("subjectThreshold", "objectThreshold", "scoreThreshold"))


def evaluate(paths, data, work):
    """The report on one or several (averaged) models."""
    return Prepared(paths, data, work).result


def export(paths, data, work, part, name=None):
    """Writes work/parts/PART from one or several trained models of one scheme; thresholds are those of int8 weights."""
    ready = Prepared(paths, data, work)
    name = name or ready.scheme.name
    tables.log("%s: trained %s, as exported %s", name, ready.trained["f1"], ready.result["f1"])
    folder = os.path.join(work, "parts", part)
    os.makedirs(folder, exist_ok=True)
    files = export_graphs(ready.model, ready.features.width, folder, name)
    entry = scheme_entry(files, ready.predicates, ready.thresholds, ready.max_span)
    golden.write(os.path.join(folder, "golden.jsonl"), golden_lines(
        ready.model, ready.features, name, ready.predicates, ready.thresholds, ready.max_span))
    with open(os.path.join(folder, "part.json"), "w", encoding="utf-8") as out:
        json.dump({"files": files, "schemes": {name: entry}, "scores": {name: ready.result},
                   "models": [os.path.basename(os.path.dirname(path)) for path in paths],
                   "blocks": ready.scheme.blocks,
                   "trainingData": [{"name": ready.scheme.set, "terms": ready.scheme.terms}]},
                  out, ensure_ascii=False, indent=1)
    for file in files:
        tables.log("%s: %d bytes", file, os.path.getsize(os.path.join(folder, file)))
    return folder

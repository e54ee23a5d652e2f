"""The commands of relation schemes: train, evaluate, export.

A scheme is a small JSON file in `relations/`: which rows, how large a model, which settings. Rows are those of one
folder of the data: its train and dev files, or, where there is no dev file, the fixed cut of relations_data.py.
"""
import json
import os
from dataclasses import dataclass, field
from typing import Dict, List

import torch

from . import tables
from .encoder import build_encoder
from .pretrain import load_context
from .relations_data import Predicate, Replacement, cut_development, example_of, predicates_of, read_rows
from .relations_model import RelationModel
from .relations_train import Answers, Inputs, Settings, Training
from .text import find
from .train import load_features

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "relations")


@dataclass(frozen=True)
class RelationScheme:
    """A relation scheme and the model that is trained for it."""

    name: str
    description: str
    set: str
    terms: str = ""
    minimum: int = 1
    typed: bool = True
    blocks: List[str] = field(default_factory=lambda: ["characters", "bigrams", "words", "lexicon"])
    encoder: str = "bilstm"
    pretrained: str = "context"
    freeze: bool = False
    width: int = 128
    projection: int = 128
    objectWidth: int = 128
    objectLayer: str = "convolution"
    objectDilations: List[int] = field(default_factory=lambda: [1, 2])
    dropout: float = 0.3
    # A finished run whose weights this one starts from; its encoder may read fewer features.
    start: str = ""
    settings: Dict[str, object] = field(default_factory=dict)


def load(name, **overrides):
    """A scheme of the kit by name, or a file by path; overrides replace keys of the file, and within its settings."""
    path = name if name.endswith(".json") else os.path.join(FOLDER, name + ".json")
    with open(path, encoding="utf-8") as source:
        content = json.load(source)
    settings = {**content.get("settings", {}), **overrides.pop("settings", {})}
    content.update(overrides)
    unknown = set(content) - set(RelationScheme.__dataclass_fields__)
    if unknown:
        raise ValueError("%s: unknown keys %s" % (path, sorted(unknown)))
    Settings.of(settings)
    return RelationScheme(**{"name": os.path.basename(path)[:-len(".json")], **content, "settings": settings})


def rows_of(scheme, data):
    """Training and development rows."""
    folder = folder_of(scheme, data)
    train = read_rows(find(folder, "train"))
    return (train, read_rows(find(folder, "dev"))) if has_development(folder) else cut_development(train)


def folder_of(scheme, data):
    return scheme.set if os.path.isdir(scheme.set) else os.path.join(data, scheme.set)


def has_development(folder):
    try:
        find(folder, "dev")
    except FileNotFoundError:
        return False
    return True


def judged_on(scheme, data):
    return "its development rows" if has_development(folder_of(scheme, data)) else "the kit's cut of a tenth of its rows"


def types_of(rows):
    found = sorted({kind for row in rows for t in row.triples for kind in (t.subject_type, t.object_type) if kind})
    return {kind: i for i, kind in enumerate(found)}


def build(scheme, features, predicates, types, work):
    context = None
    if scheme.encoder == "pretrained":
        context = load_context(os.path.join(work, "pretrained", scheme.pretrained + ".pt"))
        for parameter in context.parameters():
            parameter.requires_grad_(not scheme.freeze)
    encoder = build_encoder(scheme.encoder, features.width, scheme.width, scheme.projection, dropout=scheme.dropout,
                            context=context)
    return RelationModel(encoder, predicates, types, scheme.objectWidth, scheme.objectLayer,
                         scheme.objectDilations, scheme.dropout)


def start_from(model, weights):
    """Takes over all weights of the same name; of a matrix that reads more or fewer features, the columns both have."""
    own = model.state_dict()
    with torch.no_grad():
        for name, value in weights.items():
            if name in own and own[name].shape == value.shape:
                own[name].copy_(value)
            elif name in own and own[name].dim() == 2 and own[name].shape[0] == value.shape[0]:
                shared = min(own[name].shape[1], value.shape[1])
                own[name].zero_()
                own[name][:, :shared].copy_(value[:, :shared])


def train(scheme, data, work, run=None):
    """Trains (or resumes) work/relations/RUN and writes its model; returns the path of the model."""
    settings = Settings.of(scheme.settings)
    torch.manual_seed(settings.seed)
    rows, held = rows_of(scheme, data)
    predicates = predicates_of(rows, scheme.minimum)
    columns = {predicate.name: i for i, predicate in enumerate(predicates)}
    types = types_of(rows) if scheme.typed else {}
    features = load_features(work, scheme.blocks)
    model = build(scheme, features, len(predicates), len(types), work)
    folder = os.path.join(work, "relations", run or scheme.name)
    replacement = Replacement(rows, settings.replacement) if settings.replacement else None
    training = Training(model, rows, columns, Inputs(features, settings.discover, settings.seed), types, settings,
                        folder, replacement)
    if scheme.start:
        start_from(model, torch.load(os.path.join(work, "relations", scheme.start, "model.pt"))["model"])
    if training.resume():
        tables.log("resumed after %d s, %d steps", training.spent, training.steps)
    tables.log("%s: %d rows, %d held, %d predicates, %d parameters", scheme.name, len(rows), len(held),
               len(predicates), sum(p.numel() for p in model.parameters()))
    development = [example_of(row, columns) for row in held]
    names = [predicate.name for predicate in predicates]
    training.run(development, names, tables.log, Inputs(features))
    training.settle()
    result = judge(model, development, Inputs(features), names, settings.max_span)
    path = os.path.join(folder, "model.pt")
    torch.save({"scheme": scheme.__dict__, "predicates": [p.__dict__ for p in predicates], "types": types,
                "model": model.state_dict(), "result": result}, path)
    tables.log("%s", json.dumps({k: v for k, v in result.items() if k != "byPredicate"}, ensure_ascii=False))
    return path


def load_model(path, work):
    """(model, features, scheme, predicates, result of training)."""
    state = torch.load(path, map_location="cpu")
    scheme = RelationScheme(**state["scheme"])
    predicates = [Predicate(**p) for p in state["predicates"]]
    features = load_features(work, scheme.blocks)
    model = build(scheme, features, len(predicates), len(state["types"]), work)
    model.load_state_dict(state["model"])
    return model.eval(), features, scheme, predicates, state["result"]


def judge(model, development, inputs, names, max_span=40):
    """Scores with the best thresholds on these examples."""
    answers = Answers(model, development, inputs, max_span)
    f1, thresholds = answers.best_thresholds(names)
    score = answers.score(names, thresholds)
    return {
        "f1": round(f1, 2), "precision": round(score.f1()[1], 2), "recall": round(score.f1()[2], 2),
        "subjectThreshold": thresholds[0], "objectThreshold": thresholds[1], "scoreThreshold": thresholds[2],
        "subjects": [round(v, 2) for v in answers.subject_score()],
        "goldSubjectsF1": round(answers.score(names, thresholds, True).f1()[0], 2),
        "bySource": score.report("source "), "byPredicate": score.report("predicate "),
    }

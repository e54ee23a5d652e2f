"""Training of one encoder with a head per scheme, resumable, with a learning curve."""

import json
import os
import random
import time
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import Dict, List, Optional

import torch
from torch import nn

from . import schemes
from .encoder import Recurrent
from .evaluate import Prepared, logits_of, tune
from .examples import (Batches, Variation, context_of, make_examples, pointer_targets, remember_context,
                       tag_targets)
from .features import Features
from .model import Averages, Extractor
from .pretrain import Progress, load_context, save
from .processor import multiplies_low_precision
from .tables import log

# The schemes whose training entities stand in the shared lexicon.
LEXICON_SCHEMES = ("cluener", "msra", "pd", "uner", "weibo", "resume")

# The batch from which bfloat16 is faster on a processor that multiplies it.
LOW_PRECISION_BATCH = 32


@dataclass
class Settings:
    """What a training run is made of; a JSON file may set any of these, the command line overrides it.

    shares: how often a head's examples are drawn (default: their number to the power 0.7; 0: never). also: other heads
    that learn from a head's examples in the same step, {head: {other: {label: label of the other}}}; labels of the other
    head that are not named there are left alone by these examples. labelled:
    further training rows of a head, folders below the work folder that `label` wrote. start: a trained model whose weights are the first
    ones, as far as it has them.
    """

    name: str = "model"
    heads: List[str] = field(default_factory=lambda: ["cluener"])
    shares: Dict[str, float] = field(default_factory=dict)
    also: Dict[str, Dict[str, Dict[str, str]]] = field(default_factory=dict)
    encoder: str = "bilstm"
    head: str = "half-pointer"
    blocks: List[str] = field(default_factory=lambda: ["characters", "bigrams", "words", "lexicon"])
    labelled: Dict[str, List[str]] = field(default_factory=dict)
    start: Optional[str] = None
    pretrained: Optional[str] = None
    pretrainedRate: float = 0.25
    width: int = 128
    projection: int = 128
    layers: int = 6
    dropout: float = 0.3
    hide: float = 0.03
    replace: float = 0.0
    discover: float = 0.5
    average: float = 0.999
    batch: int = 16
    rate: float = 2e-3
    warm: int = 200
    flat: float = 0.3
    decay: float = 0.01
    clock: str = "cpu"
    total: float = 300.0
    evaluations: int = 5
    limit: Optional[int] = None
    device: str = "cpu"
    seed: int = 7

    @staticmethod
    def read(path: str, **overrides) -> "Settings":
        with open(path, encoding="utf-8") as source:
            content = json.load(source)
        content.update({key: value for key, value in overrides.items() if value is not None})
        unknown = set(content) - set(Settings.__dataclass_fields__)
        if unknown:
            raise ValueError("%s: unknown settings %s" % (path, sorted(unknown)))
        return Settings(**content)


def prepare_lexicon(data: str, work: str, extra: List[schemes.Scheme]) -> Counter:
    """Writes the lexicon of the shared tables if it is not there; returns entity counts for leave-one-out counting."""
    known = [schemes.load(name) for name in LEXICON_SCHEMES] + list(extra)
    known = [scheme for scheme in known if all(os.path.isdir(os.path.join(data, s["set"])) for s in scheme.train)]
    counts = schemes.entity_counts(known, data)
    path = os.path.join(work, "tables", "lexicon.tsv")
    if not os.path.exists(path):
        log("lexicon: %d entries", schemes.write_lexicon(path + ".part", counts, data))
        os.replace(path + ".part", path)
        with open(os.path.join(work, "tables", "categories.json"), "w", encoding="utf-8") as out:
            json.dump(schemes.categories_of(known), out)
    return counts


def load_features(work: str, blocks=("characters", "bigrams", "words", "lexicon")) -> Features:
    with open(os.path.join(work, "tables", "categories.json"), encoding="utf-8") as source:
        categories = json.load(source)
    return Features(os.path.join(work, "tables"), categories, blocks)


class Head:
    """A scheme's examples and development sets in a training run."""

    def __init__(self, scheme, settings: Settings, features: Features, counts: Counter, data: str):
        self.scheme = scheme
        rows = scheme.rows("train", data) if settings.shares.get(scheme.name) != 0 else []
        self.examples = [e for part in rows for e in make_examples(part, scheme.labels, features)]
        if settings.limit:
            random.Random(settings.seed).shuffle(self.examples)
            self.examples = self.examples[:settings.limit]
        self.batches = Batches(self.examples, settings.batch, settings.seed)
        bits = features.lexicon.bit_of
        counts = Counter({pair: count for pair, count in counts.items() if pair[1] in bits})
        self.variation = Variation(scheme, features, counts, self.examples, settings.seed, settings.replace,
                                   settings.discover)
        self.dev = [([Prepared(s, scheme.labels, features) for s in rows.sentences],
                     [a and any(s.entities for s in rows.sentences) for a in rows.annotated])
                    for rows in scheme.rows("dev", data)]
        self.judged = [[any(l == scheme.labels[i] for s in rows.sentences for _, _, l in s.entities)
                        for i in range(len(scheme.labels))] for rows in scheme.rows("dev", data)]

    def evaluate(self, model, features: Features, thorough: bool) -> dict:
        """Each development set by its own best thresholds, and the pair of thresholds that is best for all together."""
        gold, logits = [], []
        per_set = []
        for (prepared, _), judged in zip(self.dev, self.judged):
            found = logits_of(model, self.scheme.name, features, prepared)
            gold += [item.gold for item in prepared]
            logits += found
            per_set.append((prepared, found, judged))
        everything = [any(j[i] for j in self.judged) for i in range(len(self.scheme.labels))]
        head = model.heads[self.scheme.name]
        thresholds, result = tune(gold, logits, head, self.scheme.labels, everything, coarse=not thorough)
        result["thresholds"] = thresholds
        if len(per_set) > 1:
            from .evaluate import decode, score
            result["sets"] = [score([p.gold for p in prepared],
                                    [decode(l, head, self.scheme.labels, thresholds) for l in found], judged)["f1"]
                              for prepared, found, judged in per_set]
        return result


def rate_factor(settings: Settings, progress: Progress) -> float:
    """Warm-up by steps, then flat, then linear down to 2 %."""
    done = progress.fraction()
    decay = 1.0 if done < settings.flat else 1.0 - 0.98 * (done - settings.flat) / (1.0 - settings.flat)
    return min(1.0, (progress.steps + 1) / settings.warm) * decay


def hide_positions(dense: torch.Tensor, share: float, generator: torch.Generator) -> torch.Tensor:
    if share <= 0:
        return dense
    return dense * (torch.rand(dense.shape[:2], generator=generator) >= share).unsqueeze(-1)


def mapped(targets: torch.Tensor, labels: List[str], others: List[str], mapping: Dict[str, str]) -> torch.Tensor:
    """Half-pointer targets of one head as those of another."""
    result = targets.new_zeros(targets.shape[0], targets.shape[1], 2 * len(others))
    for label, other in mapping.items():
        source, sink = 2 * labels.index(label), 2 * others.index(other)
        result[:, :, sink:sink + 2] = torch.maximum(result[:, :, sink:sink + 2], targets[:, :, source:source + 2])
    return result


def build_model(settings: Settings, features: Features, heads: Dict[str, int], work: str) -> Extractor:
    context = None
    if settings.encoder == "pretrained":
        context = load_context(os.path.join(work, "pretrained", (settings.pretrained or "context") + ".pt"))
    return Extractor(features.width, heads, settings.encoder, settings.head, settings.width, settings.projection,
                     settings.layers, settings.dropout, context)


def train(settings: Settings, data: str, work: str, own: Optional[List[schemes.Scheme]] = None) -> str:
    torch.manual_seed(settings.seed)
    own = own or []
    counts = prepare_lexicon(data, work, own)
    features = load_features(work, settings.blocks)
    chosen = {scheme.name: scheme for scheme in own}
    heads = {}
    for name in settings.heads:
        scheme = chosen.get(name) or schemes.load(name)
        further = [{"set": os.path.abspath(os.path.join(work, folder))} for folder in settings.labelled.get(name, ())]
        heads[name] = Head(replace(scheme, train=scheme.train + further), settings, features, counts, data)
    model = build_model(settings, features, {n: len(h.scheme.labels) for n, h in heads.items()}, work)
    if settings.start:
        earlier = torch.load(os.path.join(work, "models", settings.start + ".pt"), map_location="cpu")["model"]
        known = model.state_dict()
        model.load_state_dict({name: value for name, value in earlier.items() if name in known}, strict=False)
    model.to(settings.device)
    cuda = settings.device.startswith("cuda")
    low_precision = cuda or settings.batch >= LOW_PRECISION_BATCH and multiplies_low_precision()
    if low_precision and not cuda:
        Recurrent.lower(model)
    slow = [p for n, p in model.named_parameters() if n.startswith("encoder.context.")]
    fast = [p for n, p in model.named_parameters() if not n.startswith("encoder.context.")]
    frozen = settings.encoder == "pretrained" and settings.pretrainedRate == 0
    if frozen:
        slow = []
        for parameter in model.encoder.context.parameters():
            parameter.requires_grad_(False)
        for head in heads.values():
            remember_context(head.examples, model.encoder.context, features)
        log("remembered what the frozen encoder says")
    groups = [{"params": fast, "base": settings.rate}, {"params": slow, "base": settings.rate * settings.pretrainedRate}]
    optimizer = torch.optim.AdamW([g for g in groups if g["params"]], settings.rate, weight_decay=settings.decay,
                                  **({"fused": True} if cuda else {}))
    averages = Averages(model, settings.average)
    progress = Progress(settings.clock, settings.total)
    os.makedirs(os.path.join(work, "models"), exist_ok=True)
    path = os.path.join(work, "models", settings.name + ".pt")
    unfinished = path + ".checkpoint"
    if os.path.exists(unfinished):
        state = torch.load(unfinished, map_location=settings.device)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        averages.values, averages.steps = state["averages"], state["steps"]
        progress.resume(state["spent"], state["steps"])
        log("resumed at step %d", progress.steps)
    names = list(heads)
    weights = [settings.shares.get(name, len(heads[name].examples) ** 0.7) for name in names]
    choice = random.Random(settings.seed + progress.steps)
    generator = torch.Generator().manual_seed(settings.seed + progress.steps)
    curve = open(os.path.join(work, "models", settings.name + ".curve.jsonl"), "a", encoding="utf-8")
    log("%s: %d parameters, %d features, examples %s", settings.name, sum(p.numel() for p in model.parameters()),
        features.width, {name: len(head.examples) for name, head in heads.items()})
    saved, marks = time.time(), [(i + 1) / settings.evaluations for i in range(settings.evaluations - 1)]
    marks = [mark for mark in marks if mark > progress.fraction()]
    sentences = 0

    def report(thorough: bool) -> dict:
        before = progress.now()
        scores = {name: head.evaluate(model, features, thorough) for name, head in heads.items()}
        record = {"name": settings.name, "spent": round(progress.spent() - (progress.now() - before)
                                                        if settings.clock != "steps" else progress.spent(), 1),
                  "steps": progress.steps, "sentences": sentences,
                  "f1": {name: [s["f1"], s["precision"], s["recall"]] + ([s["sets"]] if "sets" in s else [])
                         for name, s in scores.items()}}
        curve.write(json.dumps(record) + "\n")
        curve.flush()
        log(json.dumps(record))
        progress.before -= progress.now() - before if settings.clock != "steps" else 0
        return scores

    while progress.fraction() < 1.0:
        model.train()
        head = heads[choice.choices(names, weights)[0]]
        drawn = [head.variation.draw(example) for example in head.batches.next()]
        examples = [example for example, _ in drawn]
        dense, lengths = features.dense([e.encoded for e in examples], [flags for _, flags in drawn])
        dense = hide_positions(dense, settings.hide, generator)
        annotated = torch.tensor([e.annotated for e in examples], dtype=torch.float32)
        targets = pointer_targets(examples, len(head.scheme.labels), dense.shape[1]) \
            if settings.head == "half-pointer" else tag_targets(examples, dense.shape[1])
        dense, lengths, targets, annotated = (t.to(settings.device) for t in (dense, lengths, targets, annotated))
        with torch.autocast("cuda" if cuda else "cpu", torch.bfloat16, enabled=low_precision):
            if frozen:
                remember_context(examples, model.encoder.context, features)
                hidden = model.encoder(dense, lengths, context_of(examples, dense.shape[1]).to(settings.device))
            else:
                hidden = model.encoder(dense, lengths)
            logits = model.heads[head.scheme.name](hidden)
        loss = model.heads[head.scheme.name].loss(logits.float(), targets, lengths, annotated)
        for other, mapping in settings.also.get(head.scheme.name, {}).items():
            labels = heads[other].scheme.labels
            loss = loss + model.heads[other].loss(model.heads[other](hidden).float(),
                                                  mapped(targets, head.scheme.labels, labels, mapping), lengths,
                                                  torch.tensor([[label in mapping.values() for label in labels]],
                                                               device=targets.device).float().expand(len(examples), -1))
        factor = rate_factor(settings, progress)
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * factor
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        averages.update(model)
        progress.steps += 1
        sentences += len(examples)
        if marks and progress.fraction() >= marks[0]:
            marks.pop(0)
            report(thorough=False)
        if time.time() - saved > 60:
            saved = time.time()
            save(unfinished, {"model": model.state_dict(), "optimizer": optimizer.state_dict(),
                              "averages": averages.values, "spent": progress.spent(), "steps": progress.steps})
    scores = report(thorough=True)
    raw = {name: value.clone() for name, value in model.state_dict().items()}
    model.load_state_dict(averages.values)
    averaged = report(thorough=True)
    if sum(s["f1"] for s in averaged.values()) < sum(s["f1"] for s in scores.values()):
        model.load_state_dict(raw)
    else:
        scores = averaged
    save(path, {"settings": asdict(settings), "model": model.state_dict(), "scores": scores, "width": features.width,
                "labels": {n: h.scheme.labels for n, h in heads.items()},
                "categories": {n: h.scheme.categories for n, h in heads.items()}})
    if os.path.exists(unfinished):
        os.remove(unfinished)
    for name, result in scores.items():
        log("%s %s: %s", settings.name, name, json.dumps({k: v for k, v in result.items() if k != "byLabel"}))
    return path


def load_model(work: str, name: str):
    """A trained model with its features and state."""
    state = torch.load(os.path.join(work, "models", name + ".pt"), map_location="cpu")
    settings = Settings(**state["settings"])
    features = load_features(work, settings.blocks)
    model = build_model(settings, features, {n: len(l) for n, l in state["labels"].items()}, work)
    model.load_state_dict(state["model"])
    model.eval()
    return model, features, state

"""Training of the relation heads, with or without a pretrained encoder.

A step reads a batch of sentences of similar length once and asks the object head about every annotated subject (one
of its occurrences, drawn anew each time), about some spans that are no subject, and about the spans that the model
itself wrongly takes for subjects just now: so the object head learns to say nothing, and the threshold of subjects
may be low. By default time is CPU seconds of the steps, so that a curve does not depend on what else the machine does.
"""
import json
import os
import random
import time
from dataclasses import dataclass, fields

import numpy
import torch
from torch.nn import functional

from .decoding import sigmoid
from .processor import multiplies_low_precision
from .relations_data import example_of
from .relations_decode import TripleScore, decode_objects, gold_triples, half_pointers, string_triples
from .schemes import DISCOVERED

# Words counted more often than this in the text behind the tables would not be discovered anew.
RARE = 2_000
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
HARD_THRESHOLD = 0.25


@dataclass
class Settings:
    """What one run does. The budget `total` is in seconds of the processor or the wall, or in steps (`clock`).

    Rates fall linearly after `flat` of the budget; weights are of the summed cross entropy.
    """

    clock: str = "cpu"
    total: float = 600.0
    batch: int = 16
    rate: float = 2e-3
    encoder_rate: float = 1.0
    warm_up_steps: int = 200
    flat: float = 0.3
    clip: float = 5.0
    position_dropout: float = 0.03
    replacement: float = 0.0
    replacement_after: float = 0.0
    wrong_spans: float = 0.5
    hard_spans: int = 2
    types_weight: float = 0.5
    object_weight: float = 1.0
    # Weight of "no subject starts or ends here" in rows of sources whose labels are known to be incomplete.
    incomplete: str = ""
    incomplete_weight: float = 1.0
    average: float = 0.0
    max_span: int = 40
    evaluations: int = 12
    discover: float = 0.5
    seed: int = 1
    device: str = "cpu"

    @staticmethod
    def of(values):
        known = {f.name for f in fields(Settings)}
        unknown = set(values) - known
        if unknown:
            raise ValueError("unknown settings: " + ", ".join(sorted(unknown)))
        return Settings(**values)


@dataclass
class Batch:
    features: torch.Tensor
    lengths: torch.Tensor
    examples: list
    subjects: torch.Tensor
    subject_weights: torch.Tensor
    types: torch.Tensor

    def to(self, device):
        return Batch(self.features.to(device), self.lengths.to(device), self.examples, self.subjects.to(device),
                     self.subject_weights.to(device), self.types.to(device))


class Inputs:
    """Dense features of examples: indices are kept per sentence, blocks are made a batch at a time.

    In training, now and then (`discover`) some words of a sentence carry the flag of words that a stream discovered:
    known words that are not too frequent, and annotated strings.
    """

    def __init__(self, features, discover=0.0, seed=0):
        self.features, self.known, self.discover = features, {}, discover
        self.chance = random.Random(seed)
        self.bit = features.lexicon.bit_of.get(DISCOVERED, 0)

    def __call__(self, examples):
        """Features [batch, length, width] and lengths [batch]."""
        encoded = [self._of(example) for example in examples]
        flags = [self.features.flags(e, self._discovered(x, e)) for x, e in zip(examples, encoded)]
        return self.features.dense(encoded, flags)

    def _of(self, example):
        if example.text != example.row.text:
            return self.features.encode(example.encoded.keys)
        if example.text not in self.known:
            self.known[example.text] = self.features.encode(example.encoded.keys)
        return self.known[example.text]

    def _discovered(self, example, encoded):
        if not self.bit or self.chance.random() >= self.discover:
            return None
        soft, share, words = self.features.soft, 0.5 * self.chance.random(), []
        for start, end, row in soft.trie.matches(encoded.text):
            if end - start > 1 and soft.weights[row] < RARE:
                words.append(encoded.text[start:end])
        words.extend(encoded.text[start:end] for _, (start, end) in example.entities if end - start > 1)
        return {word: self.bit for word in words if self.chance.random() < share}


class Memory:
    """What a frozen pretrained encoder says to each sentence, asked once; sentences with replaced strings are not kept."""

    def __init__(self, encoder):
        self.encoder, self.known = encoder, {}

    def __call__(self, examples, features, lengths):
        states = features.new_zeros(features.shape[0], features.shape[1], self.encoder.width)
        missing = [b for b, example in enumerate(examples) if example.text not in self.known]
        with torch.no_grad():
            if missing:
                states[missing] = self.encoder(features[missing], lengths[missing])
            for b, example in enumerate(examples):
                size = len(example.encoded)
                if example.text in self.known:
                    states[b, :size] = self.known[example.text].to(states)
                elif example.text == example.row.text:
                    self.known[example.text] = states[b, :size].half().cpu()
        return states


def batch_of(examples, inputs, types, settings):
    """Features and the targets of subjects and types; targets of objects are built once subjects are drawn."""
    features, lengths = inputs(examples)
    size = features.shape[1]
    subjects = torch.zeros(len(examples), size, 2)
    weights = torch.zeros(len(examples), size, 2)
    marks = torch.zeros(len(examples), size, 2 * len(types))
    for b, example in enumerate(examples):
        complete = example.row.source != settings.incomplete
        weights[b, : len(example.encoded)] = 1.0 if complete else settings.incomplete_weight
        for subject in example.subjects:
            for start, end in subject.spans:
                subjects[b, start, 0] = weights[b, start, 0] = 1.0
                subjects[b, end - 1, 1] = weights[b, end - 1, 1] = 1.0
        for kind, (start, end) in example.entities:
            if kind in types:
                marks[b, start, 2 * types[kind]] = 1.0
                marks[b, end - 1, 2 * types[kind] + 1] = 1.0
    return Batch(features, lengths, examples, subjects, weights, marks)


def draw_spans(examples, subject_logits, settings, chance):
    """(row, start, end exclusive, subject or None) for the object head."""
    drawn = []
    probabilities = sigmoid(subject_logits.detach().float().cpu().numpy()) if settings.hard_spans else None
    for b, example in enumerate(examples):
        gold = {span for subject in example.subjects for span in subject.spans}
        drawn.extend((b, *chance.choice(subject.spans), subject) for subject in example.subjects)
        wrong = set()
        if example.others and chance.random() < settings.wrong_spans:
            wrong.add(chance.choice(example.others))
        if len(gold) > 1 and chance.random() < settings.wrong_spans:
            (start, _), (_, end) = sorted(chance.sample(sorted(gold), 2))
            if start < end <= start + settings.max_span:
                wrong.add((start, end))
        if settings.hard_spans:
            own = probabilities[b, : len(example.encoded)]
            found = [(s, e) for s, e, _ in half_pointers(
                own[:, 0], own[:, 1], HARD_THRESHOLD, settings.max_span) if (s, e) not in gold]
            chance.shuffle(found)
            wrong.update(found[: settings.hard_spans])
        drawn.extend((b, s, e, None) for s, e in sorted(wrong - gold))
    return drawn


def object_targets(drawn, size, columns):
    target = torch.zeros(len(drawn), size, 2 * columns)
    for m, (_, _, _, subject) in enumerate(drawn):
        for column, (start, end) in (subject.objects if subject else ()):
            target[m, start, 2 * column] = 1.0
            target[m, end - 1, 2 * column + 1] = 1.0
    return target


def spans_of(drawn, device):
    """row, start, end (inclusive) as the object head wants them."""
    return tuple(torch.tensor([entry[k] - (k == 2) for entry in drawn], device=device) for k in range(3))


def loss_of(model, batch, settings, chance, memory=None):
    features = batch.features
    context = memory(batch.examples, features, batch.lengths) if memory else None
    if model.training and settings.position_dropout:
        keep = torch.rand(features.shape[:2], device=features.device) >= settings.position_dropout
        features = features * keep.unsqueeze(2)
    hidden, subject_logits = model.encode(features, batch.lengths, context)
    count = len(batch.examples)
    loss = functional.binary_cross_entropy_with_logits(
        subject_logits.float(), batch.subjects, batch.subject_weights, reduction="sum") / count
    valid = batch.subject_weights[:, :, :1].gt(0).float()
    if model.types is not None and settings.types_weight:
        logits = model.types(hidden).float()
        types = functional.binary_cross_entropy_with_logits(
            logits, batch.types, valid.expand_as(logits), reduction="sum")
        loss = loss + settings.types_weight * types / count
    drawn = draw_spans(batch.examples, subject_logits, settings, chance)
    if drawn:
        row, start, end = spans_of(drawn, hidden.device)
        logits = model.objects(hidden, batch.lengths, row, start, end).float()
        target = object_targets(drawn, hidden.shape[1], logits.shape[2] // 2).to(logits)
        objects = functional.binary_cross_entropy_with_logits(
            logits, target, valid.index_select(0, row).expand_as(logits), reduction="sum")
        loss = loss + settings.object_weight * objects / count
    return loss


def batches_of(examples, size, chance):
    """Batches of similar length, in random order: shuffled, sorted within fifty batches, shuffled again."""
    order = list(examples)
    chance.shuffle(order)
    batches = []
    for i in range(0, len(order), 50 * size):
        chunk = sorted(order[i:i + 50 * size], key=lambda e: len(e.encoded))
        batches.extend(chunk[j:j + size] for j in range(0, len(chunk), size))
    chance.shuffle(batches)
    return batches


class Answers:
    """What a model said about every sentence, kept so that thresholds can be tried without asking again."""

    def __init__(self, model, examples, inputs, max_span, thresholds=THRESHOLDS, batch=32):
        self.examples = sorted(examples, key=lambda e: len(e.encoded))
        self.max_span = max_span
        self.subjects, self.objects, self.decoded = [], [], {}
        self.gold = [gold_triples(example.row) for example in self.examples]
        model.eval()
        with torch.no_grad():
            for i in range(0, len(self.examples), batch):
                self._ask(model, self.examples[i:i + batch], inputs, thresholds)

    def _ask(self, model, examples, inputs, thresholds):
        device = next(model.parameters()).device
        features, lengths = (tensor.to(device) for tensor in inputs(examples))
        hidden, logits = model.encode(features, lengths)
        probabilities = sigmoid(logits.cpu().numpy())
        drawn = []
        for b, example in enumerate(examples):
            own = probabilities[b, : len(example.encoded)]
            spans = {(s, e) for t in thresholds
                     for s, e, _ in half_pointers(own[:, 0], own[:, 1], t, self.max_span)}
            spans |= {span for subject in example.subjects for span in subject.spans}
            drawn.extend((b, s, e, None) for s, e in sorted(spans))
            self.subjects.append(own)
            self.objects.append({})
        if drawn:
            answers = sigmoid(model.objects(hidden, lengths, *spans_of(drawn, device)).cpu().numpy()).astype(numpy.float32)
            first = len(self.objects) - len(examples)
            for m, (b, start, end, _) in enumerate(drawn):
                self.objects[first + b][start, end] = answers[m, : len(examples[b].encoded)]

    def _strings(self, i, span, names, threshold):
        """String triples of one subject of sentence i, with the probability of the object: {triple: probability}."""
        key = (i, span, threshold)
        if key not in self.decoded:
            example, best = self.examples[i], {}
            for column, start, end, probability in decode_objects(self.objects[i][span], threshold, self.max_span):
                for triple in string_triples(example.text, example.encoded, [(span, column, (start, end))], names):
                    best[triple] = max(best.get(triple, 0.0), probability)
            self.decoded[key] = best
        return self.decoded[key]

    def _subjects(self, i, threshold):
        """(span, probability) of the subjects of sentence i."""
        own = self.subjects[i]
        return [((s, e), score) for s, e, score in half_pointers(own[:, 0], own[:, 1], threshold, self.max_span)]

    def score(self, names, thresholds, gold_subjects=False):
        """thresholds: of subjects, of objects, and of the product of both."""
        of_subjects, of_objects, of_products = thresholds
        score = TripleScore()
        for i, example in enumerate(self.examples):
            spans = self._subjects(i, of_subjects)
            if gold_subjects:
                spans = [(span, 1.0) for subject in example.subjects for span in subject.spans]
            found = {triple for span, subject in spans
                     for triple, probability in self._strings(i, span, names, of_objects).items()
                     if subject * probability >= of_products}
            score.add(self.gold[i], found, example.row.source)
        return score

    def subject_score(self):
        """F1, precision and recall of subject strings, at the threshold that is best for them."""
        return max(self._subject_score(threshold) for threshold in THRESHOLDS)

    def _subject_score(self, threshold):
        score = TripleScore()
        for i, example in enumerate(self.examples):
            spans = {(span, 0, span) for span, _ in self._subjects(i, threshold)}
            found = string_triples(example.text, example.encoded, spans, [""])
            score.add({(s, "", s) for s, _, _ in self.gold[i]}, found)
        return score.f1()

    def best_thresholds(self, names, thresholds=THRESHOLDS):
        """(F1, thresholds as `score` takes them) of the best on these sentences."""
        return max((self.score(names, (s, o, p)).f1()[0], (s, o, p))
                   for s in thresholds for o in thresholds for p in thresholds if p >= s * o)


class Training:
    """One run: model, optimiser, position in time; written to a checkpoint and taken up from it."""

    def __init__(self, model, rows, columns, inputs, types, settings, folder, replacement=None):
        self.model, self.rows, self.columns, self.inputs = model, rows, columns, inputs
        self.types, self.settings, self.folder, self.replacement = types, settings, folder, replacement
        os.makedirs(folder, exist_ok=True)
        model.to(settings.device)
        inner = set(model.encoder.parameters())
        self.optimiser = torch.optim.Adam([
            {"params": [p for p in model.parameters() if p.requires_grad and p not in inner], "share": 1.0},
            {"params": [p for p in model.encoder.parameters() if p.requires_grad], "share": settings.encoder_rate},
        ], lr=settings.rate)
        self.chance = random.Random(settings.seed)
        self.spent, self.steps, self.epochs, self.curve = 0.0, 0, 0.0, []
        self.averaged = None
        pretrained = getattr(model.encoder, "context", None)
        frozen = pretrained is not None and not any(p.requires_grad for p in pretrained.parameters())
        self.memory = Memory(pretrained) if frozen else None
        self.device = torch.device(settings.device)
        self.low_precision = self.device.type == "cuda" or multiplies_low_precision()
        self.examples = [e for e in (example_of(row, columns) for row in rows) if len(e.encoded)]

    @property
    def progress(self):
        return self.spent / self.settings.total

    def _rate(self):
        settings = self.settings
        warm = min(1.0, (self.steps + 1) / settings.warm_up_steps)
        fall = (1.0 - self.progress) / (1.0 - settings.flat)
        return settings.rate * warm * max(0.02, min(1.0, fall))

    def _epoch_examples(self):
        if self.replacement is None or self.progress < self.settings.replacement_after:
            return self.examples
        fresh = []
        for example in self.examples:
            text, triples = self.replacement(example.row, self.chance)
            changed = text != example.text
            fresh.append(example_of(example.row, self.columns, text, triples) if changed else example)
        return fresh

    def _step(self, batch):
        for group in self.optimiser.param_groups:
            group["lr"] = self._rate() * group["share"]
        self.model.train()
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.low_precision):
            loss = loss_of(self.model, batch.to(self.device), self.settings, self.chance, self.memory)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.settings.clip)
        self.optimiser.step()
        self.steps += 1
        if self.settings.average:
            self._average()
        return float(loss.detach())

    def _average(self):
        decay = min(self.settings.average, (1 + self.steps) / (10 + self.steps))
        state = self.model.state_dict()
        if self.averaged is None:
            self.averaged = {k: v.clone() for k, v in state.items()}
        for name, value in state.items():
            self.averaged[name].lerp_(value, 1.0 - decay)

    def run(self, development, names, log=print, judged=None):
        """Trains until the budget is spent; evaluates on the development examples at even distances.

        judged: inputs of the development examples, without anything made up for training.
        """
        settings = self.settings
        self.judged = judged or self.inputs
        torch.manual_seed(settings.seed + self.steps)
        next_evaluation = (len(self.curve) + 1) * settings.total / settings.evaluations
        now = time.time if settings.clock == "wall" else time.process_time
        recent, last_save = [], time.time()
        while self.spent < settings.total:
            batches = batches_of(self._epoch_examples(), settings.batch, self.chance)
            for examples in batches:
                began = now()
                recent.append(self._step(batch_of(examples, self.inputs, self.types, settings)))
                self.spent += 1 if settings.clock == "steps" else now() - began
                self.epochs += 1.0 / len(batches)
                if self.spent >= next_evaluation or self.spent >= settings.total:
                    self._evaluate(development, names, recent, log)
                    recent = []
                    next_evaluation = (len(self.curve) + 1) * settings.total / settings.evaluations
                if time.time() - last_save > 60 or self.spent >= settings.total:
                    self.save()
                    last_save = time.time()
                if self.spent >= settings.total:
                    break
        return self.curve[-1] if self.curve else None

    def _evaluate(self, development, names, recent, log):
        own = None
        if self.averaged is not None:
            own = {k: v.clone() for k, v in self.model.state_dict().items()}
            self.model.load_state_dict(self.averaged)
        answers = Answers(self.model, development, self.judged, self.settings.max_span)
        f1, thresholds = answers.best_thresholds(names, (0.2, 0.3, 0.4))
        score = answers.score(names, thresholds)
        entry = {
            "spent": round(self.spent, 1), "steps": self.steps, "epochs": round(self.epochs, 2),
            "loss": round(sum(recent) / max(1, len(recent)), 3),
            "f1": round(f1, 2), "precision": round(score.f1()[1], 2), "recall": round(score.f1()[2], 2),
            "thresholds": thresholds,
            "subjectsF1": round(answers.subject_score()[0], 2),
            "goldSubjectsF1": round(answers.score(names, thresholds, True).f1()[0], 2),
        }
        if own is not None:
            self.model.load_state_dict(own)
        self.curve.append(entry)
        with open(os.path.join(self.folder, "curve.jsonl"), "a", encoding="utf-8") as out:
            out.write(json.dumps(entry) + "\n")
        log(json.dumps(entry))

    def settle(self):
        """Leaves the averaged weights in the model, if weights were averaged."""
        if self.averaged is not None:
            self.model.load_state_dict(self.averaged)

    def save(self):
        path = os.path.join(self.folder, "checkpoint.pt")
        torch.save({
            "model": self.model.state_dict(), "averaged": self.averaged, "optimiser": self.optimiser.state_dict(),
            "spent": self.spent, "steps": self.steps, "epochs": self.epochs, "curve": self.curve,
            "chance": self.chance.getstate()}, path + ".new")
        os.replace(path + ".new", path)

    def resume(self):
        """Takes up the checkpoint of the folder, if there is one; True if so."""
        path = os.path.join(self.folder, "checkpoint.pt")
        if not os.path.exists(path):
            return False
        state = torch.load(path, map_location="cpu")
        self.model.load_state_dict(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.averaged, self.spent, self.steps = state["averaged"], state["spent"], state["steps"]
        self.epochs, self.curve = state["epochs"], state["curve"]
        self.chance.setstate(state["chance"])
        return True

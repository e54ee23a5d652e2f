"""The linking model: scores pairs of a mention and an entry of a knowledge base.

Examples come from `./wenliu eval link-examples`, so the numbers are those of the job itself. Several small networks
with different seeds see the features, each scaled by its mean and deviation, and how alike the vectors of the context
and of the description are; their answers are averaged in log-odds. The members of `found` say that a place is a mention
and means the entry, and learn of texts in which all places were weighed; those of `given` say, relative to the other
candidates and 0 for none, what a mention that is one means, and learn of texts whose mentions are given.
"""

import json
import os
from typing import Dict, List, NamedTuple, Sequence

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from .tables import log

TOKENS = 64
VOCABULARY = 1 << 15
FEATURE_LIMIT = 3.0
LEAST_DEVIATION = 1e-3
FLOOR = 0.2  # a feature that seldom varies must not weigh the more where it does
DOT_SCALE = 5.0


class Pairs(NamedTuple):
    """All pairs of some documents, one after another; a group is a mention, in order."""

    features: torch.Tensor  # [pairs, features]
    context: torch.Tensor  # [pairs, TOKENS]
    description: torch.Tensor  # [pairs, TOKENS]
    label: torch.Tensor  # [pairs]
    weight: torch.Tensor  # [pairs]: of the first answer; 0 where mentions are given
    group: torch.Tensor  # [pairs]
    judged: torch.Tensor  # [groups]: whether the second answer is learned from it


def read(path: str) -> List[dict]:
    with open(os.path.join(path, "examples.jsonl"), encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def pairs_of(rows: List[dict], found: bool, partly: bool = False) -> Pairs:
    """`partly`: not all mentions are marked, so that another place with the very name of an entry says nothing."""
    features, context, description, label, weight, group, judged = [], [], [], [], [], [], []
    for row in rows:
        gold = {(start, end): entry for start, end, entry in row["gold"]}
        placed = {entry for entry in gold.values() if entry}
        for mention in row["mentions"]:
            place = (mention["start"], mention["end"])
            judged.append(place in gold)
            for candidate in mention["candidates"]:
                value, much = label_of(candidate["id"], place, gold, placed, row["ids"])
                if not found:
                    # One answer at most: with two that are right the loss falls for ever as both grow.
                    value = float(gold.get(place) == candidate["id"])
                if partly and place not in gold and candidate["kind"] in ("NAME", "ALIAS"):
                    much = 0.0
                features.append(candidate["features"])
                context.append(mention["context"])
                description.append((candidate["description"] + [0] * TOKENS)[:TOKENS])
                label.append(value)
                weight.append(much if found else 0.0)
                group.append(len(judged) - 1)
    return Pairs(torch.tensor(np.array(features, np.float32)), torch.tensor(np.array(context, np.int64)),
                 torch.tensor(np.array(description, np.int64)), torch.tensor(label, dtype=torch.float32),
                 torch.tensor(weight, dtype=torch.float32), torch.tensor(group), torch.tensor(judged))


def label_of(entry: str, place, gold: Dict, placed, ids: Sequence[str]):
    """Whether a pair is right, and how much it counts: what is right in another place is not held against it."""
    if gold.get(place) == entry:
        return 1.0, 1.0
    if entry not in ids:
        return 0.0, 1.0
    if entry not in placed:
        return 1.0, 1.0
    overlaps = any(of == entry and start < place[1] and place[0] < end for (start, end), of in gold.items())
    return (0.0, 0.0) if overlaps else (1.0, 0.5)


def join(parts: List[Pairs]) -> Pairs:
    groups, first = [], 0
    for part in parts:
        groups.append(part.group + first)
        first += len(part.judged)
    columns = [torch.cat(column) for column in zip(*parts)]
    return Pairs(*columns[:5], torch.cat(groups), columns[6])


class Vectors(nn.Module):
    """A bag of tokens as a vector of length 1: rows of a table, added up. Row 0 is padding, and 0."""

    def __init__(self, table: torch.Tensor):
        super().__init__()
        self.register_buffer("table", table.half())  # half the file; also what is trained on

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        total = self.table[tokens.long()].float().sum(-2)
        return total / (total.square().sum(-1, keepdim=True) + 1e-12).sqrt()


class Scorer(nn.Module):
    """A network over features; those that it does not see, or that never vary in training, count as their mean."""

    def __init__(self, mean: torch.Tensor, deviation: torch.Tensor, seen: torch.Tensor, hidden: int, dropout: float):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("scale", seen * (deviation > LEAST_DEVIATION) / deviation.clamp(min=FLOOR))
        self.first = nn.Linear(len(mean) + 1, hidden)
        self.second = nn.Linear(hidden, hidden // 2)
        self.out = nn.Linear(hidden // 2, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(self, features: torch.Tensor, alike: torch.Tensor, kept: torch.Tensor = None) -> torch.Tensor:
        scaled = ((features - self.mean) * self.scale).clamp(-FEATURE_LIMIT, FEATURE_LIMIT)
        if kept is not None:
            scaled = scaled * kept
        hidden = self.dropout(torch.relu(self.first(torch.cat([scaled, alike * DOT_SCALE], -1))))
        return self.out(self.dropout(torch.relu(self.second(hidden))))


class Ensemble(nn.Module):
    """The graph that is exported: the mean of the members that learned of texts, and of those of given mentions."""

    def __init__(self, vectors: Vectors, found: List[Scorer], given: List[Scorer]):
        super().__init__()
        self.vectors = vectors
        self.found = nn.ModuleList(found)
        self.given = nn.ModuleList(given)

    def forward(self, features, context, description):
        alike = (self.vectors(context) * description).sum(-1, keepdim=True)
        means = [sum(member(features, alike) for member in members) / len(members)
                 for members in (self.found, self.given)]
        return torch.cat(means, -1)


def found_loss(logits: torch.Tensor, batch: Pairs, groups: int) -> torch.Tensor:
    each = functional.binary_cross_entropy_with_logits(logits, batch.label, reduction="none")
    return (each * batch.weight).sum() / batch.weight.sum().clamp(min=1)


def given_loss(logits: torch.Tensor, batch: Pairs, groups: int) -> torch.Tensor:
    """Cross-entropy of each mention over its candidates and none, whose log-odds are 0."""
    with torch.no_grad():
        most = torch.zeros(groups).scatter_reduce(0, batch.group, logits, "amax")
    odds = (-most).exp().scatter_add(0, batch.group, (logits - most[batch.group]).exp())
    right = torch.zeros(groups).scatter_add(0, batch.group, logits * batch.label)
    return (odds.log() + most - right)[batch.judged].mean()


def train(data: Pairs, alike: torch.Tensor, loss_of, seed: int, epochs: int, hidden: int, seen: torch.Tensor,
          groups_of: torch.Tensor, drop_group: float, batch: int = 160, rate: float = 2e-3, dropout: float = 0.2,
          decay: float = 1e-4) -> Scorer:
    """`groups_of` numbers the features that are left out together, as they depend on what a knowledge base holds."""
    torch.manual_seed(seed)
    data = data._replace(context=alike)  # the vectors do not change, so what is alike is found once
    scorer = Scorer(data.features.mean(0), data.features.std(0), seen, hidden, dropout)
    optimiser = torch.optim.AdamW(scorer.parameters(), lr=rate, weight_decay=decay)
    groups = len(data.judged)
    first = torch.searchsorted(data.group, torch.arange(groups + 1))
    steps, step = epochs * ((groups + batch - 1) // batch), 0
    for epoch in range(epochs):
        scorer.train()
        order = torch.randperm(groups)
        for begin in range(0, groups, batch):
            chosen = order[begin:begin + batch]
            rows = torch.cat([torch.arange(first[g], first[g + 1]) for g in chosen.tolist()])
            sizes = first[chosen + 1] - first[chosen]
            part = Pairs(*[column[rows] for column in data[:5]],
                         torch.repeat_interleave(torch.arange(len(chosen)), sizes), data.judged[chosen])
            for group in optimiser.param_groups:
                group["lr"] = rate * (1 - step / steps)
            step += 1
            dropped = torch.rand(len(chosen), int(groups_of.max()) + 1) < drop_group
            dropped[:, 0] = False
            kept = (~dropped[part.group][:, groups_of]).float()
            loss = loss_of(scorer(part.features, part.context, kept).squeeze(-1), part, len(chosen))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(scorer.parameters(), 1.0)
            optimiser.step()
    return scorer.eval()


def alike_of(vectors: Vectors, data: Pairs) -> torch.Tensor:
    with torch.no_grad():
        # The job keeps vectors of descriptions as signed bytes.
        described = torch.round(vectors(data.description) * 127) / 127
        return (vectors(data.context) * described).sum(-1, keepdim=True)


def predict(scorers: List[Scorer], data: Pairs, alike: torch.Tensor) -> np.ndarray:
    with torch.no_grad():
        return (sum(s(data.features, alike) for s in scorers) / len(scorers)).squeeze(-1).numpy()


def decide(rows: List[dict], probability: np.ndarray, threshold: float):
    """Precision, recall and F1 over ids, as the job decides."""
    right = false = missed = pair = 0
    for row in rows:
        choices = []
        for mention in row["mentions"]:
            scores = probability[pair:pair + len(mention["candidates"])]
            pair += len(scores)
            best = int(np.argmax(scores))
            if scores[best] >= threshold:
                choices.append((float(scores[best]), mention["start"], mention["end"], mention["candidates"][best]["id"]))
        kept = []
        for choice in sorted(choices, key=lambda c: (-c[0], c[1] - c[2], c[1])):
            if all(choice[2] <= o[1] or choice[1] >= o[2] or choice[1:3] == o[1:3] for o in kept):
                kept.append(choice)
        ids, out = set(row["ids"]), {choice[3] for choice in kept}
        right += len(ids & out)
        false += len(out - ids)
        missed += len(ids - out)
    precision, recall = right / max(1, right + false), right / max(1, right + missed)
    return 2 * right / max(1, 2 * right + false + missed), precision, recall


def given_accuracy(rows: List[dict], logits: np.ndarray, threshold: float, in_kb=None) -> Dict[str, float]:
    """Of given mentions that mean an entry: the share that is linked to it; of those with several candidates; NIL F1."""
    total = right = several = several_right = pair = nil = nil_found = nil_right = 0
    for row in rows:
        answers = {}
        for mention in row["mentions"]:
            scores = logits[pair:pair + len(mention["candidates"])]
            pair += len(scores)
            odds = np.exp(np.append(scores, 0.0) - max(0.0, scores.max()))
            probability = odds[:-1] / odds.sum()
            best = int(np.argmax(probability))
            answer = mention["candidates"][best]["id"] if probability[best] >= threshold else None
            answers[mention["start"], mention["end"]] = (answer, len(scores))
        for start, end, entry in row["gold"]:
            answer, candidates = answers.get((start, end), (None, 0))
            means = entry if entry and (in_kb is None or entry in in_kb) else None
            if means:
                total += 1
                right += answer == means
                several += candidates > 1
                several_right += candidates > 1 and answer == means
            else:
                nil += 1
            nil_found += answer is None
            nil_right += answer is None and not means
    nil_f1 = 2 * nil_right / max(1, nil + nil_found)
    return {"accuracy": right / max(1, total), "mentions": total, "ambiguous": several_right / max(1, several),
            "ambiguousMentions": several, "nilF1": nil_f1}


def calibration(probability: np.ndarray, label: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over equal bins."""
    place = np.minimum((probability * bins).astype(int), bins - 1)
    error = 0.0
    for b in range(bins):
        inside = place == b
        if inside.any():
            error += inside.mean() * abs(probability[inside].mean() - label[inside].mean())
    return float(error)


def export(model: Ensemble, features: int, folder: str) -> None:
    """scorer.onnx and describer.onnx, as docs/models.md says of linking models."""
    dimensions = model.vectors.table.shape[1]
    torch.onnx.export(
        model, (torch.zeros(2, 3, features), torch.zeros(2, 3, TOKENS, dtype=torch.int32), torch.zeros(2, 3, dimensions)),
        os.path.join(folder, "scorer.onnx"), opset_version=17, input_names=["features", "context", "description"],
        output_names=["logits"], dynamic_axes={name: {0: "batch", 1: "pairs"} for name in
                                               ("features", "context", "description", "logits")})
    torch.onnx.export(
        model.vectors, torch.zeros(2, TOKENS, dtype=torch.int32), os.path.join(folder, "describer.onnx"),
        opset_version=17, input_names=["tokens"], output_names=["vector"],
        dynamic_axes={"tokens": {0: "batch"}, "vector": {0: "batch"}})


def golden(model: Ensemble, rows: List[dict], count: int) -> List[dict]:
    """What the model must answer: numbers of real pairs and hashes of tokens, no text."""
    lines = []
    for row in rows:
        pairs = pairs_of([row], True) if row["mentions"] else None
        if pairs is None or len(pairs.label) > 12:
            continue
        with torch.no_grad():
            described = torch.round(model.vectors(pairs.description) * 127) / 127
            logits = model(pairs.features, pairs.context, described)
        lines.append({"features": pairs.features.tolist(), "context": pairs.context.tolist(),
                      "descriptions": [[t for t in d if t] for d in pairs.description.tolist()],
                      "logits": [[round(v, 5) for v in row_] for row_ in logits.tolist()]})
        if len(lines) == count:
            break
    return lines


class Set(NamedTuple):
    """Examples of one data set: of texts in which mentions are to be found, or are given."""

    name: str
    rows: List[dict]
    pairs: Pairs
    found: bool


def load(paths: Sequence[str], found: bool, partly: Sequence[str]) -> List[Set]:
    sets = []
    for path in paths:
        rows, name = read(path), os.path.basename(os.path.normpath(path))
        sets.append(Set(name, rows, pairs_of(rows, found, name in partly), found))
    return sets


def judge(one: Set, logits: np.ndarray, threshold: float) -> dict:
    if one.found:
        probability = 1 / (1 + np.exp(-logits))
        best = max((decide(one.rows, probability, t) + (t,) for t in np.arange(0.2, 0.7, 0.02)))
        return {"f1": decide(one.rows, probability, threshold)[0], "bestF1": best[0], "bestThreshold": round(best[3], 2),
                "calibrationError": calibration(probability, one.pairs.label.numpy())}
    return given_accuracy(one.rows, logits, threshold)


# Features that depend on what a knowledge base says of its entries: left out together now and then in training.
GROUPS = (("prior", "prior_share", "is_first_by_prior"), ("name_odds", "name_count", "id_count", "surface_odds", "surface_count"),
          ("type_in_text", "has_type", "type_odds", "agreement_odds"), ("fact_objects", "fact_predicates", "facts"),
          ("description_length", "has_description", "description_end_odds"))


def members(plan: dict, kind: str, loss_of, sets: List[Set], dev: List[Set], vectors: Vectors,
            names: List[str]) -> List[Scorer]:
    group_of = {name: i + 1 for i, group in enumerate(GROUPS) for name in group}
    groups_of = torch.tensor([group_of.get(name, 0) for name in names])
    seen = torch.tensor([float(name not in plan[kind]["unseen"]) for name in names])
    data = join([one.pairs for one in sets])
    alike, dev_alike = alike_of(vectors, data), [alike_of(vectors, one.pairs) for one in dev]
    log("%s: %d pairs of %d mentions", kind, len(data.label), len(data.judged))
    scorers: List[Scorer] = []
    for seed in range(plan[kind]["members"]):
        scorers.append(train(data, alike, loss_of, seed, plan[kind]["epochs"], plan[kind]["hidden"], seen, groups_of,
                             plan[kind]["dropGroup"]))
        for one, their in zip(dev, dev_alike):
            scores = judge(one, predict(scorers, one.pairs, their), plan["thresholds"][kind])
            log("%d members, %s: %s", len(scorers), one.name, json.dumps(scores))
    return scorers


def names_of(plan: dict, work: str) -> List[str]:
    """The names of the features, in order, as they stand beside the examples."""
    with open(os.path.join(work, "links", plan["found"]["train"][0], "features.txt"), encoding="utf-8") as lines:
        return lines.read().split()


def run(plan: dict, work: str, folder: str) -> None:
    """Trains as a file of settings says, prints the scores of the development sets, and writes graphs and golden file."""
    names = names_of(plan, work)

    def sets(kind: str, part: str) -> List[Set]:
        return load([os.path.join(work, "links", name) for name in plan[kind][part]], kind == "found",
                    plan["partly"])

    vectors = Vectors(torch.tensor(np.load(os.path.join(work, "link-vectors.npy"))))
    dev = sets("found", "dev")
    found = members(plan, "found", found_loss, sets("found", "train"), dev, vectors, names)
    given = members(plan, "given", given_loss, sets("given", "train"), sets("given", "dev"), vectors, names)
    model = Ensemble(vectors, found, given).eval()
    os.makedirs(folder, exist_ok=True)
    export(model, dev[0].pairs.features.shape[1], folder)
    with open(os.path.join(folder, "golden.jsonl"), "w", encoding="utf-8", newline="\n") as out:
        for line in golden(model, dev[0].rows, plan["golden"]):
            out.write(json.dumps(line) + "\n")


def release(plan: dict, base: str, work: str, out: str) -> str:
    """The package: what `run` wrote, statistics, card and manifest."""
    import shutil
    from .export import commit
    from .release import files_of
    folder = os.path.join(out, plan["name"], plan["version"])
    if os.path.exists(folder):
        shutil.rmtree(folder)
    shutil.copytree(os.path.join(work, "parts", plan["name"]), folder)
    shutil.copyfile(os.path.join(work, "links", "statistics.tsv"), os.path.join(folder, "statistics.tsv"))
    with open(os.path.join(base, plan["card"]), encoding="utf-8") as source:
        card = source.read()
    rows = ["| data | terms |", "|---|---|"] + ["| %s | %s |" % (d["name"], d["terms"]) for d in plan["trainingData"]]
    with open(os.path.join(folder, "MODEL_CARD.md"), "w", encoding="utf-8", newline="\n") as target:
        target.write(card.replace("{{DATA}}", "\n".join(rows)))
    manifest = {"format": 1, "name": plan["name"], "version": plan["version"], "kind": "linker",
                "description": plan["description"], "licence": plan["licence"], "terms": plan["terms"],
                "trainingData": plan["trainingData"], "commit": commit(), "files": files_of(folder),
                "linker": {"features": names_of(plan, work), "tokens": TOKENS, "vector": 64, "vocabulary": VOCABULARY,
                           "thresholds": plan["thresholds"], "scorer": "scorer.onnx", "describer": "describer.onnx",
                           "statistics": "statistics.tsv"}}
    with open(os.path.join(folder, "manifest.json"), "w", encoding="utf-8", newline="\n") as target:
        json.dump(manifest, target, ensure_ascii=False, indent=1)
        target.write("\n")
    return folder

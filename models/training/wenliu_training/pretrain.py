"""Pretraining on plain text.

Objective "context": predict each character from the forward state before it and the backward state behind it; every
position is a target and nothing is masked, which is what a CPU can afford. Objective "masked": hide 15 % of the
characters, in runs of one or two, and predict them from any encoder; meant for a GPU. Both score a target against the
characters of its batch and a sample of the others, each logit lowered by the log of the chance that its character is
among them [1].

[1] Jean et al.: On Using Very Large Target Vocabulary for Neural Machine Translation, 2015.

The rate follows a cosine over elapsed time (wall, CPU seconds or steps), so that a short run ends annealed as well as a
long one. Checkpoints every minute; the same command resumes.
"""

import json
import math
import os
import time

import numpy
import torch
from torch import nn
from torch.nn import functional

from .encoder import ContextEncoder, LeadingFeatures, Recurrent, build_encoder
from .processor import multiplies_low_precision
from .tables import log
from .vectors import read_table, read_vocabulary


class Tables(nn.Module):
    """The frozen vectors of characters and bigrams on the device, and the bigram of two characters."""

    def __init__(self, work: str):
        super().__init__()
        folder = os.path.join(work, "tables")
        self.vocabulary = read_vocabulary(os.path.join(folder, "chars.txt"))
        self.register_buffer("characters", torch.from_numpy(read_table(os.path.join(folder, "chars.i8"))), False)
        self.register_buffer("bigrams", torch.from_numpy(read_table(os.path.join(folder, "bigrams.i8"))), False)
        size = len(self.vocabulary)
        pairs = numpy.zeros(size * size, numpy.int32)
        row_of = {key: row for row, key in enumerate(self.vocabulary)}
        single = {key: row for key, row in row_of.items() if len(key) == 1}
        for row, key in enumerate(read_vocabulary(os.path.join(folder, "bigrams.txt"))):
            if len(key) == 2 and key[0] in single and key[1] in single:
                pairs[single[key[0]] * size + single[key[1]]] = row
        self.register_buffer("pairs", torch.from_numpy(pairs), False)

    def forward(self, codes: torch.Tensor) -> torch.Tensor:
        """codes [batch, length] to features [batch, length, characters + bigrams]; the last bigram is unknown."""
        pair = codes[:, :-1] * len(self.vocabulary) + codes[:, 1:]
        bigrams = functional.pad(functional.embedding(self.pairs[pair].long(), self.bigrams), (0, 0, 0, 1))
        return torch.cat([functional.embedding(codes, self.characters), bigrams], 2)


class ContextModel(nn.Module):
    """Context encoder with the layer that names the character between its two sides."""

    def __init__(self, characters: int, bigrams: int, width: int, bottleneck: int, vocabulary: int):
        super().__init__()
        self.encoder = ContextEncoder(characters, bigrams, width)
        self.mix = nn.Linear(2 * width, bottleneck)
        self.output = nn.Linear(bottleneck, vocabulary)

    def forward(self, features, lengths, candidates, low_precision: bool):
        """Logits of the candidate characters, [batch * length, candidates]."""
        hidden = self.encoder(features, lengths)
        width = hidden.shape[2] // 2
        before = functional.pad(hidden[:, :-1, :width], (0, 0, 1, 0))
        behind = functional.pad(hidden[:, 1:, width:], (0, 0, 0, 1))
        both = torch.cat([before, behind], 2).flatten(0, 1)
        with torch.autocast(features.device.type, torch.bfloat16, enabled=low_precision):
            mixed = functional.gelu(self.mix(both))
            return functional.linear(mixed, self.output.weight[candidates], self.output.bias[candidates])


class MaskedModel(nn.Module):
    """Any encoder over features with holes, and the layer that names what was in them."""

    def __init__(self, kind: str, features: int, width: int, layers: int, bottleneck: int, vocabulary: int):
        super().__init__()
        self.encoder = build_encoder(kind, features, width, width, layers, dropout=0.0)
        self.hole = nn.Parameter(torch.randn(features) * 0.1)
        self.mix = nn.Linear(self.encoder.width, bottleneck)
        self.output = nn.Linear(bottleneck, vocabulary)

    def forward(self, features, lengths, holes, candidates, low_precision: bool):
        # A bigram also shows the character behind its position: hide the whole position before a hole.
        touched = (holes | functional.pad(holes[:, 1:], (0, 1))).unsqueeze(-1)
        with torch.autocast(features.device.type, torch.bfloat16, enabled=low_precision):
            hidden = self.encoder(torch.where(touched, self.hole, features), lengths)
            mixed = functional.gelu(self.mix(hidden[holes]))
            return functional.linear(mixed, self.output.weight[candidates], self.output.bias[candidates])


def make_holes(codes: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    first = torch.rand(codes.shape, generator=generator) < 0.1
    longer = first & (torch.rand(codes.shape, generator=generator) < 0.5)
    return (first | functional.pad(longer[:, :-1], (1, 0))).to(codes.device)


class Windows:
    """Windows of a fixed length that start where a sentence starts; the last thousandth of the text is for testing."""

    def __init__(self, work: str, length: int, seed: int):
        self.codes = numpy.load(os.path.join(work, "text", "codes.npy"), mmap_mode="r")
        starts = numpy.load(os.path.join(work, "text", "starts.npy"))
        starts = starts[starts < len(self.codes) - length]
        generator = numpy.random.RandomState(seed)
        generator.shuffle(starts)
        held = len(starts) // 1000 + 1
        self.test, self.train, self.length = starts[:held], starts[held:], length

    def batch(self, starts: numpy.ndarray) -> torch.Tensor:
        return torch.from_numpy(self.codes[starts[:, None] + numpy.arange(self.length)].astype(numpy.int64))


class Candidates:
    """Which characters a batch is scored against, and the log of the chance of each to be among them."""

    def __init__(self, windows: Windows, vocabulary: int, targets: int, sampled: int, seed: int):
        sample = windows.codes[:4_000_000]
        share = numpy.bincount(sample, minlength=vocabulary) + 1.0
        share /= share.sum()
        smooth = share ** 0.75 / (share ** 0.75).sum()
        self.draw = torch.from_numpy(smooth)
        self.sampled = sampled
        self.generator = torch.Generator().manual_seed(seed)
        missed = targets * numpy.log1p(-share) + sampled * numpy.log1p(-smooth)
        self.log_chance = torch.from_numpy(numpy.log(-numpy.expm1(missed))).float()
        self.row_of = torch.zeros(vocabulary, dtype=torch.int64)

    def choose(self, targets: torch.Tensor):
        """The candidates [c], and for each target its place among them."""
        drawn = torch.multinomial(self.draw, self.sampled, True, generator=self.generator)
        chosen = torch.unique(torch.cat([targets.cpu(), drawn]))
        self.row_of[chosen] = torch.arange(len(chosen))
        return chosen, self.row_of[targets.cpu()]


class Progress:
    """How far a run is between 0 and 1, by wall time, CPU time or steps, carried across restarts."""

    def __init__(self, clock: str, total: float):
        self.clock, self.total, self.before, self.steps = clock, total, 0.0, 0
        self.begun = self.now()

    def now(self) -> float:
        return time.process_time() if self.clock == "cpu" else time.time()

    def spent(self) -> float:
        return float(self.steps) if self.clock == "steps" else self.before + self.now() - self.begun

    def fraction(self) -> float:
        return min(1.0, self.spent() / self.total)

    def resume(self, spent: float, steps: int) -> None:
        self.before, self.steps, self.begun = spent, steps, self.now()


def save(path: str, state: dict) -> None:
    torch.save(state, path + ".part")
    os.replace(path + ".part", path)


def pretrain(work: str, name: str = "context", objective: str = "context", kind: str = "bilstm", width: int = 256,
             layers: int = 6, bottleneck: int = 192, batch: int = 64, length: int = 72, rate: float = 3e-3,
             clock: str = "wall", total: float = 3000.0, device: str = "cpu", seed: int = 7) -> str:
    """Trains until the clock has run out; returns the path of the checkpoint with the encoder."""
    torch.manual_seed(seed)
    cuda = device.startswith("cuda")
    low_precision = cuda or torch.backends.mkldnn.is_available()
    tables = Tables(work).to(device)
    vocabulary = len(tables.vocabulary)
    sizes = tables.characters.shape[1], tables.bigrams.shape[1]
    if objective == "context":
        model = ContextModel(*sizes, width, bottleneck, vocabulary).to(device)
    else:
        model = MaskedModel(kind, sum(sizes), width, layers, bottleneck, vocabulary).to(device)
    if not cuda and multiplies_low_precision():
        Recurrent.lower(model)
    extra = {"fused": True} if cuda else {}
    optimizer = torch.optim.AdamW(model.parameters(), rate, (0.9, 0.98), weight_decay=0.01, **extra)
    windows = Windows(work, length, seed)
    progress = Progress(clock, total)
    folder = os.path.join(work, "pretrained")
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, name + ".pt")
    if os.path.exists(path):
        state = torch.load(path, map_location=device)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        progress.resume(state["spent"], state["steps"])
        log("resumed at step %d", progress.steps)
    holes_of = torch.Generator().manual_seed(seed)

    everything = torch.arange(vocabulary, device=device)
    candidates = Candidates(windows, vocabulary, batch * length * (20 if objective == "context" else 3) // 20, 512, seed)

    def loss_of(codes: torch.Tensor, exact: bool) -> torch.Tensor:
        codes = codes.to(device)
        features = tables(codes)
        lengths = torch.full((codes.shape[0],), codes.shape[1], dtype=torch.int32, device=device)
        holes = make_holes(codes, holes_of) if objective == "masked" else torch.ones_like(codes, dtype=torch.bool)
        targets = codes[holes]
        chosen, places = (everything, targets) if exact else candidates.choose(targets)
        chosen, places = chosen.to(device), places.to(device)
        arguments = (features, lengths) + ((holes,) if objective == "masked" else ())
        logits = model(*arguments, chosen, low_precision).float()
        if not exact:
            logits = logits - candidates.log_chance[chosen.cpu()].to(device)
        return functional.cross_entropy(logits[targets > 0], places[targets > 0])

    state_of = lambda: {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "spent": progress.spent(),
                        "steps": progress.steps, "objective": objective, "kind": kind, "width": width,
                        "layers": layers, "sizes": sizes, "seed": seed}
    saved, reported, recent = time.time(), progress.steps, []
    order = numpy.random.RandomState(seed + progress.steps)
    while progress.fraction() < 1.0:
        done = progress.fraction()
        warm = min(1.0, (progress.steps + 1) / 100)
        for group in optimizer.param_groups:
            group["lr"] = rate * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done)))
        starts = windows.train[order.randint(0, len(windows.train), batch)]
        loss = loss_of(windows.batch(starts), exact=False)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        progress.steps += 1
        recent.append(loss.item())
        if time.time() - saved > 60:
            save(path, state_of())
            record = {"spent": round(progress.spent(), 1), "steps": progress.steps,
                      "characters": progress.steps * batch * length, "loss": round(sum(recent) / len(recent), 4),
                      "rate": optimizer.param_groups[0]["lr"]}
            log(json.dumps(record))
            saved, reported, recent = time.time(), progress.steps, []
    save(path, state_of())
    model.eval()
    with torch.no_grad():
        losses = [loss_of(windows.batch(windows.test[i:i + batch]), exact=True).item()
                  for i in range(0, min(len(windows.test), 32 * batch), batch)]
    log(json.dumps({"steps": progress.steps, "testLoss": round(sum(losses) / len(losses), 4)}))
    return path


def load_context(path: str) -> nn.Module:
    """The pretrained encoder of a checkpoint, for features that begin with characters and bigrams."""
    state = torch.load(path, map_location="cpu")
    if state.get("objective", "context") == "context":
        encoder = ContextEncoder(*state["sizes"], state["width"])
    else:
        encoder = build_encoder(state["kind"], sum(state["sizes"]), state["width"], state["width"], state["layers"], 0.0)
    prefix = "encoder."
    encoder.load_state_dict({name[len(prefix):]: value for name, value in state["model"].items()
                             if name.startswith(prefix)})
    return encoder if isinstance(encoder, ContextEncoder) else LeadingFeatures(encoder, sum(state["sizes"]))

"""An encoder with a head per scheme."""

from typing import Dict, Optional

import torch
from torch import nn
from torch.nn import functional

from .encoder import build_encoder, mask_of


class HalfPointerHead(nn.Module):
    """Start and end logits of each label: [batch, length, 2 * labels], label t at columns 2t and 2t + 1."""

    def __init__(self, width: int, labels: int):
        super().__init__()
        self.linear = nn.Linear(width, 2 * labels)
        nn.init.constant_(self.linear.bias, -4.0)  # spans are rare

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        return self.linear(hidden)

    def loss(self, logits, targets, lengths, annotated):
        """targets [batch, length, 2 * labels] in {0, 1}; annotated [batch, labels]: whose truth is known."""
        weight = mask_of(lengths, logits.shape[1]) * annotated.repeat_interleave(2, dim=1).unsqueeze(1)
        losses = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none") * weight
        return losses.sum() / lengths.sum()


class CrfHead(nn.Module):
    """Linear-chain conditional random field over BIO tags [1]; tag 0 is O, label t has 1 + 2t (B) and 2 + 2t (I).

    [1] Lafferty, McCallum, Pereira: Conditional Random Fields, 2001.
    """

    def __init__(self, width: int, labels: int):
        super().__init__()
        self.tags = 1 + 2 * labels
        self.linear = nn.Linear(width, self.tags)
        self.transitions = nn.Parameter(torch.zeros(self.tags, self.tags))
        self.starts, self.ends = nn.Parameter(torch.zeros(self.tags)), nn.Parameter(torch.zeros(self.tags))
        with torch.no_grad():
            for label in range(labels):  # an inside tag follows its own begin or inside only
                inside = 2 + 2 * label
                self.transitions[:, inside] = -5.0
                self.transitions[inside - 1:inside + 1, inside] = 1.0
                self.starts[inside] = -5.0

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        return self.linear(hidden)

    def loss(self, emissions, tags, lengths, annotated):
        """tags [batch, length]; the negative log likelihood a position. Labels without annotation cannot be masked here."""
        batch, length, _ = emissions.shape
        rows = torch.arange(batch)
        score = self.starts[tags[:, 0]] + emissions[rows, 0, tags[:, 0]]
        total = self.starts + emissions[:, 0]
        for place in range(1, length):
            valid = place < lengths
            step = emissions[rows, place, tags[:, place]] + self.transitions[tags[:, place - 1], tags[:, place]]
            score = torch.where(valid, score + step, score)
            paths = torch.logsumexp(total.unsqueeze(2) + self.transitions, dim=1) + emissions[:, place]
            total = torch.where(valid.unsqueeze(1), paths, total)
        score = score + self.ends[tags[rows, lengths.long() - 1]]
        return (torch.logsumexp(total + self.ends, dim=1) - score).sum() / lengths.sum()


class Extractor(nn.Module):
    def __init__(self, features: int, heads: Dict[str, int], encoder: str = "bilstm", head: str = "half-pointer",
                 width: int = 128, projection: int = 128, layers: int = 6, dropout: float = 0.3,
                 context: Optional[nn.Module] = None):
        super().__init__()
        self.encoder = build_encoder(encoder, features, width, projection, layers, dropout, context)
        make = {"half-pointer": HalfPointerHead, "crf": CrfHead}[head]
        self.heads = nn.ModuleDict({name: make(self.encoder.width, labels) for name, labels in heads.items()})

    def forward(self, features: torch.Tensor, lengths: torch.Tensor, head: str) -> torch.Tensor:
        return self.heads[head](self.encoder(features, lengths))


class Averages:
    """Exponential moving average of the weights, with a ramp so that the first steps do not linger."""

    def __init__(self, module: nn.Module, decay: float = 0.999):
        self.decay, self.steps = decay, 0
        self.values = {name: value.detach().clone() for name, value in module.state_dict().items()}

    def update(self, module: nn.Module) -> None:
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            for name, value in module.state_dict().items():
                self.values[name].lerp_(value, 1 - decay)

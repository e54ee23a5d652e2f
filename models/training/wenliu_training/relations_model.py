"""Relations as P(subject) * P(object, predicate | subject), after the seed (kexue.fm, article 6671).

The encoder reads a sentence once. Two columns over its states mark where subjects start and end; for each subject a
small network reads the states again, conditioned on the subject, and marks for every predicate where its objects
start and end. Several subjects, objects and predicates of one sentence come out, overlapping ones too.

Shapes: features [B, L, D], lengths [B], hidden [B, L, H], subjects [B, L, 2] logits; for M subjects, each the span
start..end (inclusive) of sentence row: objects [M, L, 2 * predicates] logits. Padding never reaches a valid position.
"""
import torch
from torch import nn

from .encoder import GatedConvolution, Recurrent, mask_of

# Rare positives: logits start where almost everything is silent, objects (a column pair a predicate) above all.
SILENT, SILENT_OBJECTS = -4.0, -6.0
# Where a gate starts that lets hardly anything through.
SHUT = -3.0


class WholeRowDropout(nn.Module):
    """Drops a column of a row at all its positions, or at none [1]; on a CPU far cheaper than a draw a position.

    [1] Gal, Ghahramani: A Theoretically Grounded Application of Dropout in Recurrent Neural Networks, 2016.
    """

    def __init__(self, share):
        super().__init__()
        self.share = share

    def forward(self, x):
        if not self.training or self.share == 0:
            return x
        keep = (torch.rand(x.shape[0], 1, x.shape[2], device=x.device) >= self.share).float()
        return x * (keep / (1.0 - self.share))


class ObjectHead(nn.Module):
    """Objects and predicates of a given subject.

    States are scaled and shifted by the subject (its first and its last state) and told their distance to both of its
    ends; then a recurrent layer or gated convolutions carry what stands between subject
    and object; then one column pair a predicate.
    """

    def __init__(self, hidden, predicates, width=128, layer="convolution", dilations=(1, 2), reach=48, dropout=0.3):
        super().__init__()
        self.reach = reach
        self.project = nn.Linear(hidden, width)
        self.condition = nn.Linear(2 * hidden, 2 * width)
        self.from_start = nn.Embedding(2 * reach + 1, width)
        self.from_end = nn.Embedding(2 * reach + 1, width)
        for embedding in (self.from_start, self.from_end):
            nn.init.normal_(embedding.weight, std=0.1)
        self.layer = layer
        if layer == "recurrent":
            self.recurrent = Recurrent(width, width)
            out = 2 * width
        elif layer == "convolution":
            self.convolutions = nn.ModuleList(GatedConvolution(width, dilation, 0.1) for dilation in dilations)
            for convolution in self.convolutions[2:]:  # changes little at first, whatever it is put on
                nn.init.constant_(convolution.linear.bias[width:], SHUT)
            out = width
        else:
            raise ValueError("layer: " + layer)
        self.dropout = WholeRowDropout(dropout)
        self.columns = nn.Linear(out + width, 2 * predicates)
        nn.init.constant_(self.columns.bias, SILENT_OBJECTS)

    def forward(self, hidden, lengths, row, start, end):
        size = hidden.shape[1]
        own = lengths.index_select(0, row)
        scale, shift = self._condition(hidden, row * size + start, row * size + end).unsqueeze(1).chunk(2, dim=2)
        at = torch.arange(size, device=hidden.device)[None, :]
        x = self.project(hidden).index_select(0, row) * (1.0 + scale) + shift
        x = x + self.from_start(self._distance(at, start)) + self.from_end(self._distance(at, end))
        mask = mask_of(own, size)
        x = torch.tanh(x) * mask
        if self.layer == "recurrent":
            y = self.recurrent(self.dropout(x), own) * mask
        else:
            y = x
            for convolution in self.convolutions:
                y = convolution(y, mask)
        return self.columns(self.dropout(torch.cat([y, x], dim=2)))

    def _condition(self, hidden, first, last):
        """What a subject does to the states, [M, 2 * width], from its first and last state."""
        flat = hidden.reshape(-1, hidden.shape[2])
        ends = torch.cat([flat.index_select(0, first), flat.index_select(0, last)], dim=1)
        if torch.onnx.is_in_onnx_export():
            # A product with one row may round otherwise than the same row among others: never have just one.
            return self.condition(torch.cat([ends, ends], dim=0))[:ends.shape[0]]
        return self.condition(ends)

    def _distance(self, at, position):
        return (at - position[:, None]).clamp(-self.reach, self.reach) + self.reach


class RelationModel(nn.Module):
    """Encoder, subject columns, object head; and, in training only, columns for the types of all annotated strings."""

    def __init__(self, encoder, predicates, types=0, width=128, layer="convolution", dilations=(1, 2), dropout=0.3):
        super().__init__()
        self.encoder = encoder
        hidden = encoder.width
        self.subjects = nn.Linear(hidden, 2)
        nn.init.constant_(self.subjects.bias, SILENT)
        self.types = nn.Linear(hidden, 2 * types) if types else None
        if types:
            nn.init.constant_(self.types.bias, SILENT)
        self.objects = ObjectHead(hidden, predicates, width, layer, dilations, dropout=dropout)

    def encode(self, features, lengths, context=None):
        """hidden, subject logits; context: what a frozen pretrained encoder said to these features before."""
        hidden = self.encoder(features, lengths) if context is None else self.encoder(features, lengths, context)
        return hidden, self.subjects(hidden)

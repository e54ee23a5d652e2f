"""Encoders: dense features [batch, length, features] and lengths [batch] to hidden states [batch, length, width].

What stands behind the end of a row never reaches its positions: recurrences run over the row's own length (in ONNX by
sequence_lens), convolutions and attention see zeros and masks there.
"""

import math
from typing import Optional

import torch
from torch import nn
from torch.nn import functional


def mask_of(lengths: torch.Tensor, length: int) -> torch.Tensor:
    """1.0 at positions of the text, 0.0 in the padding: [batch, length, 1]."""
    places = torch.arange(length, dtype=lengths.dtype, device=lengths.device)
    return (places[None, :] < lengths[:, None]).to(torch.float32).unsqueeze(-1)


def reverse(values: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """Each row backwards within its own length; its own inverse."""
    places = torch.arange(values.shape[1], device=values.device)
    index = (lengths.long()[:, None] - 1 - places[None, :])
    index = torch.where(index < 0, places[None, :].expand_as(index), index)
    return values.gather(1, index.unsqueeze(-1).expand(-1, -1, values.shape[2]))


class LongShortTermMemory(torch.autograd.Function):
    """The ONNX operator LSTM with sequence_lens: x [length, batch, inputs] to y [length, directions, batch, width].

    Exists for export only; the numbers of its forward are never used.
    """

    @staticmethod
    def forward(context, inputs, weights, recurrent, bias, lengths, width, direction):
        return inputs.new_zeros(inputs.shape[0], weights.shape[0], inputs.shape[1], width)

    @staticmethod
    def symbolic(graph, inputs, weights, recurrent, bias, lengths, width, direction):
        result = graph.op("LSTM", inputs, weights, recurrent, bias, lengths, hidden_size_i=width, direction_s=direction,
                          outputs=1)
        sizes = inputs.type().sizes()
        directions = 2 if direction == "bidirectional" else 1
        if sizes is not None:
            result.setType(inputs.type().with_sizes([sizes[0], directions, sizes[1], width]))
        return result


def onnx_gates(values: torch.Tensor) -> torch.Tensor:
    """Gates from the order of torch (input, forget, cell, output) to that of ONNX (input, output, forget, cell)."""
    entry, forget, cell, output = values.chunk(4, dim=0)
    return torch.cat([entry, output, forget, cell], dim=0)


class Recurrent(nn.Module):
    """A long short-term memory in each direction; the backward one may read other inputs than the forward one.

    low_precision: in training, states and products in bfloat16 (weights stay float32), for hardware that is fast at it.
    """

    def __init__(self, inputs: int, width: int):
        super().__init__()
        self.width = width
        self.frozen = None
        self.low_precision = False
        self.onward = nn.LSTM(inputs, width, batch_first=True)
        self.backward_ = nn.LSTM(inputs, width, batch_first=True)
        for cell in (self.onward, self.backward_):
            for name, parameter in cell.named_parameters():
                if name.startswith("weight_hh"):
                    for gate in parameter.chunk(4, dim=0):
                        nn.init.orthogonal_(gate)
                elif name.startswith("weight_ih"):
                    nn.init.xavier_uniform_(parameter)
                else:
                    nn.init.zeros_(parameter)
                    if name.startswith("bias_ih"):
                        with torch.no_grad():
                            parameter[width:2 * width] = 1.0  # forget nothing at first

    def forward(self, inputs: torch.Tensor, lengths: torch.Tensor, other: Optional[torch.Tensor] = None):
        if self.frozen is not None:
            return self.exported(inputs, lengths, other)
        onward = self._run(self.onward, inputs)
        backward = self._run(self.backward_, reverse(inputs if other is None else other, lengths))
        return torch.cat([onward, reverse(backward, lengths)], dim=2)

    @staticmethod
    def lower(module: nn.Module) -> None:
        """Lets all recurrences of a module train in low precision."""
        for part in module.modules():
            if isinstance(part, Recurrent):
                part.low_precision = True

    def _run(self, cell: nn.LSTM, inputs: torch.Tensor) -> torch.Tensor:
        if not (self.low_precision and self.training):
            return cell(inputs.float())[0]
        states = inputs.new_zeros(1, inputs.shape[0], self.width, dtype=torch.bfloat16)
        weights = [weight.bfloat16() for weight in cell._flat_weights]
        return torch._VF.lstm(inputs.bfloat16(), (states, states), weights, True, 1, 0.0, self.training, False,
                              True)[0]

    def freeze(self) -> None:
        """Makes the next forward an ONNX operator with constant weights; for export only."""
        with torch.no_grad():
            self.frozen = [self.weights(cell) for cell in (self.onward, self.backward_)]

    def exported(self, inputs, lengths, other):
        if other is None:
            weights, recurrent, bias = (torch.stack(part) for part in zip(*self.frozen))
            y = LongShortTermMemory.apply(inputs.transpose(0, 1), weights, recurrent, bias, lengths, self.width,
                                          "bidirectional")
            y = y.permute(2, 0, 1, 3)  # batch, length, direction, width
            return y.reshape(y.shape[0], y.shape[1], 2 * self.width)
        results = []
        for frozen, values, direction in zip(self.frozen, (inputs, other), ("forward", "reverse")):
            weights, recurrent, bias = (part.unsqueeze(0) for part in frozen)
            y = LongShortTermMemory.apply(values.transpose(0, 1), weights, recurrent, bias, lengths, self.width,
                                          direction)
            results.append(y.squeeze(1).transpose(0, 1))
        return torch.cat(results, dim=2)

    @staticmethod
    def weights(cell: nn.LSTM):
        bias = torch.cat([onnx_gates(cell.bias_ih_l0), onnx_gates(cell.bias_hh_l0)])
        return [onnx_gates(cell.weight_ih_l0).clone(), onnx_gates(cell.weight_hh_l0).clone(), bias]


class ContextEncoder(nn.Module):
    """What is pretrained on plain text: two recurrences that know only what lies on their own side [1].

    The forward state of position t has seen the characters up to t, the backward state those from t on. A bigram feature
    of position t holds the character t + 1, so the forward side reads the bigram of the position before.

    [1] Melamud, Goldberger, Dagan: context2vec, 2016.
    """

    def __init__(self, characters: int, bigrams: int, width: int):
        super().__init__()
        self.characters, self.bigrams, self.width = characters, bigrams, 2 * width
        self.recurrent = Recurrent(characters + bigrams, width)

    def forward(self, features: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        characters = features[:, :, :self.characters]
        bigrams = features[:, :, self.characters:self.characters + self.bigrams]
        before = functional.pad(bigrams[:, :-1], (0, 0, 1, 0))
        return self.recurrent(torch.cat([characters, before], 2), lengths, torch.cat([characters, bigrams], 2))


class LeadingFeatures(nn.Module):
    """An encoder pretrained on the first blocks (characters and bigrams), put before features that have more."""

    def __init__(self, encoder: nn.Module, features: int):
        super().__init__()
        self.encoder, self.features, self.width = encoder, features, encoder.width

    def forward(self, features: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        return self.encoder(features[:, :, :self.features], lengths)


class BiLstmEncoder(nn.Module):
    """Features through a linear layer into one recurrence in both directions."""

    def __init__(self, features: int, width: int, projection: int, dropout: float):
        super().__init__()
        self.projection = nn.Linear(features, projection)
        self.recurrent = Recurrent(projection, width)
        self.dropout = nn.Dropout(dropout)
        self.width = 2 * width

    def forward(self, features, lengths):
        projected = self.projection(self.dropout(features))
        return self.dropout(self.recurrent(projected, lengths))


class PretrainedEncoder(nn.Module):
    """The pretrained context beside the features, read by a recurrence of the task."""

    def __init__(self, features: int, width: int, projection: int, dropout: float, context: nn.Module):
        super().__init__()
        self.context = context
        self.projection = nn.Linear(features + context.width, projection)
        self.recurrent = Recurrent(projection, width)
        self.dropout = nn.Dropout(dropout)
        self.width = 2 * width

    def forward(self, features, lengths, context=None):
        """context: what the pretrained encoder says to these features, where it stays as it is and was asked before."""
        both = torch.cat([features, self.context(features, lengths) if context is None else context], 2)
        return self.dropout(self.recurrent(self.projection(self.dropout(both)), lengths))


class GatedConvolution(nn.Module):
    """x + sigmoid(g) (tanh-free value - x) of a dilated convolution of three taps, written as one matrix product [2].

    [2] Dauphin et al.: Language Modeling with Gated Convolutional Networks, 2017; residual form of kexue.fm 5409.
    """

    def __init__(self, width: int, dilation: int, dropout: float):
        super().__init__()
        self.dilation = dilation
        self.linear = nn.Linear(3 * width, 2 * width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, inputs, mask):
        d = self.dilation
        before = functional.pad(inputs, (0, 0, d, 0))[:, :inputs.shape[1]]
        after = functional.pad(inputs, (0, 0, 0, d))[:, d:]
        value, gate = self.linear(torch.cat([before, inputs, after], 2)).chunk(2, dim=2)
        gate = torch.sigmoid(self.dropout(gate))
        return (inputs * (1 - gate) + value * gate) * mask


class SelfAttention(nn.Module):
    """Scaled dot products between the positions of a row [3], in several heads.

    [3] Vaswani et al.: Attention Is All You Need, 2017.
    """

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.inputs = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)

    def forward(self, inputs, mask):
        batch, length, width = inputs.shape
        parts = self.inputs(inputs).reshape(batch, length, 3, self.heads, width // self.heads)
        query, key, value = (parts[:, :, i].transpose(1, 2) for i in range(3))
        scores = query @ key.transpose(2, 3) / math.sqrt(width // self.heads)
        scores = scores + (mask.transpose(1, 2).unsqueeze(1) - 1.0) * 1e4
        mixed = torch.softmax(scores, dim=-1) @ value
        return self.output(mixed.transpose(1, 2).reshape(batch, length, width))


class DgcnnEncoder(nn.Module):
    """The seed of the project (kexue.fm 6671): twelve gated dilated convolutions and self-attention."""

    DILATIONS = (1, 2, 5, 1, 2, 5, 1, 2, 5, 1, 1, 1)

    def __init__(self, features: int, width: int, dropout: float):
        super().__init__()
        self.projection = nn.Linear(features, width)
        self.layers = nn.ModuleList(GatedConvolution(width, dilation, 0.1) for dilation in self.DILATIONS)
        self.attention = SelfAttention(width, 4)
        self.dropout = nn.Dropout(dropout)
        self.width = 2 * width

    def forward(self, features, lengths):
        mask = mask_of(lengths, features.shape[1])
        hidden = self.projection(self.dropout(features)) * mask
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return self.dropout(torch.cat([hidden, self.attention(hidden, mask)], 2))


class ConvolutionBiLstmEncoder(nn.Module):
    """Two gated convolutions below the recurrence."""

    def __init__(self, features: int, width: int, projection: int, dropout: float):
        super().__init__()
        self.projection = nn.Linear(features, projection)
        self.layers = nn.ModuleList(GatedConvolution(projection, dilation, 0.1) for dilation in (1, 2))
        self.recurrent = Recurrent(projection, width)
        self.dropout = nn.Dropout(dropout)
        self.width = 2 * width

    def forward(self, features, lengths):
        mask = mask_of(lengths, features.shape[1])
        hidden = self.projection(self.dropout(features)) * mask
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return self.dropout(self.recurrent(hidden, lengths))


class TransformerLayer(nn.Module):
    def __init__(self, width: int, dropout: float):
        super().__init__()
        self.first, self.second = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = SelfAttention(width, width // 64 if width >= 128 else 2)
        self.expand, self.contract = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden, mask):
        hidden = hidden + self.dropout(self.attention(self.first(hidden), mask))
        return hidden + self.dropout(self.contract(functional.gelu(self.expand(self.second(hidden)))))


class TransformerEncoder(nn.Module):
    """Pre-norm transformer with learnt positions."""

    def __init__(self, features: int, width: int, layers: int, dropout: float, longest: int = 512):
        super().__init__()
        self.projection = nn.Linear(features, width)
        self.places = nn.Parameter(torch.randn(longest, width) * 0.02)
        self.layers = nn.ModuleList(TransformerLayer(width, dropout) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.dropout = nn.Dropout(dropout)
        self.width = width

    def forward(self, features, lengths):
        mask = mask_of(lengths, features.shape[1])
        hidden = self.projection(self.dropout(features)) + self.places[:features.shape[1]]
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return self.dropout(self.norm(hidden))


def build_encoder(kind: str, features: int, width: int = 128, projection: int = 128, layers: int = 6,
                  dropout: float = 0.3, context: Optional[nn.Module] = None) -> nn.Module:
    if kind == "pretrained":
        if context is None:
            raise ValueError("the encoder 'pretrained' needs a pretrained context encoder")
        return PretrainedEncoder(features, width, projection, dropout, context)
    if kind == "bilstm":
        return BiLstmEncoder(features, width, projection, dropout)
    if kind == "dgcnn":
        return DgcnnEncoder(features, width, dropout)
    if kind == "conv-bilstm":
        return ConvolutionBiLstmEncoder(features, width, projection, dropout)
    if kind == "transformer":
        return TransformerEncoder(features, width, layers, dropout)
    raise ValueError("unknown encoder %r: expected bilstm, pretrained, dgcnn, conv-bilstm or transformer" % kind)

"""Trained models to ONNX graphs (opset 17) with static int8 weights.

Weights are rounded to int8 with one scale a row before anything is measured, and stand in the file as int8 behind Cast
and Mul, which ONNX Runtime folds when it loads the file: a quarter of the size at the speed and with the bits of float32.
(DequantizeLinear would be kept, and fused into products that round the activations too.) Activations are never quantised, so an answer does not depend on its neighbours in the batch.
"""

import copy
import json
import os
import subprocess
from typing import Dict, List, Optional, Sequence

import numpy
import onnx
import torch
from onnx import helper, numpy_helper
from torch import nn

from .encoder import Recurrent
from .evaluate import LONGEST_SPAN
from .tables import log
from .vectors import quantise

OPSET = 17
SMALLEST = 2_048  # smaller constants stay float32


def round_weights(module: nn.Module) -> nn.Module:
    """A copy whose matrices hold only values that int8 with a scale a row can hold."""
    rounded = copy.deepcopy(module)
    with torch.no_grad():
        for parameter in rounded.parameters():
            if parameter.dim() == 2 and parameter.numel() >= SMALLEST:
                scale, values = quantise(parameter.numpy())
                parameter.copy_(torch.from_numpy(scale[:, None] * values.astype(numpy.float32)))
    return rounded


def export_graph(module: nn.Module, path: str, inputs: Dict[str, torch.Tensor], outputs: Sequence[str],
                 axes: Dict[str, Dict[int, str]]) -> None:
    """Writes one graph. The module's matrices should have gone through round_weights; trace with a batch of 2 or more."""
    module = copy.deepcopy(module).eval()
    for part in module.modules():
        if isinstance(part, Recurrent):
            part.freeze()
    for parameter in module.parameters():
        parameter.requires_grad_(False)
    with torch.no_grad():
        torch.onnx.export(module, tuple(inputs.values()), path, input_names=list(inputs), output_names=list(outputs),
                          dynamic_axes=axes, opset_version=OPSET, do_constant_folding=True, verbose=False)
    graph = onnx.load(path)
    shrink(graph.graph)
    del graph.graph.value_info[:]
    onnx.checker.check_model(graph)
    onnx.save(graph, path)


def shrink(graph) -> None:
    """Float constants that are int8 times a scale a row (or a column) become just that."""
    for node in list(graph.node):  # constants that tracing left as nodes
        if node.op_type == "Constant" and node.attribute[0].name == "value":
            tensor = node.attribute[0].t
            if tensor.data_type == onnx.TensorProto.FLOAT and numpy.prod(tensor.dims) >= SMALLEST:
                tensor = onnx.TensorProto.FromString(tensor.SerializeToString())
                tensor.name = node.output[0]
                graph.initializer.append(tensor)
                graph.node.remove(node)
    extra = []
    for tensor in list(graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.dtype != numpy.float32 or values.size < SMALLEST or values.ndim < 2:
            continue
        found = as_rows(values.reshape(-1, values.shape[-1]))
        axis = 0
        if found is None and values.ndim == 2:
            found = as_rows(values.T)
            axis = 1
            found = None if found is None else (found[0], found[1].T)
        if found is None:
            continue
        scale, numbers = found
        name = tensor.name
        flat = values.ndim == 2
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(numpy.ascontiguousarray(numbers), name + ".int8"))
        scale = scale[:, None] if axis == 0 else scale[None, :]
        graph.initializer.append(numpy_helper.from_array(scale, name + ".scale"))
        extra.append(helper.make_node("Cast", [name + ".int8"], [name + ".whole"], to=onnx.TensorProto.FLOAT))
        extra.append(helper.make_node("Mul", [name + ".whole", name + ".scale"], [name if flat else name + ".rows"]))
        if not flat:
            graph.initializer.append(numpy_helper.from_array(numpy.array(values.shape, numpy.int64), name + ".shape"))
            extra.append(helper.make_node("Reshape", [name + ".rows", name + ".shape"], [name]))
    for node in reversed(extra):
        graph.node.insert(0, node)


def as_rows(values: numpy.ndarray):
    """Scale and int8 of a matrix whose rows are exactly that, or None."""
    scale, numbers = quantise(values)
    again = scale[:, None] * numbers.astype(numpy.float32)
    if numpy.abs(again - values).max() > 1e-6 * max(1e-3, float(numpy.abs(values).max())):
        return None
    return scale, numbers


class Exported(nn.Module):
    """One or several trained models as one graph: the mean of their logits, for each head."""

    def __init__(self, models: Sequence[nn.Module], heads: Sequence[str]):
        super().__init__()
        self.models, self.names = nn.ModuleList(models), list(heads)

    def forward(self, features: torch.Tensor, lengths: torch.Tensor):
        hidden = [model.encoder(features, lengths) for model in self.models]
        results = []
        for name in self.names:
            logits = [model.heads[name](states) for model, states in zip(self.models, hidden)]
            results.append(logits[0] if len(logits) == 1 else sum(logits) / len(logits))
        return tuple(results)

    def head(self, name: str):
        return self.models[0].heads[name]


class Single(nn.Module):
    """A head of an exported model, called as a model in training is."""

    def __init__(self, exported: Exported):
        super().__init__()
        self.exported = exported
        self.heads = exported.models[0].heads

    def forward(self, features, lengths, head):
        hidden = [model.encoder(features, lengths) for model in self.exported.models]
        return sum(m.heads[head](h) for m, h in zip(self.exported.models, hidden)) / len(hidden)


def example_inputs(width: int):
    return {"features": torch.randn(2, 16, width), "lengths": torch.tensor([16, 11], dtype=torch.int32)}


def commit() -> str:
    try:
        return subprocess.run(["git", "rev-parse", "HEAD"], cwd=os.path.dirname(os.path.abspath(__file__)), check=True,
                              capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def scheme_entry(model_file: str, output: str, labels: List[str], categories: Dict[str, str], head,
                 thresholds: Sequence[float]) -> dict:
    entry = {"task": "entities", "model": model_file, "output": output, "labels": labels, "categories": categories}
    if hasattr(head, "transitions"):
        names = ["O"] + [prefix + label for label in labels for prefix in ("B-", "I-")]
        entry.update({"decoder": "crf", "tags": names,
                      "transitions": head.transitions.detach().tolist(), "starts": head.starts.detach().tolist(),
                      "ends": head.ends.detach().tolist()})
    else:
        entry.update({"decoder": "half-pointer", "startThreshold": thresholds[0], "endThreshold": thresholds[1],
                      "maxSpan": LONGEST_SPAN})
    return entry


def export_model(work: str, data: Optional[str], names: Sequence[str], heads: Dict[str, str], part: str,
                 own: Optional[dict] = None) -> str:
    """Writes the part PART below work/parts: graph, scheme entries with thresholds and scores tuned on int8 weights.

    names: trained models whose logits are averaged; heads: scheme name in the package to head of the models;
    own: schemes that are not of the kit, by name.
    """
    from .train import load_model
    from . import golden, schemes
    loaded = [load_model(work, name) for name in names]
    models = [round_weights(model) for model, _, _ in loaded]
    features, state = loaded[0][1], loaded[0][2]
    folder = os.path.join(work, "parts", part)
    os.makedirs(folder, exist_ok=True)
    exported = Exported(models, list(heads.values())).eval()
    file = part + ".onnx"
    outputs = [scheme if len(heads) > 1 else "scores" for scheme in heads]
    axes = {"features": {0: "batch", 1: "length"}, "lengths": {0: "batch"}}
    axes.update({name: {0: "batch", 1: "length"} for name in outputs})
    export_graph(exported, os.path.join(folder, file), example_inputs(features.width), outputs, axes)
    entries, scores, lines = {}, {}, []
    for (scheme_name, head), output in zip(heads.items(), outputs):
        labels, categories = state["labels"][head], state["categories"][head]
        result = dict(state["scores"][head])
        if data:
            result = evaluate_scheme(Single(exported).eval(), features, (own or {}).get(scheme_name) or schemes.load(scheme_name),
                                     head, data)
            log("%s %s: trained %s, int8 weights %s", part, scheme_name, state["scores"][head]["f1"], result["f1"])
        entries[scheme_name] = scheme_entry(file, output, labels, categories, exported.head(head),
                                            result["thresholds"])
        scores[scheme_name] = result
        lines += golden.entity_lines(Single(exported).eval(), features, scheme_name, head, labels, categories,
                                     result["thresholds"])
    golden.write(os.path.join(folder, "golden.jsonl"), lines)
    with open(os.path.join(folder, "part.json"), "w", encoding="utf-8") as out:
        json.dump({"files": [file], "schemes": entries, "scores": scores, "models": list(names),
                   "heads": heads, "blocks": state["settings"]["blocks"]}, out, ensure_ascii=False, indent=1)
    log("%s: %d bytes", file, os.path.getsize(os.path.join(folder, file)))
    return folder


def evaluate_scheme(model, features, scheme, head: str, data: str) -> dict:
    """Scores on the development sets of a scheme, thresholds tuned on them together."""
    from .evaluate import Prepared, decode, logits_of, score, tune
    gold, logits, sets = [], [], []
    for rows in scheme.rows("dev", data):
        prepared = [Prepared(s, scheme.labels, features) for s in rows.sentences]
        found = logits_of(model, head, features, prepared)
        judged = [any(l == label for s in rows.sentences for _, _, l in s.entities) for label in scheme.labels]
        sets.append((prepared, found, judged))
        gold += [p.gold for p in prepared]
        logits += found
    everything = [any(j[i] for _, _, j in sets) for i in range(len(scheme.labels))]
    thresholds, result = tune(gold, logits, model.heads[head], scheme.labels, everything)
    result["thresholds"] = list(thresholds)
    result["judgedOn"] = " + ".join(rows_name(source) for source in scheme.dev)
    result["sets"] = [dict(score([p.gold for p in prepared], [decode(l, model.heads[head], scheme.labels, thresholds)
                                                              for l in found], judged), judgedOn=rows_name(source))
                      for (prepared, found, judged), source in zip(sets, scheme.dev)]
    return result


def rows_name(source: dict) -> str:
    name = "%s, %s" % (os.path.basename(source["set"]), source.get("file", "train"))
    return name + (", last %d rows" % -source["from"] if source.get("from", 0) < 0 else "")

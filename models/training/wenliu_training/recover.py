"""Weights of a released package as trained models, to go on training from (`start` of a run).

A graph keeps its parameters under names of the module only where the exporter left them as they were; those of
recurrences and products are found by the name of the node that reads them. Weights are those of int8: what a model was scored with.
"""

import json
import os
import re

import numpy
import onnx
import torch
from onnx import numpy_helper

from .tables import CHARACTER_DIMENSIONS, log

MEMBER = re.compile(r"(?:model\.)?models\.(\d+)\.(.+)")


def weights_of(path):
    """{name of a parameter: tensor} of the first member of an exported graph."""
    graph = onnx.load(path).graph
    constants = folded(graph)
    weights, inner = {}, []
    for name, value in constants.items():
        match = MEMBER.fullmatch(name)
        if match and match.group(1) == "0":
            weights[match.group(2)] = value
        elif match:
            inner.append(name)
    if inner:
        log("%s: the mean of several models, only the first is taken", os.path.basename(path))
    for node in graph.node:
        place = "/".join(node.output[0].strip("/").split("/")[:-1]).replace("/", ".")
        if node.op_type == "MatMul" and node.input[1] in constants:
            weights.setdefault(place + ".weight", constants[node.input[1]].T)
        elif node.op_type == "LSTM":
            directions = dict((a.name, onnx.helper.get_attribute_value(a)) for a in node.attribute)["direction"]
            sides = {b"forward": ["onward"], b"reverse": ["backward_"], b"bidirectional": ["onward", "backward_"]}
            for index, side in enumerate(sides[directions]):
                prefix = "%s.%s." % (place, side)
                first, second, bias = (constants[node.input[k]][index] for k in (1, 2, 3))
                for kind, value in (("weight_ih_l0", first), ("weight_hh_l0", second),
                                    ("bias_ih_l0", bias[:len(bias) // 2]), ("bias_hh_l0", bias[len(bias) // 2:])):
                    weights.setdefault(prefix + kind, torch_gates(value))
    return {name: torch.from_numpy(numpy.ascontiguousarray(value)) for name, value in weights.items()}


def folded(graph):
    """Constants by name, those that stand as int8 times a scale multiplied out."""
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for name in [name for name in constants if name.endswith(".int8")]:
        stem = name[:-len(".int8")]
        value = constants[name].astype(numpy.float32) * constants[stem + ".scale"]
        constants[stem] = value.reshape(constants[stem + ".shape"]) if stem + ".shape" in constants else value
    return constants


def torch_gates(values):
    """Gates from the order of ONNX (input, output, forget, cell) to that of torch (input, forget, cell, output)."""
    entry, output, forget, cell = numpy.split(values, 4)
    return numpy.concatenate([entry, forget, cell, output])


def recover(package, work):
    """Writes work/models/PART.pt and work/relations/SCHEME/model.pt for every scheme, and the pretrained encoder if there is one."""
    with open(os.path.join(package, "manifest.json"), encoding="utf-8") as source:
        schemes = json.load(source)["schemes"]
    heads = {}
    for name, scheme in schemes.items():
        weights = weights_of(os.path.join(package, scheme["model"]))
        if scheme["task"] == "relations":
            weights.update(weights_of(os.path.join(package, scheme["objectModel"])))
            keep(weights, os.path.join(work, "relations", name, "model.pt"))
        else:
            heads.setdefault(scheme["model"][:-len(".onnx")], {}).update(
                (re.sub(r"^(%s)\.linear" % re.escape(name), r"heads.\1.linear", key), value)
                for key, value in weights.items())
        pretrained(weights, os.path.join(work, "pretrained", "context.pt"))
    for name, weights in heads.items():
        keep(weights, os.path.join(work, "models", name + ".pt"))


def keep(weights, path):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    torch.save({"model": weights}, path)
    log("%s: %d parameters", path, sum(value.numel() for value in weights.values()))


def pretrained(weights, path):
    prefix = "encoder.context."
    own = {"encoder." + name[len(prefix):]: value for name, value in weights.items() if name.startswith(prefix)}
    if not own or os.path.exists(path):
        return
    keep(own, path)
    state = torch.load(path)
    width = own["encoder.recurrent.onward.weight_hh_l0"].shape[1]
    inputs = own["encoder.recurrent.onward.weight_ih_l0"].shape[1]
    state.update({"objective": "context", "width": width, "sizes": (CHARACTER_DIMENSIONS, inputs - CHARACTER_DIMENSIONS)})
    torch.save(state, path)

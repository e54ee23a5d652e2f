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

from .tables import log
from .vectors import read_table

FIRST = re.compile(r"(?:model\.)?models\.0\.(.+)")
# Tracing numbers the modules of further members: recurrent_1, models.1.
FURTHER = re.compile(r"_\d+\b|\bmodels\.[1-9]")


def weights_of(path):
    """{name of a parameter: tensor} of the first member of an exported graph."""
    graph = onnx.load(path).graph
    constants = folded(graph)
    weights = {match.group(1): value for match, value in
               ((FIRST.fullmatch(name), value) for name, value in constants.items()) if match}
    for node in graph.node:
        place = "/".join(node.output[0].strip("/").split("/")[:-1]).replace("/", ".")
        if FURTHER.search(place):
            continue
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
    return {name: torch.from_numpy(numpy.array(value)) for name, value in weights.items()}


def folded(graph):
    """Constants by name, those that stand as int8 times a scale multiplied out."""
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    constants.update((node.output[0], numpy_helper.to_array(node.attribute[0].t)) for node in graph.node
                     if node.op_type == "Constant" and node.attribute[0].name == "value")
    for name in [name for name in constants if name.endswith(".int8")]:
        stem = name[:-len(".int8")]
        value = constants.pop(name).astype(numpy.float32) * constants.pop(stem + ".scale")
        constants[stem] = value.reshape(constants.pop(stem + ".shape", value.shape))
    return constants


def torch_gates(values):
    """Gates from the order of ONNX (input, output, forget, cell) to that of torch (input, forget, cell, output)."""
    entry, output, forget, cell = numpy.split(values, 4)
    return numpy.concatenate([entry, forget, cell, output])


def recover(package, work):
    """Writes work/models/PART.pt and work/relations/SCHEME/model.pt for every scheme, and the pretrained encoder if there is one.

    The package's tables must stand in the work folder. Where a graph is the mean of several models, the first is taken; the pretrained encoder may belong to a later one.
    """
    with open(os.path.join(package, "manifest.json"), encoding="utf-8") as source:
        schemes = json.load(source)["schemes"]
    characters = read_table(os.path.join(work, "tables", "chars.i8")).shape[1]
    heads = {}
    for name, scheme in schemes.items():
        weights = weights_of(os.path.join(package, scheme["model"]))
        if scheme["task"] == "relations":
            weights.update(weights_of(os.path.join(package, scheme["objectModel"])))
            keep(weights, os.path.join(work, "relations", name, "model.pt"))
        else:
            own = heads.setdefault(scheme["model"][:-len(".onnx")], {})
            for key, value in weights.items():
                if key.startswith("encoder.") or key.startswith("heads."):
                    own[key] = value
                elif key.startswith(name + "."):
                    own["heads." + key] = value
        keep_pretrained(weights, characters, os.path.join(work, "pretrained", "context.pt"))
    for name, weights in heads.items():
        keep(weights, os.path.join(work, "models", name + ".pt"))


def keep(weights, path, **state):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    torch.save({"model": weights, **state}, path)
    log("%s: %d parameters", path, sum(value.numel() for value in weights.values()))


def keep_pretrained(weights, characters, path):
    prefix = "encoder.context."
    own = {"encoder." + name[len(prefix):]: value for name, value in weights.items() if name.startswith(prefix)}
    if not own or os.path.exists(path):
        return
    width = own["encoder.recurrent.onward.weight_hh_l0"].shape[1]
    inputs = own["encoder.recurrent.onward.weight_ih_l0"].shape[1]
    keep(own, path, objective="context", width=width, sizes=(characters, inputs - characters))

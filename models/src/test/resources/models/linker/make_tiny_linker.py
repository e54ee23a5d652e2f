#!/usr/bin/python3
"""Makes a tiny linking model: scorer.onnx, describer.onnx and statistics.tsv as a model package beside
this script, with a golden file that Java must agree with; beside it graphs that are wrong in one way
each, and a scorer that takes any features, for tests of whoever makes these.
Weights are fixed by the seed and mean nothing; the numbers of the golden file come from numpy.

    /usr/bin/python3 make_tiny_linker.py
    /usr/bin/python3 make_tiny_linker.py FOLDER     one of full size, to measure with

The tiny graphs know tokens by their number modulo 64, the others have a row for each.
"""
import hashlib
import json
import pathlib
import shutil
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).parent
VOCABULARY = 1 << 15


class Sizes:
    def __init__(self, features, tokens, vector, hidden, rows):
        self.features, self.tokens, self.vector = features, tokens, vector
        self.hidden, self.rows = hidden, rows
        random = numpy.random.RandomState(20261121)

        def weights(*shape):
            return random.uniform(-1, 1, shape).astype(numpy.float32)

        self.table = weights(rows, vector)
        # features, those of the description and of the context, how much both agree
        self.first = weights(features + 2 * vector + 1, hidden)
        self.bias = weights(hidden)
        self.second = weights(hidden, 2)


TINY = Sizes(features=3, tokens=8, vector=8, hidden=16, rows=64)
FULL = Sizes(features=40, tokens=64, vector=64, hidden=64, rows=VOCABULARY)


def constant(name, value, kind=numpy.int64):
    return numpy_helper.from_array(numpy.array(value, kind), name)


def bag(sizes, tokens, axis):
    """Nodes and constants that make the sum of the rows of the tokens that are no padding: bag."""
    nodes = [
        helper.make_node("Mod", [tokens, "rows"], ["row"]),
        helper.make_node("Gather", ["table", "row"], ["embedded"]),
        helper.make_node("Greater", [tokens, "padding"], ["is_there"]),
        helper.make_node("Cast", ["is_there"], ["there"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["there", "last"], ["mask"]),
        helper.make_node("Mul", ["embedded", "mask"], ["masked"]),
        helper.make_node("ReduceSum", ["masked", "of_tokens"], ["bag"], keepdims=0),
    ]
    constants = [
        numpy_helper.from_array(sizes.table, "table"),
        constant("rows", sizes.rows, numpy.int32),
        constant("padding", 0, numpy.int32),
        constant("last", [-1]),
        constant("of_tokens", [axis]),
    ]
    if sizes.rows == VOCABULARY:
        nodes[0] = helper.make_node("Identity", [tokens], ["row"])
        constants.pop(1)
    return nodes, constants


def unit(name):
    """Nodes that divide by the length, or by almost nothing where it is 0."""
    return [
        helper.make_node("ReduceL2", ["bag"], ["length"], axes=[-1], keepdims=1),
        helper.make_node("Max", ["length", "tiny"], ["divisor"]),
        helper.make_node("Div", ["bag", "divisor"], [name]),
    ], [constant("tiny", 1e-6, numpy.float32)]


def scorer(sizes):
    nodes, constants = bag(sizes, "context", 2)
    more, others = unit("meaning")
    nodes += more + [
        helper.make_node("Mul", ["meaning", "description"], ["products"]),
        helper.make_node("ReduceSum", ["products", "last"], ["agreement"], keepdims=1),
        # not a number where a feature is below -1
        helper.make_node("Add", ["features", "one"], ["positive"]),
        helper.make_node("Log", ["positive"], ["scaled"]),
        helper.make_node("Concat", ["scaled", "meaning", "description", "agreement"], ["all"], axis=-1),
        helper.make_node("MatMul", ["all", "first"], ["product"]),
        helper.make_node("Add", ["product", "bias"], ["sum"]),
        helper.make_node("Relu", ["sum"], ["hidden"]),
        helper.make_node("MatMul", ["hidden", "second"], ["logits"]),
    ]
    constants += others + [
        constant("one", 1, numpy.float32),
        numpy_helper.from_array(sizes.first, "first"),
        numpy_helper.from_array(sizes.bias, "bias"),
        numpy_helper.from_array(sizes.second, "second"),
    ]
    return helper.make_graph(
        nodes, "scorer",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["B", "P", sizes.features]),
         helper.make_tensor_value_info("context", TensorProto.INT32, ["B", "P", sizes.tokens]),
         helper.make_tensor_value_info("description", TensorProto.FLOAT, ["B", "P", sizes.vector])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["B", "P", 2])], constants)


def plain_scorer(sizes):
    """Takes any number of features: their sum, and how much context and description agree."""
    nodes, constants = bag(sizes, "context", 2)
    more, others = unit("meaning")
    nodes += more + [
        helper.make_node("Mul", ["meaning", "description"], ["products"]),
        helper.make_node("ReduceSum", ["products", "last"], ["agreement"], keepdims=1),
        helper.make_node("ReduceSum", ["features", "last"], ["total"], keepdims=1),
        helper.make_node("Concat", ["agreement", "total"], ["logits"], axis=-1),
    ]
    return helper.make_graph(
        nodes, "scorer",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["B", "P", "F"]),
         helper.make_tensor_value_info("context", TensorProto.INT32, ["B", "P", sizes.tokens]),
         helper.make_tensor_value_info("description", TensorProto.FLOAT, ["B", "P", sizes.vector])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["B", "P", 2])], constants + others)


def describer(sizes, is_unit=True, knows_all=True):
    nodes, constants = bag(sizes, "tokens", 1)
    if is_unit:
        more, others = unit("vector")
        nodes += more
        constants += others
    else:
        nodes += [helper.make_node("Identity", ["bag"], ["vector"])]
    if not knows_all:
        nodes[0] = helper.make_node("Identity", ["tokens"], ["row"])
        constants.pop(1)
    return helper.make_graph(
        nodes, "describer",
        [helper.make_tensor_value_info("tokens", TensorProto.INT32, ["B", sizes.tokens])],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["B", sizes.vector])], constants)


def save(graph, path):
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def meaning(sizes, tokens):
    bag = sum((sizes.table[t % sizes.rows] for t in tokens), numpy.zeros(sizes.vector, numpy.float32))
    return bag / max(numpy.linalg.norm(bag), numpy.float32(1e-6))


def logits(sizes, features, context, description):
    vector = numpy.rint(meaning(sizes, description) * 127) / 127
    of_context = meaning(sizes, context)
    row = numpy.concatenate(
        [numpy.log1p(features), of_context, vector, [(of_context * vector).sum()]])
    return numpy.maximum(row @ sizes.first + sizes.bias, 0) @ sizes.second


def golden(sizes, lines):
    random = numpy.random.RandomState(7)
    for line in range(lines):
        pairs = 1 + 5 * line
        features = random.uniform(0, 2, (pairs, sizes.features)).round(3)

        def bags():
            return [[int(t) for t in random.randint(1, VOCABULARY, random.randint(0, sizes.tokens + 1))]
                    for _ in range(pairs)]

        contexts, descriptions = bags(), bags()
        scored = [logits(sizes, *pair) for pair in zip(features, contexts, descriptions)]
        yield {"features": features.tolist(), "context": contexts, "descriptions": descriptions,
               "logits": [[round(float(x), 6) for x in row] for row in scored]}


def write(package, sizes):
    shutil.rmtree(package, ignore_errors=True)
    package.mkdir(parents=True)
    save(scorer(sizes), package / "scorer.onnx")
    save(describer(sizes), package / "describer.onnx")
    counts = [("name", "风\x01Q1", 7, 5), ("surface", "风", 9, 5), ("surface", "高铁", 4, 0)]
    (package / "statistics.tsv").write_text(
        "".join("%s\t%s\t%d\t%d\n" % count for count in counts), encoding="utf-8")
    (package / "golden.jsonl").write_text(
        "".join(json.dumps(line) + "\n" for line in golden(sizes, 4)), encoding="utf-8")
    files = []
    for name in ["describer.onnx", "golden.jsonl", "scorer.onnx", "statistics.tsv"]:
        content = (package / name).read_bytes()
        files.append({"path": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
    manifest = {
        "format": 1, "name": package.parent.name, "version": package.name, "kind": "linker",
        "description": "A linking model of random weights, for tests.", "licence": "Apache-2.0",
        "terms": "Random numbers; free to use.", "commit": "0000",
        "trainingData": [{"name": "none", "terms": "none"}], "files": files,
        "linker": {
            "features": ["feature-%d" % i for i in range(sizes.features)], "tokens": sizes.tokens,
            "vector": sizes.vector, "thresholds": {"found": 0.4, "given": 0.1, "extracted": 0.2},
            "scorer": "scorer.onnx", "describer": "describer.onnx", "statistics": "statistics.tsv",
        },
    }
    (package / "manifest.json").write_text(
        json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        write(pathlib.Path(sys.argv[1]) / "full-linker" / "v1", FULL)
    else:
        write(HERE / "tiny-linker" / "v1", TINY)
        save(plain_scorer(TINY), HERE / "scorer-of-any-features.onnx")
        save(describer(TINY, is_unit=False), HERE / "describer-not-unit.onnx")
        save(describer(TINY, knows_all=False), HERE / "describer-of-few-tokens.onnx")

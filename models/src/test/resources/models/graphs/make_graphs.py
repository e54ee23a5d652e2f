#!/usr/bin/python3
"""Makes the small graphs that tests run, with fixed weights. Writes beside itself.

    python3 make_graphs.py

tagger.onnx   features float [B, L, 6], lengths int32 [B] -> scores [B, L, 4]: a bidirectional LSTM
              that stops at a row's length, and a matrix
loop.onnx     rounds int64 [] -> total float []: adds as often as it is told, one node at a time
logarithm.onnx  x float [N] -> y float [N]: not a number below zero
"""
import pathlib

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).parent
FEATURES, HIDDEN, SCORES = 6, 8, 4


def save(graph, name):
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    (HERE / name).write_bytes(model.SerializeToString())


def weights(random, name, *shape):
    values = random.uniform(-1, 1, shape).astype(numpy.float32)
    return numpy_helper.from_array(values, name)


def tagger():
    random = numpy.random.RandomState(7)
    constants = [
        weights(random, "w", 2, 4 * HIDDEN, FEATURES),
        weights(random, "r", 2, 4 * HIDDEN, HIDDEN),
        weights(random, "b", 2, 8 * HIDDEN),
        weights(random, "out", 2 * HIDDEN, SCORES),
        numpy_helper.from_array(numpy.array([0, 0, 2 * HIDDEN], numpy.int64), "flat"),
    ]
    nodes = [
        helper.make_node("Transpose", ["features"], ["steps"], perm=[1, 0, 2]),
        helper.make_node("LSTM", ["steps", "w", "r", "b", "lengths"], ["both"],
                         hidden_size=HIDDEN, direction="bidirectional"),
        helper.make_node("Transpose", ["both"], ["rows"], perm=[2, 0, 1, 3]),
        helper.make_node("Reshape", ["rows", "flat"], ["hidden"]),
        helper.make_node("MatMul", ["hidden", "out"], ["scores"]),
    ]
    save(helper.make_graph(
        nodes, "tagger",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["B", "L", FEATURES]),
         helper.make_tensor_value_info("lengths", TensorProto.INT32, ["B"])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["B", "L", SCORES])],
        constants), "tagger.onnx")


def loop():
    body = helper.make_graph(
        [helper.make_node("Identity", ["go"], ["again"]),
         helper.make_node("Add", ["sum", "one"], ["more"])],
        "body",
        [helper.make_tensor_value_info("i", TensorProto.INT64, []),
         helper.make_tensor_value_info("go", TensorProto.BOOL, []),
         helper.make_tensor_value_info("sum", TensorProto.FLOAT, [])],
        [helper.make_tensor_value_info("again", TensorProto.BOOL, []),
         helper.make_tensor_value_info("more", TensorProto.FLOAT, [])])
    constants = [
        numpy_helper.from_array(numpy.array(True), "yes"),
        numpy_helper.from_array(numpy.array(0, numpy.float32), "zero"),
        numpy_helper.from_array(numpy.array(1, numpy.float32), "one"),
    ]
    save(helper.make_graph(
        [helper.make_node("Loop", ["rounds", "yes", "zero"], ["total"], body=body)], "loop",
        [helper.make_tensor_value_info("rounds", TensorProto.INT64, [])],
        [helper.make_tensor_value_info("total", TensorProto.FLOAT, [])], constants), "loop.onnx")


def logarithm():
    save(helper.make_graph(
        [helper.make_node("Log", ["x"], ["y"])], "logarithm",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N"])]), "logarithm.onnx")


if __name__ == "__main__":
    tagger()
    loop()
    logarithm()

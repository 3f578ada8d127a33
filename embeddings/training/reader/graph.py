"""The reader as an ONNX graph without weights: the layers of the encoder's graph, and two heads in floats."""

from __future__ import annotations

from typing import Any

from onnx import TensorProto, helper

from embeddings.training.graph import MICROSOFT, Graph, layer

_NEVER = -1e4  # the score of a place that cannot be the answer's
_FLOAT, _WHOLE = TensorProto.FLOAT, TensorProto.INT64


def reader_graph(layers: int, heads: int, width: int, inner: int, epsilon: float, wide: int) -> Any:
    """From `embedded` (1, length, width) and `passage` (1, length; 1 at the pieces of the text) to `score` (1),
    `start` and `end` (1, length)."""
    graph = Graph()
    hidden = graph.norm("embedded", "embeddings.LayerNorm", width, epsilon)
    for number in range(layers):
        hidden = layer(graph, f"encoder.layer.{number}", hidden, heads, width, inner, epsilon, wide)
    places = _dense(graph, hidden, "span", width, 2)
    for name, kind, shape, value in (
        ("one", _FLOAT, [1], 1.0),
        ("never", _FLOAT, [1], _NEVER),
        ("last", _WHOLE, [1], -1),
        ("middle", _WHOLE, [1], 1),
        ("zero", _WHOLE, [], 0),
    ):
        graph.weights.append(helper.make_tensor(name, kind, shape, [value]))
    barred = graph.node("Mul", [graph.node("Sub", ["one", "passage"], "outside"), "never"], "barred")
    sides = ["start.all", "end.all"]
    graph.nodes.append(helper.make_node("Split", [places], sides, name="sides", axis=-1))
    for side in ("start", "end"):
        graph.node("Add", [graph.node("Squeeze", [f"{side}.all", "last"], f"{side}.flat"), barred], side)
    share = graph.node("Unsqueeze", [graph.node("Softmax", ["start"], "share", axis=-1), "last"], "share.wide")
    there = graph.node("ReduceSum", [graph.node("Mul", [hidden, share], "shared"), "middle"], "there", keepdims=0)
    first = graph.node("Gather", [hidden, "zero"], "begin", axis=1)
    both = graph.node("Concat", [first, there], "both", axis=-1)
    judged = graph.node("Tanh", [_dense(graph, both, "first", 2 * width, width)], "judged")
    graph.node("Squeeze", [_dense(graph, judged, "second", width, 1), "last"], "score")
    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "reader",
            [
                helper.make_tensor_value_info("embedded", _FLOAT, [1, "length", width]),
                helper.make_tensor_value_info("passage", _FLOAT, [1, "length"]),
            ],
            [
                helper.make_tensor_value_info("score", _FLOAT, [1]),
                *(helper.make_tensor_value_info(side, _FLOAT, [1, "length"]) for side in ("start", "end")),
            ],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)],
        producer_name="tjqa",
        ir_version=8,
    )


def _dense(graph: Graph, rows: str, name: str, inner: int, outer: int) -> str:
    product = graph.node("MatMul", [rows, graph.weight(f"{name}.weight", _FLOAT, inner, outer)], f"{name}.product")
    return graph.node("Add", [product, graph.weight(f"{name}.bias", _FLOAT, outer)], f"{name}.out")

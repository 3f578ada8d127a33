"""The layers of the encoder as an ONNX graph without weights: `tjqa.encoders.contextual` gives it those of the model.

The graph is written node by node, with the operators that ONNX Runtime has for whole numbers of 8 bits, so nothing of
a tracer's habits is in it. It takes one text, its pieces embedded (1, length, width), and gives its unit vector. The
table of pieces stays outside: another graph over the same pieces, a reader's, can share it.

Some channels are ten times as large as others, and one factor for all would round the others away: before the products
that follow a norm they are evened out, and the weights the other way (SmoothQuant; Xiao et al. 2023). Inside a layer a
few are a hundred times as large, with large weights, too: they are multiplied apart (LLM.int8(); Dettmers et al. 2022).
"""

from __future__ import annotations

from typing import Any

from onnx import TensorProto, helper

MICROSOFT = "com.microsoft"
_OUTSIDE = "model.safetensors"


class Graph:
    """Nodes, put together one after the other, and the names of the weights they need."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def weight(self, name: str, kind: int, *shape: int) -> str:
        """A tensor that is given when the graph is loaded."""
        made = TensorProto(name=name, data_type=kind, dims=shape, data_location=TensorProto.EXTERNAL)
        made.external_data.add(key="location", value=_OUTSIDE)
        self.weights.append(made)
        return name

    def node(self, kind: str, inputs: list[str], name: str, domain: str = "", **attributes: Any) -> str:
        """A node of one output, named as the node."""
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def smoothed(self, rows: str, name: str, inner: int, outer: int) -> str:
        """`rows`, their channels evened out, times a matrix that has the opposite in it, and a bias."""
        even = self.node("Mul", [rows, self.weight(f"{name}.smooth", TensorProto.FLOAT, inner)], f"{name}.even")
        return self.product(even, name, inner, outer)

    def apart(self, rows: str, name: str, inner: int, outer: int, wide: int) -> str:
        """`rows` times a matrix and a bias; `wide` channels multiplied apart, in 32-bit floats."""
        masked = self.node("Mul", [rows, self.weight(f"{name}.mask", TensorProto.FLOAT, inner)], f"{name}.masked")
        most = self.product(masked, name, inner, outer)
        channels = self.weight(f"{name}.channels", TensorProto.INT64, wide)
        rest = self.node("Gather", [rows, channels], f"{name}.gathered", axis=-1)
        rest = self.node("MatMul", [rest, self.weight(f"{name}.apart", TensorProto.FLOAT, wide, outer)], f"{name}.rest")
        return self.node("Add", [most, rest], f"{name}.whole")

    def product(self, rows: str, name: str, inner: int, outer: int) -> str:
        """`rows`, rounded with one factor for all, times a matrix, and a bias."""
        parts = [
            rows,
            self.weight(f"{name}.weight", TensorProto.INT8, inner, outer),
            self.weight(f"{name}.factors", TensorProto.FLOAT, outer),
            self.weight(f"{name}.zeros", TensorProto.INT8, outer),
            self.weight(f"{name}.bias", TensorProto.FLOAT, outer),
        ]
        return self.node("DynamicQuantizeMatMul", parts, name, MICROSOFT)

    def norm(self, rows: str, name: str, width: int, epsilon: float) -> str:
        """`rows` moved and scaled to mean 0 and variance 1, then by weights."""
        parts = [rows, *(self.weight(f"{name}.{part}", TensorProto.FLOAT, width) for part in ("weight", "bias"))]
        return self.node("LayerNormalization", parts, f"{name}.normed", epsilon=epsilon)


def sizes(config: Any) -> tuple[int, int, int, int, float]:
    """Of a BERT model: layers, heads, width, inner width, epsilon of the norms."""
    wide = config.hidden_size, config.intermediate_size
    return config.num_hidden_layers, config.num_attention_heads, *wide, config.layer_norm_eps


def encoder_graph(layers: int, heads: int, width: int, inner: int, epsilon: float, wide: int) -> Any:
    """From `embedded` (1, length, width) to `vector` (1, width), of length 1: the mean over the pieces."""
    graph = Graph()
    hidden = graph.norm("embedded", "embeddings.LayerNorm", width, epsilon)
    for number in range(layers):
        hidden = layer(graph, f"encoder.layer.{number}", hidden, heads, width, inner, epsilon, wide)
    mean = graph.node("ReduceMean", [hidden], "mean", axes=[1], keepdims=0)
    graph.node("LpNormalization", [mean], "vector", axis=-1, p=2)
    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "encoder",
            [helper.make_tensor_value_info("embedded", TensorProto.FLOAT, [1, "length", width])],
            [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, width])],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)],
        producer_name="tjqa",
        ir_version=8,
    )


def layer(graph: Graph, part: str, hidden: str, heads: int, width: int, inner: int, epsilon: float, wide: int) -> str:
    """One layer of BERT over `hidden` (1, length, width); the name of what comes out."""
    names = [f"{part}.attention.self.{kind}" for kind in ("query", "key", "value")]
    three = graph.smoothed(hidden, f"{part}.attention.self", width, 3 * width)
    graph.nodes.append(helper.make_node("Split", [three], names, name=f"{part}.split", axis=-1))
    seen = graph.node("MultiHeadAttention", names, f"{part}.attention", MICROSOFT, num_heads=heads)
    seen = graph.product(seen, f"{part}.attention.output.dense", width, width)
    hidden = graph.node("Add", [seen, hidden], f"{part}.attention.sum")
    hidden = graph.norm(hidden, f"{part}.attention.output.LayerNorm", width, epsilon)
    inside = graph.smoothed(hidden, f"{part}.intermediate.dense", width, inner)
    inside = graph.node("Gelu", [inside], f"{part}.gelu", MICROSOFT)
    inside = graph.apart(inside, f"{part}.output.dense", inner, width, wide)
    return graph.norm(graph.node("Add", [inside, hidden], f"{part}.sum"), f"{part}.output.LayerNorm", width, epsilon)

"""Products of 8-bit numbers are summed exactly on every processor: some cut sums beyond 16 bits unless told not to."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from tjqa.encoders.contextual import quantised, session


def _graph(inputs: int, outputs: int) -> bytes:
    """One matrix product as the shipped graphs hold it: whole weights given from outside."""
    names = ["w.weight", "w.factors", "w.zeros"]
    kinds = [(TensorProto.INT8, [inputs, outputs]), (TensorProto.FLOAT, [outputs]), (TensorProto.INT8, [outputs])]
    given = []
    for name, (kind, shape) in zip(names, kinds, strict=True):
        tensor = onnx.TensorProto(name=name, data_type=kind, dims=shape, data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value=name)
        given.append(tensor)
    node = helper.make_node("DynamicQuantizeMatMul", ["x", *names], ["y"], domain="com.microsoft")
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, inputs])
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, outputs])
    graph = helper.make_graph([node], "product", [x], [y], given)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9).SerializeToString()


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("inputs", [4, 64, 384])
def test_the_largest_sums_are_exact(inputs: int, sign: int) -> None:
    """Inputs at the top of their range times weights at theirs: 255 · 127 twice is more than 16 bits hold."""
    tensors = quantised("w", np.full((16, inputs), sign, dtype=np.float32))
    opened = session(_graph(inputs, 16), list(tensors), list(tensors.values()))
    (found,) = opened.run(None, {"x": np.ones((1, inputs), dtype=np.float32)})
    assert found == pytest.approx(np.full((1, 16), sign * inputs, dtype=np.float32), rel=1e-5)


def test_products_of_drawn_numbers_are_those_of_whole_numbers() -> None:
    """Weights and inputs drawn over their whole range, against the same sum of whole numbers in numpy."""
    draw = np.random.default_rng(3)
    matrix = draw.uniform(-1, 1, (24, 256)).astype(np.float32)
    row = draw.uniform(0, 1, (1, 256)).astype(np.float32)
    row[0, 0] = 0.0
    tensors = quantised("w", matrix)
    opened = session(_graph(256, 24), list(tensors), list(tensors.values()))
    (found,) = opened.run(None, {"x": row})
    step = np.float32(row.max() / 255)
    whole = np.rint(row / step).astype(np.int64) @ tensors["w.weight"].astype(np.int64)
    assert found == pytest.approx(whole * step * tensors["w.factors"], rel=1e-3, abs=1e-3)

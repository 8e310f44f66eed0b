"""ONNX: a sentence encoder from a folder with `model.onnx` and `tokenizer.json`, as many models are published."""

import json
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot.domain.errors import ConfigurationError
from bot.knowledge.search.encoder import Vectors

_MODELS = ("model.onnx", "onnx/model.onnx")
_LONGEST = 256
"""Tokens of a sentence that are read; more cost time by their square."""
_BATCH = 16


class OnnxEncoder:
    """The model in `directory`, run on the processor."""

    def __init__(self, directory: Path) -> None:
        """Load the model.

        Raises:
            ConfigurationError: the folder lacks a file, or it cannot be read.
        """
        model = next((path for path in map(directory.joinpath, _MODELS) if path.is_file()), None)
        if model is None or not (directory / "tokenizer.json").is_file():
            raise ConfigurationError(f"KLUBOK_SEARCH__ENCODER: {directory} has no model.onnx with tokenizer.json")
        try:
            self._session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
            self._tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        except Exception as fault:
            raise ConfigurationError(f"KLUBOK_SEARCH__ENCODER: {model} cannot be loaded: {fault}") from fault
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.enable_padding()
        self._inputs = {each.name for each in self._session.get_inputs()}
        self._takes_first = _takes_first_token(directory)
        self.name = f"{directory.name}-{model.stat().st_size}-{_short_hash(directory / 'tokenizer.json')}"

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Return a vector of length 1 for each sentence."""
        batches = [self._encode(sentences[at : at + _BATCH]) for at in range(0, len(sentences), _BATCH)]
        return np.concatenate(batches) if batches else np.empty((0, 0), np.float32)

    def _encode(self, sentences: Sequence[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch(list(sentences))
        mask = np.array([each.attention_mask for each in encoded], dtype=np.int64)
        given = {
            "input_ids": np.array([each.ids for each in encoded], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.array([each.type_ids for each in encoded], dtype=np.int64),
        }
        tokens = self._session.run(None, {name: given[name] for name in given if name in self._inputs})[0]
        weights = mask[:, :, None].astype(np.float32)
        pooled = tokens[:, 0] if self._takes_first else (tokens * weights).sum(axis=1) / weights.sum(axis=1)
        vectors: Vectors = pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)
        return vectors.astype(np.float32)


def find_model(name: str) -> Path:
    """Return the folder of a model: `name` is a folder, or an installed package that carries one.

    Raises:
        ConfigurationError: there is neither.
    """
    folder = next((path for path in _places(name) if path.is_dir()), None)
    if folder is None:
        raise ConfigurationError(f"KLUBOK_SEARCH__ENCODER: {name} is no folder, nor a package with a folder model")
    return folder


def _places(name: str) -> Iterator[Path]:
    yield Path(name)
    module = name.replace("-", "_")
    spec = find_spec(module) if module.isidentifier() else None
    for location in (spec.submodule_search_locations or ()) if spec else ():
        yield Path(location) / "model"


def _takes_first_token(directory: Path) -> bool:
    """Whether the model's own settings want the first token's vector instead of the average of all."""
    settings = directory / "1_Pooling" / "config.json"
    return settings.is_file() and bool(json.loads(settings.read_text(encoding="utf-8")).get("pooling_mode_cls_token"))


def _short_hash(path: Path) -> str:
    return blake2b(path.read_bytes(), digest_size=4).hexdigest()

"""The trained network behind the small reader: the only file that imports onnxruntime."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from rashomon.base.errors import SetupError
from rashomon.base.reader.labels import HEADS
from rashomon.base.reader.pieces import Pieces
from rashomon.base.reader.windows import Window

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Array = npt.NDArray[np.float32]
FILES = ("encoder.onnx", "said.onnx", "told.onnx", "vocabulary.txt")


class Network:
    """Three graphs on one thread: what each word is; what words are to a cue; to a predicate."""

    def __init__(self, folder: Path) -> None:
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise SetupError(
                f"the reader lacks {', '.join(missing)}: install rashomon anew, or read with"
                " --reader none"
            )
        self.pieces = Pieces((folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n"))
        self._encoder = _session(folder / "encoder.onnx")
        self._said = _session(folder / "said.onnx")
        self._told = _session(folder / "told.onnx")

    def encode(self, window: Window) -> dict[str, Array]:
        """A row a word: the probabilities (words, labels) of each head, and the states that
        `listen` and `link` take (`states`)."""
        numbers = np.array([window.numbers], dtype=np.int64)
        found = self._encoder.run(
            None,
            {"numbers": numbers, "shapes": np.array([window.shapes], dtype=np.int64),
             "mask": np.ones_like(numbers)},
        )  # fmt: skip
        of_words = [output[0][list(window.firsts)] for output in found]
        heads = {name: softmax(rows) for name, rows in zip(HEADS, of_words, strict=False)}
        return heads | {"states": of_words[len(HEADS)]}

    def listen(self, states: Array, cues: Sequence[int]) -> Array:
        """(cues, words, labels of `said`): what each word is to each of these cues."""
        return _heard(self._said, states, cues)

    def link(self, states: Array, predicates: Sequence[int]) -> Array:
        """(predicates, words, labels of `told`): what each word is to each of these predicates."""
        return _heard(self._told, states, predicates)


def _heard(session: InferenceSession, states: Array, heads: Sequence[int]) -> Array:
    given = {"states": states, "heads": np.array(heads, dtype=np.int64)}
    return softmax(session.run(None, given)[0])


def softmax(scores: Array) -> Array:
    """Probabilities over the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Array = raised / raised.sum(axis=-1, keepdims=True)
    return shares


@cache
def network_of(name: str) -> Network | None:
    """The network that a setting names: "none", "shipped", or a folder.

    SetupError if it, or onnxruntime, is not there.
    """
    if name == "none":
        return None
    with _folder(name) as folder:
        return Network(folder)


@cache
def version_of(name: str) -> str:
    """What names a network in a reading: "none", or the first digits of its files' SHA-256."""
    if name == "none":
        return name
    digest = hashlib.sha256()
    with _folder(name) as folder:
        for part in FILES:
            digest.update((folder / part).read_bytes() if (folder / part).is_file() else b"")
    return digest.hexdigest()[:12]


def _folder(name: str) -> AbstractContextManager[Path]:
    if name == "shipped":
        return as_file(files("rashomon") / "data" / "reader")
    return nullcontext(Path(name))


def _session(path: Path) -> InferenceSession:
    try:
        import onnxruntime
    except ImportError as error:
        raise SetupError(
            "the small reader needs onnxruntime: pip install onnxruntime, or read with"
            " --reader none"
        ) from error
    options: Any = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    onnxruntime.disable_telemetry_events()
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

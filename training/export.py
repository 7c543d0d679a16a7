"""Write the trained network as three int8 graphs, with the card that they carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from model import NARROW, Listener, Reader


class _Said(nn.Module):
    """`Listener` for one window: states (words, width) and the cues (n) that look at it."""

    def __init__(self, listener: Listener) -> None:
        super().__init__()
        self.listener = listener

    def forward(self, states: Tensor, cues: Tensor) -> Tensor:
        words = states.unsqueeze(0).expand(cues.shape[0], -1, -1)
        return self.listener(words, cues, None)


class _Told(nn.Module):
    """The biaffine head: left (n, NARROW), right (words, NARROW) to (n, words, labels)."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        self.weight = nn.Parameter(weight.detach().clone())

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        left = torch.cat([left, torch.ones_like(left[:, :1])], -1)
        right = torch.cat([right, torch.ones_like(right[:, :1])], -1)
        return torch.einsum("ni,lij,wj->nwl", left, self.weight, right)


def export(
    reader: Reader, vocabulary: Sequence[str], folder: Path, card: Mapping[str, str]
) -> None:
    """Write `encoder.onnx`, `said.onnx`, `told.onnx` (fp32 beside them under `fp32/`)."""
    full = folder / "fp32"
    full.mkdir(parents=True, exist_ok=True)
    reader.eval()
    width = reader.shapes.embedding_dim
    numbers = torch.ones(1, 12, dtype=torch.long)
    pieces = {0: "batch", 1: "pieces"}
    heads = [*reader.heads, "left", "right", "states"]
    _write(
        reader,
        (numbers, numbers, numbers),
        full / "encoder.onnx",
        {"numbers": pieces, "shapes": pieces, "mask": pieces},
        dict.fromkeys(heads, pieces),
    )
    _write(
        _Said(reader.said),
        (torch.randn(9, width), torch.tensor([1, 4])),
        full / "said.onnx",
        {"states": {0: "words"}, "cues": {0: "cues"}},
        {"labels": {0: "cues", 1: "words"}},
    )
    _write(_Told(reader.pairs["told"]), (torch.randn(2, NARROW), torch.randn(9, NARROW)),
           full / "told.onnx", {"left": {0: "heads"}, "right": {0: "words"}},
           {"labels": {0: "heads", 1: "words"}})  # fmt: skip
    for name in ("encoder.onnx", "said.onnx"):
        quantize_dynamic(full / name, folder / name, weight_type=QuantType.QInt8, per_channel=True)
    (folder / "told.onnx").write_bytes((full / "told.onnx").read_bytes())
    for where in (folder, full):
        (where / "vocabulary.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    _put_card(folder / "encoder.onnx", card)


def _write(
    module: nn.Module,
    arguments: tuple[Tensor, ...],
    path: Path,
    inputs: Mapping[str, Mapping[int, str]],
    outputs: Mapping[str, Mapping[int, str]],
) -> None:
    torch.onnx.export(
        module.eval(),
        arguments,
        path,
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes={**inputs, **outputs},
        opset_version=17,
        dynamo=False,
    )


def _put_card(path: Path, card: Mapping[str, str]) -> None:
    graph = onnx.load(path)
    for key, value in card.items():
        graph.metadata_props.add(key=key, value=value)
    onnx.save(graph, path)

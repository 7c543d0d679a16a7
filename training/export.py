"""Write the trained network as three int8 graphs, with the card that they carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from model import Reader


class _OneWindow(nn.Module):
    """A `Listener` for one window: states (words, width), and the words (n) that listen."""

    def __init__(self, listener: nn.Module) -> None:
        super().__init__()
        self.listener = listener

    def forward(self, states: Tensor, heads: Tensor) -> Tensor:
        return self.listener(states.unsqueeze(0), heads, torch.zeros_like(heads), None)


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
    heads = [*reader.heads, "states"]
    _write(
        reader,
        (numbers, numbers, numbers),
        full / "encoder.onnx",
        {"numbers": pieces, "shapes": pieces, "mask": pieces},
        dict.fromkeys(heads, pieces),
    )
    for name, listener in reader.listeners.items():
        _write(
            _OneWindow(listener),
            (torch.randn(9, width), torch.tensor([1, 4])),
            full / f"{name}.onnx",
            {"states": {0: "words"}, "heads": {0: "heads"}},
            {"labels": {0: "heads", 1: "words"}},
        )
    for name in ("encoder", *reader.listeners):
        quantize_dynamic(
            full / f"{name}.onnx",
            folder / f"{name}.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
        )
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

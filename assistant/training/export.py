"""Export: the trained network to ONNX, whole and with 8-bit weights.

Two graphs go out, the encoder and one step of the decoder, with free batch and length. ONNX
Runtime's dynamic quantiser then turns matrix products, tables and LSTM gates to 8 bits; it has no
kernel for a GRU, whose gates stay in 32.
"""

from __future__ import annotations

import logging
import warnings
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from assistant.checkpoint import DECODER, ENCODER, WEIGHTS
from assistant.network.decoder import Memory
from assistant.network.seq2seq import Seq2Seq

_OPSET = 17


class _EncoderGraph(nn.Module):
    def __init__(self, network: Seq2Seq) -> None:
        super().__init__()
        self.network = network

    def forward(self, source: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        memory = self.network.encode(source)
        return memory.states, memory.keys, memory.initial


class _StepGraph(nn.Module):
    def __init__(self, network: Seq2Seq) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, previous: Tensor, state: Tensor, states: Tensor, keys: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        decoded = self.network.decode(previous.unsqueeze(1), Memory(states, keys, state), state)
        scores = torch.log_softmax(self.network.logits(decoded.features[:, 0]), dim=-1)
        return scores, decoded.attention[:, 0], decoded.state


def export_network(network: Seq2Seq, folder: Path) -> None:
    """Write the encoder and the decoder step in 32 bits.

    Args:
        network: The trained network.
        folder: Where `encoder.onnx` and `decoder.onnx` go.
    """
    network = network.cpu().eval()
    source = torch.zeros(1, 5, dtype=torch.long)
    with torch.no_grad():
        memory = network.encode(source)
    _export(
        _EncoderGraph(network), (source,), folder / ENCODER,
        {"source": {0: "B", 1: "S"}},
        {"states": {0: "B", 1: "S"}, "keys": {0: "B", 1: "S"}, "initial": {1: "B"}},
    )  # fmt: skip
    _export(
        _StepGraph(network),
        (torch.zeros(1, dtype=torch.long), memory.initial, memory.states, memory.keys),
        folder / DECODER,
        {"previous": {0: "K"}, "state": {1: "K"},
         "states": {0: "M", 1: "S"}, "keys": {0: "M", 1: "S"}},
        {"scores": {0: "K"}, "attention": {0: "K", 1: "S"}, "next_state": {1: "K"}},
    )  # fmt: skip


def quantise(folder: Path) -> None:
    """Turn the weights of both graphs in a folder to 8 bits, in place.

    Args:
        folder: Where `export_network` wrote.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().addFilter(_no_preprocessing_advice)
    try:
        for name in (ENCODER, DECODER):
            whole = folder / f"whole-{name}"
            (folder / name).rename(whole)
            quantize_dynamic(
                whole, folder / name, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
            )
            whole.unlink()
    finally:
        logging.getLogger().removeFilter(_no_preprocessing_advice)


def save_weights(network: Seq2Seq, folder: Path) -> None:
    """Write the weights in half precision.

    Args:
        network: The trained network.
        folder: Where `weights.safetensors` goes.
    """
    tensors = {name: t.detach().cpu().half().contiguous() for name, t in network.state_dict().items()}
    save_file(tensors, folder / WEIGHTS)


def load_weights(network: Seq2Seq, folder: Path) -> None:
    """Read the weights of a checkpoint into a network of its shape.

    Args:
        network: Filled in place. It may have upper layers of the encoder that the checkpoint has not:
            they stay as they are.
        folder: A checkpoint.
    """
    tensors = {k: t for k, t in network.state_dict().items() if k.startswith("encoder.upper.")}
    tensors |= {name: tensor.float() for name, tensor in load_file(folder / WEIGHTS).items()}
    network.load_state_dict(tensors)


def _export(
    graph: nn.Module,
    inputs: tuple[Tensor, ...],
    path: Path,
    input_axes: dict[str, dict[int, str]],
    output_axes: dict[str, dict[int, str]],
) -> None:
    with warnings.catch_warnings():
        # The exporter by tracing is marked as old, and warns that an LSTM of batch 1 was traced;
        # the parity test runs it with other batches. The new one takes 17 s and needs onnxscript.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph.eval(),
            inputs,
            str(path),
            input_names=list(input_axes),
            output_names=list(output_axes),
            dynamic_axes=input_axes | output_axes,
            opset_version=_OPSET,
            dynamo=False,
        )


def _no_preprocessing_advice(record: logging.LogRecord) -> bool:
    return "pre-processing" not in record.getMessage()

"""From the trained torch model to models/encoder: one int8 ONNX graph with every output, and the tokenizer beside it.

Weights of matrix products are int8 for each output channel, activations are quantised at run time (onnxruntime's dynamic scheme);
the word vectors are int8 with one scale for each piece.
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from encoder import HEADS, INNER, LAYERS, OUTPUTS, POSITIONS, Encoder
from settings import BUILD, MAX_TOKENS, SEED, WIDTH

OPSET = 17
LIMIT_BYTES = 40_000_000
HEAD_NODES = ("/pool/", "/topic_pool/", "/cyber/", "/arabic/", "/topics/", "/project/", "/tags/", "/salience/")  # small: they stay float32
AXES = {"input_ids": {0: "batch", 1: "length"}, "attention_mask": {0: "batch", 1: "length"}} | {
    name: {0: "batch", 1: "length"} if name in ("salience", "tags", "last_hidden_state") else {0: "batch"}
    for name in OUTPUTS
}


class Int8Embedding(nn.Module):
    """A table of int8 rows, each with its own scale."""

    def __init__(self, weight):
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp_min(1e-8) / 127
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids):
        return self.rows[ids].to(self.scale.dtype) * self.scale[ids]


def graph(model, path):
    """Writes the quantised graph."""
    model = model.eval().float()
    model.word = Int8Embedding(model.word.weight.data)
    example = torch.randint(5, 100, (2, 16))
    plain = BUILD / "plain.onnx"
    torch.onnx.export(model, (example, torch.ones_like(example)), str(plain), input_names=["input_ids", "attention_mask"],
                      output_names=list(OUTPUTS), dynamic_axes=AXES, opset_version=OPSET, dynamo=False)
    # The quantiser makes a head's Gemm a MatMul of this other name before it looks at what to leave out.
    heads = [node.name + end for node in onnx.load(str(plain)).graph.node if node.name.startswith(HEAD_NODES) for end in ("", "_MatMul")]
    quantize_dynamic(str(plain), str(path), op_types_to_quantize=["MatMul", "Gemm"], per_channel=True, weight_type=QuantType.QInt8,
                     nodes_to_exclude=heads)
    assert path.stat().st_size < LIMIT_BYTES, path.stat().st_size


def move(path, name, shift):
    """Adds to a bias that stayed float32 in an exported graph."""
    model = onnx.load(str(path))
    bias = next(item for item in model.graph.initializer if item.name == name)
    moved = onnx.numpy_helper.to_array(bias) + np.asarray(shift, np.float32)
    bias.CopyFrom(onnx.numpy_helper.from_array(moved, name))
    onnx.save(model, str(path))


def folder(model, target):
    """Writes target/encoder as transformers.js loads it."""
    encoder = target / "encoder"
    (encoder / "onnx").mkdir(parents=True, exist_ok=True)
    pieces = model.word.weight.shape[0]
    graph(model, encoder / "onnx" / "model_quantized.onnx")
    shutil.copy(BUILD / "tokenizer.json", encoder / "tokenizer.json")
    (encoder / "config.json").write_text(json.dumps({
        "architectures": ["XLMRobertaModel"], "model_type": "xlm-roberta", "hidden_size": WIDTH,
        "num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "intermediate_size": INNER,
        "max_position_embeddings": POSITIONS, "vocab_size": pieces, "hidden_act": "gelu", "layer_norm_eps": 1e-12,
        "bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2, "type_vocab_size": 1,
    }, indent=2) + "\n")
    (encoder / "tokenizer_config.json").write_text(json.dumps({
        "tokenizer_class": "XLMRobertaTokenizer", "bos_token": "<s>", "pad_token": "<pad>", "eos_token": "</s>",
        "unk_token": "<unk>", "cls_token": "<s>", "sep_token": "</s>", "model_max_length": MAX_TOKENS,
        "clean_up_tokenization_spaces": False,
    }, indent=2) + "\n")


class Session:
    """
    The exported graph on the CPU, one text at a time, as the program runs it: with int8 scales made at run time a text's numbers depend
    on its neighbours in the batch, so thresholds and calibration found on batches would not be the program's.
    """

    def __init__(self, path, threads=2):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def run(self, sequences, outputs=("cyber", "topics", "embedding"), batch=1):
        """One list for each output, in the order of `sequences`; outputs by token are cut to the sequence's length."""
        results = {name: [None] * len(sequences) for name in outputs}
        order = sorted(range(len(sequences)), key=lambda i: len(sequences[i]))
        for start in range(0, len(order), batch):
            chosen = order[start:start + batch]
            length = max(len(sequences[i]) for i in chosen)
            ids = np.ones((len(chosen), length), np.int64)
            mask = np.zeros_like(ids)
            for row, i in enumerate(chosen):
                ids[row, :len(sequences[i])] = sequences[i]
                mask[row, :len(sequences[i])] = 1
            values = self.session.run(list(outputs), {"input_ids": ids, "attention_mask": mask})
            for name, value in zip(outputs, values):
                for row, i in enumerate(chosen):
                    by_token = name in ("salience", "tags", "last_hidden_state")
                    results[name][i] = value[row, :len(sequences[i])] if by_token else value[row]
        return [results[name] for name in outputs]


def load_checkpoint(*paths):
    """A trained model from its checkpoint, or the average of several that began from one."""
    states = [torch.load(path, map_location="cpu", weights_only=True) for path in paths]
    model = Encoder(states[0]["word.weight"].shape[0])
    model.load_state_dict({name: sum(state[name].float() for state in states) / len(states) for name in states[0]})
    return model


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    torch.manual_seed(SEED)
    folder(load_checkpoint(*arguments.checkpoints), arguments.target)
    onnx.checker.check_model(str(arguments.target / "encoder" / "onnx" / "model_quantized.onnx"))

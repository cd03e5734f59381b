"""The backbone and its heads in torch: one forward pass gives every output named in docs/model-contract.md."""

import json
import math

import torch
from torch import nn
from torch.nn import functional as F

import backbone
from settings import BUILD, PAD, TAGS, TOPICS, WIDTH

LAYERS, HEADS, INNER, POSITIONS, EPSILON = 12, 12, 1536, 512, 1e-12
OUTPUTS = ("cyber", "topics", "embedding", "salience", "tags", "last_hidden_state")


class Layer(nn.Module):
    """One post-norm BERT layer."""

    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, x, bias, dropout):
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        if torch.onnx.is_in_onnx_export():
            scores = q @ k.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + bias
            mixed = scores.softmax(-1) @ v
        else:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + F.dropout(self.out(mixed), dropout, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), dropout, self.training))


class Encoder(nn.Module):
    """Word pieces to all outputs; every head reads the last layer, so one run serves all uses."""

    def __init__(self, pieces):
        super().__init__()
        self.word = nn.Embedding(pieces, WIDTH, padding_idx=PAD)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.pool = nn.Linear(2 * WIDTH, WIDTH)
        self.cyber = nn.Linear(WIDTH, 1)
        self.arabic = nn.Linear(WIDTH, 1)  # 1 for Arabic, 0 for English: found by align.py
        self.arabic_shift = nn.Parameter(torch.zeros(1))  # of the cyber logit: found by heads.py
        self.topic_pool = nn.Linear(2 * WIDTH, WIDTH)
        self.topics = nn.Linear(WIDTH, len(TOPICS))
        self.project = nn.Linear(WIDTH, WIDTH)
        self.salience = nn.Sequential(nn.Linear(2 * WIDTH, 128), nn.GELU(), nn.Linear(128, 1))
        self.tags = nn.Linear(WIDTH, len(TAGS))
        self.dropout = 0.1

    def hidden(self, ids, mask):
        """Token vectors of the last layer."""
        length = ids.shape[1]
        x = self.norm(self.word(ids) + self.position.weight[:length])
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias, self.dropout)
        return x

    def forward(self, ids, mask):
        x = self.hidden(ids, mask)
        weight = mask.to(x.dtype).unsqueeze(-1)
        mean = (x * weight).sum(1) / weight.sum(1)
        pooled = torch.tanh(self.pool(F.dropout(torch.cat([mean, x[:, 0]], -1), self.dropout, self.training)))
        pooled = F.dropout(pooled, self.dropout, self.training)
        largest = x.masked_fill(mask.unsqueeze(-1) == 0, -1e4).amax(1)
        subject = F.dropout(F.gelu(self.topic_pool(torch.cat([mean, largest], -1))), self.dropout, self.training)
        context = torch.cat([x, mean.unsqueeze(1).expand_as(x)], -1)
        cyber = self.cyber(pooled) + self.arabic_shift * self.arabic(mean)
        return (cyber.squeeze(-1), self.topics(subject), F.normalize(self.project(mean), dim=-1),
                self.salience(context).squeeze(-1), self.tags(x), x)


def published():
    """The pruned published backbone with new heads; `project` is the identity."""
    _, tensors = backbone.load()
    kept = json.loads((BUILD / "kept.json").read_text())
    model = Encoder(len(kept))
    tensor = {name: torch.from_numpy(value.copy()) for name, value in tensors.items()}
    state = {"word.weight": tensor["emb.word"][kept],
             "position.weight": tensor["emb.pos"] + tensor["emb.type"][0],
             "norm.weight": tensor["emb.ln.w"], "norm.bias": tensor["emb.ln.b"]}
    names = {"ao": "out", "aln": "norm1", "fi": "up", "fo": "down", "oln": "norm2"}
    for index in range(LAYERS):
        for end, kind in (("w", "weight"), ("b", "bias")):
            state[f"layers.{index}.qkv.{kind}"] = torch.cat([tensor[f"l{index}.{part}.{end}"] for part in "qkv"])
            for old, new in names.items():
                state[f"layers.{index}.{new}.{kind}"] = tensor[f"l{index}.{old}.{end}"]
    state["project.weight"], state["project.bias"] = torch.eye(WIDTH), torch.zeros(WIDTH)
    missing = model.load_state_dict(state, strict=False)
    assert not missing.unexpected_keys and all(name.split(".")[0] in
               ("pool", "topic_pool", "cyber", "arabic", "arabic_shift", "topics", "salience", "tags") for name in missing.missing_keys)
    return model

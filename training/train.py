"""Fine-tunes the backbone and all heads together, and writes one checkpoint: the average of the last steps' weights.

Every batch holds articles of similar length with whatever targets are known; unknown ones add nothing to the loss:
  cyber     binary cross-entropy, targets pulled to 0.98 and 0.02
  topics    binary cross-entropy over the known topics of cyber articles
  tags      cross-entropy over tokens; B- and I- weigh more than O
  salience  cross-entropy between softmax over sentences of the prediction and of the ROUGE with people's summaries
  embedding supervised contrastive over articles of one event and two views of one article, and
            likeness to the published backbone's embedding (centred for each language), so that languages stay aligned
"""

import argparse
import random
import time

import numpy as np
import torch
from torch.nn import functional as F

from encoder import LAYERS, published
from export import load_checkpoint
from pool import batches, sources
from settings import BUILD, PAD, SEED, THREADS

PEAK, DECAY, HEAD_RATE = 1.5e-4, 0.85, 1e-3  # learning rates: top layer, fall for each layer below it, heads
WARM = 0.06  # share of the steps in which the rate rises
AVERAGED = 0.3  # share of the steps, at the end, whose weights are averaged
EVERY = 10  # steps between two weights that enter the average
LIKENESS_EVERY = 4  # the published backbone is run on every fourth batch only: it costs a third of a step
SMOOTH = 0.02
TEMPERATURE = 0.06
SALIENCE_TEMPERATURE = 0.08
TOPIC_POSITIVE = 2.0  # a given topic weighs more than one not given
TAG_WEIGHTS = [0.3, 2.5, 2.5, 1.0, 1.0, 1.5, 1.5, 2.5, 2.5]  # in the order of settings.TAGS: rare kinds weigh more
WEIGHTS = {"cyber": 1.0, "topics": 1.5, "tags": 1.0, "salience": 0.4, "contrast": 0.2, "likeness": 3.0}


def pad(examples):
    """ids and mask of a batch."""
    length = max(len(example.ids) for example in examples)
    ids = torch.full((len(examples), length), PAD)
    mask = torch.zeros_like(ids)
    for row, example in enumerate(examples):
        ids[row, :len(example.ids)] = torch.tensor(example.ids)
        mask[row, :len(example.ids)] = 1
    return ids, mask


def contrast(vectors, groups, rare):
    """Supervised contrastive loss over the articles that have a partner in the batch. Two of different groups that share a rare
    title word are no negatives: nobody marked all articles of an event."""
    numbers = {group: n for n, group in enumerate(dict.fromkeys(groups))}
    label = torch.tensor([numbers[group] for group in groups])
    same = (label[:, None] == label[None]) & ~torch.eye(len(groups), dtype=torch.bool)
    has = same.any(1)
    if not has.any():
        return vectors.sum() * 0
    left_out = torch.eye(len(groups), dtype=torch.bool)
    for i, first in enumerate(rare):
        for j in range(i):
            if label[i] != label[j] and first & rare[j]:
                left_out[i, j] = left_out[j, i] = True
    scores = (vectors @ vectors.T / TEMPERATURE).masked_fill(left_out, -1e4)
    logs = scores.log_softmax(1)
    return -((logs * same).sum(1)[has] / same.sum(1)[has]).mean()


def losses(outputs, examples, teacher):
    """The loss of each head that has a target in this batch."""
    cyber, topics, embedding, salience, tags, _ = (output.float() for output in outputs)
    found = {}
    target = torch.tensor([example.cyber for example in examples])
    known = ~target.isnan()
    if known.any():
        weight = torch.tensor([example.weight for example in examples])
        soft = target.nan_to_num(0).clamp(SMOOTH, 1 - SMOOTH)
        each = F.binary_cross_entropy_with_logits(cyber, soft, reduction="none") * weight
        found["cyber"] = (each * known).sum() / known.sum()
    target = torch.tensor(np.stack([example.topics for example in examples]))
    known = ~target.isnan()
    if known.any():
        weight = known * torch.tensor([example.topic_weight for example in examples])[:, None]
        each = F.binary_cross_entropy_with_logits(topics, target.nan_to_num(0), reduction="none",
                                                  pos_weight=torch.tensor(TOPIC_POSITIVE)) * weight
        found["topics"] = each.sum() / known.any(1).sum() / 4
    width = tags.shape[1]
    target = torch.tensor([(example.tags + [-100] * width)[:width] for example in examples])
    if (target > 0).any():
        found["tags"] = F.cross_entropy(tags.transpose(1, 2), target, weight=torch.tensor(TAG_WEIGHTS), ignore_index=-100)
    each = []
    for row, example in enumerate(examples):
        if example.salience is not None:
            predicted = torch.stack([salience[row, first:last].mean() for first, last in example.spans])
            wanted = (torch.from_numpy(example.salience) / SALIENCE_TEMPERATURE).softmax(0)
            each.append(-(wanted * predicted.log_softmax(0)).sum() + (wanted * wanted.clamp_min(1e-9).log()).sum())
    if each:
        found["salience"] = torch.stack(each).mean() * len(each) / len(examples) * 4
    found["contrast"] = contrast(embedding, [example.group for example in examples], [example.rare for example in examples])
    if teacher is not None:
        found["likeness"] = (1 - (embedding * teacher).sum(1)).mean()
    return found


def parameter_groups(model, share):
    """Learning rates that fall from the top layer down, times `share`; word and position vectors stay as published."""
    model.word.requires_grad_(False)
    model.position.requires_grad_(False)
    groups = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("layers."):
            rate = PEAK * DECAY ** (LAYERS - 1 - int(name.split(".")[1]))
        elif name.startswith("norm."):
            rate = PEAK * DECAY ** LAYERS
        else:
            rate = HEAD_RATE if not name.startswith("project") else PEAK
        groups.append({"params": [parameter], "lr": rate * share, "peak": rate * share,
                       "weight_decay": 0.01 if parameter.ndim > 1 else 0.0})
    return groups


class Teacher:
    """The published backbone's embedding, less the mean of its language."""

    def __init__(self, pool, maker):
        self.model = published().eval()
        self.centres = {}
        for language in ("ar", "en"):
            chosen = [s for s in pool if s.lang == language and s.cyber == 1][:400]
            vectors = [self._raw([maker.whole(s, 128) for s in chosen[at:at + 32]]) for at in range(0, len(chosen), 32)]
            self.centres[language] = torch.cat(vectors).mean(0)

    def _raw(self, examples):
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            return self.model(*pad(examples))[2].float()

    def __call__(self, examples, languages):
        centred = self._raw(examples) - torch.stack([self.centres[language] for language in languages])
        return F.normalize(centred, dim=-1)


class Mean:
    """The running mean of a model's weights."""

    def __init__(self):
        self.count, self.state = 0, None

    def add(self, state):
        """Takes one more state in."""
        self.count += 1
        if self.state is None:
            self.state = {name: value.double() for name, value in state.items()}
        for name, value in state.items():
            self.state[name] += (value - self.state[name]) / self.count

    def save(self, path):
        """Writes the mean."""
        torch.save({name: value.float() for name, value in self.state.items()}, path)


def run(arguments):
    """Trains, from the published backbone or from a checkpoint, and writes the averaged checkpoint."""
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(THREADS)
    rng = random.Random(arguments.seed)
    pool, maker = sources(arguments.parts, arguments.half)
    teacher, model = Teacher(pool, maker), (load_checkpoint(BUILD / arguments.start) if arguments.start else published()).train()
    optimiser = torch.optim.AdamW(parameter_groups(model, arguments.rate), betas=(0.9, 0.98), fused=True)
    plan = [batch for epoch in range(arguments.epochs) for batch in batches(pool, maker, rng, epoch, arguments.limit)]
    print(f"{len(pool)} sources, {len(plan)} batches, {sum(len(b[0]) for b in plan)} examples", flush=True)
    average, started, seen, weights = Mean(), time.time(), {}, WEIGHTS | {"cyber": arguments.cyber}
    for step, (examples, languages) in enumerate(plan):
        progress = step / len(plan)
        factor = min(progress / WARM, (1 - progress) / (1 - WARM))
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * factor
        with torch.autocast("cpu", torch.bfloat16):
            outputs = model(*pad(examples))
        found = losses(outputs, examples, teacher(examples, languages) if step % LIKENESS_EVERY == 0 else None)
        sum(weights[name] * value for name, value in found.items()).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        for name, value in found.items():
            seen.setdefault(name, []).append(value.item())
        if step % 25 == 24:
            print(f"{step + 1}/{len(plan)} {time.time() - started:.0f}s", {k: round(float(np.mean(v)), 4) for k, v in seen.items()}, flush=True)
            seen = {}
        if progress >= 1 - AVERAGED and step % EVERY == 0:
            average.add(model.state_dict())
    average.save(BUILD / arguments.name)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", default="model.pt")
    parser.add_argument("--parts", nargs="+", default=["train"])
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--limit", type=int, default=144)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--start", help="a checkpoint to go on from")
    parser.add_argument("--half", type=int, choices=(0, 1), help="the half of dev that is learnt from as well")
    parser.add_argument("--cyber", type=float, default=WEIGHTS["cyber"], help="weight of the cyber head's loss")
    parser.add_argument("--rate", type=float, default=1.0, help="share of the usual learning rates")
    run(parser.parse_args())

"""Finds, on the finished backbone, the direction in which Arabic and English differ, by which heads.py makes one calibration of the cyber
logit fit both. The embedding's projection stays as it was trained: README.md says what a projection found anew gave, and what it cost."""

import argparse
import random

import numpy as np
import torch

from export import load_checkpoint
from pool import sources
from settings import BUILD, SEED
from train import pad

CYBER, OTHER, TITLES = 1500, 900, 800  # articles, and titles alone, that the regression sees
LENGTH = 128
RIDGE = 3.0  # weight of the penalty, in units of the features' mean variance times a thousandth of the examples


def texts(seed):
    """Training examples in an order fixed by the seed: whole articles, and titles as queries are."""
    pool, maker = sources(["train"])
    rng, told = random.Random(seed), [source for source in pool if not source.references]
    rng.shuffle(told)
    chosen = [s for s in told if s.cyber == 1][:CYBER] + [s for s in told if s.cyber == 0][:OTHER]
    titled = [s for s in chosen if s.title][:TITLES]
    return [maker.whole(s, LENGTH) for s in chosen] + [maker.example(s, s.title, [], LENGTH) for s in titled]


def outputs(model, examples, function):
    """function(model, ids, mask) for every example, in their order."""
    order, found = sorted(range(len(examples)), key=lambda i: len(examples[i].ids)), [None] * len(examples)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(order), 32):
            chosen = order[start:start + 32]
            values = function(model, *pad([examples[i] for i in chosen])).float().numpy()
            for row, i in enumerate(chosen):
                found[i] = values[row]
    return np.stack(found).astype(np.float64)


def mean(model, ids, mask):
    """The mean of each example's token vectors."""
    weight = mask.unsqueeze(-1).float()
    return (model.hidden(ids, mask).float() * weight).sum(1) / weight.sum(1)


def ridge(features, targets):
    """(weight, bias) of the penalised regression."""
    centre, goal = features.mean(0), targets.mean(0)
    x, y = features - centre, targets - goal
    penalty = RIDGE * x.var() * len(x) / 1000
    weight = np.linalg.solve(x.T @ x + penalty * np.eye(x.shape[1]), x.T @ y).T
    return weight, goal - weight @ centre


def run(arguments):
    """Writes the checkpoint (the mean, where several are given) with the direction of Arabic."""
    examples = texts(SEED)
    model = load_checkpoint(*(BUILD / name for name in arguments.checkpoints)).eval()
    weight, bias = ridge(outputs(model, examples, mean), np.array([[float(example.lang == "ar")] for example in examples]))
    model.arabic.weight.data, model.arabic.bias.data = torch.from_numpy(weight).float(), torch.from_numpy(bias).float()
    torch.save(model.state_dict(), BUILD / arguments.name)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", nargs="+")
    parser.add_argument("--name", default="aligned.pt")
    run(parser.parse_args())

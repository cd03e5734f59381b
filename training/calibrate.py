"""What is found on the dev part and written to heads.json: how much the n-grams weigh, the calibration curve, topic and tag thresholds."""

import numpy as np
from scipy.optimize import minimize

from dataset import articles, measured
from settings import ENTITY_KINDS, TAGS, TOPICS
from text import fold

POINTS = [-12, -9, -7, -6, -5, -4, -3.5, -3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 9, 12]
SIDES = 2  # slopes of the curve differ below and above its middle
NGRAM_WEIGHTS = [0.0, 0.1, 0.2, 0.3, 0.4]  # no more: on news of other years the n-grams fall apart


def sigmoid(x):
    """1 / (1 + exp(-x))."""
    return 1 / (1 + np.exp(-np.clip(x, -40, 40)))


def f1(truth, predicted):
    """F1 of the positive class."""
    hit = (truth & predicted).sum()
    return 2 * hit / max(truth.sum() + predicted.sum(), 1)


def calibration_error(truth, probability, bins=10):
    """Expected calibration error over equal bins of the probability."""
    index = np.minimum((probability * bins).astype(int), bins - 1)
    return sum(abs(truth[index == b].mean() - probability[index == b].mean()) * (index == b).mean() for b in range(bins) if (index == b).any())


def curve(logits, truth):
    """Points of a monotone curve: a logistic with its own slope on each side of its middle, found by maximum likelihood."""
    def value(parameters, x):
        middle, low, high = parameters
        return sigmoid(np.where(x < middle, np.exp(low), np.exp(high)) * (x - middle))

    def loss(parameters):
        p = value(parameters, logits).clip(1e-6, 1 - 1e-6)
        prior = 0.5 * (parameters[1] ** 2 + parameters[2] ** 2)  # slopes stay near one where few errors speak
        return -np.where(truth, np.log(p), np.log(1 - p)).sum() + prior

    best = min((minimize(loss, [m, 0.0, 0.0], method="Nelder-Mead") for m in (-1.0, 0.0, 1.0)), key=lambda r: r.fun).x
    return {"kind": "piecewise", "logit": POINTS, "probability": [round(float(p), 6) for p in value(best, np.array(POINTS))]}


def probability(logits, calibration):
    """Applies a curve."""
    return np.interp(logits, calibration["logit"], calibration["probability"])


def ngram_weight(encoder, ngrams, truth):
    """The weight with the lowest log loss (each weight with its own curve), so that one article more or less does not decide it."""
    def loss(weight):
        mixed = (1 - weight) * encoder + weight * ngrams
        p = probability(mixed, curve(mixed, truth)).clip(1e-4, 1 - 1e-4)
        return -np.where(truth, np.log(p), np.log(1 - p)).mean()
    return min(NGRAM_WEIGHTS, key=loss)


def topic_rules(logits, truth):
    """For each topic a shift such that 0.5 is the threshold with the best F1, smoothed towards no shift where examples are few."""
    rules = []
    for index, name in enumerate(TOPICS):
        z, y = logits[:, index], truth[:, index].astype(bool)
        candidates = np.arange(-2.5, 2.51, 0.1)
        scores = [f1(y, z > c) for c in candidates]
        near = np.convolve(np.pad(scores, 3, mode="edge"), np.ones(7) / 7, mode="valid")  # a broad optimum, not a lucky point
        best = float(candidates[int(np.argmax(near - 0.01 * np.abs(candidates)))])
        kept = best * y.sum() / (y.sum() + 5)
        rules.append({"name": name, "threshold": 0.5, "scale": 1, "shift": round(-kept, 3)})
    return rules


def decode(text, offsets, logits, outside_shift):
    """Names in a text from its tokens' tag logits: (kind, name), names snapped to whole words. README.md says it in words."""
    logits = logits.copy()
    logits[:, 0] -= outside_shift
    best = logits.argmax(1)
    spans = []
    for (start, end), tag in zip(offsets, best):
        while start < end and text[start] == " ":
            start += 1
        kind = TAGS[tag][2:] if tag else None
        if kind is None or start == end:
            continue
        glued = spans and not text[spans[-1][2]:start].strip() and (
            start == spans[-1][2] or (spans[-1][0] == kind and TAGS[tag][0] == "I"))
        if glued:
            spans[-1][2] = end
        else:
            spans.append([kind, start, end])
    names = []
    for kind, start, end in spans:
        while start > 0 and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
        names.append((kind, text[start:end].strip(" .,،؛:\"'()«»")))
    return names


def _same(a, b):
    a, b = set(a.split()), set(b.split())
    return len(a & b) >= 0.5 * min(len(a), len(b)) and bool(a & b)


def _bare(name):
    words = [w[2:] if w.startswith("ال") and len(w) > 4 else w for w in fold(name).replace("_", " ").split()]
    return " ".join(words)


def name_counts(predicted, wanted):
    """{kind: [right predictions, predictions, wanted found, wanted]} for one article; lenient on borders."""
    counts = {}
    for key, kind in ENTITY_KINDS.items():
        gold = {_bare(n if isinstance(n, str) else n.get("name", "")) for n in wanted.get(key, [])} - {""}
        found = {_bare(n) for k, n in predicted if k == kind} - {""}
        counts[kind] = [sum(any(_same(p, g) for g in gold) for p in found), len(found),
                        sum(any(_same(p, g) for p in found) for g in gold), len(gold)]
    return counts


def name_f1(counts):
    """F1 for each kind over many articles."""
    scores = {}
    for kind in ENTITY_KINDS.values():
        right, made, found, wanted = np.sum([c[kind] for c in counts], 0) if counts else (0, 0, 0, 0)
        precision, recall = right / max(made, 1), found / max(wanted, 1)
        scores[kind] = {"precision": precision, "recall": recall, "wanted": int(wanted),
                        "f1": 2 * precision * recall / max(precision + recall, 1e-9)}
    return scores


def labelled(parts, **more):
    """Measured rows of some parts."""
    return [row for row in measured(articles(), **more) if row["part"] in parts]

"""The summary rule: which sentences of an article, and how its few weights are found. README.md says it in words."""

from itertools import product

import numpy as np

from predict import spans, summarised
from rouge import rouge
from settings import MAX_TOKENS

MAX_SENTENCES, MAX_CHARACTERS = 3, 400
GRID = {"first": [0, 0.5, 1, 1.5, 2, 3, 4], "logPosition": [0, 0.5, 1.0, 1.5], "redundancy": [0, 2, 4], "gap": [-1, 0, 0.5, 1, 2, 3, 4, 8]}


def features(predictor, parts):
    """For each article: sentences that lie in the window, their salience and unit vectors, and the references."""
    rows, sequences, found = summarised(parts), [], []
    for row in rows:
        ids, row_spans = spans(predictor.pieces, row["title"], row["sentences"], MAX_TOKENS)
        sequences.append(ids)
        found.append(row_spans)
    salience, hidden = predictor.run(sequences, ("salience", "last_hidden_state"))
    for row, row_spans, scores, vectors in zip(rows, found, salience, hidden):
        row_spans = row_spans or [(0, 1)]
        row["salience"] = np.array([scores[a:b].mean() for a, b in row_spans])
        means = np.stack([vectors[a:b].mean(0) for a, b in row_spans]) - vectors.mean(0)
        row["vectors"] = means / np.linalg.norm(means, axis=1, keepdims=True).clip(1e-6)
    return rows


def choose(row, weights):
    """Indices of the chosen sentences, in the article's order."""
    count = min(len(row["salience"]), len(row["sentences"]))
    score = row["salience"][:count] - weights["logPosition"] * np.log1p(np.arange(count))
    score[0] += weights["first"]
    chosen, length = [], 0
    top = score.max()
    while len(chosen) < MAX_SENTENCES:
        best, best_score = None, -np.inf
        for i in range(count):
            if i in chosen:
                continue
            if chosen and length + 1 + len(row["sentences"][i]) > MAX_CHARACTERS:
                continue
            same = max((float(row["vectors"][i] @ row["vectors"][j]) for j in chosen), default=0.0)
            value = score[i] - weights["redundancy"] * max(same, 0)
            if value > best_score:
                best, best_score = i, value
        if best is None or (chosen and best_score < top - weights["gap"]):
            break
        chosen.append(best)
        length += len(row["sentences"][best]) + (1 if len(chosen) > 1 else 0)
    return sorted(chosen)


def measure(rows, chooser):
    """Mean ROUGE-1, -2, -L; an article with several references counts once for each, as ../shared/data/README.md does."""
    scores = []
    for row in rows:
        text = " ".join(row["sentences"][i] for i in chooser(row))
        scores += [rouge(text, reference) for reference in row["references"]]
    return np.mean(scores, 0)


def lead(count):
    """A chooser of the first sentences."""
    return lambda row: list(range(min(count, len(row["sentences"]))))


def fit(rows):
    """The weights of a language with the best mean ROUGE on its rows."""
    best, best_score = None, -1
    for values in product(*GRID.values()):
        weights = dict(zip(GRID, values))
        score = measure(rows, lambda row: choose(row, weights)).mean()
        if score > best_score + 1e-4:
            best, best_score = weights, score
    return best

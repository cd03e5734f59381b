"""The hashed n-gram logistic model: features, fitting, and the file models/ngrams.bin. README.md says it in words.

Features of an article: W = folded words (text.words) of title + " " + the first 1,200 characters of the prepared body;
S = " " + W joined by one space + " ".
  - every run of 2, 3, 4 and 5 UTF-16 units of S
  - every word, and every two neighbouring words joined by one space, each with the unit 0x01 before it
A feature's bucket is FNV-1a (32 bits, one step for each UTF-16 unit: h = (h xor unit) * 16777619, from 2166136261), folded: (h xor (h >> 13)) mod BUCKETS.
Each bucket counts once. logit = bias + scale * (sum of the int8 weights of the n buckets) / sqrt(n).
"""

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from settings import SEED
from text import prepare, words

BUCKETS = 1 << 19
BODY_CHARACTERS = 1200
LENGTHS = (2, 3, 4, 5)
_OFFSET, _PRIME = np.uint32(2166136261), np.uint32(16777619)


def _fold(hashes):
    return (hashes ^ (hashes >> np.uint32(13))) & np.uint32(BUCKETS - 1)


def _units(text):
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2").astype(np.uint32)


def _hash(text):
    value = int(_OFFSET)
    for unit in _units(text).tolist():
        value = ((value ^ unit) * 16777619) & 0xFFFFFFFF
    return value


_known = {}


def buckets(title, body):
    """The sorted distinct buckets of one article."""
    found = words(title + " " + prepare(body)[:BODY_CHARACTERS])
    spans = _units(" " + " ".join(found) + " ")
    parts = []
    with np.errstate(over="ignore"):
        hashes = np.full(len(spans), _OFFSET, np.uint32)
        for step in range(max(LENGTHS)):
            if len(spans) <= step:
                break
            hashes = (hashes[:len(spans) - step] ^ spans[step:]) * _PRIME
            if step + 1 in LENGTHS:
                parts.append(hashes)
    grams = found + [f"{a} {b}" for a, b in zip(found, found[1:])]
    for gram in grams:
        if gram not in _known:
            _known[gram] = _hash("\x01" + gram)
    parts.append(np.array([_known[gram] for gram in grams], np.uint32))
    return np.unique(_fold(np.concatenate(parts)))


def matrix(pairs):
    """Rows of 1/sqrt(n) for (title, body) pairs."""
    rows = [buckets(title, body) for title, body in pairs]
    sizes = [len(row) for row in rows]
    values = np.concatenate([np.full(n, 1 / np.sqrt(max(n, 1)), np.float32) for n in sizes])
    return csr_matrix((values, np.concatenate(rows), np.concatenate([[0], np.cumsum(sizes)])), shape=(len(rows), BUCKETS))


class NgramModel:
    """Logistic regression on hashed n-grams with int8 weights."""

    def __init__(self, weights, scale, bias):
        self.weights, self.scale, self.bias = weights, scale, bias

    @classmethod
    def fit(cls, features, labels, weights=None, strength=60.0):
        """Fits on a matrix of features; rare buckets weigh less through an idf that is folded into the weights."""
        seen = np.asarray((features > 0).sum(0)).ravel()
        idf = np.where(seen > 0, np.log((1 + features.shape[0]) / (1 + seen)) + 1, 0).astype(np.float32) / 5
        scaled = features.multiply(idf).tocsr()
        model = LogisticRegression(C=strength, max_iter=300, class_weight="balanced", solver="liblinear", random_state=SEED)
        model.fit(scaled, labels, sample_weight=weights)
        real = model.coef_[0] * idf
        scale = float(np.abs(real).max() / 127)
        return cls(np.round(real / scale).astype(np.int8), scale, float(model.intercept_[0]))

    def logits(self, features):
        """One logit for each row."""
        return self.bias + self.scale * (features @ self.weights.astype(np.float32))

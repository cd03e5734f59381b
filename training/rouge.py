"""ROUGE-1/2/L F1 on words, without stemming, alef and its like folded (the measure of ../shared/data/README.md)."""

from collections import Counter

from text import words


def _f1(common, left, right):
    return 2 * common / (left + right) if left and right else 0.0


def _subsequence(a, b):
    row = [0] * (len(b) + 1)
    for x in a:
        previous = 0
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], previous + 1 if x == y else max(row[j], row[j - 1])
    return row[-1]


def rouge_words(a, b):
    """(ROUGE-1, ROUGE-2, ROUGE-L) F1 of two word lists."""
    one = sum((Counter(a) & Counter(b)).values())
    pairs_a, pairs_b = Counter(zip(a, a[1:])), Counter(zip(b, b[1:]))
    two = sum((pairs_a & pairs_b).values())
    return (_f1(one, len(a), len(b)), _f1(two, len(a) - 1, len(b) - 1), _f1(_subsequence(a, b), len(a), len(b)))


def rouge(a, b):
    """The same for two texts."""
    return rouge_words(words(a), words(b))

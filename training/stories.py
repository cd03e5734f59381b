"""The story rule: which articles tell one event, decided online, one article at a time. README.md says it in words."""

from collections import Counter, defaultdict
from datetime import datetime

import numpy as np

from lexicon import Idf, skeletons, terms
from text import prepare

MEMBERS = 20  # the latest articles of a story that a new one is compared with
TOP = 3  # how many of the likeliest of them speak


def day(date):
    """Days since 1970, from an ISO date with at least a year."""
    text = (date + "-01-01")[:10] if len(date) == 4 else (date + "-15")[:10] if len(date) == 7 else date[:10]
    return (datetime.fromisoformat(text) - datetime(1970, 1, 1)).days


class Article:
    """What the rule knows of one article."""

    def __init__(self, row, vector, idf):
        self.id, self.lang, self.day, self.vector = row["id"], row["lang"], day(row["date"]), vector
        self.weights = {term: idf(term) for term in terms(row["title"], prepare(row["text"]))}
        self.norm = np.sqrt(sum(w * w for w in self.weights.values())) or 1.0
        self.skeletons = {}
        for term, weight in self.weights.items():
            for skeleton in skeletons(term):
                self.skeletons[skeleton] = max(self.skeletons.get(skeleton, 0), weight)


def pair(a, b):
    """The features of two articles, by name."""
    cross = a.lang != b.lang
    found = {"cosine": float(a.vector @ b.vector), "cross": float(cross), "logDays": float(np.log1p(abs(a.day - b.day)))}
    if cross:
        shared = [min(a.skeletons[s], b.skeletons[s]) for s in a.skeletons.keys() & b.skeletons.keys()]
        found["names"] = min(sum(w for w in shared if w > 4), 30) / 10
        found["words"] = 0.0
    else:
        found["words"] = sum(a.weights[t] * b.weights[t] for t in a.weights.keys() & b.weights.keys()) / (a.norm * b.norm)
        found["names"] = 0.0
    return found


def logit(features, weights):
    """The pair's logit of being one event."""
    return weights["bias"] + sum(weights[name] * value for name, value in features.items())


def cluster(articles, rule):
    """Story number of each article, in the order given; each is decided before the next is seen."""
    stories, numbers = [], []
    for article in articles:
        best, best_score = None, 0.0
        for number, members in enumerate(stories):
            if article.day - members[-1].day > rule["windowDays"]:
                continue
            scores = sorted((logit(pair(article, other), rule["weights"]) for other in members[-MEMBERS:]), reverse=True)[:TOP]
            score = sum(scores) / len(scores)
            if score > best_score:
                best, best_score = number, score
        if best is None:
            stories.append([article])
            numbers.append(len(stories) - 1)
        else:
            stories[best].append(article)
            numbers.append(best)
    return numbers


def b_cubed(numbers, events):
    """(precision, recall, F1) of B-cubed."""
    by_story, by_event = Counter(numbers), Counter(events)
    both = Counter(zip(numbers, events))
    precision = np.mean([both[n, e] / by_story[n] for n, e in zip(numbers, events)])
    recall = np.mean([both[n, e] / by_event[e] for n, e in zip(numbers, events)])
    return precision, recall, 2 * precision * recall / (precision + recall)


def bilingual(articles, numbers, events):
    """(events told in both languages that have a story with both, such events)."""
    languages, merged = defaultdict(set), defaultdict(lambda: defaultdict(set))
    for article, number, event in zip(articles, numbers, events):
        languages[event].add(article.lang)
        merged[event][number].add(article.lang)
    both = [event for event, found in languages.items() if len(found) == 2]
    return sum(any(len(found) == 2 for found in merged[event].values()) for event in both), len(both)


def known(rows, vectors, idf=None):
    """Articles from rows with their vectors."""
    idf = idf or Idf()
    return [Article(row, vector, idf) for row, vector in zip(rows, vectors)]

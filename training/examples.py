"""Articles as training examples: token ids and a target for each head, absent where nothing is known."""

import random
from dataclasses import dataclass, field

import numpy as np

from rouge import rouge_words
from settings import BOS, ENTITY_KINDS, EOS, TAGS, TITLE_TOKENS, TOPICS
from text import prepare, sentences, words
from weak import CASED, finder, gazetteer, topics as weak_topics

IGNORED = -100
UNKNOWN_TOPICS = np.full(len(TOPICS), np.nan, np.float32)


@dataclass
class Source:
    """One article and what is known of it."""

    id: str
    lang: str
    title: str
    sentences: list
    cyber: float = float("nan")
    weight: float = 1.0
    topics: np.ndarray = field(default_factory=lambda: UNKNOWN_TOPICS)
    topic_weight: float = 1.0
    names: dict = None  # name -> kind; None: unknown
    names_complete: bool = False  # True: what is not named is known to be no name
    named_sentences: int = None  # how many of the first sentences the names are complete for; None: all
    title_names: dict = None  # all names of the title, where only the title was read
    times: int = 1  # how often it is seen in an epoch
    part: str = "train"  # or "read": labelled for this project, "invented", or "dev": only cyber or not is known
    group: str = None  # sources of one group tell the same event
    family: str = None  # invented events told in similar words, to be told apart
    rare: frozenset = frozenset()  # rare words of the title: two articles that share one may tell the same event
    references: list = None  # summaries written by people
    easy: bool = False  # general news that no word makes look cyber: seen in half of the later epochs


@dataclass
class Example:
    """What one forward pass sees and must answer."""

    ids: list
    cyber: float
    weight: float
    topics: np.ndarray
    topic_weight: float
    tags: list
    spans: list  # (first token, past the last) of each sentence
    salience: np.ndarray
    group: str
    lang: str
    rare: frozenset


def known_topics(found):
    """Exact targets from an annotation."""
    return np.array([float(topic in found) for topic in TOPICS], np.float32)


class Maker:
    """Turns sources into examples."""

    def __init__(self, pieces):
        self.pieces = pieces
        self.names = gazetteer()
        self.finder = finder(self.names)

    def source(self, row, **more):
        """A source from a row of dataset.articles()."""
        label = float("nan") if row["label"] is None else float(row["label"])
        more.setdefault("group", row["id"])
        if row.get("topics"):
            more["topics"] = known_topics(row["topics"])
        elif label == 1:
            more.update(topics=weak_topics(row["title"], row["text"], row.get("category", "")), topic_weight=0.4)
        if row.get("entities"):
            more["names"] = {prepare(name if isinstance(name, str) else name.get("name", "")): kind
                             for key, kind in ENTITY_KINDS.items() for name in row["entities"].get(key, [])}
            more["names_complete"] = True
        elif label == 1:
            more["names"] = {}
        found = Source(row["id"], row["lang"], row["title"], sentences(row["text"]), cyber=label, **more)
        if row.get("read"):
            ends = np.cumsum([len(sentence) + 1 for sentence in found.sentences])
            found.named_sentences = int((ends <= row["read"] + 2).sum())
        return found

    def _tags(self, source, text, offsets, title=False):
        tags = [IGNORED] * len(offsets)
        if source.names is None:
            return tags
        listed = source.title_names if title else None
        complete = source.names_complete or listed is not None
        if complete:
            kinds = source.names if listed is None else listed
            pattern = finder(kinds) if kinds else None
        else:
            pattern, kinds = self.finder, self.names
        spans = [(m.start(1), m.end(1), kinds[m.group(1)]) for m in pattern.finditer(text)] if pattern else []
        for index, (start, end) in enumerate(offsets):
            while start < end and text[start] == " ":
                start += 1
            inside = next((span for span in spans if start < span[1] and end > span[0]), None)
            if inside:
                first = start <= inside[0] or text[inside[0]:start].strip() == ""
                tags[index] = TAGS.index(("B-" if first else "I-") + inside[2])
            elif complete or (not CASED.search(text[start:end]) if source.lang == "en" else index % 3 == 0):
                tags[index] = 0  # Arabic has no capitals: every third token, so that a name that no list has does little harm
        return tags

    def example(self, source, title, chosen, limit):
        """An example from a title (or "") and some of the sentences."""
        ids, tags = [BOS], [IGNORED]
        for text in ([title] if title else []):
            new, offsets = self.pieces.tokens(text)
            ids += new[:TITLE_TOKENS]
            tags += self._tags(source, text, offsets, title=True)[:TITLE_TOKENS]
        ids, tags = ids + [EOS], tags + [IGNORED]
        body, spans, kept, cursor = " ".join(chosen), [], [], 0
        new, offsets = self.pieces.tokens(body)
        base = len(ids)
        ids += new
        read = len(body)
        if source.named_sentences is not None:
            named = set(source.sentences[:source.named_sentences])
            read = sum(len(sentence) + 1 for sentence in chosen if sentence in named)
        tags += [tag if start < read else IGNORED for tag, (start, _) in zip(self._tags(source, body, offsets), offsets)]
        at = 0
        for sentence in chosen:
            end, first = cursor + len(sentence), at
            while at < len(offsets) and offsets[at][0] < end:
                at += 1
            cursor = end + 1
            if base + at < limit and at > first:
                spans.append((base + first, base + at))
                kept.append(sentence)
        ids, tags = (ids + [EOS])[:limit], (tags + [IGNORED])[:limit]
        ids[-1], tags[-1] = EOS, IGNORED
        salience = None
        if source.references and len(spans) > 1:
            salience = np.array([np.mean([np.mean(rouge_words(words(sentence), reference)) for reference in source.references])
                                 for sentence in kept], np.float32)
        return Example(ids, source.cyber, source.weight, source.topics, source.topic_weight, tags,
                       spans if salience is not None else [], salience, source.group, source.lang, source.rare)

    def whole(self, source, limit):
        """The article as it is read in use."""
        return self.example(source, source.title, source.sentences, limit)

    def views(self, source, rng, limit):
        """Two readings of one article that share little: for the contrastive loss, and as practice on short texts."""
        body = source.sentences
        if not source.title or len(body) == 0:
            first = self.example(source, "", body[:1] or [source.title], limit)
            return first, self.example(source, source.title, drop(body, rng), limit)
        first = rng.choice(["title", "title", "lead"])
        left = self.example(source, source.title, [] if first == "title" else body[:2], limit)
        with_title = first == "title" and rng.random() < 0.4
        return left, self.example(source, source.title if with_title else "", drop(body, rng), limit)

    def varied(self, source, rng, limit):
        """The article, sometimes without its title, only its opening, or with sentences left out."""
        choice = rng.random()
        title, body = source.title, source.sentences
        if choice < 0.1 and title:
            body = []
        elif choice < 0.2 and body:
            title = ""
        elif choice < 0.35:
            body = body[:2]
        elif choice < 0.5:
            body = drop(body, rng)
        return self.example(source, title, body, limit)


def drop(body, rng):
    """The sentences with some left out at random; the first usually stays."""
    if len(body) < 3:
        return body
    rate = rng.choice([0.0, 0.2, 0.4])
    kept = [s for i, s in enumerate(body) if rng.random() >= (rate / 2 if i == 0 else rate)]
    return kept or body


def shuffled(items, seed):
    """A copy in an order fixed by the seed."""
    items = list(items)
    random.Random(seed).shuffle(items)
    return items

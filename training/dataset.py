"""Rows of ../shared/data as articles, with the part that each belongs to, and what must not be trained on beside them."""

import json
from functools import cache
from pathlib import Path

from settings import DATA, TOPICS
from split import fold, part, read
from text import prepare, words

FILES = [
    "ar_cyber", "ar_hard_negatives_lexical", "ar_negatives_topical", "ar_borderline", "ar_pages_recent",
    "en_cyber_casie", "en_cyber_ndh_2025_26", "en_hard_negatives_2025_26", "en_borderline", "en_agnews_short",
    "en_bbc_2004_full", "en_reuters21578_sample", "en_feed_items_general", "en_feed_items_security_outlets",
]
NEAR = 0.6  # Jaccard of title words above which two articles count as one text


@cache
def annotations():
    """The blind second reading, by id."""
    return {row["id"]: row for name in ("annotated_ar", "annotated_en") for row in read(name)}


def _label(row, annotation):
    """1 cyber, 0 not, None where the readers differ or called it borderline.

    A borderline row of the first reading on which the second reader is clear is `decided` by the second (train only: see train.py)."""
    label = row.get("label")
    if label in ("cyber", "not_cyber") and not (annotation and annotation["label"] == "borderline"):
        return int(label == "cyber"), False
    second = annotation and annotation.get("second_label")
    if label == "borderline" and second in ("cyber", "not_cyber"):
        return int(second == "cyber"), True
    return None, False


@cache
def articles():
    """Every labelled row: id, lang, title, text, file, part, label, decided, topics (set or None), entities (dict or None)."""
    found = {}
    for name in FILES:
        for row in read(name):
            annotation = annotations().get(row["id"])
            label, decided = _label(row, annotation)
            if part(row) == "train" and row["id"] in labels_read("en_corrected.jsonl"):
                label = 0
            clear = annotation and label == 1
            found.setdefault(row["id"], {
                "id": row["id"], "lang": "ar" if name.startswith("ar") else "en", "title": prepare(row["title"]),
                "text": row["text"], "file": name, "part": part(row), "fold": fold(row), "label": label, "decided": decided,
                "category": row.get("category", ""), "date": row.get("date", ""),
                "topics": set(annotation["topics"]) & set(TOPICS) if clear else None,
                "entities": annotation.get("entities") if clear else None,
            })
    return list(found.values())


def measured(rows, language=None):
    """Rows that count in the figures: labelled, and not decided by one reader only."""
    return [row for row in rows if row["label"] is not None and not row["decided"] and language in (None, row["lang"])]


class NearTexts:
    """Finds texts that tell a held-out text again in nearly the same words, so that they can be left out of training."""

    def __init__(self, rows):
        self.sets = [self._set(row) for row in rows]
        self.index = {}
        for number, items in enumerate(self.sets):
            for item in items:
                self.index.setdefault(item, []).append(number)

    @staticmethod
    def _set(row):
        found = words(row["title"])
        return frozenset(found if len(found) >= 4 else words(row["text"][:300])[:16])

    def near(self, row):
        """True where the row's title (or opening) shares NEAR of its words with a held-out one."""
        items, shared = self._set(row), {}
        for item in items:
            for number in self.index.get(item, ()):
                shared[number] = shared.get(number, 0) + 1
        return any(count / (len(items) + len(self.sets[number]) - count) >= NEAR for number, count in shared.items())


def held_out(parts=("dev", "test"), seen=None):
    """Everything with a title that is kept out of training, of any file; `seen` is the half of dev (0 or 1) that is trained on, if one is."""
    def kept_out(row):
        return part(row) in parts and not (part(row) == "dev" and fold(row) == seen)
    rows = [row for row in articles() if row["part"] in parts and not (row["part"] == "dev" and row["fold"] == seen)]
    for name in ("story_clusters_weak", "ar_summaries_editor"):
        rows += [row | {"title": prepare(row["title"])} for row in read(name) if kept_out(row)]
    return NearTexts(rows)


@cache
def labels_read(*names):
    """Labels given for this project to texts of ../shared, by id; a later file has the last word."""
    found = {}
    for name in names:
        for line in (Path(__file__).parent / "labels" / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[row["id"]] = found.get(row["id"], {}) | row
    return found


CORPUS_LABELS = ("corpus_ar.jsonl", "ar_corpus.jsonl", "ar_names.jsonl")
DOUBTED_LABELS = "ar_doubted.jsonl"  # of corpus articles that the first sitting left near the border
BORDER_TEXTS = "border_"  # files of texts about what the first sitting got wrong


def names_read():
    """Arabic articles whose names were all read, by id: `entities`, and `read`, the characters of the text for which they are complete."""
    return labels_read("ar_names.jsonl")


def topics_read():
    """Topics (and some titles' names) read for this project, by id; those of held-out rows only ever choose thresholds."""
    return labels_read("data_en.jsonl", "en_topics_extra.jsonl", "ar_topics_extra.jsonl")


def invented(border=True):
    """The training texts written for this project (training/texts), as articles; with or without those for the second sitting."""
    rows = []
    for path in sorted((Path(__file__).parent / "texts").glob("*.jsonl")):
        if border or not path.name.startswith(BORDER_TEXTS):
            rows += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return rows


assert DATA.is_dir(), f"{DATA} is missing: set RASID_SHARED"

"""Which part of ../shared/data a row belongs to: a pure function of the row, easy to write again in any language.

    key(row)  = "event:" + name of its event, where the row's id is listed in story_clusters_weak or parallel_pairs, or it has `event`;
                else "title:" + the folded words of its title, joined by one space, at most the first eight words,
                      where the title has three words or more;
                else "text:" + the first eight folded words of its text, joined by one space;
                      where that is empty too, "id:" + id
    b         = first byte of sha256(utf8(key))
    part      = "test" if b < 46 (18%), "dev" if b < 84 (15%), else "train"
    fold      = lowest bit of the second byte: the two halves of dev

Folded words: text.words. The name of an event is cut before its year ("MNS_2025" and "MNS" are one: see EVENT_YEAR).
Rows told to be the same story or that begin with the same eight words are therefore in one part.
"""

import hashlib
import json
import re
from functools import cache

from settings import DATA
from text import words

EVENT_YEAR = re.compile(r"(_UK)?_(?:[A-Z]{3})?\d{4}$")
TEST_BELOW, DEV_BELOW = 46, 84
KEY_WORDS = 8


def read(name):
    """The rows of one file of ../shared/data."""
    with open(DATA / f"{name}.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@cache
def _events():
    found = {row["id"]: row["event"] for row in read("story_clusters_weak")}
    for pair in read("parallel_pairs"):
        for side in ("en", "ar"):
            found.setdefault(pair[side]["id"], pair["event"])
    return found


def key(row):
    """The group that must not be divided between parts."""
    event = _events().get(row["id"]) or row.get("event")
    if event:
        return "event:" + EVENT_YEAR.sub("", event)
    title = words(row.get("title", ""))
    if len(title) >= 3:
        return "title:" + " ".join(title[:KEY_WORDS])
    body = words(row.get("text", ""))
    return "text:" + " ".join(body[:KEY_WORDS]) if body else "id:" + row["id"]


def part(row):
    """"train", "dev" or "test"."""
    first = hashlib.sha256(key(row).encode()).digest()[0]
    return "test" if first < TEST_BELOW else "dev" if first < DEV_BELOW else "train"


def fold(row):
    """0 or 1: the half of its part that a row belongs to, for what is learnt on one half and judged on the other."""
    return fold_of(key(row))


def fold_of(name):
    """0 or 1 for any key."""
    return hashlib.sha256(name.encode()).digest()[1] & 1

"""Rare words and names across scripts, for telling stories apart: models/idf.bin and the skeletons of words. README.md says it in words."""

import re

import numpy as np

from ngrams import _hash as fnv
from settings import BUILD
from text import fold, words
from vocabulary import LABELLED
from split import part, read

BUCKETS = 1 << 16
STEP = 1 / 16  # one unit of a byte of idf.bin
OPENING = 400  # characters of the body that speak for the story
ARABIC = re.compile("[\u0600-\u06ff]")
PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف", "ك")

_PAIRS = {"sh": "x", "ch": "x", "ph": "f", "th": "t", "gh": "g", "kh": "k", "ck": "k", "wh": "w", "qu": "k"}
_LATIN = str.maketrans({"p": "b", "c": "k", "q": "k", "z": "s", "j": "g", "v": "f", "d": "d"})
_ARABIC = {"ب": "b", "پ": "b", "ت": "t", "ط": "t", "ث": "t", "د": "d", "ض": "d", "ذ": "d", "ظ": "d", "س": "s", "ص": "s", "ز": "s",
           "ش": "x", "ق": "k", "ك": "k", "ک": "k", "خ": "k", "گ": "g", "ج": "g", "غ": "g", "چ": "x", "ف": "f", "ڤ": "f", "م": "m", "ن": "n",
           "ل": "l", "ر": "r", "ح": "h", "ه": "h"}


def bucket(word):
    """The bucket of idf.bin for a folded word."""
    value = fnv(word)
    return (value ^ (value >> 16)) & (BUCKETS - 1)


def _latin(word):
    found, at, previous = ("a" if word[0] in "aeiou" else ""), 0, ""
    while at < len(word):
        pair = word[at:at + 2]
        if pair in _PAIRS:
            found += _PAIRS[pair]
            at, previous = at + 2, ""
            continue
        letter = word[at]
        if letter == "c" and word[at + 1:at + 2] in ("e", "i", "y"):
            letter = "s"
        if letter not in "aeiouyw" and letter != previous:
            found += "ks" if letter == "x" else letter.translate(_LATIN)
        previous, at = letter, at + 1
    return found


def _arabic(word):
    return ("a" if word[0] in "اأإآعي" else "") + "".join(_ARABIC.get(letter, "") for letter in word.replace("تش", "ش"))


def skeletons(word):
    """The script-neutral consonants of a folded word; an Arabic word also without its particles. Under three letters: none."""
    if word.isdigit():
        return {word} if len(word) >= 2 else set()
    if not ARABIC.search(word):
        found = {_latin(word)} if word.isascii() and word.isalpha() else set()
    else:
        found = {_arabic(word)}
        for prefix in PREFIXES:
            if word.startswith(prefix) and len(word) - len(prefix) >= 3:
                found.add(_arabic(word[len(prefix):]))
    return {s for s in found if len(s) >= 3}


def terms(title, body):
    """The folded words of two letters or more of a title and of the opening of a body."""
    return {word for word in words(title) + words(body[:OPENING]) if len(word) >= 2}


def build():
    """Counts words over the corpus and the training part, and writes idf.bin: round(16 * log(articles / (1 + articles with it)))."""
    from vocabulary import corpus_texts
    counts, totals = {True: {}, False: {}}, {True: 0, False: 0}

    def add(text):
        found = {word for word in words(text[:OPENING + 80]) if len(word) >= 2}
        arabic = bool(ARABIC.search(fold(text[:80])))
        totals[arabic] += 1
        for word in found:
            script = bool(ARABIC.search(word))
            counts[script][word] = counts[script].get(word, 0) + 1

    for text in corpus_texts():
        add(text)
    for name in LABELLED:
        for row in read(name):
            if part(row) != "test":
                add(row["title"] + " " + row["text"])
    table = np.full(BUCKETS, 255, np.uint8)
    for script, found in counts.items():
        for word, count in found.items():
            idf = np.log(totals[script] / (1 + count))
            at = bucket(word)
            table[at] = min(table[at], int(np.clip(round(idf / STEP), 0, 255)))
    table[table == 255] = int(table[table < 255].max())
    (BUILD / "idf.bin").write_bytes(table.tobytes())
    print(f"idf: {totals} articles, median {np.median(table) * STEP:.2f}")


class Idf:
    """idf.bin in memory."""

    def __init__(self, path=None):
        self.table = np.frombuffer((path or BUILD / "idf.bin").read_bytes(), np.uint8)

    def __call__(self, word):
        return float(self.table[bucket(word)]) * STEP


if __name__ == "__main__":
    build()

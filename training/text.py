"""Preparing text, word lists and sentences: the same on both sides of docs/model-contract.md."""

import re
import unicodedata

_DROPPED = re.compile("[\u064b-\u0652\u0670\u0640\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b\ufeff]")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")
_FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_SENTENCE = re.compile(r"(?<=[.!?؟۔…])[\"'»”’)\]]*\s+|\n+")
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Inc|Ltd|Co|Corp|Jr|Sr|No|vs|Gen|Sen|Rep|Gov|Lt|Col|[A-Z])|\b(?:U\.S|U\.K|U\.N|e\.g|i\.e|a\.m|p\.m|D\.C)|(?:^|\s)(?:د|أ|م))\.$")


def prepare(text):
    """NFKC, without diacritics, tatweel, bidi controls and zero-width characters; white space collapsed."""
    text = _DROPPED.sub("", unicodedata.normalize("NFKC", text or ""))
    return _SPACE.sub(" ", text).strip()


def fold(text):
    """Lower case with alef, ya, ta marbuta and hamza seats made one: for matching, never for display."""
    return prepare(text).lower().translate(_FOLD)


def words(text):
    """The folded words (runs of letters and digits) of a text."""
    return _WORD.findall(fold(text))


def sentences(text):
    """Sentences of a raw article text, prepared; paragraphs and terminal punctuation end one."""
    pieces, start, found = [], 0, []
    for match in _SENTENCE.finditer(text or ""):
        piece = text[start:match.end()]
        if "\n" not in match.group() and _ABBREVIATION.search(text[start:match.start()].rstrip()):
            continue
        pieces.append(piece)
        start = match.end()
    pieces.append((text or "")[start:])
    for piece in pieces:
        piece = prepare(piece)
        if _WORD.search(piece):
            found.append(piece)
    return found

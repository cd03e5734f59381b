"""A smaller vocabulary: the pieces of the multilingual-e5-small tokenizer that Arabic and English news use, and all that keeps other text readable.

Kept: pieces seen MINIMUM times or more in ../shared/corpus and the training part of ../shared/data; every single character (with and
without the word mark) that is not of a script with thousands of them; hence every Latin, Arabic, Persian, Urdu, Greek and
Cyrillic letter, accents, digits, punctuation and emoji that the original knows.
"""

import gzip
import json
import unicodedata
from collections import Counter

from tokenizers import Tokenizer

from backbone import wheel_file
from settings import BUILD, CORPUS, EOS, MAX_TOKENS
from split import part, read
from text import prepare

MINIMUM = 3
MARK = "▁"
LABELLED = [
    "ar_cyber", "ar_hard_negatives_lexical", "ar_negatives_topical", "ar_borderline", "ar_pages_recent", "en_cyber_casie",
    "en_cyber_ndh_2025_26", "en_hard_negatives_2025_26", "en_borderline", "en_bbc_2004_full", "en_agnews_short",
    "en_reuters21578_sample", "en_feed_items_general", "en_feed_items_security_outlets", "ar_summaries_editor",
    "en_summaries_human",
]
# Scripts with thousands of characters or of languages that the bot marks `other`; news in Arabic or English does not need them.
LARGE_SCRIPTS = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "ETHIOPIC", "YI ", "CANADIAN", "BOPOMOFO", "IDEOGRAPHIC",
                 "DEVANAGARI", "BENGALI", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "GUJARATI", "GURMUKHI", "ORIYA",
                 "SINHALA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "GEORGIAN", "ARMENIAN", "HALFWIDTH", "FULLWIDTH")


def original():
    """The published tokenizer.json as a dict."""
    path = wheel_file("semantra_multilingual", "assets", "multilingual-e5-small", "tokenizer.json")
    return json.loads(path.read_text(encoding="utf-8"))


def corpus_texts():
    """Title and text of every article of ../shared/corpus."""
    for path in sorted(CORPUS.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield row["title"] + " " + row["text"]


def training_texts():
    """Title and text of every row of ../shared/data that is not held out for the test."""
    for name in LABELLED:
        for row in read(name):
            if part(row) != "test":
                yield row["title"] + " " + row["text"]


def _counts(tokenizer):
    counts, batch = Counter(), []
    for source in (corpus_texts(), training_texts()):
        for text in source:
            batch.append(prepare(text))
            if len(batch) == 2000:
                for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
                    counts.update(encoding.ids)
                batch = []
    for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
        counts.update(encoding.ids)
    return counts


def _single(piece):
    character = piece[1:] if len(piece) == 2 and piece[0] == MARK else piece
    if len(character) != 1:
        return False
    name = unicodedata.name(character, "")
    return bool(name) and not name.startswith(LARGE_SCRIPTS)


def build():
    """Writes tokenizer.json and kept.json (the original ids of the kept pieces) to the build folder."""
    BUILD.mkdir(parents=True, exist_ok=True)
    source = original()
    pieces = source["model"]["vocab"]
    source["normalizer"] = None  # text.prepare has done it, the same way on both sides
    counts = _counts(Tokenizer.from_str(json.dumps(source)))
    special = len(["<s>", "<pad>", "</s>", "<unk>"])
    kept = list(range(special)) + [
        index for index, (piece, _) in enumerate(pieces)
        if index >= special and piece != "<mask>" and (counts[index] >= MINIMUM or _single(piece))
    ]
    source["model"]["vocab"] = [pieces[index] for index in kept]
    source["added_tokens"] = [token for token in source["added_tokens"] if token["id"] < special]
    source["post_processor"] = None  # ids are put together by the caller: see docs/model-contract.md
    (BUILD / "tokenizer.json").write_text(json.dumps(source, ensure_ascii=False), encoding="utf-8")
    (BUILD / "kept.json").write_text(json.dumps(kept))
    total = sum(counts.values())
    lost = total - sum(counts[index] for index in kept)
    print(f"vocabulary: {len(kept)} of {len(pieces)} pieces, {100 * lost / total:.3f}% of running pieces dropped")


class Pieces:
    """Turns titles and bodies into ids exactly as docs/model-contract.md says."""

    def __init__(self, path=None):
        self.tokenizer = Tokenizer.from_file(str(path or BUILD / "tokenizer.json"))

    def tokens(self, text):
        """Ids and (start, end) character offsets into the prepared text."""
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        return encoding.ids, encoding.offsets

    def ids(self, title, body, title_limit=48, limit=MAX_TOKENS):
        """<s> title </s> body </s> for two prepared texts, cut to `limit`, the last id always </s>."""
        ids = [0] + self.tokens(title)[0][:title_limit] + [EOS] + self.tokens(body)[0] + [EOS]
        return ids if len(ids) <= limit else ids[:limit - 1] + [EOS]


if __name__ == "__main__":
    build()

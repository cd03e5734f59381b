"""Looks through ../shared/corpus with an n-gram model trained on the training part, for three kinds of Arabic article:
ones that it is sure are cyber, ones that it is sure are not though the words occur, and ones it doubts."""

import gzip
import json
import re
import sys

import numpy as np

from dataset import CORPUS_LABELS, articles, held_out, labels_read
from ngrams import NgramModel, matrix
from settings import BUILD, CORPUS
from text import fold, prepare

CHUNK = 4000
# Folded forms that occur in cyber stories and in many others; they choose which of the refused articles are worth training on.
LURES = re.compile("قرصن|قراصن|اختراق|اخترق|مخترق|هاكر|تجسس|جاسوس|تسريب|تسرب|سرقه|احتيال|ثغر|فيروس|الكتروني|انترنت|بيانات|تصيد|ابتزاز|رقمي|سيبران|تطبيق|معلومات")


def _corpus():
    for path in sorted(CORPUS.glob("ar_*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield row["id"], prepare(row["title"]), row["text"]


def run():
    """Writes corpus_scores.jsonl: id, title, text, the n-gram logit and whether a lure occurs, for what is worth a look."""
    rows = [row for row in articles() if row["part"] == "train" and row["label"] is not None]
    features = matrix([(row["title"], row["text"]) for row in rows])
    model = NgramModel.fit(features, np.array([row["label"] for row in rows]))
    labelled = {row["id"] for row in articles()}
    outside, read = held_out(), labels_read(*CORPUS_LABELS)
    kept, chunk = 0, []

    def flush(out):
        nonlocal kept
        logits = model.logits(matrix([(title, text) for _, title, text in chunk]))
        for (name, title, text), logit in zip(chunk, logits):
            lure = bool(LURES.search(fold(title + " " + text[:1200])))
            if name in read or logit > -3 or (lure and logit > -6):
                if name not in labelled and not outside.near({"title": title, "text": text}):
                    kept += 1
                    out.write(json.dumps({"id": name, "title": title, "text": text[:4000], "logit": round(float(logit), 3),
                                          "lure": lure}, ensure_ascii=False) + "\n")
        chunk.clear()

    with open(BUILD / "corpus_scores.jsonl", "w", encoding="utf-8") as out:
        for number, item in enumerate(_corpus()):
            chunk.append(item)
            if len(chunk) == CHUNK:
                flush(out)
                print(f"mined {number + 1}, kept {kept}", file=sys.stderr, flush=True)
        flush(out)


if __name__ == "__main__":
    run()

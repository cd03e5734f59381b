"""Writes parity.json: invented texts with the ids and the numbers that the program must compute for them, to within 0.01 for logits."""

import json
from pathlib import Path

from dataset import invented
from heads import SHIPPED, ngram_model
from lexicon import Idf, skeletons, terms
from ngrams import buckets, matrix
from predict import Predictor
from settings import MODELS
from stories import Article, logit, pair
from text import prepare

ODD = [
    {"title": "", "text": "Only a body: the flaw CVE-2026-11873 is exploited."},
    {"title": "قَرَاصِنَة يســـرقون بيانات 🔓", "text": "سطر أول.\n\nسطر   ثانٍ مع علامة\u200f اتجاه و«اقتباس»."},
    {"title": "Naïve café: €1.5m stolen — پگاه و لڑکی", "text": "Hash d41d8cd98f00b204e9800998ecf8427e, hxxp://evil[.]example, ½ ﬁle ＡＢＣ １٢۳."},
    {"title": "Search query without a body", "text": ""},
]


def build(models):
    """The cases."""
    predictor = Predictor(models)
    heads = json.loads((models / "heads.json").read_text())
    cases = [{"title": row["title"], "text": row["text"]} for row in invented()[::11]][:16] + ODD
    cyber, topics, _ = predictor.classified(cases)
    ngrams = ngram_model(SHIPPED).logits(matrix([(case["title"], case["text"]) for case in cases]))
    idf = Idf(models / "idf.bin")
    for case, encoder, topic, ngram in zip(cases, cyber, topics, ngrams):
        title, body = prepare(case["title"]), prepare(case["text"])
        case.update(ids=predictor.pieces.ids(title, body), cyberLogit=round(float(encoder), 4), topicLogits=[round(float(t), 4) for t in topic],
                    ngramBuckets=len(buckets(title, body)), ngramLogit=round(float(ngram), 4),
                    terms={term: idf(term) for term in sorted(terms(title, body))},
                    skeletons=sorted({s for term in terms(title, body) for s in skeletons(term)}))
    rows = [row | {"date": f"2026-03-{number + 1:02}"} for number, row in enumerate(invented()[:6])]
    articles = [Article(row, vector, idf) for row, vector in zip(rows, predictor.classified(rows)[2])]
    pairs = [{"a": a.id, "b": b.id, "days": abs(a.day - b.day), "features": pair(a, b), "logit": logit(pair(a, b), heads["story"]["weights"])}
             for number, a in enumerate(articles) for b in articles[:number]]
    return {"cases": cases, "pairs": pairs, "pairTexts": [{key: row[key] for key in ("id", "lang", "title", "text")} for row in rows]}


if __name__ == "__main__":
    target = Path(__file__).parent / "parity.json"
    target.write_text(json.dumps(build(MODELS), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

"""The published figures of the encoder, its n-grams and its int8 form, measured on the test part, which nothing was trained on or tuned on."""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch

import calibrate
import heads as rules
from export import load_checkpoint
from ngrams import matrix
from predict import Predictor, annotated
from settings import MODELS, SEED, TOPICS

SAMPLES = 1000  # of the bootstrap
FEWEST = 3  # examples below which a topic's F1 on the test part says nothing


def interval(truth, predicted):
    """95% interval of F1 by bootstrap over articles."""
    rng = np.random.default_rng(SEED)
    scores = []
    for _ in range(SAMPLES):
        chosen = rng.integers(0, len(truth), len(truth))
        scores.append(calibrate.f1(truth[chosen], predicted[chosen]))
    return [round(float(v), 4) for v in np.percentile(scores, [2.5, 97.5])]


def cyber(predictor, heads, part):
    """F1 of the encoder, the n-grams and what ships; calibration; refused and found; the errors."""
    rows = calibrate.labelled((part,))
    truth = np.array([row["label"] == 1 for row in rows])
    encoder = predictor.classified(rows)[0]
    ngrams = rules.ngram_model(rules.SHIPPED).logits(matrix([(row["title"], row["text"]) for row in rows]))
    rule = heads["cyber"]
    weight = rule["ngrams"]["weight"] if rule["ngrams"] else 0
    score = calibrate.probability((1 - weight) * encoder + weight * ngrams, rule["calibration"])
    shipped = score > rule["threshold"]
    lang = np.array([row["lang"] for row in rows])
    file = np.array([row["file"] for row in rows])
    found = {}
    for language in ("ar", "en"):
        k = lang == language
        found[language] = {"texts": int(k.sum()), "cyber": int(truth[k].sum()), "ngrams": calibrate.f1(truth[k], ngrams[k] > 0),
                           "encoder": calibrate.f1(truth[k], encoder[k] > 0), "shipped": calibrate.f1(truth[k], shipped[k]),
                           "interval": interval(truth[k], shipped[k]),
                           "calibrationError": calibrate.calibration_error(truth[k], score[k])}
    found["calibrationError"] = calibrate.calibration_error(truth, score)
    found["files"] = {name: {"texts": int((file == name).sum()), "wrong": int((truth != shipped)[file == name].sum())} for name in sorted(set(file))}
    hard = file == "ar_hard_negatives_lexical"
    found["arabicHardRefused"] = [int((~shipped)[hard].sum()), int(hard.sum())]
    short = (file == "en_agnews_short") & truth
    found["agNewsFound"] = [int(shipped[short].sum()), int(short.sum())]
    found["errors"] = [{"id": row["id"], "file": row["file"], "label": int(t), "score": round(float(s), 3), "title": row["title"][:90]}
                       for row, t, s in zip(rows, truth, score) if t != (s > rule["threshold"])]
    return found


def topics(predictor, part):
    """F1 of each topic and their macro mean, by language: the encoder alone, with shifts found on dev."""
    found, shifts = {}, np.array([topic["shift"] for topic in rules.topic_rules(predictor)])
    for language in ("ar", "en"):
        rows = [row for row in annotated((part,)) if row["lang"] == language]
        truth = np.array([[topic in row["topics"] for topic in TOPICS] for row in rows])
        logits = predictor.classified(rows)[1] + shifts
        each = {name: (round(float(calibrate.f1(truth[:, i], logits[:, i] > 0)), 3), int(truth[:, i].sum()))
                for i, name in enumerate(TOPICS) if truth[:, i].sum() >= FEWEST}
        found[language] = {"articles": len(rows), "macroF1": float(np.mean([score for score, _ in each.values()])), "each": each}
    return found


def entities(predictor, part):
    """F1 of the tag head alone, by kind and language."""
    found = {}
    for language in ("ar", "en"):
        rows = [row for row in annotated((part,)) if row["lang"] == language and row["entities"]]
        texts = rules.tagged(predictor, rows)
        found[language] = rules.mean_name_f1(texts, rows, 0.0)
    return found


def int8_loss(predictor, checkpoint, part):
    """Cyber F1 of the float model and of the int8 graph, uncalibrated, and the largest change of a logit."""
    rows = calibrate.labelled((part,))
    truth = np.array([row["label"] == 1 for row in rows])
    model = load_checkpoint(checkpoint).eval()
    moved = next(item for item in onnx.load(str(predictor.graph)).graph.initializer if item.name == "arabic_shift")
    model.arabic_shift.data = torch.from_numpy(onnx.numpy_helper.to_array(moved).copy())
    plain = []
    for row in rows:
        ids = torch.tensor([predictor.pieces.ids(row["title"], rules.prepare(row["text"]))])
        with torch.no_grad():
            plain.append(float(model(ids, torch.ones_like(ids))[0]))
    plain, int8 = np.array(plain), predictor.classified(rows)[0]
    return {"float": calibrate.f1(truth, plain > 0), "int8": calibrate.f1(truth, int8 > 0), "changedDecisions": int(((plain > 0) != (int8 > 0)).sum()),
            "meanLogitChange": float(np.abs(plain - int8).mean())}


def everything(models, heads, part, checkpoint=None):
    """All figures that `rasid evaluate` does not give."""
    predictor = Predictor(models)
    found = {"part": part, "cyber": cyber(predictor, heads, part), "topics": topics(predictor, part), "entities": entities(predictor, part)}
    if checkpoint:
        found["int8"] = int8_loss(predictor, checkpoint, part)
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--heads", type=Path)
    parser.add_argument("--part", default="test")
    parser.add_argument("--checkpoint", type=Path)
    arguments = parser.parse_args()
    path = arguments.heads or arguments.models / "heads.json"
    print(json.dumps(everything(arguments.models, json.loads(path.read_text()), arguments.part, arguments.checkpoint), indent=1, ensure_ascii=False))

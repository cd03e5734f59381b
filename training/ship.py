"""Puts the graph, the heads and the n-gram weights into models/, with their hashes."""

import argparse
import hashlib
import json
import shutil
from datetime import datetime, timezone
from pathlib import Path

from heads import SHIPPED, ngram_model
from settings import BUILD, MODELS, SEED


def ship(source, target):
    """Swaps a complete folder in for `target`, keeping its MODEL_CARD.md."""
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(source / "encoder", fresh / "encoder")
    shutil.copy(BUILD / "heads.json", fresh / "heads.json")
    shutil.copy(BUILD / "idf.bin", fresh / "idf.bin")
    heads = json.loads((fresh / "heads.json").read_text())
    if heads["cyber"]["ngrams"]:
        (fresh / "ngrams.bin").write_bytes(ngram_model(SHIPPED).weights.tobytes())
    if (target / "MODEL_CARD.md").exists():
        shutil.copy(target / "MODEL_CARD.md", fresh / "MODEL_CARD.md")
    files = {str(path.relative_to(fresh)): hashlib.sha256(path.read_bytes()).hexdigest()
             for path in sorted(fresh.rglob("*")) if path.is_file() and path.suffix != ".md"}
    stamp = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    (fresh / "manifest.json").write_text(json.dumps({"files": files, "trainedAt": stamp, "seed": SEED}, indent=1) + "\n")
    old = target.with_name(target.name + ".old")
    target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    ship(parser.parse_args().source, MODELS)

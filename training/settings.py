"""Where things are, and the few constants that every step shares."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("RASID_SHARED", REPOSITORY.parent / "shared"))
DATA = SHARED / "data"
CORPUS = SHARED / "corpus"
BUILD = Path(os.environ.get("RASID_BUILD", REPOSITORY / "training" / "build"))
MODELS = Path(os.environ.get("RASID_MODELS_OUT", REPOSITORY / "models"))

SEED = 20261124
WIDTH = 384  # of a token vector and of the embedding
THREADS = int(os.environ.get("RASID_THREADS", "2"))

# Token limits of one input: the contract in docs/model-contract.md.
TITLE_TOKENS = 48
MAX_TOKENS = 256

BOS, PAD, EOS, UNK = 0, 1, 2, 3

# The order of the graph's topic outputs (../shared/design/contract.md).
TOPICS = [
    "breach", "intrusion", "ransomware", "vulnerability", "malware", "espionage", "fraud",
    "ddos", "supply-chain", "policy", "arrest", "outage", "ai-security", "advisory",
]

# The order of the graph's tag outputs: BIO over four kinds of name.
TAGS = ["O"] + [f"{edge}-{kind}" for kind in ("ACTOR", "ORGANISATION", "PRODUCT", "MALWARE") for edge in "BI"]

# Fields of `entities` in the annotated files, and the kind of tag each becomes.
ENTITY_KINDS = {"actors": "ACTOR", "organisations": "ORGANISATION", "products": "PRODUCT", "malware": "MALWARE"}

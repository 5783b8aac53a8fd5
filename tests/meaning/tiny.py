"""A tiny model for tests: words of one kind have one direction, and a text has the mean of its words'."""

from __future__ import annotations

from pathlib import Path

import numpy as np

DIMENSIONS = 64
KINDS = (
    ("plane", "aircraft", "bomber"),
    ("crashed", "fell", "wrecked"),
    ("atomic", "nuclear"),
    ("bombs", "weapons", "arms"),
    ("ice", "glacier", "arctic"),
    ("salt", "brine"),
    ("price", "cost", "dear"),
    ("fish", "herring", "cod"),
    ("minister", "secretary"),
    ("met", "talked", "discussed"),
    ("reform", "change"),
    ("election", "vote", "ballot"),
    ("war", "battle"),
    ("ship", "boat", "vessel"),
    ("river", "stream"),
    ("bank", "credit"),
)  # fmt: skip


def write_model(folder: Path, *, seed: int = 1) -> Path:
    """Write an ONNX model, which looks up a row for each word, and its tokenizer."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    words = ["[UNK]", *(word for kind in KINDS for word in kind)]
    directions = np.random.default_rng(seed).normal(size=(len(KINDS) + 1, DIMENSIONS)).astype(np.float32)
    directions[0] *= 0.05  # of a word that is not known
    kinds = [0, *(number for number, kind in enumerate(KINDS, 1) for _ in kind)]
    graph = helper.make_graph(
        [helper.make_node("Gather", ["rows", "input_ids"], ["last_hidden_state"])],
        "tiny",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length"])],
        [
            helper.make_tensor_value_info(
                "last_hidden_state", TensorProto.FLOAT, ["batch", "length", DIMENSIONS]
            )
        ],
        [numpy_helper.from_array(directions[kinds], "rows")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(folder / "tiny.onnx"))
    tokenizer = Tokenizer(
        models.WordLevel({word: number for number, word in enumerate(words)}, unk_token="[UNK]")
    )
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder

"""Compares texts by their meaning: a model makes a vector of each passage, and near vectors mean alike.

    index/meaning/
      model/             the model: model.onnx, tokenizer.json, and model.json, which says where they are from
      vectors/NAME/      the vectors of one state of the index by one model; see `store`
      lock               one build at a time

What makes and compares vectors needs the extra `meaning`, and is imported when it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from ..model.cable import Row

CARD = "model.json"
STATE = "state.json"  # in the folder of the vectors of one state of the index
DAMAGED = ".damaged"  # how such a folder ends that was put aside
MAX_TOKENS = 256  # read of a text: what MiniLM was trained on


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of a model.

    Attributes:
        name: what it is called.
        source: the address or the folder that it was taken from.
        digest: of its files; vectors are only compared with those of the same model.
        max_tokens: how many pieces of words of a text it reads.
    """

    name: str
    source: str
    digest: str
    max_tokens: int = MAX_TOKENS


@dataclass(frozen=True, slots=True)
class VectorProgress:
    """The progress of a build of vectors.

    Attributes:
        done: paragraphs done, of `total`.
        made: passages that the model has encoded.
        seconds: time since the build began.
    """

    done: int
    total: int
    made: int
    seconds: float


class _Facts:
    """An answer that is one flat record."""

    __slots__ = ()
    columns: ClassVar[tuple[str, ...]]

    def rows(self) -> Iterator[Row]:
        """Yield the facts as one flat record."""
        yield {column: getattr(self, column) for column in self.columns}

    def records(self) -> Iterator[Row]:
        """Yield the row."""
        return self.rows()

    def as_dict(self) -> dict[str, object]:
        """Return the facts as JSON values, with the keys of docs/json.md."""
        [row] = self.rows()
        return {**row}


@dataclass(frozen=True, slots=True)
class VectorReport(_Facts):
    """What a build of vectors did.

    Attributes:
        model: the name of the model.
        paragraphs, passages: how many have vectors now.
        made: passages encoded by this build; the others had their vectors before.
        size: bytes on disk.
        seconds: how long the build took.
    """

    model: str
    paragraphs: int
    passages: int
    made: int
    size: int
    seconds: float

    columns: ClassVar = ("model", "paragraphs", "passages", "made", "size", "seconds")


@dataclass(frozen=True, slots=True)
class VectorState(_Facts):
    """What an index has to answer by meaning with.

    Attributes:
        model, source: the name of its model, and where that is from; None if it has none.
        paragraphs: how many the index has, and `with_vectors` how many of them have vectors.
        size: bytes of the vectors on disk, and `size_of_all` about how many all will take.
        problem: why vectors that are there cannot be used, and what to do about it; None if they can.
    """

    model: str | None
    source: str | None
    paragraphs: int
    with_vectors: int
    size: int
    size_of_all: int
    problem: str | None = None

    columns: ClassVar = ("model", "source", "paragraphs", "with_vectors", "size", "size_of_all", "problem")


def fetch_model(
    folder: Path | str,
    source: str | None = None,
    *,
    sha256: str | None = None,
    announce: Callable[[str], None] | None = None,
) -> ModelCard:
    """Put a model into an index's folder, in place of one that is there.

    Nothing else here uses the network, and this only without a folder to take the model from.

    Args:
        folder: the folder of the index.
        source: a folder with an ONNX file and its tokenizer.json, or a name on the Hugging Face hub
            (`ORG/NAME`, `ORG/NAME@REVISION`, `ORG/NAME/onnx/model.onnx`); None for the default.
        sha256: the digest of the ONNX file; needed for a name on the hub.
        announce: called with a line that says what is fetched, before the network is used.

    Raises:
        CablesearchError: it cannot be had, is not what its digest says, or is no model of sentences.
    """
    from ._extra import needs_extra

    with needs_extra():
        from .fetch import fetch

        return fetch(Path(folder), source, sha256=sha256, announce=announce)


def build_vectors(
    folder: Path | str,
    *,
    workers: int | None = None,
    progress: Callable[[VectorProgress], None] | None = None,
) -> VectorReport:
    """Make the vectors that an index lacks, or go on with it if a build was killed.

    Questions are answered meanwhile, and the index may be built; the vectors are then of the state that it
    had before.

    Args:
        folder: the folder of the index.
        workers: how many passages are encoded at once; None for one less than there are processors.
        progress: called now and then.

    Raises:
        NoIndexError: there is no index.
        LockedError: another build makes vectors here.
        CablesearchError: it has no model yet.
    """
    from ._extra import needs_extra

    with needs_extra():
        from .build import build_index

        return build_index(Path(folder), workers, progress)


def vector_state(folder: Path | str) -> VectorState:
    """Return what an index has to answer by meaning with.

    Raises:
        NoIndexError: there is no index.
    """
    from ._extra import needs_extra

    with needs_extra():
        from .build import state_of

        return state_of(Path(folder))


def has_vectors(folder: Path) -> bool:
    """Whether an index has vectors, and a model to ask them with; it loads no library."""
    return bool(read_card(model_folder(folder)) and store_folders(folder))


def signature(folder: Path) -> tuple[int, ...]:
    """Return what changes with the model of an index, and when a build begins or ends; empty without them."""
    folders = (model_folder(folder), vectors_folder(folder))
    with suppress(OSError):  # there are none yet, or a build is just replacing them
        return tuple(each.stat().st_mtime_ns for each in folders)
    return ()


def store_folders(index: Path) -> list[Path]:
    """Return the folders of an index's vectors, without those that a build has put aside as damaged."""
    found = vectors_folder(index).glob(f"*/{STATE}")
    return sorted(file.parent for file in found if file.parent.suffix != DAMAGED)


def vectors_folder(index: Path) -> Path:
    """Return the folder of an index's vectors, one folder for each state that they were made of."""
    return index / "meaning" / "vectors"


def model_folder(index: Path) -> Path:
    """Return the folder of an index's model."""
    return index / "meaning" / "model"


def read_card(folder: Path) -> ModelCard | None:
    """Return the card of the model in a folder; None if there is no model, or it is not as it was written."""
    try:
        return ModelCard(**json.loads((folder / CARD).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_card(folder: Path, card: ModelCard) -> None:
    """Write the card of a model into its folder."""
    (folder / CARD).write_text(json.dumps(asdict(card), indent=2) + "\n", "utf-8")

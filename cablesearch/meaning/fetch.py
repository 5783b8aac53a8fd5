"""Puts a model into an index's folder: from a folder, or over the network, which no search by meaning uses.

The default is all-MiniLM-L6-v2, quantised to int8, as the Hugging Face hub has it; every byte of it is known.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import ssl
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex
from typing import IO, NamedTuple

from ..errors import CablesearchError
from ..indexing.generations import PRIVATE
from . import ModelCard, model_folder, write_card
from .model import OnnxEncoder
from .model_files import MODEL, TOKENIZER, digest_of_model

HUB = "https://huggingface.co"
MAX_BYTES = 2_000_000_000  # of a file that is fetched
BLOCK = 1 << 16
TIMEOUT = 60  # seconds without a byte

_HUB_NAME = re.compile(r"(?P<name>[\w.-]+/[\w.-]+)(?:@(?P<revision>[\w.-]+))?(?:/(?P<file>[\w./-]+\.onnx))?")
HUB_MODEL = "onnx/model_quantized.onnx"  # where repositories of the hub have a small model


class KnownFile(NamedTuple):
    """A file on the hub, as it has to be: its digest, and its bytes, or the most that it may have."""

    sha256: str
    size: int = MAX_BYTES


class KnownModel(NamedTuple):
    """A model on the hub, by its name there, and its files."""

    name: str
    model: KnownFile
    tokenizer: KnownFile


DEFAULT = KnownModel(
    "Xenova/all-MiniLM-L6-v2",
    KnownFile("afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1", 22_972_370),
    KnownFile("da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0", 711_661),
)


def fetch(
    index: Path,
    source: str | None = None,
    *,
    sha256: str | None = None,
    announce: Callable[[str], None] | None = None,
    trust: ssl.SSLContext | None = None,
) -> ModelCard:
    """Put a model into an index's folder, in place of one that is there.

    Args:
        index: the folder of the index.
        source: a folder with an ONNX file and its tokenizer.json, or a name on the Hugging Face hub
            (`ORG/NAME`, `ORG/NAME@REVISION`, `ORG/NAME/onnx/model.onnx`); None for the default.
        sha256: the digest of the ONNX file; needed for a name on the hub.
        announce: called with a line that says what is fetched, before the network is used.
        trust: which certificates are trusted; None for those of the system.

    Raises:
        CablesearchError: it cannot be had, is not what its digest says, or is no model of sentences.
    """
    folder = model_folder(index)
    folder.parent.mkdir(PRIVATE, parents=True, exist_ok=True)
    fresh = folder.with_name(f"{folder.name}.{token_hex(4)}.new")
    fresh.mkdir(PRIVATE)
    tell = announce or (lambda line: None)
    try:
        if source is None:
            name, origin = _from_hub(*DEFAULT, fresh, tell, trust)
        elif Path(source).is_dir():
            name, origin = _from_folder(Path(source), fresh, sha256)
        else:
            known = KnownFile(sha256) if sha256 else None
            name, origin = _from_hub(source, known, None, fresh, tell, trust)
        card = ModelCard(name, origin, digest_of_model(fresh))
        OnnxEncoder(fresh, card)  # so that one that does not work is refused
        write_card(fresh, card)
        shutil.rmtree(folder, ignore_errors=True)
        fresh.replace(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return card


def _from_folder(source: Path, folder: Path, sha256: str | None) -> tuple[str, str]:
    shutil.copyfile(_only(source, "*.onnx"), folder / MODEL)
    shutil.copyfile(_only(source, "*tokenizer.json"), folder / TOKENIZER)
    if sha256:
        _check(folder / MODEL, sha256, str(source))
    return source.resolve().name, str(source.resolve())


def _only(source: Path, pattern: str) -> Path:
    """Return the file of a model's folder that fits a pattern; there, or in its folder `onnx`."""
    found = [*source.glob(pattern)] or [*source.glob(f"onnx/{pattern}")]
    if len(found) != 1:
        raise CablesearchError(f"{source} has {len(found) or 'no'} {pattern}: name a folder with one")
    return found[0]


def _from_hub(
    source: str,
    model: KnownFile | None,
    tokenizer: KnownFile | None,
    folder: Path,
    tell: Callable[[str], None],
    trust: ssl.SSLContext | None,
) -> tuple[str, str]:
    match = _HUB_NAME.fullmatch(source)
    if not match:
        raise CablesearchError(f"{source} is no folder, and no name on a hub such as ORG/NAME")
    if not model:
        raise CablesearchError(
            f"name the digest that {source} is to have: --sha256 DIGEST, as the page of its ONNX file has it"
        )
    base = f"{HUB}/{match['name']}/resolve/{match['revision'] or 'main'}"
    address = f"{base}/{match['file'] or HUB_MODEL}"
    amount = f" ({(model.size + tokenizer.size) / 1e6:.0f} MB)" if tokenizer else ""
    tell(f"fetching {source}{amount} from {address}; a search by meaning never uses the network")
    _download(address, folder / MODEL, trust, model)
    _download(f"{base}/{TOKENIZER}", folder / TOKENIZER, trust, tokenizer)
    return source, address


def _download(address: str, file: Path, trust: ssl.SSLContext | None, known: KnownFile | None) -> None:
    from http.client import HTTPException
    from urllib.request import Request, urlopen

    if not address.startswith("https://"):
        raise CablesearchError(f"{address} is not fetched: only https is")
    most = known.size if known else MAX_BYTES
    try:
        with urlopen(Request(address), timeout=TIMEOUT, context=trust) as answer, file.open("wb") as out:
            if not answer.url.startswith("https://"):
                raise CablesearchError(
                    f"{address} leads to {answer.url}, which is not fetched: only https is"
                )
            if _copy(answer, out, most) > most:
                raise CablesearchError(f"{address} has more than the {most:,} bytes that are fetched")
    except (OSError, HTTPException) as error:  # URLError is an OSError
        reason = getattr(error, "reason", None) or error
        raise CablesearchError(
            f"{address} cannot be fetched ({reason}): fetch it elsewhere, and name its folder"
        ) from error
    if known:
        _check(file, known.sha256, address)


def _copy(source: IO[bytes], out: IO[bytes], most: int) -> int:
    copied = 0
    while copied <= most and (block := source.read(BLOCK)):
        copied += out.write(block)
    return copied


def _check(file: Path, sha256: str, source: str) -> None:
    """Raise an error if a file has another digest."""
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != sha256.strip().lower():
        raise CablesearchError(f"{source} has the digest {found}, not {sha256}: it is not used")

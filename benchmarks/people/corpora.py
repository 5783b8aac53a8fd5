"""The cables that are annotated, read from where their texts are kept."""

from __future__ import annotations

import argparse
import textwrap
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from cablesearch.model.cable import Cable
from cablesearch.parse.prose import rejoin

from .labels import REPRINTED, Annotated
from .lists import parsed
from .score import rewritten, untagged

TELETYPE_COLUMNS = 69  # of a telegram's lines
_SIGNS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "--"})
ANNOTATIONS = Path(__file__).with_name("annotations.txt")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say where texts and annotations are."""
    parser.add_argument("--cables", type=Path, required=True, help="pages")
    parser.add_argument("--telegrams", type=Path, help="telegrams of the National Archives")
    parser.add_argument("--frus", type=Path, nargs="+", default=[], help="folders of volumes in TEI")
    parser.add_argument("--annotations", type=Path, nargs="+", default=[ANNOTATIONS])


def read_annotated(known: Annotated, args: argparse.Namespace) -> dict[str, Cable]:
    """Read the annotated cables from the folders of `add_options`; name those that are not there.

    A telegram may be there in several formats; the last by name counts. Tags of people are dropped.
    """
    pages = (path for path in args.cables.rglob("*.html") if path.stem in known)
    telegrams = (path for path in args.telegrams.rglob("*") if path.is_file()) if args.telegrams else ()
    volumes = {ref.partition("/")[0] for ref in known if "/" in ref}
    found = {cable.id: cable for cable in parsed((*pages, *telegrams)) if cable.id in known}
    for cable in parsed(path for path in find_volumes(args.frus) if path.stem in volumes):
        if cable.id in known:
            plain = untagged(cable)
            reprinted = known[cable.id].kind == REPRINTED
            found[cable.id] = rewritten(plain, retype) if reprinted else plain
    if missing := sorted(known.keys() - found.keys()):
        print(f"not found: {', '.join(missing)}")
    return found


def retype(text: str) -> str:
    """Return a printed telegram's paragraph as it was sent: in capitals, without accents or dashes.

    It is broken into lines and joined again, as the parser does with a telegram.

    >>> retype("Démarche re “Mobutu”")
    'DEMARCHE RE "MOBUTU"'
    """
    plain = unicodedata.normalize("NFKD", text.translate(_SIGNS)).encode("ascii", "ignore").decode()
    return rejoin("\n".join(textwrap.wrap(plain.upper(), TELETYPE_COLUMNS)))


def find_volumes(folders: Iterable[Path]) -> list[Path]:
    """Return the volumes in some folders."""
    return sorted(path for folder in folders for path in folder.rglob("*.xml"))

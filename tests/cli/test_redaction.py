"""Protected names hidden, in the answers of commands."""

import json

import pytest


@pytest.fixture
def told(cablesearch, tmp_path):
    """Returns the options for an index of three cables, one of which protects Ivo Quell."""
    page = "{id}\n{subject}\n2007-01-08 12:31\nCONFIDENTIAL\nEmbassy Tezgara\n\n1. (C) {text}\n"
    source = "Harbor Minister Ivo Quell (strictly protect) told the Ambassador that Qu\u200bell, or I. Quell,"
    texts = {
        "07TEZGARA9": ("QUELL ON HERRING", f"{source} would resign over herring quotas."),
        "07TEZGARA10": ("A TALK", "Fishermen asked the Minister about herring quotas."),
        "07TEZGARA11": ("BIRDS", "Protected birds nest on the rocks."),
    }
    (tmp_path / "told").mkdir()
    for id, (subject, text) in texts.items():
        (tmp_path / "told" / f"{id}.txt").write_text(page.format(id=id, subject=subject, text=text), "utf-8")
    index = ["--index", str(tmp_path / "told-index")]
    assert cablesearch("reindex", *index, str(tmp_path / "told")).status == 0
    return index


@pytest.mark.parametrize("format", ["text", "json", "jsonl", "csv"])
@pytest.mark.parametrize(
    "command",
    [
        ["show", "07TEZGARA9"],
        ["search", "resign"],
        ["search", "resign", "--group"],
        ["similar", "07TEZGARA10"],
        ["parse"],
    ],
)
def test_protected_names_are_hidden_in_every_answer(cablesearch, told, tmp_path, command, format):
    where = [str(tmp_path / "told")] if command == ["parse"] else told
    plain, hidden = (
        cablesearch(*command, *where, "--format", format, *option).out
        for option in ([], ["--redact-protected"])
    )
    assert "Quell" in plain
    assert "[protected]" in hidden
    assert "ELL," not in hidden.upper().replace("QUELL", "ELL,")


def test_redaction_does_not_change_what_is_similar(cablesearch, told):
    shown = cablesearch("similar", "07TEZGARA9", *told, "--format", "json").out
    redacted = cablesearch("similar", "07TEZGARA9", *told, "--format", "json", "--redact-protected").out
    scores = [[(hit["id"], hit["score"]) for hit in json.loads(out)["hits"]] for out in (shown, redacted)]
    assert scores[0] == scores[1] != []

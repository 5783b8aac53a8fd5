"""The routes of the notebook: a note, all notes, saved questions."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from .. import Cable, Index, Note, Notebook, NotebookError, Paragraph, QueryError, open_index
from .access import Access, Here
from .addresses import cable_link, link
from .changes import Change
from .errors import NothingThereError, told
from .noted import NoteForm
from .questions import Question
from .rendering import TEXTS, page

NOTES_A_PAGE = 100
_BACK = ("/search?", "/cable/", "/notes")  # where a note may be made from

router = APIRouter(include_in_schema=False)


@router.get("/note")
def note(here: Here, request: Request) -> Response:
    """Return the note on a paragraph or a cable, in a form that changes it."""
    known, _ = _note(here, request.query_params.get("id", ""))
    return _form(here, request, known, NoteForm.of(known), request.query_params.get("back", ""))


@router.post("/note")
def change_note(here: Here, request: Request, change: Change) -> Response:
    """Change a note, unless somebody else has since the form was made; then show what it is about."""
    known, digest = _note(here, change.get("id", ""))
    wanted, back = NoteForm.sent(change), change.get("back", "")
    if change.get("seen") != NoteForm.of(known).fingerprint:
        return _form(here, request, known, wanted, back, status=409, message=TEXTS["refused_older_note"])
    try:
        here.own_notebook.write(known, wanted, digest)
    except NotebookError as error:
        return _form(here, request, known, wanted, back, status=400, message=told(request, error))
    return RedirectResponse(_way_back(back, known.id), 303)


@router.get("/notes")
def notes(here: Here, request: Request) -> Response:
    """Return all notes, or those with a label, with a star, or in a list; and the saved questions."""
    notebook, asked = here.own_notebook, request.query_params
    label, in_list, starred = asked.get("label", ""), asked.get("list", ""), asked.get("star") == "1"
    if in_list:
        ids = notebook.reader.items(in_list)
    elif label:
        ids = sorted(notebook.reader.ids("label", label))
    else:
        ids = sorted(notebook.reader.ids("noted", "star" if starred else "yes"))
    number = Question.of(asked).page
    first = (number - 1) * NOTES_A_PAGE
    context = {
        "notes": here.notes_on(ids[first : first + NOTES_A_PAGE]),
        "total": len(ids),
        "label": label,
        "in_list": in_list,
        "starred": starred,
        "contents": notebook.contents,
        "number": number,
        "more": len(ids) > first + NOTES_A_PAGE,
        "token": here.token,
    }
    return page(request, "notes.html", context)


@router.post("/questions")
def save_question(here: Here, request: Request, change: Change) -> Response:
    """Save a question under a name, or delete it; then show the questions."""
    notebook = here.own_notebook
    name, query = change.get("name", ""), change.get("query", "").strip()
    if change.get("take_back"):
        query = ""
    elif not query:
        raise HTTPException(400)
    else:
        here.index.explain(query)  # which raises an error if it cannot be asked, before a file is made
    try:
        with Notebook(notebook.reader.file) as book, book.writing():
            book.save(name, query)
            if query:
                with open_index(here.settings.index, notebook=book) as index:
                    index.explain("", {"query": name})  # it may be part of itself
    except NotebookError as error:
        raise HTTPException(400, told(request, error)) from error
    return RedirectResponse(link("/notes#questions"), 303)


def _form(
    here: Access,
    request: Request,
    known: Note,
    shown: NoteForm,
    back: str,
    *,
    status: int = 200,
    message: str = "",
) -> Response:
    """Return the page of a note.

    Args:
        known: the note as it is.
        shown: what its form says.
        message: why it was not taken.
    """
    [compared] = here.index.compare_notes([known])
    context = {
        "note": compared,
        "form": shown,
        "seen": NoteForm.of(known).fingerprint,
        "about": _about(here.index, known.id),
        "back": _way_back(back, known.id),
        "message": message,
        "labels": here.own_notebook.contents.labels,
        "token": here.token,
    }
    return page(request, "note.html", context, status=status)


def _note(here: Access, id: str) -> tuple[Note, str | None]:
    """Return what is noted on a paragraph or a cable, and the checksum of its text.

    Raises:
        NothingThereError: it is not in the index, and nothing is noted on it.
    """
    book = here.own_notebook.reader
    try:
        target, digest = here.index.target(id)
    except QueryError as error:
        try:
            if known := book.get(id):
                return known, known.digest
        except NotebookError:
            pass
        raise NothingThereError(str(error)) from error
    return book.get(target), digest


def _about(index: Index, id: str) -> tuple[Cable, Paragraph | None] | None:
    """Return what a note is about, None if the index has it no more."""
    cable = index.cable(id)
    if not cable:
        return None
    if "#" not in id:
        return cable, None
    return next(((cable, one) for one in cable.paragraphs if one.id == id), None)


def _way_back(address: str, id: str) -> str:
    """Return the address of the page that a note was made from; by default, that of what it is about."""
    return address if address.startswith(tuple(map(link, _BACK))) else cable_link(id)

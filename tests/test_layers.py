"""The layers of the package: imports go down, never up, and each library is used only where it belongs."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "cablesearch"

# From the bottom up: a package may import those before it. `cablesearch` is the public API in `__init__.py`.
LAYERS = (
    "_version", "errors", "analysis", "model", "corpus", "parse", "people", "compare", "query",
    "engines", "indexing", "notebook", "meaning", "search", "desk", "export", "terminal", "cablesearch",
    "web", "mcp", "cli", "__main__",
)  # fmt: skip
FILES = sorted(file.relative_to(PACKAGE) for file in PACKAGE.rglob("*.py"))


def layer_of(file: Path) -> str:
    name = file.parts[0].removesuffix(".py")
    return "cablesearch" if name == "__init__" else name


def imported_layers(file: Path) -> set[str]:
    modules = [
        (*module, name) for module, names in imports(file) for name in names if module[0] == "cablesearch"
    ]
    return {parts[1] if parts[1] in LAYERS else "cablesearch" for parts in modules}


@cache
def imports(file: Path) -> list[tuple[tuple[str, ...], list[str]]]:
    """Return the modules that a file imports, absolute, with the names it takes from each."""
    own = ("cablesearch", *file.with_suffix("").parts)
    package = own[:-1]
    found = []
    for node in ast.walk(ast.parse((PACKAGE / file).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(tuple(alias.name.split(".")), []) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = (*base, *(node.module.split(".") if node.module else ()))
            found.append((module, [alias.name for alias in node.names]))
    return found


@pytest.mark.parametrize("file", FILES, ids=str)
def test_no_import_goes_up(file: Path) -> None:
    own = LAYERS.index(layer_of(file))
    assert [name for name in imported_layers(file) if LAYERS.index(name) > own] == []


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("whoosh", {"query/grammar.py", "engines/whoosh"}),
        ("tantivy", {"engines/tantivy"}),
        ("typer", {"cli"}),
        ("lxml", {"corpus/tei"}),
        ("bs4", {"corpus"}),
        ("citeproc", {"export/_styles.py"}),
        ("rispy", {"export/ris.py"}),
        ("bibtexparser", {"export/bibtex.py"}),
        ("xlsxwriter", {"export/xlsx.py"}),
        ("fastapi", {"web"}),
        ("jinja2", {"web/rendering.py"}),
        ("uvicorn", {"web/app.py", "web/connection.py", "mcp/http.py"}),
        ("mcp", {"mcp"}),
        ("numpy", {"meaning", "search/by_meaning.py"}),
        ("onnxruntime", {"meaning/model.py"}),
        ("tokenizers", {"meaning/model.py"}),
        ("sklearn", {"meaning/clusters.py"}),
    ],
)
def test_a_library_is_used_only_where_it_belongs(library: str, homes: set[str]) -> None:
    users = {file.as_posix() for file in FILES if any(module[0] == library for module, _ in imports(file))}
    assert users
    assert all(any(user.startswith(home) for home in homes) for user in users), users

"""The public API: its names, and its documentation."""

from __future__ import annotations

import ast
import doctest
import inspect
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cablesearch

ROOT = Path(__file__).parents[1]


def test_the_public_names_are_listed_here() -> None:
    functions = (
        "build_vectors canonical_id check_index compare_cables count_all explain_query fetch_model"
        " hashtag index_sources link_template marking_in_words open_index parse_cable place_of"
        " post_in_words prepare_part read_cables read_questions reasons_in_words rebuild_index"
        " tag_in_words update_index vector_state whats_new"
    )
    errors = (
        "BrokenIndexError CablesearchError ClusterError IndexStateError LockedError NoIndexError"
        " NotebookError PeopleFileError QueryError SlowQueryError UnknownEngineError UnreadableError"
    )
    others = (
        "Batch BatchHits BuildProgress Cable Check Citations Classification Cluster Clusters Correction"
        " Difference Dossier Dossiers ENGINES FIELDS Facets Failure Field History Hit Index Kind Link Loss"
        " Losses Merged ModelCard NamedPerson Names News Note Notebook Notes Overview Paragraph PartReport"
        " Passages People Person Questions Reference Report Results State Thread Timeline Totals Trend"
        " VectorProgress VectorReport VectorState Version Versions WhatsNew __version__"
    )
    assert sorted(cablesearch.__all__) == sorted(f"{functions} {errors} {others}".split())


@pytest.mark.parametrize("name", cablesearch.__all__)
def test_every_name_can_be_imported_and_is_listed(name: str) -> None:
    assert getattr(cablesearch, name) is not None
    assert name in dir(cablesearch)


def test_type_checkers_see_the_same_names() -> None:
    """The imports for type checkers are those of the table."""
    tree = ast.parse(inspect.getsource(cablesearch))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    imported = {
        alias.asname or alias.name: (node.module, alias.name)
        for node in guarded.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert imported == cablesearch._NAMES
    assert {*imported, "__version__"} == {*cablesearch.__all__}


def test_type_checkers_see_no_other_names() -> None:
    """As they would if the module's `__getattr__` were not hidden from them."""
    body = ast.parse(inspect.getsource(cablesearch)).body
    assert "__getattr__" not in {node.name for node in body if isinstance(node, ast.FunctionDef)}


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'cablesearch' has no attribute 'serach'"):
        _ = cablesearch.serach  # type: ignore[attr-defined]


def test_importing_the_package_loads_none_of_its_modules() -> None:
    code = (
        "import sys, cablesearch; print(*(name for name in sys.modules if name.startswith('cablesearch.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["cablesearch._version"]


def test_the_documented_examples_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("corpus", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "python.md").read_text("utf-8").replace("```", "")
    test = doctest.DocTestParser().get_doctest(page, {}, "python.md", "docs/python.md", 0)
    failures, examples = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test)
    assert (failures, examples > 50) == (0, True)


@pytest.mark.parametrize("name", sorted(set(cablesearch.__all__) - {"__version__"}))
def test_every_public_name_is_documented(name: str) -> None:
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    assert f"cablesearch.{name}" in page or f"{name}(" in page or f"`{name}`" in page

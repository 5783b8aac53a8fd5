"""A command calls the public API and shows the answer: it imports nothing below that."""

import ast
from pathlib import Path

import pytest

import cablesearch
from cablesearch import cli
from cablesearch.cli.app import COMMANDS

FOLDER = Path(cli.__file__).parent
MODULES = sorted(FOLDER.glob("*.py"))


def imports(file):
    """Yield the names that a module of the command line imports from the package, with where from."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield from ((node.level, node.module or "", name.name) for name in node.names)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module] if isinstance(node, ast.ImportFrom) else [name.name for name in node.names]
            assert not any(name.partition(".")[0] == "cablesearch" for name in names), "write it relative"


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_it_imports_the_public_api_the_faces_and_its_own_room(file):
    for level, module, name in imports(file):
        if level == 1:
            assert (FOLDER / f"{module or name}.py").is_file() or hasattr(cli, name)
        elif module:
            assert module.partition(".")[0] in ("errors", "export", "mcp", "terminal", "web"), (
                f"from ..{module}"
            )
        else:
            assert name in (*cablesearch.__all__, "export"), f"from .. import {name}"


def test_every_public_name_is_there():
    for name in cablesearch.__all__:
        assert getattr(cablesearch, name) is not None


def test_each_command_is_a_file():
    assert {*COMMANDS} <= {file.stem for file in MODULES}

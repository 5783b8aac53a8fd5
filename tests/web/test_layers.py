"""The pages call the public API and show the answer: they import nothing below that."""

import ast
from pathlib import Path

import pytest

import cablesearch
from cablesearch import web

FOLDER = Path(web.__file__).parent
MODULES = sorted(FOLDER.glob("*.py"))


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_it_imports_the_public_api_the_formats_and_its_own_room(file):
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        for name in node.names:
            if node.level == 1:
                assert (FOLDER / f"{node.module or name.name}.py").is_file()
            elif node.module:
                assert node.module in ("errors", "export"), f"from ..{node.module}"
            else:
                assert name.name in (*cablesearch.__all__, "export"), f"from .. import {name.name}"

"""Every pattern of the package, and how it is used: found in its modules and in its source text."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import NamedTuple

METHODS = frozenset(("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split"))
_SCANNING = METHODS - {"match", "fullmatch", "search"}  # they go on after a match
_MAX_DEPTH = 4  # of containers within each other


class Use(NamedTuple):
    """A pattern, where it was found first, and the methods that are called on it."""

    pattern: re.Pattern[str] | re.Pattern[bytes]
    where: str
    methods: frozenset[str]


def package_modules(package: str) -> list[ModuleType]:
    """Import every module of a package but those that need a library that is not installed."""
    root = import_module(package)
    names = [info.name for info in pkgutil.walk_packages(root.__path__, f"{package}.")]
    modules = [root]
    for name in names:
        if name.endswith("__main__"):
            continue
        try:
            modules.append(import_module(name))
        except ModuleNotFoundError as error:
            if error.name and (error.name.partition(".")[0] == package or find_spec(error.name)):
                raise
    return modules


def find_uses(modules: list[ModuleType]) -> list[Use]:
    """Return every pattern of some modules: in variables, classes and containers, and in calls of `re`."""
    where: dict[re.Pattern[str] | re.Pattern[bytes], str] = {}
    methods: dict[re.Pattern[str] | re.Pattern[bytes], set[str]] = defaultdict(set)
    for module in modules:
        for name, value in vars(module).items():
            for pattern in _patterns_in(value, module.__name__):
                where.setdefault(pattern, f"{module.__name__}.{name}")
    for module in modules:
        try:
            reader = _Reader(module)
        except (OSError, TypeError):  # compiled, or empty
            continue
        for pattern, method, line in reader.uses():
            where.setdefault(pattern, f"{module.__name__}:{line}")
            methods[pattern].add(method)
    return [
        Use(pattern, place, _effective(methods[pattern] & METHODS or {"search"}))
        for pattern, place in where.items()
    ]


def _effective(methods: set[str]) -> frozenset[str]:
    """Return the methods without those whose work another one does as well."""
    scanning = bool(_SCANNING & methods)
    return frozenset(methods - _SCANNING - ({"search"} if scanning else set())) | (
        {"finditer"} if scanning else set()
    )


def _patterns_in(value: object, module: str, depth: int = 0) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(getattr(value, "__self__", None), re.Pattern):  # a method, as `re.compile("a").match`
        yield value.__self__  # type: ignore[attr-defined]
    elif depth < _MAX_DEPTH:
        if isinstance(value, Mapping):
            inner: list[object] = [*value.keys(), *value.values()] if len(value) < 1_000 else []
        elif isinstance(value, list | tuple | set | frozenset):
            inner = list(value) if len(value) < 1_000 else []
        elif isinstance(value, type) and value.__module__ == module:
            inner = list(vars(value).values())
        else:
            inner = []
        for part in inner:
            yield from _patterns_in(part, module, depth + 1)


class _Reader:
    """Finds the uses of patterns in a module's source text."""

    def __init__(self, module: ModuleType) -> None:
        self._tree = ast.parse(inspect.getsource(module))
        self._names = vars(module)
        self._module = module.__name__

    def uses(self) -> Iterator[tuple[re.Pattern[str] | re.Pattern[bytes], str, int]]:
        """Yield each pattern with a method that is called on it, and the line."""
        yield from self._uses(self._tree, self._tree)

    def _uses(
        self, node: ast.AST, scope: ast.AST
    ) -> Iterator[tuple[re.Pattern[str] | re.Pattern[bytes], str, int]]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            scope = node
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            if isinstance(pattern := self._value(node.value), re.Pattern):
                yield pattern, node.attr, node.lineno
                return
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_re(node.func.value):
            if node.func.attr in METHODS | {"compile"} and node.args:
                pattern = self._compiled(node)
                if pattern:
                    yield pattern, node.func.attr, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and scope is not node:
            # A pattern that is passed on, alone or in a container: its methods are called on a variable.
            patterns = list(_patterns_in(self._names.get(node.id), self._module))
            if patterns and not isinstance(scope, ast.Module):
                for method in self._called_near(scope):
                    yield from ((pattern, method, node.lineno) for pattern in patterns)
        for child in ast.iter_child_nodes(node):
            yield from self._uses(child, scope)

    def _called_near(self, scope: ast.AST) -> set[str]:
        """Return the methods that are called on variables in a function, else anywhere in the module."""
        return set(self._called_on_variables(scope)) or set(self._called_on_variables(self._tree))

    def _called_on_variables(self, scope: ast.AST) -> Iterator[str]:
        for node in ast.walk(scope):
            if (
                isinstance(node, ast.Attribute)
                and node.attr in METHODS - {"split"}  # which strings have too
                and not _is_re(node.value)
                and not isinstance(self._value(node.value), re.Pattern)
            ):
                yield node.attr

    def _compiled(self, call: ast.Call) -> re.Pattern[str] | re.Pattern[bytes] | None:
        """Return the pattern of a call of `re`; None where it is made of what only a run knows."""
        flags = next((keyword.value for keyword in call.keywords if keyword.arg == "flags"), None)
        assert isinstance(call.func, ast.Attribute)
        if flags is None and call.func.attr in (
            "compile",
            "match",
            "fullmatch",
            "search",
            "findall",
            "finditer",
        ):
            at = 1 if call.func.attr == "compile" else 2
            flags = call.args[at] if len(call.args) > at else None
        text, own = self._value(call.args[0]), self._value(flags) if flags else 0
        if not isinstance(text, str | bytes) or not isinstance(own, int):
            return None
        return re.compile(text, own)

    def _value(self, node: ast.AST) -> object:
        """Return the value of an expression of constants and the module's variables, else None."""
        if not all(isinstance(part, _EXPRESSIONS) for part in ast.walk(node)):
            return None
        try:
            code = compile(ast.Expression(node), "<pattern>", "eval")  # type: ignore[arg-type]
            return eval(code, dict(self._names))
        except Exception:  # it needs a function's own variables
            return None


# What the source of a pattern may be made of.
_EXPRESSIONS = (
    *(ast.Name, ast.Load, ast.Constant, ast.Attribute, ast.JoinedStr, ast.FormattedValue, ast.BinOp),
    *(ast.operator, ast.Subscript, ast.Slice, ast.UnaryOp, ast.unaryop, ast.Call, ast.Tuple, ast.List),
)


def _is_re(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "re"

"""The query language, as plugins and syntax nodes of whoosh's parser.

    word  "a phrase"  "a phrase"~5  field:value  (query)    side by side: all of them
    AND OR                                                  join their two neighbours, AND closer than OR
    NOT -                                                   exclude what follows

whoosh mends a faulty query in silence. Here a fault is a QueryError that knows its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby, pairwise
from typing import TypeAlias, assert_never

from whoosh.qparser import (
    FieldsPlugin,
    GroupPlugin,
    OperatorsPlugin,
    Plugin,
    QueryParser,
    RegexTagger,
    TaggingPlugin,
    syntax,
)

from ..analysis.words import words
from ..errors import QueryError
from .clauses import bare_word, clause, field_named, initials, quoted
from .fields import BY_NAME
from .tree import Not, Tree, Words, all_of, any_of

# A filter of whoosh's parser, and when it runs.
SyntaxFilter: TypeAlias = tuple[Callable[[QueryParser, syntax.GroupNode], syntax.GroupNode], int]

MAX_DEPTH = 20  # parentheses inside one another
MAX_VALUES = 64  # words, phrases and values
MAX_VALUE_CHARS = 400  # of a word or value

_QUOTES = str.maketrans(dict.fromkeys("“”„‟", '"'))  # as word processors make them
_LETTER = re.compile(r"[^\W\d_][.,]?")
_REMEDY = "write a word there, or take it out"


def parse_text(text: str) -> tuple[Tree, tuple[tuple[int, int], ...]]:
    """Return the tree that a query text asks for, and where in it words are typed that the text is to hold.

    Raises:
        QueryError: it is faulty.
    """
    try:
        group = _parser().process(text.translate(_QUOTES))
        return _tree(group), tuple(_word_spans(group))
    except QueryError as error:
        error.query = text
        raise


class _Parser(QueryParser):
    """Whoosh's parser, which asks its plugins once, not for each query, what they do."""

    @cache  # noqa: B019, there is one parser, which lives as long as the program
    def _priorized(self, what: str) -> list[tuple[object, int]]:
        found: list[tuple[object, int]] = super()._priorized(what)
        return found


@cache
def _parser() -> QueryParser:
    parser = _Parser(None, None, plugins=[], group=Beside)
    parser.add_plugins([Bounds, Groups, Fields, Phrases, Operators, Plain, Punctuation])
    return parser


def _fault(message: str, position: int) -> QueryError:
    """Return an error with its place put where the message has `{}`."""
    return QueryError(message.format(f"at character {position + 1}"), position=position)


class Word(syntax.TextNode):
    """A word, for a field or for none."""


class Quoted(syntax.TextNode):
    """A phrase. Of a date, a comparison may stand before its quotes: `date:>="8 January 2007"`."""

    def __init__(self, sign: str | None, text: str, slop: str | None) -> None:
        super().__init__((sign or "") + text)
        self.slop = int(slop or 1)


class Beside(syntax.AndGroup):
    """Things side by side: all of them, the bare words among them kept together."""


class Both(syntax.AndGroup):
    """What AND joins."""


class Either(syntax.OrGroup):
    """What OR joins."""


class Without(syntax.NotGroup):
    """What NOT or a minus sign excludes."""


# Whoosh's syntax into our tree


def _tree(node: syntax.SyntaxNode) -> Tree:
    match node:
        case Word() | Quoted():
            try:
                return _value(node)
            except QueryError as error:
                error.position = node.startchar
                raise
        case Beside():
            return _beside(node)
        case Both():
            return all_of(map(_tree, node))
        case Either():
            return any_of(map(_tree, node))
        case Without():
            return Not(_tree(node[0]))
    raise AssertionError(f"no syntax of ours: {node!r}")


def _value(node: Word | Quoted) -> Tree:
    match node:
        case Word(fieldname=None | ""):
            return bare_word(node.text)
        case Word(fieldname=name):
            return clause(BY_NAME[name], node.text.rstrip(",;"))
        case Quoted(fieldname=None | ""):
            return quoted(node.text, node.slop)
        case Quoted(fieldname=name):
            return clause(BY_NAME[name], node.text, literal=True, slop=node.slop)
        case _:
            assert_never(node)


def _beside(group: Beside) -> Tree:
    """Return the tree of things side by side.

    Letters side by side are initials (`u s`); one alone among words is passed over: a name's middle
    initial, what is left of a possessive (`people s republic`). Quotes keep it: `"plan b"`.
    """
    words: dict[Tree, None] = {}
    single_letters: dict[Tree, None] = {}
    others: list[Tree] = []
    for are_letters, run in groupby(group, _is_letter):
        nodes = list(run)
        if are_letters and len(nodes) > 1:
            words[initials(" ".join(node.text for node in nodes))] = None
            continue
        for node in nodes:
            if _is_bare(node):
                (single_letters if are_letters else words)[_tree(node)] = None
            else:
                others.append(_tree(node))
    together = tuple(words or single_letters)
    return all_of([Words(together), *others] if len(together) > 1 else [*together, *others])


def _word_spans(node: syntax.SyntaxNode) -> Iterator[tuple[int, int]]:
    """Yield where words and phrases stand that are looked for in the text, none that are excluded."""
    match node:
        case Word() | Quoted() if node.fieldname in (None, "text"):
            yield node.startchar, node.endchar
        case Beside() | Both() | Either():
            for part in node:
                yield from _word_spans(part)


class Bounds(Plugin):
    """Holds a query to a size that any index can answer."""

    def filters(self, parser: QueryParser) -> list[SyntaxFilter]:
        return [(self.measure, -1)]

    def measure(self, parser: QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        values = [node for node in group if isinstance(node, Word | Quoted)]
        if len(values) > MAX_VALUES:
            raise _fault(
                f"more than {MAX_VALUES} words and values {{}}: write fewer", values[MAX_VALUES].startchar
            )
        for node in values:
            if len(node.text) > MAX_VALUE_CHARS:
                raise _fault(
                    f"a word, phrase or value {{}} has more than {MAX_VALUE_CHARS} characters", node.startchar
                )
        return group


class Groups(GroupPlugin):
    """Parentheses, balanced."""

    def do_groups(self, parser: QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        unclosed: list[int] = []
        for node in group:
            if isinstance(node, self.OpenBracket):
                unclosed.append(node.startchar)
            elif isinstance(node, self.CloseBracket):
                if not unclosed:
                    raise _fault("the parenthesis {} is not opened: write one before it", node.startchar)
                unclosed.pop()
            if len(unclosed) > MAX_DEPTH:
                raise _fault(f"more than {MAX_DEPTH} parentheses inside one another {{}}", unclosed[-1])
        if unclosed:
            raise _fault("the parenthesis {} is not closed: write one behind it", unclosed[-1])
        nested: syntax.GroupNode = super().do_groups(parser, group)
        return nested


class Fields(FieldsPlugin):
    """Names of fields: before a colon that a value follows at once."""

    class Name(RegexTagger):
        def create(self, parser: QueryParser, match: re.Match[str]) -> syntax.FieldnameNode | None:
            name, alone = match["name"], match["alone"] is not None
            if alone and name.lower() not in BY_NAME:
                return None  # prose: `Re: visit`
            try:
                field = field_named(name)
            except QueryError as error:
                error.position = match.start()
                raise
            if alone:
                raise _fault(
                    f"{field.name}: {{}} has no value right behind it: {field.example}", match.start()
                )
            return syntax.FieldnameNode(field.name, match[0])

    def taggers(self, parser: QueryParser) -> list[tuple[RegexTagger, int]]:
        return [(self.Name(r"(?<![^\s(-])(?P<name>[^\W\d]\w*):(?!//)(?P<alone>(?=\s|$|\)|\(\s*\)))?"), 0)]


class Phrases(TaggingPlugin):
    """Words in quotes, and how far apart they may stand."""

    expr = re.compile(
        r"""(?P<sign>[<>]=?)?"
        (?:(?P<text>[^"]*)"
            (?:~(?P<slop>\d{1,4}))?
            (?P<apart>(?=[,.;:!?]*(?:[\s)]|$)))?
        )?""",
        re.VERBOSE,
    )

    def create(self, parser: QueryParser, match: re.Match[str]) -> Quoted:
        if match["text"] is None:
            raise _fault("the quote {} is not closed: write one behind it", match.start())
        if match["apart"] is None:
            raise _fault("a space is missing {}, behind the quote", match.end())
        return Quoted(match["sign"], match["text"], match["slop"])


class Operators(OperatorsPlugin):
    """AND, OR, NOT and the minus sign, each with something to join or to exclude."""

    def __init__(self) -> None:
        exclude = (Without, syntax.PrefixOperator)
        join = syntax.InfixOperator
        tagger = self.OpTagger
        operators = [
            tagger(r'(?<![^\s(])-(?=[\w"(])', *exclude),
            tagger(r"(?<![^\s()])NOT(?![^\s()])", *exclude),
            tagger(r"(?<![^\s()])AND(?![^\s()])", Both, join),
            tagger(r"(?<![^\s()])OR(?![^\s()])", Either, join),
        ]
        super().__init__([(operator, 0) for operator in operators], clean=True)

    def do_operators(self, parser: QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        for before, node in pairwise([None, *group, None]):
            joins = isinstance(node, syntax.InfixOperator)
            if joins and before is None:
                raise _fault(f"{node.text} {{}} has nothing before it: {_REMEDY}", node.startchar)
            if isinstance(before, syntax.Operator) and (node is None or joins or _is_twice(before, node)):
                raise _fault(f"{before.text} {{}} has nothing behind it: {_REMEDY}", before.startchar)
        joined: syntax.GroupNode = super().do_operators(parser, group)
        return joined


class Plain(TaggingPlugin):
    """Words: whatever is nothing else."""

    expr = re.compile(r'(?P<text>[^\s()"]+)')
    nodetype = Word
    priority = 200


class Punctuation(Plugin):
    """Drops what holds no letter or digit, and parentheses around nothing else."""

    def filters(self, parser: QueryParser) -> list[SyntaxFilter]:
        return [(self.drop, 550)]

    def drop(self, parser: QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        kept: syntax.GroupNode = group.empty_copy()
        for node in group:
            if isinstance(node, syntax.GroupNode):
                node = self.drop(parser, node)
            if not _is_punctuation(node):
                kept.append(node)
        return kept


def _is_bare(node: syntax.SyntaxNode) -> bool:
    return isinstance(node, Word) and not node.fieldname and bool(words(node.text))


def _is_letter(node: syntax.SyntaxNode) -> bool:
    return isinstance(node, Word) and not node.fieldname and bool(_LETTER.fullmatch(node.text))


def _is_punctuation(node: syntax.SyntaxNode) -> bool:
    if isinstance(node, syntax.GroupNode):
        return not node
    if not isinstance(node, Word | Quoted) or node.fieldname or words(node.text):
        return False
    return isinstance(node, Quoted) or "*" not in node.text


def _is_twice(before: syntax.SyntaxNode, node: syntax.SyntaxNode) -> bool:
    return isinstance(before, syntax.PrefixOperator) and isinstance(node, syntax.PrefixOperator)

"""The query language, as plugins and syntax nodes of whoosh's parser.

    word  "a phrase"  "a phrase"~5  field:value  (query)    side by side: all of them
    AND OR                                                  join their neighbours, AND more tightly than OR
    NOT -                                                   exclude what follows

whoosh silently repairs a faulty query. Here a fault is a QueryError with its position.
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
from .clauses import bare_word, clause, field_named, initials, quoted_words
from .fields import BY_NAME, MAX_VALUE_CHARS
from .patterns import MAX_INEXACT, is_inexact
from .tree import Not, Tree, Words, all_of, any_of

# A filter of whoosh's parser, and its place in the order of filters.
SyntaxFilter: TypeAlias = tuple[Callable[[QueryParser, syntax.GroupNode], syntax.GroupNode], int]

MAX_DEPTH = 20  # parentheses inside one another
MAX_VALUES = 64  # words, phrases and values

_QUOTES = str.maketrans(dict.fromkeys("“”„‟", '"'))  # as word processors write them
_LETTER = re.compile(r"[^\W\d_][.,]?")
_REMEDY = "write a word there, or take it out"


def parse_text(text: str) -> tuple[Tree, tuple[tuple[int, int], ...]]:
    """Parse a query text.

    Returns:
        Its tree, and the start and end of each word or phrase that paragraphs must hold in their text.

    Raises:
        QueryError: the query is faulty.
    """
    try:
        group = _parser().process(text.translate(_QUOTES))
        return _tree(group), tuple(_word_spans(group))
    except QueryError as error:
        error.query = text
        raise


class _Parser(QueryParser):
    """Whoosh's parser, made to ask its plugins once, instead of for each query, what they do."""

    @cache  # noqa: B019, the only parser lives as long as the program
    def _priorized(self, what: str) -> list[tuple[object, int]]:
        found: list[tuple[object, int]] = super()._priorized(what)
        return found


@cache
def _parser() -> QueryParser:
    parser = _Parser(None, None, plugins=[], group=Adjacent)
    parser.add_plugins([Limits, Groups, Fields, Phrases, Operators, PlainWords, Punctuation])
    return parser


def _error_at(message: str, position: int) -> QueryError:
    """Return an error whose message has its place where `{}` stands."""
    return QueryError(message.format(f"at character {position + 1}"), position=position)


class Word(syntax.TextNode):
    """A word, with or without a field."""


class Quoted(syntax.TextNode):
    """Words in quotes. For a date, a comparison may stand before them: `date:>="8 January 2007"`."""

    def __init__(self, sign: str | None, text: str, slop: str | None) -> None:
        super().__init__((sign or "") + text)
        self.slop = int(slop or 1)


class Adjacent(syntax.AndGroup):
    """Parts side by side: all of them are wanted, and their bare words are kept together."""


class Conjunction(syntax.AndGroup):
    """What AND joins."""


class Disjunction(syntax.OrGroup):
    """What OR joins."""


class Negation(syntax.NotGroup):
    """What NOT or a minus sign excludes."""


# From whoosh's syntax nodes to our tree


def _tree(node: syntax.SyntaxNode) -> Tree:
    match node:
        case Word() | Quoted():
            try:
                return _leaf(node)
            except QueryError as error:
                error.position = node.startchar
                raise
        case Adjacent():
            return _adjacent(node)
        case Conjunction():
            return all_of(map(_tree, node))
        case Disjunction():
            return any_of(map(_tree, node))
        case Negation():
            return Not(_tree(node[0]))
    raise AssertionError(f"not one of our syntax nodes: {node!r}")


def _leaf(node: Word | Quoted) -> Tree:
    match node:
        case Word(fieldname=None | ""):
            return bare_word(node.text)
        case Word(fieldname=name):
            return clause(BY_NAME[name], node.text.rstrip(",;"))
        case Quoted(fieldname=None | ""):
            return quoted_words(node.text, node.slop)
        case Quoted(fieldname=name):
            return clause(BY_NAME[name], node.text, literal=True, slop=node.slop)
        case _:
            assert_never(node)


def _adjacent(group: Adjacent) -> Tree:
    """Return the tree for parts side by side.

    Several single letters are initials (`u s`). A lone one among words is dropped: a middle initial, or
    what is left of a possessive (`people s republic`); in quotes it is kept (`"plan b"`).
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
    """Yield the start and end of words and phrases that the text must hold; none that are excluded."""
    match node:
        case Word() | Quoted() if node.fieldname in (None, "text"):
            yield node.startchar, node.endchar
        case Adjacent() | Conjunction() | Disjunction():
            for part in node:
                yield from _word_spans(part)


class Limits(Plugin):
    """Limits a query to a size that any index can answer."""

    def filters(self, parser: QueryParser) -> list[SyntaxFilter]:
        return [(self.measure, -1)]

    def measure(self, parser: QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        values = [node for node in group if isinstance(node, Word | Quoted)]
        if len(values) > MAX_VALUES:
            raise _error_at(
                f"more than {MAX_VALUES} words and values {{}}: write fewer", values[MAX_VALUES].startchar
            )
        inexact = [node for node in values if isinstance(node, Word) and is_inexact(node.text)]
        if len(inexact) > MAX_INEXACT:
            raise _error_at(
                f"more than {MAX_INEXACT} words and values with * ? or ~ {{}}: write fewer",
                inexact[MAX_INEXACT].startchar,
            )
        for node in values:
            if len(node.text) > MAX_VALUE_CHARS:
                raise _error_at(
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
                    raise _error_at("the parenthesis {} is not opened: write one before it", node.startchar)
                unclosed.pop()
            if len(unclosed) > MAX_DEPTH:
                raise _error_at(f"more than {MAX_DEPTH} parentheses inside one another {{}}", unclosed[-1])
        if unclosed:
            raise _error_at("the parenthesis {} is not closed: write one behind it", unclosed[-1])
        nested: syntax.GroupNode = super().do_groups(parser, group)
        return nested


class Fields(FieldsPlugin):
    """Names of fields: before a colon that is followed directly by a value."""

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
                raise _error_at(
                    f"{field.name}: {{}} has no value right behind it: {field.example}", match.start()
                )
            return syntax.FieldnameNode(field.name, match[0])

    def taggers(self, parser: QueryParser) -> list[tuple[RegexTagger, int]]:
        return [(self.Name(r"(?<![^\s(-])(?P<name>[^\W\d]\w*):(?!//)(?P<alone>(?=\s|$|\)|\(\s*\)))?"), 0)]


class Phrases(TaggingPlugin):
    """Words in quotes, and how far apart they may be."""

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
            raise _error_at("the quote {} is not closed: write one behind it", match.start())
        if match["apart"] is None:
            raise _error_at("a space is missing {}, behind the quote", match.end())
        return Quoted(match["sign"], match["text"], match["slop"])


class Operators(OperatorsPlugin):
    """AND, OR, NOT and the minus sign, which must have something to join or to exclude."""

    def __init__(self) -> None:
        exclude = (Negation, syntax.PrefixOperator)
        join = syntax.InfixOperator
        tagger = self.OpTagger
        operators = [
            tagger(r'(?<![^\s(])-(?=[\w"(])', *exclude),
            tagger(r"(?<![^\s()])NOT(?![^\s()])", *exclude),
            tagger(r"(?<![^\s()])AND(?![^\s()])", Conjunction, join),
            tagger(r"(?<![^\s()])OR(?![^\s()])", Disjunction, join),
        ]
        super().__init__([(operator, 0) for operator in operators], clean=True)

    def do_operators(self, parser: QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        for before, node in pairwise([None, *group, None]):
            joins = isinstance(node, syntax.InfixOperator)
            if joins and before is None:
                raise _error_at(f"{node.text} {{}} has nothing before it: {_REMEDY}", node.startchar)
            if isinstance(before, syntax.Operator) and (
                node is None or joins or _are_both_prefixes(before, node)
            ):
                raise _error_at(f"{before.text} {{}} has nothing behind it: {_REMEDY}", before.startchar)
        joined: syntax.GroupNode = super().do_operators(parser, group)
        return joined


class PlainWords(TaggingPlugin):
    """Words: whatever the other plugins leave."""

    expr = re.compile(r'(?P<text>[^\s()"]+)')
    nodetype = Word
    priority = 200


class Punctuation(Plugin):
    """Drops whatever has no letter or digit, and parentheses that are then empty."""

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


def _are_both_prefixes(before: syntax.SyntaxNode, node: syntax.SyntaxNode) -> bool:
    return isinstance(before, syntax.PrefixOperator) and isinstance(node, syntax.PrefixOperator)

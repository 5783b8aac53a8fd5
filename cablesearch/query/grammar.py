"""The query language, as plugins and syntax nodes of whoosh's parser.

    word  "a phrase"  "a phrase"~5  field:value  (query)    side by side: all of them
    AND OR                                                  join their two neighbours, AND closer than OR
    NOT -                                                   exclude what follows

whoosh mends a faulty query in silence. Here a fault is a QueryError that knows its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import groupby, pairwise
from typing import Any

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
from whoosh.query import Not, Query

from ..analysis.words import words
from ..errors import QueryError
from .clauses import bare, clause, letters, named, quoted
from .fields import BY_NAME
from .trees import Words, all_of, any_of

Filter = tuple[Callable[[QueryParser, syntax.GroupNode], syntax.GroupNode], int]  # and when it runs

DEEPEST = 20  # parentheses inside one another
MOST = 64  # words, phrases and values
LONGEST = 400  # characters of a word or value

_QUOTES = str.maketrans(dict.fromkeys("“”„‟", '"'))  # as word processors make them
_LETTER = re.compile(r"[^\W\d_][.,]?")
_REMEDY = "write a word there, or take it out"


def read(text: str) -> Query:
    """Give the tree that a query text asks for, NullQuery if it holds no word.

    Raises:
        QueryError: it is faulty.
    """
    try:
        tree: Query = _parser().parse(text.translate(_QUOTES), normalize=False)
    except QueryError as error:
        error.query = text
        raise
    return tree


class _Parser(QueryParser):
    """Whoosh's parser, which asks its plugins once, not for each query, what they do."""

    @cache  # noqa: B019, there is one parser, which lives as long as the program
    def _priorized(self, what: str) -> list[Any]:
        asked: list[Any] = super()._priorized(what)
        return asked


@cache
def _parser() -> QueryParser:
    parser = _Parser(None, None, plugins=[], group=Beside)
    parser.add_plugins([Bounds, Groups, Fields, Phrases, Operators, Plain, Punctuation])
    return parser


def _fault(message: str, position: int) -> QueryError:
    """Give an error with its place put where the message has `{}`."""
    return QueryError(message.format(f"at character {position + 1}"), position=position)


class Asked(syntax.TextNode):
    """A word or a phrase, for a field or for none."""

    def query(self, parser: QueryParser) -> Query:
        try:
            return self.tree()
        except QueryError as error:
            error.position = self.startchar
            raise

    def tree(self) -> Query:
        """Give what it asks for."""
        raise NotImplementedError


class Word(Asked):
    def tree(self) -> Query:
        if self.fieldname:
            return clause(BY_NAME[self.fieldname], self.text.rstrip(",;"))
        return bare(self.text)


class Quoted(Asked):
    """A phrase. Of a date, a comparison may stand before its quotes: `date:>="8 January 2007"`."""

    def __init__(self, sign: str | None, text: str, slop: str | None) -> None:
        super().__init__((sign or "") + text)
        self.slop = int(slop or 1)

    def tree(self) -> Query:
        if self.fieldname:
            return clause(BY_NAME[self.fieldname], self.text, literal=True, slop=self.slop)
        return quoted(self.text, self.slop)


class Beside(syntax.AndGroup):
    """Things side by side: all of them, the bare words among them kept together."""

    def query(self, parser: QueryParser) -> Query:
        together, others = self.parted(parser)
        return all_of([Words(list(together)), *others] if len(together) > 1 else [*together, *others])

    def parted(self, parser: QueryParser) -> tuple[dict[Query, None], list[Query]]:
        """Give what bare words ask for, each once, and what all else does.

        Letters side by side are initials (`u s`); one alone among words is passed over: a name's middle
        initial, what is left of a possessive (`people s republic`). Quotes keep it: `"plan b"`.
        """
        together: dict[Query, None] = {}
        single: dict[Query, None] = {}
        others: list[Query] = []
        for lettered, run in groupby(self.nodes, _is_letter):
            nodes = list(run)
            if lettered and len(nodes) > 1:
                together[letters(" ".join(node.text for node in nodes))] = None
                continue
            for node in nodes:
                if _is_bare(node):
                    (single if lettered else together)[node.query(parser)] = None
                else:
                    others.append(node.query(parser))
        return together or single, others


class Both(syntax.AndGroup):
    """What AND joins."""

    def query(self, parser: QueryParser) -> Query:
        return all_of(node.query(parser) for node in self.nodes)


class Either(syntax.OrGroup):
    """What OR joins."""

    def query(self, parser: QueryParser) -> Query:
        return any_of(node.query(parser) for node in self.nodes)


class Without(syntax.NotGroup):
    """What NOT or a minus sign excludes."""

    def query(self, parser: QueryParser) -> Query:
        return Not(self.nodes[0].query(parser))


class Bounds(Plugin):
    """Holds a query to a size that any index can answer."""

    def filters(self, parser: QueryParser) -> list[Filter]:
        return [(self.measure, -1)]

    def measure(self, parser: QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        asked = [node for node in group if isinstance(node, Asked)]
        if len(asked) > MOST:
            raise _fault(f"more than {MOST} words and values {{}}: write fewer", asked[MOST].startchar)
        for node in asked:
            if len(node.text) > LONGEST:
                raise _fault(
                    f"a word, phrase or value {{}} has more than {LONGEST} characters", node.startchar
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
            if len(unclosed) > DEEPEST:
                raise _fault(f"more than {DEEPEST} parentheses inside one another {{}}", unclosed[-1])
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
                field = named(name)
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

    def filters(self, parser: QueryParser) -> list[Filter]:
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
    if not isinstance(node, Asked) or node.fieldname or words(node.text):
        return False
    return isinstance(node, Quoted) or "*" not in node.text


def _is_twice(before: syntax.SyntaxNode, node: syntax.SyntaxNode) -> bool:
    return isinstance(before, syntax.PrefixOperator) and isinstance(node, syntax.PrefixOperator)

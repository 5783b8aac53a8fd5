"""The query language, as plugins and syntax nodes of whoosh's parser.

    word  "a phrase"  "a phrase"~5  field:value  (query)    side by side: all of them
    a NEAR/5 b  a w/5 b                                     both, with at most four words in between
    AND && OR ||                                            join their neighbours, AND more tightly than OR
    NOT - !                                                 exclude what follows
    +word  word^2                                           a word that is always required; that counts twice

whoosh silently repairs a faulty query. Here a fault is a QueryError with its position.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias, assert_never

from whoosh.qparser import (
    FieldsPlugin,
    GroupPlugin,
    OperatorsPlugin,
    Plugin,
    QueryParser,
    RegexTagger,
    TaggingPlugin,
    WhitespacePlugin,
    syntax,
)

from ..analysis.words import words
from ..errors import QueryError
from .clauses import Part, bare_word, clause, field_named, near_field, quoted_words, side_by_side
from .fields import BY_NAME, MAX_VALUE_CHARS, FieldKind
from .patterns import MAX_INEXACT, is_inexact
from .plain import MAX_VALUES
from .proximity import near, parse_run
from .tree import Boost, Not, Run, Tree, all_of, any_of, is_ranked

# A filter of whoosh's parser, and its place in the order of filters.
SyntaxFilter: TypeAlias = tuple[Callable[[QueryParser, syntax.GroupNode], syntax.GroupNode], int]

MAX_DEPTH = 20  # parentheses inside one another
MAX_FACTOR = 100  # by which something counts
MAX_PARSERS = 256  # kept

# Whatever may be more than a plain word, by the name of the sign.
SIGNS = re.compile(
    r"""(?=[^a-z0-9\s])(?:  # most characters are none of a sign
    (?P<bracket>[()])|(?P<colon>:)|(?P<quote>")|(?P<caret>\^)|(?P<slash>/)|(?P<plus>\+)|(?P<dash>[-!])
    |(?P<foreign>ANDNOT|BUTNOT|NEAR|ADJ|XOR|[=\[{])|(?P<not>NOT)|(?P<and>AND)|(?P<ampersand>&)|(?P<or>OR)
    |(?P<bar>\|)|(?P<other>[^A-Za-z0-9]))""",
    re.VERBOSE,
)
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))  # as word processors write them
_LETTER = re.compile(r"[^\W\d_][.,]?")
_SEPARATED = re.compile(r"\A(?:[\W\d]*+[^\W\d].*[,;|]\w|(?>.*?\w[,;|]).*[^\W\d])")  # 3,500 is not
_PIECE = re.compile(r"((?:[^,;|]|(?<=\d)[,;](?=\d{3}(?!\d)))+)([,;|]*)")
_CERTAIN = re.compile(r"\s+|(?P<word>[a-z0-9]+)(?=[\s)]|\Z)")  # a sign would be in capitals
_REMEDY = "write a word there, or take it out"


def parse_text(text: str) -> tuple[Tree, tuple[tuple[int, int], ...]]:
    """Parse a query text.

    Returns:
        Its tree, and the start and end of each word or phrase that paragraphs must hold in their text.

    Raises:
        QueryError: the query is faulty.
    """
    try:
        group = _syntax(text)
        return _tree(group), tuple(_word_spans(group))
    except QueryError as error:
        error.query = text
        raise


def split_question(text: str) -> tuple[str, tuple[Tree, ...]]:
    """Split a query text that asks by meaning into its bare words and everything else.

    Returns:
        The bare words that stand side by side, as they are written, and the trees that narrow what is
        compared with them: fields, phrases, what OR or NEAR join, what NOT excludes and what + requires.

    Raises:
        QueryError: the query is faulty.
    """
    try:
        group = _syntax(text)
        bare, others = _split(group)
        words = " ".join(text[node.startchar : node.endchar] for node in bare)
        return words, tuple(map(_tree, others))
    except QueryError as error:
        error.query = text
        raise


def _split(node: syntax.SyntaxNode) -> tuple[list[syntax.SyntaxNode], list[syntax.SyntaxNode]]:
    """Return the bare words that a query has side by side or joined by AND, and what else it has."""
    if isinstance(node, Adjacent | Conjunction):
        parts = [_split(part) for part in node]
        return [one for bare, _ in parts for one in bare], [one for _, rest in parts for one in rest]
    if not _is_bare(node):
        return [], [node]
    return [node[0] if isinstance(node, Weighted) else node], []


def _syntax(text: str) -> syntax.GroupNode:
    """Return the syntax nodes of a query text."""
    plain = text.translate(_QUOTES)
    return _parser(frozenset([sign.lastgroup for sign in SIGNS.finditer(plain)])).process(plain)


class _Parser(QueryParser):
    """Whoosh's parser, made to ask its plugins once, instead of for each query, what they do.

    No plugin is asked about white space, nor about a word that can be nothing else.
    """

    def __init__(self, plugins: Iterable[object]) -> None:
        super().__init__(None, None, plugins=[], group=Adjacent)
        self.remove_plugin_class(WhitespacePlugin)
        self.add_plugins(plugins)
        self._asked: dict[str, list[object]] = {
            what: super(_Parser, self)._priorized(what) for what in ("taggers", "filters")
        }

    def _priorized(self, what: str) -> list[object]:
        return self._asked[what]

    def tag(self, text: str, pos: int = 0, debug: bool = False) -> syntax.GroupNode:
        nodes: list[syntax.SyntaxNode] = []
        while pos < len(text):
            if match := _CERTAIN.match(text, pos):
                if match["word"]:
                    nodes.append(Word(match["word"]).set_range(*match.span()))
                pos = match.end()
                continue
            found = (tagger.match(self, text, pos) for tagger in self.taggers())
            node = next(node for node in found if node is not None)
            nodes.append(node)
            pos = node.endchar
        return self.group(nodes)


@lru_cache(MAX_PARSERS)
def _parser(signs: Set[str | None]) -> QueryParser:
    """Return a parser for queries with no other signs than these.

    Every plugin looks at every word, so a parser has only those that the signs may concern.
    """
    occasional = (Groups, Fields, Foreign, Phrases, Punctuation)
    concerned = [plugin for plugin in occasional if plugin.signs & signs]
    operators = [Operators(signs)] if Operators.signs & signs else []
    return _Parser([Limits, *concerned, *operators, PlainWords])


def _error_at(message: str, position: int) -> QueryError:
    """Return an error whose message has its place where `{}` stands."""
    return QueryError(message.format(f"at character {position + 1}"), position=position)


class Word(syntax.TextNode):
    """A word, with or without a field."""


class Quoted(syntax.TextNode):
    """Words in quotes. For a date, a comparison may stand before them: `date:>="8 January 2007"`."""

    def __init__(self, sign: str | None, text: str, slop: str | None) -> None:
        super().__init__((sign or "") + text)
        self.slop = _slop(slop or "1")


class Adjacent(syntax.AndGroup):
    """Parts side by side: all of them are wanted, and their bare words are kept together."""


class Conjunction(syntax.AndGroup):
    """What AND joins."""


class Disjunction(syntax.OrGroup):
    """What OR joins."""


class Negation(syntax.NotGroup):
    """What NOT, a minus sign or an exclamation mark excludes."""


class Required(syntax.GroupNode):
    """What a plus sign requires, so that it is not kept with the bare words beside it."""


class Weighted(syntax.GroupNode):
    """What counts `factor` times."""


class Proximity(syntax.GroupNode):
    """The two parts that NEAR joins, which stand less than `slop` other words apart."""


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
        case Required():
            return _tree(node[0])
        case Weighted():
            return _weighted(node)
        case Proximity():
            return _proximity(node)
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
    if len(group) == 1:
        return _tree(group[0])
    return side_by_side(
        [Part(_tree(node), _is_bare(node), node.text if _is_letter(node) else "") for node in group]
    )


def _weighted(node: Weighted) -> Tree:
    tree, factor = _tree(node[0]), float(node.kwargs["factor"])
    if not is_ranked(tree):
        raise _error_at(f"^{factor:g} {{}} weighs what does not rank: leave it out", node.endchar)
    if not 0 < factor <= MAX_FACTOR:
        raise _error_at(f"^{factor:g} {{}} is no weight: write one up to ^{MAX_FACTOR}", node.endchar)
    return tree if factor == 1 else Boost(tree, factor)


def _proximity(node: Proximity) -> Tree:
    names: dict[str, None] = {}
    parts = tuple(tuple(_runs(part, names)) for part in node)
    first, *others = names
    if others:
        raise _error_at("NEAR {} joins words of two fields: write them in one", node.startchar)
    return near(BY_NAME[first], parts, node.kwargs["slop"], ordered=False)


def _runs(node: syntax.SyntaxNode, names: dict[str, None]) -> Iterator[Run]:
    """Yield the words and phrases that one part of a NEAR may be; put their fields in `names`."""
    match node:
        case Word() | Quoted() if BY_NAME[node.fieldname or "text"].kind is FieldKind.PROSE:
            name = node.fieldname or "text"
            names[name] = None
            if getattr(node, "slop", 1) == 1 and (run := parse_run(BY_NAME[name], node.text)):
                yield run
                return
        case Disjunction():
            for part in node:
                yield from _runs(part, names)
            return
        case Adjacent() if len(node) == 1:
            yield from _runs(node[0], names)
            return
    raise _error_at(
        "NEAR joins two words, phrases in quotes or alternatives, (a OR b), and none {}", node.startchar
    )


def _word_spans(node: syntax.SyntaxNode) -> Iterator[tuple[int, int]]:
    """Yield the start and end of words and phrases that the text must hold; none that are excluded."""
    match node:
        case Word() | Quoted() if node.fieldname in (None, "text"):
            yield node.startchar, node.endchar
        case Adjacent() | Conjunction() | Disjunction() | Required() | Weighted() | Proximity():
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

    signs = frozenset(["bracket"])

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

    signs = frozenset(["colon"])

    class Name(RegexTagger):
        def create(self, parser: QueryParser, match: re.Match[str]) -> syntax.FieldnameNode | None:
            name, alone = match["name"], match["alone"] is not None
            if alone and name.lower() not in BY_NAME:
                return None  # prose: `Re: visit`
            try:
                field = field_named(name)
            except QueryError as error:
                error.position = match.start()
                if near := near_field(name):
                    before, after = match.string[: match.start("name")], match.string[match.end("name") :]
                    error.better = before + near + after
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

    signs = frozenset(["quote"])
    expr = re.compile(
        r"""(?P<sign>[<>]=?)?"
        (?:(?P<text>[^"]*)"
            (?:~(?P<slop>\d{1,4}))?
            (?P<apart>(?=[,.;:!?]*(?:[\s)]|$)|\^\.?\d))?
        )?""",
        re.VERBOSE,
    )

    def create(self, parser: QueryParser, match: re.Match[str]) -> Quoted:
        if match["text"] is None:
            raise _error_at("the quote {} is not closed: write one behind it", match.start())
        if match["apart"] is None:
            raise _error_at("a space is missing {}, behind the quote", match.end())
        return Quoted(match["sign"], match["text"], match["slop"])


class Near(syntax.InfixOperator):
    """`NEAR/5` or `w/5`."""

    class Tagger(OperatorsPlugin.OpTagger):
        def create(self, parser: QueryParser, match: re.Match[str]) -> Near:
            return Near(match[0], _slop(match["slop"]))

    def __init__(self, text: str, slop: int) -> None:
        super().__init__(text, Proximity)
        self.slop = slop

    def replace_self(self, parser: QueryParser, group: syntax.GroupNode, position: int) -> int:
        nodes = group[position - 1 : position + 2]
        if any(isinstance(node, syntax.Operator) for node in nodes[::2]) or len(nodes) < 3:
            raise _error_at(f"{self.text} {{}} joins two words, phrases or (a OR b)", self.startchar)
        group[position - 1 : position + 2] = [Proximity(nodes[::2], slop=self.slop)]
        return position


class Weight(syntax.PostfixOperator):
    """`^2`, directly behind what it weighs."""

    class Tagger(OperatorsPlugin.OpTagger):
        def create(self, parser: QueryParser, match: re.Match[str]) -> Weight:
            if match.start() == 0 or match.string[match.start() - 1] in " \t\n(:":
                raise _error_at(f"{match[0]} {{}} has nothing before it: {_REMEDY}", match.start())
            return Weight(match[0], float(match["factor"]))

    def __init__(self, text: str, factor: float) -> None:
        super().__init__(text, Weighted)
        self.factor = factor

    def replace_self(self, parser: QueryParser, group: syntax.GroupNode, position: int) -> int:
        del group[position]
        if position:
            group[position - 1] = Weighted([group[position - 1]], factor=self.factor)
        return position


class Foreign(Plugin):
    """Operators of other programs, for which there is something else to write, or nothing."""

    signs = frozenset(["foreign", "slash"])

    class Operator(RegexTagger):
        def __init__(self, expr: str, message: str) -> None:
            super().__init__(expr)
            self.message = message

        def create(self, parser: QueryParser, match: re.Match[str]) -> None:
            raise _error_at(self.message.replace("OPERATOR", match[0]), match.start())

    class Interval(RegexTagger):
        """`[2006 TO 2007]`, which is a range of dates."""

        def create(self, parser: QueryParser, match: re.Match[str]) -> Quoted:
            before = match.string[: match.start()].lower()
            if match["open"] + match["close"] != "[]" or not before.endswith("date:"):
                raise _error_at("a range {} is only for dates: write date:2006..2007", match.start())
            first, last = (side.replace("*", "").strip() for side in match.group("first", "last"))
            return Quoted(None, f"{first}..{last}", None)

    def taggers(self, parser: QueryParser) -> list[tuple[RegexTagger, int]]:
        alone = r"(?<![^\s(]){}(?![^\s)])"
        operators = (
            (
                alone.format(r"(?:NEAR|ADJ|XOR|ANDNOT|BUTNOT|ONEAR)\d*"),
                "OPERATOR {} is no operator: write NEAR/5, NOT or lower-case letters",
            ),
            (
                alone.format(r"[Ww]?/[SsPp]"),
                "OPERATOR {} is no operator: AND means in one paragraph, NEAR/15 about in one sentence",
            ),
            (
                r"(?<![^\s(:])/[^\s/][^/]*/(?![^\s)])",
                "there are no regular expressions, as {}: write * and ? in words, or put it in quotes",
            ),
            (
                rf"(?<![^\s(-])(?:{'|'.join(BY_NAME)})==?(?=[^\s=])",
                "OPERATOR {} is written with a colon: origin:Astana",
            ),
        )
        interval = r"(?P<open>[\[{])(?P<first>[^\[\]{}]+?)\sTO\s(?P<last>[^\[\]{}]+)(?P<close>[\]}])"
        return [
            *((self.Operator(*operator), 0) for operator in operators),
            (self.Interval(interval), 0),
        ]


class Operators(OperatorsPlugin):
    """NEAR, AND, OR, NOT and their signs, which must have something to join, to exclude or to weigh."""

    signs = frozenset(["caret", "slash", "plus", "dash", "not", "and", "ampersand", "or", "bar"])

    def __init__(self, signs: Set[str | None]) -> None:
        exclude = (Negation, syntax.PrefixOperator)
        join = syntax.InfixOperator
        tagger = self.OpTagger
        weight = r"\^(?P<factor>\d+(?:\.\d+)?|\.\d+)(?=[\s)]|$)"
        near = r"(?<![^\s()])(?i:near|within|w)/(?P<slop>\d{1,4})(?![^\s()])"
        operators = (
            (("caret",), Weight.Tagger(weight, Weighted, Weight)),
            (("slash",), Near.Tagger(near, Proximity, Near)),
            (("plus",), tagger(r'(?<![^\s(])\+(?=[\w"(])', Required, syntax.PrefixOperator)),
            (("dash",), tagger(r'(?<![^\s(])[-!](?=[\w"(])', *exclude)),
            (("not",), tagger(r"(?<![^\s()])NOT(?![^\s()])", *exclude)),
            (("and", "ampersand"), tagger(r"(?<![^\s()])(?:AND|&&)(?![^\s()])", Conjunction, join)),
            (("or", "bar"), tagger(r"(?<![^\s()])(?:OR|\|\|?)(?![^\s()])", Disjunction, join)),
        )
        concerned = [operator for own, operator in operators if not signs.isdisjoint(own)]
        super().__init__([(operator, 0) for operator in concerned], clean=True)

    def do_operators(self, parser: QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        for before, node in pairwise([None, *group, None]):
            joins = isinstance(node, syntax.InfixOperator)
            if joins and before is None:
                raise _error_at(f"{node.text} {{}} has nothing before it: {_REMEDY}", node.startchar)
            if isinstance(before, syntax.PrefixOperator | syntax.InfixOperator) and (
                node is None or joins or _are_both_prefixes(before, node)
            ):
                raise _error_at(f"{before.text} {{}} has nothing behind it: {_REMEDY}", before.startchar)
        joined: syntax.GroupNode = super().do_operators(parser, group)
        return joined


class PlainWords(TaggingPlugin):
    """Words: whatever the other plugins leave."""

    expr = re.compile(r'[^\s()"^]+(?:\^(?!\.?\d[\d.]*(?:[\s)]|$))[^\s()"^]*)*|\^[^\s()"]*')
    priority = 200

    def create(self, parser: QueryParser, match: re.Match[str]) -> Word:
        return Word(match[0])


class Punctuation(Plugin):
    """Drops whatever has no letter or digit, and parentheses that are then empty; separates `grain,oil`."""

    signs = frozenset(SIGNS.groupindex) - {"not", "and", "or"}

    def filters(self, parser: QueryParser) -> list[SyntaxFilter]:
        return [(self.drop, 550)]

    def drop(self, parser: QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        kept: syntax.GroupNode = group.empty_copy()
        for node in group:
            if isinstance(node, syntax.GroupNode):
                node = self.drop(parser, node)
            if not _is_punctuation(node):
                kept.extend(_separate(node))
        return kept


def _slop(typed: str) -> int:
    """Return how far apart words may be; 0 asks for nothing nearer than side by side."""
    return max(int(typed), 1)


def _separate(node: syntax.SyntaxNode) -> list[syntax.SyntaxNode]:
    """Return the words that commas or bars separate: `grain,oil` are both, `grain|oil` is either."""
    if not isinstance(node, Word) or node.fieldname or not _SEPARATED.search(node.text):
        return [node]
    pieces: list[syntax.SyntaxNode] = []
    start = node.startchar
    for piece, sign in _PIECE.findall(node.text):
        if words(piece):
            pieces.append(Word(piece).set_range(start, start + len(piece)))
        start += len(piece) + len(sign)
    return [Disjunction(pieces)] if "|" in node.text and len(pieces) > 1 else pieces


def _is_bare(node: syntax.SyntaxNode) -> bool:
    if isinstance(node, Weighted):
        return _is_bare(node[0])
    return isinstance(node, Word) and not node.fieldname and bool(words(node.text))


def _is_letter(node: syntax.SyntaxNode) -> bool:
    return isinstance(node, Word) and not node.fieldname and _LETTER.fullmatch(node.text) is not None


def _is_punctuation(node: syntax.SyntaxNode) -> bool:
    if isinstance(node, syntax.GroupNode):
        return not node
    if not isinstance(node, Word | Quoted) or node.fieldname or words(node.text):
        return False
    return isinstance(node, Quoted) or "*" not in node.text


def _are_both_prefixes(before: syntax.SyntaxNode, node: syntax.SyntaxNode) -> bool:
    return isinstance(before, syntax.PrefixOperator) and isinstance(node, syntax.PrefixOperator)

"""E-mail as programs keep it: one message (EML), or a mailbox of them (MBOX), and the files attached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date
from io import BufferedReader, BytesIO
from typing import TYPE_CHECKING, Any

from ..errors import UnreadableError
from .encoding import compose, decode_any, unify_line_ends
from .letter import make_letter
from .moments import parse_moment
from .record import Failure, Record, as_failure
from .source import MAX_TEXT_BYTES, Source

if TYPE_CHECKING:
    from email.message import Message

    from bs4 import BeautifulSoup

NAME = "e-mail"

_FIELD = r"[!-9;-~]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*"
_HEADER = re.compile(rf"\ufeff?(?:From \S[^\n]*\n)?(?P<fields>(?:{_FIELD}){{2,}})\s*?\n")
_NAME = re.compile(r"^([!-9;-~]+):", re.MULTILINE)
_MAIL_ONLY = {"message-id", "mime-version", "received", "return-path", "delivered-to"}
_DATE = re.compile(r"^date: *(?:\w{3}, *)?\d{1,2} \w{3} \d{4} \d\d?:\d\d", re.IGNORECASE | re.MULTILINE)
_SEPARATOR = re.compile(rb"From \S.{0,200}\d{4}\s*")  # before each message of a mailbox
_MAX_LINE_BYTES = 1 << 20
_MAIL = "message/rfc822"
_SIGNATURES = {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
# Sections that Python's HTML parser refuses; it knows those of XML and of Microsoft's programs.
_UNKNOWN_SECTION = re.compile(r"<!\[(?!(?:if|else|endif|temp|cdata|ignore|include|rcdata)\b)", re.IGNORECASE)
_BLOCKS = ("br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table", "pre")


def sniff(start: str, file: str) -> bool:
    """Whether it begins with the header of an e-mail as programs send it."""
    header = _HEADER.match(start.replace("\r\n", "\n") if "\r" in start else start)
    if not header:
        return False
    names = {name.lower() for name in _NAME.findall(header["fields"])}
    return "from" in names and bool(names & _MAIL_ONLY or _DATE.search(header["fields"]))


def read_shard(source: Source, in_shard: Iterator[bool]) -> Iterator[Record | Failure | Source]:
    """Yield the e-mails in the shard, each before its attachments; for one that cannot be read, a failure."""
    mailbox = source.start.startswith(b"From ")
    messages = _split_mailbox(source.stream) if mailbox else iter([source.stream.read(MAX_TEXT_BYTES + 1)])
    for number, data in enumerate(messages, 1):
        if not next(in_shard):
            continue
        name, id = (
            (f"{source.name}#{number}", f"{source.stem}/{number}") if mailbox else (source.name, source.stem)
        )
        try:
            yield from _read_message(data, name, id, source)
        except Exception as error:  # one message never stops the others
            yield as_failure(name, error)


def _split_mailbox(stream: BufferedReader[Any]) -> Iterator[bytes]:
    """Yield the messages of a mailbox; of one that is too large, as much as shows it."""
    lines: list[bytes] = []
    size, blank = 0, True
    for line in iter(lambda: stream.readline(_MAX_LINE_BYTES), b""):
        if blank and _SEPARATOR.fullmatch(line):
            if size:
                yield b"".join(lines)
            lines, size = [], 0
        elif size <= MAX_TEXT_BYTES:
            lines.append(line.removeprefix(b">") if line.startswith(b">From ") else line)
            size += len(line)
        blank = not line.strip()
    if size:
        yield b"".join(lines)


def _read_message(data: bytes, name: str, id: str, source: Source) -> Iterator[Record | Source]:
    from email import message_from_bytes
    from email.errors import MessageError

    if len(data) > MAX_TEXT_BYTES:
        raise UnreadableError(f"an e-mail of more than {MAX_TEXT_BYTES >> 20} MB: take out its attachments")
    try:
        message = message_from_bytes(data)
        parts = list(_leaves(message))
        yield make_letter(
            name,
            id,
            _body([part for part in parts if not _is_attached(part)]),
            format=NAME,
            created=_sent(_field(message, "Date")),
            sender=next(iter(_addresses(message, "From")), None),
            to=_addresses(message, "To"),
            info=_addresses(message, "Cc"),
            subject=_field(message, "Subject"),
        )
        for number, part in enumerate(filter(_is_attached, parts), 1):
            yield _attachment(part, name, number, source)
    except (MessageError, RecursionError) as error:
        raise UnreadableError(f"not an e-mail as others are ({type(error).__name__})") from error


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts of a message that have no parts; an e-mail that is attached to it is one."""
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        if not isinstance(part, str):
            yield from _leaves(part)


def _is_attached(part: Message) -> bool:
    """Whether a part is a file of its own: no text of the message, picture in it, or signature."""
    if part.get_content_type() in _SIGNATURES:
        return False
    if part.get_content_type() == _MAIL or part.get_content_disposition() == "attachment":
        return True
    return part.get_filename() is not None and part.get_content_maintype() != "image"


def _attachment(part: Message, name: str, number: int, source: Source) -> Source:
    """Return an attached file, which may be an e-mail itself."""
    inner = part.get_payload()
    whole = part.get_content_type() == _MAIL and isinstance(inner, list)
    data = b"".join(map(_as_bytes, inner)) if whole else part.get_payload(decode=True)
    printed = _decode_words(part.get_filename() or "") or f"attachment {number}{'.eml' if whole else ''}"
    file = re.split(r"[/\\]", printed)[-1]
    return source.inner(f"{name}!{file}", file, BytesIO(data if isinstance(data, bytes) else b""))


def _as_bytes(message: Message) -> bytes:
    return message.as_bytes()


def _field(message: Message, name: str) -> str:
    """Return a field of the header as text on one line, empty where it has none."""
    raw = next((value for field, value in message.raw_items() if field.lower() == name.lower()), "")
    return _decode_words(decode_any(str(raw).encode("utf-8", "surrogateescape")))


def _decode_words(printed: str) -> str:
    """Return a text on one line, with the words decoded that are written in ASCII (RFC 2047)."""
    from email.header import decode_header, make_header

    with suppress(LookupError, ValueError):  # an unknown character set, or text in another one
        printed = str(make_header(decode_header(printed)))
    return compose(" ".join(printed.split()))


def _addresses(message: Message, name: str) -> tuple[str, ...]:
    """Return who is in a field: `Ivo Quell <quell@state.gov>`."""
    from email.utils import getaddresses

    pairs = getaddresses([_field(message, name)])
    return tuple(f"{name} <{address}>" if name and address else name or address for name, address in pairs)


def _sent(printed: str) -> date | None:
    from email.utils import parsedate_to_datetime

    try:
        sent = parsedate_to_datetime(printed)
        return (sent.astimezone(UTC) if sent.tzinfo else sent).replace(tzinfo=None)
    except (ValueError, TypeError, OverflowError, IndexError):
        return parse_moment(printed)


def _body(parts: list[Message]) -> str:
    """Return the text of a message: its first part in plain text, else its first in HTML."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and (text := _decode_part(part)).strip():
                return text if kind == "text/plain" else _html_text(text)
    return ""


def _decode_part(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        text = data.decode(part.get_content_charset("utf-8"))
    except (LookupError, ValueError):
        text = decode_any(data)
    return compose(unify_line_ends(text))


def _html_text(html: str) -> str:
    from bs4 import BeautifulSoup

    page = BeautifulSoup(_UNKNOWN_SECTION.sub("&lt;![", html), "html.parser")
    for hidden in page(["head", "style", "script"]):
        hidden.extract()
    return "".join(_texts(page))


def _texts(page: BeautifulSoup) -> Iterator[str]:
    """Yield the texts of a page, with a line break at both edges of each block.

    Nothing is put into the tree for that: paragraphs that are not closed lie in each other, and bs4 goes
    through all of them for each change.
    """
    from bs4.element import CData, NavigableString, Tag

    open_tags = [(iter(page.contents), "")]
    while open_tags:
        inside, edge = open_tags[-1]
        node = next(inside, None)
        if node is None:
            open_tags.pop()
            yield edge
        elif isinstance(node, Tag):
            edge = "\n" if node.name in _BLOCKS else ""
            open_tags.append((iter(node.contents), edge))
            yield edge
        elif type(node) in (NavigableString, CData):  # no comments
            yield str(node)

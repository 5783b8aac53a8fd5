"""What a build did, and what is in an index, as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..corpus.record import Failure
from ..export import escape_controls
from ..model.citation import iso
from .counts import count_of, put_counts
from .page import Page, Text, join, styled

if TYPE_CHECKING:
    from ..indexing import Report, State
    from ..indexing.checking import Check
    from ..indexing.losses import Loss, Losses
    from ..indexing.parts import PartReport

MAX_LISTED = 20  # duplicates, cables without text, values of a field


def report_text(report: Report, *, width: int = 80, colour: bool = False) -> str:
    """Return what a build did: what the index has now, what was read, which cables were found twice."""
    page = Page(width, colour)
    page.put(
        styled(f"{count_of(report.cables, 'cable')}, {count_of(report.paragraphs, 'paragraph')}", "title")
    )
    page.put("; ".join(_files(report)), "  ")
    page.put("; ".join(_cables(report)), "  ")
    if report.read and report.formats:
        page.put(f"formats: {formats_text(report.formats)}", "  ")
    if len(report.collections) > 1:
        page.put(f"collections: {collections_text(report.collections)}", "  ")
    if report.left:
        page.put(f"the old index is still on its cluster: {report.left}", "  ")
    if report.without_text:
        count = len(report.without_text)
        whose = "its" if count == 1 else "their"
        page.put(f"{count_of(count, 'cable')} without text, found by {whose} facts:", "  ")
        _put_list(page, [f"{id}  {reason}, in {source}" for id, source, reason in report.without_text])
    if report.duplicates:
        page.put(f"{count_of(len(report.duplicates), 'cable')} found twice, the fuller text kept:", "  ")
        _put_list(page, [f"{id}  {kept}, not {dropped}" for id, kept, dropped in report.duplicates])
    if report.lost:
        what = "lost text, or vanished from its source" if report.lost == 1 else "lost text, or vanished"
        page.put(f"{count_of(report.lost, 'cable')} {what}: cablesearch info --lost", "  ")
    return str(page)


def part_text(report: PartReport, *, width: int = 80, colour: bool = False) -> str:
    """Return what was prepared of a build that several machines share, and which parts it still waits for."""
    page = Page(width, colour)
    page.put(styled(f"part {report.part}: {count_of(report.cables, 'cable')}", "title"))
    if report.done:
        failed = f"; {len(report.failures):,} not read" if report.failures else ""
        page.put(f"{count_of(report.files, 'file')} read in {report.seconds:.1f} s{failed}", "  ")
    else:
        page.put("it was complete already, and nothing was done", "  ")
    if report.missing:
        page.put(f"not there yet: {', '.join(report.missing)}", "  ")
    else:
        page.put("all parts are there: build the index from them with --finish", "  ")
    return str(page)


def formats_text(formats: Mapping[str, int]) -> str:
    """Return how many cables there are of each format."""
    return ", ".join(f"{count:,} {name}" for name, count in formats.items())


def collections_text(collections: Mapping[str, int]) -> str:
    """Return how many cables there are in each collection, whose name may be a number."""
    return ", ".join(f"{name} ({count_of(count, 'cable')})" for name, count in collections.items())


def losses_text(losses: Losses, *, width: int = 80, colour: bool = False) -> str:
    """Return what sources have lost, build by build."""
    page = Page(width, colour)
    built = None
    for loss in losses:
        if loss.built != built:
            built = loss.built
            page.put(styled(f"found {iso(built)[:16]} UTC", "title"))
        page.put(
            join([styled(loss.id, "id"), styled(loss.collection), styled(_what_was_lost(loss))], "  "), "  "
        )
        page.put(styled(loss.source, "faint"), "    ")
    return str(page)


def _what_was_lost(loss: Loss) -> str:
    if loss.vanished:
        return "vanished"
    parts = (count_of(loss.removed, "paragraph") + " removed", count_of(loss.redacted, "redaction") + " came")
    return ", ".join(part for part, count in zip(parts, (loss.removed, loss.redacted), strict=True) if count)


def _put_list(page: Page, lines: Sequence[str]) -> None:
    """Put lines, and how many more there are after the first."""
    for line in lines[:MAX_LISTED]:
        page.put(line, "    ", hang=6)
    if len(lines) > MAX_LISTED:
        page.put(f"and {len(lines) - MAX_LISTED:,} more", "    ")


def failure_lines(failure: Failure, *, verbose: bool = False) -> list[str]:
    """Return one line that says what could not be read, and why; after it, if `verbose`, the traceback."""
    line = f"not read: {escape_controls(failure.source)}: {escape_controls(failure.reason)}"
    traced = failure.traceback.splitlines() if verbose and failure.traceback else []
    return [line, *map(escape_controls, traced)]


def check_text(folder: str, found: Check) -> str:
    """Return whether an index is as it was written, and what to do if it is not."""
    where = escape_controls(folder)
    if found.sound:
        built = f"{iso(found.state.built)[:16]} UTC"
        return f"the index in {where} is as it was written at {built}: {size_text(found.size)} compared\n"
    listed = "".join(
        f"  {escape_controls(file)} {problem}\n" for file, problem in (*found.damaged, *found.vectors)
    )
    remedies = []
    if found.damaged:
        remedies.append("cablesearch reindex builds it anew from its sources")
    if found.vectors:
        remedies.append("cablesearch meaning fetch or meaning build makes a model or vectors sound again")
    advice = "; ".join([*remedies, "a disk that does this will do it again"])
    return f"the index in {where} is damaged\n{listed}{advice}\n"


def state_text(
    folder: str,
    state: State,
    facets: Mapping[str, Mapping[str, int]],
    references: tuple[int, int] = (0, 0),
    *,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Return what is in the index: how it was built, and its paragraphs by origin, year and so on.

    Args:
        references: how many citations of other cables there are, and how many of cables in the index.
    """
    page = Page(width, colour)
    facts: dict[str, Text | str] = {
        "Index": folder,
        "Engine": state.engine,
        "Cluster": f"{state.cluster.name} at {', '.join(state.cluster.urls)}" if state.cluster else "",
        "Built": f"{iso(state.built)[:16]} UTC by cablesearch {state.version}",
        "Sources": join(list(map(styled, _sources(state))), "\n"),
        "Collections": collections_text(state.collections) if len(state.collections) > 1 else "",
        "Waiting": f"{count_of(state.waiting, 'file')} not read to the end yet: cablesearch index goes on"
        if state.waiting
        else "",
        "Cables": f"{state.cables:,}",
        "Paragraphs": f"{state.paragraphs:,}",
        "References": _references(*references),
        "Formats": formats_text(state.formats),
        "Size": size_text(state.size),
    }
    for label, value in facts.items():
        if value:
            page.put(value, styled(f"{label:<12}", "faint"))
    for field, counts in facets.items():
        if len(counts) > (field == "collection"):  # of one collection, the sources tell
            page.gap()
            page.put(styled(f"Paragraphs by {field}", "title"))
            if field == "year":
                put_counts(page, dict(sorted(counts.items())))
            else:
                put_counts(page, counts, MAX_LISTED)
    return str(page)


def _sources(state: State) -> Iterator[str]:
    """Yield the sources, each with the name of its collection, unless that is its own."""
    for source, name in zip(state.sources, state.names, strict=False):
        yield str(source) if name == source.name else f"{name}={source}"


def _references(cited: int, resolved: int) -> str:
    """Return how many references there are, and how many lead to a cable of the index."""
    return f"{cited:,} to other cables, {resolved:,} of them in the index" if cited else ""


def _files(report: Report) -> Iterator[str]:
    """Yield what happened to the files."""
    yield count_of(report.files, "file")
    yield f"{report.read:,} read in {report.seconds:.1f} s" if report.read else "nothing new to read"
    if report.read and report.unchanged:
        yield f"{report.unchanged:,} unchanged"
    if report.failures:
        yield f"{len(report.failures):,} not read"


def _cables(report: Report) -> Iterator[str]:
    """Yield what happened to the cables, and the engine that holds them."""
    for count, what in ((report.added, "new"), (report.replaced, "replaced"), (report.removed, "removed")):
        if count:
            yield f"{count_of(count, 'cable')} {what}"
    yield f"engine {report.engine}" + (f" instead of {report.switched}" if report.switched else "")


def size_text(size: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:,.0f} {unit}" if unit == "bytes" or size >= 10 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:,.1f} GB"

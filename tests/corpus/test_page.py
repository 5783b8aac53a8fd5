"""The Cablegate page."""

from datetime import datetime

import pytest

from cablesearch.corpus import Failure, Record

TABLE = """<table class='cable'>
<tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>
<tr>
<td><a href='/cable/07PORTVERITY48.html'>07PORTVERITY48</a></td>
<td><a href='/date/2007-01_0.html'>2007-01-08 12:31</a></td>
<td><a href='/reldate/2011-08-30_0.html'>2011-08-30 01:44</a></td>
<td><a href='/classification/1_0.html' title='unclassified'>CONFIDENTIAL</a></td>
<td><a href='/origin/1_0.html'>Embassy Port Verity</a></td>
</tr>
</table>"""
MENU = "<pre>Browse by origin</pre>"
HEADER = "P 081231Z JAN 07&#x000A;FM AMEMBASSY PORT VERITY"
MESSAGE = "TAGS: <a href='/tag/EFIS_0.html'>EFIS</a>&#x000A;<a id='par1' href='#par1'>¶</a>1. (C) Herring."


def page(*blocks: str, table: str = TABLE) -> str:
    boxes = "\n".join(f"<code><pre>{block}</pre></code>" for block in blocks)
    return f"<?xml version='1.0' ?>\n<!DOCTYPE html>\n<html><body>{MENU}{table}\n{boxes}\n</body></html>"


CABLE = Record(
    format="Cablegate page",
    source="",
    message="TAGS: EFIS\n¶1. (C) Herring.",
    header="P 081231Z JAN 07\nFM AMEMBASSY PORT VERITY",
    id="07PORTVERITY48",
    created=datetime(2007, 1, 8, 12, 31),
    released=datetime(2011, 8, 30, 1, 44),
    classification="CONFIDENTIAL",
    origin="Embassy Port Verity",
)


@pytest.fixture
def read(reading):
    def only(content: str, name: str = "saved.html") -> Record | Failure:
        [found] = reading(name, content)
        return found

    return only


def values(record: Record | Failure) -> tuple:
    """The values of a record but its source."""
    assert isinstance(record, Record), record
    return tuple(getattr(record, name) for name in Record.__slots__ if name != "source")


WHOLE = page(HEADER, MESSAGE)


@pytest.mark.parametrize(
    "content",
    [
        WHOLE,
        WHOLE.replace("'", '"'),
        WHOLE.replace("class='cable'", "id=t class=cable"),
        WHOLE.replace("<pre>", "<PRE>").replace("</pre>", "</PRE>").replace("table", "TABLE"),
        WHOLE.replace("<td>", "<TD nowrap>\n").replace("</td>", "\n</TD>"),
        WHOLE.replace("&#x000A;", "\n"),
        WHOLE.replace("&#x000A;", "&#10;\r\n"),
        WHOLE.replace("&#x000A;", "<br />&#x000A;"),
        WHOLE.replace("&#x000A;", "&#x0A;\n"),
        WHOLE.replace("</table>", "<tr>\n<td colspan='5'>\nCited:<br />\n</td>\n</tr></table>"),
        WHOLE.replace("<pre>", "<pre style='x'>").replace("<code>", "").replace("</code>", ""),
        WHOLE.removeprefix("<?xml version='1.0' ?>\n<!DOCTYPE html>\n"),
        WHOLE.removesuffix("</code>\n</body></html>"),
    ],
    ids=range(13),
)
def test_a_page_is_read_whatever_its_spelling(read, content):
    assert values(read(content)) == values(CABLE)


def test_a_page_is_recognised_by_its_content_not_its_name(read):
    assert values(read(WHOLE, "saved.txt")) == values(CABLE)


def test_values_are_found_by_their_headings(read):
    rows = "<tr><th>Origin</th><td>USUN</td></tr><tr><th>Reference ID</th><td>07X1</td></tr>"
    record = read(page(HEADER, MESSAGE, table=f"<table class='cable'>{rows}</table>"))
    assert (record.id, record.origin, record.created) == ("07X1", "USUN", None)


def test_a_broken_table_leaves_the_message_whole(read):
    record = read(page(HEADER, MESSAGE, table=TABLE.replace("unclassified'>", "unclassified>")))
    assert (record.id, record.header, record.message) == (CABLE.id, CABLE.header, CABLE.message)
    unclosed = read(page(HEADER, MESSAGE, table=TABLE.replace("</a></td>", "</a>")))
    assert (unclosed.created, unclosed.message) == (None, CABLE.message)


@pytest.mark.parametrize("sign", ["<![", "<![x[", "<!", "<!-", "<![CDATA[", "<?", "</"])
def test_signs_that_a_parser_refuses_in_the_table_leave_the_message_whole(read, sign):
    """Python's HTML parser takes `<![` for a declaration, and raises an error for those it does not know."""
    record = read(page(HEADER, MESSAGE, table=TABLE.replace("unclassified'>", f"unclassified'>{sign}")))
    assert (record.id, record.header, record.message) == (CABLE.id, CABLE.header, CABLE.message)


def test_entities_in_the_table_are_decoded(read):
    record = read(page(HEADER, MESSAGE, table=TABLE.replace("Port Verity<", "R&amp;D &#39;Verity&#39;<")))
    assert record.origin == "Embassy R&D 'Verity'"


def test_a_warning_makes_it_partial_and_is_not_a_header(read):
    warning = "This record is a partial extract of the original cable."
    warning += " The full text of the original cable is not available."
    record = read(page(warning, MESSAGE))
    assert (record.partial, record.header, record.message) == (True, "", CABLE.message)
    assert read(page(f"{warning}&#x000A;&#x000A;201247Z Jan 04", MESSAGE)).header == "201247Z Jan 04"


def test_one_block_is_the_message_and_the_first_of_several_the_header(read):
    assert (read(page(MESSAGE)).header, read(page(MESSAGE)).message) == ("", CABLE.message)
    record = read(page(HEADER, "one", "two"))
    assert (record.header, record.message) == (CABLE.header, "one\n\ntwo")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<em>kept</em> <strong>and</strong> <b>bold</b>", "kept and bold"),
        ("write to <poloff@state.gov>", "write to <poloff@state.gov>"),
        ("a < b &D c8 R&D &notwithstanding", "a < b &D c8 R&D &notwithstanding"),
        ("&lt;em&gt; R&amp;D", "<em> R&D"),
        ("one <br>&#x000A;two<br/>three", "one \ntwo\nthree"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", " a  b "),
    ],
)
def test_markup_is_removed_and_words_stay(read, markup, text):
    message = read(page(HEADER, f"1. {markup}")).message
    assert " ".join(message.split()) == " ".join(f"1. {text}".split())


def test_without_a_table_the_id_is_the_file_name(read):
    record = read(page(HEADER, MESSAGE, table="").replace(MENU, ""), "07PORTVERITY48.html")
    assert (record.id, record.created, record.message) == ("07PORTVERITY48", None, CABLE.message)


def test_pages_joined_in_one_file_give_each_cable(reading):
    found = reading("two.html", WHOLE + WHOLE.replace("VERITY48", "VERITY49"))
    assert [(r.source[-10:], r.id, r.message) for r in found] == [
        ("two.html#1", "07PORTVERITY48", CABLE.message),
        ("two.html#2", "07PORTVERITY49", CABLE.message),
    ]


@pytest.mark.parametrize("end", ["Herring", "Herr &#x0", "Herr &am", "Herr <a hre", "Herr </pr"])
def test_a_page_truncated_in_the_message_is_read_and_reported(reading, end):
    record, failure = reading("cut.html", WHOLE[: WHOLE.index("Herring")] + end)
    assert record.message.split() == f"TAGS: EFIS ¶1. (C) {end[:4]}".split() or end == "Herring"
    assert record.partial
    assert failure.reason == "cut off in the message: what there is of it is read"


@pytest.mark.parametrize("place", ["Created", "FM AM", "2007-01-08"])
def test_a_page_truncated_before_the_message_is_reported(read, place):
    assert read(WHOLE[: WHOLE.index(place)]).reason == "cut off before the message"


def test_a_page_without_a_cable_is_reported(read):
    assert read("<html><body><p>News</p></body></html>").reason == "a web page without a cable in it"

"""Pages to index, with one cable each."""

from __future__ import annotations

PAGE = """<html><body><table class='cable'>
<tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>
<tr><td>{id}</td><td>2007-01-08 12:31</td><td>{released}</td>
<td>CONFIDENTIAL</td><td>Embassy Port Verity</td></tr>
</table><code><pre>{warning}P 081231Z JAN 07
FM AMEMBASSY PORT VERITY
TO SECSTATE WASHDC</pre></code><code><pre>C O N F I D E N T I A L PORT VERITY 000001

SUBJECT: HARBOR DUES

{body}
</pre></code></body></html>
"""
EXTRACT = "This record is a partial extract of the original cable. The full text is not available.\n"


def page(id: str, *texts: str, released: str = "2011-08-30 01:44", partial: bool = False) -> str:
    """Return a page with a cable of numbered paragraphs."""
    body = "\n\n".join(f"{number}. (C) {text}" for number, text in enumerate(texts, 1))
    return PAGE.format(id=id, released=released, warning=EXTRACT if partial else "", body=body)

"""Hits are shown as people read them."""

from dataclasses import replace

from cablesearch.search.results import Results
from cablesearch.terminal.results import results_text

HIT = """\
07TEZGARA5#2  2007-01-08  Embassy Tezgara  CONFIDENTIAL//NOFORN  (S/NF)
SALT AND REFORM
  under The Reform Talks
  Minister Ivo Quell told us that reform is near (Ref B).
"""


def text(results, limit=10, offset=0, **layout):
    return results_text(results, limit=limit, offset=offset, **layout)


def test_a_hit(results):
    assert text(results()) == f"{HIT}\n1 paragraph\n"


def test_the_matched_words_are_in_colour(results):
    shown = text(results(), colour=True)
    assert "told us that \x1b[1;31mreform\x1b[0m is near" in shown
    assert "SALT AND \x1b[0m\x1b[1;31mREFORM\x1b[0m" in shown


def test_it_is_as_narrow_as_the_terminal(results):
    assert text(results(), width=40) == (
        "07TEZGARA5#2  2007-01-08  Embassy\n"
        "  Tezgara  CONFIDENTIAL//NOFORN  (S/NF)\n"
        "SALT AND REFORM\n"
        "  under The Reform Talks\n"
        "  Minister Ivo Quell told us that reform\n"
        "  is near (Ref B).\n"
        "\n"
        "1 paragraph\n"
    )


def test_a_page_says_what_is_shown_and_how_to_go_on(results):
    shown = text(results(shown=2, total=1042), limit=2, offset=4)
    assert shown.endswith("\n1,042 paragraphs; 5-6 shown; next: --offset 6\n")


def test_the_last_page_names_no_next(results):
    assert text(results(total=3), limit=2, offset=2).endswith("\n3 paragraphs; number 3 shown\n")


def test_undated_paragraphs_are_said(results):
    shown = text(replace(results(total=3), undated=7))
    end = "\n3 paragraphs; 7 undated paragraphs match too: date:none; number 1 shown\n"
    assert shown.endswith(end)
    assert "; 1 undated paragraph matches too: date:none\n" in text(replace(results(), undated=1))


def test_partial_matches_follow_a_line_that_says_so(results):
    shown = text(results(shown=3, total=1, relaxed=True))
    rule = "── No more paragraphs have every word; these have some of them:\n"
    assert shown == f"{HIT}\n{rule}\n{HIT}\n{HIT}\n1 paragraph with every word; 1-3 shown\n"


def test_partial_matches_alone_follow_another_line(results):
    shown = text(results(shown=1, total=0, relaxed=True))
    assert shown.startswith(f"── No paragraph has every word; these have some of them:\n\n{HIT}")


def test_a_later_page_of_partial_matches_says_so_too(results):
    shown = text(results(shown=2, total=1, relaxed=True, offset=10), limit=2, offset=10)
    assert shown.startswith("── No more paragraphs have every word; these have some of them:\n\n")
    assert shown.endswith("\n1 paragraph with every word; 11-12 shown; next: --offset 12\n")


def test_the_line_comes_before_the_first_partial_match_wherever_it_is(hit):
    """Few paragraphs of each cable are shown, so that partial matches begin before the total."""
    shown = text(Results("reform", 12, True, (hit(), hit(partial=True))), limit=2)
    rule = "── No more paragraphs have every word; these have some of them:\n"
    assert shown == f"{HIT}\n{rule}\n{HIT}\n12 paragraphs with every word; 1-2 shown; next: --offset 2\n"


GROUP = """\
07TEZGARA5  2007-01-08  Embassy Tezgara  CONFIDENTIAL//NOFORN
SALT AND REFORM
  #2  (S/NF)  Minister Ivo Quell told us that reform is near (Ref B).
"""


def test_hits_are_grouped_by_cable(results):
    assert text(replace(results(), grouped=True)) == f"{GROUP}\n1 paragraph\n"


def test_partial_matches_in_groups_follow_a_line_too(hit):
    """A cable that has both kinds of matches stands on both sides of the line."""
    results = Results("reform", 1, True, (hit(), hit(partial=True)), grouped=True)
    rule = "── No more paragraphs have every word; these have some of them:\n"
    assert text(results) == f"{GROUP}\n{rule}\n{GROUP}\n1 paragraph with every word; 1-2 shown\n"


def test_a_heading_is_shown_where_it_matches(hit):
    assert "under" not in text(Results("near", 1, False, (hit("near"),)))


def test_a_cable_cannot_send_control_characters(hit):
    hits = (hit(text="\x1b]0;title\x07 reform \x9b2J\u202e", marking="\x1b[1m", heading="\x07 reform"),)
    shown = text(Results("reform", 1, False, hits))
    assert "␛]0;title␇ reform \\x9b2J\\u202e" in shown
    assert not set("\x1b\x07\x9b\u202e") & set(shown)


def test_unknown_facts_are_left_out(hit):
    hits = (hit(marking=None, heading=None),)
    assert "(S/NF)" not in text(Results("reform", 1, False, hits))

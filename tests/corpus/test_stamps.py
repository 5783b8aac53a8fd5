"""What reviewers stamp on pages."""

from datetime import date

import pytest

from cablesearch.corpus.stamps import find_release, join_pages, split_documents, strip_stamps

REVIEW = "Declassified/Released US Department of State EO Systematic Review 05 JUL 2006"
CASE = "UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05760445 Date: 06/30/2015"


@pytest.mark.parametrize(
    "stamp",
    [
        REVIEW,
        f"          {REVIEW}",
        f"Anna B. Clerk {REVIEW}",
        " \tAnna B. Clerk  \t" + REVIEW.replace(" US", "  \tUS").replace(" EO", "\tEO") + " ",
        REVIEW.replace(" US", "\nUS").replace(" EO", "\nEO").replace(" 05", "\n\n05"),
        "\tAnna B. Clerk\n\t" + REVIEW.replace(" US", "\n\tUS"),
        "Declassified/Released by the U.S. Department of State 5-Jul-2006",
        f"Ada McRae O'Dell {REVIEW.replace('JUL', 'July')}",
        CASE,
        f"C05760445 {CASE}",
        CASE.replace(" U.S.", "\nU.S."),
        CASE.partition(" Doc")[0],
        "RELEASE IN FULL",
        "RELEASE IN PART B1,1.4(B),1.4(D)",
        "RELEASED IN PART\n",
        "STATE DEPT. - PRODUCED TO HOUSE SELECT HERRING COMM.\n"
        "SUBJECT TO AGREEMENT ON SENSITIVE INFORMATION & REDACTIONS. NO FOIA WAIVER.",
        "<< END OF DOCUMENT >>",
    ],
)
def test_a_stamp_on_lines_of_its_own_is_removed(stamp):
    assert strip_stamps(f"THE QUOTA\n{stamp}\nFALLS.").split() == ["THE", "QUOTA", "FALLS."]


def test_a_stamp_beside_a_line_leaves_the_line():
    assert strip_stamps("From: Quell          RELEASE IN PART B6\nTo: H\n") == "From: Quell\nTo: H\n"


@pytest.mark.parametrize(
    "text",
    [
        "QUELL\n",
        "The release in full of the text.\n",
        "RELEASE IN PART OF THE CATCH\n",
        "Case No. 4 was heard.\n",
        "It was Declassified/Released US Department of State.\n",
    ],
)
def test_what_is_no_stamp_stays(text):
    assert strip_stamps(text) == text


@pytest.mark.parametrize("line", ["QUELL", "Tom Reed", "He met Tom Reed"])
def test_a_line_above_a_stamp_on_one_line_stays(line):
    assert strip_stamps(f"{line}\n{REVIEW}\n") == f"{line}\n"


def test_a_mark_may_take_the_place_of_stamps():
    assert strip_stamps(f"THE QUOTA\n{REVIEW}\n{CASE}\nFALLS.", "*\n") == "THE QUOTA\n*\n*\nFALLS."
    assert strip_stamps(f"THE QUOTA    {REVIEW}\nFALLS.", "*\n") == "THE QUOTA\n*\nFALLS."


def test_a_sentence_goes_on_over_the_end_of_a_page():
    pages = f"THE QUOTA\n\n\n{REVIEW}\n\f   {REVIEW}\n\n\nFALLS.\n"
    assert join_pages(pages) == "THE QUOTA\nFALLS."
    assert join_pages(
        pages.replace("THE QUOTA", "SALT IS DEAR AND MORE SO THAN IN ALL THE YEARS BEFORE.")
    ) == ("SALT IS DEAR AND MORE SO THAN IN ALL THE YEARS BEFORE.\nFALLS.")


@pytest.mark.parametrize("end", ["Salt is dear.", "They asked:", "Salt and Tin\n------------", '"Salt!"'])
def test_a_paragraph_may_end_with_its_page(end):
    assert join_pages(f"{end}\n\n{REVIEW}\n\f{REVIEW}\n\nTin is not.\n") == f"{end}\n\nTin is not."


def test_the_date_of_release_is_read_from_the_first_stamp_that_has_one():
    assert find_release(f"x\n{REVIEW}\n{REVIEW.replace('2006', '2014')}\n") == date(2006, 7, 5)
    assert find_release(f"x\n{CASE}\n") == date(2015, 6, 30)
    assert find_release("x\n") is None


def test_documents_are_split_where_their_number_changes():
    other = CASE.replace("0445", "0446")
    text = f"{CASE}\na\n{CASE}\nb\n{other}\nc\n"
    assert split_documents(text) == [("C05760445", f"{CASE}\na\n{CASE}\nb\n"), ("C05760446", f"{other}\nc\n")]
    assert split_documents("a") == [(None, "a")]


@pytest.mark.parametrize(
    "word", ["RELEASE ", "Case\n", "Declassified/Released ", "   ", "Anna ", "UNCLASSIFIED\n\n"]
)
def test_time_grows_with_the_length_alone(word):
    assert strip_stamps(word * 20_000) == word * 20_000

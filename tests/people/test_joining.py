"""Which forms of names are one person's over all cables."""

import pytest

from cablesearch.people.joining import is_form
from cablesearch.people.keys import name_key
from cablesearch.people.registry import Overrides, join_names


def people(counts):
    return {frozenset(person.forms) for person in join_names(counts, Overrides())}


def groups(*forms):
    return set(map(frozenset, forms))


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Dick Orlan", "Richard M. Orlan"),
        ("Bob Quell", "Robert Quell"),
        ("Phil Orlan", "Phillips Orlan"),
        ("W.P. Orlan", "Ward P. Orlan"),
        ("Ward P. Orlan", "W.P. Orlan"),
        ("Alexander Quell", "Aleksandr Quell"),
        ("Khalid bin Orlan", "Khaled bin Orlan"),
        ("Joh Orlan", "John Orlan"),
        ("W. Orlan", "William Orlan"),
        ("E. Orlan", "Edward C. Orlan"),
        ("C. Quell", "Condoleezza Quell"),
        ("Norman Orlan", "H. Norman Orlan"),  # the name by which he is called
        ("Ben Orlan", "Ahmed Ben Orlan"),
        ("Fernandez Orlan", "Ada Fernandez Orlan"),
        ("Gordon Walker", "Patrick Gordon Walker"),  # by the table
        ("Clint Orlan", "John Clint Orlan"),
        ("Moussa Orlan", "Captian Moussa Orlan"),
        ("Muhammad Orlan", "Hafiz Muhammad Orlan"),
        ("Masimov Karim", "Karim Masimov"),
    ],
)
def test_given_names_have_short_forms_and_spellings(short, full):
    assert is_form(short, full)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Afzal Orlan", "A.Q. Orlan"),
        ("Jillian Quell", "William J. Quell"),
        ("Bill Orlan", "Robert Orlan"),
        ("Bob Orlan", "Bert Orlan"),
        ("Hamad Orlan", "Hamid Orlan"),
        ("Hassan Orlan", "Hussein Orlan"),
        ("Paul Orlan", "Paula Orlan"),
        ("Kai Orlan", "Madame Kai Orlan"),
        ("Mrs. Quell", "Ada Quell"),
        ("E. Orlan", "Ada Orlan"),
        ("Abdullah Saleh", "Ali Abdullah Saleh"),  # the father
        ("Hassan Ahmed", "Ahmed Hassan"),
        ("Stanley Morgan", "Morgan Stanley"),
    ],
)
def test_other_given_names_are_two_people(short, full):
    assert not is_form(short, full)
    assert not is_form(full, short)


@pytest.mark.parametrize(
    "counts",
    [
        {"Richard M. Orlan": 6, "Dick Orlan": 9, "Orlan": 20},
        {"William Quell": 4, "Bill Quell": 2, "W. Quell": 1, "Quell": 9},
        {"Ada Orlan": 9, "Min Orlan": 3, "Sec. Orlan": 2, "Orlan": 12},
        {"Ada Orlan": 12, "Orlan": 400},
        {"Cem Kayani": 5, "Kayani": 9},
        {"Kim Jong-il": 4, "Kim": 2, "KJI": 5},
        {"Ada Quell Suu Orlan": 4, "AQSO": 2},
        {"Cristina Fernandez de Kirchner": 4, "Fernandez de Kirchner": 1, "CFK": 2},
        {"Mohammed bin Zayed": 4, "MbZ": 2},
        {"Lula|Luiz Inacio Lula da Silva": 5, "Lula": 2},
        # What cables say of a full name holds for it in the others, and for its surname.
        {"Chou En-lai|Zhou Enlai": 2, "Chou En-lai": 9, "Chou": 4},
        {"Walt Orlan|Walt W. Orlann": 3, "Walt Orlan": 2},
        {"Mao Tse-tung": 9, "Mao Tsetung": 2, "Mao": 4},
        # The key used most is not that of the form used most, nor that of the usual name.
        {"Quell Orlan": 5, "Quell Or-lan": 4, "Quell Or Lan": 4, "Lan": 1},
        {"Zhou En-lai": 5, "Zhou|Zhou Enlai": 1},
        {"Josef Kasa-Orlan": 1, "Kasaorlan": 40, "Kasa-Orlan": 2, "Josef Kasaorlan": 5},
        {"Ali Khamene'i": 3, "Khamenei": 2, "Khamene'i": 1},
        {"Cem Orlansky": 9, "Cem Orlansyk": 1, "Cem Orlnsky": 2},
        {"Condoleeza Quell": 1, "Condoleezza Quell": 4, "Quell": 3},
        {"Ada Orlan": 3, "Orlan": 70},
        {"Jean Orlan": 9, "M. Orlan": 3, "Orlan": 2},
        {"Josef Kasaorlan": 5, "M. Kasa-Orlan": 8, "Kasaorlan": 40},
        {"Robert W. Orlan": 1, "R. W. Orlan": 8, "Robert Orlan": 8, "Bob Orlan": 5, "Orlan": 80},
        {"Ada C. Quell": 1, "A.C. Quell": 2, "Ada Quell": 9},
        {"Peter G. Orlan": 17, "Petur Orlan": 8, "Orlan": 1},
        {"Hisham Orlan": 3, "Hesham Orlan": 1, "Hicham Orlan": 1},
        {"S.E.M. Orlan": 2, "Jean Orlan": 9, "Orlan": 2},
        {"C.A.R. Crosland": 9, "Anthony Crosland": 9, "Crosland": 3},
        {"Dwight D. Eisenhower": 5, "Eisenhower|Dwight D. Eisenhower": 7, "Eisenhower": 4},
    ],
)  # fmt: skip
def test_these_are_one_person(counts):
    assert people(counts) == groups(form.partition("|")[0] for form in counts)


@pytest.mark.parametrize(
    ("counts", "one"),
    [
        # Two surnames that a drafter did not part are nobody's fuller name.
        (
            {"Ada Orlan": 6, "Dag Trevelyan": 4, "Trevelyan": 40, "Orlan": 60, "Trevelyan Orlan": 7},
            {"Ada Orlan", "Orlan"},
        ),
        ({"Ada Orlan": 9, "Bo Quell": 9, "Orlan": 60, "Quell": 60, "Orlan-Quell": 3}, {"Bo Quell", "Quell"}),
        # Nor is a list of people without commas, or one with another's name at its end.
        (
            {"Ada Orlan": 9, "Orlan": 6, "Bo Quell McGeorge Bixby R. W. Orlan": 3},
            {"Ada Orlan", "Orlan"},
        ),
        ({"Ada Orlan": 9, "Orlan": 6, "Bo Quell": 30, "Bo Quell Orlan": 1}, {"Ada Orlan", "Orlan"}),
        # The one to whom cables give a surname by an office has it in the others, if he leads clearly.
        (
            {"Ike Orlan": 9, "Orlan|Ike Orlan": 7, "Orlan": 4, "John Orlan": 4},
            {"Ike Orlan", "Orlan"},
        ),
        # Ghani sounds like Kayani, but is not spelt so.
        ({"Cem Kayani": 9, "Bo Ghani": 4, "Kayani": 8}, {"Cem Kayani", "Kayani"}),
        # A foreign minister's name is not the king's, whom other cables mean by it.
        ({"Abdallah|Abdullah bin Abdulaziz": 9, "Sami Abdallah": 1, "Abdallah": 2}, {"Sami Abdallah"}),
    ],
)  # fmt: skip
def test_a_surname_goes_to_its_bearer_only(counts, one):
    assert one in people(counts)


@pytest.mark.parametrize(
    ("counts", "bare"),
    [
        ({"Hillary Clinton": 60, "Bill Clinton": 2, "Clinton": 7}, "Clinton"),  # the president, as likely
        ({"Ahmed Wali Karzai": 60, "Hamid Karzai": 3, "Karzai": 9}, "Karzai"),
        ({"Ahmed Wali Karzai": 9, "Karzai": 60}, "Karzai"),  # the table knows others
        ({"Dean Rusk": 9, "Dean": 2}, "Dean"),
        ({"Roger Orlan": 9, "Roger": 2}, "Roger"),
        ({"Ada Orlan": 1, "Orlan": 9}, "Orlan"),
        ({"Madame Nhu": 9, "Nhu": 2}, "Nhu"),
        ({"Ada Orlan": 3, "Orlan": 75}, "Orlan"),
        ({"Hamid Karzai": 3, "Karzai|Hamid Karzai": 3, "Ahmed Wali Karzai": 2, "Karzai": 4}, "Karzai"),
        ({"Antonio Francisco da Orlan": 2, "Francisco": 1}, "Francisco"),
    ],
)
def test_a_name_alone_stays_alone_where_it_may_be_anothers(counts, bare):
    assert {bare} in people(counts)


def test_a_wife_is_joined_to_a_woman_only():
    """`Mrs. Orlan` is nobody's name but hers, whoever else is called Orlan."""
    counts = {"Jorge Orlan": 3, "Orlan|Mrs. Orlan": 1, "Orlan": 2}
    assert [(one.name, one.paragraphs) for one in join_names(counts, Overrides())] == [
        ("Jorge Orlan", 5), ("Mrs. Orlan", 1),
    ]  # fmt: skip
    counts = {"Marta Orlan": 3, "Orlan|Mrs. Orlan": 1, "Jorge Orlan": 9}
    assert [(one.name, one.paragraphs) for one in join_names(counts, Overrides())] == [
        ("Jorge Orlan", 9), ("Marta Orlan", 4),
    ]  # fmt: skip
    counts = {"Marta Orlan": 3, "Orlan|Mrs. Orlan": 9}
    assert [(one.name, one.paragraphs) for one in join_names(counts, Overrides())] == [("Marta Orlan", 12)]
    counts = {"Marta Orlan": 3, "Orlan|Mrs. Orlan": 1, "Ada Orlan": 3}
    assert {"Mrs. Orlan", "Marta Orlan", "Ada Orlan"} == {one.name for one in join_names(counts, Overrides())}


def test_an_initial_does_not_join_two_given_names():
    """`R. Orlan` may be either, so it is neither."""
    counts = {"Robert Orlan": 3, "Richard Orlan": 3, "R. Orlan": 1}
    assert people(counts) == groups(["Robert Orlan"], ["Richard Orlan"], ["R. Orlan"])


def test_a_middle_initial_is_no_given_name():
    assert people({"Robert W. Orlan": 4, "R. W. Orlan": 2, "Walter Orlan": 9}) == groups(
        ["Robert W. Orlan", "R. W. Orlan"], ["Walter Orlan"]
    )


def test_short_forms_do_not_join_two_given_names():
    counts = {"Edmund Orlan": 9, "Ed Orlan": 4, "Edward Orlan": 1}
    assert {"Edmund Orlan", "Ed Orlan", "Edward Orlan"} not in people(counts)


def test_the_only_holder_of_a_name_may_be_printed_with_other_initials():
    assert people({"N.S. Khrushchev": 5, "Nikita Khrushchev": 7, "Khrushchev": 109}) == groups(
        ["N.S. Khrushchev", "Nikita Khrushchev", "Khrushchev"]
    )


@pytest.mark.parametrize(
    ("counts", "two"),
    [
        ({"Ivan Petrova": 9, "Ivan Petrov": 2}, ("Ivan Petrova", "Ivan Petrov")),  # both are names
        ({"Ada Orlan": 9, "Ida Orlan": 2}, ("Ada Orlan", "Ida Orlan")),  # short
        ({"Cem Orlansky": 2, "Bo Orlansyk": 1}, ("Cem Orlansky", "Bo Orlansyk")),
        ({"Kim Yong-nam": 9, "Kim Young-nam": 2}, ("Kim Yong-nam", "Kim Young-nam")),
        ({"Afzal Orlan": 9, "A.Q. Orlan": 2}, ("Afzal Orlan", "A.Q. Orlan")),
        ({"Hamad Orlan": 3, "Hamid Orlan": 4}, ("Hamad Orlan", "Hamid Orlan")),
        ({"Ivo Orlan Jr.": 3, "Ivo Orlan III": 4}, ("Ivo Orlan Jr.", "Ivo Orlan III")),
        ({"Alexandr Orlanov": 1, "Alexandr Orlanova": 4}, ("Alexandr Orlanov", "Alexandr Orlanova")),
        ({"Quellik Orlanski": 9, "Quellik Orlanska": 1}, ("Quellik Orlanski", "Quellik Orlanska")),
        ({"George W. Bush": 9, "George H. W. Bush": 1}, ("George W. Bush", "George H. W. Bush")),
    ],
)
def test_names_that_are_nearly_alike_may_be_two_people(counts, two):
    assert groups(two[:1], two[1:]) <= people(counts)


@pytest.mark.parametrize(("uses", "may_be"), [(16, ("Ada Orlan", "Bo Orlan")), (17, ())])
def test_a_surname_much_more_frequent_than_all_fuller_names_is_a_person_of_its_own(uses, may_be):
    counts = {"Ada Orlan": 1, "Bo Orlan": 1, "Orlan": uses}
    [bare] = [person for person in join_names(counts, Overrides()) if person.name == "Orlan"]
    assert bare.may_be == may_be
    assert bare.paragraphs == uses


@pytest.mark.parametrize(
    ("counts", "one"),
    [
        ({"Georhe W. Orlan": 2, "George W. Orlan": 9}, True),
        ({"Ada V. Orlansky": 9, "Ada V. Orlanskz": 1}, True),
        ({"Gorge W. Orlan": 2, "George W. Orlan": 12}, True),  # a rare given name
        ({"Gordan Orlan": 1, "Gordon Orlan": 6}, True),
        ({"Gordan Orlan": 2, "Gordon Orlan": 9}, False),  # hardly a misprint
        ({"Martin Orlan": 20, "Marvin Orlan": 1}, False),
        ({"Maria Orlan": 20, "Mario Orlan": 1}, False),
    ],
)
def test_a_misprint_is_much_rarer_than_the_name(counts, one):
    assert (groups([*counts]) == people(counts)) is one


def test_an_initial_is_no_misprint():
    counts = {"A. Orlansky": 9, "A. Orlanskz": 2}
    assert people(counts) == groups(["A. Orlansky"], ["A. Orlanskz"])


@pytest.mark.parametrize(
    ("counts", "joined"),
    [
        (
            {"Ivor Richard": 30, "Richard Nixon": 20, "Richard Bix": 2, "Richard": 9},
            {"Ivor Richard", "Richard"},
        ),
        ({"George V. Allen": 9, "Allen Dulles": 5, "Allen": 7}, {"George V. Allen", "Allen"}),
        ({"Ivor Richard": 9, "Richard Nixon": 20, "Richard": 9}, {"Richard"}),
        ({"Hassan II": 5, "Hassan Orlan": 2, "Hassan": 1}, {"Hassan"}),
    ],
)
def test_a_surname_is_rather_its_bearers_than_those_whose_given_name_it_is(counts, joined):
    assert frozenset(joined) in people(counts)


def test_spellings_are_one_name_where_a_namesake_has_one_of_them():
    """George A. Papandreou, who was in office much later, is called George Papandreou, too."""
    counts = {"George Papandreou": 2, "Georgios Papandreou": 1, "Papandreou": 9}
    assert people(counts) == groups([*counts])


def test_a_namesake_of_another_time_does_not_matter():
    """George Robertson was in office from 1997 on: in 1957 the only one named in full is meant."""
    counts = {"Walter S. Robertson": 15, "Robertson": 94}
    joined = [set(person.forms) for person in join_names(counts, Overrides(), (1955, 1957))]
    assert joined == [{"Walter S. Robertson", "Robertson"}]
    assert groups(["Walter S. Robertson"], ["Robertson"]) == {
        frozenset(person.forms) for person in join_names(counts, Overrides(), (1955, 2001))
    }


def test_whom_the_user_names_anew_is_so_where_only_an_office_tells_of_it():
    counts = {"Karzai|Hamid Karzai": 3, "Hamid Karzai": 1, "Hamid Karsei": 1, "Orlan": 1}
    anew = Overrides(names={name_key("Hamid Karzai"): "Orlan", name_key("Orlan"): "Orlan"})
    assert [(one.name, one.forms) for one in join_names(counts, anew)] == [
        ("Orlan", {"Karzai": 3, "Hamid Karzai": 1, "Orlan": 1}),
        ("Hamid Karsei", {"Hamid Karsei": 1}),
    ]


def test_the_user_keeps_apart_what_differs_in_its_parts():
    apart = Overrides(apart=frozenset([frozenset([name_key("Chou Enlai"), name_key("Chou En-lai")])]))
    assert len(join_names({"Chou Enlai": 2, "Chou En-lai": 2}, apart)) == 2

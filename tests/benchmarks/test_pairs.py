"""Judged pairs of mentions: their format, and how the program's joining of names is scored by them."""

from itertools import chain

import pytest

from benchmarks.people.identities import Identities, Identity, Tally, count_pairs, find_person, surname
from benchmarks.people.pairs import PAIRS, find_missing, find_wrong_leaders, is_form, parse_pairs
from cablesearch.model.cable import Cable, Paragraph, Person

TEXT = """# a remark
leader Karim Aliyev = KA
leader Olga Balan

titled 07ASTANA1#1 Aliyev = Karim Aliyev ; 07ASTANA2#p3 Rakhat Aliyev = Rakhat Aliyev
surname 07ASTANA1#1 Porter/2 = Jane Porter ; 07ASTANA2#p3 Porter = ?
initials 07ASTANA1#1 KA = Karim Aliyev ; 07ASTANA1#1 Aliyev = Karim Aliyev
"""


@pytest.fixture
def judged():
    return parse_pairs(TEXT)


def make_cable(id, text, *people):
    named = tuple(Person(*names) for names in people)
    return Cable(id, paragraphs=(Paragraph(f"{id}#1", "1", None, None, None, text, named),))


def test_a_line_gives_a_kind_and_two_mentions(judged):
    pair = judged.pairs[1]
    assert pair.kind == "surname"
    assert pair.first == ("07ASTANA1", "1", "Porter", 2, "Jane Porter")
    assert pair.second == ("07ASTANA2", "p3", "Porter", 1, "?")


def test_a_leader_may_have_other_forms(judged):
    assert judged.leaders == {"Karim Aliyev": ("KA",), "Olga Balan": ()}


def test_pairs_are_of_one_person_of_two_or_undecidable(judged):
    assert [pair.is_same for pair in judged.pairs] == [False, None, True]


def test_each_mention_counts_once(judged):
    assert [mention.name for mention in judged.mentions] == [
        "Aliyev",
        "Rakhat Aliyev",
        "Porter",
        "Porter",
        "KA",
    ]


@pytest.mark.parametrize("line", ["titled 07ASTANA1#1 Aliyev", "titled 07ASTANA1 X = Y ; 07ASTANA1#1 X = Y"])
def test_a_line_that_is_no_pair_is_refused(line):
    with pytest.raises(ValueError, match="is no mention"):
        parse_pairs(line)


def test_mentions_that_the_text_lacks_are_found(judged):
    cable = make_cable("07ASTANA1", "President Aliyev\nmet Porter, not Porterfield. KA smiled.")
    missing = [mention.name for mention in find_missing(judged.mentions, [cable])]
    assert missing == ["Rakhat Aliyev", "Porter", "Porter"]  # the second Porter of the one, the other's cable


def test_a_tally_counts_verdicts():
    tally = Tally()
    for truth, verdict in ((True, True), (True, False), (False, True), (False, False)):
        tally.add(truth, verdict)
    assert tally == Tally(same=2, joined=2, both=1, pairs=4)
    assert (tally.precision, tally.recall, tally.right) == (0.5, 0.5, 0.5)


def test_all_pairs_of_mentions_are_counted():
    mentions = [("Karim", "Aliyev"), ("Karim", "Aliyev"), ("Karim", "K."), ("Rakhat", "Aliyev")]
    assert count_pairs(mentions) == Tally(same=3, joined=3, both=1, pairs=6)
    assert count_pairs([]) == Tally()


def test_pairs_across_groups_are_all_less_those_within():
    cables = [[("a", 1), ("a", 1)], [("a", 1), ("b", 1)]]
    within = Tally()
    for mentions in cables:
        within += count_pairs(mentions)
    assert within == Tally(same=1, joined=2, both=1, pairs=2)
    assert count_pairs(chain(*cables)) - within == Tally(same=2, joined=4, both=2, pairs=4)


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Aliyev", "Karim Aliyev"),
        ("K. Aliyev", "Karim Aliyev"),
        ("Carim Aliyev", "Karim Aliev"),
        ("Nicholas Balan", "Nicolas Balan"),
        ("Omar al-Bashir", "Umar Bashir"),
        ("Minister Olga Balan", "Olga Balan"),
    ],
)
def test_a_name_in_another_form_is_the_same_persons(name, who):
    assert is_form(name, who)


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Rakhat Aliyev", "Karim Aliyev"),
        ("Ehud Barak", "Barack Obama"),
        ("Kim", "Kam"),
        ("Jane Porter", "JP"),
    ],
)
def test_a_name_with_words_of_its_own_is_somebody_elses(name, who):
    assert not is_form(name, who)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Aliyev", "Aliyev"),
        ("Porter", "Jane Porter"),
        ("Minister Balan", "Balan"),
        ("Olga", "Balan"),
        ("Rossi", None),
    ],
)
def test_a_name_means_the_person_who_fits_best(name, found):
    people = [
        Person("Aliyev", "Karim Aliyev"),
        Person("Rakhat Aliyev", "Rakhat Aliyev"),
        Person("Jane Porter", "Jane Porter"),
        Person("Balan", "Olga Balan"),
    ]
    person = find_person(people, name)
    assert (person.name if person else None) == found


def test_a_name_that_fits_two_people_means_neither():
    people = [Person("Karim Aliyev", "Karim Aliyev"), Person("Rakhat Aliyev", "Rakhat Aliyev")]
    assert find_person(people, "Aliyev") is None


def test_identities_are_joined_over_cables():
    identities = Identities(
        [
            make_cable("07ASTANA1", "", ("Karim Aliyev", "Karim Aliyev")),
            make_cable("07ASTANA2", "", ("Aliyev", "Aliyev")),
            make_cable("07ASTANA3", "", ("Olga Balan", "Olga Balan")),
        ]
    )
    first, second = (identities.find(cable, "1", "Aliyev") for cable in ("07ASTANA1", "07ASTANA2"))
    assert first
    assert second
    assert first.label == second.label
    assert first.person == "Karim Aliyev"
    other = identities.find("07ASTANA3", "1", "Balan")
    assert other
    assert other.label != first.label
    assert identities.find("07ASTANA3", "1", "Aliyev") is None
    assert identities.find("07ASTANA3", "2", "Balan") is None


def test_undecided_names_are_of_one_person_only_within_a_cable():
    mention = Identity("07ASTANA1", "Aliyev", "Aliyev", None)
    assert mention.label == Identity("07ASTANA1", "Aliyev", "Aliyev", None).label
    assert mention.label != Identity("07ASTANA2", "Aliyev", "Aliyev", None).label


def test_leaders_taken_for_somebody_else_are_counted(judged):
    taken_for = {"Aliyev": "Rakhat Aliyev", "KA": "KA", "Rakhat Aliyev": "Karim Aliyev"}

    def find(mention):
        name = taken_for.get(mention.name)
        return Identity(mention.cable, mention.name, mention.name, name) if name else None

    assert find_wrong_leaders(judged, find) == {("Karim Aliyev", "Rakhat Aliyev"): 1}


@pytest.mark.parametrize(
    ("name", "last"),
    [("Jane Porter", "porter"), ("de Villepin", "villepin"), ("Killian, Jr.", "killian"), ("Ögmén", "ogmen")],
)
def test_a_surname_is_a_names_last_word(name, last):
    assert surname(name) == last


def test_the_judged_pairs_are_well_formed():
    judged = parse_pairs(PAIRS.read_text("utf-8"))
    assert len(judged.pairs) >= 300
    assert len(set(judged.pairs)) == len(judged.pairs)
    assert judged.leaders.keys() <= {mention.who for mention in judged.mentions}
    assert not any(
        {mention.who for mention in judged.mentions if mention[:4] == one[:4]} != {one.who}
        for one in judged.mentions
    )

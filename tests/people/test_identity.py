"""One person across a cable."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablesearch.analysis.distance import edit_distance
from cablesearch.people.identity import Bearer, Setting, _is_one_edit, identify, resolve_names


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Malema", "Julius Malema"),
        ("Fikile", "Fikile Mbalula"),
        ("Cheng", "Cheng Jingye"),
        ("J. Malema", "Julius Malema"),
        ("Robert Mugabe", "Robert Gabriel Mugabe"),
        ("Verhagan", "Maxime Verhagen"),
        ("Conde Pumpido", "Candido Conde Pumpido"),
        ("MALEMA", "Julius Malema"),
    ],
)
def test_a_form_stands_for_the_resolve_names(short, full):
    """Surname, given name, initials, a part, a misspelling, capitals."""
    assert resolve_names([[short], [full]])[0] == {short: full}


def test_the_fathers_name_is_not_the_sons():
    """`Nayif` is not Mohammed bin Nayif where another Nayif is named."""
    forms = resolve_names([["Nayif bin Abdulaziz", "Mohammed bin Nayif"], ["Nayif"]])
    assert forms[1] == {"Nayif": "Nayif bin Abdulaziz"}


def test_two_people_of_one_surname_stay_two():
    """A bare surname is the person last named in full."""
    names = [["Bill Clinton"], ["Clinton"], ["Hillary Clinton"], ["Clinton"]]
    assert [next(iter(forms.values())) for forms in resolve_names(names)] == [
        "Bill Clinton",
        "Bill Clinton",
        "Hillary Clinton",
        "Hillary Clinton",
    ]


def test_an_abbreviation_stands_for_its_name():
    """`KJI` is resolved to the name that the drafter abbreviates so."""
    assert resolve_names([["Kim Jong-il", "KJI"]], {"KJI": "Kim Jong-il"})[0]["KJI"] == "Kim Jong-il"


def test_a_patronymic_stands_for_the_surname():
    """`Sergei Ivanovich` is the Sergei of the cable."""
    assert resolve_names([["Sergei Volkov"], ["Sergei Ivanovich"]])[1] == {
        "Sergei Ivanovich": "Sergei Volkov"
    }


def test_strangers_stay_apart():
    """Names with no word in common are two people."""
    assert resolve_names([["Zuma", "Mbeki"]]) == [{"Zuma": "Zuma", "Mbeki": "Mbeki"}]


def test_full_names_with_all_words_unlike_stay_apart():
    """`Maria Santos` and `Mario Santas` are two people."""
    assert resolve_names([["Maria Santos", "Mario Santas"]])[0]["Mario Santas"] == "Mario Santas"


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_edit_is_what_the_edit_distance_calls_so(word, other):
    assert _is_one_edit(word, other) == (edit_distance(word, other, 1) <= 1)


KABUL = Setting("AF", date(2007, 3, 1), frozenset(("AF", "US")))
CAIRO = Setting("EG", date(2008, 3, 1), frozenset(("EG", "US")))


@pytest.mark.parametrize(
    ("name", "title", "setting", "known_as"),
    [
        ("Karzai", "President", KABUL, "Hamid Karzai"),
        ("Karzai", "", KABUL, "Hamid Karzai"),
        ("Bush", "", KABUL, "George W. Bush"),
        ("Mubarak", "President", CAIRO, "Hosni Mubarak"),
        ("Karzai", "President", KABUL._replace(day=date(1990, 1, 1)), None),
        ("Karzai", "President", Setting(), None),
        ("Quell", "President", KABUL, None),
        ("Abdallah", "Foreign Minister", KABUL, None),
    ],
)
def test_a_bare_surname_is_the_holder_of_the_office(name, title, setting, known_as):
    """By title, country and day; without them, or for a name that many are given, nobody in particular."""
    [found] = identify([[name]], {}, [{name: title}], setting)
    assert found == {name: Bearer(name, known_as)}


@pytest.mark.parametrize(
    ("names", "titles", "bearers"),
    [
        (
            [["Ahmed Wali Karzai"], ["Karzai"]],
            [{}, {"Karzai": "President"}],
            [Bearer("Karzai", "Hamid Karzai")],
        ),
        ([["Ahmed Wali Karzai"], ["Karzai"]], [{}, {}], [Bearer("Karzai", None)]),
        (
            [["Hamid Karzai"], ["Karzai"]],
            [{}, {"Karzai": "President"}],
            [Bearer("Hamid Karzai", "Hamid Karzai")],
        ),
        (
            [["Ahmed Wali Karzai"], ["Karzai"], ["Ahmed Wali Karzai", "Karzai"]],
            [{}, {"Karzai": "President"}, {}],
            [Bearer("Karzai", "Hamid Karzai"), Bearer("Karzai", None)],
        ),
        (
            [
                ["Hamid Karzai"],
                ["Karzai"],
                ["Ahmed Wali Karzai"],
                ["Karzai"],
                ["Ahmed Wali Karzai", "Karzai"],
            ],
            [{}, {}, {}, {}, {}],
            [Bearer("Hamid Karzai", "Hamid Karzai")] * 2 + [Bearer("Karzai", None)],
        ),
        (
            [["Ahmed Wali Karzai"], ["Karzai"], ["Ivo Karzai", "Karzai"]],
            [{}, {}, {}],
            [Bearer("Karzai", None), Bearer("Ivo Karzai", None)],
        ),
        ([["Ivo Quell"], ["Quell"]], [{}, {"Quell": "President"}], [Bearer("Ivo Quell", None)]),
        ([["Ivo Quell"], ["Quell"]], [{"Ivo Quell": "Minister"}, {}], [Bearer("Ivo Quell", None)]),
    ],
)
def test_a_title_does_not_go_to_somebody_else_of_the_name(names, titles, bearers):
    """`President Karzai` is not his brother, though only the brother is named in full."""
    found = identify(names, {}, titles, KABUL)
    bare = names[1][0]
    assert [paragraph[bare] for paragraph in found if bare in paragraph] == bearers


@pytest.mark.parametrize(("bare", "full"), [("Williams", "William Burns"), ("Obama", "Osama bin Laden")])
def test_a_known_name_is_not_a_misprint_of_another(bare, full):
    assert resolve_names([[full], [bare]])[1] == {bare: bare}


@pytest.mark.parametrize(
    ("names", "bare"),
    [
        ([["Harriman"], ["Vance"], ["Harriman-Vance"], ["Vance"]], {"Vance": "Vance"}),
        ([["Trevelyan"], ["Trevelyan Fawzi"], ["Fawzi"]], {"Fawzi": "Fawzi"}),
        ([["Quorlan"], ["Quorlan"], ["Quorlan"], ["Quorlan Bix"], ["Bix"], ["Bix"], ["Bix"]], {"Bix": "Bix"}),
        ([["Madame Nhu"], ["Nhu"]], {"Nhu": "Nhu"}),
        # Both words are also given names, but those of office-holders, too.
        ([["Nasser", "Hussein"]] * 3 + [["Nasser Hussein"], ["Hussein"]], {"Hussein": "Hussein"}),
    ],
)
def test_two_names_run_together_and_a_wife_are_no_fuller_names(names, bare):
    assert resolve_names(names)[-1] == bare


@pytest.mark.parametrize(
    "names",
    [
        [["Ada"], ["Orlan"], ["Ada Orlan"]],
        [["Dadis Camara"], ["Dadis Camara"], ["Dadis"], ["Camara"]],
        [["Saddam"], ["Hussein"]] * 3 + [["Saddam Hussein"]],
        [["Gamal"], ["Mubarak"]] * 3 + [["Gamal Mubarak"]],
    ],
)
def test_a_name_whose_parts_stand_alone_is_still_one(names):
    full = max((name for paragraph in names for name in paragraph), key=len)
    assert all(form == {next(iter(form)): full} for form in resolve_names(names))


TUNIS = Setting("TN", date(2009, 7, 1), frozenset(("TN", "US")))


@pytest.mark.parametrize("title", ["President", ""])
def test_a_leader_of_two_words_is_not_somebody_whose_name_has_them_within(title):
    names = [["Nesrine Ben Ali El Materi"], ["Ben Ali"]]
    bearer = identify(names, {}, [{}, {"Ben Ali": title}], TUNIS)[1]["Ben Ali"]
    assert bearer.known_as == "Zine El Abidine Ben Ali"


MANAGUA = Setting("NI", date(2010, 2, 25), frozenset(("NI", "US")))


@pytest.mark.parametrize(
    ("names", "setting", "bearers"),
    [
        ([["Castro", "Raul Castro"], ["Castro"]], MANAGUA, ["Castro", "Raul Castro"]),
        ([["Castro"], ["Raul Castro", "Castro"]], MANAGUA, ["Castro", "Raul Castro"]),
        ([["Raul Castro", "Castro"]], MANAGUA, ["Raul Castro"]),
        ([["Castro", "Raul Castro"]], MANAGUA._replace(day=date(2015, 1, 1)), ["Raul Castro"]),
        (
            [["Kirchner", "Cristina Kirchner"]],
            Setting("AR", date(2008, 5, 1), frozenset(("AR", "US"))),
            ["Kirchner"],
        ),
        ([["Orlan", "Raul Orlan"]], MANAGUA, ["Raul Orlan"]),
    ],
)
def test_a_surname_that_a_leader_shares_with_the_last_one_is_his_only_after_the_full_name(
    names, setting, bearers
):
    """`heir to Castro's legacy` may be Fidel Castro's, though the sentence after it names Raul Castro."""
    bare = "Orlan" if "Orlan" in names[0] else names[-1][-1].split()[-1]
    found = identify(names, {}, [{}] * len(names), setting)
    assert [paragraph[bare].full_name for paragraph in found if bare in paragraph] == bearers


def test_a_title_counts_in_a_cable_without_a_date():
    """It is nobody's who is not given the office, and the only one's who ever held it at home."""
    names, titles = [["Charles E. Johnson"], ["Johnson"]], [{}, {"Johnson": "President"}]
    undated = Setting(countries=frozenset(("US",)))
    assert identify(names, {}, titles, undated)[1]["Johnson"] == Bearer("Johnson", "Lyndon B. Johnson")
    assert identify(names, {}, titles, Setting())[1]["Johnson"] == Bearer("Johnson", None)


@pytest.mark.parametrize(
    ("name", "setting", "known_as"),
    [
        ("Khrushchev", Setting("RU", date(1960, 5, 1), frozenset(("RU", "US"))), "Nikita Khrushchev"),
        ("Tito", Setting("RS", date(1960, 5, 1), frozenset(("RS", "US"))), "Josip Broz Tito"),
    ],
)
def test_a_state_of_the_past_had_its_leaders_where_the_post_is_today(name, setting, known_as):
    assert identify([[name]], {}, [{}], setting)[0][name].known_as == known_as


@pytest.mark.parametrize("full", ["Ngo Dinh Nhu", "Tran Dinh Orlan"])
def test_the_middle_word_of_an_eastern_name_is_not_its_bearer(full):
    """General Dinh is somebody else."""
    assert resolve_names([[full], ["Dinh"]])[1] == {"Dinh": "Dinh"}


@pytest.mark.parametrize(
    ("full", "bare", "title", "bearer"),
    [
        ("Allen Dulles", "Allen", "Mr.", "Allen"),
        ("Dean Rusk", "Dean", "Ambassador", "Dean"),
        ("Marshall Green", "Marshall", "the General", "Marshall"),
        ("Allen Dulles", "Allen", "", "Allen Dulles"),
        ("Harold Brown", "Harold", "Sir", "Harold Brown"),  # a title of given names
        ("Kim Jong-il", "Kim", "Mr.", "Kim Jong-il"),
        ("Fidel Castro", "Fidel", "President", "Fidel Castro"),  # no surname that editors know
        ("Hassan bin Orlan", "Hassan", "Minister", "Hassan bin Orlan"),
    ],
)
def test_what_follows_mister_is_nobodys_given_name(full, bare, title, bearer):
    found = identify([[full], [bare]], {}, [{}, {bare: title}], Setting())
    assert found[1][bare].full_name == bearer


@pytest.mark.parametrize(
    ("head", "day", "bearer"),
    [
        ("Louis Lumumba", date(1960, 11, 1), "Lumumba"),  # his brother had to go two months before
        ("Louis Lumumba", date(1970, 11, 1), "Louis Lumumba"),
        ("Gamal Mubarak", date(2009, 5, 1), "Mubarak"),
        ("Raul Castro", date(2010, 5, 1), "Raul Castro"),  # leads himself
        ("Max Lumumba", date(1960, 11, 1), "Max Lumumba"),
    ],
)
def test_a_bare_surname_is_not_that_of_a_leaders_relative_wherever_it_is_written(head, day, bearer):
    bare = head.split()[1]
    found = identify([[head], [bare]], {}, [{}, {}], Setting("US", day, frozenset(("US",))))
    assert found[1][bare].full_name == bearer


@pytest.mark.parametrize(
    ("names", "title", "bearers"),
    [
        # The surname before that of a relative is somebody else's: Orlan's brother, Bo Orlan.
        ([["Orlan", "Bo Orlan"], ["Orlan"]], "brother", ["Orlan", "Orlan"]),
        ([["Orlan"], ["Ada Orlan"]], "his wife", ["Orlan"]),
        ([["Orlan", "Bo Orlan"]], "son of the President", ["Orlan"]),
        ([["Bo Orlan"], ["Orlan"]], "brother", ["Bo Orlan"]),  # after it, it may be his
        ([["Orlan", "Bo Orlan"]], "Brother", ["Bo Orlan"]),  # a monk
        ([["Orlan", "Ada Orlan"], ["Bo Orlan"], ["Orlan"]], "wife", ["Ada Orlan", "Bo Orlan"]),
        ([["Sarkozy", "Nicolas Sarkozy"]], "son of a Hungarian", ["Nicolas Sarkozy"]),  # in the table
    ],
)
def test_a_surname_before_that_of_a_relative_is_not_the_relatives(names, title, bearers):
    full = max(names[0] + names[1] if len(names) == 2 else names[0], key=len)
    bare = full.split()[-1]
    titles = [{full: title} if full in paragraph else {} for paragraph in names]
    found = identify(names, {}, titles, Setting("FR", date(2009, 7, 1), frozenset(("FR",))))
    assert [paragraph[bare].full_name for paragraph in found if bare in paragraph] == bearers

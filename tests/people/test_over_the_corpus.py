"""Who people are over the volumes and cables of an index: by the editors' keys, and by abbreviations."""

from pathlib import Path

from cablesearch import Index, open_index, rebuild_index

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/ns/1.0">
<teiHeader><fileDesc><publicationStmt><idno type="frus">{volume}</idno></publicationStmt></fileDesc>
</teiHeader><text><front><div type="section" xml:id="persons"><list>{persons}</list></div></front>
<body>{body}</body></text></TEI>"""


def write_volume(folder: Path, volume: str, persons: dict[str, str], *texts: str) -> None:
    """Write a volume: the names in its list of persons by their keys, and a document for each text."""
    items = (
        f'<item><persName xml:id="{key}">{name}</persName>, diplomat</item>' for key, name in persons.items()
    )
    bodies = (
        f'<div type="document" xml:id="d{n}" n="{n}"><head>{n}. Letter</head><p>{text}</p></div>'
        for n, text in enumerate(texts, 1)
    )
    xml = TEI.format(volume=volume, persons="".join(items), body="".join(bodies))
    folder.mkdir(exist_ok=True)
    (folder / f"{volume}.xml").write_text(xml, "utf-8")


def tagged(key: str, name: str) -> str:
    return f'<persName corresp="#{key}">{name}</persName>'


def people(folder: Path, tmp_path: Path) -> dict[str, int]:
    """Return in how many paragraphs each person of an index of a folder is named."""
    rebuild_index(tmp_path / "index", [folder], engine="whoosh", workers=0)
    with open_index(tmp_path / "index") as index:
        return counts(index)


def counts(index: Index) -> dict[str, int]:
    return {person.name: person.paragraphs for person in index.people()}


def test_a_person_with_another_key_in_each_volume_is_one(tmp_path):
    """Keys are the volumes' own: the names that their lists have for them are compared."""
    write_volume(
        tmp_path / "c",
        "frus1961v01",
        {"p_QA1": "Quell, Ada M.", "p_OB1": "Orlan, Bo"},
        f"{tagged('p_QA1', 'Mrs. Quell')} wrote to {tagged('p_OB1', 'Orlan')}.",
        f"{tagged('p_OB1', 'Bo Orlan')} was ill.",
    )
    write_volume(
        tmp_path / "c",
        "frus1964v02",
        {"p_QAM2": "Quell, Ada"},
        f"{tagged('p_QAM2', 'Quell')} left.",
        f"{tagged('p_QAM2', 'Miss Quell')} was back.",
    )
    assert people(tmp_path / "c", tmp_path) == {"Ada Quell": 3, "Bo Orlan": 2}


def test_one_key_in_two_volumes_may_be_two_people(tmp_path):
    """`p_OJ1` is a John in one volume, and a Jill in another, whose bare surnames are their own."""
    for volume, name in (("frus1961v01", "Orlan, John"), ("frus1964v02", "Orlan, Jill")):
        write_volume(tmp_path / "c", volume, {"p_OJ1": name}, f"{tagged('p_OJ1', 'Orlan')} agreed.")
    assert people(tmp_path / "c", tmp_path) == {"Jill Orlan": 1, "John Orlan": 1}


def test_tagged_people_are_those_of_plain_cables(tmp_path):
    """A volume's list has the full name that a plain document of the other volume has, too."""
    write_volume(
        tmp_path / "c",
        "frus1961v01",
        {"p_MK1": "Masimov, Karim"},
        f"{tagged('p_MK1', 'Minister Masimov')} agreed.",
    )
    write_volume(tmp_path / "c", "frus1964v02", {}, "We met Minister Karim Masimov on Monday.")
    assert people(tmp_path / "c", tmp_path) == {"Karim Masimov": 2}


def test_an_abbreviation_is_the_full_form_that_another_document_has(tmp_path):
    write_volume(
        tmp_path / "c",
        "frus1961v01",
        {},
        "We met President Cristina Fernandez de Kirchner on Monday.",
        "Former President Cristina Fernandez de Kirchner (CFK) was there. On Tuesday CFK left for Paris.",
    )
    write_volume(tmp_path / "c", "frus1964v02", {"p_CFK1": "CFK"}, f"{tagged('p_CFK1', 'CFK')} was back.")
    assert people(tmp_path / "c", tmp_path) == {"Cristina Fernandez de Kirchner": 3}


def test_an_abbreviation_that_may_be_two_peoples_is_neithers(tmp_path):
    write_volume(
        tmp_path / "c",
        "frus1961v01",
        {"p_1": "Orlan, Ada Bo", "p_2": "Oxley, Alan Ben", "p_3": "ABO"},
        f"{tagged('p_1', 'Ada Bo Orlan')} met {tagged('p_2', 'Alan Ben Oxley')}.",
        f"{tagged('p_3', 'ABO')} was back.",
    )
    assert people(tmp_path / "c", tmp_path) == {"ABO": 1, "Ada Bo Orlan": 1, "Alan Ben Oxley": 1}

"""Every kind of mistake changes the text the way its name says, and only that."""

from __future__ import annotations

from datetime import date

import numpy as np
import opencc
import pytest
from rapidfuzz.distance import OSA

from data.model import IdStatus
from data.synthetic import damage, numbers
from data.synthetic.damage import Written
from data.synthetic.errors import KINDS, Drawn
from data.synthetic.people import People, make_people
from data.values.identifiers import clean_id, id_status, to_id18
from data.values.phones import parse_phones
from data.values.text import clean_name

AS_OF = date(2016, 6, 16)
N = 4000
GROUP = {kind.name: kind.group for kind in KINDS}


@pytest.fixture(scope="module")
def people() -> People:
    ages = np.random.default_rng(5).integers(20, 80, N)
    return make_people(3, "469005", ages, AS_OF)


def _made(people: People, kind: str) -> tuple[Written, np.ndarray]:
    """All persons written with one kind, and the rows where it was made."""
    who = np.arange(N)
    can = damage.can_have(people, who)
    kinds = {group: np.full(N, "", dtype=object) for group in ("name", "id", "phone")}
    kinds[GROUP[kind]][can.get(kind, np.ones(N, dtype=bool))] = kind
    cells = np.ones(N, dtype=bool)
    written = damage.write(people, who, Drawn(kinds), np.random.default_rng(1), has_number_cells=cells)
    assert set(written.errors) <= {"", kind}
    rows = np.flatnonzero(written.errors == kind)
    assert len(rows) > 10
    return written, rows


@pytest.mark.parametrize("kind", ["homophone", "lookalike", "variant"])
def test_one_given_character_is_another(people: People, kind: str) -> None:
    written, rows = _made(people, kind)
    for row, true in zip(rows, people.names(rows), strict=True):
        differs = [i for i, (a, b) in enumerate(zip(true, written.name[row], strict=True)) if a != b]
        assert len(differs) == 1
        assert differs[0] >= people.surname_length[row]


def test_traditional_names_come_back(people: People) -> None:
    simplify = opencc.OpenCC("t2s").convert
    written, rows = _made(people, "traditional")
    true = people.names(rows)
    assert [simplify(name) for name in written.name[rows]] == [simplify(name) for name in true]
    assert (written.name[rows] != true).all()


def test_a_rare_character_is_lost(people: People) -> None:
    written, rows = _made(people, "rare_lost")
    assert all(("?" in name) or ("□" in name) for name in written.name[rows])


def test_a_character_is_missing(people: People) -> None:
    written, rows = _made(people, "char_missing")
    assert all(
        len(name) == 2 and name[1] == true[2] for name, true in zip(written.name[rows], people.names(rows), strict=True)
    )


def test_spaces_in_short_names_are_only_spaces(people: People) -> None:
    written, rows = _made(people, "name_spaced")
    assert [clean_name(name) for name in written.name[rows]] == people.names(rows).tolist()


@pytest.mark.parametrize("kind", ["id_wrong_digit", "id_swapped"])
def test_wrong_numbers_fail_and_are_one_edit_away(people: People, kind: str) -> None:
    written, rows = _made(people, kind)
    true = numbers.texts(people.identity[rows])
    for text, whole in zip(written.id_no[rows], true, strict=True):
        assert id_status(text, AS_OF) in (IdStatus.CHECKSUM, IdStatus.PRECISION_LOSS)
        assert OSA.distance(text, whole) == 1
        assert text[:6] == whole[:6]


@pytest.mark.parametrize("kind", ["id_old15", "id_full_width", "id_spaced", "id_lower_x"])
def test_other_spellings_are_the_same_number(people: People, kind: str) -> None:
    written, rows = _made(people, kind)
    assert [to_id18(clean_id(text)) for text in written.id_no[rows]] == numbers.texts(people.identity[rows]).tolist()


def test_numbers_as_cells_keep_fifteen_digits(people: People) -> None:
    written, rows = _made(people, "id_numeric")
    assert (np.flatnonzero(written.is_number) == rows).all()
    true = numbers.texts(people.identity[rows])
    assert all(text == whole[:15] + "000" for text, whole in zip(written.id_no[rows], true, strict=True))
    assert not any(whole.endswith("X") for whole in true)


def test_masked_and_missing_numbers(people: People) -> None:
    written, rows = _made(people, "id_masked")
    assert {id_status(text, AS_OF) for text in written.id_no[rows]} == {IdStatus.MASKED}
    assert set(_made(people, "id_missing")[0].id_no) == {""}


def test_phones(people: People) -> None:
    changed, rows = _made(people, "phone_changed")
    assert not set(changed.mobile[rows]) & set(people.mobile)
    assert len(set(_made(people, "phone_agent")[0].mobile)) == 12
    assert set(_made(people, "phone_missing")[0].mobile) == {""}
    styled, rows = _made(people, "phone_style")
    assert [parse_phones(text)[0] for text in styled.mobile[rows]] == people.mobile[rows].tolist()


def test_kinds_are_joined() -> None:
    columns = [np.array(["a", "", "b", ""], dtype=object), np.array(["c", "", "", "d"], dtype=object)]
    assert damage.join_kinds(columns).tolist() == ["a|c", "", "b", "d"]

"""What a case derives once: numbers as integers, what their parts say, columns of members."""

from __future__ import annotations

from datetime import date

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import FeedKind
from data.values.identifiers import birth_of, sex_of, to_id18
from rules.case import NO_NUMBER, Case, are_dates_compatible, number_codes, whole_numbers
from rules.facts import facts_of
from rules.params import load_params

AS_OF = date(2016, 6, 16)
NUMBERS = (
    "469005198507010011",
    "46900519850701001X",
    "469005850701001",
    "46900519850701001Ｘ",
    "46900519850701001x",
    "4690051985070100111",
    "469005198507***",
    "01234567890123456X",
    "",
    None,
)


def test_numbers_of_a_column_are_those_of_single_texts() -> None:
    found = whole_numbers(pd.Series(NUMBERS, dtype=object))
    assert found.tolist() == [to_id18(text) for text in NUMBERS]
    assert whole_numbers(pd.Series([], dtype=object)).tolist() == []


@settings(max_examples=40)
@given(st.lists(st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True) | st.none(), max_size=6))
def test_codes_keep_the_order_of_numbers_and_lose_nothing(numbers: list[str | None]) -> None:
    codes = number_codes(pd.Series(numbers, dtype=object)).tolist()
    assert [code == NO_NUMBER for code in codes] == [number is None for number in numbers]
    known = [(number, code) for number, code in zip(numbers, codes, strict=True) if number is not None]
    assert [code for _, code in sorted(known)] == sorted(code for _, code in known)
    assert len({code for _, code in known}) == len({number for number, _ in known})


def test_an_entry_says_what_its_number_says_and_whether_a_roster_lists_the_person() -> None:
    rows: list[dict[str, object]] = [
        {"kind": FeedKind.MEMBER_ROSTER.value, "person_id": "p1", "id_no": "469005850701001"},
        {"kind": FeedKind.CLAIMS.value, "person_id": "p1", "id_no": "46900519850231002X"},
        {"kind": FeedKind.CLAIMS.value, "person_id": "p2", "id_no": None},
        {"kind": FeedKind.MEMBER_ROSTER.value, "person_id": None, "id_no": "469005000701001"},
        {"kind": FeedKind.CLAIMS.value, "person_id": None, "id_no": "46900500000101002X"},
    ]
    entries = Case(facts_of((), {"entries": rows}), AS_OF, load_params(AS_OF)).entries
    assert entries["id_birth"].tolist() == [birth_of(number) for number in entries["id18"]]
    assert entries["id_birth"].tolist()[:2] == ["1985-07-01", None]
    assert entries["id_sex"].tolist() == [sex_of(number) for number in entries["id18"]]
    assert entries["is_listed"].tolist() == [True, True, False, False, False]


def test_a_column_of_members_is_none_for_whoever_is_no_member() -> None:
    members = [{"person_id": "p1", "join_on": "1990-07"}, {"person_id": "p2", "join_on": "2001"}]
    case = Case(facts_of((), {"members": members}), AS_OF, load_params(AS_OF))
    asked = pd.Series(["p2", "stranger", "p1", "p2"], dtype=object)
    assert case.of_members("join_on", asked).tolist() == ["2001", None, "1990-07", "2001"]


def test_entries_of_persons_are_told_by_code_and_nobodys_never() -> None:
    people = ["p2", None, "p1", "p2", None]
    case = Case(facts_of((), {"entries": [{"person_id": one} for one in people]}), AS_OF, load_params(AS_OF))
    codes = case.persons_of(pd.Series(["p2", "stranger", None], dtype=object))
    assert codes.tolist()[1:] == [-1, -1]
    assert case.are_of(case.entries, codes).tolist() == [True, False, False, True, False]
    assert not case.are_of(case.entries, codes[1:]).any()


DATES = st.sampled_from([None, "1950", "1950-01", "1950-01-02", "1950-10", "1951"])


@given(st.lists(st.tuples(DATES, DATES), max_size=9))
@settings(max_examples=40, deadline=None)
def test_dates_are_compatible_when_one_begins_with_the_other(pairs: list[tuple[str | None, str | None]]) -> None:
    left, right = (pd.Series([pair[side] for pair in pairs], dtype=object) for side in (0, 1))
    expected = [bool(a and b and (a.startswith(b) or b.startswith(a))) for a, b in pairs]
    assert are_dates_compatible(left, right).tolist() == expected

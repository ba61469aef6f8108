"""Letters of introduction: which one is open, which reception is the last."""

from __future__ import annotations

from datetime import date

import pytest

from rules.clocks import day_texts
from rules.facts import frame_of
from rules.letters import last_receptions, open_letters

AS_OF = date(2016, 6, 16)


def letter(n: int, issued_on: str, **known: object) -> dict[str, object]:
    return {"person_id": "p1", "unique_id": f"t{n}", "to_org": f"org{n}", "issued_on": issued_on, **known}


@pytest.mark.parametrize(
    ("letters", "opened"),
    [
        ([letter(1, "2016-01-01")], ["t1"]),
        ([letter(1, "2016-01-01", received_on="2016-06-17")], ["t1"]),
        ([letter(1, "2016-01-01", received_on="2016-06-16")], []),
        ([letter(1, "2016-06-17")], []),
        ([letter(1, "2016-01-01"), letter(2, "2016-02-01")], ["t2"]),
        ([letter(1, "2016-01-01"), letter(2, "2016-02-01", received_on="2016-02-10")], []),
        ([letter(1, "2016-03-01"), letter(2, "2016-02-01", received_on="2016-02-10")], ["t1"]),
        ([letter(1, "2016-01-01", remark="作废")], []),
        ([letter(1, "2016-01-01", person_id=None)], []),
    ],
)
def test_open_letter(letters: list[dict[str, object]], opened: list[str]) -> None:
    assert open_letters(frame_of("transfers", letters), AS_OF, 90)["unique_id"].tolist() == opened


@pytest.mark.parametrize(("valid_days", "until"), [("30", "2016-01-31"), (None, "2016-03-31"), ("？", "2016-03-31")])
def test_last_valid_day(valid_days: str | None, until: str) -> None:
    found = open_letters(frame_of("transfers", [letter(1, "2016-01-01", valid_days=valid_days)]), AS_OF, 90)
    assert day_texts(found["last_valid_day"].to_numpy()).tolist() == [until]


def test_last_reception_by_the_day() -> None:
    rows = [letter(1, "2015-01-01", received_on="2015-03"), letter(2, "2015-01-10", received_on="2015-02-01"),
            letter(3, "2016-05-01", received_on="2016-07-01")]  # fmt: skip
    found = last_receptions(frame_of("transfers", rows), AS_OF)
    assert found["to_org"].to_dict() == {"p1": "org1"}
    assert day_texts(found["received_day"].to_numpy()).tolist() == ["2015-03-31"]

from __future__ import annotations

from typing import Any

from matching.pipeline import match_persons
from matching.spec import load_spec
from tests.matching.builders import ONE_ROW, SHOP, County, frame, id_number, match, no_judgements, no_persons, record

SPEC = load_spec()
#: Of one county's names, so that the model has something to learn from.
CROWD = County(8, 150, 600).build()[0]


def _unlinkable(*rows: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = match(*rows).model["unlinkable"]
    return found


def test_a_name_alone_reaches_nobody_not_even_itself() -> None:
    number = id_number("1900-01-01", 1)
    found = _unlinkable(
        record("poor", name="陈伟", source="thin"), record("rich", name="符志强", id_no=number, source="thick")
    )
    assert found["by_source"]["thin"] == 1
    assert found["by_source"]["thick"] == 0
    assert sum(found["by_source"].values()) == found["n_unlinkable"] + found["n_unguarded"]


def test_records_of_enterprises_are_not_counted() -> None:
    alone, beside = _unlinkable(record("a")), _unlinkable(record("a"), record("b", name="陈伟", **SHOP))
    assert alone["n_members"] == beside["n_members"]
    assert SHOP["source"] not in beside["by_source"]


def test_the_curve_counts_every_record_once_and_never_falls() -> None:
    found = match_persons(CROWD, SPEC, no_judgements(), no_persons(), ONE_ROW).model["unlinkable"]
    counts = [point["n"] for point in found["curve"]]
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (0, found["n_members"])
    below = [point["n"] for point in found["curve"] if point["threshold"] <= SPEC.link_threshold]
    assert found["n_unlinkable"] >= (below[-1] if below else 0)


def test_nobody_asks_nothing() -> None:
    found = match_persons(frame(), SPEC, no_judgements(), no_persons(), ONE_ROW).model["unlinkable"]
    assert found == {"n_members": 0, "n_unlinkable": 0, "n_unguarded": 0, "by_source": {}, "curve": []}

"""What a judgement would rest on stands with the question: levels, keys and hashes, never a value."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pandas as pd
import pytest

from data.words import set_language
from reports.evidence import AGAIN, former_words
from reports.queue import Remembered, review_queue
from tests.reports.builders import classifications, findings, frame, pair, pairs, record, records

PEOPLE = records(
    record("a1"), record("b1", "claims", source="claims"), record("c1", "enterprise_persons", source="shops")
)
LINKS = frame({}, [{"unique_id": "a1", "person_id": "P1"}, {"unique_id": "b1", "person_id": "P1"}])
STATES = pd.Series({name: f'{{"fields":{{"name":"{name}"}},"keys":"k-{name}"}}' for name in ("a1", "b1", "c1")})
WHEN = datetime(2016, 6, 18, 2, 0, tzinfo=UTC)


def queue(
    of: pd.DataFrame, again: list[tuple[object, ...]] | None = None, conflicts: list[dict[str, str]] | None = None
) -> pd.DataFrame:
    remembered = Remembered(pd.DataFrame(again or [], columns=AGAIN, dtype=object), STATES)
    found = frame({"unique_id_l": None, "unique_id_r": None, "reason": None, "path": None}, conflicts or [])
    return review_queue(of, PEOPLE, LINKS, findings(), classifications(), found, remembered)


def test_levels_and_states_of_the_record_and_every_candidate() -> None:
    compared = pairs(pair("a1", "c1", grade="possible")).assign(gamma_name=4, gamma_id_no=-1)
    (item,) = queue(compared).to_dict("records")
    evidence = json.loads(item["evidence"])
    assert evidence == {
        "levels": {"c1": {"name": 4, "id_no": -1}},
        "records": {name: {"fields": {"name": name}, "keys": f"k-{name}"} for name in ("a1", "c1")},
    }


def test_a_reopened_pair_is_asked_first_and_whatever_its_grade() -> None:
    """b1 and a1 are one person already, and the pair is certain: the question stands all the same."""
    again = [("a1", "b1", "positive", "王复核", WHEN, "mobile|employer")]
    items = queue(pairs(pair("a1", "b1", grade="certain"), pair("b1", "c1", grade="possible")), again)
    (item,) = items[items["unique_id"] == "b1"].to_dict("records")
    assert item["reason"].startswith("请重新判断：王复核 2016-06-18 判为“同一人”，此后手机、单位已变。")
    first, second = json.loads(item["candidates"])
    said = {
        "judgement": "positive",
        "reviewer": "王复核",
        "decided_on": "2016-06-18",
        "changed": ["mobile", "employer"],
    }
    assert (first["unique_id"], first["former"]) == ("a1", said)
    assert (second["unique_id"], second["former"]) == ("c1", None)
    assert queue(pairs(pair("a1", "b1", grade="certain"))).empty


def test_a_conflict_names_the_records_on_its_path() -> None:
    conflict = {"unique_id_l": "a1", "unique_id_r": "c1", "reason": "negative_judgement", "path": "a1 b1 c1"}
    (item,) = queue(pairs(), conflicts=[conflict]).to_dict("records")
    assert item["reason"].count(" — ") == 2
    for row in PEOPLE.itertuples():
        assert f"{row.name}（{row.source_file} {row.source_row}）" in item["reason"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "王复核 2016-06-18 判为“存疑”，此后记录已改"),
        ("en", "王复核 said “unsure” on 2016-06-18; a record changed since"),
    ],
)
def test_words_when_nobody_noted_the_grounds(language: str, words: str) -> None:
    set_language(language)
    try:
        assert former_words("unsure", "王复核", "2016-06-18", "") == words
    finally:
        set_language("zh")

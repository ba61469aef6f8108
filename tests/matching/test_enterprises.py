from __future__ import annotations

import pandas as pd
import pytest

from data.contracts.tables import ENTITIES
from matching import enterprises
from matching.enterprises import COLUMNS, is_public_body, match_employers
from tests.matching.employer_cases import CASES, REGISTER, Case, register, texts
from tests.matching.unseen_employer_cases import UNSEEN_CASES, UNSEEN_REGISTER


def _answers(rows: list[dict[str, object]], cases: list[Case]) -> list[tuple[str | None, str | None]]:
    found = match_employers(texts(cases), register(rows))
    by_text = dict(iter(found.groupby("unique_id")))
    answers: list[tuple[str | None, str | None]] = []
    for i in range(len(cases)):
        part = by_text.get(f"u{i:03}")
        answers.append((None, None) if part is None else ("|".join(sorted(part["entity_id"])), part["grade"].iloc[0]))
    return answers


@pytest.mark.parametrize(
    ("rows", "cases"), [(REGISTER, CASES), (UNSEEN_REGISTER, UNSEEN_CASES)], ids=["known", "unseen"]
)
def test_hand_written_cases(rows: list[dict[str, object]], cases: list[Case]) -> None:
    ENTITIES.validate(register(rows))
    wanted = [(("|".join(sorted(case[3].split("|"))) if case[3] else None), case[4]) for case in cases]
    answers = _answers(rows, cases)
    wrong = [(case[0], answer) for case, want, answer in zip(cases, wanted, answers, strict=True) if want != answer]
    assert len(cases) >= 60
    assert not [text for text, answer in wrong if answer[1] == "certain"]
    assert wrong == []


def test_order_of_rows_does_not_matter() -> None:
    entities, asked = register(REGISTER), texts(CASES)
    straight = match_employers(asked, entities)
    turned = match_employers(asked.iloc[::-1], entities.sample(frac=1.0, random_state=3))
    pd.testing.assert_frame_equal(straight, turned)


def test_chunks_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = match_employers(texts(CASES), register(REGISTER))
    monkeypatch.setattr(enterprises, "CHUNK_QUERIES", 7)
    pd.testing.assert_frame_equal(whole, match_employers(texts(CASES), register(REGISTER)))


def test_at_most_one_certain_and_then_nothing_else() -> None:
    found = match_employers(texts(CASES), register(REGISTER))
    with_certain = found[found["unique_id"].isin(found.loc[found["grade"] == "certain", "unique_id"])]
    assert not with_certain["unique_id"].duplicated().any()


def test_operator_named_with_the_text_breaks_a_tie() -> None:
    asked = texts([("云海便利店", None, None, None, None)])
    assert set(match_employers(asked, register(REGISTER))["grade"]) == {"possible"}
    found = match_employers(asked.assign(operator="张云"), register(REGISTER))
    assert found[["entity_id", "grade"]].to_numpy().tolist() == [["E06", "certain"]]


def test_ways_are_named() -> None:
    cases: list[Case] = [
        ("昌盛物流", "469005000001239", None, None, None),
        ("文昌龙楼鑫源商行", None, None, None, None),
        ("海南天一食品有限公司", None, None, None, None),
        ("金海湾酒店", None, "龙楼镇", None, None),
        ("周大福明（个体）", None, "龙楼镇", None, None),
        ("鑫缘商行", None, "龙楼镇", None, None),
    ]
    found = match_employers(texts(cases), register(REGISTER))
    assert found["how"].tolist() == ["number", "name", "former_name", "brand", "operator", "near_brand"]


def test_nothing_to_match() -> None:
    entities = register(REGISTER)
    nobody = texts([(None, None, None, None, None), ("务农", None, None, None, None)])
    for asked, register_ in ((nobody, entities), (nobody.iloc[:0], entities), (texts(CASES), entities.iloc[:0])):
        found = match_employers(asked, register_)
        assert found.empty
        assert list(found.columns) == list(COLUMNS)


def test_number_that_contradicts_the_name_is_for_review() -> None:
    cases: list[Case] = [("文教宏发砖厂", "469005000001239", "文教镇", None, None)]
    found = match_employers(texts(cases), register(REGISTER))
    assert dict(zip(found["entity_id"], found["grade"], strict=True)) == {"E22": "possible", "E35": "possible"}


def test_an_everyday_word_may_be_the_wrong_county() -> None:
    """东方鑫源商行 is of 东方, or has 东方 in its brand: no entity of another county with the brand 鑫源."""
    rows = [row for row in REGISTER if "鑫源" in str(row.get("entity_name"))]
    cases: list[Case] = [(text, None, None, None, None) for text in ("东方鑫源商行", "三沙鑫源商行", "白沙鑫源商行")]
    assert rows
    assert match_employers(texts(cases), register(rows)).empty


def test_public_bodies_keep_their_index() -> None:
    said = is_public_body(pd.Series(["龙楼镇人民政府", None, "鑫源商行"], index=[5, 3, 9], name="employer"))
    assert said.to_dict() == {5: True, 3: False, 9: False}
    assert said.name == "employer"

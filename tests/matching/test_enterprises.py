from __future__ import annotations

import pandas as pd
import pytest

from data.contracts.tables import ENTITIES
from matching import enterprises
from matching.enterprises import COLUMNS, match_employers
from tests.matching.employer_cases import CASES, REGISTER, SHOP, Case, register, texts
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


def _grades(rows: list[dict[str, object]], text: str, township: str | None, **known: str) -> dict[str, str]:
    """Entity and grade of what one employer text finds; known: more columns of the record."""
    found = match_employers(
        texts([(text, None, township, None, None)]).assign(**known),
        register([{"operator": None, **row} for row in rows]),
    )
    return dict(zip(found["entity_id"], found["grade"], strict=True))


#: One brand and one kind of trade in two townships; a third part of the register lies in the county's seat.
TWO_OF_A_BRAND: list[dict[str, object]] = [
    {"entity_id": "COURIER", "entity_name": "海南清海快递有限公司", "township": "东阁镇"},
    {"entity_id": "FREIGHT", "entity_name": "文昌市清海物流厂", "township": "昌洒镇"},
    {"entity_id": "OTHER", "entity_name": "文昌市大兴包装厂", "township": "龙楼镇"},
]


@pytest.mark.parametrize(
    ("text", "township", "wanted"),
    [
        ("清海快递", "昌洒镇", {"COURIER": "certain"}),
        ("清海物流", "东阁镇", {"FREIGHT": "certain"}),
        # Other words of the kind leave it open where the member is of neither township.
        ("清海运输", "龙楼镇", {"COURIER": "possible", "FREIGHT": "possible"}),
    ],
)
def test_the_words_of_the_trade_decide_over_the_township_of_the_record(
    text: str, township: str, wanted: dict[str, str]
) -> None:
    assert _grades(TWO_OF_A_BRAND, text, township) == wanted


#: A firm and a shop of one brand and trade, neither in the township where the member is registered.
FIRM_AND_SHOP: list[dict[str, object]] = [
    {"entity_id": "FIRM", "entity_name": "海南文昌航明五金有限公司", "township": "重兴镇"},
    {"entity_id": "SHOP", "entity_name": "文昌昌洒航明五金店", "township": "昌洒镇", **SHOP},
]


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ({}, {"FIRM": "possible", "SHOP": "possible"}),
        ({"flow_to": "文昌市重兴镇"}, {"FIRM": "certain"}),
        ({"flow_to": " 昌洒 镇"}, {"SHOP": "certain"}),
        ({"flow_to": "外出务工"}, {"FIRM": "possible", "SHOP": "possible"}),
        ({"flow_to": "四川省成都市"}, {"FIRM": "possible", "SHOP": "possible"}),
        ({"registered_at": "SHOP"}, {"SHOP": "certain"}),
        ({"registered_at": "ELSEWHERE FIRM"}, {"FIRM": "certain"}),
        ({"registered_at": "FIRM SHOP"}, {"FIRM": "possible", "SHOP": "possible"}),
    ],
)
def test_where_the_member_went_and_is_listed_tells_which_of_two(known: dict[str, str], wanted: dict[str, str]) -> None:
    assert _grades(FIRM_AND_SHOP, "航明五金", "东郊镇", **known) == wanted


def test_who_went_to_another_province_works_at_no_firm_of_the_county_by_its_brand_alone() -> None:
    only: list[dict[str, object]] = FIRM_AND_SHOP[:1]
    assert _grades(only, "航明五金", "东郊镇") == {"FIRM": "certain"}
    assert _grades(only, "航明五金", "东郊镇", flow_to="广东省深圳市") == {"FIRM": "possible"}
    assert _grades(only, "海南文昌航明五金有限公司", "东郊镇", flow_to="广东省深圳市") == {"FIRM": "certain"}


def test_of_two_shops_of_one_name_the_closed_one_where_the_register_lists_the_member() -> None:
    rows: list[dict[str, object]] = [
        {"entity_id": "CLOSED", "entity_name": "文昌龙楼宏明洗车行", "status": "cancelled", **SHOP},
        {"entity_id": "OPEN", "entity_name": "文昌龙楼宏明洗车行", **SHOP},
    ]
    assert _grades(rows, "龙楼宏明洗车行", "抱罗镇") == {"OPEN": "certain"}
    assert _grades(rows, "龙楼宏明洗车行", "抱罗镇", registered_at="CLOSED") == {"CLOSED": "certain"}


def test_to_live_in_the_seat_where_most_firms_are_says_little() -> None:
    twins: list[dict[str, object]] = [
        {"entity_id": "SEAT", "entity_name": "文昌文城航明五金店", "township": "文城镇", **SHOP},
        {"entity_id": "VILLAGE", "entity_name": "文昌昌洒航明五金店", "township": "昌洒镇", **SHOP},
    ]
    others: list[dict[str, object]] = [
        {"entity_id": f"O{n}", "entity_name": f"文昌文城大兴{n}店", "township": "文城镇", **SHOP} for n in range(20)
    ]
    assert _grades([*twins, *others], "航明五金店", "昌洒镇") == {"VILLAGE": "certain"}
    assert _grades([*twins, *others], "航明五金店", "文城镇") == {"SEAT": "possible", "VILLAGE": "possible"}

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.values.identifiers import id_status
from matching import references
from matching.references import References, branch_key
from tests.matching.builders import frame, id_number, record

XIAOMING, WANG = id_number("1901-02-03", 1), id_number("1902-02-03", 2)
OTHER = id_number("1905-05-05", 7)
RECORDS = frame(
    record("a1", name="陈小明", id_no=XIAOMING, branch="龙楼村党支部", mobile="13900000001", township="龙楼镇"),
    record("a2", name="陈小明", kind="enterprise_persons", mobile="13900000009"),
    record("b1", name="王芳", id_no=WANG, branch="文城党支部", township="文城镇"),
    record("c1", name="王芳", branch="中共文昌市东郊镇支部委员会", township="东郊镇"),
    record("d1", name="林海", township="东郊镇"),
    record("e1", name="林海", township="东郊镇"),
    record("f1", name="符强", township="龙楼镇", branch="龙楼村党支部"),
    record("g1", name="符强", township="龙楼镇", branch="红海村党支部"),
    record("h1", name="云山", birth="1908-08-08", branch="抱罗党支部"),
    record("i1", name="云山", birth="1909-09-09", branch="抱罗党支部"),
    record("z1", name="韩雪", kind="enterprise_persons", mobile="13900000002"),
)
LINKS = pd.DataFrame(
    {
        "unique_id": ["a1", "a2", "b1", "c1", "d1", "e1", "f1", "g1", "h1", "i1"],
        "person_id": ["P1", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9"],
    },
    dtype=object,
)
WRONG_DIGIT = XIAOMING[:9] + str((int(XIAOMING[9]) + 1) % 10) + XIAOMING[10:]
WRONG_DIGIT_TOO = XIAOMING[:10] + str((int(XIAOMING[10]) + 1) % 10) + XIAOMING[11:]
#: The last digit of the birth and the one behind it.
BIRTH_SWAPPED = XIAOMING[:13] + XIAOMING[14] + XIAOMING[13] + XIAOMING[15:]


def _event(**values: str) -> dict[str, Any]:
    return {"name": None, "id_no": None, "mobile": None, "branch": None, "township": None, "area": "469005"} | values


CASES: list[tuple[dict[str, Any], str | None, str | None]] = [
    (_event(name="陈小明", id_no=XIAOMING), "P1", "id"),
    (_event(name="陈晓明", id_no=XIAOMING), "P1", "id"),
    (_event(id_no=WANG), "P2", "id"),
    (_event(name="王强", id_no=XIAOMING), None, None),
    (_event(name="陈小明", id_no=WRONG_DIGIT), "P1", "id_near"),
    (_event(name="陈小明", id_no=XIAOMING[:6] + "********" + XIAOMING[14:]), "P1", "id_near"),
    (_event(name="陈小明", id_no=XIAOMING[:15] + "***"), "P1", "id_near"),
    # A slip in the number and one in the name: the branch that wrote both rows knew one person.
    (_event(name="陈小敏", id_no=WRONG_DIGIT_TOO, branch="龙楼村党支部"), "P1", "id_near"),
    (_event(name="陈强", id_no=XIAOMING, branch="龙楼村党支部"), "P1", "id"),
    (_event(name="陈强", id_no=XIAOMING[:15] + "***", branch="龙楼村党支部"), None, None),
    (_event(name="王大伟", id_no=WRONG_DIGIT, branch="龙楼村党支部"), None, None),
    # Two digits swapped where two parts of the number meet, and a name that only sounds the same.
    (_event(name="陈晓明", id_no=BIRTH_SWAPPED, branch="龙楼村党支部"), "P1", "id_near"),
    (_event(name="陈晓明", id_no=BIRTH_SWAPPED, branch="文城党支部"), None, None),
    # A name as far as it can be read, with half a number: enough within one branch only.
    (_event(name="陈小□", id_no=XIAOMING[:14] + "****", branch="龙楼村党支部"), "P1", "id_near"),
    (_event(name="陈小□", id_no=XIAOMING[:14] + "****", branch="文城党支部"), None, None),
    (_event(name="陈小明", mobile="13900000009"), "P1", "name_mobile"),
    (_event(name="王芳", branch="文城党支部"), "P2", "name_branch"),
    (_event(name="王芳", branch="东郊镇党支部"), "P3", "name_branch"),
    (_event(name="王芳"), None, None),
    (_event(name="王芳", township="东郊镇"), "P3", "name_township"),
    # Two persons of one name in one township: a tie, until the branch tells them apart.
    (_event(name="林海", township="东郊镇"), None, None),
    (_event(name="符强", township="龙楼镇"), None, None),
    (_event(name="符强", township="龙楼镇", branch="红海村党支部"), "P7", "name_branch"),
    # A valid number that is really another's forbids every weaker way to a person with a number, not to one without.
    (_event(name="王芳", id_no=OTHER, branch="文城党支部"), None, None),
    (_event(name="陈小明", id_no=OTHER, mobile="13900000001"), None, None),
    (_event(name="王芳", id_no=OTHER, branch="东郊镇党支部"), "P3", "name_branch"),
    # Two namesakes of one branch without a number: whose day of birth the number tells.
    (_event(name="云山", branch="抱罗党支部", id_no=id_number("1908-08-08", 3)), "P8", "name_birth"),
    (_event(name="云山", branch="抱罗党支部", id_no=id_number("1910-08-08", 3)), None, None),
    # Nobody who is no member-side person.
    (_event(name="韩雪", mobile="13900000002"), None, None),
]


def _events(values: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame([{"unique_id": f"x{i:02}", **value} for i, value in enumerate(values)]).astype(object)


@pytest.mark.parametrize(("event", "person", "how"), CASES)
def test_cascade(event: dict[str, Any], person: str | None, how: str | None) -> None:
    found = References(_events([event]), RECORDS, LINKS).persons()
    assert found[["person_id", "how"]].to_numpy().tolist() == [[person, how]]


def test_rows_keep_their_order_and_do_not_disturb_each_other() -> None:
    events = _events([event for event, *_ in CASES] * 2)
    found = References(events, RECORDS.iloc[::-1], LINKS.sample(frac=1.0, random_state=1)).persons()
    assert found["unique_id"].tolist() == events["unique_id"].tolist()
    assert found["person_id"].tolist() == [person for _, person, _ in CASES] * 2


def test_feed_without_optional_columns() -> None:
    events = _events([_event(name="陈小明", id_no=XIAOMING)])[["unique_id", "name", "id_no"]]
    assert References(events, RECORDS, LINKS).persons()["person_id"].tolist() == ["P1"]


def test_asked_again_of_some_persons_it_is_as_if_only_they_were_linked() -> None:
    events = _events([event for event, *_ in CASES])
    references = References(events, RECORDS, LINKS)
    for person in sorted(LINKS["person_id"].unique()):
        others = LINKS[LINKS["person_id"] != person]
        alone = References(events, RECORDS, others).persons()
        pd.testing.assert_frame_equal(references.persons(others["person_id"]), alone)
    assert references.persons()["person_id"].tolist() == [person for _, person, _ in CASES]


def test_nothing_to_resolve() -> None:
    events = _events([CASES[0][0]])
    assert References(events.iloc[:0], RECORDS, LINKS).persons().empty
    unknown = References(events, RECORDS, LINKS.iloc[:0]).persons()
    assert unknown.to_numpy().tolist() == [["x00", None, None]]


#: Records and events that share numbers and names in every way that the short way must not decide alone.
NUMBERS = [
    None,
    XIAOMING,
    WANG,
    XIAOMING[:6] + XIAOMING[8:17],
    XIAOMING[:15] + "000",
    WRONG_DIGIT,
    id_number("1901-02-03", 3),
]
ONE = st.fixed_dictionaries(
    {
        "name": st.sampled_from([None, "陈小明", "陳小明", "陈小□", "陈小某", "王芳"]),
        "id_no": st.sampled_from(NUMBERS),
        "mobile": st.sampled_from([None, None, "13900000001"]),
        "branch": st.sampled_from([None, "龙楼村党支部"]),
    }
)


@settings(max_examples=50, deadline=None)
@given(st.lists(ONE, min_size=1, max_size=6), st.lists(ONE, min_size=1, max_size=6), st.integers(1, 4))
def test_a_number_and_name_copied_from_a_record_give_what_all_evidence_gives(
    rows: list[dict[str, Any]], asked: list[dict[str, Any]], n_persons: int
) -> None:
    records = frame(*(record(f"r{n}", **{"name": "林海", **row}) for n, row in enumerate(rows)))
    records["name"] = pd.Series([row["name"] for row in rows], dtype=object)
    records["id_status"] = pd.Series([id_status(row["id_no"], date.max).value for row in rows], dtype=object)
    persons = [f"P{n % n_persons}" for n in range(len(rows))]
    links = pd.DataFrame({"unique_id": records["unique_id"], "person_id": persons}, dtype=object)
    events = _events([_event() | event for event in asked])
    found = References(events, records, links).persons()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(references, "_by_exact_number", lambda referents, *_: np.full(len(referents["name"].codes), -1))
        pd.testing.assert_frame_equal(found, References(events, records, links).persons())


def test_most_events_need_no_weighing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "_by_evidence", None)
    events = _events([_event(name="陈小明", id_no=XIAOMING), _event(name="王芳", id_no=WANG, branch="别的党支部")])
    assert References(events, RECORDS, LINKS).persons()["person_id"].tolist() == ["P1", "P2"]


def test_branch_key() -> None:
    assert branch_key("中共文昌市龙楼镇红海村支部委员会") == branch_key("龙楼红海村党支部") == "龙楼红海村"
    assert branch_key("鑫源公司党支部") != branch_key("鑫源公司龙楼党支部")

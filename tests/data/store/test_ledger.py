"""One live judgement a pair, whatever happened before; nothing said is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from data.errors import ConfigError
from data.model import Judgement
from data.store import audit
from data.store.frames import judgements_of_people, live_judgements
from data.store.ledger import Statement, append_judgement, history, withdraw_judgement
from data.store.session import Store, open_store
from data.store.tables import JUDGEMENTS
from tests.data.store.builders import AREA, NOW


def _say(store: Store, left: str, right: str, judgement: Judgement, area: str = AREA) -> int:
    return append_judgement(store, area, Statement(left, right, judgement), "王复核", "同名同村", NOW)


def _live(store: Store, area: str = AREA) -> list[tuple[str, str, str]]:
    return [tuple(row) for row in live_judgements(store, area).itertuples(index=False)]


def test_empty(store: Store) -> None:
    frame = live_judgements(store, AREA)
    assert frame.empty
    assert list(frame.columns) == ["unique_id_l", "unique_id_r", "judgement"]


def test_the_newest_is_live_and_history_stays(store: Store) -> None:
    _say(store, "b", "a", Judgement.POSITIVE)
    _say(store, "a", "b", Judgement.NEGATIVE)
    _say(store, "c", "a", Judgement.UNSURE)
    assert _live(store) == [("a", "b", "negative"), ("a", "c", "unsure")]
    assert [row["judgement"] for row in history(store, "b", "a")] == ["positive", "negative"]
    assert audit.verify_chain(store).n_rows == 3


def test_withdrawing_brings_back_the_one_before(store: Store) -> None:
    first = _say(store, "a", "b", Judgement.POSITIVE)
    second = _say(store, "a", "b", Judgement.NEGATIVE)
    withdraw_judgement(store, AREA, second, "李复核", "看错了", NOW)
    assert _live(store) == [("a", "b", "positive")]
    withdraw_judgement(store, AREA, first, "李复核", "也看错了", NOW)
    assert _live(store) == []
    rows = history(store, "a", "b")
    assert [(row["judgement"], row["withdraws"]) for row in rows] == [
        ("positive", None),
        ("negative", None),
        (None, second),
        (None, first),
    ]


def test_nothing_is_withdrawn_twice_or_from_another_book(store: Store) -> None:
    said = _say(store, "a", "b", Judgement.POSITIVE)
    with pytest.raises(ValueError, match="no standing judgement"):
        withdraw_judgement(store, "469021", said, "李复核", "看错了", NOW)
    withdraw_judgement(store, AREA, said, "李复核", "看错了", NOW)
    with pytest.raises(ValueError, match="no standing judgement"):
        withdraw_judgement(store, AREA, said, "李复核", "看错了", NOW)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("469005", ["a", "e"]), ("469021", ["c", "e"]), ("46", ["a", "c", "e"]), ("44", [])],
)
def test_a_county_s_judgements_hold_in_the_province_and_the_other_way(
    store: Store, asked: str, expected: list[str]
) -> None:
    _say(store, "a", "b", Judgement.POSITIVE, "469005")
    _say(store, "c", "d", Judgement.POSITIVE, "469021")
    _say(store, "e", "f", Judgement.POSITIVE, "46")
    assert [left for left, _, _ in _live(store, asked)] == expected


def test_the_machine_does_not_judge_and_withdrawing_needs_a_reason(store: Store) -> None:
    statement = Statement("a", "b", Judgement.POSITIVE)
    for nobody in ("", "  ", "longlou", " Longlou "):
        with pytest.raises(ConfigError):
            append_judgement(store, AREA, statement, nobody, "r", NOW)
    said = append_judgement(store, AREA, statement, "王复核", "", NOW)
    with pytest.raises(ConfigError):
        withdraw_judgement(store, AREA, said, "王复核", " ", NOW)
    with pytest.raises(ValueError, match="two records"):
        append_judgement(store, AREA, Statement("a", "a", Judgement.POSITIVE), "王复核", "", NOW)
    assert _live(store) == [("a", "b", "positive")]


def test_evidence_and_reason_are_kept_masked(store: Store) -> None:
    evidence = {"match_key": "+姓名", "id_no": "11010519491231002X"}
    statement = Statement("a", "b", Judgement.POSITIVE, evidence, run_id="run-1", item_id="q1")
    append_judgement(store, AREA, statement, "王复核", "打过13800001234", NOW)
    (row,) = history(store, "a", "b")
    assert row["evidence"] == {"match_key": "+姓名", "id_no": "110105********002X"}
    assert (row["reason"], row["decided_at"], row["item_id"]) == ("打过138****1234", NOW, "q1")


_PAIR = st.sampled_from([("a", "b"), ("b", "a"), ("a", "c")])
_STEP = st.one_of(st.tuples(_PAIR, st.sampled_from(list(Judgement))), st.tuples(_PAIR, st.none()))


@given(steps=st.lists(_STEP, max_size=8))
def test_any_sequence_leaves_at_most_one_live_judgement_a_pair(
    steps: list[tuple[tuple[str, str], Judgement | None]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Against a stack a pair: a judgement pushes, a withdrawal of the live one pops."""
    stacks: dict[tuple[str, str], list[tuple[int, Judgement]]] = {}
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'longlou.db'}") as store:
        for (left, right), judgement in steps:
            stack = stacks.setdefault((min(left, right), max(left, right)), [])
            if judgement is not None:
                stack.append((_say(store, left, right, judgement), judgement))
            elif stack:
                withdraw_judgement(store, AREA, stack.pop()[0], "李复核", "看错了", NOW)
        expected = [(*pair, str(stack[-1][1])) for pair, stack in sorted(stacks.items()) if stack]
        assert _live(store) == expected


def test_a_model_learns_from_people_alone(store: Store) -> None:
    append_judgement(store, AREA, Statement("a", "b", Judgement.POSITIVE), "王复核", "", NOW)
    append_judgement(store, AREA, Statement("c", "d", Judgement.UNSURE), "王复核", "", NOW)
    with store.write() as connection:
        # Nobody can append such a row through the ledger; an import of old data could have.
        said = {"unique_id_l": "e", "unique_id_r": "f", "judgement": "positive", "reviewer": " Longlou "}
        rest = {"run_area": AREA, "reason": "", "evidence": {}, "decided_at": NOW}
        connection.execute(insert(JUDGEMENTS).values(**said, **rest))
    assert len(live_judgements(store, AREA)) == 3
    assert judgements_of_people(store, AREA).to_numpy().tolist() == [["a", "b", "positive"], ["c", "d", "unsure"]]

"""The loop: a night asks, an analyst answers, the next night reads the answer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from data.errors import ConfigError, InvalidTransition
from data.model import Judgement, QueueKind, QueueState
from data.store import audit, findings
from data.store.frames import live_judgements
from data.store.ledger import Statement, append_judgement, history
from data.store.publish import publish
from data.store.queue import LEASE, QueueFilter
from data.store.session import Store
from data.store.transitions import FindingState
from review.choices import parse_choice
from review.service import decide_finding, next_item, queue_page, record_judgement, undo
from tests.data.store.builders import AREA, NOW, candidate, finding, handed, item, run


def _ask(store: Store, *asked: Mapping[str, Any], found: tuple[Mapping[str, Any], ...] = (), night: int = 1) -> None:
    publish(store, run(f"run-{night}"), handed(asked=asked, found=found), NOW)


def _live(store: Store) -> dict[tuple[str, str], str]:
    rows = live_judgements(store, AREA).itertuples(index=False)
    return {(row.unique_id_l, row.unique_id_r): row.judgement for row in rows}


def _answer(store: Store, text: str, reviewer: str = "王", reason: str = "", item_id: str = "q1") -> None:
    record_judgement(store, AREA, item_id, parse_choice(text), reviewer, reason, NOW)


def _state(store: Store, finding_id: str) -> str:
    found = findings.get(store, AREA, finding_id)
    assert found is not None
    return str(found["state"])


def test_choosing_a_candidate_rejects_the_others(store: Store) -> None:
    _ask(store, item("q1", candidate("x"), candidate("Z")))
    taken = next_item(store, AREA, "王", now=NOW)
    assert taken is not None
    decided = record_judgement(store, AREA, taken.item_id, parse_choice("1"), "王", "", NOW)
    assert (decided.state, decided.choice, decided.decided_by) == (QueueState.DECIDED, "1", "王")
    assert _live(store) == {("a", "x"): "positive", ("Z", "a"): "negative"}
    (row,) = history(store, "a", "x")
    assert row["item_id"] == "q1"
    versions = {"code_version": "0.1.0", "model_digest": "m1", "rules_digest": "r1"}
    assert row["evidence"] == {"match_key": "+姓名", "probability": 0.9, "version": 1, "weight": 3.5, **versions}
    assert next_item(store, AREA, "王", now=NOW) is None
    assert audit.verify_chain(store).is_intact


@pytest.mark.parametrize(("text", "expected"), [("0", "negative"), ("unsure", "unsure")])
def test_none_and_unsure(store: Store, text: str, expected: str) -> None:
    _ask(store, item("q1", candidate("x"), candidate("y")))
    _answer(store, text, reason="同名同姓")
    if text == "unsure":
        assert _live(store) == {}, "one person unsure asks another"
        _answer(store, text, reviewer="李", reason="同名同姓")
    assert _live(store) == {("a", "x"): expected, ("a", "y"): expected}


def test_undo_restores_the_card_and_what_was_said_before(store: Store) -> None:
    append_judgement(store, AREA, Statement("a", "x", Judgement.UNSURE), "陈", "", NOW)
    _ask(store, item("q1", candidate("x"), candidate("y")))
    before = queue_page(store, AREA).cards
    _answer(store, "1")
    reopened = undo(store, AREA, "q1", "李", "按错了", NOW + timedelta(seconds=5))
    assert (reopened.state, reopened.version, reopened.choice) == (QueueState.OPEN, 2, None)
    assert [found.candidates for found in queue_page(store, AREA).cards] == [found.candidates for found in before]
    assert _live(store) == {("a", "x"): "unsure"}
    _answer(store, "2")
    assert _live(store) == {("a", "x"): "negative", ("a", "y"): "positive"}
    assert len(history(store, "a", "x")) == 4
    assert audit.verify_chain(store).is_intact


def test_undo_only_what_was_decided(store: Store) -> None:
    _ask(store, item("q1", candidate("x")))
    with pytest.raises(InvalidTransition):
        undo(store, AREA, "q1", "王", "按错了", NOW)
    _answer(store, "1")
    with pytest.raises(ConfigError):
        undo(store, AREA, "q1", "王", " ", NOW)
    assert _live(store) == {("a", "x"): "positive"}


def test_a_false_entry_strikes_out_every_finding_and_undo_takes_it_back(store: Store) -> None:
    hint = finding("f3", is_false_entry=False, evidence_grade="C")
    others = finding("f2", rule_code="F08"), hint, finding("f4", unique_id="c", person_id="P2"), finding("f5")
    _ask(store, item("q1", kind="false_entry", candidates="[]"), found=(finding("f1"), *others))
    decide_finding(store, AREA, "f5", FindingState.DISMISSED, "陈", "证书有误", NOW - timedelta(days=1))
    with pytest.raises(ConfigError):
        _answer(store, "uphold")
    _answer(store, "uphold", reason="民政已核实")
    assert _state(store, "f1") == FindingState.PROPOSED, "one person proposes, another approves"
    _answer(store, "uphold", reviewer="陈", reason="民政已核实")
    assert {name: _state(store, name) for name in ("f1", "f2", "f3", "f4", "f5")} == {
        "f1": "upheld", "f2": "upheld", "f3": "proposed", "f4": "proposed", "f5": "dismissed",
    }  # fmt: skip
    assert _live(store) == {}
    undo(store, AREA, "q1", "李", "另有其人", NOW)
    assert {name: _state(store, name) for name in ("f1", "f2", "f5")} == {
        "f1": "proposed", "f2": "proposed", "f5": "dismissed",
    }  # fmt: skip


def test_unsure_leaves_findings_proposed(store: Store) -> None:
    _ask(store, item("q1", kind="false_entry", candidates="[]"), found=(finding("f1"),))
    for reviewer in ("王", "李"):
        _answer(store, "unsure", reviewer, "需电话核实")
    assert _state(store, "f1") == FindingState.PROPOSED
    assert queue_page(store, AREA).counts == {(QueueKind.FALSE_ENTRY, QueueState.DECIDED): 1}


def test_a_class_is_upheld_without_judgements(store: Store) -> None:
    _ask(store, item("q1", kind="classification", candidates="[]"))
    _answer(store, "dismiss", reason="每月见面")
    (shown,) = queue_page(store, AREA, QueueFilter(state=QueueState.DECIDED)).cards
    assert (shown.choice, shown.decision_reason) == ("dismiss", "每月见面")
    undo(store, AREA, "q1", "王", "按错了", NOW)
    assert _live(store) == {}


@pytest.mark.parametrize(
    ("text", "reviewer", "reason", "error"),
    [
        ("2", "王", "", ConfigError),  # no such candidate
        ("uphold", "王", "r", ConfigError),  # not an answer to a match
        ("unsure", "王", "", ConfigError),  # no reason
        ("1", "longlou", "", ConfigError),  # the machine
        ("1", "李", "", InvalidTransition),  # another holds it
    ],
)
def test_a_refused_answer_changes_nothing(
    store: Store, text: str, reviewer: str, reason: str, error: type[Exception]
) -> None:
    _ask(store, item("q1", candidate("x")))
    next_item(store, AREA, "王", now=NOW)
    before = queue_page(store, AREA), audit.verify_chain(store)
    with pytest.raises(error):
        _answer(store, text, reviewer, reason)
    assert (queue_page(store, AREA), audit.verify_chain(store)) == before
    assert _live(store) == {}


def test_two_reviewers_answer_different_cards_and_the_slow_one_is_told(store: Store) -> None:
    _ask(store, item("q1", candidate("x"), priority=900), item("q2", candidate("y")))
    first, second = (next_item(store, AREA, reviewer, now=NOW) for reviewer in ("王", "李"))
    assert first is not None
    assert second is not None
    assert (first.item_id, second.item_id) == ("q1", "q2")
    again = next_item(store, AREA, "陈", now=NOW + LEASE)
    assert again is not None
    assert again.item_id == "q1"
    late = NOW + LEASE + timedelta(seconds=1)
    with pytest.raises(InvalidTransition, match="陈"):
        record_judgement(store, AREA, "q1", parse_choice("1"), "王", "", late)


def test_no_rerun_contradicts_a_decision(store: Store) -> None:
    _ask(store, item("q1", candidate("x")))
    _answer(store, "0")
    _ask(store, item("q1", candidate("x", weight=9.9)), night=2)
    assert next_item(store, AREA, "王", now=NOW) is None
    assert _live(store) == {("a", "x"): "negative"}


def test_reviewers_and_a_publishing_run_at_once(store: Store) -> None:
    _ask(store, *(item(f"q{number:02}", candidate(f"x{number:02}")) for number in range(24)))

    def work(reviewer: str) -> None:
        for _ in range(6):
            taken = next_item(store, AREA, reviewer, now=NOW)
            if taken is not None:
                record_judgement(store, AREA, taken.item_id, parse_choice("1"), reviewer, "", NOW)

    def nights() -> None:
        for night in range(2, 6):
            again = [item(f"q{number:02}", candidate(f"x{number:02}", weight=night)) for number in range(24)]
            _ask(store, *again, night=night)

    with ThreadPoolExecutor(5) as pool:
        for done in [pool.submit(nights), *(pool.submit(work, f"复核{n}") for n in range(4))]:
            done.result()
    n_decided = queue_page(store, AREA).counts[(QueueKind.MATCH, QueueState.DECIDED)]
    assert n_decided == len(_live(store)) > 0
    assert audit.verify_chain(store).is_intact


def test_a_finding_by_itself(store: Store) -> None:
    _ask(store, found=(finding("f1"),))
    decide_finding(store, AREA, "f1", FindingState.UPHELD, "王", "已核实", NOW)
    with pytest.raises(InvalidTransition):
        decide_finding(store, AREA, "f1", FindingState.DISMISSED, "李", "未核实", NOW)
    decide_finding(store, AREA, "f1", FindingState.PROPOSED, "李", "再查", NOW)
    assert _state(store, "f1") == "proposed"


def test_review_does_not_load_pandas() -> None:
    code = "import sys, review.service; sys.exit('pandas' in sys.modules or 'prefect' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False, timeout=120).returncode == 0

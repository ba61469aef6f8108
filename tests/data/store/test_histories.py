"""What the history page is told of a person: everything to who sees the book, one's own rows to a county."""

from __future__ import annotations

import json

import pandas as pd

from data.model import Judgement
from data.store.histories import history_of
from data.store.ledger import Statement, append_judgement
from data.store.publish import PublishTables, publish
from data.store.scope import Scope
from data.store.session import Store
from tests.data.store.builders import NOW, candidate, classifications, finding, handed, item, run

_OURS, _THEIRS = Scope.of(["469005"]), Scope.of(["469021"])


def _night(store: Store, number: int, of: dict[str, str], primary_class: str = "normal") -> None:
    """P1 is a member of 469005 with record `a` there and `b` in 469021."""
    asked = (item("q1", candidate("x"), unique_id="a"), item("q2", candidate("y"), unique_id="b", area="469021"))
    found = (finding("f1", unique_id="b"), finding("f2", unique_id=None), finding("f3", unique_id="a"))
    tables = handed(of, asked=asked, found=found)
    classes = classifications({"P1": primary_class})
    cards = {"unique_id": ["a", "b"], "name": "王", "employer": None, "area": ["469005", "469021"]}
    shown = pd.DataFrame({**cards, "shown": json.dumps({"name": "王"})}, dtype=object)
    tables = PublishTables(**{**vars(tables), "classifications": classes, "cards": shown})
    publish(store, run(f"run-{number}", "46"), tables, NOW)


def test_who_sees_the_book_is_told_everything(store: Store) -> None:
    _night(store, 1, {"a": "P1", "b": "P1", "c": "P1"})
    _night(store, 2, {"a": "P1", "b": "P1", "c": "P2"}, "lost")
    append_judgement(store, "46", Statement("b", "x", Judgement.NEGATIVE, {}), "王复核", "不同", NOW)
    told = history_of(store, "46", "a", "P1")
    assert (told.person_id, told.unique_ids, told.n_elsewhere) == ("P1", ("a", "b"), 0)
    assert told.classification is not None
    assert told.classification["primary_class"] == "lost"
    assert [row["finding_id"] for row in told.findings] == ["f1", "f2", "f3"]
    assert [row["item_id"] for row in told.questions] == ["q1", "q2"]
    assert [(one.unique_id_l, one.judgement) for one in told.judgements] == [("b", Judgement.NEGATIVE)]
    assert [(row["kind"], row["to_person_id"]) for row in told.lineage] == [("split", "P2")]
    assert [(row["run_id"], row["before"], row["after"]) for row in told.classes] == [("run-2", "normal", "lost")]
    assert history_of(store, "46", "a", None) == told


def test_a_county_is_told_of_its_own_rows(store: Store) -> None:
    _night(store, 1, {"a": "P1", "b": "P1"})
    _night(store, 2, {"a": "P1", "b": "P1"}, "lost")
    append_judgement(store, "46", Statement("b", "x", Judgement.NEGATIVE, {}), "王复核", "不同", NOW)
    ours = history_of(store, "46", "a", "P1", _OURS)
    assert (ours.unique_ids, ours.n_elsewhere) == (("a",), 1)
    assert [row["item_id"] for row in ours.questions] == ["q1"]
    assert ours.judgements == ()
    # The member is theirs: what is found of the person is, too.
    assert [row["finding_id"] for row in ours.findings] == ["f1", "f2", "f3"]
    assert len(ours.classes) == 1


def test_of_another_county_s_member_only_one_s_own_record(store: Store) -> None:
    _night(store, 1, {"a": "P1", "b": "P1"})
    _night(store, 2, {"a": "P1", "b": "P1"}, "lost")
    told = history_of(store, "46", "b", "P1", _THEIRS)
    assert (told.unique_ids, told.n_elsewhere, told.classification) == (("b",), 1, None)
    assert [row["finding_id"] for row in told.findings] == ["f1"]
    assert [row["item_id"] for row in told.questions] == ["q2"]
    assert (told.lineage, told.classes) == ((), ())


def test_a_record_of_nobody(store: Store) -> None:
    _night(store, 1, {"a": "P1"})
    told = history_of(store, "46", "z", None)
    empty = (told.findings, told.questions, told.judgements, told.lineage, told.classes)
    assert (told.person_id, told.unique_ids, told.n_elsewhere, empty) == (None, ("z",), 0, ((),) * 5)
    assert told.classification is None

"""The live judgements about a few records, across the books that share them, and whose the records are."""

from __future__ import annotations

from data.model import Judgement
from data.store import ledger
from data.store.judged import live_about, persons_of
from data.store.ledger import Statement, append_judgement
from data.store.publish import publish
from data.store.session import Store
from data.store.tables import JUDGEMENTS
from tests.data.store.builders import AREA, NOW, handed, run


def _say(store: Store, left: str, right: str, judgement: Judgement, book: str = AREA) -> int:
    return append_judgement(store, book, Statement(left, right, judgement, {}), "王", "", NOW)


def _live(store: Store, *ids: str, book: str = AREA) -> list[tuple[str, str, str]]:
    with store.read() as connection:
        found = live_about(connection, book, ids)
    return [(one.unique_id_l, one.unique_id_r, one.judgement.value) for one in found]


def test_the_newest_of_each_pair_in_order(store: Store) -> None:
    _say(store, "a", "b", Judgement.POSITIVE)
    _say(store, "c", "a", Judgement.UNSURE)
    _say(store, "b", "a", Judgement.NEGATIVE)
    _say(store, "x", "y", Judgement.POSITIVE)
    # What was said last stands last, whichever record was named first.
    assert _live(store, "a") == [("a", "c", "unsure"), ("a", "b", "negative")]
    assert _live(store, "b", "y") == [("a", "b", "negative"), ("x", "y", "positive")]
    assert _live(store, "nobody") == []


def test_what_was_withdrawn_is_not_live(store: Store) -> None:
    first = _say(store, "a", "b", Judgement.POSITIVE)
    with store.write() as connection:
        ledger.withdraw(connection, AREA, JUDGEMENTS.c.judgement_id == first, "王", "看错", NOW)
    assert _live(store, "a") == []


def test_the_province_and_its_counties_share_what_was_said(store: Store) -> None:
    _say(store, "a", "b", Judgement.POSITIVE, "46")
    _say(store, "a", "c", Judgement.POSITIVE, "469021")
    assert _live(store, "a", book="469005") == [("a", "b", "positive")]
    assert _live(store, "a", book="46") == [("a", "b", "positive"), ("a", "c", "positive")]


def test_the_other_record_and_the_persons(store: Store) -> None:
    publish(store, run(), handed({"a": "P1", "b": "P1", "c": "P2"}), NOW)
    _say(store, "a", "c", Judgement.NEGATIVE)
    with store.read() as connection:
        (one,) = live_about(connection, AREA, ["a"])
        assert (one.other("a"), one.other("c")) == ("c", "a")
        assert persons_of(connection, AREA, ["a", "c", "nobody"]) == {"a": "P1", "c": "P2"}
        assert persons_of(connection, "46", ["a"]) == {}

"""Many answers at once: only after ten alike, only what the preview showed, and all back with one undo."""

from __future__ import annotations

import pytest

from data.errors import ConfigError
from data.store import audit
from data.store.bulk import patterns
from data.store.frames import live_judgements
from data.store.publish import publish
from data.store.scope import EVERYTHING, Scope
from data.store.session import Store
from review.bulk import NotYet, accept, is_more_than_name, preview, undo_batch
from review.policy import policy
from review.readings import Given, answer
from tests.data.store.builders import AREA, NOW, candidate, handed, item, run

PATTERN = "+姓名(同)+身份证(换位)"


def _ask(store: Store, n: int, key: str = PATTERN, **changed: object) -> None:
    """a00 ... are not drawn for a second reader, see test_policy; of those beyond a20 some are."""
    asked = [
        item(f"a{k:02}", candidate(f"x{k:02}", match_key=key), unique_id=f"r{k:02}", person_id=None, **changed)
        for k in range(n)
    ]
    publish(store, run(), handed(asked=tuple(asked)), NOW)


def _read(store: Store, n: int, text: str = "1") -> None:
    for k in range(n):
        answer(store, AREA, f"a{k:02}", Given(text, "王"), NOW)


def _n_live(store: Store) -> int:
    return len(live_judgements(store, AREA))


def test_all_of_the_preview_and_back(store: Store) -> None:
    _ask(store, 20)
    _read(store, 10)
    (found,) = patterns(store, AREA, EVERYTHING)
    assert (found.text, found.n_open, found.n_read, found.n_agreeing) == (PATTERN, 10, 10, 10)
    shown = preview(store, AREA, PATTERN, "李", EVERYTHING)
    assert shown.may_accept
    assert len(shown.cards) == 10
    batch, n_done = accept(store, AREA, PATTERN, "李", EVERYTHING, shown.seen, NOW)
    assert (n_done, _n_live(store)) == (10, 20)
    with pytest.raises(ConfigError):
        undo_batch(store, AREA, batch, "王", "不是我的", NOW)
    assert undo_batch(store, AREA, batch, "李", "看错了", NOW) == 10
    assert _n_live(store) == 10
    assert audit.verify_chain(store).is_intact


@pytest.mark.parametrize(("n_read", "text"), [(9, "1"), (10, "0")])
def test_not_before_ten_alike(store: Store, n_read: int, text: str) -> None:
    _ask(store, 20)
    _read(store, n_read, text)
    shown = preview(store, AREA, PATTERN, "李", EVERYTHING)
    assert not shown.may_accept
    with pytest.raises(NotYet):
        accept(store, AREA, PATTERN, "李", EVERYTHING, shown.seen, NOW)
    assert _n_live(store) == n_read


def test_one_who_disagrees_stops_the_pattern(store: Store) -> None:
    _ask(store, 20)
    _read(store, 10)
    answer(store, AREA, "a10", Given("0", "李"), NOW)
    assert not preview(store, AREA, PATTERN, "李", EVERYTHING).may_accept


def test_only_what_the_preview_showed(store: Store) -> None:
    _ask(store, 20)
    _read(store, 10)
    shown = preview(store, AREA, PATTERN, "李", EVERYTHING)
    answer(store, AREA, "a11", Given("1", "王"), NOW)
    with pytest.raises(ConfigError):
        accept(store, AREA, PATTERN, "李", EVERYTHING, shown.seen, NOW)
    assert _n_live(store) == 11


def test_inside_the_areas_of_the_reader_and_the_cap(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    _ask(store, 20)
    _read(store, 10)
    assert preview(store, AREA, PATTERN, "李", Scope.of(["469021"])).cards == ()
    monkeypatch.setattr("review.bulk.policy", lambda: policy().model_copy(update={"bulk_cap": 3}))
    assert len(preview(store, AREA, PATTERN, "李", EVERYTHING).cards) == 3


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("+姓名(同)", False),
        ("+姓名(音同)-手机", False),
        ("+姓名(同)+身份证(同)", True),
        ("+出生年月(同)", True),
        ("", False),
    ],
)
def test_more_than_the_name(pattern: str, expected: bool) -> None:
    assert is_more_than_name(pattern) is expected


def test_a_pattern_of_the_name_alone_is_refused(store: Store) -> None:
    _ask(store, 20, key="+姓名(同)")
    _read(store, 10)
    shown = preview(store, AREA, "+姓名(同)", "李", EVERYTHING)
    assert not shown.may_accept
    with pytest.raises(ConfigError):
        accept(store, AREA, "+姓名(同)", "李", EVERYTHING, shown.seen, NOW)

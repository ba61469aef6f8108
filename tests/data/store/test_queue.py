"""An item belongs to one reviewer at a time, for as long as the lease lasts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from data.errors import ConfigError, InvalidTransition
from data.model import QueueKind, QueueState
from data.store import audit, queue
from data.store.publish import publish
from data.store.queue import LEASE, QueueFilter, claim_next, counts, page, release
from data.store.session import Store
from tests.data.store.builders import AREA, NOW, candidate, handed, item, run

LATER = NOW + LEASE


def _fill(store: Store, n: int) -> None:
    asked = [item(f"q{number:02}", candidate("z"), priority=100 - number) for number in range(n)]
    publish(store, run(), handed(asked=tuple(asked)), NOW)


def _claim(
    store: Store, reviewer: str, which: QueueFilter = queue.ANY_OPEN, after: timedelta = timedelta(0)
) -> str | None:
    found = claim_next(store, AREA, reviewer, which, NOW + after)
    return None if found is None else str(found["item_id"])


def _decide(store: Store, item_id: str, reviewer: str, after: timedelta = timedelta(0)) -> None:
    with audit.changing(store) as connection:
        found = queue.item_for_change(connection, AREA, item_id)
        queue.decide(connection, found, "1", reviewer, "", NOW + after)


def test_the_most_urgent_first_and_the_same_again(store: Store) -> None:
    _fill(store, 3)
    assert [_claim(store, "王"), _claim(store, "王"), _claim(store, "李")] == ["q00", "q00", "q01"]
    _decide(store, "q00", "王")
    assert _claim(store, "王") == "q02"
    assert _claim(store, "陈") is None


def test_a_lease_ends_by_itself(store: Store) -> None:
    _fill(store, 1)
    assert _claim(store, "王") == "q00"
    assert _claim(store, "李", after=LEASE - timedelta(seconds=1)) is None
    assert _claim(store, "李", after=LEASE) == "q00"
    with pytest.raises(InvalidTransition, match="李"):
        _decide(store, "q00", "王", after=LEASE + timedelta(seconds=1))
    _decide(store, "q00", "李", after=LEASE + timedelta(seconds=1))


def test_asking_again_renews_the_lease(store: Store) -> None:
    _fill(store, 1)
    _claim(store, "王")
    assert _claim(store, "王", after=LEASE - timedelta(seconds=1)) == "q00"
    assert _claim(store, "李", after=LEASE + timedelta(seconds=1)) is None


def test_release_gives_back_only_what_one_holds(store: Store) -> None:
    _fill(store, 1)
    _claim(store, "王")
    release(store, AREA, "q00", "李")
    assert _claim(store, "李") is None
    release(store, AREA, "q00", "王")
    assert _claim(store, "李") == "q00"


def test_an_expired_lease_still_lets_its_holder_decide(store: Store) -> None:
    _fill(store, 1)
    _claim(store, "王")
    _decide(store, "q00", "王", after=2 * LEASE)
    assert counts(store, AREA) == {(QueueKind.MATCH, QueueState.DECIDED): 1}


@pytest.mark.parametrize(("n_threads", "n_items"), [(2, 2), (8, 40)])
def test_threads_claim_distinct_items(store: Store, n_threads: int, n_items: int) -> None:
    _fill(store, n_items)
    barrier = Barrier(n_threads)

    def work(reviewer: str) -> list[str]:
        barrier.wait()
        done: list[str] = []
        while len(done) < n_items // n_threads:
            found = _claim(store, reviewer)
            assert found is not None
            _decide(store, found, reviewer)
            done.append(found)
        return done

    with ThreadPoolExecutor(n_threads) as pool:
        found = [one for done in pool.map(work, [f"复核{n}" for n in range(n_threads)]) for one in done]
    assert sorted(found) == [f"q{number:02}" for number in range(n_items)]
    assert audit.verify_chain(store).is_intact


def test_filters(store: Store) -> None:
    asked = (
        item("q1", candidate("z"), township="文城镇"),
        item("q2", kind="conflict", area="469021"),
        item("q3", candidate("z"), area="460400", township=None),
    )
    publish(store, run(), handed(asked=asked), NOW)
    for which, expected in (
        (QueueFilter(), ["q1", "q2", "q3"]),
        (QueueFilter(kind=QueueKind.CONFLICT), ["q2"]),
        (QueueFilter(area="469"), ["q1", "q2"]),
        (QueueFilter(area="46%"), []),
        (QueueFilter(township="文城镇"), ["q1"]),
        (QueueFilter(state=QueueState.DECIDED), []),
        (QueueFilter(state=None, kind=QueueKind.MATCH), ["q1", "q3"]),
    ):
        assert [found["item_id"] for found in page(store, AREA, which)] == expected, which
    assert _claim(store, "王", QueueFilter(kind=QueueKind.CONFLICT)) == "q2"
    assert [found["item_id"] for found in page(store, AREA, limit=1, offset=1)] == ["q2"]
    assert page(store, "469021") == []
    assert claim_next(store, AREA, "李", QueueFilter(state=QueueState.DECIDED), NOW) is None


def test_only_moves_of_the_table(store: Store) -> None:
    _fill(store, 1)
    with pytest.raises(InvalidTransition):
        _decide(store, "q99", "王")
    _decide(store, "q00", "王")
    with pytest.raises(InvalidTransition):
        _decide(store, "q00", "李")
    publish(store, run("run-2"), handed(), NOW)
    with audit.changing(store) as connection:
        found = queue.item_for_change(connection, AREA, "q00")
        queue.reopen(connection, found, "李", "看错了", NOW)
    with pytest.raises(InvalidTransition), audit.changing(store) as connection:
        queue.reopen(connection, queue.item_for_change(connection, AREA, "q00"), "李", "看错了", NOW)
    publish(store, run("run-3"), handed(), NOW)
    assert counts(store, AREA) == {(QueueKind.MATCH, QueueState.WITHDRAWN): 1}
    with pytest.raises(InvalidTransition, match="withdrawn"):
        _decide(store, "q00", "李")


def test_a_claim_needs_a_name(store: Store) -> None:
    with pytest.raises(ConfigError):
        claim_next(store, AREA, "", now=NOW)

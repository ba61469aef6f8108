"""Mistakes are drawn at their rates, and never leave a member of a roster beyond recognition."""

from __future__ import annotations

import numpy as np
import pytest

from data.synthetic.errors import CONDITIONAL, HARD_NAME, ID_LOST, ID_WRONG, KINDS, Drawn, draw, keep_recognisable

N = 200_000


def _drawn(side: str) -> Drawn:
    everything = {kind: np.ones(N, dtype=bool) for kind in CONDITIONAL}
    return draw(np.random.default_rng(1), N, side, everything)


@pytest.mark.parametrize("side", ["roster", "register"])
def test_rates_are_those_of_the_table(side: str) -> None:
    drawn = _drawn(side)
    for kind in KINDS:
        if kind.name not in CONDITIONAL:
            rate = kind.roster if side == "roster" else kind.register
            assert np.mean(drawn.kinds[kind.group] == kind.name) == pytest.approx(rate, abs=0.0015)


def test_conditional_kinds_stay_with_the_rows_that_can_have_them() -> None:
    can = {kind: np.arange(N) % 4 == 0 for kind in CONDITIONAL}
    drawn = draw(np.random.default_rng(1), N, "roster", can)
    for kind in CONDITIONAL:
        rows = np.flatnonzero(np.concatenate([drawn.kinds[g] == kind for g in ("name", "id")])) % N
        assert len(rows) > 0
        assert (rows % 4 == 0).all()


def test_a_lost_number_keeps_name_and_phone_whole_in_every_row_of_the_person() -> None:
    sides = [(_drawn("roster"), np.arange(N)), (_drawn("register"), np.arange(N))]
    keep_recognisable(sides, N)
    lost = np.any([np.isin(drawn.kinds["id"], ID_LOST) for drawn, _ in sides], axis=0)
    wrong = np.any([np.isin(drawn.kinds["id"], ID_WRONG) for drawn, _ in sides], axis=0)
    assert lost.any()
    assert wrong.any()
    for drawn, _ in sides:
        assert not np.isin(drawn.kinds["name"][lost], HARD_NAME).any()
        assert (drawn.kinds["phone"][lost | wrong] == "").all()
        assert np.isin(drawn.kinds["name"][wrong & ~lost], HARD_NAME).any()


def test_people_on_no_roster_are_not_protected() -> None:
    drawn = _drawn("register")
    before = {group: column.copy() for group, column in drawn.kinds.items()}
    keep_recognisable([(drawn, np.arange(N) + 10)], 10)
    assert all((drawn.kinds[group] == before[group]).all() for group in before)

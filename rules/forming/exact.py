"""The best grouping, proven: a small integer programme over kinds of units instead of sets of units.

Units of the same pools and the same numbers of members are interchangeable, and a pool can be cut into branches exactly
when it holds that many cores and enough places (`rules.forming.cores`). So it suffices to count: how many units of each
kind go to which of their pools, and how many cores of each shape a pool yields. The size of the programme grows with
the number of kinds, not of units, and no set of units is ever listed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[attr-defined]
from scipy.sparse import csr_array, vstack

from rules.forming.cores import cores, dealt
from rules.forming.instance import NOWHERE, Instance, Ints

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Solved:
    """group: group number of every unit. is_proven: whether no grouping is worth more. gap: what may be missing of the
    members covered, as a share of the bound; 0 when proven."""

    group: Ints
    is_proven: bool
    gap: float


@dataclass(frozen=True)
class _Programme:
    """Columns: first how many units of a kind go to a pool (flows), then how many cores of a shape a pool yields.

    kinds: the units of each kind. kind, pool, level: of every flow. n_pools: pools that have any flow, numbered anew.
    """

    kinds: list[Ints]
    kind: Ints
    pool: Ints
    level: Ints
    n_pools: int
    instance: Instance

    @property
    def n_flows(self) -> int:
        return len(self.kind)

    @property
    def n_columns(self) -> int:
        return self.n_flows + self.n_pools * len(self.shapes)

    @property
    def shapes(self) -> Ints:
        """Cores as rows: how many units of each number of formal members."""
        return np.array(cores(self.instance.min_formal, self.instance.max_units), dtype=np.int64)


def best_grouping(instance: Instance, seconds: float, start: Ints) -> Solved | None:
    """The grouping of greatest worth of one part; None when the time did not suffice for any.

    Always the same for the same instance, unless the time limit strikes. seconds: for the three goals together, each of
    which is decided among the best of the one before. start: a grouping found quickly: a goal that it provably reaches
    needs no solver.
    """
    programme = _programme(instance)
    if not programme.n_pools:
        return Solved(np.full(len(instance), NOWHERE, dtype=np.int64), True, 0.0)
    rows, upper = _constraints(programme)
    goals = _goals(programme)
    reached = _reached(programme, goals, start)
    for goal, value in zip(goals, reached, strict=False):
        rows, upper = _kept(rows, upper, goal, value)
    best: Ints | None = None
    deadline = time.monotonic() + seconds
    for place, goal in enumerate(goals[len(reached) :], len(reached)):
        found = _solve(goal, rows, upper, programme, deadline - time.monotonic())
        if found.x is not None:
            best = np.rint(found.x).astype(np.int64)
        if best is None:
            return Solved(start, False, 0.0) if reached else None
        if found.status != 0:
            gap = 1 - float(goal @ best) / float(found.mip_dual_bound) if place == 0 else 0.0
            return Solved(_decoded(programme, best), False, gap)
        rows, upper = _kept(rows, upper, goal, float(goal @ best))
    return None if best is None else Solved(_decoded(programme, best), True, 0.0)


def _kept(rows: csr_array, upper: Floats, goal: Floats, value: float) -> tuple[csr_array, Floats]:
    """The constraints, and that what was reached of a goal stays: the next one decides among equals."""
    return vstack([rows, csr_array(goal[None, :])], format="csr"), np.append(upper, value)  # type: ignore[no-untyped-call]


def _reached(programme: _Programme, goals: tuple[Floats, Floats, Floats], start: Ints) -> list[float]:
    """The values of the first goals (none, one or two) that the grouping has and that no grouping can better.

    At best every unit that may go anywhere is covered, and each goes to its nearest pool.
    """
    _, first = np.unique(programme.kind, return_index=True)  # the flows of a kind begin with its nearest pool
    n_units = np.array([len(units) for units in programme.kinds])[programme.kind[first]]
    worth = programme.instance.worth(start)
    values = []
    for goal, value in zip(goals[:2], (-worth.covered, -worth.nearness), strict=True):
        if value != goal[first] @ n_units:
            break
        values.append(float(value))
    return values


def _programme(instance: Instance) -> _Programme:
    columns = np.column_stack([instance.pools, instance.formal, instance.members])
    kinds, code = np.unique(columns, axis=0, return_inverse=True)
    order = np.argsort(code.ravel(), kind="stable")
    units = np.split(order, np.cumsum(np.bincount(code.ravel(), minlength=len(kinds)))[:-1])
    kind, level = np.nonzero(kinds[:, : instance.n_levels] != NOWHERE)
    pool = kinds[kind, level]
    # A pool whose units all together do not carry a branch can be left out.
    formal = np.bincount(pool, np.array([instance.formal[units[k]].sum() for k in kind]), minlength=1)
    is_useful = formal[pool] >= instance.min_formal
    kind, level, pool = kind[is_useful], level[is_useful], pool[is_useful]
    used, number = np.unique(pool, return_inverse=True)
    return _Programme(units, kind, number, level, len(used), instance)


def _goals(programme: _Programme) -> tuple[Floats, Floats, Floats]:
    """To be made small, in this order: minus the members covered, their distance, the number of branches."""
    members = np.array([programme.instance.members[units[0]] for units in programme.kinds])[programme.kind]
    goals = np.zeros((3, programme.n_columns))
    goals[0, : programme.n_flows] = -members
    goals[1, : programme.n_flows] = members * programme.level
    goals[2, programme.n_flows :] = 1
    return goals[0], goals[1], goals[2]


def _constraints(programme: _Programme) -> tuple[csr_array, Floats]:
    """Rows times columns may not exceed: the units of a kind; the units a pool has for its cores; its places."""
    flows, shapes = np.arange(programme.n_flows), programme.shapes
    n_kinds, n_pools, n_shapes = len(programme.kinds), programme.n_pools, len(shapes)
    instance = programme.instance
    supply = _matrix(np.ones(len(flows)), programme.kind, flows, (n_kinds, programme.n_columns))
    formal = np.array([instance.formal[units[0]] for units in programme.kinds])[programme.kind]
    core = programme.n_flows + np.arange(n_pools * n_shapes)
    core_pool, core_shape = np.divmod(np.arange(n_pools * n_shapes), n_shapes)
    parts = [supply]
    for number in range(1, instance.min_formal):
        has = np.flatnonzero(formal == number)
        values = np.r_[-np.ones(len(has)), shapes[core_shape, number]]
        places = (np.r_[programme.pool[has], core_pool], np.r_[has, core])
        parts.append(_matrix(values, *places, (n_pools, programme.n_columns)))
    values = np.r_[np.ones(len(flows)), np.full(len(core), -instance.max_units)]
    parts.append(_matrix(values, np.r_[programme.pool, core_pool], np.r_[flows, core], (n_pools, programme.n_columns)))
    supplies = np.array([len(units) for units in programme.kinds], dtype=float)
    return vstack(parts, format="csr"), np.r_[supplies, np.zeros(n_pools * instance.min_formal)]  # type: ignore[no-untyped-call]


def _matrix(values: Floats, rows: Ints, columns: Ints, shape: tuple[int, int]) -> csr_array:
    return csr_array((values, (rows, columns)), shape=shape)  # type: ignore[no-untyped-call]


def _solve(goal: Floats, rows: csr_array, upper: Floats, programme: _Programme, seconds: float) -> Any:  # noqa: ANN401
    return milp(  # type: ignore[no-untyped-call]
        goal,
        integrality=np.ones(programme.n_columns),
        bounds=Bounds(0, len(programme.instance)),  # type: ignore[no-untyped-call]
        constraints=LinearConstraint(rows, ub=upper),  # type: ignore[no-untyped-call]
        options={"time_limit": max(seconds, 0.01), "mip_rel_gap": 0.0},
    )


def _decoded(programme: _Programme, solution: Ints) -> Ints:
    """The counts as units: of every kind the first ones go to its nearest pool, and so on."""
    instance = programme.instance
    group = np.full(len(instance), NOWHERE, dtype=np.int64)
    used = np.zeros(len(programme.kinds), dtype=np.int64)
    sent: dict[int, list[int]] = {}
    for kind, pool, n in zip(programme.kind, programme.pool, solution[: programme.n_flows], strict=True):
        sent.setdefault(int(pool), []).extend(programme.kinds[kind][used[kind] : used[kind] + n].tolist())
        used[kind] += n
    shapes = cores(instance.min_formal, instance.max_units)
    counts = solution[programme.n_flows :].reshape(programme.n_pools, len(shapes))
    n_groups = 0
    for pool, units in sorted(sent.items()):
        chosen = [shape for shape, n in zip(shapes, counts[pool], strict=True) for _ in range(n)]
        rows = np.array(sorted(units), dtype=np.int64)
        for branch in dealt(rows, instance.formal[rows], chosen, instance.max_units):
            group[branch] = n_groups
            n_groups += 1
    return group

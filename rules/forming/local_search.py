"""Is there a single move that makes a grouping better? Four kinds of moves, tried until none does."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from rules.forming.instance import NOWHERE, Instance, Ints, renumbered

Branch = tuple[int, ...]


def improved(instance: Instance, group: Ints) -> Ints:
    """A grouping worth at least as much, a local optimum of four kinds of moves.

    A unit left over enters a branch; a unit a branch can spare founds another one with units left over; two branches
    become one; a unit goes to a branch where it is nearer.
    """
    found = group.copy()
    number = 0
    for part in instance.parts:
        search = _Search(instance.take(part))
        grouped = group[part]
        search.branches = [tuple(np.flatnonzero(grouped == g).tolist()) for g in np.unique(grouped[grouped != NOWHERE])]
        search.left = set(np.flatnonzero(grouped == NOWHERE).tolist())
        search.run()
        found[part] = NOWHERE
        for branch in search.branches:
            found[part[list(branch)]] = number
            number += 1
    return renumbered(found)


@dataclass
class _Search:
    """Branches as tuples of units, and the units left over; plain numbers, for the sets are tiny."""

    instance: Instance
    branches: list[Branch] = field(default_factory=list)
    left: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.formal: list[int] = self.instance.formal.tolist()
        self.members: list[int] = self.instance.members.tolist()
        self.pools: list[list[int]] = self.instance.pools.tolist()

    def run(self) -> None:
        """Sweep until a whole sweep changes nothing. Every move makes the grouping better, so it ends."""
        while self._enter() or self._found() or self._merge() or self._move():
            pass

    def level(self, branch: Branch) -> int:
        first = self.pools[branch[0]]
        for level, pool in enumerate(first):
            if pool != NOWHERE and all(self.pools[unit][level] == pool for unit in branch):
                return level
        return NOWHERE

    def is_branch(self, branch: Branch) -> bool:
        is_sized = 2 <= len(branch) <= self.instance.max_units
        is_formal = sum(self.formal[unit] for unit in branch) >= self.instance.min_formal
        return is_sized and is_formal and self.level(branch) != NOWHERE

    def distance(self, branch: Branch) -> int:
        return self.level(branch) * sum(self.members[unit] for unit in branch)

    def spared(self, branch: Branch) -> list[tuple[int, Branch]]:
        """Units the branch can do without, with the branch that is left."""
        pairs = ((unit, tuple(other for other in branch if other != unit)) for unit in branch)
        return [(unit, rest) for unit, rest in pairs if self.is_branch(rest)]

    def _enter(self) -> bool:
        has_changed = False
        for unit in sorted(self.left):
            fitting = [i for i, branch in enumerate(self.branches) if self.is_branch((*branch, unit))]
            if fitting:
                best = min(
                    fitting, key=lambda i: self.distance((*self.branches[i], unit)) - self.distance(self.branches[i])
                )
                self.branches[best] = (*self.branches[best], unit)
                self.left.remove(unit)
                has_changed = True
        return has_changed

    def _found(self) -> bool:
        for i, branch in enumerate(self.branches):
            for unit, rest in self.spared(branch):
                near = [other for other in self.left if self.level((unit, other)) != NOWHERE]
                near.sort(key=lambda other: (-self.formal[other], other))
                for size in range(1, self.instance.max_units):
                    new = (unit, *near[:size])
                    if len(near) >= size and self.is_branch(new):
                        self.branches[i] = rest
                        self.branches.append(new)
                        self.left.difference_update(new)
                        return True
        return False

    def _merge(self) -> bool:
        has_changed = False
        i = 0
        while i < len(self.branches):
            one = self.branches[i]
            for j in range(i + 1, len(self.branches)):
                both = one + self.branches[j]
                if self.is_branch(both) and self.distance(both) <= self.distance(one) + self.distance(self.branches[j]):
                    self.branches[i] = both
                    del self.branches[j]
                    has_changed = True
                    break
            else:
                i += 1
        return has_changed

    def _move(self) -> bool:
        has_changed = False
        for i in range(len(self.branches)):
            for unit, rest in self.spared(self.branches[i]) if self.level(self.branches[i]) > 0 else []:
                before = self.distance(self.branches[i])
                for j, other in enumerate(self.branches):
                    grown = (*other, unit)
                    if j == i or len(grown) > self.instance.max_units or not self.is_branch(grown):
                        continue
                    if self.distance(rest) + self.distance(grown) < before + self.distance(other):
                        self.branches[i], self.branches[j] = rest, grown
                        has_changed = True
                        break
                else:
                    continue
                break
        return has_changed

"""Step 4: which records are worth comparing? Equal keys, joined on codes; every rule counted, no pair twice.

Pairs are made slice by slice, each slice from the rules alone: a block of any size is split among slices, and a pair
that an earlier rule makes is left out where it would be made again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Self

import numpy as np
import pandas as pd

from data.errors import TooManyPairs
from data.model import MEMBER_SIDE
from data.values.coded import Coded
from matching.arrays import Codes, Mask, Positions, Small, chunks
from matching.blocking_keys import record_codes, rule_keys
from matching.engine_spec import BlockingRule, EngineSpec
from matching.joins import Join, join_equal
from matching.shared_keys import AllKeys, share_key
from matching.spec import MatchSpec
from matching.toolkit import BaseIndexAlgorithm


class ExactBlock(BaseIndexAlgorithm):
    """Pairs of records whose columns `on` are all equal and not null; a recordlinkage index algorithm."""

    def __init__(self, on: str | list[str] | tuple[str, ...], verify_integrity: bool = True) -> None:
        super().__init__(verify_integrity=verify_integrity)  # type: ignore[no-untyped-call]
        self.on = [on] if isinstance(on, str) else list(on)

    def codes(self, frame: pd.DataFrame) -> Small:
        """Integer key per record, -1 where a column is null."""
        return record_codes(frame, self.on)

    def _link_index(self, df_a: pd.DataFrame, df_b: pd.DataFrame) -> pd.MultiIndex:
        codes = self.codes(pd.concat([df_a[self.on], df_b[self.on]], ignore_index=True))
        left, right = join_equal(codes[: len(df_a)], codes[len(df_a) :])
        return pd.MultiIndex.from_arrays([df_a.index[left], df_b.index[right]])

    def _dedup_index(self, df_a: pd.DataFrame) -> pd.MultiIndex:
        codes = self.codes(df_a)
        left, right = join_equal(codes, codes)
        once = left > right
        return pd.MultiIndex.from_arrays([df_a.index[left[once]], df_a.index[right[once]]])


@dataclass(frozen=True)
class Meeting:
    """Who may meet whom: a row of the left with a row of the right; rows on both sides meet one another once."""

    is_left: Mask
    is_right: Mask

    @classmethod
    def of_persons(cls, normalised: pd.DataFrame) -> Meeting:
        """Members with anybody: nobody is matched among persons of enterprises (guard-rail 2)."""
        is_member = Coded.of(normalised["kind"]).are(*MEMBER_SIDE)
        return cls(is_member, np.ones(len(is_member), dtype=bool))

    @cached_property
    def is_both(self) -> Mask:
        """Rows that stand on both sides."""
        return self.is_left & self.is_right


@dataclass(frozen=True)
class Rule:
    """One blocking rule at work: keys per row (-1 none), several columns where a row has several keys.

    A block without a pair has no key. n_pairs: pairs of its blocks; n_capped: pairs of the oversized blocks that are
    left out of `keys`; capped: where their keys would stand in it, row by row; capped_keys: which those are.
    """

    name: str
    keys: Small
    n_pairs: int
    n_capped: int
    capped: Codes = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    capped_keys: Small = field(default_factory=lambda: np.zeros(0, dtype=np.int32))

    @classmethod
    def of(cls, rule: BlockingRule, keys: Small, meeting: Meeting, spec: EngineSpec) -> Self:
        """The rule with these keys. A block above its cap (`block_cap`) is left out; TooManyPairs names a rule over the
        budget."""
        n_pairs = pairs_per_block(keys, meeting)
        oversized = n_pairs > spec.block_cap(rule)
        total = int(n_pairs[~oversized].sum())
        if total > spec.pair_budget:
            raise TooManyPairs(rule.name, total, spec.pair_budget)
        # The last slot is that of no key.
        capped = np.flatnonzero(np.append(oversized, False)[keys]) if oversized.any() else np.zeros(0, dtype=np.int64)
        makes_none = np.append(oversized | (n_pairs == 0), False)
        left = np.where(makes_none[keys], np.int32(-1), keys)
        return cls(rule.name, left, total, int(n_pairs[oversized].sum()), capped, keys.ravel()[capped])

    @property
    def whole(self) -> Small:
        """The keys with those of the oversized blocks."""
        keys = self.keys.copy()
        keys.ravel()[self.capped] = self.capped_keys
        return keys


@dataclass(frozen=True)
class PairMaker:
    """What any slice of the pairs of one rule is made from: a task is a slice, and nothing else differs."""

    join: Join
    keys: AllKeys
    number: int
    meeting: Meeting

    def tasks(self, chunk_pairs: int) -> list[slice]:
        """Slices that cover all pairs of the rule."""
        return list(chunks(self.join.n_pairs, chunk_pairs))

    def pairs(self, part: slice) -> tuple[Small, Small]:
        """The pairs of a slice that no earlier rule makes, each once; the smaller position first."""
        left, right = self.join.pairs(part.start, part.stop)
        # Places in the join are a row and one of its keys.
        width = np.int32(self.keys.of_rule(self.number).shape[1])
        (left, slot), right = np.divmod(left, width), right // width
        is_new = self.keys.are_new(self.number, self.meeting.is_both, slot, left, right)
        left, right = left[is_new], right[is_new]
        return np.minimum(left, right), np.maximum(left, right)


def rules_of(frame: pd.DataFrame, meeting: Meeting, spec: EngineSpec) -> list[Rule]:
    """Keys of all rules, as `keyed`."""
    return [keyed(rule, frame, meeting, spec) for rule in spec.blocking]


def keyed(rule: BlockingRule, frame: pd.DataFrame, meeting: Meeting, spec: EngineSpec) -> Rule:
    """Keys of a rule. Raises TooManyPairs."""
    return Rule.of(rule, rule_keys(frame, rule, meeting.is_left), meeting, spec)


def pairs_per_block(keys: Small, meeting: Meeting) -> Codes:
    """How many pairs each key makes, none of them made."""
    n_codes = int(keys.max(initial=-1)) + 1

    def per_block(is_side: Mask) -> Codes:
        own = keys if is_side.all() else keys[is_side]
        return np.bincount(own[own >= 0], minlength=n_codes)

    n_left, n_right = per_block(meeting.is_left), per_block(meeting.is_right)
    n_both = n_left if np.array_equal(meeting.is_left, meeting.is_both) else per_block(meeting.is_both)
    return np.asarray(n_left * n_right - n_both * (n_both + 1) // 2, dtype=np.int64)


def pair_maker(keys: AllKeys, number: int, meeting: Meeting) -> PairMaker:
    """The maker of the pairs of rule `number` that none before it makes."""
    own, none = keys.of_rule(number), np.int32(-1)
    left = np.where(meeting.is_left[:, None], own, none).ravel()
    right = np.where(meeting.is_right[:, None], own, none).ravel()
    return PairMaker(Join(left, right, by_code=True), keys, number, meeting)


class PairMakers:
    """The makers of all rules, each made when it is first asked for; of those before the last two none is kept.

    Everybody who has the rules can make them: what a task names is the number of a rule.
    """

    def __init__(self, rules: list[Rule], meeting: Meeting) -> None:
        self._rules, self._meeting = rules, meeting
        self._keys = AllKeys.of([rule.keys for rule in rules])
        self._made: dict[int, PairMaker] = {}
        self._lock = Lock()

    def __getitem__(self, number: int) -> PairMaker:
        with self._lock:
            if number not in self._made:
                self._made[number] = pair_maker(self._keys, number, self._meeting)
                self._made.pop(number - 2, None)
            return self._made[number]

    def __reduce__(self) -> tuple[type[PairMakers], tuple[list[Rule], Meeting]]:
        """Sent elsewhere, it makes its own."""
        return PairMakers, (self._rules, self._meeting)

    def tasks(self, chunk_pairs: int) -> Iterator[tuple[int, slice]]:
        """Slices that cover all pairs of all rules: number of the rule, slice of its pairs."""
        for number in range(len(self._rules)):
            yield from ((number, part) for part in self[number].tasks(chunk_pairs))


def first_rule(rules: list[Rule], left: Positions, right: Positions) -> Codes:
    """Number of the first rule that makes each pair; the number of rules where none does."""
    first = np.full(len(left), len(rules), dtype=np.int64)
    for number in reversed(range(len(rules))):
        first[share_key(rules[number].keys, left, right)] = number
    return first


@dataclass(frozen=True)
class Candidates:
    """Candidate pairs as positions in the normalised frame; each pair once, unique_id of left < unique_id of right.

    rule: number of the first blocking rule that makes the pair. n_pairs_by_rule: pairs that rule was the first to make.
    n_capped_by_rule: pairs of oversized blocks that rule left out (some may be made by other rules).
    """

    left: Small
    right: Small
    rule: Codes
    n_pairs_by_rule: dict[str, int]
    n_capped_by_rule: dict[str, int]


def candidate_pairs(normalised: pd.DataFrame, spec: MatchSpec) -> Candidates:
    """All pairs of all blocking rules at once, for those who want the pairs and no more."""
    meeting = Meeting.of_persons(normalised)
    rules = rules_of(normalised, meeting, spec)
    makers = PairMakers(rules, meeting)
    parts = [makers[number].pairs(slice(0, makers[number].join.n_pairs)) for number in range(len(rules))]
    left, right = (np.concatenate(side) for side in zip(*parts, strict=True))
    rank = np.argsort(np.argsort(normalised["unique_id"].to_numpy(dtype=object))).astype(np.int32)
    is_first = rank[left] < rank[right]
    sizes = [len(part[0]) for part in parts]
    return Candidates(
        np.where(is_first, left, right),
        np.where(is_first, right, left),
        np.repeat(np.arange(len(rules)), sizes),
        dict(zip([rule.name for rule in rules], sizes, strict=True)),
        {rule.name: rule.n_capped for rule in rules},
    )

"""Which blocks are there in a night of little change, and who stands in them with whom? Last night's blocks, and anew
only those that a record read anew stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from matching.arrays import Mask, Positions, Small, codes_of
from matching.blocking import Meeting, Rule
from matching.blocking_keys import SeveralKeys, rule_keys
from matching.engine_spec import EngineSpec
from matching.incremental_changes import mixed
from matching.incremental_memory import Hashes

#: Numbers of blocks are given out anew when the largest is beyond this many times what all rows could need.
_SLACK = 2


def rules_tonight(
    before: Sequence[Rule], table: pd.DataFrame, was_at: Positions, again: Mask, meeting: Meeting, spec: EngineSpec
) -> list[Rule]:
    """The rules of tonight's records, from those of last night's. Raises TooManyPairs.

    was_at: where each record stood last night; again: records read anew, or new. Whoever is not among them reads as
    last night, so that a block without any of them has lost records at most: its number stays.
    """
    several = {
        name: SeveralKeys.of(table[name]) for name in {rule.any_of for rule in spec.blocking} if name is not None
    }
    met = _met(table, again, spec, several)
    found = []
    for known, rule in zip(before, spec.blocking, strict=True):
        # Only a row that agrees in every column with some row read anew can share a key with it.
        rows = np.flatnonzero(np.logical_and.reduce([met[column] for column in rule.columns]))
        part = None if rule.any_of is None else several[rule.any_of].take(rows)
        fresh = rule_keys(table[list(rule.columns)].iloc[rows], rule, again[rows], part)
        keys = _followed(known.whole, was_at, again, fresh.shape[1])
        _number(keys, rows, fresh)
        found.append(Rule.of(rule, keys, meeting, spec))
    return found


def _met(table: pd.DataFrame, again: Mask, spec: EngineSpec, several: dict[str, SeveralKeys]) -> dict[str, Mask]:
    """By column: the rows with a value (of several keys: with one) that a row read anew has too."""
    met = {}
    for name in sorted({column for rule in spec.blocking for column in rule.columns}):
        if name in several:
            which, keys = several[name].which, several[name].keys
            has_key = _among(keys[np.unique(which[again])], int(keys.max(initial=-1)))
            has_value = np.asarray(has_key[keys].any(axis=1))
        else:
            which = codes_of(table[name])
            has_value = _among(which[again], int(which.max(initial=-1)))
        met[name] = has_value[which]
    return met


def _among(codes: Small, largest: int) -> Mask:
    """By code: is it one of these? The last slot is that of none."""
    found = np.zeros(largest + 2, dtype=bool)
    found[codes] = True
    found[-1] = False
    return found


def _followed(keys: Small, was_at: Positions, again: Mask, width: int) -> Small:
    """Last night's keys where the rows stand tonight; none for those read anew."""
    found = np.full((len(was_at), max(width, keys.shape[1])), -1, dtype=np.int32)
    stays = np.flatnonzero(~again)
    found[stays, : keys.shape[1]] = keys[was_at[stays]]
    return found


def _number(keys: Small, rows: Positions, fresh: Small) -> None:
    """Give the blocks of rows read anew numbers that no other block has; in `keys`, which hold last night's."""
    if int(keys.max(initial=-1)) > _SLACK * keys.size:
        known = keys >= 0
        keys[known] = pd.factorize(keys[known])[0]
    part = keys[rows, : fresh.shape[1]]
    keys[rows, : fresh.shape[1]] = np.where(fresh >= 0, fresh + keys.max(initial=-1) + 1, part)


def capped_keys(rules: Sequence[Rule], n_rows: int) -> Hashes:
    """Which keys of each record are left out, as one number: it tells of a block that went over or under the cap."""
    found = np.zeros(n_rows, dtype=np.uint64)
    for number, rule in enumerate(rules):
        row, column = np.divmod(rule.capped, rule.keys.shape[1])
        marks = mixed([(number << 8 | column).astype(np.uint64)], len(row))
        np.bitwise_xor.at(found, row, marks)
    return found


def partners(is_touched: Mask, is_member: Mask, rules: Sequence[Rule]) -> Positions:
    """The touched records and all whom one of them may meet by a blocking key, in order: members anybody, others
    members."""
    by_member, by_other = np.uint8(1), np.uint8(2)
    met = np.zeros(len(is_touched), dtype=np.uint8)
    members, others = np.flatnonzero(is_touched & is_member), np.flatnonzero(is_touched & ~is_member)
    for keys in (rule.keys for rule in rules):
        who = np.zeros(int(keys.max(initial=-1)) + 2, dtype=np.uint8)
        who[keys[members]] |= by_member
        who[keys[others]] |= by_other
        who[-1] = 0
        for column in range(keys.shape[1]):
            met |= who[keys[:, column]]
    return np.flatnonzero(is_touched | (met & by_member > 0) | ((met & by_other > 0) & is_member))


def some_keys(rules: Sequence[Rule], rows: Positions) -> list[Rule]:
    """The rules of some of the rows, blocks numbered anew: for pairs to be made of few rows out of many."""
    found = []
    for rule in rules:
        keys = rule.keys[rows]
        is_key = keys >= 0
        keys[is_key] = pd.factorize(keys[is_key])[0]
        found.append(replace(rule, keys=keys))
    return found

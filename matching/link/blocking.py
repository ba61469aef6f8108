"""Which pairs of rows are worth comparing? Equal keys, joined on codes chunk by chunk; no pair twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from data.errors import TooManyPairs
from matching.arrays import CHUNK_PAIRS, Codes, Mask, Positions
from matching.blocking import rule_keys, share_key
from matching.link.spec import LinkSpec
from matching.link.tables import Tables


@dataclass(frozen=True)
class Rule:
    """One blocking rule at work: integer keys per row (-1 none), several columns where a row has several keys."""

    name: str
    keys: Codes
    n_pairs: int
    n_capped: int


def rules_of(tables: Tables, spec: LinkSpec) -> list[Rule]:
    """Keys of all rules. A block above `max_block_pairs` is left out; TooManyPairs names a rule over the budget."""
    return [_rule(rule.name, rule_keys(tables.columns, rule), tables, spec) for rule in spec.blocking]


def _rule(name: str, keys: Codes, tables: Tables, spec: LinkSpec) -> Rule:
    n_codes = int(keys.max(initial=-1)) + 1
    left, right = _sides(keys, tables)
    n_left, n_right = (np.bincount(side[side >= 0], minlength=n_codes) for side in (left, right))
    n_pairs = n_left * (n_left - 1) // 2 if tables.is_one else n_left * n_right
    oversized = n_pairs > spec.max_block_pairs
    total = int(n_pairs[~oversized].sum())
    if total > spec.pair_budget:
        raise TooManyPairs(name, total, spec.pair_budget)
    kept = np.where(np.append(oversized, False)[keys], -1, keys)
    return Rule(name, kept, total, int(n_pairs[oversized].sum()))


def pair_chunks(rules: list[Rule], tables: Tables) -> Iterator[tuple[int, Positions, Positions]]:
    """Number of the rule and its pairs that no earlier rule makes, some 260,000 at a time; left before right."""
    for number, rule in enumerate(rules):
        for left, right in _joined(rule.keys, tables):
            new = np.ones(len(left), dtype=bool)
            for earlier in rules[:number]:
                new &= ~share_key(earlier.keys, left, right)
            yield number, left[new], right[new]


def _joined(keys: Codes, tables: Tables) -> Iterator[tuple[Positions, Positions]]:
    """Pairs of rows with a key in common, in chunks, each pair once; chunks end between left rows."""
    width = keys.shape[1]
    on_left, on_right = (side.ravel() for side in _sides(keys, tables))
    left = np.flatnonzero(on_left >= 0)
    order = np.argsort(on_right, kind="stable")
    in_order = on_right[order]
    start = np.searchsorted(in_order, on_left[left], side="left")
    n_partners = np.searchsorted(in_order, on_left[left], side="right") - start
    row = left // width
    ends = np.append(np.flatnonzero(np.diff(row)) + 1, len(row)) if len(row) else np.zeros(0, dtype=np.int64)
    total = np.concatenate([[0], np.cumsum(n_partners)])
    first = 0
    while first < len(row):
        # As many whole left rows as fit; one at least.
        fitting = ends[max(np.searchsorted(total[ends], total[first] + CHUNK_PAIRS, side="right") - 1, 0) :]
        last = int(fitting[0] if fitting[0] > first else fitting[1])
        part = slice(first, last)
        offsets = np.arange(total[last] - total[first]) - np.repeat(total[part] - total[first], n_partners[part])
        a = np.repeat(row[part], n_partners[part])
        b = order[np.repeat(start[part], n_partners[part]) + offsets] // width
        yield _once(a, b, len(keys), tables, width)
        first = last


def _once(left: Positions, right: Positions, n_rows: int, tables: Tables, width: int) -> tuple[Positions, Positions]:
    if tables.is_one:
        keep = left < right
        left, right = left[keep], right[keep]
    if width == 1:
        return left, right
    packed = np.unique(left * n_rows + right)
    return packed // n_rows, packed % n_rows


def _sides(keys: Codes, tables: Tables) -> tuple[Codes, Codes]:
    """The keys of the left rows and of the right ones, -1 elsewhere; the same keys twice for one table."""
    if tables.is_one:
        return keys, keys
    is_left: Mask = (np.arange(len(keys)) < tables.n_left)[:, None]
    return np.where(is_left, keys, -1), np.where(is_left, -1, keys)

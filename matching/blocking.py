"""Step 4: which records are worth comparing? Equal keys, joined on codes; every rule counted, no pair twice.

Only pairs with a member-side record are made: nobody is matched among persons of enterprises (guard-rail 2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from recordlinkage.base import BaseIndexAlgorithm

from data.errors import TooManyPairs
from data.model import MEMBER_SIDE
from matching.arrays import Codes, Mask, Positions, encode, encode_together
from matching.engine_spec import BlockingRule
from matching.spec import MatchSpec


@dataclass(frozen=True)
class Candidates:
    """Candidate pairs as positions in the normalised frame; each pair once, unique_id of left < unique_id of right.

    rule: number of the first blocking rule that makes the pair. n_pairs_by_rule: pairs that rule was the first to make.
    n_capped_by_rule: pairs of oversized blocks that rule left out (some may be made by other rules).
    """

    left: Positions
    right: Positions
    rule: Codes
    n_pairs_by_rule: dict[str, int]
    n_capped_by_rule: dict[str, int]


class ExactBlock(BaseIndexAlgorithm):
    """Pairs of records whose columns `on` are all equal and not null; a recordlinkage index algorithm."""

    def __init__(self, on: str | list[str] | tuple[str, ...], verify_integrity: bool = True) -> None:
        super().__init__(verify_integrity=verify_integrity)  # type: ignore[no-untyped-call]
        self.on = [on] if isinstance(on, str) else list(on)

    def codes(self, frame: pd.DataFrame) -> Codes:
        """Integer key per record, -1 where a column is null."""
        return encode_together([frame[column] for column in self.on])

    def _link_index(self, df_a: pd.DataFrame, df_b: pd.DataFrame) -> pd.MultiIndex:
        codes = self.codes(pd.concat([df_a[self.on], df_b[self.on]], ignore_index=True))
        left, right = join_codes(codes[: len(df_a)], codes[len(df_a) :])
        return pd.MultiIndex.from_arrays([df_a.index[left], df_b.index[right]])

    def _dedup_index(self, df_a: pd.DataFrame) -> pd.MultiIndex:
        codes = self.codes(df_a)
        left, right = join_codes(codes, codes)
        once = left > right
        return pd.MultiIndex.from_arrays([df_a.index[left[once]], df_a.index[right[once]]])


def join_codes(left: Codes, right: Codes) -> tuple[Positions, Positions]:
    """All pairs of positions with equal codes (-1 joins nothing), by counting: no hash table, no strings."""
    keyed_left, keyed_right = np.flatnonzero(left >= 0), np.flatnonzero(right >= 0)
    order = keyed_right[np.argsort(right[keyed_right], kind="stable")]
    in_order = right[order]
    start = np.searchsorted(in_order, left[keyed_left], side="left")
    n_partners = np.searchsorted(in_order, left[keyed_left], side="right") - start
    # Number of the pair within its left record's run, added to where the run starts on the right.
    offsets = np.arange(n_partners.sum()) - np.repeat(np.cumsum(n_partners) - n_partners, n_partners)
    return np.repeat(keyed_left, n_partners), order[np.repeat(start, n_partners) + offsets]


def candidate_pairs(normalised: pd.DataFrame, spec: MatchSpec) -> Candidates:
    """Union of the pairs of all blocking rules; TooManyPairs names a rule over the budget before any pair is made."""
    is_member = normalised["kind"].isin(MEMBER_SIDE).to_numpy()
    rank = np.argsort(np.argsort(normalised["unique_id"].to_numpy(dtype=object)))
    earlier: list[Codes] = []
    parts: list[tuple[Positions, Positions]] = []
    n_capped: dict[str, int] = {}
    for rule in spec.blocking:
        codes, n_capped[rule.name] = _capped(rule_keys(normalised, rule), is_member, rule, spec)
        left, right = _member_pairs(codes, is_member)
        new = ~np.logical_or.reduce([np.zeros(len(left), dtype=bool), *(share_key(c, left, right) for c in earlier)])
        earlier.append(codes)
        left, right = left[new], right[new]
        is_first = rank[left] < rank[right]
        parts.append((np.where(is_first, left, right), np.where(is_first, right, left)))
    sizes = [len(left) for left, _ in parts]
    return Candidates(
        np.concatenate([left for left, _ in parts]),
        np.concatenate([right for _, right in parts]),
        np.repeat(np.arange(len(parts)), sizes),
        dict(zip([rule.name for rule in spec.blocking], sizes, strict=True)),
        n_capped,
    )


def rule_keys(normalised: pd.DataFrame, rule: BlockingRule) -> Codes:
    """Integer keys of a rule, one row a record; one column, or as many as some record has keys (-1: none)."""
    if rule.any_of is None:
        return ExactBlock(rule.columns).codes(normalised).reshape(-1, 1)
    which, values = encode(normalised[rule.any_of])
    lists = [str(value).split("|") for value in values]
    width = max(map(len, lists), default=1)
    padded = np.array([[*keys, *[None] * (width - len(keys))] for keys in [*lists, []]], dtype=object)
    flat = pd.Series(padded[which].ravel(), dtype=object)
    others = [
        pd.Series(np.repeat(normalised[column].to_numpy(dtype=object), width))
        for column in rule.columns
        if column != rule.any_of
    ]
    return encode_together([flat, *others]).reshape(-1, width)


def _capped(keys: Codes, is_member: Mask, rule: BlockingRule, spec: MatchSpec) -> tuple[Codes, int]:
    """The codes without oversized blocks, and how many pairs these would have made."""
    keyed = keys >= 0
    n_codes = int(keys.max(initial=-1)) + 1
    n_members = np.bincount(keys[keyed & is_member[:, None]], minlength=n_codes)
    n_others = np.bincount(keys[keyed & ~is_member[:, None]], minlength=n_codes)
    n_pairs = n_members * n_others + n_members * (n_members - 1) // 2
    oversized = n_pairs > spec.max_block_pairs
    total = int(n_pairs[~oversized].sum())
    if total > spec.pair_budget:
        raise TooManyPairs(rule.name, total, spec.pair_budget)
    is_out = np.append(oversized, False)[keys]
    return np.where(is_out, -1, keys), int(n_pairs[oversized].sum())


def _member_pairs(keys: Codes, is_member: Mask) -> tuple[Positions, Positions]:
    """Pairs with a key in common, member-side record with any other, each once."""
    width = keys.shape[1]
    left, right = join_codes(np.where(is_member[:, None], keys, -1).ravel(), keys.ravel())
    left, right = left // width, right // width
    once = ~is_member[right] | (left < right)
    left, right = left[once], right[once]
    if width == 1:
        return left, right
    packed = np.unique(left * len(keys) + right)
    return packed // len(keys), packed % len(keys)


def share_key(keys: Codes, left: Positions, right: Positions) -> Mask:
    """Do the two rows of each pair have a key in common?"""
    found = np.zeros(len(left), dtype=bool)
    for one in range(keys.shape[1]):
        own = keys[left, one]
        for other in range(keys.shape[1]):
            found |= (own == keys[right, other]) & (own >= 0)
    return found

"""How many pairs would blocking make? Counted from the sizes of blocks alone, and the largest blocks named, masked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from matching.arrays import Small
from matching.blocking import Meeting, pairs_per_block
from matching.blocking_keys import rule_keys
from matching.engine_spec import BlockingRule
from matching.normalise import normalise
from matching.spec import MatchSpec

#: Blocks named per rule.
_LARGEST = 3
_SIGN = "*"


@dataclass(frozen=True)
class Block:
    """Records with one key. key: its columns, each masked after its first character."""

    key: str
    n_records: int
    n_pairs: int
    is_left_out: bool


@dataclass(frozen=True)
class RuleCount:
    """One blocking rule. n_pairs: pairs of its blocks, those that other rules make too among them; n_left_out: pairs of
    oversized blocks, which are not compared; largest: its largest blocks."""

    name: str
    n_pairs: int
    n_left_out: int
    largest: tuple[Block, ...]


def count_pairs(records: pd.DataFrame, spec: MatchSpec) -> list[RuleCount]:
    """PERSON_RECORDS to a count per blocking rule of the person model, in its order; no pair is made."""
    normalised = normalise(records)
    meeting = Meeting.of_persons(normalised)
    return [_count(normalised, meeting, rule, spec) for rule in spec.blocking]


def _count(normalised: pd.DataFrame, meeting: Meeting, rule: BlockingRule, spec: MatchSpec) -> RuleCount:
    keys = rule_keys(normalised, rule)
    n_pairs = pairs_per_block(keys, meeting)
    is_oversized = n_pairs > spec.block_cap(rule)
    largest = np.argsort(-n_pairs, kind="stable")[:_LARGEST]
    sizes = np.bincount(keys[keys >= 0], minlength=len(n_pairs))
    blocks = tuple(
        Block(_shown(normalised, rule, keys, int(code)), int(sizes[code]), int(n_pairs[code]), bool(is_oversized[code]))
        for code in largest
        if n_pairs[code]
    )
    return RuleCount(rule.name, int(n_pairs[~is_oversized].sum()), int(n_pairs[is_oversized].sum()), blocks)


def _shown(normalised: pd.DataFrame, rule: BlockingRule, keys: Small, code: int) -> str:
    """The key of a block, as one of its records bears it."""
    row, slot = np.argwhere(keys == code)[0]
    values = normalised.iloc[int(row)]
    texts = [str(values[column]) for column in rule.columns if column != rule.any_of]
    if rule.any_of is not None:
        texts.append(list(dict.fromkeys(str(values[rule.any_of]).split("|")))[int(slot)])
    return "+".join(text[:1] + _SIGN * (len(text) - 1) for text in texts)

"""Why were two records never compared? What each blocking rule had of them, as far as it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.words import tr
from matching.blocking_keys import rule_keys
from matching.normalise import normalise
from matching.spec import MatchSpec

#: What a rule had of two records: verdict -> words.
VERDICTS = {
    "unknown": ("没有", "no"),
    "missing": ("没有，至少一方缺内容", "no, a side lacks it"),
    "differ": ("没有，双方不同", "no, the two differ"),
    "too_many": ("有，但同值的记录太多，已略去", "yes, but too many records share it: left out"),
}


#: What the columns of the rules hold; a column not listed is shown by its own name.
_COLUMNS = {
    "id18": "证件号",
    "id_head": "证件前14位",
    "id_body": "证件中的出生和顺序码",
    "id_ends": "证件中的地区和顺序码",
    "mobile_own": "手机",
    "name_key": "姓名",
    "name_reading": "姓名读音",
    "name_near": "姓名近音",
    "name_parts": "姓名（容一字之差）",
    "surname": "姓",
    "birth_year": "出生年",
    "birth_day": "出生日期",
    "sex_best": "性别",
    "township_key": "乡镇",
    "employer_brand": "单位字号",
}


@dataclass(frozen=True)
class RuleVerdict:
    """One blocking rule: name, columns, reason; why it did not bring the pair; how many pairs it left out in all."""

    rule: str
    columns: tuple[str, ...]
    why: str
    verdict: str
    n_capped: int

    def said(self) -> str:
        """In words."""
        same = tr("相同的" + "、".join(_COLUMNS.get(name, name) for name in self.columns), self.why)
        capped = tr(f"（该规则因同值过多略去 {self.n_capped:,} 对）", f" ({self.n_capped:,} pairs left out)")
        return f"{same}{tr('：', ': ')}{tr(*VERDICTS[self.verdict])}" + (capped if self.n_capped else "")


def rule_verdicts(
    unique_ids: tuple[str, str], spec: MatchSpec, n_capped: Mapping[str, int], records: pd.DataFrame | None = None
) -> tuple[RuleVerdict, ...]:
    """Every rule of the model. Without the records (they do not outlive a run) only its cap is known."""
    found = ["unknown"] * len(spec.blocking)
    if records is not None:
        normalised = normalise(records.reset_index(drop=True))
        rows = pd.Index(normalised["unique_id"]).get_indexer(list(unique_ids))
        found = [_verdict(rule_keys(normalised, rule)[rows]) for rule in spec.blocking]
    return tuple(
        RuleVerdict(rule.name, rule.columns, rule.why, verdict, n_capped.get(rule.name, 0))
        for rule, verdict in zip(spec.blocking, found, strict=True)
    )


def _verdict(keys: np.ndarray) -> str:
    left, right = (set(row[row >= 0].tolist()) for row in keys)
    if not (left and right):
        return "missing"
    return "too_many" if left & right else "differ"

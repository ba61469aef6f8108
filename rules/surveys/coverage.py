"""How many are covered, of how many? Every rate has a name, a version, and its numerator and denominator in words.

The report's 29.1 % has no definition: with 2,532 organisations it implies about 8,701 enterprises, not the 160,214 it
counts (domain rules §2.3). So no number stands here without what it is a share of.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

#: Two ways to part the active enterprises; each falls into exactly one part of either, and rates are sums of parts.
BY_ORGANIZATION = ("covered", "members_only", "others")
BY_WORK = ("reached", "unreached")
PARTS = (*BY_ORGANIZATION, *BY_WORK)


@dataclass(frozen=True)
class Coverage:
    """One rate. numerator, denominator: PARTS of one way that are added up; texts are (Chinese, English)."""

    code: str
    version: str
    title: tuple[str, str]
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    numerator_words: tuple[str, str]
    denominator_words: tuple[str, str]
    citation: str


_ACTIVE = (
    "登记在册、未注销的非公有制主体（企业、个体工商户、专业市场）",
    "non-public entities on the register, not closed",
)
_HAS_ORG = (
    "有党组织的：在册党组织以其为所在单位，或在此工作的党员组织关系在非公有制企业党组织（含联合党支部）",
    "with an organisation: one in force names it as its unit, or a member at work there belongs to a branch in force "
    "of non-public enterprises, a joint one included",
)
_WITH_MEMBERS = ("其中有经确认的党员的", "those of them where a confirmed member works")
_MINE = "本项目口径（2016年报告没有给出分母）"

#: The rates, each in its version; a change of either part makes a new version, never another number under this one.
COVERAGES: tuple[Coverage, ...] = (
    Coverage(
        "ORG_ALL", "1", ("组织覆盖率（全部非公主体）", "organisation coverage, all entities"),
        ("covered",), BY_ORGANIZATION, _HAS_ORG, _ACTIVE, _MINE,
    ),
    Coverage(
        "ORG_MEMBERS", "1", ("组织覆盖率（有党员的非公主体）", "organisation coverage, entities with members"),
        ("covered",), ("covered", "members_only"), _HAS_ORG, _WITH_MEMBERS, _MINE,
    ),
    Coverage(
        "WORK_ALL", "1", ("工作覆盖率（全部非公主体）", "work coverage, all entities"),
        ("reached",), BY_WORK, ("有党组织或选派了党建指导员的", "with an organisation or an instructor"), _ACTIVE,
        "“两个覆盖”：组织覆盖、工作覆盖；" + _MINE,
    ),
)  # fmt: skip


def parts(register: pd.DataFrame, at_work: pd.Series) -> pd.DataFrame:
    """Booleans PARTS of every enterprise; index of `register` (entity_id, is_covered, has_instructor).

    at_work: entity_id of every confirmed member at work.
    """
    has_members = register["entity_id"].isin(at_work)
    is_covered = register["is_covered"].astype(bool)
    is_reached = is_covered | register["has_instructor"].astype(bool)
    found = (is_covered, has_members & ~is_covered, ~has_members & ~is_covered, is_reached, ~is_reached)
    return pd.DataFrame(dict(zip(PARTS, found, strict=True)), index=register.index)


def counted(part: pd.DataFrame, rows: pd.Series) -> pd.DataFrame:
    """Enterprises of each part by the values of `rows` (sorted, '' for null last)."""
    table = part.astype("int64").groupby(rows.fillna("").to_numpy(dtype=object)).sum()
    return table.loc[sorted(table.index, key=lambda name: (name == "", name))]

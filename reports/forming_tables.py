"""What do other programs read of forming, coverage and the surveys? Frames ready for CSV, with words and small cells
withheld where a table may leave the bureau."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data.disclosure import SMALLEST_CELL
from data.model import POPULATION_TITLES, QueueKind
from data.values.columns import map_unique
from data.words import tr
from reports.columns import chosen
from reports.disclosure import Counts, Mask, is_small, withheld

FORM_TITLES: Mapping[str, tuple[str, str]] = {
    "own": ("单独组建", "a branch of its own"),
    "area_joint": ("区域联建", "joint branch of an area"),
    "trade_joint": ("行业统建", "joint branch of a trade"),
    "attached": ("挂靠组建", "attached to a branch"),
    "instructor": ("派员组建", "an instructor is sent"),
}
LEVEL_TITLES: Mapping[str, tuple[str, str]] = {
    "market": ("同一市场", "same market"),
    "village": ("同一村（社区）", "same village or community"),
    "township": ("同一乡镇", "same township"),
    "county": ("同一县", "same county"),
    "trade": ("同一行业", "same trade"),
}
BLOCK_TITLES: Mapping[str, tuple[str, str]] = {
    "false_entry": ("有党员的登记待审定是否虚假", "a member's entry waits to be judged false or not"),
    "double_counted": ("有党员在两个支部，组织关系不明", "a member stands in two branches"),
    "letter_open": ("有党员的介绍信未被接收", "a member's letter was not received"),
    "floating": ("有流动党员，须先转接组织关系", "floating members must transfer their relation first"),
    "category_unknown": ("有党员类别不明（正式或预备）", "formal or probationary is not known of a member"),
    "unconfirmed_members": ("有待确认的党员，确认后或可单独组建", "members to be confirmed may suffice for a branch"),
    "unit_closing": ("有单位已吊销或迁出", "a unit was revoked or moved away"),
    "too_many_members": ("党员超过50人", "more than fifty members"),
}
WHY_TITLES: Mapping[str, tuple[str, str]] = {
    "no_branch": ("没有所在党支部", "no branch"),
    "branch_unlisted": ("所在支部不在党组织名册或已撤销", "branch not listed or dissolved"),
    "letter_open": ("介绍信未被接收", "letter not received"),
    "floating": ("流动党员，在此工作", "floating, works here"),
}
#: Parts that add up to all enterprises; the parts of a rate are of one of them.
PARTITIONS = (("covered", "members_only", "others"), ("reached", "unreached"))
#: How urgent a proposal is in the queue: more members first; blocked ones after those that can go ahead.
_OPEN_PRIORITY, _BLOCKED_PRIORITY, _MOST = 300, 100, 100


@dataclass(frozen=True)
class FormingTables:
    """proposals: one row a proposal, with `citation` and `unit_names` (joined by 、). nearest: one row a member.

    parts: enterprises by breakdown, row ('': not stated) and the names of PARTITIONS; rates: code, version, title,
    numerator and denominator (parts joined by `|`), both in words, citation. surveys: survey, survey_title, indicator,
    title, is_about_members, area, township, population, n. sizes: population, section, size_class, n.
    """

    proposals: pd.DataFrame
    nearest: pd.DataFrame
    parts: pd.DataFrame
    rates: pd.DataFrame
    surveys: pd.DataFrame
    sizes: pd.DataFrame


def said(codes: pd.Series, titles: Mapping[str, tuple[str, str]]) -> pd.Series:
    """Codes, or several joined by `|`, in words."""
    return map_unique(codes, lambda text: "；".join(tr(*titles.get(code, (code, code))) for code in text.split("|")))


def proposal_reasons(proposals: pd.DataFrame) -> pd.Series:
    """One sentence a proposal: form, units, members that count, host, and what stands in the way."""
    counts = [
        tr(f"正式党员 {formal} 名，其中无待决事项 {ready} 名，党员共 {all_} 名",
           f"{formal} formal members, {ready} with nothing open, {all_} members in all")
        for formal, ready, all_ in zip(proposals["n_formal"], proposals["n_ready"], proposals["n_members"], strict=True)
    ]  # fmt: skip
    where = said(proposals["level"], LEVEL_TITLES).fillna("")
    host = chosen(proposals["host"].notna(), tr("，挂靠 ", ", host ") + proposals["host"].fillna(""), "")
    blocks = said(proposals["blocks"].where(proposals["is_blocked"]), BLOCK_TITLES).fillna("")
    blocks = chosen(proposals["is_blocked"], tr("；须先解决：", "; first: ") + blocks, "")
    head = said(proposals["form"], FORM_TITLES) + "：" + proposals["unit_names"] + "（" + where + "）"
    return head.str.replace("（）", "", regex=False) + "，" + pd.Series(counts, proposals.index) + host + blocks


def formation_items(proposals: pd.DataFrame) -> pd.DataFrame:
    """Queue items of kind `formation`, one a proposal: a person decides, and is asked again when members, or what
    stands in the way, have changed (`unique_id` is the proposal's state). REVIEW_QUEUE columns and `shown`."""
    n_members = proposals["n_members"].clip(upper=_MOST)
    base = np.where(proposals["is_blocked"], _BLOCKED_PRIORITY, _OPEN_PRIORITY)
    nothing = np.full(len(proposals), None, dtype=object)
    found = {
        "item_id": "Q" + proposals["proposal_id"].str[1:],
        "kind": str(QueueKind.FORMATION),
        "unique_id": proposals["state_key"],
        "person_id": nothing,
        "candidates": "[]",
        "priority": (base + n_members).astype("int64"),
        "reason": proposal_reasons(proposals),
        "area": proposals["area"],
        "township": proposals["township"],
        "shown": nothing,
    }
    return pd.DataFrame(found).astype({name: object for name in found if name != "priority"})


def coverage_table(tables: FormingTables, smallest: int = SMALLEST_CELL) -> pd.DataFrame:
    """Every rate by breakdown and row, as it may be published: coverage, version, breakdown, row, numerator,
    denominator, rate (texts; `*` where a part of it is withheld), numerator_is, denominator_is.

    The parts are withheld first, small ones and those that would give a small one away; a rate is shown only where all
    its parts are.
    """
    shown = []
    groups = [(str(name), rows) for name, rows in tables.parts.groupby("breakdown", sort=True)]
    masks: list[Mask] = []
    for parts in PARTITIONS:
        rates = tables.rates[tables.rates["denominator"].str.split("|").str[0].isin(parts)].to_dict("records")
        counts = [_with_totals(rows[list(parts)].to_numpy(dtype=np.int64)) for _, rows in groups]
        # Who is reached shows who is covered where no instructor was sent: what one withholds the other does too.
        given = [np.outer(mask[:, 0], np.arange(len(parts) + 1) == 0) for mask in masks] if masks else []
        masks = withheld(counts, smallest, given)
        for (breakdown, rows), table, mask in zip(groups, counts, masks, strict=True):
            labels = [*rows["row"], "total"]
            shown += [_rate_rows(rate, parts, table, mask).assign(breakdown=breakdown, row=labels) for rate in rates]
    return pd.concat(shown, ignore_index=True)


def _rate_rows(rate: Mapping[Any, Any], parts: tuple[str, ...], table: Counts, mask: Mask) -> pd.DataFrame:
    top, is_top = _added(table, mask, parts, rate["numerator"])
    below, is_below = _added(table, mask, parts, rate["denominator"])
    share = np.char.mod("%.4f", top / np.maximum(below, 1))
    found = {
        "coverage": np.full(len(table), rate["code"]),
        "version": np.full(len(table), rate["version"]),
        "title": np.full(len(table), rate["title"]),
        "numerator": np.where(is_top, top.astype(str), "*"),
        "denominator": np.where(is_below, below.astype(str), "*"),
        "rate": np.where(is_top & is_below & (below > 0), share, np.where(is_top & is_below, "", "*")),
        "numerator_is": np.full(len(table), rate["numerator_words"]),
        "denominator_is": np.full(len(table), rate["denominator_words"]),
    }
    return pd.DataFrame(found, dtype=object)


def _with_totals(counts: Counts) -> Counts:
    wide = np.column_stack([counts, counts.sum(axis=1)])
    return np.vstack([wide, wide.sum(axis=0)])


def _added(table: Counts, mask: Mask, parts: tuple[str, ...], wanted: str) -> tuple[Counts, Mask]:
    """The sum of some parts in every row, and whether none of them is withheld; all parts are the total."""
    names = wanted.split("|")
    places = [-1] if set(names) == set(parts) else [parts.index(name) for name in names]
    is_open = ~np.asarray(mask[:, places].any(axis=1), dtype=bool)
    return np.asarray(table[:, places].sum(axis=1), dtype=np.int64), is_open


def survey_table(tables: FormingTables, smallest: int = SMALLEST_CELL) -> pd.DataFrame:
    """Every indicator by area, township and population, each with its total: survey, indicator, title, breakdown, row,
    n (text; of members `<5`, or `*` where withheld lest a small one be worked out)."""
    found = []
    for indicator, rows in tables.surveys.groupby("indicator", sort=False):
        lines = {name: _line(rows, name) for name in ("area", "township", "population")}
        columns = [np.array([*line.to_list(), line.sum()], dtype=np.int64)[:, None] for line in lines.values()]
        about = bool(rows["is_about_members"].iloc[0])
        masks = withheld(columns, smallest) if about else [np.zeros(column.shape, dtype=bool) for column in columns]
        for (breakdown, line), column, mask in zip(lines.items(), columns, masks, strict=True):
            hidden = np.where(is_small(column, smallest), f"<{smallest}", "*")
            n = np.where(mask, hidden, column.astype(str))[:, 0]
            part = pd.DataFrame({"row": [*line.index, "total"], "n": n}, dtype=object)
            first = rows.iloc[0]
            found.append(part.assign(survey=first["survey"], indicator=indicator, title=first["title"],
                                     breakdown=breakdown))  # fmt: skip
    return pd.concat(found, ignore_index=True)[["survey", "indicator", "title", "breakdown", "row", "n"]]


def _line(rows: pd.DataFrame, name: str) -> pd.Series:
    line = rows.groupby(rows[name].fillna("").to_numpy(), sort=True)["n"].sum()
    if name == "population":
        order = [str(population) for population in POPULATION_TITLES]
        return line.loc[sorted(line.index, key=lambda one: order.index(one) if one in order else len(order))]
    return line.loc[sorted(line.index, key=lambda one: (one == "", one))]


def forming_summary(tables: FormingTables) -> dict[str, dict[str, int]]:
    """Totals for `summary.json`: proposals by form, how many of them are blocked and why, members to seat by reason."""
    blocks = tables.proposals["blocks"].str.split("|").explode()
    blocked = tables.proposals[tables.proposals["is_blocked"]]
    return {
        "proposals": _sizes(tables.proposals["form"], FORM_TITLES),
        "blocked": _sizes(blocked["form"], FORM_TITLES),
        "blocks": _sizes(blocks[blocks != ""], BLOCK_TITLES),
        "nearest": _sizes(tables.nearest["why"], WHY_TITLES),
    }


def _sizes(values: pd.Series, titles: Mapping[str, object]) -> dict[str, int]:
    found = values.value_counts()
    return {name: int(found.get(name, 0)) for name in titles}

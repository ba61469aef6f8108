"""May this night be published? Its numbers against those of the night before, limits from `checks.toml` with reasons.

The numbers of a night are kept with its run (`runs.counts`): a later night needs nothing else to compare with.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import Field, ValidationError

from data.contracts.tables import BALANCE_NUMBERS
from data.errors import ConfigError
from data.model import CLASS_TITLES, PrimaryClass
from data.words import tr
from flows.intake import Taken
from matching.engine_spec import Frozen
from reports.outputs import OutputTables

_FILE = Path(__file__).with_name("checks.toml")

Counts = Mapping[str, int]


class Limit(Frozen):
    """share: most that a number may change, of 1; at_least: a change of fewer is never held; why: the reason."""

    share: float = Field(gt=0)
    at_least: int = Field(ge=0)
    why: str = Field(min_length=1)


class SizeLimit(Limit):
    """most: records that one person may have before they count as many."""

    most: int = Field(gt=1)


class Limits(Frozen):
    """Every limit of `checks.toml`; unknown keys are an error."""

    input_lost: Limit
    input_grown: Limit
    rejected_share: Limit
    class_drift: Limit
    members: Limit
    links: Limit
    cluster_size: SizeLimit
    balance: Limit
    queue_growth: Limit


@dataclass(frozen=True)
class Breach:
    """A limit that a night passes. subject: the source, class or number; was, now: before and tonight."""

    check: str
    subject: str
    was: int
    now: int
    message: str
    why: str


@lru_cache(maxsize=4)
def load_limits(path: Path | None = None) -> Limits:
    """The shipped limits, or those of an installation's own file. Raises ConfigError naming the keys at fault."""
    path = path or _FILE
    try:
        return Limits.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        keys = "；".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ConfigError(tr(f"发布检查的限值有误：{keys}", f"limits of the checks: {keys}")) from None
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(tr(f"{path} 读不懂：{error}", f"cannot read {path}: {error}")) from None


def night_counts(taken: Taken, outputs: OutputTables, limits: Limits) -> dict[str, int]:
    """The numbers of a night that are kept with its run: a name -> a count."""
    sizes = outputs.links.groupby("person_id").size()
    total = outputs.balance[outputs.balance["level"] == "total"]
    counts = {f"accepted/{name}": len(found.rows) for name, found in taken.accepted.items()}
    counts |= {f"rejected/{name}": found.n_rejected for name, found in taken.accepted.items()}
    counts |= {f"class/{name}": n for name, n in _tally(outputs.classifications["primary_class"]).items()}
    counts |= {f"queue/{name}": n for name, n in _tally(outputs.review_queue["kind"]).items()}
    counts |= {
        "members": len(outputs.classifications),
        "persons": len(sizes),
        "links": len(outputs.links),
        "largest_person": int(sizes.max()) if len(sizes) else 0,
        "large_persons": int((sizes > limits.cluster_size.most).sum()),
        "queue": len(outputs.review_queue),
        "balance/expected": int(total["expected"].sum()),
        "balance/unexplained": int(total["unexplained"].abs().sum()),
        "balance/unequal": _n_unequal(outputs.balance),
    }
    return dict(sorted(counts.items()))


def check_night(now: Counts, before: Counts | None, limits: Limits) -> list[Breach]:
    """Every limit that the night passes; before: the counts of the night published last, None for the first.

    The first night has nothing to be compared with: of it only the identity of the balance and the size of persons is
    checked. A source or class that one of the two nights does not have counts as 0 there.
    """
    found = list(_always(now, before, limits))
    if before:
        found += [*_inputs(now, before, limits), *_classes(now, before, limits), *_totals(now, before, limits)]
    return found


def describe(breaches: list[Breach], compared_with: str | None) -> dict[str, Any]:
    """For `summary.json`."""
    return {"compared_with": compared_with, "breaches": [asdict(breach) for breach in breaches]}


def _always(now: Counts, before: Counts | None, limits: Limits) -> Iterator[Breach]:
    unequal = now.get("balance/unequal", 0)
    if unequal:
        zh, en = "应有数加差额不等于实有数", "expected and difference do not add up to the listed members"
        yield Breach("balance_identity", "balance", 0, unequal, tr(zh, en), limits.balance.why)
    large, was = now["large_persons"], (before or {}).get("large_persons", 0)
    limit = limits.cluster_size
    if large - was >= limit.at_least and large - was > limit.share * now["persons"]:
        zh = f"名下超过 {limit.most} 条记录的人有 {large:,} 个（上一夜 {was:,}）"
        en = f"{large:,} persons have more than {limit.most} records (the night before {was:,})"
        yield Breach("cluster_size", "persons", was, large, tr(zh, en), limit.why)


def _inputs(now: Counts, before: Counts, limits: Limits) -> Iterator[Breach]:
    names = sorted({name.removeprefix("accepted/") for name in (*now, *before) if name.startswith("accepted/")})
    for name in names:
        rows, was = now.get(f"accepted/{name}", 0), before.get(f"accepted/{name}", 0)
        lost, grown = limits.input_lost, limits.input_grown
        zh, en = f"来源“{name}”由 {was:,} 行变为 {rows:,} 行", f"source “{name}” went from {was:,} rows to {rows:,}"
        if was - rows >= lost.at_least and was - rows > lost.share * was:
            yield Breach("input_lost", name, was, rows, tr(zh, en), lost.why)
        if was and rows - was >= grown.at_least and rows - was > grown.share * was:
            yield Breach("input_grown", name, was, rows, tr(zh, en), grown.why)
        limit, refused = limits.rejected_share, now.get(f"rejected/{name}", 0)
        refused_was = before.get(f"rejected/{name}", 0)
        more = _share(refused, rows + refused) - _share(refused_was, was + refused_was)
        if was and refused - refused_was >= limit.at_least and more > limit.share:
            zh = f"来源“{name}”被拒 {refused:,} 行（上一夜 {refused_was:,}）"
            en = f"source “{name}”: {refused:,} rows rejected (the night before {refused_was:,})"
            yield Breach("rejected_share", name, refused_was, refused, tr(zh, en), limit.why)


def _classes(now: Counts, before: Counts, limits: Limits) -> Iterator[Breach]:
    limit = limits.class_drift
    for name in PrimaryClass:
        n, was = now.get(f"class/{name}", 0), before.get(f"class/{name}", 0)
        drift = abs(_share(n, now["members"]) - _share(was, before["members"]))
        if abs(n - was) >= limit.at_least and drift > limit.share:
            zh = f"“{CLASS_TITLES[name]}”由 {was:,} 人变为 {n:,} 人，占比变动 {drift:.1%}"
            en = f"class {name} went from {was:,} members to {n:,}, its share moved by {drift:.1%}"
            yield Breach("class_drift", name, was, n, tr(zh, en), limit.why)


def _totals(now: Counts, before: Counts, limits: Limits) -> Iterator[Breach]:
    titles = {"members": ("党员人数", "members"), "links": ("归到人的记录", "records that belong to persons")}
    for name, words in titles.items():
        limit: Limit = getattr(limits, name)
        n, was = now[name], before.get(name, 0)
        if abs(n - was) >= limit.at_least and abs(n - was) > limit.share * was:
            message = tr(f"{words[0]}由 {was:,} 变为 {n:,}", f"{words[1]} went from {was:,} to {n:,}")
            yield Breach(name, name, was, n, message, limit.why)
    limit, n, was = limits.queue_growth, now["queue"], before.get("queue", 0)
    if n - was >= limit.at_least and n - was > limit.share * was:
        message = tr(f"待复核问题由 {was:,} 条变为 {n:,} 条", f"questions went from {was:,} to {n:,}")
        yield Breach("queue_growth", "queue", was, n, message, limit.why)
    limit, n, was = limits.balance, now["balance/unexplained"], before.get("balance/unexplained", 0)
    if n - was >= limit.at_least and n - was > limit.share * now["balance/expected"]:
        message = tr(f"应有实有之差无从解释的由 {was:,} 变为 {n:,}", f"unexplained balance: from {was:,} to {n:,}")
        yield Breach("balance", "unexplained", was, n, message, limit.why)


def _n_unequal(balance: pd.DataFrame) -> int:
    """Lines whose numbers contradict the identity 实有数 = 应有数 + 差异, or whose difference is not accounted for."""
    kinds = [name for name in BALANCE_NUMBERS if name.startswith("listed_")]
    accounted = balance[kinds].sum(axis=1) - balance["uncounted"] + balance["unexplained"]
    is_equal = balance["listed"] == balance["expected"] + balance["difference"]
    return int((~is_equal | (balance["difference"] != accounted)).sum())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _tally(values: pd.Series) -> dict[str, int]:
    return {str(value): int(n) for value, n in values.value_counts().items()}

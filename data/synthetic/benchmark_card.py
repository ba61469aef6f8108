"""What does the card of a generated benchmark say? Its README, with the counts of this very data."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from data.synthetic.benchmark_kinds import TIERS

_HEAD = """# A benchmark of Chinese person and enterprise linkage (synthetic)

中文人员与市场主体关联基准（合成数据）。All persons, numbers and enterprises are invented; identity numbers use
area codes that were never assigned, mobile numbers use prefixes that were never given out.

Made by `longlou generate --benchmark --seed {seed} --scale {scale}`; the same command gives the same bytes.
Licence: to be stated by the owner of the project.

## Tasks

* **persons/TIER**: `records.csv` lists records of four sources; find those of one person.
  `gold.csv`: record_id, cluster.
* **enterprises/TIER**: for each employer text of `mentions.csv` find its entity in `register.csv`, or none.
  `gold.csv`: mention_id, entity_id (blank: in no register).
* `strata.csv`: the errors in each record or mention, one row each. `divisions.csv`: townships renamed (invented).

UTF-8, comma, header, blank cells are unknown. Don't use gold or strata for anything but scoring.

## How to score

Persons: precision, recall and F1 over unordered pairs of records; B-cubed beside it. A stratum's F1 counts the pairs
that touch a record carrying it (right, said and true pairs alike). Enterprises: a mention answered with the right
entity is right; precision over answers given, recall over mentions that have an entity. Say the seed, the scale and
the tier.

## Counts
"""


def card(tables: dict[str, pd.DataFrame], seed: int, scale: float) -> str:
    """README.md of the benchmark."""
    tiers = [tier for tier in TIERS if f"persons/{tier}/records.csv" in tables]
    lines = ["| | " + " | ".join(tiers) + " |", "|---|" + "---|" * len(tiers)]
    lines += [_row(title, [f"{count(tables, tier):,}" for tier in tiers]) for title, count in _COUNTS.items()]
    for part, unit in (("persons", "records"), ("enterprises", "mentions")):
        lines += ["", f"{unit.capitalize()} by stratum", "", "| stratum | " + " | ".join(tiers) + " |"]
        lines += ["|---|" + "---|" * len(tiers), *_strata(tables, part, tiers)]
    return _HEAD.format(seed=seed, scale=f"{scale:g}") + "\n" + "\n".join(lines) + "\n"


def _true_pairs(tables: dict[str, pd.DataFrame], tier: str) -> int:
    sizes = tables[f"persons/{tier}/gold.csv"]["cluster"].value_counts()
    return int((sizes * (sizes - 1) // 2).sum())


_COUNTS: dict[str, Callable[[dict[str, pd.DataFrame], str], int]] = {
    "records of persons": lambda tables, tier: len(tables[f"persons/{tier}/records.csv"]),
    "persons": lambda tables, tier: tables[f"persons/{tier}/gold.csv"]["cluster"].nunique(),
    "true pairs": _true_pairs,
    "entities": lambda tables, tier: len(tables[f"enterprises/{tier}/register.csv"]),
    "mentions": lambda tables, tier: len(tables[f"enterprises/{tier}/mentions.csv"]),
    "mentions of no entity": lambda tables, tier: int(
        (tables[f"enterprises/{tier}/gold.csv"]["entity_id"] == "").sum()
    ),
}


def _strata(tables: dict[str, pd.DataFrame], part: str, tiers: list[str]) -> list[str]:
    counts = {tier: tables[f"{part}/{tier}/strata.csv"]["stratum"].value_counts() for tier in tiers}
    names = sorted({name for found in counts.values() for name in found.index})
    return [_row(name, [f"{int(counts[tier].get(name, 0)):,}" for tier in tiers]) for name in names]


def _row(title: str, cells: list[str]) -> str:
    return f"| {title} | " + " | ".join(cells) + " |"

"""Makes the public benchmark of Chinese person and enterprise linkage: the door of data.synthetic.benchmark_*.

Three tiers of difficulty; every tier has its own random stream, so that a tier is the same alone and beside others.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.errors import ConfigError
from data.synthetic.benchmark_card import card
from data.synthetic.benchmark_entities import make_entities
from data.synthetic.benchmark_kinds import TIERS
from data.synthetic.benchmark_mentions import make_mentions, register
from data.synthetic.benchmark_people import divisions, make_persons
from data.synthetic.benchmark_records import RECORDS_A_PERSON, make_records
from data.synthetic.streams import stream
from data.words import tr

#: Records of persons, and employer texts, of a tier at scale 1 (small); 25 is medium.
N_RECORDS, N_MENTIONS = 2_000, 1_000
#: Beyond this a tier needs more mobile numbers than are set aside for it.
MAX_SCALE = 500.0
_ENTITIES_PER_PERSON, _SPARE_PERSONS = 0.4, 1.1


@dataclass(frozen=True)
class BenchmarkSummary:
    """What was made: rows of every file, by its path under `out`."""

    seed: int
    scale: float
    n_rows: dict[str, int]

    @property
    def n_records(self) -> int:
        """Records of persons of all tiers."""
        return sum(n for file, n in self.n_rows.items() if file.endswith("/records.csv"))

    @property
    def n_mentions(self) -> int:
        """Employer texts of all tiers."""
        return sum(n for file, n in self.n_rows.items() if file.endswith("/mentions.csv"))


def generate_benchmark(
    out: Path, *, seed: int = 1, scale: float = 1.0, tiers: tuple[str, ...] = TIERS
) -> BenchmarkSummary:
    """Write persons/TIER, enterprises/TIER, divisions.csv and README.md under `out`.

    The same arguments always give the same bytes.
    Raises ConfigError: a scale outside (0, 500], a negative seed, a folder that is not empty.
    """
    _check(out, seed, scale)
    tables = {"divisions.csv": divisions()}
    for tier in tiers:
        tables |= _tier(tier, seed, scale)
    for name, table in tables.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
    (out / "README.md").write_text(card(tables, seed, scale), encoding="utf-8", newline="\n")
    return BenchmarkSummary(seed, scale, {name: len(table) for name, table in tables.items()})


def _tier(tier: str, seed: int, scale: float) -> dict[str, pd.DataFrame]:
    number = TIERS.index(tier)
    rng = stream(seed, "46", f"benchmark {tier}")
    n = max(round(N_RECORDS * scale), 20)
    n_persons = int(n / RECORDS_A_PERSON * _SPARE_PERSONS) + 10
    persons = make_persons(rng, n_persons, number)
    operators = persons["name"].to_numpy(dtype=object)
    entities = make_entities(rng, int(n_persons * _ENTITIES_PER_PERSON) + 2, operators, number)
    records, gold, strata = make_records(rng, persons, entities, n, number)
    mentions, meant, kinds = make_mentions(rng, entities, max(round(N_MENTIONS * scale), 10), number)
    return {
        f"persons/{tier}/records.csv": records,
        f"persons/{tier}/gold.csv": gold,
        f"persons/{tier}/strata.csv": strata,
        f"enterprises/{tier}/register.csv": register(entities),
        f"enterprises/{tier}/mentions.csv": mentions,
        f"enterprises/{tier}/gold.csv": meant,
        f"enterprises/{tier}/strata.csv": kinds,
    }


def _check(out: Path, seed: int, scale: float) -> None:
    if not 0 < scale <= MAX_SCALE:
        raise ConfigError(
            tr(f"规模 {scale} 须大于 0、不超过 {MAX_SCALE}", f"scale {scale}: above 0, at most {MAX_SCALE}")
        )
    if seed < 0:
        raise ConfigError(tr(f"种子 {seed} 不能为负", f"seed {seed}: not negative"))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ConfigError(tr(f"{out} 须是空文件夹", f"{out} must be an empty folder"))

"""Reads the folder of a finished run so that its persons can be explained: pairs, links, keys, places, versions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from data.contracts.tables import PROVENANCE
from data.errors import ConfigError
from data.model import MEMBER_SIDE
from data.words import tr
from matching.blocks import Blocks
from matching.spec import MatchSpec
from reports.outputs import RECORD_KEYS_FILE
from reports.staging import SEAL


@dataclass(frozen=True)
class FinishedRun:
    """What explanations read (`matching.explain_person.Matched`), and where every record stood in its source.

    places: the four source columns by unique_id. summary: the content of summary.json.
    """

    pairs: pd.DataFrame
    links: pd.DataFrame
    blocks: Blocks
    n_capped_by_rule: dict[str, int]
    places: pd.DataFrame
    summary: dict[str, Any]

    @property
    def area(self) -> str:
        """The area of the run."""
        return str(self.summary["area"])

    @property
    def model(self) -> dict[str, Any]:
        """The model that weighed its pairs: name, version, digest, is_frozen, learned_from."""
        return dict(self.summary["model"])

    def record(self, asked: str) -> str:
        """The unique_id of a record; of a person (P...) the first of its records. ConfigError if nobody has it."""
        if asked in self.places.index:
            return asked
        records = self.links.loc[self.links["person_id"] == asked, "unique_id"]
        if records.empty:
            raise ConfigError(tr(f"这次运行中没有记录或人员 {asked}", f"this run has no record or person {asked}"))
        return str(records.min())

    def place(self, unique_id: str) -> dict[str, Any]:
        """Source, file, sheet and row of a record."""
        found = self.places.loc[unique_id]
        return {name: int(found[name]) if name == "source_row" else str(found[name]) for name in PROVENANCE}


def read_run(folder: Path, spec: MatchSpec) -> FinishedRun:
    """Read what `longlou reconcile` wrote. ConfigError for another folder, or a model with other comparisons."""
    if not (folder / SEAL).is_file():
        raise ConfigError(tr(f"{folder} 不是 reconcile 的结果文件夹", f"{folder} is not the folder of a run"))
    summary = json.loads((folder / SEAL).read_text(encoding="utf-8"))
    pairs = _pairs(folder / "pairs.csv", spec)
    records = pd.read_parquet(folder / RECORD_KEYS_FILE)
    kinds = {name: source["kind"] for name, source in summary["sources"].items()}
    blocks = Blocks.read(records, records["source"].map(kinds).isin(list(MEMBER_SIDE)).to_numpy())
    if blocks is None:
        raise ConfigError(
            tr(
                f"{folder} 是旧版本的结果，没有分块编号：请重新核对",
                f"{folder} was written by an earlier version, without blocks: reconcile again",
            )
        )
    return FinishedRun(
        pairs=pairs,
        links=pd.read_csv(folder / "links.csv", dtype=str, keep_default_na=False)[["unique_id", "person_id"]],
        blocks=blocks,
        n_capped_by_rule={str(rule): int(n) for rule, n in summary["n_capped_by_rule"].items()},
        places=records[["unique_id", *PROVENANCE]].set_index("unique_id"),
        summary=summary,
    )


def _pairs(path: Path, spec: MatchSpec) -> pd.DataFrame:
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    levels = [name for name in table.columns if name.startswith("gamma_")]
    if set(levels) != {f"gamma_{name}" for name in spec.names()} or "left_out" not in table:
        raise ConfigError(
            tr(
                "这次运行用的是另一种模型，现在的程序解释不了",
                "the run was made with a model that this version does not know",
            )
        )
    bits = [name for name in table.columns if name.startswith("mw_")]
    weights = [*bits, "match_weight", "match_probability"]
    return table.astype({**dict.fromkeys(levels, "int8"), **dict.fromkeys(weights, "float64")})

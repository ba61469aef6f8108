"""Reads a run and its truth from their folders and measures one against the other (`matching.evaluation`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from data.contracts.frames import empty_frame, without_nan
from data.contracts.tables import PROVENANCE
from data.errors import ConfigError
from data.model import MEMBER_SIDE
from data.words import tr
from matching.blocks import Blocks
from matching.evaluation import Outputs, Truth, evaluate
from reports.outputs import RECORD_KEYS_FILE
from reports.staging import SEAL

_KEY = list(PROVENANCE)


def evaluate_run(run: Path, truth: Path) -> dict[str, Any]:
    """The document of `longlou evaluate`. Raises ConfigError when a folder is not what it should be."""
    seal = run / SEAL
    if not seal.is_file():
        raise ConfigError(tr(f"{run} 不是 reconcile 的结果文件夹", f"{run} is not the folder of a run"))
    summary = json.loads(seal.read_text(encoding="utf-8"))
    kinds = {name: source["kind"] for name, source in summary["sources"].items()}
    return evaluate(_truth(truth, kinds), _outputs(run, kinds, summary.get("unlinkable")))


def _truth(folder: Path, kinds: dict[str, str]) -> Truth:
    """`truth/`; decoys.csv and the column `errors` of persons.csv are optional."""
    persons = _table(folder / "persons.csv", [*_KEY, "true_person"])
    decoys = folder / "decoys.csv"
    return Truth(
        persons=persons.assign(is_member_side=_is_member_side(persons, kinds)),
        classes=_table(folder / "classes.csv", ["true_person", "primary_class"]),
        false_entries=_table(folder / "false_entries.csv", [*_KEY, "reason_code"]),
        errors=_errors(persons),
        decoys=_table(decoys, _KEY) if decoys.is_file() else _placed(empty_frame(_KEY)),
    )


def _errors(persons: pd.DataFrame) -> pd.DataFrame:
    """One row a record and kind of error."""
    if "errors" not in persons:
        return _placed(empty_frame([*_KEY, "error_kind"]))
    kinds = persons.assign(error_kind=persons["errors"].str.split("|")).explode("error_kind")
    return kinds.loc[kinds["error_kind"].notna() & (kinds["error_kind"] != ""), [*_KEY, "error_kind"]]


def _outputs(run: Path, kinds: dict[str, str], unlinkable: dict[str, Any] | None) -> Outputs:
    links = _table(run / "links.csv", [*_KEY, "unique_id", "person_id"])
    path = run / RECORD_KEYS_FILE
    records = _placed(pd.read_parquet(path)) if path.is_file() else None
    return Outputs(
        links=links,
        classifications=_table(run / "classifications.csv", ["person_id", "primary_class"]),
        findings=_table(run / "findings.csv", ["unique_id", "rule_code"]),
        blocks=None if records is None else Blocks.read(records, _is_member_side(records, kinds).to_numpy()),
        record_ids=None if records is None else records[[*_KEY, "unique_id"]],
        pairs=_table(run / "pairs.csv", ["unique_id_l", "unique_id_r", "match_weight", "match_probability"]),
        unlinkable=unlinkable,
    )


def _table(path: Path, columns: list[str]) -> pd.DataFrame:
    """A CSV file as text, the row number as a number; the sheet of a text file is ''."""
    if not path.is_file():
        raise ConfigError(tr(f"缺少文件 {path}", f"{path} is missing"))
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    missing = [name for name in columns if name not in table]
    if missing:
        raise ConfigError(tr(f"{path.name} 缺少列 {missing}", f"{path.name} lacks the columns {missing}"))
    return _placed(table) if "source_row" in table else without_nan(table)


def _is_member_side(rows: pd.DataFrame, kinds: dict[str, str]) -> pd.Series:
    return rows["source"].map(kinds).isin(list(MEMBER_SIDE))


def _placed(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype({"source_row": "int64"})

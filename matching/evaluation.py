"""How good was a run, against known truth? Pure metrics on frames; pairs are counted by group sizes, never listed.

docs/evaluation.md says what each figure means and what it does not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.tables import PROVENANCE
from matching.blocks import Blocks
from matching.evaluation_pairs import calibration, labelled_pairs, threshold_chart

Scores = dict[str, float]
Counts = npt.NDArray[np.int64]

#: Where a record stands: source, source_file, source_sheet, source_row (data.contracts.tables.PROVENANCE).
KEY = list(PROVENANCE)


@dataclass(frozen=True)
class Truth:
    """What the generator knows. Every row-level frame has the columns of KEY.

    persons: true_person, is_member_side (the row is of a roster or a list of claims). classes: true_person,
    primary_class, and population where it is known. false_entries: reason_code. errors: error_kind, one row a record
    and kind. decoys: rows that must not be struck out.
    """

    persons: pd.DataFrame
    classes: pd.DataFrame
    false_entries: pd.DataFrame
    errors: pd.DataFrame
    decoys: pd.DataFrame

    @classmethod
    def of(cls, tables: Mapping[str, pd.DataFrame], member_sources: Collection[str]) -> Truth:
        """From the tables of `truth/` by name (persons with its column errors: kinds joined by `|`, '' for none).

        member_sources: names of the sources whose kind is member_roster or claims.
        """
        persons = tables["persons"]
        errors = persons.assign(error_kind=persons["errors"].fillna("").str.split("|")).explode("error_kind")
        return cls(
            persons=persons.assign(is_member_side=persons["source"].isin(list(member_sources))),
            classes=tables["classes"],
            false_entries=tables["false_entries"],
            errors=errors.loc[errors["error_kind"] != "", [*KEY, "error_kind"]],
            decoys=tables["decoys"],
        )


@dataclass(frozen=True)
class Outputs:
    """What a run wrote: links (KEY, unique_id, person_id), classifications and findings as its CSV files have them.

    record_ids: KEY, unique_id of every record, linked or not, and blocks: of each the blocks that it is in; None when
    the run did not keep them: then blocking recall is not known. pairs: the graded pairs (unique_id_l, unique_id_r,
    match_weight, match_probability); unlinkable: what the run said of itself (`evaluation_unlinkables`); None for runs
    that did not say.
    """

    links: pd.DataFrame
    classifications: pd.DataFrame
    findings: pd.DataFrame
    blocks: Blocks | None = None
    record_ids: pd.DataFrame | None = None
    pairs: pd.DataFrame | None = None
    unlinkable: dict[str, Any] | None = None


def evaluate(truth: Truth, outputs: Outputs) -> dict[str, Any]:
    """The document of `longlou evaluate` (design §4)."""
    records = labelled_records(truth.persons, outputs.links)
    read = outputs.links if outputs.record_ids is None else outputs.record_ids
    wanted = true_pairs(truth.persons.merge(read[[*KEY, "unique_id"]], on=KEY, how="left"))
    recall = None
    if outputs.blocks is not None and outputs.record_ids is not None:
        recall = blocking_recall(wanted, outputs.blocks)
    return {
        "links": pairwise(records),
        "bcubed": bcubed(records),
        "blocking": {"recall": recall},
        "classes": class_scores(records, truth.classes, outputs.classifications),
        "populations": population_scores(records, truth.classes, outputs.classifications),
        "false_entries": false_entry_scores(truth, outputs),
        "strata": strata(records, truth.errors),
        **_weights(truth, outputs, read, len(wanted)),
        "unlinkables": outputs.unlinkable,
    }


def _weights(truth: Truth, outputs: Outputs, read: pd.DataFrame, n_true: int) -> dict[str, Any]:
    """Threshold chart and calibration of the graded pairs; null when the run handed none over."""
    if outputs.pairs is None:
        return {"thresholds": None, "calibration": None}
    labelled = labelled_pairs(outputs.pairs, truth.persons, read)
    weight, is_true = labelled["match_weight"].to_numpy(), labelled["is_true"].to_numpy(dtype=bool)
    return {
        "thresholds": threshold_chart(weight, is_true, n_true),
        "calibration": calibration(weight, labelled["match_probability"].to_numpy(), is_true),
    }


def labelled_records(persons: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """One row a record of the truth: KEY, true_person, is_member_side, person_id, person (integer; a record without a
    link stands alone), true (integer), and is_asked: the true person has a member-side record.

    Persons known only from the enterprise side are discarded by design (guard-rail 2): their pairs are not asked for,
    but a link between one of their records and anybody else counts as wrong.
    """
    rows = persons.merge(links[[*KEY, "person_id"]], on=KEY, how="left", validate="one_to_one")
    true = pd.factorize(rows["true_person"])[0]
    person, known = pd.factorize(rows["person_id"])
    alone = person < 0
    person = np.where(alone, len(known) + np.cumsum(alone), person)
    is_asked = rows["is_member_side"].astype(bool).groupby(true).transform("any").to_numpy()
    return rows.assign(true=true, person=person, is_asked=is_asked)


def pairwise(records: pd.DataFrame) -> Scores:
    """Precision, recall and F1 over pairs of records (of `labelled_records`)."""
    return scores_of(*pair_counts(records))


def pair_counts(records: pd.DataFrame) -> tuple[int, int, int]:
    """Right, linked and true pairs of records (of `labelled_records`); they may be added up over several runs."""
    return _pair_counts(records, np.ones(len(records), dtype=bool))


def bcubed(records: pd.DataFrame) -> Scores:
    """B-cubed: mean over records of the right share of its cluster (precision) and of its person found (recall).

    Means run over the records of persons asked for; a wrongly linked enterprise record spoils its cluster's precision.
    """
    asked = records[records["is_asked"]]
    if asked.empty:
        return _scores(1.0, 1.0)
    together = asked.groupby(["true", "person"])["true"].transform("size")
    cluster = records.groupby("person")["person"].transform("size").loc[asked.index]
    whole = asked.groupby("true")["true"].transform("size")
    return _scores(float((together / cluster).mean()), float((together / whole).mean()))


def strata(records: pd.DataFrame, errors: pd.DataFrame) -> dict[str, dict[str, float]]:
    """For each kind of error: F1 over the pairs that touch a record carrying it, and n, the true pairs among them."""
    counts = stratum_counts(records, errors)
    return {kind: {"f1": scores_of(*found)["f1"], "n": found[2]} for kind, found in counts.items()}


def stratum_counts(records: pd.DataFrame, errors: pd.DataFrame) -> dict[str, tuple[int, int, int]]:
    """For each kind of error: right, linked and true pairs that touch a record carrying it; kinds without true pairs
    are left out."""
    result = {}
    for kind, carrying in errors.groupby("error_kind", sort=True):
        marked = records[KEY].merge(carrying[KEY].drop_duplicates(), on=KEY, how="left", indicator=True)
        counts = _pair_counts(records, (marked["_merge"] == "both").to_numpy())
        if counts[2]:
            result[str(kind)] = counts
    return result


def true_pairs(persons: pd.DataFrame) -> pd.DataFrame:
    """Pairs of records of one true person, one of them member-side: unique_id_l, unique_id_r (null: not read).

    Listed by a join within persons, who have a handful of records each.
    """
    rows = persons[["true_person", "is_member_side", "unique_id"]].reset_index(drop=True).reset_index(names="row")
    pairs = rows.merge(rows, on="true_person", suffixes=("_l", "_r"))
    is_member_side = pairs["is_member_side_l"].astype(bool) | pairs["is_member_side_r"].astype(bool)
    keep = (pairs["row_l"] < pairs["row_r"]) & is_member_side
    return pairs.loc[keep, ["unique_id_l", "unique_id_r"]].reset_index(drop=True)


def blocking_recall(pairs: pd.DataFrame, blocks: Blocks) -> float:
    """Share of true pairs (`true_pairs`) among the candidate pairs; a rejected record loses its pairs."""
    read = pairs.dropna()
    if pairs.empty:
        return 1.0
    return float(blocks.made(read["unique_id_l"], read["unique_id_r"]).sum() / len(pairs))


def class_scores(records: pd.DataFrame, classes: pd.DataFrame, classifications: pd.DataFrame) -> dict[str, Any]:
    """Accuracy over the true members, and precision, recall, F1 and n (true members) of each class.

    A true member is looked up under the person that most of the member-side records went to (ties: smallest id);
    not found counts as wrong. A classification that belongs to no true member counts against its class's precision.
    """
    accuracy, per_class = _label_scores(records, classes, classifications, "primary_class")
    return {"accuracy": accuracy, "per_class": per_class}


def population_scores(
    records: pd.DataFrame, classes: pd.DataFrame, classifications: pd.DataFrame
) -> dict[str, Any] | None:
    """The same of where members work (`population`); None when the truth or the run does not say."""
    if "population" not in classes or "population" not in classifications:
        return None
    accuracy, per_population = _label_scores(records, classes, classifications, "population")
    return {"accuracy": accuracy, "per_population": per_population}


def _label_scores(
    records: pd.DataFrame, truth: pd.DataFrame, classifications: pd.DataFrame, column: str
) -> tuple[float, dict[str, dict[str, float]]]:
    member_side = records[records["is_member_side"].astype(bool) & records["person_id"].notna()]
    votes = member_side.groupby(["true_person", "person_id"]).size().rename("n").reset_index()
    votes = votes.sort_values(["true_person", "n", "person_id"], ascending=[True, False, True])
    person = votes.drop_duplicates("true_person").set_index("true_person")["person_id"]
    said = classifications.set_index("person_id")[column]
    wanted = truth.set_index("true_person")[column]
    mapped = wanted.index.to_series().map(person)
    got = mapped.map(said)
    spare = said[~said.index.isin(mapped)]
    per_label = {}
    for name in sorted({*wanted, *said}):
        n_right = int(((got == name) & (wanted == name)).sum())
        n_said, n_true = int((got == name).sum() + (spare == name).sum()), int((wanted == name).sum())
        per_label[str(name)] = {**scores_of(n_right, n_said, n_true), "n": n_true}
    return float((got == wanted).mean()) if len(wanted) else 1.0, per_label


def false_entry_scores(truth: Truth, outputs: Outputs) -> dict[str, float]:
    """Precision, recall, F1 of struck-out rows; reason_agreement: share of the right ones with the true reason."""
    struck = outputs.findings[_as_bool(outputs.findings["is_false_entry"])]
    rows = struck[["unique_id", "rule_code"]].merge(outputs.links[["unique_id", *KEY]], on="unique_id")
    said, wanted = rows[KEY].drop_duplicates(), truth.false_entries[KEY].drop_duplicates()
    right = said.merge(wanted, on=KEY)
    agreed = rows.merge(truth.false_entries, left_on=[*KEY, "rule_code"], right_on=[*KEY, "reason_code"])[
        KEY
    ].drop_duplicates()
    return {
        **scores_of(len(right), len(said), len(wanted)),
        "n_decoys_struck": len(said.merge(truth.decoys[KEY].drop_duplicates(), on=KEY)),
        "reason_agreement": len(agreed) / len(right) if len(right) else 1.0,
    }


def _pair_counts(records: pd.DataFrame, marked: npt.NDArray[np.bool_]) -> tuple[int, int, int]:
    """Right, linked and true pairs that touch a marked record.

    Pairs within a discarded person (is_asked false) are neither true nor, when linked, wrong.
    """
    asked = records["is_asked"].to_numpy()
    frame = pd.DataFrame({"true": records["true"], "person": records["person"], "marked": marked})
    linked = _touching(frame, ["person"])
    right = _touching(frame[asked], ["true", "person"])
    ignored = _touching(frame[~asked], ["true", "person"])
    return right, linked - ignored, _touching(frame[asked], ["true"])


def _touching(frame: pd.DataFrame, by: list[str]) -> int:
    """Pairs within groups, less the pairs that touch no marked record."""
    sizes = frame.groupby(by)["marked"].agg(["size", "sum"])
    return int((_n_pairs(sizes["size"].to_numpy()) - _n_pairs((sizes["size"] - sizes["sum"]).to_numpy())).sum())


def _n_pairs(sizes: Counts) -> Counts:
    return sizes * (sizes - 1) // 2


def scores_of(n_right: int, n_said: int, n_true: int) -> Scores:
    """Precision, recall, F1. Nothing said is never wrong (precision 1); nothing to find is always found (recall 1)."""
    return _scores(n_right / n_said if n_said else 1.0, n_right / n_true if n_true else 1.0)


def _scores(precision: float, recall: float) -> Scores:
    total = precision + recall
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / total if total else 0.0}


def _as_bool(column: pd.Series) -> pd.Series:
    """Truth values, also as a CSV file writes them."""
    return column.astype(str).str.lower().isin(["true", "1", "yes"])

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.blocks import Blocks
from matching.evaluation import (
    KEY,
    Outputs,
    Truth,
    bcubed,
    blocking_recall,
    class_scores,
    evaluate,
    labelled_records,
    pair_counts,
    pairwise,
    population_scores,
    scores_of,
    strata,
    stratum_counts,
    true_pairs,
)

# true person, member side?, person or None, carries the error?
RECORDS = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.booleans(), st.sampled_from(["P1", "P2", "P3", None]), st.booleans()),
    min_size=1,
    max_size=10,
)
Row = tuple[str, bool, str | None, bool]


def _keys(rows: list[int]) -> pd.DataFrame:
    return pd.DataFrame({"source": "s", "source_file": "f.csv", "source_sheet": "", "source_row": rows})


def _truth(rows: list[Row]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    persons = _keys(list(range(len(rows)))).assign(
        true_person=[row[0] for row in rows], is_member_side=[row[1] for row in rows]
    )
    linked = [i for i, row in enumerate(rows) if row[2] is not None]
    links = _keys(linked).assign(unique_id=[f"u{i}" for i in linked], person_id=[rows[i][2] for i in linked])
    errors = _keys([i for i, row in enumerate(rows) if row[3]]).assign(error_kind="typo")
    return persons, links.astype({"person_id": object}), errors


def _brute(rows: list[Row], *, touching: bool = False) -> tuple[int, int, int]:
    asked = {row[0] for row in rows if row[1]}
    right = linked = true = 0
    for a, b in combinations(rows, 2):
        if touching and not (a[3] or b[3]):
            continue
        is_same = a[0] == b[0]
        is_linked = a[2] is not None and a[2] == b[2]
        if is_same and a[0] not in asked:
            continue
        true += is_same
        linked += is_linked
        right += is_same and is_linked
    return right, linked, true


def _f1(right: int, linked: int, true: int) -> dict[str, float]:
    precision = right / linked if linked else 1.0
    recall = right / true if true else 1.0
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall or 1)}


@settings(max_examples=50, deadline=None)
@given(RECORDS)
def test_pairs_as_by_enumeration(rows: list[Row]) -> None:
    persons, links, errors = _truth(rows)
    records = labelled_records(persons, links)
    assert pairwise(records) == pytest.approx(_f1(*_brute(rows)))
    counts = _brute(rows, touching=True)
    if counts[2]:
        assert strata(records, errors)["typo"] == pytest.approx({"f1": _f1(*counts)["f1"], "n": counts[2]})
    else:
        assert strata(records, errors) == {}


@settings(max_examples=50, deadline=None)
@given(RECORDS)
def test_bcubed_as_by_enumeration(rows: list[Row]) -> None:
    persons, links, _ = _truth(rows)
    asked = {row[0] for row in rows if row[1]}
    precision, recall = [], []
    for i, row in enumerate(rows):
        if row[0] not in asked:
            continue
        cluster = {j for j, other in enumerate(rows) if j == i or (row[2] is not None and other[2] == row[2])}
        whole = {j for j, other in enumerate(rows) if other[0] == row[0]}
        precision.append(len(cluster & whole) / len(cluster))
        recall.append(len(cluster & whole) / len(whole))
    found = bcubed(labelled_records(persons, links))
    assert found["precision"] == pytest.approx(np.mean(precision) if precision else 1.0)
    assert found["recall"] == pytest.approx(np.mean(recall) if recall else 1.0)


@settings(max_examples=50, deadline=None)
@given(RECORDS, st.lists(st.lists(st.integers(-1, 2), min_size=3, max_size=3), min_size=10, max_size=10))
def test_blocking_recall_as_by_enumeration(rows: list[Row], keys: list[list[int]]) -> None:
    persons, _, _ = _truth(rows)
    wanted = [
        (i, j) for i, j in combinations(range(len(rows)), 2) if rows[i][0] == rows[j][0] and (rows[i][1] or rows[j][1])
    ]
    pairs = true_pairs(persons.assign(unique_id=[f"u{i}" for i in range(len(rows))]))
    assert len(pairs) == len(wanted)
    numbers = np.array(keys, dtype=np.int32)
    ids = np.array([f"u{i}" for i in range(10)], dtype=object)
    blocks = Blocks(ids, np.ones(10, dtype=bool), {"name": numbers[:, :1], "near": numbers[:, 1:]})
    found = sum(shares(keys[i][:1], keys[j][:1]) or shares(keys[i][1:], keys[j][1:]) for i, j in wanted)
    assert blocking_recall(pairs, blocks) == pytest.approx(found / len(wanted) if wanted else 1.0)


def shares(left: list[int], right: list[int]) -> bool:
    return bool((set(left) & set(right)) - {-1})


def test_rejected_record_loses_its_pairs() -> None:
    pairs = pd.DataFrame({"unique_id_l": ["a", "a"], "unique_id_r": ["b", None]}, dtype=object)
    ids, everybody = np.array(["a", "b"], dtype=object), np.ones(2, dtype=bool)
    assert blocking_recall(pairs, Blocks(ids, everybody, {"name": np.zeros((2, 1), dtype=np.int32)})) == 0.5


def test_classes() -> None:
    rows: list[Row] = [
        ("A", True, "P1", False),
        ("A", True, "P1", False),
        ("B", True, "P2", False),
        ("C", True, None, False),
    ]
    persons, links, _ = _truth(rows)
    classes = pd.DataFrame({"true_person": ["A", "B", "C"], "primary_class": ["lost", "normal", "normal"]})
    said = pd.DataFrame({"person_id": ["P1", "P2", "P9"], "primary_class": ["lost", "lost", "normal"]})
    found = class_scores(labelled_records(persons, links), classes, said)
    assert found["accuracy"] == pytest.approx(1 / 3)
    assert found["per_class"]["lost"] == pytest.approx({"precision": 0.5, "recall": 1.0, "f1": 2 / 3, "n": 1})
    # P9 is nobody's: it counts against the precision of normal.
    assert found["per_class"]["normal"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "n": 2}
    # Right in their class, and yet at the wrong kind of workplace.
    assert population_scores(labelled_records(persons, links), classes, said) is None
    at = population_scores(
        labelled_records(persons, links),
        classes.assign(population=["elsewhere", "market", "market"]),
        said.assign(population=["market", "market", "elsewhere"]),
    )
    assert at is not None
    assert at["accuracy"] == pytest.approx(1 / 3)
    assert at["per_population"]["market"] == pytest.approx({"precision": 0.5, "recall": 0.5, "f1": 0.5, "n": 2})


def _tables() -> dict[str, pd.DataFrame]:
    persons = _keys([2, 3, 4, 5]).assign(true_person=["A", "A", "B", "Z"], errors=["", "typo|rare", "rare", ""])
    persons["source"] = ["roster", "shops", "roster", "shops"]
    return {
        "persons": persons,
        "classes": pd.DataFrame({"true_person": ["A", "B"], "primary_class": ["floating", "normal"]}),
        "false_entries": persons.loc[[0], KEY].assign(reason_code="F04"),
        "decoys": persons.loc[[2], KEY].assign(reason_code="F07"),
    }


def _outputs(persons: pd.DataFrame, **changes: object) -> Outputs:
    links = persons.loc[[0, 1, 2], KEY].assign(unique_id=["u0", "u1", "u2"], person_id=["P1", "P1", "P2"])
    said = pd.DataFrame({"person_id": ["P1", "P2"], "primary_class": ["floating", "normal"]})
    findings = pd.DataFrame(
        {
            "unique_id": ["u0", "u2", "u2"],
            "rule_code": ["F04", "F07", "F02"],
            "is_false_entry": ["True", "True", "False"],
        }
    )
    return replace(Outputs(links, said, findings), **changes)


def test_document() -> None:
    tables = _tables()
    truth = Truth.of(tables, {"roster"})
    ids = tables["persons"][KEY].assign(unique_id=["u0", "u1", "u2", "u3"])
    blocks = Blocks(
        np.array(["u0", "u1"], dtype=object), np.array([True, False]), {"name": np.zeros((2, 1), dtype=np.int32)}
    )
    found = evaluate(truth, _outputs(tables["persons"], blocks=blocks, record_ids=ids))
    perfect = {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert found["links"] == found["bcubed"] == perfect
    assert found["blocking"] == {"recall": 1.0}
    assert found["classes"]["accuracy"] == 1.0
    assert found["false_entries"] == {
        "precision": 0.5,
        "recall": 1.0,
        "f1": pytest.approx(2 / 3),
        "n_decoys_struck": 1,
        "reason_agreement": 1.0,
    }
    assert found["strata"] == {"rare": {"f1": 1.0, "n": 1}, "typo": {"f1": 1.0, "n": 1}}


def test_blocking_is_unknown_without_the_candidates() -> None:
    tables = _tables()
    assert evaluate(Truth.of(tables, {"roster"}), _outputs(tables["persons"]))["blocking"] == {"recall": None}


def test_enterprise_record_linked_to_a_member_counts_as_wrong() -> None:
    tables = _tables()
    links = tables["persons"][KEY].assign(unique_id=["u0", "u1", "u2", "u3"], person_id=["P1", "P1", "P2", "P2"])
    records = labelled_records(Truth.of(tables, {"roster"}).persons, links)
    assert pairwise(records)["precision"] == 0.5


def test_counts_of_strata_add_up_to_their_scores() -> None:
    rows: list[Row] = [("A", True, "P1", True), ("A", False, "P1", False), ("B", True, "P1", False)]
    persons, links, errors = _truth(rows)
    records = labelled_records(persons, links)
    assert pair_counts(records) == (1, 3, 1)
    assert stratum_counts(records, errors) == {"typo": (1, 2, 1)}
    assert scores_of(1, 2, 1) == pytest.approx({"precision": 0.5, "recall": 1.0, "f1": 2 / 3})


def test_weights_are_told_of_runs_that_hand_over_their_pairs() -> None:
    persons, links, errors = _truth([("A", True, "P1", True), ("A", False, "P1", False), ("B", True, "P2", False)])
    truth = Truth(persons, pd.DataFrame(columns=["true_person", "primary_class"]), _keys([]), errors, _keys([]))
    pairs = pd.DataFrame({"unique_id_l": ["u0", "u0"], "unique_id_r": ["u1", "u2"], "match_weight": [9.0, 1.0]}).assign(
        match_probability=[0.998, 0.667]
    )
    findings = pd.DataFrame(columns=["unique_id", "rule_code", "is_false_entry"], dtype=object)
    classifications = pd.DataFrame(columns=["person_id", "primary_class"], dtype=object)
    outputs = Outputs(links, classifications, findings, pairs=pairs, unlinkable={"n_members": 2})
    told = evaluate(replace(truth, false_entries=_keys([]).assign(reason_code="")), outputs)
    assert told["thresholds"]["best"] == {"threshold": 9.0, "precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 1}
    assert [band["n"] for band in told["calibration"]["bands"]] == [1, 1]
    assert told["unlinkables"] == {"n_members": 2}
    silent = evaluate(replace(truth, false_entries=_keys([]).assign(reason_code="")), replace(outputs, pairs=None))
    assert silent["thresholds"] is None
    assert silent["calibration"] is None

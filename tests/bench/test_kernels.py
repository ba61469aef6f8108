"""`bench kernels`: every kind of comparison, on pairs whose values matter to it, beside its limit."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bench import kernels
from bench.kernels_data import WORKLOADS, Material, make_material
from matching.link.kinds import KINDS, build


@pytest.fixture(scope="module")
def material() -> Material:
    return make_material(6_000, 3_000, 5_000, seed=3)


def test_every_kind_of_comparison_is_measured() -> None:
    assert set(WORKLOADS) == set(KINDS)


@pytest.mark.parametrize("kind", WORKLOADS)
def test_its_values_make_it_work(kind: str, material: Material) -> None:
    """Both equal and unequal values are met, few are missing: what is measured is the kernel."""
    workload = WORKLOADS[kind]
    feature = build(kind, workload.columns, dict(workload.options), kind)
    prepared = feature.prepare(*(material.records[column] for column in workload.columns))
    levels = feature.levels(prepared, material.left, material.right)
    assert len(np.unique(levels)) >= 2
    assert (levels >= 0).mean() > 0.3


def test_pairs_are_candidates_sorted_by_left(material: Material) -> None:
    assert (np.diff(material.left) >= 0).all()
    assert material.left.max() < 6_000 <= material.right.min()
    assert sorted(material.shuffled) == list(range(len(material.left)))
    names = material.records["pinyin"].to_numpy(dtype=object)
    assert (names[material.left] == names[material.right]).mean() > 0.3


def test_the_document_and_its_table() -> None:
    told = kernels.measure(6_000, 2_000, 1, seed=3)
    assert [each["kind"] for each in told["comparisons"]] == list(WORKLOADS)
    for each in told["comparisons"]:
        assert min(each["shuffled_ns"], each["by_left_ns"], each["limit_ns"]) > 0
        assert each["m_pairs_per_s"] == pytest.approx(1e3 / each["by_left_ns"])
    assert told["copy_gb_per_s"] > 0.1
    json.dumps(told)
    assert kernels.table(told).count("cdist") == sum(load.scorer is not None for load in WORKLOADS.values())


@pytest.mark.parametrize("arguments", [["--records", "10"], ["--pairs", "0"], ["--repeats", "0"], ["--seed", "-1"]])
def test_options_that_make_no_sense_are_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        kernels.parse(arguments)
    assert refused.value.code == 2
    assert arguments[0] in capsys.readouterr().err

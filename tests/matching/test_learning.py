"""A frozen model gives what its own training run gave, and no row order changes a digit."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data.errors import ConfigError
from matching.freezing import freeze, thaw
from matching.learning import compare_records, learn, n_possible_pairs
from matching.model_file import ModelFile, TrainedOn
from matching.pipeline import match_persons
from matching.training import Model
from tests.matching.builders import ONE_ROW, SPEC, County, frame, judge, no_judgements, no_persons, record

KEY = b"0123456789abcdef0123456789abcdef"
ON = TrainedOn(
    method="em",
    area="469005",
    as_of=date(2016, 6, 16),
    code_version="1",
    sources={},
    n_records={"member_roster": 3},
    n_candidates=1,
    n_possible=2,
    n_random_pairs=3,
)


@pytest.fixture(scope="module")
def county() -> tuple[pd.DataFrame, Model]:
    records, _ = County(8, 400, 2000).build()
    compared = compare_records(records, SPEC)
    return records, learn(compared.patterns, compared.vectors, compared.normalised, SPEC)


def test_numbers_do_not_hang_on_the_ids(county: tuple[pd.DataFrame, Model]) -> None:
    """Ids are hashes under the installation's key: another key puts the same records in another order."""
    records, model = county
    other = records.assign(unique_id=[f"k{i:05}" for i in reversed(range(len(records)))])
    compared = compare_records(other, SPEC)
    again = learn(compared.patterns, compared.vectors, compared.normalised, SPEC)
    assert again.probability_two_random_records_match == pytest.approx(model.probability_two_random_records_match)
    for one, two in zip((*model.m, *model.u), (*again.m, *again.u), strict=True):
        assert one == pytest.approx(two)


def test_a_frozen_model_reproduces_its_training_run(county: tuple[pd.DataFrame, Model]) -> None:
    records, model = county
    file = freeze(model, SPEC, ON, KEY, "m")
    again = ModelFile.model_validate_json(file.model_dump_json())
    assert again.digest == file.digest
    frozen = thaw(again, SPEC, KEY)
    own = match_persons(records, SPEC, no_judgements(), no_persons(), ONE_ROW)
    with_file = match_persons(records, SPEC, no_judgements(), no_persons(), ONE_ROW, frozen)
    pd.testing.assert_frame_equal(own.pairs, with_file.pairs, check_exact=True)
    pd.testing.assert_frame_equal(own.links, with_file.links)
    assert own.model == with_file.model


def test_a_part_of_the_records_weighs_the_same_under_a_frozen_model(county: tuple[pd.DataFrame, Model]) -> None:
    """What lets a night compare only what changed: no pair's weight hangs on the other records of the run."""
    records, model = county
    frozen = thaw(freeze(model, SPEC, ON, KEY, "m"), SPEC, KEY)
    whole = match_persons(records, SPEC, no_judgements(), no_persons(), ONE_ROW, frozen).pairs
    some = whole.iloc[:60]
    wanted = records[records["unique_id"].isin([*some["unique_id_l"], *some["unique_id_r"]])]
    part = match_persons(wanted, SPEC, no_judgements(), no_persons(), ONE_ROW, frozen).pairs
    weights = [c for c in whole.columns if c.startswith(("mw_", "match_weight"))]
    both = some.merge(part, on=["unique_id_l", "unique_id_r"], suffixes=("", "_part"))
    assert len(both) == len(some)
    for column in weights:
        assert (both[column] == both[f"{column}_part"]).all(), column
    own = match_persons(wanted, SPEC, no_judgements(), no_persons(), ONE_ROW).pairs
    learned = some.merge(own, on=["unique_id_l", "unique_id_r"], suffixes=("", "_part"))
    assert (learned["match_weight"] != learned["match_weight_part"]).any()


def test_training_does_not_hang_on_the_order_of_rows(county: tuple[pd.DataFrame, Model]) -> None:
    records, model = county
    compared = compare_records(records.sample(frac=1, random_state=4), SPEC)
    again = learn(compared.patterns, compared.vectors, compared.normalised, SPEC)
    assert freeze(again, SPEC, ON, KEY, "m").digest == freeze(model, SPEC, ON, KEY, "m").digest


def test_judged_pairs_teach_a_run_nothing(county: tuple[pd.DataFrame, Model]) -> None:
    """Judgements reach a model by proposal and activation only."""
    records, _ = county
    ids = sorted(records["unique_id"])
    judged = judge((ids[0], ids[1], "negative"), (ids[2], ids[9], "positive"))
    own = match_persons(records, SPEC, no_judgements(), no_persons(), ONE_ROW).model
    told = match_persons(records, SPEC, judged, no_persons(), ONE_ROW).model
    assert own == told


def test_only_pairs_with_a_member_are_possible() -> None:
    records = frame(
        record("a", name="陈伟"), record("b", name="陈伟", source="r2"), record("c", name="王强", source="r3")
    )
    compared = compare_records(records, SPEC)
    assert n_possible_pairs(compared.normalised) == 3


def test_another_shape_or_another_key_is_refused(county: tuple[pd.DataFrame, Model]) -> None:
    file = freeze(county[1], SPEC, ON, KEY, "m")
    with pytest.raises(ConfigError, match="密钥不同"):
        thaw(file, SPEC, KEY[::-1])
    other = SPEC.model_copy(update={"comparisons": SPEC.comparisons[:-1]})
    with pytest.raises(ConfigError, match="另一套比较级别"):
        thaw(file, other, KEY)
    # Budgets, thresholds and reasons may change without a new training.
    assert thaw(file, SPEC.model_copy(update={"pair_budget": 9, "link_threshold": 4.0}), KEY).prior_bits < 0


def test_a_model_file_holds_no_value_of_a_record(county: tuple[pd.DataFrame, Model]) -> None:
    records, model = county
    text = freeze(model, SPEC, ON, KEY, "m").text()
    for column in ("name", "id_no", "mobile", "employer"):
        assert not any(str(value) in text for value in records[column].dropna().unique() if len(str(value)) > 1), column

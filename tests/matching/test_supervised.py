"""What judgements teach, on simulated pairs whose truth is known and which only the queue's part of is judged."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.errors import InputRefused
from matching.arrays import Bits, Codes, Mask
from matching.dependence import dependence_bits, explained_bits
from matching.learning import Compared, compare_records, learn
from matching.supervised import NEEDED_HELD_OUT, NEEDED_TO_LEARN, Labelled, label_pairs, re_estimate
from matching.training import Answers, Model, train
from matching.weights import sum_of_weights
from tests.matching.builders import County, judge, no_persons
from tests.matching.simulated import LINKS, N_POSSIBLE, NAMES, SPEC, Simulated, simulate, table


def weights(model: Model, data: Simulated) -> Bits:
    levels = data.candidates.levels
    dependence = dependence_bits(explained_bits(levels, model.weights, model.causes), model.causes)
    pattern = sum_of_weights(levels, model.weights) + dependence + model.prior_bits
    return np.asarray(pattern[data.candidates.of_pair])


def answers(data: Simulated, judged: Codes) -> Answers:
    of_pair, n = data.candidates.of_pair[judged], len(data.candidates.levels)
    yes = data.is_link[judged]
    return Answers(np.bincount(of_pair[yes], minlength=n), np.bincount(of_pair[~yes], minlength=n))


def error(m: list[Bits]) -> float:
    """Sum of distances of m from what the links were drawn from."""
    return sum(float(np.abs(m[NAMES.index(name)] - table(name, of)).sum()) for name, of in LINKS.items())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_judgements_of_the_queue_bring_the_model_nearer_to_the_truth(seed: int) -> None:
    data = simulate(seed)
    nobody = np.zeros(len(data.candidates.levels), dtype=bool)
    plain = train(data.candidates, nobody, data.random, N_POSSIBLE, 1200, SPEC)
    weight = weights(plain, data)
    queue = np.flatnonzero((weight > -6) & (weight < 6))
    judged = np.random.default_rng(seed).permutation(queue)[: len(queue) // 2]
    told = train(data.candidates, nobody, data.random, N_POSSIBLE, 1200, SPEC, answers(data, judged))
    assert error(told.m) < error(plain.m)
    # Among judged pairs alone agreement on the employer is rarer than it is: such pairs are not asked about.
    number = NAMES.index("employer")
    agrees = data.candidates.levels[data.candidates.of_pair, number] > 0
    assert agrees[judged[data.is_link[judged]]].mean() < agrees[data.is_link].mean()
    rest = np.setdiff1d(queue, judged)
    assert log_loss(weights(told, data)[rest], data.is_link[rest]) < log_loss(weight[rest], data.is_link[rest])


def log_loss(weight: Bits, is_link: Mask) -> float:
    return float(np.logaddexp2(0, np.where(is_link, -weight, weight)).mean())


def test_an_answer_takes_the_place_of_its_pairs_probability() -> None:
    """Everything judged: m is the plain share among links, beliefs weighing in as pseudo-counts."""
    data = simulate(5)
    nobody = np.zeros(len(data.candidates.levels), dtype=bool)
    every = np.arange(len(data.is_link))
    model = train(data.candidates, nobody, data.random, N_POSSIBLE, 1200, SPEC, answers(data, every))
    sex = SPEC.comparison("sex")
    levels = data.candidates.levels[data.candidates.of_pair, NAMES.index("sex")][data.is_link]
    expected = ((levels == 0).sum() + SPEC.m_strength * sex.levels[0].m) / (len(levels) + SPEC.m_strength)
    assert model.m[NAMES.index("sex")][0] == pytest.approx(expected, rel=1e-9)
    assert model.n_links[NAMES.index("sex")].sum() == data.is_link.sum()


def test_a_pair_that_a_guard_forbids_teaches_nothing_even_when_judged() -> None:
    data = simulate(5)
    everything = np.ones(len(data.candidates.levels), dtype=bool)
    model = train(data.candidates, everything, data.random, N_POSSIBLE, 1200, SPEC, answers(data, np.arange(600)))
    assert model.n_links[NAMES.index("sex")].sum() == 0


@pytest.fixture(scope="module")
def county() -> tuple[Compared, pd.Series, Model]:
    records, truth = County(8, 400, 2000).build()
    compared = compare_records(records, SPEC)
    return compared, truth, learn(compared.patterns, compared.vectors, compared.normalised, SPEC)


def judged_of(compared: Compared, truth: pd.Series, rows: Codes) -> pd.DataFrame:
    ids = compared.normalised["unique_id"].to_numpy(dtype=object)
    left, right = ids[compared.left[rows]], ids[compared.right[rows]]
    said = np.where(truth[left].to_numpy() == truth[right].to_numpy(), "positive", "negative")
    return pd.DataFrame({"unique_id_l": left, "unique_id_r": right, "judgement": said}, dtype=object)


def test_no_person_is_on_both_sides_of_the_split(county: tuple[Compared, pd.Series, Model]) -> None:
    compared, truth, _ = county
    judged = judged_of(compared, truth, np.arange(0, len(compared.left), 7))
    known = pd.DataFrame({"unique_id": truth.index, "person_id": truth.astype(str).to_numpy(), "minted_seq": 1})
    labelled = label_pairs(judged, known, compared)
    person = truth[compared.normalised["unique_id"]].to_numpy()
    out, used = (
        {*person[labelled.left[side]], *person[labelled.right[side]]}
        for side in (labelled.is_held_out, ~labelled.is_held_out)
    )
    assert out
    assert used
    assert not out & used
    shuffled = label_pairs(judged.sample(frac=1, random_state=2), known.sample(frac=1, random_state=3), compared)
    assert sorted(zip(labelled.left, labelled.right, labelled.is_held_out, strict=True)) == sorted(
        zip(shuffled.left, shuffled.right, shuffled.is_held_out, strict=True)
    )


def test_unsure_strangers_and_records_that_are_gone_are_left_out(county: tuple[Compared, pd.Series, Model]) -> None:
    compared = county[0]
    ids = compared.normalised["unique_id"]
    pair, other = ((ids[compared.left[row]], ids[compared.right[row]]) for row in (0, len(compared.left) - 1))
    first = compared.left[0]
    met = {first, *compared.right[compared.left == first], *compared.left[compared.right == first]}
    never_met = ids[next(at for at in range(len(ids)) if at not in met)]
    said = judge(
        (*pair, "positive"), (*other, "unsure"), ("gone", ids[4], "negative"), (pair[0], never_met, "negative")
    )
    labelled = label_pairs(said, no_persons().astype({"minted_seq": "int64"}), compared)
    assert (len(labelled.left), labelled.n_unknown) == (1, 2)
    assert labelled.is_positive.tolist() == [True]
    assert labelled.at.tolist() == [0]


def labels(compared: Compared, truth: pd.Series, n: int, without: Mask | None = None) -> Labelled:
    """n true and n false candidates, none of `without`; every third pair held out."""
    ids = compared.normalised["unique_id"].to_numpy(dtype=object)
    same = truth[ids[compared.left]].to_numpy() == truth[ids[compared.right]].to_numpy()
    able = np.ones(len(same), dtype=bool) if without is None else ~without
    rows = np.concatenate([np.flatnonzero(same & able)[:n], np.flatnonzero(~same & able)[:n]])
    held_out = np.arange(len(rows)) % 3 == 0
    return Labelled(compared.left[rows], compared.right[rows], rows, same[rows], np.arange(len(rows)), held_out, 0)


def test_too_few_judgements_are_refused_with_what_is_missing(county: tuple[Compared, pd.Series, Model]) -> None:
    compared, truth, model = county
    nobody = np.zeros(len(compared.left), dtype=bool)
    with pytest.raises(InputRefused) as refused:
        re_estimate(compared, labels(compared, truth, 9), nobody, model, SPEC)
    assert f"判为同一人、用于学习的 {NEEDED_TO_LEARN - 6} 对（现有 6）" in str(refused.value)
    assert f"判为不同人、留作检验的 {NEEDED_HELD_OUT - 3} 对（现有 3）" in str(refused.value)


def test_a_common_doubtful_level_that_nobody_judged_is_named(county: tuple[Compared, pd.Series, Model]) -> None:
    compared, truth, model = county
    levels = compared.patterns.levels[compared.patterns.of_pair, NAMES.index("id_no")]
    masked = levels == SPEC.comparison("id_no").level("compatible")
    assert masked.sum() >= 5
    with pytest.raises(InputRefused, match="证件（可见位相符）5 对"):
        re_estimate(compared, labels(compared, truth, 60, masked), masked, model, SPEC)


def test_it_shrinks_to_the_current_model(county: tuple[Compared, pd.Series, Model]) -> None:
    compared, truth, model = county
    nobody = np.zeros(len(compared.left), dtype=bool)
    strange = Model([np.roll(m, 1) for m in model.m], model.u, model.weights, 0.001)
    enough = labels(compared, truth, 60)
    near, far = (re_estimate(compared, enough, nobody, current, SPEC) for current in (model, strange))
    number = NAMES.index("join_on")
    # Nobody in this county states the date of joining: the current model's word stands.
    assert near.m[number] == pytest.approx(model.m[number])
    assert far.m[number] == pytest.approx(strange.m[number])

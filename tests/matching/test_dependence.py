from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.dependence import believed_causes, cause_shares, dependence_bits, explained_bits
from matching.spec import MatchSpec, load_spec
from matching.training import Model, train
from matching.vectors import Patterns
from matching.weights import BIT_GRAIN, probability_of, sum_of_weights
from tests.matching.simulated import LINKS, NAMES, OTHERS, draw, patterns_of

SPEC = load_spec()
NOTHING = Patterns(np.zeros((0, len(NAMES)), dtype=np.int8), np.zeros(0, dtype=np.int64))
MODEL = train(NOTHING, np.zeros(0, dtype=bool), NOTHING, 10**8, 5000, SPEC)
#: With the causes as rare as the specification believes.
BELIEVED = replace(MODEL, causes=believed_causes(MODEL.m, MODEL.u, SPEC))
LEVELS = st.tuples(*[st.integers(-1, len(c.levels) - 1) for c in SPEC.comparisons])


def weight(rows: list[tuple[int, ...]], model: Model = MODEL) -> list[float]:
    levels = np.array(rows, dtype=np.int8).reshape(-1, len(NAMES))
    explained = explained_bits(levels, model.weights, model.causes)
    return list(sum_of_weights(levels, model.weights) + dependence_bits(explained, model.causes))


def vector(**levels: int) -> tuple[int, ...]:
    return tuple(levels.get(name, -1) for name in NAMES)


@given(LEVELS, st.integers(0, len(NAMES) - 1))
def test_a_higher_level_never_weighs_less_dependence_included(row: tuple[int, ...], which: int) -> None:
    rows = [(*row[:which], level, *row[which + 1 :]) for level in range(len(SPEC.comparisons[which].levels))]
    found = weight(rows)
    assert found == sorted(found)


@given(LEVELS)
def test_the_bar_is_whole_grains_and_never_speaks_for_a_match(row: tuple[int, ...]) -> None:
    levels = np.array([row], dtype=np.int8)
    bar = float(dependence_bits(explained_bits(levels, MODEL.weights, MODEL.causes), MODEL.causes)[0])
    assert bar <= 0
    assert bar / BIT_GRAIN == round(bar / BIT_GRAIN)


def test_what_a_household_shares_is_worth_no_more_than_households_are_rare() -> None:
    best = {name: len(SPEC.comparison(name).levels) - 1 for name in ("mobile", "home", "employer", "place", "name")}
    family = weight([vector(name=1, sex=0, **{n: best[n] for n in ("mobile", "home", "employer", "place")})])[0]
    rarity = -np.log2(SPEC.shared_cause("household").share)
    # Surname alike and sex different speak against; everything that they share is worth at most the cause's rarity.
    assert family < rarity
    plain = sum_of_weights(
        np.array(
            [vector(name=1, sex=0, **{n: best[n] for n in ("mobile", "home", "employer", "place")})], dtype=np.int8
        ),
        MODEL.weights,
    )[0]
    assert plain > family + 10
    # The name is not shared for that reason: with it the same pair is one person.
    assert weight([vector(**best)])[0] > rarity + 10


def test_a_single_agreement_is_left_alone() -> None:
    for name in ("name", "birth", "sex", "join_on"):
        rows = np.array([vector(**{name: len(SPEC.comparison(name).levels) - 1})], dtype=np.int8)
        bar = dependence_bits(explained_bits(rows, MODEL.weights, MODEL.causes), MODEL.causes)[0]
        # A birthday has a cause of its own, which is rarer than the day alone.
        assert bar == 0 if name != "birth" else -0.3 < bar < 0


def test_a_near_number_says_little_that_the_birthday_has_not_said() -> None:
    level = {name: SPEC.comparison(name).level for name in NAMES}
    near = level["id_no"]("two_slips")
    both = weight([vector(birth=level["birth"]("same_day"), id_no=near)], BELIEVED)[0]
    apart = weight([vector(birth=level["birth"]("same_day"))], BELIEVED)[0] + weight([vector(id_no=near)], BELIEVED)[0]
    assert both < apart - 5
    # Another birth, and the number is news; one slip is more than people of one birthday have in common.
    other, one = level["birth"]("same_month"), level["id_no"]("one_slip")
    assert weight([vector(birth=other, id_no=near)], BELIEVED)[0] > weight([vector(birth=other)], BELIEVED)[0] + 7
    assert weight([vector(birth=level["birth"]("same_day"), id_no=one)], BELIEVED)[0] > both + 7


def test_namesakes_of_one_birthday_whose_numbers_stand_near_go_to_an_analyst() -> None:
    level = {name: SPEC.comparison(name).level for name in NAMES}
    alike = {"name": "exact", "id_no": "two_slips", "birth": "same_day", "sex": "same"}
    apart = {"mobile": "different", "place": "same_area", "home": "different"}
    together = {name: level[name](value) for name, value in alike.items()}
    bits = MODEL.prior_bits
    strangers = (
        weight([vector(**together, **{name: level[name](value) for name, value in apart.items()})], BELIEVED)[0] + bits
    )
    assert SPEC.review_threshold < strangers < SPEC.hold_threshold
    assert weight([vector(**together, mobile=level["mobile"]("exact"))], BELIEVED)[0] + bits > SPEC.link_threshold


def test_shares_of_causes_add_up() -> None:
    rows = np.array([vector(name=0, mobile=2, home=3, employer=4, place=2), vector(name=0)], dtype=np.int8)
    shares = cause_shares(explained_bits(rows, MODEL.weights, MODEL.causes), MODEL.causes)
    assert 0.9 < sum(float(share[0]) for share in shares) <= 1
    assert sum(float(share[1]) for share in shares) < 1e-3
    assert cause_shares([], ()) == []


def test_families_are_learned_and_weights_come_true() -> None:
    """Couples share telephone, house and shop: without the cause their pairs pass for links."""
    random = np.random.default_rng(3)
    full = LINKS | {"mobile": {"different": 0.4, "exact": 0.6}}
    family = {name: full[name] for name in ("mobile", "home", "employer", "place")}
    family |= {"name": {"different": 0.5, "same_surname": 0.5}, "sex": {"different": 0.8, "same": 0.2}}
    apart = {"name": {"different": 0.93, "same_surname": 0.07}, "mobile": {"different": 1.0}} | OTHERS
    links, couples, others = (draw(random, n, of) for n, of in ((500, full), (300, family), (20_000, apart)))
    candidates = patterns_of(np.vstack([links, couples, others]))
    is_link = np.arange(len(candidates.of_pair)) < len(links)
    unrelated = patterns_of(
        draw(random, 300_000, apart | {"name": {"different": 0.93, "same_surname": 0.069, "exact": 0.001}})
    )
    nobody = np.zeros(len(candidates.levels), dtype=bool)

    def learned(spec: MatchSpec) -> tuple[Model, float]:
        model = train(candidates, nobody, unrelated, 30_000_000, 1000, spec)
        bits = sum_of_weights(candidates.levels, model.weights) + model.prior_bits
        if model.causes:
            bits = bits + dependence_bits(explained_bits(candidates.levels, model.weights, model.causes), model.causes)
        sure = bits[candidates.of_pair] > 3
        return model, float(probability_of(bits[candidates.of_pair])[sure].mean() - is_link[sure].mean())

    model, gap = learned(SPEC)
    _, gap_without = learned(SPEC.model_copy(update={"shared_causes": ()}))
    assert gap_without > 0.05
    assert abs(gap) < 0.01
    household = next(cause for cause in model.causes if cause.name == "household")
    # A couple that shares nothing this time looks like any two strangers.
    assert 100 < household.n_pairs < 330


def test_causes_follow_m_and_u() -> None:
    causes = believed_causes(MODEL.m, MODEL.u, SPEC)
    for cause in causes:
        believed = SPEC.shared_cause(cause.name)
        for number, name in enumerate(NAMES):
            assert (cause.weights[number] == 0).all() == (name in believed.shares)
        top = {"name": "exact", "id_no": "exact"}
        for name, table in cause.u.items():
            exact = SPEC.comparison(name).level(top[name])
            assert table.sum() == pytest.approx(1)
            assert table[exact] == MODEL.u[NAMES.index(name)][exact]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"shares": ("name", "nonsense")}, "nonsense"),
        ({"levels": {"name": {"nonsense": 0.5}}}, "name.nonsense"),
        ({"levels": {"mobile": {"exact": 0.5}}}, "told twice"),
    ],
)
def test_a_cause_that_names_what_is_not_there_is_refused(change: dict[str, object], message: str) -> None:
    content = SPEC.model_dump()
    content["shared_causes"] = [{**content["shared_causes"][0], **change}]
    with pytest.raises(ValueError, match=message):
        MatchSpec.model_validate(content)

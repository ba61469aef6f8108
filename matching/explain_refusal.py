"""Why are these two not one person? Every guard, judgement, contradiction or lack of weight between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data.model import Judgement, MatchGrade
from data.words import tr
from matching import explain_words as words
from matching.explain import Bar, bars_of
from matching.explain_blocking import RuleVerdict, rule_verdicts
from matching.explain_person import Matched, person_of
from matching.grading import any_guard
from matching.spec import Guard, MatchSpec
from matching.weights import round_bits

#: Ways to certainty that are told when none is met.
MOST_WAYS = 4


@dataclass(frozen=True)
class Obstacle:
    """What stopped one pair. bits: what it weighs or what is lacking; None where no weight is at stake."""

    code: str
    unique_id_l: str
    unique_id_r: str
    bits: float | None
    text: str


@dataclass(frozen=True)
class WhyNot:
    """Two records and what stands between their persons; obstacles of the heaviest pair first.

    bars: of the heaviest pair between the two persons that was kept, with its records; () when none was. rules: what
    each blocking rule had of the two records, when no rule brought any pair of theirs.
    """

    unique_id_l: str
    unique_id_r: str
    person_id_l: str | None
    person_id_r: str | None
    is_one_person: bool
    heaviest: tuple[str, str] | None
    match_weight: float | None
    match_key: str
    bars: tuple[Bar, ...]
    obstacles: tuple[Obstacle, ...]
    rules: tuple[RuleVerdict, ...]


def why_not(
    result: Matched,
    left: str,
    right: str,
    spec: MatchSpec,
    judgements: pd.DataFrame | None = None,
    records: pd.DataFrame | None = None,
) -> WhyNot:
    """What keeps the persons of two records apart.

    judgements: live ones, to name a negative one (such pairs are not kept). records: PERSON_RECORDS of the run, to tell
    what each blocking rule had of the two; both are left out where only the tables of the run are at hand.
    """
    low, high = sorted((left, right))
    (person_l, of_l), (person_r, of_r) = (person_of(result.links, record) for record in (low, high))
    if low == high or (person_l is not None and person_l == person_r):
        return WhyNot(low, high, person_l, person_r, True, None, None, "", (), (), ())
    between = _between(result.pairs, of_l, of_r).sort_values(
        ["match_weight", "unique_id_l", "unique_id_r"], ascending=[False, True, True]
    )
    pairs = [{str(name): value for name, value in row.items()} for row in between.to_dict("records")]
    obstacles = [*_negative(judgements, of_l, of_r), *(found for pair in pairs for found in _obstacles(pair, spec))]
    rules: tuple[RuleVerdict, ...] = ()
    if not pairs:
        is_candidate = bool(result.blocks.made([low], [high]).all())
        rules = () if is_candidate else rule_verdicts((low, high), spec, result.n_capped_by_rule, records)
        obstacles += [_dropped(low, high, spec) if is_candidate else _never_compared(low, high, len(rules))]
    best = pairs[0] if pairs else None
    return WhyNot(
        low,
        high,
        person_l,
        person_r,
        False,
        (str(best["unique_id_l"]), str(best["unique_id_r"])) if best else None,
        float(round_bits(best["match_weight"])) if best else None,
        str(best["match_key"]) if best else "",
        bars_of(best, spec) if best else (),
        tuple(obstacles),
        rules,
    )


def _between(pairs: pd.DataFrame, of_l: tuple[str, ...], of_r: tuple[str, ...]) -> pd.DataFrame:
    l_in_l, l_in_r = pairs["unique_id_l"].isin(of_l), pairs["unique_id_l"].isin(of_r)
    r_in_l, r_in_r = pairs["unique_id_r"].isin(of_l), pairs["unique_id_r"].isin(of_r)
    return pairs[(l_in_l & r_in_r) | (l_in_r & r_in_l)]


def _negative(judgements: pd.DataFrame | None, of_l: tuple[str, ...], of_r: tuple[str, ...]) -> Iterator[Obstacle]:
    if judgements is None:
        return
    negative = _between(judgements[judgements["judgement"] == Judgement.NEGATIVE], of_l, of_r)
    text = tr("复核人员认定不是同一人", "judged by an analyst to be two people")
    for pair in zip(negative["unique_id_l"], negative["unique_id_r"], strict=True):
        low, high = sorted(map(str, pair))
        yield Obstacle("negative_judgement", low, high, None, text)


def _dropped(low: str, high: str, spec: MatchSpec) -> Obstacle:
    never = "；".join(words.guard(guard, spec) for guard in spec.certainly_not_when)
    text = tr(
        f"比较过：不足复核线 {spec.review_threshold:g} 比特，或必不是同一人（{never}），或复核人员已否定；分数不留存",
        f"compared, and below the review threshold of {spec.review_threshold:g} bits, or certainly two people "
        f"({never}), or judged so; its score is not kept",
    )
    return Obstacle("below_review", low, high, None, text)


def _never_compared(low: str, high: str, n_rules: int) -> Obstacle:
    text = tr(
        f"没有比较过：{n_rules} 条分块规则都没有带出这一对", f"never compared: none of {n_rules} blocking rules met"
    )
    return Obstacle("no_candidate", low, high, None, text)


def _obstacles(pair: Mapping[str, Any], spec: MatchSpec) -> Iterator[Obstacle]:
    """What stopped a pair that was kept, in the order in which the engine looks."""
    found = list(_reasons(pair, spec))
    if not found:
        # Nothing else is left: weight and guards suffice, and no cluster refused it.
        found = [
            ("one_source", None, tr("同一来源的两行，该来源一人一行", "two rows of a source with one row a person"))
        ]
    for code, bits, text in found:
        yield Obstacle(code, str(pair["unique_id_l"]), str(pair["unique_id_r"]), bits, text)


def _reasons(pair: Mapping[str, Any], spec: MatchSpec) -> Iterator[tuple[str, float | None, str]]:
    weight = float(round_bits(pair["match_weight"]))
    if pair["left_out"]:
        yield f"left_out_{pair['left_out']}", weight, words.left_out(str(pair["left_out"]))
    if pair["decided_by"] == "analyst":
        if pair["grade"] == MatchGrade.POSSIBLE:
            yield "unsure_judgement", None, tr("复核人员尚不能确定", "an analyst was not sure")
        return
    levels = np.array([[int(pair[f"gamma_{name}"]) for name in spec.names()]], dtype=np.int8)
    for guard in (*spec.certainly_not_when, *spec.never_certain_when):
        if any_guard((guard,), levels, spec)[0]:
            text = tr("不得自动认定：", "never by machine: ") + words.guard(guard, spec)
            yield "guard", _bits(pair, guard), text
    if weight < spec.link_threshold:
        lacking = spec.link_threshold - weight
        text = tr(
            f"合计 {weight:.2f} 比特，比认定线 {spec.link_threshold:g} 少 {lacking:.2f}",
            f"{weight:.2f} bits in all, {lacking:.2f} short of the link threshold of {spec.link_threshold:g}",
        )
        yield "weight", lacking, text
    if not any_guard(spec.certain_when, levels, spec)[0]:
        yield "no_second_field", None, _nearest(levels, spec)


def _bits(pair: Mapping[str, Any], guard: Guard) -> float:
    """What the comparisons of a guard weigh in this pair."""
    names = dict.fromkeys([*guard.exactly, *guard.at_least, *guard.at_most])
    return float(sum(float(round_bits(pair[f"mw_{name}"])) for name in names))


def _nearest(levels: np.ndarray, spec: MatchSpec) -> str:
    """What is lacking to the conditions for certainty that are nearest to being met; any one of them would do."""
    lacking = [list(_unmet(guard, levels, spec)) for guard in spec.certain_when]
    fewest = min(map(len, lacking))
    # Of two ways that ask the same comparisons for more or less, the lesser is enough.
    ways: dict[tuple[str, ...], list[Guard]] = {}
    for parts in sorted((parts for parts in lacking if len(parts) == fewest), key=lambda parts: _height(parts, spec)):
        ways.setdefault(tuple(name for part in parts for name in (*part.at_least, *part.exactly)), parts)
    said = [tr("、", " and ").join(words.guard_conditions(part, spec) for part in parts) for parts in ways.values()]
    told = tr("；或", "; or ").join(said[:MOST_WAYS])
    return tr(f"还缺 {fewest} 项凭据：{told}", f"{fewest} more piece(s) of evidence needed: {told}")


def _unmet(guard: Guard, levels: np.ndarray, spec: MatchSpec) -> Iterator[Guard]:
    """The single conditions of a guard that do not hold."""
    for kind in ("at_least", "at_most", "exactly"):
        for name, level in getattr(guard, kind).items():
            part = Guard(why=guard.why, **{kind: {name: level}})
            if not any_guard((part,), levels, spec)[0]:
                yield part


def _height(parts: list[Guard], spec: MatchSpec) -> int:
    asked = [item for part in parts for item in (*part.at_least.items(), *part.exactly.items())]
    return sum(spec.comparison(name).level(level) for name, level in asked)

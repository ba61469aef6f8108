"""What parts the values of each pair, column by column: a word per comparison, and the places as JSON.

Each distinct pair of values is looked at once; what leaves this module are words and places, never values.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.values.coded import as_texts
from matching.arrays import Codes, Levels, Positions, distinct_rows
from matching.relations import (
    Mark,
    Number,
    Relation,
    date_relation,
    employer_relation,
    mobile_relation,
    name_relation,
    number_relation,
)
from matching.spec import ComparisonSpec, MatchSpec

Words = dict[str, npt.NDArray[np.object_]]


def _numbers(left: tuple[Any, ...], right: tuple[Any, ...], level: str) -> Relation:
    return number_relation(_number(*left), _number(*right), level)


def _number(written: str | None, shown: str | None, status: str | None, settled: str | None) -> Number:
    return Number(written or "", shown or "", status or "", settled is not None)


def _first(
    relation: Callable[[str, str, str], Relation],
) -> Callable[[tuple[Any, ...], tuple[Any, ...], str], Relation]:
    return lambda left, right, level: relation(left[0], right[0], level)


#: Kind of comparison -> what tells the relation of its values: the first column that it compares, or those of a number.
_KINDS = {
    "name": _first(name_relation),
    "identity_number": _numbers,
    "date": _first(date_relation),
    "mobile": _first(mobile_relation),
    "employer": _first(employer_relation),
}
_NUMBER_COLUMNS = ["id_written", "id_shown", "id_status", "sex_settled"]
#: Levels at which two values have nothing to do with each other: the level's own word says it.
_NOTHING_IN_COMMON = frozenset({"different", "same_surname", "really_different", "differs"})


def value_relations(
    normalised: pd.DataFrame, left: Positions, right: Positions, levels: Levels, spec: MatchSpec
) -> tuple[Words, npt.NDArray[np.object_]]:
    """Words per comparison ('' where the level's own says all), and per pair the places as JSON.

    levels: one row a pair, one column a comparison. The JSON is a list of [comparison, place on the left or null, place
    on the right or null, relation, side that the check digit says is mistaken or null]; without any place the relation
    is that of the whole values.
    """
    words: Words = {}
    places = np.full(len(left), "", dtype=object)
    for number, comparison in enumerate(spec.comparisons):
        words[comparison.name] = np.full(len(left), "", dtype=object)
        if comparison.kind not in _KINDS:
            continue
        rows, relations, which = _relations(normalised, left, right, levels[:, number], comparison)
        words[comparison.name][rows] = np.array([relation.word for relation in relations] + [""], dtype=object)[which]
        texts = [_text(comparison.name, relation) for relation in relations]
        places[rows] += np.array([*texts, ""], dtype=object)[which]
    return words, np.array("[", dtype=object) + _without_comma(places) + "]"


def _relations(
    normalised: pd.DataFrame, left: Positions, right: Positions, level: Levels, comparison: ComparisonSpec
) -> tuple[Positions, list[Relation], Codes]:
    """Rows that have something to tell, the relations of their distinct pairs of values, and which row has which."""
    is_number = comparison.kind == "identity_number"
    best = len(comparison.levels) - 1
    # Equal values differ nowhere; only of equal numbers one may have 15 digits.
    is_told = [
        found.name not in _NOTHING_IN_COMMON and (is_number or n < best) for n, found in enumerate(comparison.levels)
    ]
    rows = np.flatnonzero(np.array([*is_told, False])[level])
    used, of_side = np.unique(np.concatenate([left[rows], right[rows]]), return_inverse=True)
    values = as_texts(normalised[_NUMBER_COLUMNS if is_number else [comparison.columns[0]]], used)
    codes = values.groupby(list(values.columns), dropna=False, sort=False).ngroup().to_numpy().astype(np.int64)
    sides = of_side[: len(rows)], of_side[len(rows) :]
    differ = (codes[sides[0]] != codes[sides[1]]) | (level[rows] < best)
    rows, left_at, right_at = rows[differ], sides[0][differ], sides[1][differ]
    which, distinct = distinct_rows(codes[left_at], codes[right_at], level[rows].astype(np.int64))
    names = [comparison.levels[number].name for number in level[rows[distinct]]]
    told = values.to_numpy(dtype=object)
    tuples = ([tuple(row) for row in told[at[distinct]]] for at in (left_at, right_at))
    pairs = zip(*tuples, names, strict=True)
    relate = _KINDS[comparison.kind]
    return rows, [relate(a, b, name) for a, b, name in pairs], which


def _text(comparison: str, relation: Relation) -> str:
    marks = relation.marks or ((Mark(None, None, relation.word),) if relation.word else ())
    return "".join(json.dumps([comparison, *mark], ensure_ascii=False, separators=(",", ":")) + "," for mark in marks)


def _without_comma(texts: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    codes, distinct = pd.factorize(texts)
    return np.array([text.rstrip(",") for text in distinct], dtype=object)[codes] if len(texts) else texts

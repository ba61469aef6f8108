"""What do the kernels compare? Records of a small province, each kind's columns, and candidate pairs in two orders."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz.distance import JaroWinkler, Levenshtein

from bench.scale_files import make_province
from bench.scale_rules import EMPLOYED, MEMBERS, RULES
from data.synthetic.words_places import COUNTIES, STREETS, VILLAGE_FIRST, VILLAGE_SECOND

Positions = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Workload:
    """What a kind of comparison reads here, with its options, its limit: a rapidfuzz scorer or equality of codes."""

    columns: tuple[str, ...]
    options: dict[str, object]
    scorer: Any = None  # rapidfuzz types its scorers by a protocol of its own
    limit: str = "equal codes"


def _edits(*columns: str) -> Workload:
    return Workload(columns, {}, Levenshtein.distance, "cdist Levenshtein")


def _alike(*columns: str) -> Workload:
    return Workload(columns, {}, JaroWinkler.similarity, "cdist Jaro-Winkler")


#: Every kind that a specification can name.
WORKLOADS: dict[str, Workload] = {
    "exact": Workload(("county",), {}),
    "sex": Workload(("sex",), {}),
    "number": Workload(("birth_year",), {"absolute": (1.0,)}),
    "postcode": _edits("post"),
    "place": Workload(("area", "township"), {}),
    "name": _edits("name"),
    "identity_number": _edits("id_no"),
    "partial_date": _edits("birth"),
    "date": _edits("birth"),
    "mobile": _edits("phone"),
    "employer": _alike("employer"),
    "address": _alike("home"),
    "jaro_winkler": _alike("employer"),
    "damerau_levenshtein": _edits("id_no"),
    "swapped_pair": _alike("given", "surname"),
    "token_set": _alike("words"),
}


@dataclass(frozen=True)
class Material:
    """records: both sides stacked. left, right: candidate pairs sorted by left; shuffled: another order of them."""

    records: pd.DataFrame
    left: Positions
    right: Positions
    shuffled: Positions


def make_material(n_employed: int, n_members: int, n_pairs: int, seed: int) -> Material:
    """Candidate pairs of the medium rules, `n_pairs` of them at most."""
    with tempfile.TemporaryDirectory(prefix="longlou-bench-") as name:
        make_province(Path(name), n_employed, n_members, seed)
        sides = [pd.read_parquet(Path(name) / file) for file in (EMPLOYED, MEMBERS)]
    rng = np.random.default_rng(seed)
    packed = np.unique(np.concatenate([_joined(sides[0], sides[1], list(columns)) for columns in RULES["medium"]]))
    packed = np.sort(rng.choice(packed, min(n_pairs, len(packed)), replace=False))
    records = _with_more(pd.concat(sides, ignore_index=True), rng)
    return Material(records, packed >> 32, n_employed + (packed & 0xFFFFFFFF), rng.permutation(len(packed)))


def _joined(left: pd.DataFrame, right: pd.DataFrame, columns: list[str]) -> Positions:
    """Row of the left and of the right side, packed into one number."""
    both = pd.merge(
        left[columns].dropna().reset_index(names="l"), right[columns].dropna().reset_index(names="r"), on=columns
    )
    packed: Positions = both["l"].to_numpy(dtype=np.int64) << 32 | both["r"].to_numpy(dtype=np.int64)
    return packed


def _with_more(records: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Columns that the province has not: home, township, postcode, given name, words."""
    # One person has one home, wherever a record of the person stands.
    person = records["id_key"].fillna(pd.Series(records.index.astype(str), index=records.index))
    who, n = pd.factorize(person)[0], len(records)
    town_of = {name: towns.split() for name, towns, _ in COUNTIES.values()}
    where = records["county"].map({county: number for number, county in enumerate(town_of)}).to_numpy(dtype=np.int64)
    width = max(map(len, town_of.values()))
    table = np.array([[towns[i % len(towns)] for i in range(width)] for towns in town_of.values()], dtype=object)
    town = table[where, rng.integers(0, width, n)[who]]
    village = np.array(list(VILLAGE_FIRST), dtype=object)[rng.integers(0, len(VILLAGE_FIRST), n)[who]]
    village = village + np.array(list(VILLAGE_SECOND), dtype=object)[rng.integers(0, len(VILLAGE_SECOND), n)[who]]
    street = np.array(STREETS, dtype=object)[rng.integers(0, len(STREETS), n)[who]]
    house = rng.integers(1, 400, n)[who].astype(str).astype(object)
    more = {
        "area": records["county"].map({name: code for code, (name, _, _) in COUNTIES.items()}),
        "township": town + "镇",
        "home": records["county"].to_numpy(dtype=object) + town + "镇" + village + "村" + house + "号",
        "post": (570_000 + where * 100 + rng.integers(0, 100, n)).astype(str).astype(object),
        "given": records["name"].str[1:].replace("", None).astype(object),
        "words": village + " " + street + " " + house,
    }
    return records.assign(**{name: pd.Series(values, dtype=object) for name, values in more.items()})

"""Which employer texts are to be found in the register of the benchmark, and which are in no register at all?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic import benchmark_slips as slips
from data.synthetic import benchmark_words as words
from data.synthetic import words_places
from data.synthetic.benchmark_entities import BRANCH, COMPANY, REGISTER_COLUMNS, SHOP, called, compose
from data.synthetic.benchmark_kinds import EMPLOYER_KINDS, EMPLOYER_UNKNOWN, EMPLOYER_WRONG_REGION, draw_one
from data.synthetic.benchmark_people import AREAS
from data.synthetic.damage import join_kinds
from data.synthetic.errors import Bools, Objects

MENTION_COLUMNS = ("mention_id", "employer", "entity_no", "operator", "area", "township")
#: Mentions with a duty behind the employer, with the entity's number, with that number wrong, with its operator.
_DUTY, _NUMBER, _NUMBER_SLIP, _OPERATOR = 0.15, 0.15, 0.1, 0.3
#: A person's record is of another township than the employer's.
_ELSEWHERE = 0.3


def make_mentions(
    rng: np.random.Generator, entities: pd.DataFrame, n: int, tier: int
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """n employer texts: MENTION_COLUMNS; gold: mention_id, entity_id ('': in no register); strata: one row a kind."""
    at = entities.iloc[rng.integers(0, len(entities), n)].reset_index(drop=True)
    texts, made = called(rng, at, draw_one(rng, n, {kind: rates[tier] for kind, rates in EMPLOYER_KINDS.items()}))
    is_out = _outsiders(rng, at, entities, texts, made, tier)
    marks = [made, *_structural(entities, at, is_out)]
    has_duty = rng.random(n) < _DUTY
    texts[has_duty] = texts[has_duty] + " " + rng.choice(words.DUTIES, n).astype(object)[has_duty]
    marks.append(np.where(has_duty, "employer_duty", "").astype(object))
    number, number_kind = _numbers(rng, at, is_out)
    has_operator = (rng.random(n) < _OPERATOR) & ~is_out & (at["kind"] == SHOP).to_numpy()
    mentions = pd.DataFrame(
        {
            "mention_id": [f"M{i:07d}" for i in range(n)],
            "employer": texts,
            "entity_no": number,
            "operator": np.where(has_operator, at["operator"], ""),
            "area": at["area"],
            "township": _townships(rng, at),
        }
    )
    gold = pd.DataFrame({"mention_id": mentions["mention_id"], "entity_id": np.where(is_out, "", at["entity_id"])})
    strata = pd.DataFrame({"mention_id": mentions["mention_id"], "stratum": join_kinds([*marks, number_kind])})
    strata = strata.assign(stratum=strata["stratum"].str.split("|")).explode("stratum")
    return mentions, gold, strata[strata["stratum"] != ""].reset_index(drop=True)


def register(entities: pd.DataFrame) -> pd.DataFrame:
    """The register as it is published."""
    return entities[list(REGISTER_COLUMNS)]


def _outsiders(
    rng: np.random.Generator, at: pd.DataFrame, entities: pd.DataFrame, texts: Objects, made: Objects, tier: int
) -> Bools:
    """Turn some texts into names that no entity of the register has: the brand of one elsewhere, or a new brand."""
    kinds = draw_one(
        rng,
        len(at),
        {"employer_wrong_region": EMPLOYER_WRONG_REGION[tier], "employer_unknown": EMPLOYER_UNKNOWN[tier]},
    )
    kinds[(at["kind"] == BRANCH).to_numpy() | (at["brand"] == "").to_numpy()] = ""
    counties = [words_places.short_name(area).removesuffix("市") for area in words_places.COUNTIES if area not in AREAS]
    elsewhere = compose(at.assign(region=rng.choice(counties, len(at))))
    new = compose(at.assign(brand=[_new_brand(rng) for _ in range(len(at))]))
    known = {*entities["name"], *entities["former_name"]}
    for kind, names in (("employer_wrong_region", elsewhere), ("employer_unknown", new)):
        rows = np.flatnonzero((kinds == kind) & ~names.isin(known).to_numpy())
        texts[rows], made[rows] = names.to_numpy(dtype=object)[rows], kind
    return np.isin(made, ["employer_wrong_region", "employer_unknown"])


def _new_brand(rng: np.random.Generator) -> str:
    """Two characters that the register's brands never begin or end with."""
    first, second = rng.choice(list(words.GIVEN_FEMALE), 2)
    return f"{first}{second}"


def _structural(entities: pd.DataFrame, at: pd.DataFrame, is_out: Bools) -> list[Objects]:
    """Marks of what is hard about the entity itself: others of its brand, branches of it, no sign."""
    n_of_brand = at["brand"].map(entities.loc[entities["kind"] != BRANCH, "brand"].value_counts()).fillna(0)
    branches = entities[entities["kind"] == BRANCH]
    parents = set(compose(branches))
    marks = {
        "brand_shared": (n_of_brand > 1) & (at["brand"] != ""),
        "parent_of_branch": (at["kind"] == COMPANY) & at["name"].isin(parents),
    }
    return [np.where(mask & ~is_out, name, "").astype(object) for name, mask in marks.items()]


def _numbers(rng: np.random.Generator, at: pd.DataFrame, is_out: Bools) -> tuple[Objects, Objects]:
    draw = rng.random(len(at))
    number = np.where(at["uscc"] != "", at["uscc"], at["reg_no"]).astype(object)
    has_number = (draw < _NUMBER) & ~is_out
    is_slip = (draw < _NUMBER * _NUMBER_SLIP) & (at["uscc"] == "").to_numpy() & ~is_out
    places = rng.integers(0, 2**31, len(at))
    number[is_slip] = [
        slips.registration_digit(n, int(d)) for n, d in zip(number[is_slip], places[is_slip], strict=True)
    ]
    kinds = np.where(is_slip, "number_slip", np.where(has_number, "number_given", "")).astype(object)
    return np.where(has_number, number, "").astype(object), kinds


def _townships(rng: np.random.Generator, at: pd.DataFrame) -> Objects:
    """The township of the person's record, mostly the employer's."""
    elsewhere = [rng.choice(words_places.townships(area)) for area in at["area"]]
    return np.where(rng.random(len(at)) < _ELSEWHERE, elsewhere, at["township"]).astype(object)

"""Which entities are registered? Firms, shops, markets and state units with numbers, names, towns and fates.

Rows come in the order small enterprises, household businesses, markets, public units.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.model import Population
from data.synthetic import numbers, words_business, words_places
from data.synthetic.numbers import Ints, Objects
from data.synthetic.people import N_VILLAGES, Days
from data.synthetic.plan import WENCHANG, CountyPlan
from data.synthetic.streams import stream

PUBLIC = "public"
LONGLOU_TOWN = 9
#: The Longlou list needs firms, shops and closed ones in that town, however small the county is made.
_FORCED_IN_LONGLOU = 40
_FORCED_CLOSED = 3
_ALWAYS_OPEN = 4
_CLOSED_SHARE = 0.015
_RENAMED_SHARE = 0.06
_NAMED_HOUSEHOLD_SHARE = 0.45
_STALL_SHARE = 0.08
_RURAL_SHARE = 0.45
#: From this day firms get the 18-digit code with their licence (domain rules §4.3).
_CREDIT_CODE_FROM = np.datetime64("2015-10-01")
_CROSSWALK_SHARE = 0.35


def make_entities(plan: CountyPlan, seed: int, as_of: date) -> pd.DataFrame:
    """One row an entity: kind, numbers, name, core (brand and industry), type, status, town, dates, market."""
    rng = stream(seed, plan.area, "entities")
    kinds = np.repeat(
        [Population.SMALL_ENTERPRISE, Population.HOUSEHOLD_BUSINESS, Population.MARKET, PUBLIC],
        [plan.n_small, plan.n_household, plan.n_market, plan.n_public],
    )
    entities = pd.DataFrame({"kind": kinds.astype(object)})
    entities["town"] = _towns(rng, plan)
    entities["established"] = _established(rng, plan, as_of)
    entities["ended"] = _ended(rng, plan, entities["established"].to_numpy(), as_of)
    entities["status"] = np.where(entities["ended"].isna(), "存续", rng.choice(["注销", "吊销,已注销"], len(entities)))
    _add_names(rng, plan, entities)
    _add_numbers(rng, plan, entities)
    streets = rng.choice(np.array(words_places.STREETS, dtype=object), len(entities))
    town = np.array(words_places.townships(plan.area), dtype=object)[entities["town"]]
    house = rng.integers(1, 300, len(entities)).astype("U4").astype(object)
    entities["township"] = town
    entities["address"] = (
        words_places.county_name(plan.area) + town + _places(plan, seed, streets, entities) + house + "号"
    )
    _add_markets(rng, plan, entities)
    return entities


def _places(plan: CountyPlan, seed: int, streets: Objects, entities: pd.DataFrame) -> Objects:
    """The street, or outside the county's seat often the village."""
    rng = stream(seed, plan.area, "villages of entities")
    town, number = entities["town"].to_numpy(), rng.integers(0, N_VILLAGES, len(entities))
    names = [[words_places.village(t, v) for v in range(N_VILLAGES)] for t in range(int(town.max()) + 1)]
    is_rural = (town > 0) & (rng.random(len(entities)) < _RURAL_SHARE)
    return np.where(is_rural, np.array(names, dtype=object)[town, number], streets).astype(object)


def entity_ids(entities: pd.DataFrame) -> pd.Series:
    """The number that identifies an entity: its credit code if it has one, else its registration number."""
    return entities["uscc"].where(entities["uscc"] != "", entities["reg_no"])


def _towns(rng: np.random.Generator, plan: CountyPlan) -> Ints:
    n_towns = len(words_places.townships(plan.area))
    seat = np.array([6.0] + [1.0] * (n_towns - 1))
    towns = rng.choice(n_towns, plan.n_entities, p=seat / seat.sum())
    if plan.area == WENCHANG:
        first_public = plan.n_small + plan.n_household + plan.n_market
        for start in (0, plan.n_small):
            towns[start : start + _FORCED_IN_LONGLOU] = LONGLOU_TOWN
        towns[first_public] = LONGLOU_TOWN
    return towns


def _established(rng: np.random.Generator, plan: CountyPlan, as_of: date) -> Days:
    last, n = np.datetime64(as_of, "D") - np.timedelta64(20, "D"), plan.n_entities
    age = (rng.beta(1.1, 2.6, n) * 7000).astype(np.int64)
    for start in (0, plan.n_small, plan.n_small + plan.n_household):
        age[start : start + _ALWAYS_OPEN] += 400
    return last - age.astype("timedelta64[D]")


def _ended(rng: np.random.Generator, plan: CountyPlan, established: Days, as_of: date) -> Days:
    n = plan.n_entities
    is_closed = rng.random(n) < _CLOSED_SHARE
    is_closed[plan.n_small + plan.n_household :] = False
    # The first of each kind are open and old, so that the smallest county can place every class.
    for start in (0, plan.n_small):
        is_closed[start : start + _ALWAYS_OPEN] = False
    if plan.area == WENCHANG:
        is_closed[:_FORCED_CLOSED] = True
        is_closed[_FORCED_CLOSED:_FORCED_IN_LONGLOU] = False
        is_closed[plan.n_small : plan.n_small + _FORCED_IN_LONGLOU] = False
    # Closed at least two months ago: before any claim of the lists made this spring.
    last = np.datetime64(as_of, "D") - np.timedelta64(60, "D")
    life = np.maximum((last - established).astype(np.int64), 1)
    ended = np.minimum(established + (rng.uniform(0.5, 1.0, n) * life).astype("timedelta64[D]"), last)
    return np.where(is_closed, ended, np.datetime64("NaT", "D"))


def _add_names(rng: np.random.Generator, plan: CountyPlan, entities: pd.DataFrame) -> None:
    """Firms: brand and industry together occur once in a county, so that the brand decides, as the register demands."""
    brands = np.array([a + b for a in words_business.BRAND_FIRST for b in words_business.BRAND_SECOND], dtype=object)
    brands = np.unique(brands.astype(str)).astype(object)
    n, n_industries = plan.n_small, len(words_business.INDUSTRIES)
    n_renamed = int(n * _RENAMED_SHARE) + 1
    cores = rng.choice(len(brands) * n_industries, n + n_renamed, replace=False)
    industry = np.array([word for word, _ in words_business.INDUSTRIES], dtype=object)
    section = np.array([letter for _, letter in words_business.INDUSTRIES], dtype=object)
    form_weights = np.array([weight for *_, weight in words_business.FORMS], dtype=float)
    form = rng.choice(len(form_weights), n, p=form_weights / form_weights.sum())
    form_text = np.array([text for text, *_ in words_business.FORMS], dtype=object)[form]
    short = words_places.short_name(plan.area)
    region = rng.choice(
        np.array([short, short[:2], "海南", f"海南{short[:2]}"], dtype=object), n, p=[0.25, 0.35, 0.3, 0.1]
    )
    core = _core_of(brands, industry, cores[:n])
    renamed = rng.permutation(n)[:n_renamed]
    blank = np.full(len(entities), "", dtype=object)
    name, former, whole_core, letter, form_column = (blank.copy() for _ in range(5))
    name[:n], whole_core[:n], form_column[:n] = region + core + form_text, core, form_text
    former[renamed] = region[renamed] + _core_of(brands, industry, cores[n:])[: len(renamed)] + form_text[renamed]
    letter[:n] = section[cores[:n] % n_industries]
    types = blank.copy()
    types[:n] = np.array([code for _, code, _ in words_business.FORMS], dtype=object)[form]
    _name_others(rng, plan, entities, name, letter, types)
    entities["name"], entities["former"], entities["core"] = name, former, whole_core
    entities["form"], entities["section"], entities["type"] = form_column, letter, types


def _core_of(brands: Objects, industry: Objects, cores: Ints) -> Objects:
    whole: Objects = brands[cores // len(industry)] + industry[cores % len(industry)]
    return whole


def _name_others(
    rng: np.random.Generator,
    plan: CountyPlan,
    entities: pd.DataFrame,
    name: Objects,
    letter: Objects,
    types: Objects,
) -> None:
    short = words_places.short_name(plan.area)
    towns = [town[:-1] for town in words_places.townships(plan.area)]
    town = np.array(towns, dtype=object)[entities["town"]]
    shops = slice(plan.n_small, plan.n_small + plan.n_household)
    markets = slice(shops.stop, shops.stop + plan.n_market)
    kind = rng.integers(0, len(words_business.SHOPS), plan.n_household)
    first = rng.choice(np.array(list(dict.fromkeys(words_business.BRAND_FIRST)), dtype=object), plan.n_household)
    second = rng.choice(np.array(list(dict.fromkeys(words_business.BRAND_SECOND)), dtype=object), plan.n_household)
    shop = np.array([word for word, _ in words_business.SHOPS], dtype=object)[kind]
    is_named = rng.random(plan.n_household) < _NAMED_HOUSEHOLD_SHARE
    name[shops] = np.where(is_named, short[:2] + town[shops] + first + second + shop, "")
    letter[shops] = np.array([section for _, section in words_business.SHOPS], dtype=object)[kind]
    types[shops], types[markets] = "9500", "专业市场"
    order = np.arange(plan.n_market)
    market = np.array(words_business.MARKETS, dtype=object)[order % len(words_business.MARKETS)]
    name[markets] = short[:2] + town[markets] + _ordinals(order // len(words_business.MARKETS)) + market
    letter[markets], letter[markets.stop :] = "L", "A"
    order = np.arange(plan.n_public)
    unit = np.array([word for word, _ in words_business.STATE_UNITS], dtype=object)[order % 10]
    name[markets.stop :] = short + town[markets.stop :] + _ordinals(order // 10) + unit
    types[markets.stop :] = np.array([code for _, code in words_business.STATE_UNITS], dtype=object)[order % 10]


def _ordinals(numbers_from_zero: Ints) -> Objects:
    words = [""] + [f"第{n}" for n in range(2, int(numbers_from_zero.max(initial=0)) + 2)]
    return np.array(words, dtype=object)[numbers_from_zero]


def _add_numbers(rng: np.random.Generator, plan: CountyPlan, entities: pd.DataFrame) -> None:
    area, n = numbers.synthetic_area(plan.area), len(entities)
    is_household = (entities["kind"] == Population.HOUSEHOLD_BUSINESS).to_numpy()
    firm = numbers.registration_numbers(area, np.arange(n) + 100, 0)
    shop = numbers.registration_numbers(area, np.arange(n) + 100, 6)
    is_new = (entities["established"].to_numpy() >= _CREDIT_CODE_FROM) & ~is_household
    has_code = is_new | ((rng.random(n) < _CROSSWALK_SHARE) & ~is_household)
    entities["reg_no"] = np.where(is_household, shop, np.where(is_new, "", firm))
    entities["uscc"] = np.where(has_code, numbers.credit_codes(area, np.arange(n) + 100), "")


def _add_markets(rng: np.random.Generator, plan: CountyPlan, entities: pd.DataFrame) -> None:
    """Some shops are stalls of a market of their town."""
    is_market = (entities["kind"] == Population.MARKET).to_numpy()
    of_town = entities.loc[is_market].groupby("town")["name"].first()
    name = entities["town"].map(of_town).fillna("").to_numpy(dtype=object)
    is_stall = (rng.random(len(entities)) < _STALL_SHARE) & (
        entities["kind"] == Population.HOUSEHOLD_BUSINESS
    ).to_numpy()
    entities["market"] = np.where(is_stall, name, "")

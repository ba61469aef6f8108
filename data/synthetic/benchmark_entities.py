"""Which enterprises are in the benchmark, and how are they called by people who work there?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.synthetic import benchmark_words as words
from data.synthetic import numbers, words_places
from data.synthetic.benchmark_characters import Change, glyph, homophone
from data.synthetic.benchmark_people import AREAS, old_township
from data.synthetic.errors import Objects
from data.synthetic.numbers import Ints

COMPANY, SHOP, BRANCH = "company", "household", "branch"
_SHOP_SHARE, _BRANCH_SHARE, _COPIED_BRAND, _FORMER = 0.45, 0.06, 0.10, 0.12
_NO_SIGN, _OPERATOR_SIGN = 0.10, 0.15
#: Registers of the tiers start apart, so that no number is in two of them.
_NUMBERS_PER_TIER = 300_000
REGISTER_COLUMNS = (
    *("entity_id", "name", "former_name", "kind", "reg_no", "uscc", "operator", "area", "township", "address"),
)


def make_entities(rng: np.random.Generator, n: int, operators: Objects, tier_number: int) -> pd.DataFrame:
    """n entities: REGISTER_COLUMNS, the parts of the name (region, brand, trade, form) and old_township."""
    kind = rng.choice([COMPANY, SHOP, BRANCH], n, p=[1 - _SHOP_SHARE - _BRANCH_SHARE, _SHOP_SHARE, _BRANCH_SHARE])
    kind[0] = COMPANY
    area = rng.choice(list(AREAS), n, p=list(AREAS.values()))
    town = np.array([rng.integers(0, len(words_places.townships(a))) for a in area])
    frame = pd.DataFrame(
        {
            "entity_id": [f"E{tier_number}{i:07d}" for i in range(n)],
            "kind": kind,
            "operator": rng.choice(operators, n),
            "area": area,
            "township": [words_places.townships(a)[t] for a, t in zip(area, town, strict=True)],
            "old_township": [old_township(a, int(t)) for a, t in zip(area, town, strict=True)],
        },
        dtype=object,
    )
    frame["region"] = _regions(rng, frame)
    frame["brand"] = _brands(rng, n)
    frame["trade"] = np.where(kind == SHOP, rng.choice(words.SHOPS, n), rng.choice(words.INDUSTRIES, n))
    frame["form"] = np.where(kind == SHOP, "", rng.choice(words.FORMS, n))
    _sign_with_operator(rng, frame)
    _make_distinct(rng, frame)
    _make_branches(rng, frame)
    is_renamed = (rng.random(n) < _FORMER) & (frame["name"] != "") & (frame["kind"] != BRANCH)
    frame["former_name"] = np.where(is_renamed, compose(frame.assign(brand=_brands(rng, n))), "")
    _add_numbers(frame, tier_number)
    house = rng.integers(1, 400, n).astype(str).astype(object)
    street = rng.choice(words_places.STREETS, n).astype(object)
    frame["address"] = [words_places.county_name(a) for a in area] + frame["township"] + street + house + "号"
    return frame


def compose(parts: pd.DataFrame) -> pd.Series:
    """region + brand + trade + form; '' for a shop without a sign (no brand)."""
    whole = parts["region"] + parts["brand"] + parts["trade"] + parts["form"]
    return whole.where(parts["brand"] != "", "")


def called(rng: np.random.Generator, entities: pd.DataFrame, kinds: Objects) -> tuple[Objects, Objects]:
    """How each row's entity is called, given the kind drawn for it; the kinds that could be made ('' for none)."""
    texts, made = entities["name"].to_numpy(dtype=object).copy(), np.full(len(entities), "", dtype=object)
    draw = rng.integers(0, 2**31, len(entities))
    unsigned = texts == ""
    texts[unsigned] = (entities["operator"] + entities["trade"]).to_numpy(dtype=object)[unsigned]
    made[unsigned] = "employer_no_sign"
    is_parted = ~unsigned & (entities["kind"] != BRANCH).to_numpy()
    short = {
        "employer_short": entities["brand"] + entities["trade"],
        "employer_region_missing": entities["brand"] + entities["trade"] + entities["form"],
        "employer_form_missing": entities["region"] + entities["brand"] + entities["trade"],
        "employer_former": entities["former_name"],
        "employer_old_township": entities["old_township"] + entities["brand"] + entities["trade"] + entities["form"],
    }
    for kind, written in short.items():
        able = is_parted if kind != "employer_old_township" else is_parted & (entities["old_township"] != "").to_numpy()
        rows = np.flatnonzero((kinds == kind) & able & (written != "").to_numpy() & (written != texts).to_numpy())
        texts[rows], made[rows] = written.to_numpy(dtype=object)[rows], kind
    changes: dict[str, Change] = {
        "employer_homophone": homophone,
        "employer_glyph": glyph,
        "employer_missing": lambda brand, _: brand[1:] if len(brand) > 2 else None,
        "employer_inserted": lambda brand, d: brand + words.BRAND_SECOND[d % len(words.BRAND_SECOND)],
    }
    for kind, change in changes.items():
        rows = np.flatnonzero((kinds == kind) & is_parted)
        brands = [change(b, int(d)) for b, d in zip(entities["brand"].to_numpy()[rows], draw[rows], strict=True)]
        done = rows[[brand is not None for brand in brands]]
        changed = entities.iloc[done].assign(brand=[brand for brand in brands if brand is not None])
        texts[done], made[done] = compose(changed).to_numpy(dtype=object), kind
    is_branch = (made == "") & (entities["kind"] == BRANCH).to_numpy()
    made[is_branch] = "employer_branch"
    return texts, made


def _regions(rng: np.random.Generator, frame: pd.DataFrame) -> pd.Series:
    county = frame["area"].map({area: words_places.short_name(area) for area in AREAS})
    stem = frame["township"].str.removesuffix("镇")
    draw = rng.random(len(frame))
    plain = np.where(draw < 0.3, "海南", np.where(draw < 0.7, county.str.removesuffix("市"), county))
    of_shop = np.where(draw < 0.5, county.str.removesuffix("市") + stem, np.where(draw < 0.8, stem, county))
    return pd.Series(np.where(frame["kind"] == SHOP, of_shop, plain), index=frame.index, dtype=object)


def _brands(rng: np.random.Generator, n: int) -> Objects:
    first, second = rng.choice(list(words.BRAND_FIRST), n), rng.choice(list(words.BRAND_SECOND), n)
    third = np.where(rng.random(n) < 0.25, rng.choice(list(words.BRAND_SECOND), n), "")
    brand: Objects = first.astype(object) + second.astype(object) + third.astype(object)
    copied = np.flatnonzero(rng.random(n) < _COPIED_BRAND)
    brand[copied] = brand[rng.integers(0, n, len(copied))]
    return brand


def _sign_with_operator(rng: np.random.Generator, frame: pd.DataFrame) -> None:
    """Some shops have no sign at all, some bear their operator's name."""
    draw, is_shop = rng.random(len(frame)), (frame["kind"] == SHOP).to_numpy()
    frame["brand"] = np.where(
        is_shop & (draw < _NO_SIGN),
        "",
        np.where(is_shop & (draw < _NO_SIGN + _OPERATOR_SIGN), frame["operator"], frame["brand"]),
    )


def _make_distinct(rng: np.random.Generator, frame: pd.DataFrame) -> None:
    """No two entities have one name: who comes later takes another character into the brand."""
    frame["name"] = compose(frame)
    while (again := np.flatnonzero((frame["name"] != "") & frame["name"].duplicated())).size:
        more = rng.choice(list(words.BRAND_SECOND), len(again)).astype(object)
        frame.loc[again, "brand"] = frame["brand"].to_numpy(dtype=object)[again] + more
        frame["name"] = compose(frame)


def _make_branches(rng: np.random.Generator, frame: pd.DataFrame) -> None:
    """A branch is called after a company, its town and what it is."""
    branches = np.flatnonzero(frame["kind"] == BRANCH)
    parents = rng.choice(np.flatnonzero(frame["kind"] == COMPANY), len(branches))
    town = frame["township"].str.removesuffix("镇").to_numpy(dtype=object)[branches]
    word = rng.choice(words.BRANCHES, len(branches)).astype(object)
    frame.loc[branches, "name"] = frame["name"].to_numpy(dtype=object)[parents] + town + word
    parts = ["region", "brand", "trade", "form"]
    frame.loc[branches, parts] = frame.loc[parents, parts].to_numpy()
    # A second branch of one kind in one town is told from the first by a number, as registrars do.
    number = frame.groupby("name").cumcount().to_numpy()
    again = branches[number[branches] > 0]
    frame.loc[again, "name"] = frame["name"].to_numpy(dtype=object)[again] + (number[again] + 1).astype(str).astype(
        object
    )


def _add_numbers(frame: pd.DataFrame, tier_number: int) -> None:
    """15-digit registration numbers for all, credit codes for half of the companies and branches: both circulate."""
    order: Ints = tier_number * _NUMBERS_PER_TIER + np.arange(len(frame))
    is_shop = (frame["kind"] == SHOP).to_numpy()
    registrar = numbers.synthetic_area(next(iter(AREAS)))
    enterprise, household = (numbers.registration_numbers(registrar, order, leading) for leading in (0, 6))
    frame["reg_no"] = np.where(is_shop, household, enterprise)
    has_code: npt.NDArray[np.bool_] = ~is_shop & (np.arange(len(frame)) % 2 == 0)
    frame["uscc"] = np.where(has_code, numbers.credit_codes(registrar, order), "")

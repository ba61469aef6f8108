"""The province that every contender links: made once from a seed, written as Parquet beside its truth. Not timed.

python -m bench.scale_files FOLDER N_EMPLOYED N_MEMBERS SEED
"""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pypinyin import lazy_pinyin

from bench.scale_people import COUNTY_NAMES, Bools, Employers, People, draw_counties, make_employers, make_people
from bench.scale_rules import EMPLOYED, FACTS, MEMBERS, TRUTH
from bench.scale_slips import EMPLOYED as EMPLOYED_SLIPS
from bench.scale_slips import MEMBERS as MEMBER_SLIPS
from bench.scale_slips import Side, written_births, written_identities, written_names, written_phones
from data.synthetic import numbers
from data.synthetic.numbers import Codes, Ints, Objects

#: Of all members, those whom an enterprise reports: 26,509 of 400,000.
_EMPLOYED_MEMBERS = 26_509 / 400_000
_MOVED, _REGION_LEFT_OUT = 0.12, 0.35
#: What a roster says of the employer of one who is employed: its name, one of before, nothing; and of the others.
_SAME_EMPLOYER, _NO_EMPLOYER, _NO_EMPLOYER_OTHERS = 0.62, 0.25, 0.55


def make_province(folder: Path, n_employed: int, n_members: int, seed: int) -> None:
    """Write both tables, the truth (id_l, id_r: each id once) and province.json."""
    rng = np.random.default_rng(seed)
    n_both = min(max(round(n_members * _EMPLOYED_MEMBERS), 1), n_employed)
    n = n_employed + n_members - n_both
    employers = make_employers(n_employed, rng)
    people = make_people(n, n_employed, employers, rng)
    order_l = rng.permutation(n_employed)
    order_r = n_employed - n_both + rng.permutation(n_members)
    _write(folder / EMPLOYED, _employed(people, employers, order_l, rng))
    _write(folder / MEMBERS, _members(people, employers, order_r, n_employed, rng))
    truth = _truth(order_l, order_r)
    truth.to_csv(folder / TRUTH, index=False)
    facts = {"n_employed": n_employed, "n_members": n_members, "seed": seed, "n_true": len(truth)}
    (folder / FACTS).write_text(json.dumps(facts), encoding="utf-8")


def _employed(people: People, employers: Employers, who: Ints, rng: np.random.Generator) -> dict[str, Objects]:
    """Persons as an enterprise reports them; the region is often left out of its name."""
    there = _taken(people, who)
    employer = np.where(
        rng.random(len(who)) < _REGION_LEFT_OUT, employers.short[there.employer], employers.full[there.employer]
    )
    return _record(there, who, len(people), EMPLOYED_SLIPS, rng) | {
        "county": COUNTY_NAMES[there.county],
        "employer": employer,
    }


def _members(
    people: People, employers: Employers, who: Ints, n_employed: int, rng: np.random.Generator
) -> dict[str, Objects]:
    """Persons as a roster has them: some moved, the employer in the clerk's words, an old one, or none."""
    there, n = _taken(people, who), len(who)
    county = np.where(rng.random(n) < _MOVED, draw_counties(n, rng), there.county)
    draw, is_employed = rng.random(n), who < n_employed
    where = np.where(is_employed & (draw < _SAME_EMPLOYER), there.employer, rng.integers(0, len(employers.county), n))
    said = np.choose(
        rng.choice(3, n, p=[0.25, 0.45, 0.3]), [employers.full[where], employers.short[where], employers.spoken[where]]
    )
    said[draw > 1 - np.where(is_employed, _NO_EMPLOYER, _NO_EMPLOYER_OTHERS)] = None
    return _record(there, who, len(people), MEMBER_SLIPS, rng) | {"county": COUNTY_NAMES[county], "employer": said}


def _taken(people: People, who: Ints) -> People:
    return People(**{field.name: getattr(people, field.name)[who] for field in fields(People)})


def _record(people: People, who: Ints, n_persons: int, side: Side, rng: np.random.Generator) -> dict[str, Objects]:
    """What both sides write, and the keys that blocking rules of everybody use; null where nothing is known."""
    names = written_names(people, side, rng)
    id_no = written_identities(people, side, rng)
    birth = written_births(people, side, rng)
    length = pd.Series(birth).str.len().to_numpy(dtype=float)
    is_plain = pd.Series(id_no).str.fullmatch("[0-9]{17}[0-9X]", na=False).to_numpy(dtype=bool)
    surname = numbers.texts(np.where(np.arange(2)[None, :] < people.surname_length[:, None], names[:, :2], 0))
    return {
        "id": np.arange(1, len(who) + 1).astype(str).astype(object),
        "name": numbers.texts(names),
        "pinyin": _pinyin(names),
        "surname": surname,
        "id_no": id_no,
        "id_key": _kept(id_no, is_plain),
        "birth": birth,
        "birth_day": _kept(birth, length == 10),
        "birth_year": pd.Series(birth).str[:4].astype(object).to_numpy(),
        "phone": written_phones(who, side, n_persons, rng),
        "sex": np.where(people.is_male, "男", "女").astype(object),
    }


def _kept(texts: Objects, keep: Bools) -> Objects:
    """The texts, null where they are not kept."""
    out = texts.copy()
    out[~keep] = None
    return out


def _pinyin(names: Codes) -> Objects:
    """Readings without tones, syllables joined; character by character, the commonest reading of each."""
    characters, code = np.unique(names, return_inverse=True)
    syllables = np.array(["" if c == 0 else lazy_pinyin(chr(c))[0] for c in characters], dtype=object)
    spoken = syllables[code.reshape(names.shape)]
    joined: Objects = spoken[:, 0] + spoken[:, 1] + spoken[:, 2] + spoken[:, 3]
    return joined


def _truth(order_l: Ints, order_r: Ints) -> pd.DataFrame:
    """Row numbers of the persons on both sides, counted from 1 as the ids are."""
    _, left, right = np.intersect1d(order_l, order_r, assume_unique=True, return_indices=True)
    return pd.DataFrame({"id_l": left + 1, "id_r": right + 1}).sort_values("id_l")


def _write(path: Path, columns: dict[str, Objects]) -> None:
    plain = {name: pa.array(values, type=pa.string(), from_pandas=True) for name, values in columns.items()}
    pq.write_table(pa.table(plain), path)


if __name__ == "__main__":
    make_province(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))

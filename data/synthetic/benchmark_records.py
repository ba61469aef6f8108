"""What do four kinds of lists say of the persons of the benchmark? Records, their persons, the errors made in them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic import words_places
from data.synthetic.benchmark_entities import called
from data.synthetic.benchmark_kinds import EMPLOYER_KINDS, KINDS, Kind, draw_one
from data.synthetic.damage import join_kinds
from data.synthetic.errors import Objects
from data.synthetic.numbers import Ints, mobile_numbers
from data.synthetic.people import PERSONS_PER_COUNTY

#: Each list and the columns it never has.
SOURCES: dict[str, tuple[str, ...]] = {
    "roster": ("entity_no",),
    "staff_list": ("birth", "home", "join_on"),
    "annual_report": ("birth", "home", "join_on"),
    "claims": ("home", "join_on", "entity_no"),
}
_SOURCE_WEIGHTS = (0.40, 0.25, 0.15, 0.20)
RECORD_COLUMNS = (
    *("record_id", "source", "name", "sex", "birth", "id_no", "mobile", "area", "township", "home"),
    *("employer", "entity_no", "join_on"),
)
#: Shares of persons with one to four records, of persons who work somewhere.
_RECORDS_PER_PERSON = (0.35, 0.33, 0.20, 0.12)
RECORDS_A_PERSON = sum(number * share for number, share in enumerate(_RECORDS_PER_PERSON, start=1))
_EMPLOYED, _N_AGENTS = 0.7, 40


def make_records(
    rng: np.random.Generator, persons: pd.DataFrame, entities: pd.DataFrame, n: int, tier: int
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """About n records: RECORD_COLUMNS; gold: record_id, cluster; strata: record_id, stratum, one row each.

    Rows stand in random order, so that neither order nor ids tell who belongs together.
    """
    n_each = rng.choice(np.arange(1, 5), len(persons), p=_RECORDS_PER_PERSON)
    who = np.repeat(np.arange(len(persons)), n_each)
    who = who[: np.searchsorted(who, who[min(n, len(who) - 1)], side="left")] if n < len(who) else who
    records = persons.iloc[who].reset_index(drop=True)
    source = rng.choice(list(SOURCES), len(who), p=_SOURCE_WEIGHTS)
    records["source"] = source
    records["join_on"] = _joined_on(rng, persons)[who]
    _add_alternatives(rng, records, persons, who)
    made = [_employ(rng, records, persons, who, entities, tier)]
    for name, columns in SOURCES.items():
        records.loc[source == name, list(columns)] = ""
    made += [_make_errors(rng, records, group, tier) for group in dict.fromkeys(kind.group for kind in KINDS)]
    order = rng.permutation(len(records))
    records["record_id"] = _ids(order)
    gold = pd.DataFrame({"record_id": records["record_id"], "cluster": [f"P{tier}{i:07d}" for i in who]})
    strata = pd.DataFrame(
        {"record_id": records["record_id"], "stratum": join_kinds([*made, records["relations"].to_numpy()])}
    )
    strata = strata.assign(stratum=strata["stratum"].str.split("|")).explode("stratum")
    strata = strata[strata["stratum"] != ""]
    tables = (records[list(RECORD_COLUMNS)], gold, strata)
    ordered = [table.sort_values(list(table.columns[:1]), kind="stable", ignore_index=True) for table in tables]
    return ordered[0], ordered[1], ordered[2]


def _ids(order: Ints) -> list[str]:
    return [f"R{number:07d}" for number in order]


def _joined_on(rng: np.random.Generator, persons: pd.DataFrame) -> Objects:
    """The first of July of some year from the eighteenth of life on, mostly; a day of their own for the others."""
    year = persons["birth"].str[:4].astype(int).to_numpy() + 18
    year = np.minimum(year + rng.integers(0, 20, len(persons)), 2015)
    days = rng.integers(0, 365, len(persons))
    days = np.where(rng.random(len(persons)) < 0.4, 181, days)
    joined = year.astype(str).astype("datetime64[Y]").astype("datetime64[D]") + days.astype("timedelta64[D]")
    return np.asarray(joined.astype(str).astype(object))


def _add_alternatives(rng: np.random.Generator, records: pd.DataFrame, persons: pd.DataFrame, who: Ints) -> None:
    """Columns that errors take their values from."""
    records["other_home"] = rng.permutation(persons["home"].to_numpy(dtype=object))[who]
    # A former name keeps the surname; one a person, so that two old lists agree on it.
    renamed = rng.permutation(persons["name"].to_numpy(dtype=object))
    own = persons["name"].to_numpy(dtype=object)
    former = np.array(
        [a[:1] + b[1:] if "·" not in a + b else "" for a, b in zip(own, renamed, strict=True)], dtype=object
    )
    records["former_name"] = former[who]
    first = {a: (i + 1) * PERSONS_PER_COUNTY - 1 - _N_AGENTS for i, a in enumerate(words_places.COUNTIES)}
    agents = records["area"].map(first).to_numpy(dtype=np.int64) + rng.integers(0, _N_AGENTS, len(records))
    records["agent_mobile"] = mobile_numbers(agents)


def _employ(
    rng: np.random.Generator, records: pd.DataFrame, persons: pd.DataFrame, who: Ints, entities: pd.DataFrame, tier: int
) -> Objects:
    """Employer as called in each record, and the entity's number; kinds made. A few have another employer since."""
    entity = np.where(rng.random(len(persons)) < _EMPLOYED, rng.integers(0, len(entities), len(persons)), -1)[who]
    is_changed = (rng.random(len(who)) < (0.02, 0.08, 0.15)[tier]) & (entity >= 0)
    entity = np.where(is_changed, rng.integers(0, len(entities), len(who)), entity)
    at = entities.iloc[np.maximum(entity, 0)].reset_index(drop=True)
    rates = {name: each[tier] for name, each in EMPLOYER_KINDS.items()}
    kinds = draw_one(rng, len(who), rates)
    # Registers and reports write the name in full.
    kinds[records["source"].isin(["staff_list", "annual_report"]).to_numpy() & (kinds != "employer_former")] = ""
    texts, made = called(rng, at, kinds)
    is_employed = entity >= 0
    records["employer"] = np.where(is_employed, texts, "")
    number = np.where(at["uscc"] != "", at["uscc"], at["reg_no"])
    records["entity_no"] = np.where(is_employed, number, "")
    changed = np.where(is_changed, "employer_changed", "").astype(object)
    return join_kinds([np.where(is_employed, made, "").astype(object), changed])


def _make_errors(rng: np.random.Generator, records: pd.DataFrame, group: str, tier: int) -> Objects:
    """Draw and make the errors of one group; the kinds that changed a cell."""
    made = np.full(len(records), "", dtype=object)
    kinds = [kind for kind in KINDS if kind.group == group]
    plain = draw_one(rng, len(records), {kind.name: kind.rates[tier] for kind in kinds if not kind.of_able})
    for kind in kinds:
        drawn = rng.random(len(records)) < kind.rates[tier] if kind.of_able else plain == kind.name
        rows = np.flatnonzero(drawn & (made == "") & (records[kind.column] != "").to_numpy())
        texts = _changed(rng, records, kind, rows)
        done = [text is not None for text in texts]
        records.loc[rows[done], kind.column] = [text for text in texts if text is not None]
        made[rows[done]] = kind.name
    return made


def _changed(rng: np.random.Generator, records: pd.DataFrame, kind: Kind, rows: Ints) -> list[str | None]:
    """The new text of each row; None where the kind is not possible or changes nothing."""
    before = records[kind.column].to_numpy(dtype=object)[rows]
    if kind.change is not None:
        draws = rng.integers(0, 2**31, len(rows))
        after = [kind.change(text, int(draw)) for text, draw in zip(before, draws, strict=True)]
    elif kind.take is not None:
        after = [text or None for text in records[kind.take].to_numpy(dtype=object)[rows]]
    else:
        return [""] * len(rows)
    return [None if new == old else new for new, old in zip(after, before, strict=True)]

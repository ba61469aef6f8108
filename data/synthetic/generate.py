"""Makes a synthetic county or province with known truth: the public door of data.synthetic.

One county at a time, so that memory is bounded by the largest county; every county has its own random streams, so
that it is the same alone and inside the province.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from data.errors import ConfigError
from data.synthetic import damage, errors
from data.synthetic.county import County, make_county
from data.synthetic.event_feeds import write_events, write_organizations
from data.synthetic.feeds import Place
from data.synthetic.leads import write_leads
from data.synthetic.longlou_file import write_claims
from data.synthetic.plan import PROVINCE, areas_of, county_plan
from data.synthetic.register_files import write_annual_reports, write_entities, write_persons
from data.synthetic.roster_rows import roster_rows
from data.synthetic.rosters import write_rosters
from data.synthetic.sources_toml import write_sources_toml
from data.synthetic.truth import Truth
from data.synthetic.words_places import COUNTIES
from data.words import tr

AS_OF = date(2016, 6, 16)
#: Beyond this the largest county would need more enterprise names than the word lists hold.
MAX_SCALE = 2.0


@dataclass(frozen=True)
class GenerateSummary:
    """What was made. n_persons: rows of persons at entities; n_rows: data rows per file, by its path under `out`."""

    area: str
    as_of: date
    seed: int
    scale: float
    n_entities: int
    n_persons: int
    n_members: int
    n_claims: int
    n_rows: dict[str, int]


def generate(area: str, out: Path, *, seed: int = 1, scale: float = 1.0, as_of: date = AS_OF) -> GenerateSummary:
    """Write the feeds, sources.toml and truth of a county (`469005`) or the province (`46`) under `out`.

    The same arguments always give the same bytes.
    Raises ConfigError: an unknown area, a scale outside (0, 2], a negative seed, a folder that is not empty.
    """
    _check(area, out, seed, scale)
    out.mkdir(parents=True, exist_ok=True)
    truth, places, total = Truth(out / "truth"), [], Counter[str]()
    for code in areas_of(area):
        place = Place(out, f"{code}/" if area == PROVINCE else "", code, as_of)
        plan = county_plan(code, scale)
        county = make_county(plan, seed, as_of)
        _write_county(county, place, truth)
        places.append(place)
        total.update(
            n_entities=plan.n_entities, n_persons=len(county.staff), n_members=plan.n_members, n_claims=plan.n_claims
        )
    write_sources_toml(out / "sources.toml", area, as_of, places)
    n_rows = {file: n for place in places for file, n in place.n_rows.items()}
    n_rows |= {f"truth/{name}.csv": n for name, n in truth.n_rows.items()}
    return GenerateSummary(area, as_of, seed, scale, **total, n_rows=n_rows)


def _check(area: str, out: Path, seed: int, scale: float) -> None:
    if area != PROVINCE and area not in COUNTIES:
        known = "、".join((PROVINCE, *COUNTIES))
        raise ConfigError(tr(f"没有区划 {area}；可用：{known}", f"no area {area}; known: {known}"))
    if not 0 < scale <= MAX_SCALE:
        raise ConfigError(
            tr(f"规模 {scale} 须大于 0、不超过 {MAX_SCALE}", f"scale {scale}: above 0, at most {MAX_SCALE}")
        )
    if seed < 0:
        raise ConfigError(tr(f"种子 {seed} 不能为负", f"seed {seed}: not negative"))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ConfigError(tr(f"输出目录 {out} 已存在且非空", f"output folder {out} exists and is not empty"))


def _write_county(county: County, place: Place, truth: Truth) -> None:
    people, rows = county.people, roster_rows(county)
    on_roster, at_work = rows["person"].to_numpy(), county.staff.person
    rng = county.stream("errors")
    rows_drawn = errors.draw(rng, len(rows), "roster", damage.can_have(people, on_roster))
    staff_drawn = errors.draw(rng, len(at_work), "register", damage.can_have(people, at_work))
    # What the list of claims is checked against is written right.
    is_cast = np.isin(on_roster, county.cast_on_rosters)
    for group in errors.GROUPS:
        rows_drawn.drop(group, is_cast)
    errors.keep_recognisable([(rows_drawn, on_roster), (staff_drawn, at_work)], county.n_on_rosters)
    in_workbook = county.organizations["town"].to_numpy()[rows["row_branch"].to_numpy()] >= 0
    roster = damage.write(people, on_roster, rows_drawn, rng, has_number_cells=in_workbook)
    located, made = write_rosters(county, rows, roster, place)
    kinds = damage.join_kinds([roster.errors, made, rows["made"].to_numpy(dtype=object)])
    truth.persons(located, county.true_persons(on_roster), kinds)
    truth.coded("false_entries", located, rows["reason"].to_numpy(dtype=object))
    is_number = np.where(roster.is_number & rows["reason"].eq("").to_numpy(), "F10", "")
    truth.coded("decoys", located, np.where(rows["decoy"] != "", rows["decoy"], is_number).astype(object))
    entity = rows["employer_entity"].to_numpy()
    truth.employers(located, np.where(entity >= 0, county.entity_id[entity], ""), rows["employer"].ne("").to_numpy())
    truth.classes(county)
    is_clean = np.zeros(county.n_on_rosters, dtype=bool)
    is_clean[on_roster[(rows_drawn.kinds["name"] == "") & (rows_drawn.kinds["id"] == "")]] = True
    persons = damage.write(people, at_work, staff_drawn, rng, has_number_cells=np.zeros(len(at_work), dtype=bool))
    where, made = write_persons(county, persons, place)
    truth.persons(where, county.true_persons(at_work), damage.join_kinds([persons.errors, made]))
    write_entities(county, place)
    write_annual_reports(county, place)
    write_organizations(county, place)
    write_events(county, is_clean, place)
    write_leads(county, place)
    if county.cast is not None:
        write_claims(county, county.cast, place, truth)

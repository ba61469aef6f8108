"""What stands on the rosters? One row a member, the second rows of some, and the employers as clerks wrote them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.model import Population
from data.synthetic import words_places
from data.synthetic.cases import Case
from data.synthetic.county import County
from data.synthetic.damage import join_kinds
from data.synthetic.errors import EMPLOYER_RENAMED, EMPLOYER_SHORT, Objects
from data.synthetic.organizations import VILLAGE
from data.synthetic.placement import NOWHERE

_TOLD_SHARE, _GENERIC_SHARE = 0.62, 0.14
_GENERIC = ("务农", "个体", "自由职业", "外出务工", "退休")
_FAR_FIRMS = ("深圳市鑫宝电子厂", "广州市白云货运站", "东莞市长安制衣厂", "湛江市海田码头")
_UNIT_KINDS = ("党政机关", "学校", "其他事业单位", "国有企业")


def roster_rows(county: County) -> pd.DataFrame:
    """Rows with the columns of members (registered_on, remark ... as on this row) plus:

    row_branch: the branch whose list this is. reason: false-entry code or ''. decoy: code that must not strike, or ''.
    made: structural kinds of errors, joined by `|`. employer: text; employer_entity: row of the true entity or -1.
    """
    rows = county.members.assign(row_branch=county.members["branch"], reason="", decoy="", made="")
    stale = rows["klass"].eq("")
    rows.loc[stale, "reason"] = rows.loc[stale, "case"].astype(str)
    rows.loc[stale, "made"] = "stale"
    rows.loc[rows["case"].eq(Case.LOST_SUSPENDED), "decoy"] = "F07"
    rows.loc[[living for living, _ in county.dead_namesakes], "decoy"] = "F04"
    rows["made"] = rows["made"].astype(object)
    rows.loc[rows.index.isin(np.array(county.dead_namesakes, dtype=int).ravel()) & ~stale, "made"] = "namesake"
    _say_where_they_went(county, rows)
    _add_employers(county, rows)
    more = [_second_rosters(county, rows), _inflow_rows(county, rows)]
    return pd.concat([rows, *(frame for frame in more if len(frame))], ignore_index=True)


def _say_where_they_went(county: County, rows: pd.DataFrame) -> None:
    """Members who float inside the county: the roster names the town they work in."""
    inside = rows["case"].isin((Case.FLOATING_FLAG, Case.FLOATING_DOUBLE)) & (rows["entity"] != NOWHERE)
    town = county.entities["township"].to_numpy()[rows.loc[inside, "entity"].to_numpy()]
    rows.loc[inside, "flow_to"] = words_places.county_name(county.area) + town


def _second_rosters(county: County, rows: pd.DataFrame) -> pd.DataFrame:
    """The person moved, but the old branch still lists him: the row registered earlier is the one to drop."""
    rng = county.stream("second rosters")
    normal = rows[(rows["case"] == Case.NORMAL) & (rows["population"] == Population.ELSEWHERE) & (rows["decoy"] == "")]
    normal = normal[~normal["person"].isin(county.cast_on_rosters)]
    chosen = normal.iloc[rng.permutation(len(normal))[: county.plan.stale["F03"]]].copy()
    chosen["row_branch"] = _other_villages(county, rng, chosen)
    chosen["registered_on"] -= pd.to_timedelta(rng.integers(300, 2500, len(chosen)), unit="D")
    chosen["reason"], chosen["made"] = "F03", "two_rosters"
    return chosen.assign(employer="", employer_entity=NOWHERE, remark="")


def _inflow_rows(county: County, rows: pd.DataFrame) -> pd.DataFrame:
    """The place of work registered the floating member too; neither row is false (domain rules §3.5)."""
    rng = county.stream("inflow rows")
    is_double = rows["case"] == Case.FLOATING_DOUBLE
    rows.loc[is_double, ["decoy", "made"]] = ["F03", "floating_double"]
    chosen = rows[is_double].copy()
    names = county.organizations["name"].to_numpy()[chosen["branch"].to_numpy()]
    chosen["row_branch"] = _other_villages(county, rng, chosen)
    chosen["registered_on"] = chosen["flow_since"]
    return chosen.assign(flow_to="", remark="流入党员，正式组织关系在" + names, is_lost="否")


def _other_villages(county: County, rng: np.random.Generator, rows: pd.DataFrame) -> np.ndarray:
    """A village branch of another town; for those who work in the county, of the town they work in."""
    town, kind = county.organizations["town"].to_numpy(), county.organizations["kind"].to_numpy()
    is_open = (kind == VILLAGE) & ~county.organizations["is_silent"].to_numpy()
    work_town = county.entities["town"].to_numpy()[rows["entity"].to_numpy()]
    n_towns = int(town.max()) + 1
    home = np.maximum(town[rows["branch"].to_numpy()], 0)
    wanted = np.where(rows["entity"] != NOWHERE, work_town, (home + rng.integers(1, n_towns, len(rows))) % n_towns)
    return np.array([rng.choice(np.flatnonzero(is_open & (town == place))) for place in wanted], dtype=np.int64)


def _add_employers(county: County, rows: pd.DataFrame) -> None:
    rng = county.stream("employers")
    n = len(rows)
    entity = rows["entity"].to_numpy().copy()
    closed = rows["case"].eq(Case.NORMAL_CLOSED_WORK).to_numpy() & (rows["staff_row"] != NOWHERE).to_numpy()
    entity[closed] = county.staff.entity[rows["staff_row"].to_numpy()[closed]]
    name = np.where(entity == NOWHERE, "", county.entities["name"].to_numpy()[entity])
    must_tell = (entity != NOWHERE) & (rows["staff_row"] == NOWHERE).to_numpy()
    draw = rng.random(n)
    tells = (name != "") & (must_tell | (draw < _TOLD_SHARE))
    generic = (entity != NOWHERE) & ~tells & (draw < _TOLD_SHARE + _GENERIC_SHARE)
    text = np.full(n, "", dtype=object)
    text[generic] = rng.choice(np.array(_GENERIC, dtype=object), int(generic.sum()))
    text[tells], kinds = _as_clerks_write(county, entity[tells], rng)
    rows.loc[tells, "made"] = join_kinds([rows.loc[tells, "made"].to_numpy(dtype=object), kinds])
    _other_employers(county, rows, text, entity, rng)
    rows["employer"], rows["employer_entity"] = text, np.where(tells, entity, NOWHERE)


def _as_clerks_write(county: County, entity: np.ndarray, rng: np.random.Generator) -> tuple[Objects, Objects]:
    """Registered names shortened (region or form left out, or both) or by the former name; with the kinds made."""
    chosen = county.entities.iloc[entity]
    name, core, form = (chosen[column].to_numpy(dtype=object) for column in ("name", "core", "form"))
    former = chosen["former"].to_numpy(dtype=object)
    n = len(name)
    style = rng.integers(0, 3, n)
    is_firm = core != ""
    region = np.array(
        [whole[: whole.find(part)] if part else "" for whole, part in zip(name, core, strict=True)], dtype=object
    )
    short = np.select([style == 0, style == 1], [core, core + form], region + core)
    # A shop keeps its town: only the county is left out.
    town_on = np.array([whole[2:] for whole in name], dtype=object)
    is_shop = (chosen["kind"] == Population.HOUSEHOLD_BUSINESS).to_numpy()
    short = np.where(is_firm, short, np.where(is_shop, town_on, name))
    is_short = (rng.random(n) < EMPLOYER_SHORT) & (is_firm | is_shop) & (short != name)
    is_renamed = (former != "") & (rng.random(n) < EMPLOYER_RENAMED)
    text = np.where(is_renamed, former, np.where(is_short, short, name))
    return text, np.where(is_renamed, "employer_renamed", np.where(is_short, "employer_short", "")).astype(object)


def _other_employers(
    county: County, rows: pd.DataFrame, text: Objects, entity: np.ndarray, rng: np.random.Generator
) -> None:
    """Employers that are in no register: offices and schools, farming, firms far away."""
    branch = county.organizations.iloc[rows["branch"].to_numpy()]
    draw = rng.random(len(rows))
    elsewhere = entity == NOWHERE
    in_unit = elsewhere & branch["kind"].isin(_UNIT_KINDS).to_numpy() & (draw < 0.85)
    text[in_unit] = branch["unit"].to_numpy()[in_unit]
    away = elsewhere & ~in_unit & rows["is_floating"].eq("是").to_numpy() & (draw < 0.4)
    text[away] = rng.choice(np.array(_FAR_FIRMS, dtype=object), int(away.sum()))
    farming = elsewhere & ~in_unit & ~away & (draw < 0.4)
    text[farming] = rng.choice(np.array(_GENERIC, dtype=object), int(farming.sum()))

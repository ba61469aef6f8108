"""What forming and the surveys look at: the register with market, village, trade, size and what reports say of it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.contracts.entities import entity_ids
from data.contracts.frames import without_nan
from data.model import FeedKind, MatchGrade, Population
from data.values.columns import map_unique, none_for_null
from data.words import tr
from flows.facts import Linked
from flows.intake import Taken
from flows.shelf import Shelf
from reports.forming_tables import FormingTables
from rules.engine import RuleResult
from rules.facts import Facts
from rules.forming.places import villages
from rules.forming.proposals import Form
from rules.forming.run import Formed, form
from rules.forming.workers import possible_members
from rules.params import load_params
from rules.params.forming import Forming
from rules.surveys.coverage import COVERAGES, counted, parts
from rules.surveys.six_surveys import INDICATORS, SURVEYS, surveyed
from rules.surveys.size_classes import size_classes

_NOT_SENT = ("否", "无", "未", "不", "没")


@pd.option_context("mode.copy_on_write", True)
def forming_of(
    taken: Taken, linked: Linked, facts: Facts, ruled: RuleResult, as_of: date, shelf: Shelf | None = None
) -> FormingTables:
    """All that forming and the surveys find, as the reports take it."""
    return forming_tables(formed_organizations(taken, linked, facts, ruled, as_of), facts, ruled, as_of)


def formed_organizations(taken: Taken, linked: Linked, facts: Facts, ruled: RuleResult, as_of: date) -> Formed:
    """Proposals of organisations, and the nearest branch of members without one."""
    open_pairs = facts.pairs[facts.pairs["grade"] == MatchGrade.POSSIBLE]
    ids = pd.concat([open_pairs["unique_id_l"], open_pairs["unique_id_r"]])
    staff = taken.rows(FeedKind.ENTERPRISE_PERSONS, ["unique_id", "entity_no"], ids)
    works_at = entity_ids(staff["entity_no"], linked.entities).set_axis(staff["unique_id"])
    possible = possible_members(facts.pairs, linked.links, facts.members["person_id"], works_at)
    return form(
        facts,
        ruled.classifications,
        ruled.findings,
        register_of(taken, linked.entities, as_of),
        possible,
        as_of,
        load_params(as_of),
    )


def register_of(taken: Taken, entities: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """ENTITIES with market, village, section, size_class, at_most, size_version, staff, revenue, assets (floats, NaN
    where no report says), has_instructor, agrees_to_host ('yes', 'no', None) and has_report."""
    of_each = pd.Index(entities["entity_id"])
    rows = entities.assign(**_beside(of_each, _noted(taken, entities)), **_beside(of_each, _reported(taken, entities)))
    # A market is a place to its stalls, and lies in itself.
    is_market = rows["population"] == Population.MARKET
    rows["market"] = none_for_null(rows["market"].where(~is_market, rows["entity_name"]))
    rows["has_instructor"] = map_unique(rows["instructor"], lambda text: not text.startswith(_NOT_SENT)).eq(True)
    rows["village"] = villages(rows["address"])
    sizes = size_classes(rows[["industry", "staff", "revenue", "assets"]], as_of, load_params(as_of))
    measures = rows[["staff", "revenue", "assets"]]
    texts = without_nan(rows.drop(columns=["staff", "revenue", "assets", "instructor"]))
    return pd.concat([texts, measures, sizes], axis=1)


def _beside(of_each: pd.Index, told: pd.DataFrame) -> dict[str, np.ndarray]:
    """Columns of a table with at most one row an entity, for each entity; None, NaN or False where it has no row."""
    place = pd.Index(told["entity_id"]).get_indexer(of_each)
    nulls: dict[str, object] = {"O": None, "f": np.nan, "b": False}
    columns = {str(name): column.to_numpy() for name, column in told.items() if name != "entity_id"}
    return {
        name: np.append(values, np.array([nulls[values.dtype.kind]], dtype=values.dtype))[place]
        for name, values in columns.items()
    }


def _noted(taken: Taken, entities: pd.DataFrame) -> pd.DataFrame:
    """What the register notes beside an enterprise, one row each; of several rows the first that says something."""
    columns = {"market_name": "market", "instructor": "instructor", "agrees_to_host": "agrees_to_host"}
    rows = taken.rows(FeedKind.ENTERPRISE_REGISTRATION, ["uscc", "reg_no", *columns])
    number = rows["uscc"].where(rows["uscc"].notna(), rows["reg_no"])
    noted = rows[list(columns)].rename(columns=columns).assign(entity_id=entity_ids(number, entities))
    noted = noted[noted["entity_id"].notna()]
    is_repeated = noted["entity_id"].duplicated(keep=False)
    several = noted[is_repeated].groupby("entity_id", sort=True)[list(columns.values())].first().reset_index()
    return pd.concat([noted[~is_repeated], several], ignore_index=True)


def _reported(taken: Taken, entities: pd.DataFrame) -> pd.DataFrame:
    """Staff, revenue and assets of the latest report of each enterprise, as floats."""
    measures = {"n_employees": "staff", "revenue": "revenue", "assets": "assets"}
    columns = ["unique_id", "entity_no", "report_year", "filed_on", *measures]
    rows = taken.rows(FeedKind.ANNUAL_REPORTS, columns)
    rows = rows.assign(entity_id=entity_ids(rows["entity_no"], entities)).dropna(subset=["entity_id"])
    # Nearly every enterprise filed once: only the reports of the others are put in order.
    is_repeated = rows["entity_id"].duplicated(keep=False)
    by = ["entity_id", "report_year", "filed_on", "unique_id"]
    several = rows[is_repeated].sort_values(by, na_position="first").drop_duplicates("entity_id", keep="last")
    last = pd.concat([rows[~is_repeated], several])
    floats = {name: pd.to_numeric(last[column]).astype(float) for column, name in measures.items()}
    return last[["entity_id"]].assign(**floats, has_report=True)


def forming_tables(formed: Formed, facts: Facts, ruled: RuleResult, as_of: date) -> FormingTables:
    """What forming and the surveys found, as the reports take it."""
    params = load_params(as_of)
    surveys = surveyed(formed, facts, ruled.classifications, as_of, params)
    by_code = {one.code: one for one in INDICATORS}
    told = [by_code[code] for code in surveys["indicator"]]
    surveys["survey"] = [one.survey for one in told]
    surveys["survey_title"] = [SURVEYS[one.survey] for one in told]
    surveys["title"] = [tr(*one.title) for one in told]
    surveys["is_about_members"] = [one.is_about_members for one in told]
    register = formed.register
    sizes = register.assign(section=register["section"].fillna("")).groupby(["population", "section", "size_class"])
    return FormingTables(
        proposals=_worded(formed, _citations(params.forming)),
        nearest=formed.nearest,
        parts=_parts(formed),
        rates=_rates(),
        surveys=surveys,
        sizes=sizes.size().rename("n").reset_index(),
    )


def _citations(limits: Forming) -> dict[str, str]:
    """What each form rests on."""
    joint = f"{limits.min_formal.citation}；{limits.max_units.citation}"
    return {
        Form.OWN: limits.min_formal.citation,
        Form.AREA_JOINT: joint,
        Form.TRADE_JOINT: joint,
        Form.ATTACHED: limits.max_members.citation,
        Form.INSTRUCTOR: limits.instructor_staff.citation,
    }


def _worded(formed: Formed, citations: dict[str, str]) -> pd.DataFrame:
    """Proposals with the names of their units (without one: the end of the number) and the text they rest on."""
    names = formed.register.set_index("entity_id")["entity_name"]
    units = formed.proposed.units
    told = units["entity_id"].map(names).fillna(tr("无字号户…", "no name …") + units["entity_id"].str[-4:])
    by_proposal = told.groupby(units["proposal_id"]).agg("、".join)
    proposals = formed.proposed.proposals
    return proposals.assign(
        unit_names=proposals["proposal_id"].map(by_proposal).astype(object),
        citation=proposals["form"].map(citations).astype(object),
    )


def _parts(formed: Formed) -> pd.DataFrame:
    part = parts(formed.register, formed.workers["entity_id"])
    tables = []
    for breakdown in ("area", "township", "population", "section"):
        table = counted(part, formed.register[breakdown])
        tables.append(table.rename_axis("row").reset_index().assign(breakdown=breakdown))
    return pd.concat(tables, ignore_index=True)


def _rates() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "code": one.code,
                "version": one.version,
                "title": tr(*one.title),
                "numerator": "|".join(one.numerator),
                "denominator": "|".join(one.denominator),
                "numerator_words": tr(*one.numerator_words),
                "denominator_words": tr(*one.denominator_words),
                "citation": one.citation,
            }
            for one in COVERAGES
        ]
    )

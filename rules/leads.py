"""How do the leads stand? Counts by way, channel and outcome, and the annual reports worth a visit; nobody is named."""

from __future__ import annotations

import pandas as pd

from data.contracts.field import Codes
from data.contracts.frames import without_nan
from data.contracts.lead_feed import LEAD_CHANNELS, LEAD_OUTCOMES, LEAD_WAYS
from data.contracts.tables import REPORT_LEADS

_SELF = "self"
#: Rules about annual reports whose findings are leads for 年报工作找.
_REPORT_RULES = ("AR9", "AR10", "AR11", "AR12")


def report_leads(findings: pd.DataFrame, annual_reports: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """REPORT_LEADS: the findings about annual reports with the entity each report is of, sorted by place and entity.

    Whether an entity counts fewer members than the rosters is not among them (guard-rail 4).
    """
    found = findings.loc[findings["rule_code"].isin(_REPORT_RULES), ["unique_id", "rule_code", "message"]]
    found = found.merge(annual_reports[["unique_id", "entity_id"]], on="unique_id")
    found = found.merge(entities[["entity_id", "entity_name", "township", "area"]], on="entity_id", how="left")
    columns = list(REPORT_LEADS.columns)
    ordered = found.sort_values(["area", "township", "entity_id", "rule_code", "unique_id"], ignore_index=True)
    return REPORT_LEADS.validate(without_nan(ordered[columns].astype(object)))


def lead_counts(leads: pd.DataFrame) -> dict[str, int | dict[str, int]]:
    """Leads in all, those that speak of a member of a roster, those that came from the person (党员找组织, the others
    are 组织找党员), and how many by way, channel and outcome: every code is there, '' counts what was not stated."""
    return {
        "n": len(leads),
        "n_of_members": int(leads["person_id"].notna().sum()),
        "n_self_reported": int(leads["informant"].eq(_SELF).sum()),
        "by_way": _counts(leads["way"], LEAD_WAYS),
        "by_channel": _counts(leads["channel"], LEAD_CHANNELS),
        "by_outcome": _counts(leads["outcome"], LEAD_OUTCOMES),
    }


def _counts(column: pd.Series, codes: Codes) -> dict[str, int]:
    found = column.fillna("").value_counts()
    return {name: int(found.get(name, 0)) for name in (*dict.fromkeys(value for _, value in codes), "")}

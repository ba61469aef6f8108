"""F23: the branch an entry names is on no list of organisations and no roster, or was dissolved. To be mapped, never
struck."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.model import EvidenceGrade, FeedKind
from data.words import tr
from rules.case import Case
from rules.clocks import NO_DAY, last_days
from rules.false_entries.employment import is_covered
from rules.firings import firings, joined, no_firings, row_evidence
from rules.names import OrgName
from rules.organisations import directory


def find(case: Case) -> pd.DataFrame:
    """Entries of counties whose organisations were listed; a branch elsewhere is on other lists and lacks data."""
    organizations = case.facts.organizations.dropna(subset=["org_name"])
    if FeedKind.ORGANIZATIONS not in case.facts.feeds or organizations.empty:
        return no_firings()
    areas = frozenset(organizations["area"].dropna())
    rows_here = case.entries["branch"].notna().to_numpy() & case.entries["area"].isin(areas).to_numpy()
    entries = case.entries.loc[rows_here, ["branch", "township"]]
    told = _told(case, organizations, entries, areas)
    # A branch that rosters fill with as many members as a branch needs exists, whatever the list says.
    rows = case.roster["branch"].value_counts()
    lived_in = rows.index[rows >= case.params.forming.min_formal.value]
    branch, township = (pd.factorize(entries[name])[0] for name in ("branch", "township"))
    _, first, place = np.unique(branch * (len(entries) + 1) + township, return_index=True, return_inverse=True)
    keys = zip(*(entries[name].to_numpy(dtype=object)[first] for name in ("branch", "township")), strict=True)
    said = [told[key] for key in keys]
    verdict = np.array(said, dtype=object)[place] if said else np.array([], dtype=object)
    verdict[(verdict == "unlisted") & entries["branch"].isin(lived_in).to_numpy()] = ""
    found = case.entries.loc[entries.index[verdict != ""]]
    message = np.where(
        verdict[verdict != ""] == "dissolved",
        tr("所填党支部已撤销：请改填现党支部", "the branch was dissolved: name the present one"),
        tr("党组织名册中没有所填党支部：请核对名称", "no such branch on the list of organisations: check the name"),
    ).astype(object)
    evidence = joined(row_evidence(found, tr("该行的党支部", "branch of the row")))
    return firings(found, message=message, grade=EvidenceGrade.B, evidence=evidence)


def _told(
    case: Case, organizations: pd.DataFrame, entries: pd.DataFrame, areas: frozenset[str]
) -> dict[tuple[object, ...], str]:
    """For each distinct branch and township as written: '' (listed, or not expected), `dissolved` or `unlisted`."""
    known = case.once(directory)
    closed = last_days(organizations["dissolved_on"])
    is_over = (closed != NO_DAY) & (closed <= case.today)
    by_core: dict[str, dict[OrgName, bool]] = {}
    rows = zip(organizations["org_name"], organizations["township"], is_over.tolist(), strict=True)
    for name, township, over in rows:
        parsed = known.parse(name, township)
        alike = by_core.setdefault(parsed.core, {})
        alike[parsed] = alike.get(parsed, True) and over
    told: dict[tuple[object, ...], str] = {}
    named = entries[["branch", "township"]].drop_duplicates()
    for branch, township in zip(named["branch"], named["township"], strict=True):
        wanted = known.parse(branch, township)
        fits = [all_over for org, all_over in by_core.get(wanted.core, {}).items() if wanted.may_be(org)]
        is_elsewhere = not fits and not is_covered(branch, areas)
        told[branch, township] = "" if is_elsewhere or (fits and not all(fits)) else "dissolved" if fits else "unlisted"
    return told

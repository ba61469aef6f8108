"""Facts of a province for the rules alone: members, letters, organisation life, searches, decisions; seeded columns.

Nobody real: never-assigned area codes (4699xx). The shares are those of the synthetic county, rounded.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.frames import without_nan
from data.model import FeedKind
from data.synthetic.numbers import identity_numbers, mobile_numbers, texts
from data.synthetic.words_people import GIVEN, SURNAMES
from rules.facts import FACT_COLUMNS, Facts, frame_of

Ints = npt.NDArray[np.int64]
Objects = npt.NDArray[np.object_]

AS_OF = date(2016, 6, 16)
_TODAY = np.datetime64(AS_OF, "D")
_MEMBERS_PER_BRANCH, _TOWNS = 30, 243
_LATELY = 0.6
_REMARKS = (
    None,
    "2014年起外出务工",
    "2015.3转出",
    "父亲去世",
    "低保户",
    "多次联系不上",
    "2014年3月因病去世",
    "困难党员",
)
_REMARK_SHARES = (0.9, 0.02, 0.005, 0.01, 0.04, 0.005, 0.005, 0.015)


def province(n_members: int, seed: int = 7) -> Facts:
    """Facts of that many members on rosters, with everything the rules read about them."""
    rng = np.random.default_rng(seed)
    entries = _entries(rng, n_members)
    person = entries["person_id"].to_numpy(dtype=object)
    members = _members(rng, entries)
    entities = _entities(rng, max(n_members * 13 // 10, 10))
    return Facts(
        members=members,
        entries=_with_claims(rng, entries),
        employments=_employments(rng, person, entities),
        entities=entities,
        transfers=_transfers(rng, entries),
        org_life=_life(rng, entries),
        contacts=_contacts(rng, entries),
        status_events=_decisions(rng, entries),
        annual_reports=_reports(rng, entities),
        organizations=_organizations(entries),
        feeds=frozenset(FeedKind),
    )


def _numbered(prefix: str, n: int) -> Objects:
    return np.asarray([f"{prefix}{number}" for number in range(n)], dtype=object)


def _some(rng: np.random.Generator, values: Objects, share: float) -> Objects:
    """The values with None for all but a share of the rows."""
    return _where(rng.random(len(values)) < share, values)


def _where(kept: npt.NDArray[np.bool_] | pd.Series, values: Objects | str) -> Objects:
    """The values where kept, else None."""
    found = np.full(len(kept), None, dtype=object)
    rows = np.asarray(kept, dtype=bool)
    found[rows] = values if isinstance(values, str) else values[rows]
    return found


def _days(rng: np.random.Generator, n: int, longest: int, latest: int = 0) -> Objects:
    """Days before the check, between `latest` and `longest` days back, as ISO text."""
    back = rng.integers(latest, longest, n)
    return np.datetime_as_string(_TODAY - back.astype("timedelta64[D]")).astype(object)


def _names(rng: np.random.Generator, n: int) -> Objects:
    weights = np.array(list(SURNAMES.values()), dtype=float)
    surname = rng.choice(np.array(list(SURNAMES), dtype=object), n, p=weights / weights.sum())
    first, second = (np.array(list("".join(pool[side] for pool in GIVEN.values())), dtype=object) for side in (0, 1))
    return np.asarray(surname + rng.choice(first, n) + rng.choice(second, n), dtype=object)


def _entries(rng: np.random.Generator, n: int) -> pd.DataFrame:
    born = np.datetime64("1940-01-01", "D") + rng.integers(0, 19_000, n).astype("timedelta64[D]")
    birth = np.datetime_as_string(born).astype(object)
    ymd = pd.Series(birth).str.replace("-", "").to_numpy().astype(np.int64)
    sequence = np.asarray(rng.integers(1, 995, n), dtype=np.int64)
    branch = np.asarray(rng.integers(0, max(n // _MEMBERS_PER_BRANCH, 1), n), dtype=np.int64)
    county = (469900 + branch % 90).astype(np.int64)
    status = rng.choice(np.array(["normal", "deceased", "transferred_out", "suspended"], dtype=object), n,
                        p=[0.985, 0.006, 0.006, 0.003])  # fmt: skip
    known = {
        "unique_id": _numbered("e", n), "kind": FeedKind.MEMBER_ROSTER.value, "source": "roster",
        "source_file": "roster.xlsx", "source_sheet": "Sheet1", "source_row": np.arange(n) + 2,
        "person_id": _numbered("p", n), "name": _names(rng, n),
        "sex": np.where(sequence % 2, "男", "女").astype(object),
        "id_no": texts(identity_numbers(county, ymd, sequence.astype(np.int64))), "id_status": "valid", "birth": birth,
        "category": rng.choice(np.array(["formal", "probationary"], dtype=object), n, p=[0.97, 0.03]),
        "branch": _branches(branch), "township": _towns(branch), "area": _areas(branch),
        "join_on": np.datetime_as_string(born + np.timedelta64(9_000, "D")).astype(object),
        "full_on": np.datetime_as_string(born + np.timedelta64(9_366, "D")).astype(object),
        "party_status": status, "remark": rng.choice(np.array(_REMARKS, dtype=object), n, p=_REMARK_SHARES),
        "is_floating": rng.choice(np.array(["yes", "no", None], dtype=object), n, p=[0.09, 0.8, 0.11]),
        "registered_on": _some(rng, _days(rng, n, 3_000), 0.3), "employer": None, "entity_no": None,
        "mobile": _some(rng, mobile_numbers(np.arange(n)), 0.97),
        "claimed_on": None,
    }  # fmt: skip
    slip = rng.random(n) < 0.01
    frame = pd.DataFrame({name: known.get(name) for name in FACT_COLUMNS["entries"]}, index=range(n))
    frame.loc[slip, "id_status"] = rng.choice(["checksum", "missing", "precision_loss"], int(slip.sum()))
    frame.loc[frame["id_status"] == "missing", "id_no"] = None
    doubled = frame.sample(frac=0.005, random_state=seed_of(rng)).assign(
        unique_id=lambda rows: "d" + rows["unique_id"],
        branch=lambda rows: rows["branch"].sample(frac=1, random_state=1).to_numpy(),
    )  # fmt: skip
    return pd.concat([frame, doubled], ignore_index=True)


def seed_of(rng: np.random.Generator) -> int:
    """A seed for pandas' own sampling."""
    return int(rng.integers(0, 2**31))


def _branches(branch: Ints) -> Objects:
    return np.asarray(_towns(branch) + "第" + branch.astype(str).astype(object) + "村党支部", dtype=object)


def _towns(branch: Ints) -> Objects:
    names = [f"{a}{b}镇" for a in "龙文会东潭昌翁抱冯锦铺公重蓬头白" for b in "楼城文郊牛洒田罗坡山前兴莱阁教沟"]
    pool = np.array(names, dtype=object)
    return np.asarray(pool[branch % _TOWNS], dtype=object)


def _areas(branch: Ints) -> Objects:
    return np.asarray((469001 + branch % _TOWNS % 19).astype(str).astype(object), dtype=object)


def _members(rng: np.random.Generator, entries: pd.DataFrame) -> pd.DataFrame:
    rows = entries.drop_duplicates("person_id")
    n = len(rows)
    flow = (rows["is_floating"] == "yes").to_numpy()
    members = rows.assign(
        org_township=rows["township"],
        org_kind=rng.choice(np.array(["village", "school", "government"], dtype=object), n,
                                                         p=[0.9, 0.05, 0.05]),
        flow_to=_where(flow, "广东省"), flow_since=_where(flow, _days(rng, n, 2_000)), is_lost=None,
        lost_since=None, dues_to=_some(rng, _days(rng, n, 700), 0.3), n_branches=1,
    )  # fmt: skip
    return members.reindex(columns=list(FACT_COLUMNS["members"])).reset_index(drop=True)


def _with_claims(rng: np.random.Generator, entries: pd.DataFrame) -> pd.DataFrame:
    """A list of claims beside the rosters: a hundredth of the members, and strangers."""
    claims = entries.sample(frac=0.01, random_state=seed_of(rng)).assign(
        unique_id=lambda rows: "c" + rows["unique_id"], kind=FeedKind.CLAIMS.value, source="claims", remark=None,
        party_status=None,
    )  # fmt: skip
    unlisted = rng.random(len(claims)) < 0.2
    claims.loc[unlisted, "person_id"] = "s" + claims.loc[unlisted, "unique_id"]
    return without_nan(pd.concat([entries, claims], ignore_index=True))


def _entities(rng: np.random.Generator, n: int) -> pd.DataFrame:
    place = rng.integers(0, _TOWNS, n)
    known = {
        "entity_id": _numbered("E", n), "entity_name": "文昌" + _numbered("", n) + "商行", "is_non_public": True,
        "population": rng.choice(np.array(["small_enterprise", "household_business"], dtype=object), n, p=[0.3, 0.7]),
        "status": rng.choice(np.array(["active", "cancelled", "revoked"], dtype=object), n, p=[0.9, 0.08, 0.02]),
        "established_on": _days(rng, n, 5_000, 400), "township": _towns(place), "area": _areas(place),
    }  # fmt: skip
    frame = pd.DataFrame({name: known.get(name) for name in FACT_COLUMNS["entities"]}, index=range(n))
    return frame.assign(ended_on=_where(frame["status"] == "cancelled", _days(rng, n, 400)))


def _employments(rng: np.random.Generator, person: Objects, entities: pd.DataFrame) -> pd.DataFrame:
    n = max(len(person) // 14, 1)
    at = entities.iloc[rng.integers(0, len(entities), n)].reset_index(drop=True)
    jobs = at.assign(
        person_id=rng.choice(person, n), unique_id=_numbered("w", n), how="register",
        role=rng.choice(np.array(["employee", "operator", "legal_representative"], dtype=object), n),
        since_on=_some(rng, _days(rng, n, 3_000), 0.9), until_on=None,
    )  # fmt: skip
    return jobs.reindex(columns=list(FACT_COLUMNS["employments"]))


def _transfers(rng: np.random.Generator, entries: pd.DataFrame) -> pd.DataFrame:
    rows = entries.sample(frac=0.02, random_state=seed_of(rng)).reset_index(drop=True)
    n = len(rows)
    issued = rng.integers(1, 1_500, n)
    iso = np.datetime_as_string(_TODAY - issued.astype("timedelta64[D]")).astype(object)
    received = np.datetime_as_string(_TODAY - (issued * 9 // 10).astype("timedelta64[D]")).astype(object)
    letters = rows.assign(
        unique_id=_numbered("t", n), letter_no=_numbered("第", n), from_org=rows["branch"], issued_on=iso,
        to_org=rng.permutation(rows["branch"].to_numpy()), received_on=_some(rng, received, 0.7), valid_days="30",
        remark=None,
    )  # fmt: skip
    return without_nan(letters.reindex(columns=list(FACT_COLUMNS["transfers"])))


def _life(rng: np.random.Generator, entries: pd.DataFrame) -> pd.DataFrame:
    """Four events a member on average, most of them lately."""
    n = len(entries) * 4
    rows = entries.iloc[rng.integers(0, len(entries), n)]
    return pd.DataFrame(
        {
            "person_id": rows["person_id"].to_numpy(dtype=object),
            "branch": rows["branch"].to_numpy(dtype=object),
            "held_on": np.where(rng.random(n) < _LATELY, _days(rng, n, 180), _days(rng, n, 900)),
            "event": rng.choice(np.array(["meeting", "dues"], dtype=object), n),
            "is_present": rng.choice(np.array(["yes", "no"], dtype=object), n, p=[0.9, 0.1]),
        }
    )


def _contacts(rng: np.random.Generator, entries: pd.DataFrame) -> pd.DataFrame:
    n = max(len(entries) // 10, 1)
    return pd.DataFrame(
        {
            "person_id": rng.choice(entries["person_id"].to_numpy(dtype=object)[: max(n // 2, 1)], n),
            "tried_on": _days(rng, n, 120),
            "channel": rng.choice(np.array(["phone", "visit", "family"], dtype=object), n),
            "outcome": rng.choice(np.array(["not_reached", "reached"], dtype=object), n, p=[0.9, 0.1]),
            "contacted_by": "符二心",
        }
    )


def _decisions(rng: np.random.Generator, entries: pd.DataFrame) -> pd.DataFrame:
    rows = entries.sample(frac=0.005, random_state=seed_of(rng)).reset_index(drop=True)
    n = len(rows)
    kinds = np.array(["deceased", "expelled", "removed", "suspended", "transferred_out"], dtype=object)
    decided = rows.assign(
        unique_id=_numbered("s", n),
        event=rng.choice(kinds, n),
        decided_on=_days(rng, n, 900),
        document="文组〔2015〕3号",
    )
    return without_nan(decided.reindex(columns=list(FACT_COLUMNS["status_events"])))


def _reports(rng: np.random.Generator, entities: pd.DataFrame) -> pd.DataFrame:
    rows = entities.sample(frac=0.3, random_state=seed_of(rng)).reset_index(drop=True)
    n = len(rows)
    known = {
        "unique_id": _numbered("r", n), "entity_id": rows["entity_id"].to_numpy(dtype=object), "report_year": "2015",
        "n_party_members": rng.choice(np.array(["0", "1", "2", None], dtype=object), n, p=[0.95, 0.01, 0.01, 0.03]),
        "party_body": rng.choice(np.array(["none", "branch", None], dtype=object), n, p=[0.9, 0.05, 0.05]),
        "representative_is_member": rng.choice(np.array(["yes", "no", None], dtype=object), n),
        "filed_on": "2016-03-01", "source": "reports", "source_file": "reports.csv", "source_sheet": "",
        "source_row": np.arange(n) + 2,
    }  # fmt: skip
    return pd.DataFrame({name: known.get(name) for name in FACT_COLUMNS["annual_reports"]}, index=range(n))


def _organizations(entries: pd.DataFrame) -> pd.DataFrame:
    rows = entries[["branch", "township", "area"]].drop_duplicates("branch").rename(columns={"branch": "org_name"})
    known = rows.assign(org_kind="village", parent=rows["township"] + "党委")
    return frame_of("organizations", []).reindex(columns=[]) if rows.empty else without_nan(
        known.reindex(columns=list(FACT_COLUMNS["organizations"])).reset_index(drop=True)
    )  # fmt: skip

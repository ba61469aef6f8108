"""The Longlou list by hand: 50 claims, the rosters and documents they are checked against, and what is right.

31 stand, four of them decoys (F02 alone, F07, F10, F15 with a roster row); 19 are false over 13 reasons. Identity
numbers are built for the years 1900-1909, so that nobody alive is hit.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from data.model import FeedKind, IdStatus
from data.values.identifiers import check_digit_18
from rules.examples.build import Row, claim, roster
from rules.facts import Facts, facts_of

N_CLEAN = 27
_SURNAMES, _GIVEN = "符韩林陈黄", "安邦昌德恩发光海吉康礼明宁平庆瑞尚通文祥兴义永泽正志忠"


def number(sequence: int, *, is_woman: bool = False) -> str:
    """A valid number: births spread over 1900-1909, the sequence digit odd for men."""
    birth = f"19{sequence % 10:02d}{sequence % 12 + 1:02d}{sequence % 28 + 1:02d}"
    first = f"469005{birth}{2 * sequence + (0 if is_woman else 1):03d}"
    return first + check_digit_18(first)


def birth_in(id_no: str) -> str:
    """ISO birth written in a number."""
    return f"{id_no[6:10]}-{id_no[10:12]}-{id_no[12:14]}"


@dataclass
class Fixture:
    """The list while it is written: claims in order, roster rows, other tables, and the reason each claim deserves."""

    claims: list[Row] = field(default_factory=list)
    rosters: list[Row] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)

    def person(
        self,
        *,
        reason: str = "",
        on_roster: bool = True,
        claims: Row | None = None,
        rosters: Row | None = None,
        entity: str | None = "E1",
    ) -> int:
        """One claim, the roster row it rests on and the entity its employer is; returns its number."""
        n = len(self.claims) + 1
        id_no = number(n)
        name = _SURNAMES[n % 5] + _GIVEN[n % 27] + _GIVEN[n % 26]
        known = {
            "name": name,
            "id_no": id_no,
            "sex": "男",
            "birth": birth_in(id_no),
            "join_on": "1990-07",
            "full_on": "1991-07",
        }
        place = {"branch": "红海村党支部", "source": "claims", "source_file": "claims.xlsx", "source_row": n + 2}
        work = {"unique_id": f"c{n:02d}", "employer": "文昌海风商行", "claimed_on": "2016-05-25"}
        self.claims.append(claim(f"p{n}", **{**place, **work, **known, **(claims or {})}))
        if on_roster:
            at = {
                "source": "roster",
                "source_file": "rosters/longlou.xlsx",
                "source_row": n + 3,
                "unique_id": f"r{n:02d}",
            }
            self.rosters.append(roster(f"p{n}", **{**at, **known, **(rosters or {})}))
        if entity:
            found = {
                "unique_id": f"c{n:02d}",
                "entity_id": entity,
                "grade": "certain",
                "how": "name",
                "match_weight": 9.0,
            }
            self.add("claim_entities", **found)
        if reason:
            self.reasons[n + 2] = reason
        return n

    def add(self, table: str, **row: object) -> None:
        """A row of another table."""
        self.tables.setdefault(table, []).append(row)

    def event(self, n: int, event: str) -> None:
        """A decision about person `n`."""
        who = self.claims[n - 1]
        self.add("status_events", person_id=f"p{n}", unique_id=f"s{n}", name=who["name"], id_no=number(n), event=event,
                 decided_on="2015-03-02", document="文组〔2015〕3号", branch="红海村党支部")  # fmt: skip


def longlou() -> tuple[Facts, dict[int, str]]:
    """Facts of the Longlou list on 2016-06-16, and source_row -> reason of the 19 false claims."""
    made = Fixture()
    made.add("entities", entity_id="E1", entity_name="文昌海风商行", status="active", area="469005")
    made.add(
        "entities", entity_id="E2", entity_name="文昌旧港商行", status="cancelled", ended_on="2014-02-01", area="469005"
    )
    made.add(
        "entities", entity_id="E3", entity_name="文昌国营林场", status="active", is_non_public=False, area="469005"
    )
    made.add(
        "organizations",
        org_name="龙楼中学党支部",
        org_kind="school",
        unit_name="龙楼中学",
        township="龙楼镇",
        area="469005",
    )
    for _ in range(N_CLEAN):
        made.person()
    _decoys(made)
    _false_by_organisation(made)
    _false_by_number_and_employer(made)
    facts = facts_of(
        frozenset(FeedKind), {**made.tables, "entries": [*made.claims, *made.rosters], "members": _members(made)}
    )
    return facts, made.reasons


def _members(made: Fixture) -> list[Row]:
    rows = pd.DataFrame(made.rosters).drop_duplicates("person_id")
    names = [
        "person_id",
        "unique_id",
        "name",
        "id_no",
        "id_status",
        "sex",
        "birth",
        "category",
        "branch",
        "join_on",
        "area",
        "township",
    ]
    return [{str(key): value for key, value in row.items()} for row in rows[names].to_dict("records")]


def _decoys(made: Fixture) -> None:
    made.person(on_roster=False)  # F02 alone: on no roster, nothing else
    made.event(made.person(), "suspended")  # F07
    made.person(claims={"id_no": "469005190506070***", "id_status": IdStatus.PRECISION_LOSS.value})  # F10
    made.person(claims={"employer": "文昌旧港商行"}, entity="E2")  # F15, but on a roster


def _false_by_organisation(made: Fixture) -> None:
    made.person(reason="F01", on_roster=False, claims={"category": "activist"})
    made.event(made.person(reason="F01"), "never_admitted")
    for first in (1, 2):
        again = {name: made.claims[first - 1][name] for name in ("name", "id_no", "birth", "person_id")}
        made.person(reason="F03", on_roster=False, claims=again)
    for _ in range(2):
        made.event(made.person(reason="F04"), "deceased")
    made.event(made.person(reason="F05"), "expelled")
    moved = made.person(reason="F08")
    made.add("transfers", person_id=f"p{moved}", unique_id="t1", letter_no="第9号", from_org="红海村党支部",
             to_org="中共海口市委组织部", issued_on="2015-09-01", received_on="2015-09-20")  # fmt: skip
    made.person(reason="F08", rosters={"party_status": "transferred_out"})


def _false_by_number_and_employer(made: Fixture) -> None:
    broken = number(90)[:17] + ("1" if number(90)[17] != "1" else "2")
    made.person(
        reason="F09", on_roster=False, claims={"id_no": broken, "id_status": IdStatus.CHECKSUM.value, "birth": None}
    )
    victim = made.claims[4]
    made.person(
        reason="F11",
        on_roster=False,
        claims={"name": "云中木", "id_no": victim["id_no"], "sex": "女", "birth": "1907-08"},
    )
    made.person(reason="F12", on_roster=False, claims={"sex": "女"})
    for namesake in (6, 7):
        made.person(reason="F13", on_roster=False, claims={"name": made.claims[namesake - 1]["name"]})
    made.person(reason="F14", on_roster=False, claims={"employer": "文昌蓝鲸海产品商行"}, entity=None)
    made.person(reason="F15", on_roster=False, claims={"employer": "文昌旧港商行"}, entity="E2")
    made.person(reason="F17", claims={"employer": "文昌国营林场"}, entity="E3")
    made.person(reason="F17", claims={"employer": "龙楼中学教师"}, entity=None)
    made.person(reason="F19", on_roster=False, claims={"join_on": "1915-07", "full_on": "1916-07", "birth": None})

"""Small noisy Chinese person records with known truth, made for tests: never the generator's own errors.

Births lie in 1900-1909 so that no living person can be meant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from data.contracts.tables import PERSON_COLUMNS
from data.model import IdStatus
from data.values.identifiers import check_digit_18
from matching.pipeline import MatchResult, match_persons
from matching.spec import load_spec

SURNAMES = "陈王李吴符林黄张周郑邢韩云潘蔡许冯欧阳"
GIVEN = "伟明强芳丽华军敏静秀英海山玉兰文斌建国志平春梅桂花宏辉小妹永福德光清江龙凤珍琼荣达昌义仁礼"
TOWNSHIPS = ("文城镇", "龙楼镇", "铺前镇", "会文镇", "东郊镇", "翁田镇", "锦山镇", "潭牛镇")
AREA = "469005"
SHOP = {"source": "shops", "kind": "enterprise_persons"}
SPEC = load_spec()
ONE_ROW = frozenset({"roster", "roster2", "claims"})
HOMOPHONES = str.maketrans(
    "伟明强芳丽华军敏静秀英海玉兰文建志平梅桂宏辉", "玮鸣蔷方莉骅君闽婧绣瑛嗨钰岚雯健智萍玫贵洪晖"
)


def record(unique_id: str, **values: object) -> dict[str, Any]:
    """One PERSON_RECORDS row with everything else null; `kind` is member_roster, `id_status` follows from id_no."""
    row: dict[str, Any] = dict.fromkeys(PERSON_COLUMNS)
    row |= {"unique_id": unique_id, "source": "roster", "source_file": "a.xlsx", "source_sheet": "1", "source_row": 2}
    row |= {"kind": "member_roster", "area": AREA}
    row |= values
    row["id_status"] = values.get("id_status", IdStatus.VALID if row["id_no"] else IdStatus.MISSING)
    return row


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows as PERSON_RECORDS."""
    columns = ["unique_id", "source", "source_file", "source_sheet", "source_row", *PERSON_COLUMNS]
    out = pd.DataFrame(list(rows), columns=columns).astype(object)
    out["source_row"] = out["source_row"].astype("int64")
    return out


def id_number(birth: str, sequence: int, area: str = "460022") -> str:
    """A valid identity number."""
    first17 = f"{area}{birth.replace('-', '')}{sequence:03d}"
    return first17 + check_digit_18(first17)


def no_judgements() -> pd.DataFrame:
    """No judgement at all."""
    return pd.DataFrame({"unique_id_l": [], "unique_id_r": [], "judgement": []}, dtype=object)


def no_persons() -> pd.DataFrame:
    """No earlier run."""
    return pd.DataFrame({"unique_id": [], "person_id": [], "minted_seq": []}, dtype=object)


@dataclass
class County:
    """Records and, by unique_id, the true person."""

    seed: int
    n_members: int
    n_elsewhere: int
    rows: list[dict[str, Any]] = field(default_factory=list)
    truth: dict[str, int] = field(default_factory=dict)

    def build(self) -> tuple[pd.DataFrame, pd.Series]:
        """The frame and the truth."""
        self.random = np.random.default_rng(self.seed)
        for person in range(self.n_members + self.n_elsewhere):
            who = self._person(person)
            if person < self.n_members:
                self._add(person, who, "roster", "member_roster")
                if self.random.random() < 0.25:
                    self._add(person, who, "shops", "enterprise_persons")
                if self.random.random() < 0.08:
                    self._add(person, who, "roster2", "member_roster")
            else:
                self._add(person, who, "shops", "enterprise_persons")
                if self.random.random() < 0.1:
                    self._add(person, who, "shops", "enterprise_persons")
        order = self.random.permutation(len(self.rows))
        return frame(*(self.rows[i] for i in order)), pd.Series(self.truth)

    def _person(self, number: int) -> dict[str, Any]:
        r = self.random
        weights = 1 / np.arange(1, len(SURNAMES) + 1)
        surname = SURNAMES[r.choice(len(SURNAMES), p=weights / weights.sum())]
        common = 1 / np.arange(3, len(GIVEN) + 3)
        given = "".join(GIVEN[i] for i in r.choice(len(GIVEN), size=1 + (r.random() < 0.7), p=common / common.sum()))
        birth = f"{r.integers(1900, 1910)}-{r.integers(1, 13):02d}-{r.integers(1, 29):02d}"
        is_man = bool(r.random() < 0.55)
        sequence = int(r.integers(0, 490)) * 2 + is_man
        return {
            "name": surname + given,
            "sex": "男" if is_man else "女",
            "birth": birth,
            "id_no": id_number(birth, sequence, area=str(r.choice(["460022", "460005", "469005"]))),
            "mobile": f"13{r.integers(10**8, 10**9)}",
            "township": str(r.choice(TOWNSHIPS)),
            "employer": f"文昌{r.choice(TOWNSHIPS)[:2]}{r.choice(list(GIVEN))}{r.choice(list(GIVEN))}商店",
            "number": number,
        }

    def _add(self, person: int, who: dict[str, Any], source: str, kind: str) -> None:
        r, row = self.random, {k: v for k, v in who.items() if k != "number"}
        status = IdStatus.VALID
        if r.random() < 0.04:
            row["name"] = row["name"][:1] + row["name"][1:].translate(HOMOPHONES)
        elif r.random() < 0.02:
            row["name"] = row["name"][:-1] + "?"
        if kind == "enterprise_persons":
            row |= {"birth": None, "township": str(r.choice(TOWNSHIPS)) if r.random() < 0.5 else row["township"]}
        kind_of_slip = r.random()
        if kind_of_slip < 0.06:
            row["id_no"], status = None, IdStatus.MISSING
        elif kind_of_slip < 0.12:
            at = int(r.integers(6, 17))
            digits = list(row["id_no"])
            digits[at] = str((int(digits[at]) + 1 + int(r.integers(0, 8))) % 10)
            row["id_no"], status = "".join(digits), IdStatus.CHECKSUM
        elif kind_of_slip < 0.15:
            row["id_no"], status = row["id_no"][:15] + "***", IdStatus.PRECISION_LOSS
        elif kind_of_slip < 0.18:
            row["id_no"] = row["id_no"][:6] + row["id_no"][8:17]
        if r.random() < 0.3:
            row["mobile"] = f"15{r.integers(10**8, 10**9)}"
        elif r.random() < 0.1:
            row["mobile"] = None
        unique_id = f"{r.integers(0, 2**60):016x}"
        self.truth[unique_id] = person
        self.rows.append(record(unique_id, source=source, kind=kind, id_status=status, **row))


def judge(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["unique_id_l", "unique_id_r", "judgement"], dtype=object)


def match(*rows: dict[str, object], judgements: pd.DataFrame | None = None) -> MatchResult:
    """A few records, always among the same hundred of other people."""
    others, _ = County(11, 40, 60).build()
    records = pd.concat([frame(*rows), others], ignore_index=True)
    return match_persons(records, SPEC, no_judgements() if judgements is None else judgements, no_persons(), ONE_ROW)


def grade_of(result: MatchResult, left: str, right: str) -> str:
    a, b = sorted((left, right))
    found = result.pairs[(result.pairs["unique_id_l"] == a) & (result.pairs["unique_id_r"] == b)]
    return "certainly_not" if found.empty else str(found["grade"].item())


def are_linked(result: MatchResult, *unique_ids: str) -> bool:
    person = result.links.set_index("unique_id")["person_id"].reindex(list(unique_ids))
    return bool(person.notna().all()) and person.nunique() == 1

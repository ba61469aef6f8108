"""Records of persons out of all feeds, in one shape."""

from __future__ import annotations

from pathlib import Path

from data.contracts.person_records import coded_records
from data.contracts.tables import PERSON_RECORDS
from data.model import FeedKind
from data.values.coded import as_texts
from tests.data.sources.builders import HEADER, person, take, write_csv


def test_rosters_claims_and_persons_at_enterprises_become_one_table(tmp_path: Path) -> None:
    roster = take(write_csv(tmp_path / "r.csv", [HEADER, person(1, "王明"), person(2, "李丽")]))
    claims = take(
        write_csv(tmp_path / "c.csv", [["姓名", "工作单位", "注册号"], ["符海", "海味行", "469005600012344"]]),
        FeedKind.CLAIMS,
    )
    staff = take(
        write_csv(
            tmp_path / "s.csv",
            [["注册号", "姓名", "身份证号", "人员身份"], ["469005600012344", "王明", "460022190001010011", "经营者"]],
        ),
        FeedKind.ENTERPRISE_PERSONS,
    )
    events = take(write_csv(tmp_path / "o.csv", [["姓名", "日期"], ["王明", "2016-01-01"]]), FeedKind.ORG_LIFE)
    kinds = {
        "r": FeedKind.MEMBER_ROSTER,
        "c": FeedKind.CLAIMS,
        "s": FeedKind.ENTERPRISE_PERSONS,
        "o": FeedKind.ORG_LIFE,
    }
    records = as_texts(coded_records({"o": events, "s": staff, "r": roster, "c": claims}, kinds))
    assert records["unique_id"].tolist() == sorted(
        [*roster.rows["unique_id"], *claims.rows["unique_id"], *staff.rows["unique_id"]]
    )
    by_kind = records.set_index("kind")
    columns = ["name", "id_status", "birth", "employer", "entity_no"]
    assert by_kind.loc["claims", columns].tolist() == ["符海", "missing", None, "海味行", "469005600012344"]
    assert by_kind.loc["enterprise_persons", columns].tolist() == ["王明", "checksum", None, None, "469005600012344"]
    assert by_kind.loc[["member_roster"], "entity_no"].tolist() == [None, None]
    assert records["source_row"].dtype == "int64"


def test_without_feeds_of_persons_the_table_is_empty_but_whole() -> None:
    records = as_texts(coded_records({}, {}))
    assert len(records) == 0
    assert list(records.columns) == list(PERSON_RECORDS.columns)

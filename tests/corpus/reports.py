"""Annual reports: the same party block in four code systems, and rows that contradict themselves."""

from __future__ import annotations

from data.model import FeedKind
from tests.corpus.case import Case, Values
from tests.corpus.people import Rows
from tests.corpus.text import delimited
from tests.corpus.workbook import Page, xlsx

_REPORT = (
    "注册号",
    "年报年度",
    "从业人数",
    "党员人数",
    "是否建立党组织",
    "党组织建制",
    "组建方式",
    "组建时间",
    "法定代表人是否党员",
    "法定代表人是否党组织书记",
    "填报日期",
)
_FILED = "2016-03-20"
#: The same three reports in the words of each system: a branch formed alone, nothing, a joint committee without members.
_SYSTEMS: dict[str, tuple[tuple[str, str, str, str, str], ...]] = {
    "text": (
        ("是", "党支部", "单独", "是", "是"),
        ("否", "未成立党组织", "", "否", ""),
        ("是", "党委", "联合", "是", "否"),
    ),
    "zhejiang": (("1", "1", "1", "1", "1"), ("0", "0", "", "0", ""), ("1", "3", "2", "1", "2")),
    "national": (("1", "3", "单独", "1", "1"), ("2", "9", "", "2", ""), ("1", "1", "联合", "1", "2")),
    "agent": (("1", "2", "0", "1", "1"), ("0", "", "", "0", ""), ("1", "0", "1", "1", "0")),
}


def _report_rows(system: str) -> Rows:
    entities = (
        ("469905000001007", "30", "5", "2012-07-01"),
        ("469905600007007", "2", "0", ""),
        ("469905000001015", "240", "120", "2009-07-01"),
    )
    return [
        [number, "2015", staff, members, has, body, form, since, boss, secretary, _FILED]
        for (number, staff, members, since), (has, body, form, boss, secretary) in zip(
            entities, _SYSTEMS[system], strict=True
        )
    ]


_BLOCK: dict[int | str, Values] = {
    2: {
        "entity_no": "469905000001007",
        "report_year": "2015",
        "n_employees": "30",
        "n_party_members": "5",
        "has_party_body": "yes",
        "party_body": "branch",
        "party_body_form": "alone",
        "party_body_on": "2012-07-01",
        "representative_is_member": "yes",
        "representative_is_secretary": "yes",
        "filed_on": _FILED,
    },
    3: {
        "has_party_body": "no",
        "party_body_form": None,
        "party_body_on": None,
        "representative_is_member": "no",
        "representative_is_secretary": None,
        "n_party_members": "0",
    },
    4: {
        "party_body": "committee",
        "party_body_form": "joint",
        "representative_is_secretary": "no",
        "n_party_members": "120",
        "representative_is_member": "yes",
    },
}


def _reports(system: str, file: str, encoding: str) -> Case:
    return Case(
        f"registers/{file}",
        f"three annual reports in the codes of “{system}”: the same table as in every other system",
        "text",
        lambda: delimited([_REPORT, *_report_rows(system)], encoding),
        kind=FeedKind.ANNUAL_REPORTS,
        accepted=3,
        options={"code_system": system},
        rows=_BLOCK,
    )


def _contradictions() -> bytes:
    header = (
        "REGNO",
        "ANCHEYEAR",
        "EMPNUM",
        "NUMPARM",
        "PARINS",
        "PARORGW",
        "SETUPTIME",
        "RESPARMSIGN",
        "RESPARSECSIGN",
        "雇员中高校毕业生人数",
        "填报日期",
    )
    rows: Rows = [
        header,
        ["469905000001007", 2015.0, 0.0, 0.0, 9.0, None, None, 2.0, None, None, _FILED],
        ["469905000001015", 2015.0, 5.0, 6.0, 9.0, None, None, 1.0, None, None, _FILED],
        ["469905000001023", 2015.0, 5.0, 1.0, 9.0, None, None, 1.0, None, 5.0, _FILED],
        ["469905000001031", 2015.0, 5.0, 1.0, 9.0, None, None, 2.0, 1.0, None, _FILED],
        ["469905000001040", 2015.0, 5.0, 1.0, 9.0, None, "2014-07-01", 2.0, None, None, _FILED],
        ["469905000001058", 2015.0, 5.0, 0.0, 9.0, None, None, 1.0, None, None, _FILED],
        ["469905600007007", 2015.0, 5.0, 2.0, 3.0, "单独", None, 2.0, None, None, _FILED],
        ["469905600007015", 2015.0, 90.0, 40.0, 2.0, "联合", None, 2.0, None, None, _FILED],
        ["469905600007023", 2015.0, 9.0, 5.0, 3.0, "联合", "2016-05-01", 2.0, None, None, _FILED],
        ["469905600007031", 2015.0, "12人", "约3", 3.0, "联合", None, "是", None, None, "2016.3.20"],
    ]
    return xlsx(Page("年报", rows))


CASES = (
    _reports("text", "reports_text.csv", "utf-8"),
    _reports("zhejiang", "reports_zhejiang.csv", "gb18030"),
    _reports("national", "reports_national.csv", "utf-8-sig"),
    _reports("agent", "reports_agent.csv", "utf-8"),
    Case(
        "registers/reports_contradict.xlsx",
        "one row for each of AR1 to AR9, and words where numbers should be",
        "XlsxWriter",
        _contradictions,
        kind=FeedKind.ANNUAL_REPORTS,
        tables=("年报",),
        accepted=10,
        options={"code_system": "national"},
        notes=(
            "W401 2 n_employees",
            "W402 3 n_party_members",
            "W403 4 n_employees",
            "W404 5 representative_is_secretary",
            "W405 6 party_body_on",
            "W406 7 n_party_members",
            "W407 8 n_party_members",
            "W408 9 n_party_members",
            "W409 10 party_body_on",
            "W308 11 n_party_members",
        ),
        rows={
            2: {"n_employees": "0", "party_body": "none"},
            11: {"n_employees": "12", "n_party_members": None, "filed_on": "2016-03-20"},
        },
    ),
)

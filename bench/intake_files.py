"""The two files that every reader reads: a roster as a workbook, a register of persons as GB18030 text. Not timed.

python -m bench.intake_files FOLDER ROWS_WORKBOOK ROWS_TEXT
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import xlsxwriter

from data.synthetic import numbers
from data.synthetic.numbers import Objects
from data.synthetic.office_dates import DAY_STYLES, ISO, MONTH_STYLES, written
from data.synthetic.office_files import GB18030, write_csv
from data.synthetic.people import Days, People, make_people
from data.synthetic.words_places import COUNTIES, short_name, townships

WORKBOOK, TEXT, SOURCES = "roster.xlsx", "persons.csv", "sources.toml"
AS_OF = date(2016, 6, 16)
_SEED = 11
_DAY_0 = np.datetime64("1899-12-30")
_JOBS = np.array(["务农", "个体经营", "教师", "职工", "外出务工", "离退休人员"], dtype=object)
_SOURCES = f"""# Synthetic data: nobody in these files exists.
area = "46"
as_of = {AS_OF}

[manifest]
controller = "合成数据，无数据控制者"
purpose = "rectify_roster"
legal_basis = "合成数据，不含任何真实个人的信息"
retention_on = 2099-12-31
contact = "docs/synthetic-data.md"

[sources.workbook]
kind = "member_roster"
location = "{WORKBOOK}"
area = "46"

[sources.text]
kind = "enterprise_persons"
location = "{TEXT}"
area = "46"
"""


def make_files(folder: Path, n_workbook: int, n_text: int) -> None:
    """Write the workbook, the text and a sources.toml that declares both."""
    (folder / SOURCES).write_text(_SOURCES, encoding="utf-8")
    _write_workbook(folder / WORKBOOK, [_roster(people) for people in _population(n_workbook)])
    parts = [_register(people) for people in _population(n_text)]
    columns = [np.concatenate([part[header] for part in parts]) for header in parts[0]]
    write_csv(folder / TEXT, list(parts[0]), columns, GB18030)


def _population(n: int) -> Iterator[People]:
    """`n` persons over all counties, so that no day of birth runs out of numbers."""
    areas = list(COUNTIES)
    for place, area in enumerate(areas):
        share = n // len(areas) + (place < n % len(areas))
        rng = np.random.default_rng([_SEED, place])
        yield make_people(_SEED, area, rng.integers(18, 90, share), AS_OF)


def _roster(people: People) -> dict[str, Objects]:
    """Fifteen columns of a member roster; the running number and the birth are typed cells, all others text."""
    rng, who = _stream(people), np.arange(len(people))
    towns = np.array(townships(people.area), dtype=object)[people.town]
    joined = people.birth + rng.integers(19 * 366, 40 * 366, len(people)).astype("timedelta64[D]")
    joined = np.minimum(joined, np.datetime64("2014-12-31"))
    is_short = rng.random(len(people)) < 0.1
    return {
        "序号": (who + 1).astype(object),
        "姓名": people.names(who),
        "性别": people.sexes(who),
        "公民身份号码": numbers.texts(people.identity),
        "出生日期": (people.birth - _DAY_0).astype(np.int64).astype(object),
        "人员类别": np.where(is_short, "预备党员", "正式党员").astype(object),
        "所在党支部": short_name(people.area) + towns + "党支部",
        "入党时间": _in_styles(joined, MONTH_STYLES, rng),
        "转正时间": np.where(is_short, "", _in_styles(joined + np.timedelta64(366, "D"), MONTH_STYLES, rng)),
        "工作岗位": rng.choice(_JOBS, len(people)),
        "工作单位": np.where(rng.random(len(people)) < 0.4, towns + "供销社", ""),
        "联系电话": np.where(rng.random(len(people)) < 0.9, people.mobile, ""),
        "家庭住址": people.homes(who),
        "所在乡镇": towns,
        "备注": np.where(rng.random(len(people)) < 0.05, "长期外出", ""),
    }


def _register(people: People) -> dict[str, Objects]:
    """Nine columns of the persons at enterprises, as registration offices export them."""
    rng, who = _stream(people), np.arange(len(people))
    since = np.datetime64("2000-01-01") + rng.integers(0, 6000, len(people)).astype("timedelta64[D]")
    has_left = rng.random(len(people)) < 0.1
    until = np.where(has_left, since + np.timedelta64(365, "D"), np.datetime64("NaT", "D"))
    return {
        "姓名": people.names(who),
        "性别": people.sexes(who),
        "身份证号": numbers.texts(people.identity),
        "联系电话": np.where(rng.random(len(people)) < 0.8, people.mobile, ""),
        "注册号/信用代码": numbers.registration_numbers(numbers.synthetic_area(people.area), who // 3, 6),
        "人员身份": np.where(who % 3 == 0, "经营者", "从业人员").astype(object),
        "任职日期": written(since, ISO),
        "离职日期": written(until, ISO),
        "住址": people.homes(who),
    }


def _stream(people: People) -> np.random.Generator:
    return np.random.default_rng([_SEED, int(people.area)])


def _in_styles(days: Days, styles: tuple[str, ...], rng: np.random.Generator) -> Objects:
    """Days as several clerks write them: half by month, half by day."""
    both = (*styles[:3], *DAY_STYLES[:2])
    style = rng.integers(0, len(both), len(days))
    texts: Objects = np.choose(style, [written(days, pattern) for pattern in both])
    return texts


def _write_workbook(path: Path, parts: list[dict[str, Objects]]) -> None:
    """One sheet, row by row, so that the size of the file does not matter."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet, day = workbook.add_worksheet("花名册"), workbook.add_format({"num_format": "yyyy-mm-dd"})
        headers = list(parts[0])
        sheet.write_row(0, 0, headers)
        dated = headers.index("出生日期")
        rows = (row for part in parts for row in zip(*part.values(), strict=True))
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if column == dated:
                    sheet.write_number(number, column, cell, day)
                elif isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                elif cell:
                    sheet.write_string(number, column, cell)


if __name__ == "__main__":
    make_files(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

"""Townships and branches of rows that name none: subtitles, titles, names of sheets and files."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.contracts.places import branch_in, branch_of_title
from data.model import FeedKind
from tests.data.sources.builders import Cell, take, write_xlsx


@pytest.mark.parametrize(
    ("text", "branch"),
    [
        ("第三党支部", "第三党支部"),
        ("一、红海社区党支部", "红海社区党支部"),
        ("（二）春光 党支部（12人）：", "春光党支部"),
        ("3.龙楼镇党委", "龙楼镇党委"),
        ("十月田镇机关总支", "十月田镇机关总支"),
        ("红海党支部 共12人", "红海党支部"),
        ("龙楼镇：", None),
        ("一、正式党员", None),
        ("红海党支部党员情况说明如下", None),
        ("支部", None),
    ],
)
def test_branch_in_a_subtitle(text: str, branch: str | None) -> None:
    assert branch_in(text) == branch


@pytest.mark.parametrize(
    ("line", "branch"),
    [
        ("红海社区党支部党员花名册", "红海社区党支部"),
        ("二、龙楼镇红海党支部在册党员名单（2016年）", "龙楼镇红海党支部"),
        ("红海党支部", "红海党支部"),
        ("龙楼镇党员花名册", None),
        ("填报单位：红海社区党支部", None),
        ("红海社区党支部书记填写", None),
    ],
)
def test_branch_of_a_title(line: str, branch: str | None) -> None:
    assert branch_of_title(["2016年", line]) == branch


def test_subtitles_go_before_titles_and_what_a_row_says_before_all(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["龙楼镇党员花名册"],
        ["姓名", "性别", "所在党支部", "乡镇"],
        ["王明", "男", None, None],
        ["一、红海党支部"],
        ["李丽", "女", None, None],
        ["符海", "男", "春光党支部", "东郊镇"],
        ["东郊镇："],
        ["陈山", "男", None, None],
        ["东郊镇第一党支部（1人）"],
        ["吴英", "女", None, None],
    ]
    path = write_xlsx(tmp_path / "r.xlsx", {"甲": rows}, merged=["A1:D1", "A4:D4", "A7:D7", "A9:D9"])
    accepted = take(path).rows
    assert accepted[["name", "township", "branch"]].to_numpy().tolist() == [
        ["王明", "龙楼镇", None],
        ["李丽", "龙楼镇", "红海党支部"],
        ["符海", "东郊镇", "春光党支部"],
        ["陈山", "东郊镇", None],
        ["吴英", "东郊镇", "东郊镇第一党支部"],
    ]


def test_the_branch_of_a_title_is_of_rosters_only(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["红海党支部党员名单"], ["姓名", "性别"], ["王明", "男"]]
    path = write_xlsx(tmp_path / "r.xlsx", {"甲": rows})
    assert take(path).rows["branch"].tolist() == ["红海党支部"]
    assert take(path, FeedKind.CLAIMS).rows["branch"].tolist() == [None]


def test_the_place_of_a_row_does_not_change_who_it_is(tmp_path: Path) -> None:
    plain: list[list[Cell]] = [["姓名", "性别"], ["王明", "男"]]
    titled: list[list[Cell]] = [["红海党支部党员名单"], *plain]
    ids = [
        take(write_xlsx(tmp_path / f"{name}.xlsx", {"甲": rows})).rows["unique_id"].tolist()
        for name, rows in (("a", plain), ("b", titled))
    ]
    assert ids[0] == ids[1]

"""How does an office lay out its roster? Headers, titles, trailers, sheets and date styles differ by town.

Headers are synonyms of the contract of member rosters, with the spaces, line breaks and notes offices put in.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.synthetic.office_dates import DAY_STYLES, MONTH_STYLES


@dataclass(frozen=True)
class Layout:
    """columns: (canonical or unknown column, header as written) in order. repeat_every: rows a page."""

    columns: tuple[tuple[str, str], ...]
    day_style: str
    month_style: str
    title: str = "{unit}党员花名册"
    reported: str = "填报单位：{parent}        填报日期：{day}"
    trailers: tuple[str, ...] = ()
    sheets: tuple[str, str] = ("党员花名册", "党员花名册")
    repeat_every: int = 0


_OFFICIAL = (
    *(("seq", "序号"), ("name", "姓名"), ("sex", "性别"), ("ethnicity", "民族"), ("id_no", "公民身份号码")),
    *(("birth", "出生日期"), ("category", "人员类别"), ("branch", "所在党支部"), ("join_on", "加入党组织日期")),
    *(("full_on", "转为正式党员日期"), ("employer", "工作单位"), ("mobile", "手机号码"), ("home", "家庭住址")),
    *(("party_status", "党籍状态"), ("is_lost", "是否失联党员"), ("lost_since", "失去联系日期")),
    *(("is_floating", "是否流动党员"), ("flow_to", "外出流向"), ("flow_since", "流出时间")),
    *(("dues_to", "党费交至年月"), ("registered_on", "党员注册时间"), ("remark", "备注")),
)
_SPACED = (
    *(("seq", "序号"), ("name", "姓  名"), ("sex", "性 别"), ("id_no", "身份证号码"), ("birth", "出生年月")),
    *(("category", "党员类别"), ("branch", "支部名称"), ("join_on", "入党时间"), ("full_on", "转正时间")),
    *(("employer", "工作单位及职务"), ("mobile", "联系电话"), ("home", "现居住地"), ("party_status", "党员状态")),
    *(("is_lost", "是否失联"), ("lost_since", "失联时间"), ("is_floating", "流动党员"), ("flow_to", "流向")),
    *(("flow_since", "外出时间"), ("dues_to", "党费缴至"), ("registered_on", "转入时间"), ("remark", "备 注")),
)
_BROKEN = (
    *(("seq", "编号"), ("branch", "所在\n党支部"), ("name", "党员\n姓名"), ("sex", "性别"), ("birth", "出生\n日期")),
    *(("id_no", "公民身份\n号码"), ("category", "人员\n类别"), ("join_on", "入党\n日期"), ("full_on", "转正\n日期")),
    *(("township", "所在\n乡镇"), ("mobile", "手机\n号码"), ("home", "家庭\n住址"), ("employer", "工作\n单位")),
    *(
        ("party_status", "党籍\n状态"),
        ("is_floating", "是否流\n动党员"),
        ("flow_to", "外出\n流向"),
        ("flow_since", "流出\n日期"),
    ),
    *(("is_lost", "是否失\n联党员"), ("lost_since", "失去联\n系日期"), ("dues_to", "党费缴\n至年月")),
    *(("registered_on", "转入\n日期"), ("remark", "备注\n说明")),
)
_NOTED = (
    *(
        ("seq", "序号"),
        ("name", "*姓名"),
        ("id_no", "*公民身份证号（18位）"),
        ("sex", "性别（男/女）"),
        ("education", "学历"),
    ),
    *(("birth", "出生年月日"), ("category", "*党员类型"), ("branch", "*组织关系所在党支部"), ("join_on", "入党年月")),
    *(
        ("full_on", "转正日期"),
        ("employer", "现工作单位"),
        ("mobile", "手机（必填）"),
        ("home", "家庭地址"),
        ("township", "乡镇"),
    ),
    *(("party_status", "状态"), ("is_lost", "失联"), ("lost_since", "失去联系年月"), ("is_floating", "是否流动")),
    *(
        ("flow_to", "外出地点"),
        ("flow_since", "流出时间（年月日）"),
        ("dues_to", "党费交到"),
        ("registered_on", "登记时间"),
        ("remark", "备注"),
    ),
)
_BY_BRANCH = "制表人：                审核人："

LAYOUTS: tuple[Layout, ...] = (
    Layout(_OFFICIAL, DAY_STYLES[0], MONTH_STYLES[0], trailers=("合计：{n}人",)),
    Layout(_SPACED, DAY_STYLES[1], MONTH_STYLES[1], trailers=("合计：{n}人", _BY_BRANCH), sheets=("Sheet1", "Sheet1")),
    Layout(_BROKEN, DAY_STYLES[2], MONTH_STYLES[2], reported="", repeat_every=40),
    Layout(
        _NOTED, DAY_STYLES[3], MONTH_STYLES[3], trailers=(_BY_BRANCH,), sheets=("农村和社区", "机关、学校和两新组织")
    ),
    Layout(
        _OFFICIAL,
        DAY_STYLES[4],
        MONTH_STYLES[4],
        title="{unit}党员基本信息花名册（截至{day}）",
        sheets=("名册", "名册"),
    ),
)
#: The county's own offices send a text file.
COUNTY_LAYOUT = Layout(_OFFICIAL, DAY_STYLES[0], MONTH_STYLES[1])


def layout_of(town: int) -> Layout:
    """The layout of a town's office."""
    return LAYOUTS[(town + 1) % len(LAYOUTS)]

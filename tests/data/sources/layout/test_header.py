"""Header texts and their canonical names (domain §3.3)."""

from __future__ import annotations

import pytest

from data.contracts.feeds import CONTRACTS
from data.contracts.person_feeds import MEMBER_ROSTER
from data.errors import SourceFileError
from data.model import FeedKind
from data.sources.layout.header import map_headers, normalise_header


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("姓 名", "姓名"),
        ("姓\u3000名\n", "姓名"),
        ("*姓名", "姓名"),
        ("※公民身份号码（18位）", "公民身份号码"),
        ("是否农民工 ", "是否农民工"),
        ("1.姓名", "姓名"),
        ("4、公民身份证号", "公民身份证号"),
        ("ｒｅｇｎｏ", "REGNO"),
        ("有效期(天)", "有效期"),
        ("姓名：", "姓名"),
        ("（备用）", "(备用)"),
        ("※", ""),
    ],
)
def test_normalise_header(written: str, normal: str) -> None:
    assert normalise_header(written) == normal


@pytest.mark.parametrize(
    ("kind", "written", "canonical"),
    [
        (FeedKind.MEMBER_ROSTER, "身份证号码", "id_no"),
        (FeedKind.MEMBER_ROSTER, "入党年月", "join_on"),
        (FeedKind.MEMBER_ROSTER, "现工作单位及职务", "employer"),
        (FeedKind.MEMBER_ROSTER, "党费缴至", "dues_to"),
        (FeedKind.ENTERPRISE_REGISTRATION, "UNISCID", "uscc"),
        (FeedKind.ENTERPRISE_REGISTRATION, "法定代表人（经营者）", "operator"),
        (FeedKind.ANNUAL_REPORTS, "党员(含预备)人数", "n_party_members"),
        (FeedKind.TRANSFERS, "编号", "letter_no"),
        (FeedKind.CONTACT_LOG, "联系方式", "channel"),
    ],
)
def test_synonyms_of_each_contract(kind: FeedKind, written: str, canonical: str) -> None:
    contract = CONTRACTS[kind]
    needed = [field.title for field in contract.required()]
    needed += [contract.fields[contract.names().index(group[0])].title for group in contract.needs_one_of]
    headers = [*dict.fromkeys(needed), written]
    columns = map_headers(headers, contract, {}, source="s", where="f").columns
    assert len(headers) - 1 in columns[canonical]


@pytest.mark.parametrize(
    ("kind", "headers"),
    [
        (
            FeedKind.MEMBER_ROSTER,
            {
                "name": ("姓名/Name", "姓名 Name", "Name/姓名", "自然人姓名", "党员姓名", "2.姓名"),
                "id_no": ("身份证件号码", "居民身份证号", "居民身份证号码", "身份证号码(18位)", "公民身份证"),
                "mobile": ("电话号码", "联系手机", "手机号码1", "联系电话2", "手机/电话", "手机或电话", "本人联系电话"),
                "employer": ("单位及职务", "务工单位", "就业单位", "工作（学习）单位", "工作单位\n及职务"),
                "birth": ("出生时间", "出生年月日", "出生（年月）"),
                "join_on": ("入党年月日", "加入党组织时间", "入党时间(年月)", "何时入党"),
                "full_on": ("转正年月", "转正年月日", "转为正式党员时间"),
                "branch": ("支部", "党组织", "所属党支部", "隶属支部"),
                "township": ("所属镇", "所在乡(镇)", "乡镇/街道", "镇（街道）", "所在镇"),
                "home": ("现居住地址", "家庭详细住址", "居住地址", "通讯地址"),
                "category": ("正式/预备", "党员身份"),
                "dues_to": ("党费缴纳至",),
                "registered_on": ("进入党支部日期",),
                "tel": ("固话", "家庭电话"),
            },
        ),
        (
            FeedKind.CLAIMS,
            {
                "name": ("自然人姓名",),
                "id_no": ("身份证件号码",),
                "employer": ("个体户名称", "市场主体名称"),
                "entity_no": ("社会信用代码", "统一社会信用代码/注册号", "营业执照注册号"),
                "claimed_on": ("摸排日期", "填表时间"),
            },
        ),
        (FeedKind.ENTERPRISE_PERSONS, {"id_no": ("CERNO",), "entity_no": ("工商注册号",), "role": ("身份类型",)}),
        (
            FeedKind.ENTERPRISE_REGISTRATION,
            {
                "operator": ("经营者姓名", "法人代表", "法定代表人/经营者"),
                "entity_name": ("企业（机构）名称", "市场主体名称"),
                "address": ("注册地址", "经营地址"),
                "reg_status": ("企业状态",),
                "established_on": ("成立时间",),
            },
        ),
        (
            FeedKind.ANNUAL_REPORTS,
            {"entity_no": ("统一社会信用代码/注册号",), "report_year": ("年报年份",), "n_party_members": ("党员总数",)},
        ),
        (FeedKind.ORGANIZATIONS, {"org_name": ("党支部名称",), "parent": ("所属党委",), "secretary": ("支部书记",)}),
        (FeedKind.TRANSFERS, {"from_org": ("转出党支部",), "to_org": ("去向",), "issued_on": ("开具时间",)}),
        (FeedKind.ORG_LIFE, {"held_on": ("会议日期",), "is_present": ("是否到会",)}),
        (FeedKind.CONTACT_LOG, {"tried_on": ("查找时间",), "outcome": ("查找情况",)}),
        (FeedKind.STATUS_EVENTS, {"event": ("变动类别",), "decided_on": ("去世时间",)}),
    ],
)
def test_headers_as_clerks_and_systems_write_them(kind: FeedKind, headers: dict[str, tuple[str, ...]]) -> None:
    contract = CONTRACTS[kind]
    for name, written in headers.items():
        others = [field.title for field in contract.fields if field.name != name]
        for header in written:
            columns = map_headers([*others, header], contract, {}, source="s", where="f").columns
            assert columns.get(name) == [len(others)], header


@pytest.mark.parametrize("header", ["户籍所在地", "姓名/电话", "身份证号/护照号", "联系人姓名", "父亲姓名", "1"])
def test_what_is_not_taken_or_means_two_things_is_no_column(header: str) -> None:
    found = map_headers(["姓名", "性别", header], MEMBER_ROSTER, {}, source="s", where="f")
    assert found.unknown == [2]


def test_a_header_as_it_stands_goes_before_one_understood_by_its_parts() -> None:
    found = map_headers(["手机号码2", "手机号码1", "姓名", "联系电话"], MEMBER_ROSTER, {}, source="s", where="f")
    assert found.columns["mobile"] == [3, 0, 1]


def test_no_header_of_a_contract_names_two_fields() -> None:
    for contract in CONTRACTS.values():
        titles = {normalise_header(word) for field in contract.fields for word in (field.title, field.name)}
        own = [word for field in contract.fields for word in sorted({normalise_header(w) for w in field.synonyms})]
        strangers = [word for word in own if word not in titles]
        assert len(strangers) == len(set(strangers)), contract.kind


def test_every_title_of_every_contract_names_its_own_field() -> None:
    for contract in CONTRACTS.values():
        headers = [field.title for field in contract.fields]
        columns = map_headers(headers, contract, {}, source="s", where="f").columns
        assert columns == {name: [position] for position, name in enumerate(contract.names())}


def test_synonyms_side_by_side_go_best_first_and_strangers_are_unknown() -> None:
    found = map_headers(["联系电话", "姓名", "手机号码", "宗教信仰"], MEMBER_ROSTER, {}, source="s", where="f")
    assert found.columns["mobile"] == [2, 0]
    assert found.unknown == [3]


def test_an_override_wins_alone_over_every_synonym() -> None:
    headers = ["成员", "姓名", "联系电话", "手机号码"]
    overrides = {"name": "成 员", "mobile": "联系电话"}
    found = map_headers(headers, MEMBER_ROSTER, overrides, source="s", where="f")
    assert found.columns == {"name": [0], "mobile": [2]}
    assert found.unknown == [1, 3]


def test_an_override_may_take_a_header_from_another_field() -> None:
    found = map_headers(["姓名", "单位"], MEMBER_ROSTER, {"branch": "单位"}, source="s", where="f")
    assert found.columns == {"name": [0], "branch": [1]}


def test_an_override_that_is_not_in_the_file_is_told() -> None:
    with pytest.raises(SourceFileError, match=r"E204_OVERRIDE_NOT_FOUND.*成员.*姓名、性别"):
        map_headers(["姓名", "性别"], MEMBER_ROSTER, {"name": "成员"}, source="s", where="f")
    with pytest.raises(SourceFileError, match="E204_OVERRIDE_NOT_FOUND"):
        map_headers(["姓名", ""], MEMBER_ROSTER, {"sex": "※"}, source="s", where="f")


def test_the_same_header_twice_is_a_riddle_only_where_it_matters() -> None:
    found = map_headers(["姓名", "备注", "备注"], MEMBER_ROSTER, {}, source="s", where="f")
    assert found.columns["remark"] == [1, 2]
    with pytest.raises(SourceFileError, match="E203_COLUMN_TWICE"):
        map_headers(["姓名", "性别", "性 别"], MEMBER_ROSTER, {}, source="s", where="f")


def test_one_number_of_a_group_is_enough_and_none_is_not() -> None:
    contract = CONTRACTS[FeedKind.ENTERPRISE_REGISTRATION]
    assert "reg_no" in map_headers(["REGNO", "名称"], contract, {}, source="s", where="f").columns
    with pytest.raises(SourceFileError, match="统一社会信用代码/注册号"):
        map_headers(["名称", "登记状态"], contract, {}, source="s", where="f")

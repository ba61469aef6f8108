"""Which codes does the system behind a feed write? Labels are understood everywhere, bare codes only by declaration.

Codes 1 and 3 of the party block mean opposite things in two real systems, and 否 is 0 in one and 2 in another
(domain rules §4.4); rosters number 正式 and 预备 either way (§3.4). A code that no system of the feed knows is blank.
"""

from __future__ import annotations

from data.contracts.field import Codes, coded
from data.model import FeedKind

YES_NO_LABELS = coded(yes="是 有 已建立 已成立 YES Y TRUE", no="否 不是 未建立 未成立 NO N FALSE")
BODY_LABELS = coded(
    branch="党支部 支部 联合党支部 临时党支部",
    general_branch="党总支 总支 党总支部",
    committee="党委 基层党委 党工委",
    none="未成立党组织 未建立党组织 未组建党组织 没有党组织 未组建 未建立 未成立",
    other="其他 党组",
)
FORM_LABELS = coded(
    alone="单独 单独组建 单独建立 独立 独立组建 独立建立",
    joint="联合 联合组建 联合建立",
    attached="挂靠 挂靠组建",
    community="加入社区党组织",
    association="加入民营(私营)企业协会党组织 加入民营企业协会党组织 加入私营企业协会党组织",
    parent_company="加入上级企业(母公司)党组织 加入上级企业党组织 加入母公司党组织",
    other="其他",
)
_BOOLEAN, _ONE_TWO = coded(yes="1", no="0"), coded(yes="1", no="2")
_SIGNS = ("has_party_body", "is_party_body_new", "representative_is_member", "representative_is_secretary")


def _block(body: Codes, form: Codes, signs: Codes, **own: Codes) -> dict[str, Codes]:
    """The party block of one system: labels first, then its codes; `own`: a sign that differs from the others."""
    answers = {sign: (*YES_NO_LABELS, *own.get(sign, signs)) for sign in _SIGNS}
    return {"party_body": (*BODY_LABELS, *body), "party_body_form": (*FORM_LABELS, *form), **answers}


_ANNUAL_REPORTS: dict[str, dict[str, Codes]] = {
    "text": _block((), (), ()),
    # Both drop-downs of 组建方式 agree on what they share. A blank 建制 stays blank: branches never see the block.
    "zhejiang": _block(
        coded(none="0", branch="1", general_branch="2", committee="3"),
        coded(alone="1", joint="2", community="3", association="4", parent_company="5"),
        _BOOLEAN,
        # One view page of the same product writes 2 for 否.
        representative_is_secretary=coded(yes="1", no="0 2"),
    ),
    # List 1029 of 组建方式 was never seen: labels only.
    "national": _block(coded(committee="1", general_branch="2", branch="3", none="9"), (), _ONE_TWO),
    # Its signs are booleans, and its 建制 has no "none": that is 否 to 是否建立党组织.
    "agent": _block(
        coded(committee="0", general_branch="1", branch="2", other="3"),
        coded(alone="0", joint="1", attached="2", other="3"),
        _BOOLEAN,
    ),
}

#: A note in brackets is dropped unless the whole label is known: (预备) is the answer.
CATEGORY_LABELS = coded(
    formal="正式党员 中共党员 党员 正式 中共正式党员 正式中共党员 中国共产党党员 中共党员(正式) 党员(正式)",
    probationary="预备党员 预备期党员 预备 中共预备党员 预备中共党员 中共党员(预备) 党员(预备) 中国共产党预备党员 "
    "中共党员(预备党员)",
    activist="入党积极分子 积极分子",
    development_target="发展对象 党员发展对象",
    applicant="入党申请人 申请入党人 申请人",
    not_member="共青团员 团员 群众 非党员",
)
STATUS_LABELS = coded(
    normal="正常 在册 正常党员 恢复 恢复党籍",
    retained="保留 保留党籍",
    suspended="停止党籍 停止 党籍停止",
    expelled="开除党籍 开除",
    removed="除名 出党 退党 退党除名 自行脱党 自行脱党除名 劝退 劝退除名",
    probation_cancelled="取消预备党员资格 取消预备资格",
    deceased="死亡 去世 已去世 已故",
    transferred_out="已转出 转出 组织关系转出",
)
EVENT_LABELS = coded(
    deceased="去世 死亡 已去世 病故",
    expelled="开除党籍 开除",
    removed="除名 自行脱党除名 自行脱党 退党除名 退党 劝退除名 劝退 出党",
    probation_cancelled="取消预备党员资格 取消预备资格",
    suspended="停止党籍",
    restored="恢复党籍 停止党籍后恢复",
    readmitted="重新入党",
    admitted="接收为预备党员 吸收为预备党员 接收预备党员 发展党员 入党",
    converted="转正 按期转正 转为正式党员 预备党员转正",
    probation_extended="延长预备期 延长预备期限",
    irregular_admission="违规入党 假党员 不予承认党员身份 违规发展",
    transferred_out="转出 组织关系转出 转出组织关系",
    never_admitted="非党员 核实非党员 核实为非党员",
)


def _person(category: Codes, status: Codes = ()) -> dict[str, Codes]:
    return {"category": (*CATEGORY_LABELS, *category), "party_status": (*STATUS_LABELS, *status)}


#: Rosters. `reversed` numbers 预备 first; `vendor` numbers 党籍状态 and leaves 人员类别 in words.
_PERSONS: dict[str, dict[str, Codes]] = {
    "text": _person(()),
    "zhejiang": _person(coded(formal="1", probationary="2")),
    "reversed": _person(coded(probationary="1", formal="2")),
    "vendor": _person((), coded(normal="1 11", retained="10", suspended="12", expelled="13")),
}
#: LeaveCatCode of a 2017 half-year return (domain rules §3.4): 出党, 停止党籍, 死亡.
_LEAVE_CODES = coded(
    removed="11 221 222 231 2312 232 241 242 251 3 301 31 32", suspended="12 261", deceased="13 211 212 213"
)

ORG_KIND_LABELS = coded(
    state_enterprise="国有企业",
    non_public="非公有制企业 非公企业",
    village="农村",
    government="党政机关 机关",
    school="学校",
    institution="其他事业单位 事业单位",
    community="街道社区 社区",
    social_organization="社会组织",
    other="其他",
)
#: 党组织类别 of the forms of the 2016 check (domain rules §1.2).
_KINDS_2016 = coded(
    state_enterprise="1",
    non_public="2",
    village="3",
    government="4",
    school="5",
    institution="6",
    community="7",
    social_organization="8",
    other="9",
)

#: Kind of feed -> name of the system in `sources.toml` -> coded field -> labels and codes.
CODE_SYSTEMS: dict[FeedKind, dict[str, dict[str, Codes]]] = {
    FeedKind.ANNUAL_REPORTS: _ANNUAL_REPORTS,
    FeedKind.MEMBER_ROSTER: _PERSONS,
    FeedKind.CLAIMS: {name: {"category": _PERSONS[name]["category"]} for name in ("text", "zhejiang", "reversed")},
    FeedKind.ORGANIZATIONS: {
        "text": {"org_kind": ORG_KIND_LABELS},
        "check_2016": {"org_kind": (*ORG_KIND_LABELS, *_KINDS_2016)},
    },
    FeedKind.STATUS_EVENTS: {
        "text": {"event": EVENT_LABELS},
        "statistics": {"event": (*EVENT_LABELS, *_LEAVE_CODES)},
    },
}
#: Kinds of feeds that must name their system: their codes mean opposite things elsewhere.
NEEDS_CODE_SYSTEM = (FeedKind.ANNUAL_REPORTS,)


def field_codes(kind: FeedKind, system: str | None) -> dict[str, Codes]:
    """Code tables by field for a feed of that kind and system; {} where none is declared: then labels only.

    Raises KeyError for a system that the kind does not have: `sources.toml` has refused it before.
    """
    return {} if system is None else CODE_SYSTEMS[kind][system]

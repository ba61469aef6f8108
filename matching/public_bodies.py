"""Does an employer text name a public body (government, public school, state farm) rather than a private enterprise?

Explicit patterns with reasons; a register's type code, where the employer is found, weighs more than its name.
"""

from __future__ import annotations

import re

#: Ends of names that only organs of state, Party and self-government bear (村委会 is outside 小个专 as well: rule F17).
_ORGANS = (
    *("人民政府", "政府", "党委", "党工委", "党总支", "党支部", "纪委", "纪检委", "人大", "人大常委会", "政协"),
    *("管委会", "管理委员会", "委员会", "街道办事处", "街道办", "村委会", "居委会", "社区", "武装部", "组织部"),
    *("宣传部", "统战部", "政法委", "市委", "县委", "省委", "镇委", "团委", "妇联", "总工会", "工商联", "残联"),
    *("法院", "检察院", "监狱", "看守所", "戒毒所", "海关", "海事处", "部队", "边防派出所", "派出所", "工商所"),
    *("税务所", "司法所", "国土所", "国土资源所", "财政所", "土地所", "邮政所", "供电所", "林业站", "农技站"),
    *("水利站", "兽医站", "文化站", "计生站", "计生办", "国税", "地税", "消防队", "公路站", "农业服务中心"),
    *("机关事务管理中心", "政务服务中心", "党群服务中心", "气象站", "广播站", "档案馆", "文化馆", "博物馆"),
    *("纪念馆", "图书馆"),
)
#: A bureau is named by its field or by the level of government before it; 「饭局」 and 「肉局」 are restaurants.
_BUREAU = (
    r"(?:公安|教育|教科|财政|税务|国税|地税|工商|工商行政管理|市场监督管理|食品药品监督管理|质量技术监督|民政|司法|审计|统计|交通|交通运输|住建|规划|"
    r"国土|国土资源|国土环境资源|环保|水务|水利|农业|林业|海洋渔业|海洋与渔业|渔业|畜牧兽医|卫生|文体|文化|旅游|人社|人力资源和社会保障|社保|就业|劳动|"
    r"气象|邮政|烟草专卖|供电|公路|安监|安全生产监督管理|粮食|信访|档案|城管|综合行政执法|商务|科技|人口和计划生育|计生|机关事务管理|地震|农垦)(?:分)?局"
    r"|(?:[省市县区州镇]).{0,14}[^饭棋酒牌骗肉]局"
)
#: Schools and hospitals only where the word itself is used by public ones; 培训学校, 驾校 and 医院 may be private.
_SCHOOL = (
    r"(?:中学|小学|初中|高中|中心学校|职业学校|中专|党校|大学|职业技术学校|师范学校|特殊教育学校|实验学校|教学点|(?:第?[一二三四五六七八九十]|华?侨)中"
    r"|(?:师范|医|职业|技术|教育|职业技术|海洋|热带海洋)学院|(?:机关|公办|县|市|镇|中心)幼儿园)"
)
_HOSPITAL = r"(?:人民医院|中医院|妇幼保健院|卫生院|疾控中心|疾病预防控制中心|卫生监督所|血站|防疫站)"
_FORCES = r"(?:消防|交警|刑警|武警|边防|特警|民兵|执法|渔政).{0,6}(?:大队|支队|中队|总队|救援站)"
#: Infrastructure run by the state: reservoirs, reserves, roads, the launch site at 龙楼.
_WORKS = (
    r"(?:水库|灌区|公路|林业|渔政|港务|航道|自然保护区|风景区|航天|卫星|火箭).{0,8}"
    r"(?:管理处|管理局|管理所|管理站|发射场|发射中心)"
)
_OFFICE = r"(?:政府|市委|县委|镇委|党委|党政|人大|政协|扶贫|综治|信访)办(?:公室)?"
#: 国营 and 农垦 state the owner, whatever the last word is.
_STATE_OWNED = re.compile(r"^.{0,6}?(?:国营|国有|农垦|中共|中国共产党)")
_KINDS = "|".join((*_ORGANS, _BUREAU, _SCHOOL, _HOSPITAL, _FORCES, _WORKS, _OFFICE))
_PUBLIC_END = re.compile(rf"(?:{_KINDS})(?:机关|本部|本级)?$")
#: Said of bodies that are expressly not public.
_PRIVATE = re.compile(r"民办|民营|私立|培训|驾驶|业主委员会|家长委员会")


def is_public_core(core: str) -> bool:
    """Is it a public body? `core`: an employer text as `enterprise_names.core_of` gives it, duty taken off."""
    if _PRIVATE.search(core):
        return False
    return bool(_STATE_OWNED.match(core) or _PUBLIC_END.search(core))


def public_patterns() -> tuple[str, str]:
    """Expressions for whole columns: what fits neither is no public body."""
    return _STATE_OWNED.pattern, _PUBLIC_END.pattern

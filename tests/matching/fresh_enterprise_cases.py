"""Enterprise names, employer texts and addresses written before the code was read: 37 of 46 agreed on the first run.

Pairs 21 of 25, texts 13 of 16, addresses 3 of 5; no text was given to a wrong entity. What came right afterwards:
former names in brackets, 「任会计」, a township in brackets, the names of credit co-operatives, former counties in
addresses, and the credit co-operative of 潭牛. Two stay as noted.
"""

from __future__ import annotations

#: Two texts, and the levels of `EmployerComparison` that would do; "missing" where a side names no employer.
SAME = "region_missing same_region equal"
PAIRS = [
    ("海南椰风食品有限公司", "椰风食品有限公司", "region_missing"),
    ("文昌椰风食品有限公司", "琼海椰风食品有限公司", "different"),
    ("广东椰风食品有限公司", "海南椰风食品有限公司", "different"),
    ("海南椰风食品有限公司", "海南椰树食品有限公司", "different"),
    ("海南金盘物流有限公司", "海南金盘物流有限公司三亚分公司", "different near"),
    ("中国邮政储蓄银行文昌市支行", "中国邮政储蓄银行文昌市清澜支行", "different near"),
    ("文昌市文城老李牛肉面馆", "老李牛肉面馆", "region_missing"),
    ("文昌会文林记珠串加工厂", "会文林记珠串厂", SAME),
    ("符大海（个体工商户）", "符大海", SAME),
    ("海南鑫茂建材有限公司(原海南鑫茂贸易有限公司)", "海南鑫茂贸易有限公司", SAME),
    ("海南省文昌市清澜渔港渔需用品店", "清澜渔港渔需用品店", SAME),
    ("海南文昌農商銀行", "海南文昌农商银行", "equal"),
    ("海南 南国 食品实业有限公司", "海南南国食品实业有限公司", "equal"),
    ("海南南国食品实业有限责任公司", "海南南国食品实业有限公司", "same_region equal"),
    ("文昌铺前晓芬理发店", "文昌铺前小芬理发店", "near"),
    ("文昌小玲理发店", "文昌小琴理发店", "different"),
    ("海南椰风食品有限公司", "海南椰风房地产开发有限公司", "different near"),
    ("在海南文昌椰海实业有限公司任会计", "文昌椰海实业有限公司", SAME),
    ("无业", "无业", "missing"),
    ("文昌市第三小学", "文昌市第二小学", "different"),
    ("龙楼镇好圣村委会", "龙楼镇红海村委会", "different"),
    ("文昌 翁田 惠民超市(个体)", "翁田惠民超市", SAME),
    ("文常龙楼阿斌铝合金门窗店", "文昌龙楼阿斌铝合金门窗店", f"near {SAME}"),
]
#: What stays: wanted "near" or better, "same brand", and what they are; a place below the township is no region, and
#: no table tells which farms are the state's.
STAYING_PAIRS = [
    ("海南省农垦文昌东路农场有限公司", "东路农场", "different"),
    ("文昌东郊椰林湾阿霞海鲜店", "阿霞海鲜店", "near"),
]

#: Key: name, operator, former name, township, area.
REGISTER: dict[str, tuple[str, str | None, str | None, str | None, str]] = {
    "E1": ("海南文昌宝玉岛珠宝有限公司", None, None, "会文镇", "469005"),
    "E2": ("文昌会文宝玉轩佛珠店", "林玉珍", None, "会文镇", "469005"),
    "E3": ("海南宝玉岛珠宝有限公司海口分公司", None, None, None, "460100"),
    "E4": ("琼海宝玉岛珠宝有限公司", None, None, None, "469002"),
    "E5": ("文昌龙楼阿斌铝合金门窗店", "韩斌", None, "龙楼镇", "469005"),
    "E6": ("吴坤福", "吴坤福", None, "抱罗镇", "469005"),
    "E7": ("文昌文城朱开斌服装店", "朱开斌", None, "文城镇", "469005"),
    "E8": ("海南润达冷链有限公司", None, "文昌润达水产有限公司", "清澜镇", "469005"),
    "E9": ("文昌锦山恒发五金店", "潘恒发", None, "锦山镇", "469005"),
    "E10": ("文昌铺前恒发五金店", "邢恒发", None, "铺前镇", "469005"),
    "E11": ("海南天一农业开发有限公司", None, None, None, "469005"),
    "E12": ("海南天一农业科技有限公司", None, None, None, "469005"),
    "E13": ("文昌市农村信用合作联社", None, None, "文城镇", "469005"),
    "E14": ("文昌市农村信用合作联社潭牛信用社", None, None, "潭牛镇", "469005"),
}

#: Employer text of a roster of Wenchang, and the entity that is certainly meant; None: nobody can tell.
FINDS = [
    ("海南文昌宝玉岛珠宝公司", "E1"),
    ("宝玉岛珠宝海口分公司", "E3"),
    ("文昌宝玉轩佛珠店", "E2"),
    ("琼海宝玉岛珠宝公司", "E4"),
    ("文昌恒发五金店", None),
    ("恒发五金店（锦山）", "E9"),
    ("海南天一农业", None),
    ("海南天一农业科技", "E12"),
    ("文昌润达水产有限公司", "E8"),
    ("吴坤福(个体户)", "E6"),
    ("朱开斌服装店", "E7"),
    ("文昌市农村信用社", "E13"),
    ("文常龙楼阿斌铝合金门窗店", "E5"),
    ("三亚恒发五金店", None),
    ("阿斌门窗", "E5"),
    ("潭牛信用社", "E14"),
]

#: Two addresses and the level of `AddressComparison`: divisions of their year, house by house.
ADDRESSES = [
    ("文昌市龙楼镇好圣村12号", "文昌县龙楼镇好圣村12号", "same"),
    ("海口市琼山区府城镇忠介路5号", "琼山市府城镇忠介路5号", "same"),
    ("三亚市田独镇迎宾路3号", "三亚市吉阳区迎宾路3号", "same"),
    ("儋州市那大镇中兴大街8号", "儋县那大镇中兴大街8号", "same"),
    ("文昌市文城镇文建路8号", "文昌市文城镇文建路18号", "other_house"),
]

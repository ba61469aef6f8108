"""Which towns has a county, and which villages a town? Public names of towns; villages are made from parts.

Every synthetic county has the towns of the real one (the codes and history are data.reference's business).
"""

from __future__ import annotations

#: County code -> (name as offices write it, town names without their suffix, suffix).
COUNTIES: dict[str, tuple[str, str, str]] = {
    "460100": (
        "海口市",
        "长流 西秀 石山 永兴 东山 城西 龙桥 新坡 遵谭 龙泉 龙塘 云龙 红旗 三门坡 大坡 甲子 旧州 灵山 演丰 三江 大致坡",
        "镇",
    ),
    "460200": ("三亚市", "海棠 吉阳 天涯 崖州", "区"),
    "460300": ("三沙市", "西沙 南沙", "区"),
    "460400": (
        "儋州市",
        "那大 和庆 南丰 大成 雅星 兰洋 光村 木棠 海头 峨蔓 王五 白马井 中和 排浦 东成 新州",
        "镇",
    ),
    "469001": ("五指山市", "通什 南圣 毛阳 番阳", "镇"),
    "469002": ("琼海市", "嘉积 万泉 石壁 中原 博鳌 阳江 龙江 潭门 塔洋 长坡 大路 会山", "镇"),
    "469005": (
        "文昌市",
        "文城 重兴 蓬莱 会文 东路 潭牛 东阁 文教 东郊 龙楼 昌洒 翁田 抱罗 冯坡 锦山 铺前 公坡",
        "镇",
    ),
    "469006": ("万宁市", "万城 龙滚 和乐 后安 大茂 东澳 礼纪 长丰 山根 北大 南桥 三更罗", "镇"),
    "469007": ("东方市", "八所 东河 大田 感城 板桥 三家 四更 新龙", "镇"),
    "469021": ("定安县", "定城 新竹 龙湖 黄竹 雷鸣 龙门 龙河 岭口 翰林 富文", "镇"),
    "469022": ("屯昌县", "屯城 新兴 枫木 乌坡 南吕 南坤 坡心 西昌", "镇"),
    "469023": ("澄迈县", "金江 老城 瑞溪 永发 加乐 文儒 中兴 仁兴 福山 桥头 大丰", "镇"),
    "469024": ("临高县", "临城 波莲 东英 博厚 皇桐 多文 和舍 南宝 新盈 调楼", "镇"),
    "469025": ("白沙黎族自治县", "牙叉 七坊 邦溪 打安", "镇"),
    "469026": ("昌江黎族自治县", "石碌 叉河 十月田 乌烈 昌化 海尾 七叉", "镇"),
    "469027": ("乐东黎族自治县", "抱由 万冲 大安 志仲 千家 九所 利国 黄流 佛罗 尖峰 莺歌海", "镇"),
    "469028": ("陵水黎族自治县", "椰林 光坡 三才 英州 隆广 文罗 本号 新村 黎安", "镇"),
    "469029": ("保亭黎族苗族自治县", "保城 什玲 加茂 响水 新政 三道", "镇"),
    "469030": ("琼中黎族苗族自治县", "营根 湾岭 黎母山 和平 长征 红毛 中平", "镇"),
}

VILLAGE_FIRST = "全春红好宝山水南北东美金龙星昌群新大头加福罗文潭田"
VILLAGE_SECOND = "美海光城陵民园坡桥塘井宅山吴育仕坑湖田头"
STREETS = ("人民路", "文建路", "文清大道", "新风路", "迎宾路", "振兴街", "解放街", "滨海路", "中山街", "航天大道")
#: Where members went who left the island, and where the outside organisations of letters lie.
FAR_PLACES = (
    *("广东省广州市", "广东省深圳市", "广东省湛江市", "广东省佛山市", "广西壮族自治区南宁市", "湖南省长沙市"),
    *("四川省成都市", "浙江省杭州市", "上海市浦东新区", "福建省厦门市"),
)


def county_name(area: str) -> str:
    """The county's full name."""
    return COUNTIES[area][0]


def short_name(area: str) -> str:
    """The county's name as enterprise names and branches use it: 文昌市, 乐东县."""
    name = county_name(area)
    return f"{name[:2]}县" if name.endswith("自治县") else name


def townships(area: str) -> tuple[str, ...]:
    """Towns of the county with their suffix, in the order of their codes."""
    _, towns, suffix = COUNTIES[area]
    return tuple(town + suffix for town in towns.split())


def village(town: int, number: int) -> str:
    """Name of a village of a town; the same (town, number) always gives the same name, distinct within a town."""
    first = VILLAGE_FIRST[(town * 7 + number * 5) % len(VILLAGE_FIRST)]
    second = VILLAGE_SECOND[(town * 3 + number * 7) % len(VILLAGE_SECOND)]
    return f"{first}{second}村"

"""Employer texts as clerks write them, and the entity each means, reasoned out by hand; with a small register.

A case: text, number, township of the person's record, entity (several with | between), grade. None: no entity at all.
This table was at hand while weights were set; `unseen_employer_cases` was not.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

Case = tuple[str | None, str | None, str | None, str | None, str | None]

_ENTITY = {
    "uscc": None,
    "former_name": None,
    "population": "small_enterprise",
    "is_non_public": True,
    "status": "active",
    "ended_on": None,
    "established_on": None,
    "address": None,
    "township": "龙楼镇",
    "area": "469005",
    "industry": None,
}
SHOP = {"population": "household_business"}

REGISTER: list[dict[str, Any]] = [
    {**SHOP, "entity_id": "E01", "entity_name": "文昌龙楼鑫源商行", "operator": "陈小明"},
    {"entity_id": "E02", "entity_name": "海南金海湾酒店管理有限公司", "operator": "林海"},
    {"entity_id": "E03", "entity_name": "文昌市航天建材有限公司", "operator": "符强"},
    {"entity_id": "E04", "entity_name": "海口鑫源贸易有限公司", "operator": "王刚", "township": None, "area": "460100"},
    {**SHOP, "entity_id": "E05", "entity_name": "文昌云海便利店", "operator": "李云", "township": "文城镇"},
    {**SHOP, "entity_id": "E06", "entity_name": "文昌翁田云海便利店", "operator": "张云", "township": "翁田镇"},
    {**SHOP, "entity_id": "E07", "entity_name": None, "operator": "周大福明"},
    {
        "entity_id": "E08",
        "entity_name": "海南椰岛食品有限公司",
        "operator": "吴一",
        "township": "文城镇",
        "former_name": "海南天一食品有限公司",
    },
    {"entity_id": "E09", "entity_name": "海南椰岛食品有限公司龙楼分公司", "operator": "吴二"},
    {**SHOP, "entity_id": "E10", "entity_name": "文昌会文老王饭店", "operator": "王德海", "township": "会文镇"},
    {"entity_id": "E11", "entity_name": "文昌东郊椰林湾水产养殖专业合作社", "operator": "黄三", "township": "东郊镇"},
    {**SHOP, "entity_id": "E12", "entity_name": "文昌清澜佳美理发店", "operator": "何佳", "township": "文城镇"},
    {**SHOP, "entity_id": "E13", "entity_name": "文昌铺前糟粕醋海鲜店", "operator": "冯前", "township": "铺前镇"},
    {"entity_id": "E14", "entity_name": "海南华信科技有限公司", "operator": "郑信", "township": "文城镇"},
    {**SHOP, "entity_id": "E15", "entity_name": "文昌昌洒月亮湾农家乐", "operator": "符月", "township": "昌洒镇"},
    {**SHOP, "entity_id": "E16", "entity_name": "文昌锦山诚信药店", "operator": "韩诚", "township": "锦山镇"},
    {**SHOP, "entity_id": "E17", "entity_name": "文昌锦山诚信汽车修理厂", "operator": "潘信", "township": "锦山镇"},
    {**SHOP, "entity_id": "E18", "entity_name": "文昌抱罗粉庄", "operator": "云粉", "township": "抱罗镇"},
    {**SHOP, "entity_id": "E19", "entity_name": "文昌龙楼好运来茶店", "operator": "邢好", "status": "cancelled"},
    {**SHOP, "entity_id": "E20", "entity_name": "文昌龙楼好运来茶店", "operator": "邢好"},
    {"entity_id": "E21", "entity_name": "海南天域房地产开发有限公司", "operator": "许天", "township": "文城镇"},
    {"entity_id": "E22", "entity_name": "文昌文教宏发砖厂", "operator": "郭宏", "township": "文教镇"},
    {
        **SHOP,
        "entity_id": "E23",
        "entity_name": "乐东黄流宏发商店",
        "operator": "陈发",
        "township": "黄流镇",
        "area": "469027",
    },
    {"entity_id": "E24", "entity_name": "文昌蓬莱绿丰种植有限公司", "operator": "莫绿", "township": "蓬莱镇"},
    {**SHOP, "entity_id": "E25", "entity_name": "文昌龙楼兴隆五金店", "operator": "吴兴"},
    {**SHOP, "entity_id": "E26", "entity_name": "文昌东阁兴隆五金店", "operator": "吴隆", "township": "东阁镇"},
    {
        **SHOP,
        "entity_id": "E27",
        "entity_name": "定安龙门兴旺超市",
        "operator": "莫兴",
        "township": "龙门镇",
        "area": "469021",
    },
    {
        "entity_id": "E28",
        "entity_name": "海南蓝海装饰工程有限公司",
        "operator": "蓝海",
        "township": "文城镇",
        "former_name": "文昌市蓝天装饰工程有限公司;文昌蓝海装修公司",
    },
    {**SHOP, "entity_id": "E29", "entity_name": None, "operator": "陈伟"},
    {**SHOP, "entity_id": "E30", "entity_name": None, "operator": "陈伟", "township": "公坡镇"},
    {**SHOP, "entity_id": "E31", "entity_name": "文昌公坡顺达摩托车维修店", "operator": "林达", "township": "公坡镇"},
    {"entity_id": "E32", "entity_name": "北京华信科技有限公司文昌分公司", "operator": "郑京", "township": "文城镇"},
    {"entity_id": "E33", "entity_name": "文昌重兴美丽家具厂", "operator": "谢丽", "township": "重兴镇"},
    {**SHOP, "entity_id": "E34", "entity_name": "文昌冯坡福顺达商行", "operator": "潘福", "township": "冯坡镇"},
    {
        "entity_id": "E35",
        "entity_name": "海南昌盛物流有限公司",
        "operator": "符昌",
        "township": "文城镇",
        "uscc": "91469005MA5T000105",
        "reg_no": "469005000001239",
    },
    {"entity_id": "E36", "entity_name": "文昌潭牛天然农产品加工厂", "operator": "林天", "township": "潭牛镇"},
    {"entity_id": "E37", "entity_name": "文昌市龙楼石头公园旅游开发有限公司", "operator": "石公"},
    {**SHOP, "entity_id": "E38", "entity_name": "文昌东路惠民大药房", "operator": "何惠", "township": "东路镇"},
]

CASES: list[Case] = [
    ("文昌龙楼鑫源商行", None, "龙楼镇", "E01", "certain"),
    ("龙楼鑫源商行", None, "龙楼镇", "E01", "certain"),
    ("鑫源商行", None, "龙楼镇", "E01", "certain"),
    ("鑫源商行", None, None, "E01", "certain"),
    ("文昌市龙楼镇鑫源商行 经理", None, "龙楼镇", "E01", "certain"),
    ("鑫源商行（店主）", None, "龙楼镇", "E01", "certain"),
    ("龍樓鑫源商行", None, "龙楼镇", "E01", "certain"),
    ("鑫缘商行", None, "龙楼镇", "E01", "certain"),
    ("龙楼鑫元商行", None, None, "E01", "certain"),
    ("鑫海商行", None, "龙楼镇", None, None),
    ("三亚鑫源商行", None, "龙楼镇", None, None),
    ("鑫源贸易有限公司", None, None, "E04", "certain"),
    ("海口鑫源贸易有限公司", None, None, "E04", "certain"),
    ("文昌鑫源贸易有限公司", None, "文城镇", None, None),
    ("金海湾酒店", None, "龙楼镇", "E02", "certain"),
    ("海南金海湾酒店管理公司", None, None, "E02", "certain"),
    ("龙楼金海弯酒店", None, "龙楼镇", "E02", "certain"),
    ("金海湾建材", None, "龙楼镇", None, None),
    ("航天建材公司", None, None, "E03", "certain"),
    ("文昌航天建材有限责任公司 业务员", None, "龙楼镇", "E03", "certain"),
    ("海口航天建材有限公司", None, None, None, None),
    ("云海便利店", None, None, "E05|E06", "possible"),
    ("文昌翁田云海便利店", None, None, "E06", "certain"),
    ("云海便利店", None, "翁田镇", "E06", "certain"),
    ("周大福明（个体）", None, "龙楼镇", "E07", "certain"),
    ("个体户：周大福明", None, "龙楼镇", "E07", "certain"),
    ("陈伟（个体工商户）", None, None, "E29|E30", "possible"),
    ("陈伟（个体工商户）", None, "公坡镇", "E30", "certain"),
    ("海南椰岛食品有限公司", None, None, "E08", "certain"),
    ("椰岛食品", None, None, "E08", "certain"),
    ("海南椰岛食品有限公司龙楼分公司", None, None, "E09", "certain"),
    ("天一食品有限公司", None, None, "E08", "certain"),
    ("海南天一食品有限公司", None, None, "E08", "certain"),
    ("老王饭店", None, "会文镇", "E10", "certain"),
    ("会文老王酒家", None, "会文镇", "E10", "certain"),
    ("老王超市", None, "会文镇", None, None),
    ("东郊椰林湾养殖合作社", None, "东郊镇", "E11", "certain"),
    ("椰林弯水产养殖专业合作社", None, "东郊镇", "E11", "certain"),
    ("佳美理发店", None, "文城镇", "E12", "certain"),
    ("佳美美发", None, "文城镇", "E12", "possible"),
    ("华信科技公司", None, "文城镇", "E14", "certain"),
    ("上海华信科技有限公司", None, None, None, None),
    ("北京华信科技有限公司文昌分公司", None, None, "E32", "certain"),
    ("月亮湾农家乐服务员", None, "昌洒镇", "E15", "certain"),
    ("诚信药店", None, "锦山镇", "E16", "certain"),
    ("锦山诚信修理厂", None, "锦山镇", "E17", "certain"),
    ("诚信", None, "锦山镇", "E16|E17", "possible"),
    ("文昌龙楼好运来茶店", None, "龙楼镇", "E20", "certain"),
    ("好运来茶店", None, None, "E20", "certain"),
    ("天域地产", None, None, "E21", "certain"),
    ("天域房地产开发公司销售部", None, None, "E21", "possible"),
    ("文教宏发砖厂", None, "文教镇", "E22", "certain"),
    ("宏发商店", None, None, "E23", "certain"),
    ("文昌宏发商店", None, None, None, None),
    ("绿丰种植公司", None, "蓬莱镇", "E24", "certain"),
    ("兴隆五金店", None, None, "E25|E26", "possible"),
    ("龙楼兴隆五金店", None, None, "E25", "certain"),
    ("龙楼兴旺超市", None, None, None, None),
    ("蓝天装饰工程公司", None, None, "E28", "certain"),
    ("文昌蓝海装修公司", None, None, "E28", "certain"),
    ("公坡顺达摩修店", None, "公坡镇", "E31", "possible"),
    ("美丽家俱厂", None, "重兴镇", "E33", "certain"),
    ("福顺达商店", None, "冯坡镇", "E34", "certain"),
    ("福达顺商行", None, "冯坡镇", "E34", "certain"),
    ("昌盛物流", "469005000001239", None, "E35", "certain"),
    (None, "91469005MA5T000105", None, "E35", "certain"),
    ("宏发砖厂", "469005000001239", None, "E35|E22", "possible"),
    ("天然农产品加工厂", None, "潭牛镇", "E36", "certain"),
    ("文昌市龙楼镇人民政府", None, "龙楼镇", None, None),
    ("龙楼石头公园旅游公司", None, "龙楼镇", "E37", "certain"),
    ("惠民药店", None, "东路镇", "E38", "certain"),
    ("东路惠民大药房有限公司", None, "东路镇", "E38", "possible"),
    ("务农", None, "龙楼镇", None, None),
    ("文昌中学", None, "文城镇", None, None),
    ("退休", None, None, None, None),
    ("陈小明商店", None, "龙楼镇", "E01", "certain"),
]


def register(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as ENTITIES; a registration number of its own where none is given."""
    full = [{"reg_no": row["entity_id"], **_ENTITY, **row} for row in rows]
    frame = pd.DataFrame(full).astype(object)
    return frame.astype({"is_non_public": bool})


def texts(cases: list[Case]) -> pd.DataFrame:
    """Cases as the input of `match_employers`; unique_id is u000, u001 ... in order."""
    rows = [
        {"unique_id": f"u{i:03}", "employer": case[0], "entity_no": case[1], "township": case[2], "area": "469005"}
        for i, case in enumerate(cases)
    ]
    return pd.DataFrame(rows).astype(object)

from __future__ import annotations

import pytest

from matching.public_bodies import is_public_core


@pytest.mark.parametrize(
    "core",
    [
        *(
            "文昌市龙楼镇人民政府",
            "龙楼镇政府",
            "文昌市教育局",
            "文昌市公安局龙楼派出所",
            "龙楼工商所",
            "文昌中学",
            "文昌市第一小学",
        ),
        *(
            "文昌侨中",
            "海南大学",
            "文昌市人民医院",
            "龙楼镇卫生院",
            "国营东路农场",
            "海南省国营南阳农场",
            "文昌航天发射场",
        ),
        *(
            "龙楼镇红海村委会",
            "文昌市人民法院",
            "中共文昌市委组织部",
            "文昌市机关幼儿园",
            "文昌市交警大队",
            "赤纸水库管理处",
        ),
        *("文昌市实验小学", "文昌市供电局", "市政府办公室", "文昌市图书馆"),
    ],
)
def test_public(core: str) -> None:
    assert is_public_core(core)


@pytest.mark.parametrize(
    "core",
    [
        *(
            "文昌龙楼鑫源商行",
            "龙楼镇人民政府旁小卖部",
            "海上饭局",
            "文昌民办育才中学",
            "文昌市职工技能培训学校",
            "春晓幼儿园",
            "康宁医院",
        ),
        *("航天大酒店", "中学生文具店", "绿色家庭农场", "阳光小区业主委员会", "文昌市驾驶员培训中心", "陈小明"),
    ],
)
def test_not_public(core: str) -> None:
    assert not is_public_core(core)

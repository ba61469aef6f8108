"""Characters that people, hands and scanners do confuse, written down before the table of look-alikes was compiled.

From what teachers of Chinese drill and clerks complain of; no line was changed after the first run of the table.
"""

from __future__ import annotations

_FEW_STROKES = (
    "未末 土士 己已 已巳 日曰 干千 千于 人入 大太 天夭 王玉 木本 刀力 午牛 田由 由甲 今令 贝见 母毋 弋戈 民氏 壬王"
)
_ONE_COMPONENT = (
    "玮伟 纬伟 晴睛 清情 海梅 侮海 冶治 芳芬 拔拨 折拆 茶荼 徒徙 辨辩 洁浩 铃玲 俊峻 骏峻 娟捐 萍苹 莹荧 颖颍 杨扬 林材 "
    "陈阵 徐除 凤风 鸣呜 侍待 祥详 科料 枚玫 宇字 宏宠 晖辉 挥辉 佳桂 浪朗 符苻 邢刑 柏伯 钟种 粱梁 幕墓 暮慕"
)
_PRESENT_OR_ABSENT = "青清 每海 侯候 建健 庭廷 韦伟 冯马 覃潭 良郎 吴昊 张长 邱丘 淼水 肖消"

#: Eighty pairs that must be told for look-alikes.
CONFUSED = tuple((_FEW_STROKES + " " + _ONE_COMPONENT + " " + _PRESENT_OR_ABSENT).split())

_UNLIKE = """
伟强 海丽 陈王 明芳 国英 军梅 龙燕 文秀 志兰 建玉 平珍 勇霞 春华 红鹏 符吴 邢韩 云花 林黄 永美 德翠 光娥 玲浩 晓雄 佳俊
"""
#: Pairs of name characters that nobody takes for one another.
NOT_CONFUSED = tuple(_UNLIKE.split())

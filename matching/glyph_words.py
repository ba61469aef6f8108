"""Shapes that differ in a stroke too few for any decomposition to show, and parts by where they stand. Data only."""

from __future__ import annotations

_SHAPES = """
未末朱 土士工 己已巳 日曰白目 千干于 人入八 大太犬丈 天夭夫无 王玉主壬 木本术才 刀力刁 午牛生 田由甲申 今令 贝见 母毋
弋戈 氏民 乌鸟 免兔 石右 矢失 万方 云去 斤斥 示礻衤 史吏 手毛 丘兵 月用 又叉 几凡 丸九 子孑于 广厂 小少 心必 巾币 东车
"""

#: Shapes of few strokes that are taken for one another, alone or as a part of a character; one group a word.
SHAPES = tuple(_SHAPES.split())

#: First parts that stand above, around, hang over or run below the rest; every other first part stands on the left.
PLACES = ("艹艸草竹宀雨穴冖罒网爫癶", "囗門门匚冂", "广厂疒病户戶尸", "辶辵廴走")

#: Parts so plain that having one in common says nothing.
PLAIN_PARTS = frozenset("一丨丿丶乛乚亅㇆㇉㇏丷二冖亠八十口")

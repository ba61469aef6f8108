"""Words about characters of personal names: variants, surname readings, compound surnames. Data only."""

from __future__ import annotations

_FROM = "堃喆甯寗髙邨囯靑戸眞淸徳恵栄槑犇祕嶽砲郞晧剏壻廼"
_TO__ = "坤哲宁宁高村国青户真清德惠荣梅奔秘岳炮郎皓创婿乃"

#: Variants that OpenCC's traditional-to-simplified table leaves alone -> the form of the 通用规范汉字表.
VARIANTS = dict(zip(_FROM, _TO__, strict=True))

_SURNAMES = "单 仇 查 曾 翟 解 盖 朴 区 折 尉 缪 繁 种 秘 晟 覃 冼 洗 长 万"
_READINGS = "shan qiu zha zeng zhai xie ge piao ou she yu miao po chong bi cheng qin xian xian zhang wan"

#: Reading of a character when it is a surname and the dictionary's first reading is another (CLDR Han-Latin-Names).
SURNAME_READINGS = dict(zip(_SURNAMES.split(), _READINGS.split(), strict=True))

_COMPOUND = """
欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 司空 夏侯 端木 万俟 独孤 南宫 闻人 轩辕 百里 呼延 拓跋
申屠 淳于 单于 太叔 公冶 澹台 赫连 钟离 濮阳 东郭 闾丘 仲孙 羊舌 梁丘 左丘 西门 公羊 公西 颛孙 乐正 宗政 子车 巫马 微生
谷梁 宰父 第五
"""

#: Surnames of two characters.
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())

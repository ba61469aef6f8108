"""What do two Chinese characters have in common? Canonical form, readings and look-alikes, as arrays by character.

Readings come from pypinyin, traditional forms from OpenCC; look-alikes and leftover variants from the tables below.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import opencc
from pypinyin.pinyin_dict import pinyin_dict

#: What clerks and systems put where a character is missing; private-use characters count too.
MISSING_SIGNS = "?□■〓*�◻○×"
#: The one sign that stands for all of them in canonical text.
MISSING = "?"

#: Variant forms that OpenCC's traditional-to-simplified table leaves alone: variant -> form of the 通用规范汉字表.
_VARIANTS = dict(
    zip(
        "堃喆甯寗髙邨囯靑戸眞淸徳恵栄槑犇祕嶽砲郞晧洺凉剏壻廼彬",
        "坤哲宁宁高村国青户真清德惠荣梅奔秘岳炮郎皓明凉创婿乃彬",
        strict=True,
    )
)

#: Characters that hands, scanners and five-stroke typists take for one another. One group a word.
LOOK_ALIKES = (
    "未末 土士 已己巳 王玉 日曰 天夭 千干 人入 大太犬 田由甲申 木本术 贝见 午牛 今令 冶治 洪供 芳芬 "
    "晓哓 兰三 历厉 友发 名各 丹舟 于干 卫已 刘列 池地 杨扬 林材 李季 吴昊 陈阵 张弘 周同 郑邓 朱未 符府 "
    "云去 玲珍 琼凉 英央 萍苹 海侮 波彼 涛祷 明朋 清情晴 辉挥 军车 伟纬玮 华毕 建健 康唐 庆厌 丽俪 娟捐 "
    "妹姝 姝殊 桂佳 佳住 香杳 凤风 龙尤 飞气 义叉 仁仕 仕任 信倍 俊浚峻 健键 传侍 宇字 宁宇 安字 宏宠 宝玉 "
    "家冢 少小 山出 岩岸 川州 平乎 广厂 强弦 志忘 思恩 恩息 怡治 恒桓 慧惠 成戍 戌戍 才寸 振摄 敏梅 文攵 "
    "斌赋 旭旮 昌冒 昆昱 春舂 晨震 景影 朝潮 柏伯 栋拣 根银 梁粱 森淼 楠南 永水 汉汊 江汪 沙抄 泉皇 泽择 "
    "洋泮 洁浩 浩皓 淑椒 源原 潇萧 灿仙 炳柄 烈列 燕蒸 珠株 瑞端 生牛 磊品 福褔 秀委 秋秒 程稳 立位 竹付 "
    "红纪 维准 美羊 翠率 良艮 芝苎 花化 若苦 茂荗 莉荊 莲连 菊菌 蓉容 蕾雷 虹红 贵责 超赵 连莲 远运 进讲 "
    "金全 钢钟 铁轶 银根 锋峰 锦绵 长张 阳阴 雄堆 雪雷 霞露 青肯 顺烦 颖频 香春 鸣呜 鹏鸦 麟鳞 黄寅"
).split()

#: Reading of a character when it is a surname, where the dictionary's first reading is another (CLDR Han-Latin-Names).
SURNAME_READINGS = dict(
    zip(
        "单仇查曾翟解盖朴区折尉缪繁种秘晟覃冼洗长万",
        "shan qiu zha zeng zhai xie ge piao ou she yu miao po chong bi cheng qin xian xian zhang wan".split(),
        strict=True,
    )
)

COMPOUND_SURNAMES = frozenset(
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 司空 夏侯 端木 万俟 独孤 南宫 闻人 轩辕 百里 "
    "呼延 拓跋 申屠 淳于 单于 太叔 公冶 澹台 赫连 钟离 濮阳 东郭 闾丘 仲孙 羊舌 梁丘 左丘 西门 公羊 公西 颛孙 "
    "乐正 宗政 子车 巫马 微生 谷梁 宰父 第五".split()
)

_N_READINGS = 5
_N_LOOK_ALIKES = 3


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def canonical_character(character: str) -> str:
    """Simplified standard form of one character; a missing-character sign or a private-use character gives `?`."""
    if character in MISSING_SIGNS or unicodedata.category(character) == "Co":
        return MISSING
    simplified = _to_simplified().convert(character)
    simplified = simplified if len(simplified) == 1 else character
    return _VARIANTS.get(simplified, simplified)


def canonical_text(text: str) -> str:
    """Each character in canonical form; the length stays the same, so positions can be compared."""
    return "".join(canonical_character(character) for character in text)


@cache
def readings(character: str) -> tuple[str, ...]:
    """All readings without tones, the most common first (单: dan, chan, shan); () for a character without any."""
    listed = pinyin_dict.get(ord(character), "")
    return tuple(dict.fromkeys(_toneless(reading) for reading in listed.split(","))) if listed else ()


def _toneless(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def surname_length(name: str) -> int:
    """How many characters of a canonical name are the surname: a compound one, what stands before a dot, or one."""
    if "·" in name:
        return max(name.index("·"), 1)
    return 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else min(len(name), 1)


def name_reading(name: str) -> str:
    """Preferred reading of a canonical name, syllables joined by spaces; a character without one stands for itself."""
    n_surname = surname_length(name)
    return " ".join(
        (SURNAME_READINGS.get(c) if position < n_surname else None) or next(iter(readings(c)), c)
        for position, c in enumerate(name)
    )


@dataclass(frozen=True)
class CharacterTable:
    """Arrays over a small alphabet of canonical characters; row 0 is the padding after a text's end.

    readings, look_alikes: code of each reading / look-alike group of a character, 0 where it has no more.
    missing: row number of the missing-character sign.
    """

    rows: dict[str, int]
    readings: npt.NDArray[np.int32]
    look_alikes: npt.NDArray[np.int32]
    missing: int


def character_table(texts: list[str]) -> CharacterTable:
    """The table for the characters of some canonical texts."""
    alphabet = sorted(set("".join(texts)) | {MISSING})
    sounds = sorted({reading for character in alphabet for reading in readings(character)})
    sound_code = {sound: code for code, sound in enumerate(sounds, start=1)}
    reading_codes = np.zeros((len(alphabet) + 1, _N_READINGS), dtype=np.int32)
    group_codes = np.zeros((len(alphabet) + 1, _N_LOOK_ALIKES), dtype=np.int32)
    groups = _look_alike_groups()
    for row, character in enumerate(alphabet, start=1):
        own = [sound_code[sound] for sound in readings(character)[:_N_READINGS]]
        reading_codes[row, : len(own)] = own
        shared = groups.get(character, ())[:_N_LOOK_ALIKES]
        group_codes[row, : len(shared)] = shared
    rows = {character: row for row, character in enumerate(alphabet, start=1)}
    return CharacterTable(rows, reading_codes, group_codes, rows[MISSING])


@cache
def _look_alike_groups() -> dict[str, tuple[int, ...]]:
    groups: dict[str, tuple[int, ...]] = {}
    for code, group in enumerate(LOOK_ALIKES, start=1):
        for character in group:
            groups[character] = (*groups.get(character, ()), code)
    return groups

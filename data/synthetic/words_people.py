"""Which names do people bear? Surnames as concentrated as in Hainan, given names by sex and era, characters confused.

Frequencies are set by hand, in per mille of the population; they are nobody's statistics.
"""

from __future__ import annotations

_SURNAME_WEIGHTS = (
    "陈130 王95 李72 吴66 符62 林60 黄52 张36 郑27 周25 韩24 云22 邢20 蔡20 何18 杨18 刘18 冯17 梁16 潘14 许13 朱12 "
    "叶12 郭11 曾10 谢10 邓9 苏9 羊9 麦8 文8 吉8 卢7 罗7 孙6 胡6 洪6 龙5 钟5 詹5 伍4 唐4 徐4 翁4 薛3 冼3 董3 范3 "
    "欧2 严2 韦2 丁2 赵4 马3 高3 欧阳2 司徒1 邝1"
)
#: Surname -> weight. The first seven make up half, as on the island.
SURNAMES: dict[str, int] = {
    pair.rstrip("0123456789"): int("".join(c for c in pair if c.isdigit())) for pair in _SURNAME_WEIGHTS.split()
}

#: (last year of birth of the era, sex 1 male / 0 female) -> characters of the first and of the second place.
GIVEN: dict[tuple[int, int], tuple[str, str]] = {
    (1964, 1): (
        "国家建德明文振世业学光兴昌运绍宏泽仁贵福春泰开大先其继传之克亚庆永积善道",
        "华强军民生平才兴发光荣和雄高清武辉忠良安源章标成茂深和英川琼海山波",
    ),
    (1964, 0): (
        "秀玉桂月春兰凤金美淑爱惠素彩翠香银菊亚雪琼红英莲秋",
        "英兰花梅芳珍莲香娥容菊妹琴姑霞娇云珠仙凤玲姣金爱桃",
    ),
    (1984, 1): (
        "志海小建伟学永文明家世德昌少俊春晓运传良道泽剑云国显孟成东扬开宗仕垂才兴",
        "强勇军伟斌涛鹏辉明峰刚杰雄波平超健龙海东宇飞良锋坚宁江光辉雷桂川武健标",
    ),
    (1984, 0): (
        "小晓海丽美春雪秀玉燕红桂艳少慧惠爱彩云亚琼月金秋冬文",
        "丽霞燕芳玲娟萍敏英红梅艳琼花妹云珍静娜莉香妮琴洁春波",
    ),
    (2100, 1): (
        "子俊宇浩泽嘉家志明博文世天伟昊睿思柏景开永圣传道晨海承启政宏冠诗建",
        "轩豪杰鑫宇涛鹏辉毅翔锋诚彬帆凯龙峰铭健文恒超林华宁哲睿扬霖航俊煌",
    ),
    (2100, 0): (
        "雨思梦佳诗静雅晓欣婷怡丽海小美紫可慧少文春秋慕心若嘉",
        "婷怡欣琪敏雯颖静妍莹倩雪洁玲慧娜瑶萱菲琳薇茹彤丹晴蓉",
    ),
}

#: Characters few keyboards and fonts have; systems wrote ? or □ for them. One given name in a hundred has one.
RARE = "堃喆翀旻赟珺璟玥頔湉骉淼犇昇祎垚犟瑨赑烜"

#: Groups of characters that sound alike: one typed for the other.
HOMOPHONES = (
    "伟玮炜维 华骅桦 明铭鸣 建健剑 志智治 强蔷 军君钧 杰洁捷 英瑛 芳方 丽莉俐 燕艳雁 海亥 文雯纹 春椿 辉晖徽 "
    "峰锋丰 勇永泳 平萍 宏洪鸿 德得 学雪 庆磬 兰岚 珍贞真 玲铃灵 霞侠 红虹 梅玫 琼穷 家佳嘉 俊峻竣 宇雨羽 浩皓昊 "
    "泽则 涛韬 鹏朋 静晶 敏闽 娟捐 秀绣 玉钰 桂贵 月悦 云芸 少绍 振镇 世仕 昌畅 运韵 光广 源元 良梁 成诚承城 开凯 "
    "怡仪 欣新 婷廷 颖影 思斯 诗施 梦孟 慧惠会 龙隆 波博 江姜 东冬 山珊 小晓 美镁 花化 香湘 翔祥 轩宣 豪毫 铭名 健键 "
    "继季 泰太 福富 仁任 兴星 生升 才材 发法 荣容蓉 和禾 雄熊 清青 忠钟 安桉 深申 标彪 章张 茂贸"
)

#: Groups of characters that look alike: one read for the other.
LOOKALIKES = (
    "明朋 天夫 未末 土士 己已 宇字 芳芬 玲珍 英莫 娟娼 梅海 春舂 洁浩 王玉 桂柱 秀香 建健 刚钢 林杵 日曰 友发 "
    "宏宠 仁仕 冶治 泽择 波披 涛祷 辉挥 雄难 锋铎 军车 昌冒 文丈 少小 传侍 伟佛 俊峻 杰杳 轩轶 怡恰 婷停 瑶谣 "
    "雯变 敏教 丽而 云去 月用 良艮 成戍 开井 学字 家冢 美羔 红江 霞露 琴瑟 莲连 贵责 福副 世也 志忘 思恩 诗侍"
)

#: The character in use and the variant form (异体字) that older registers kept.
VARIANTS = (
    "峰峯 群羣 杰傑 升昇 坤堃 哲喆 强強 略畧 辉煇 云雲 秋秌 鹅鵝 梅楳 泰㤗 莲蓮 明朙 福褔 琴琹 兰蘭 凯凱 仙僊 峻陖"
)

#: The simplified character and its traditional form; a register kept from older times writes whole names so.
TRADITIONAL = (
    "陈陳 吴吳 黄黃 张張 郑鄭 韩韓 云雲 杨楊 刘劉 冯馮 许許 叶葉 谢謝 邓鄧 苏蘇 麦麥 卢盧 罗羅 孙孫 龙龍 "
    "钟鍾 严嚴 韦韋 赵趙 马馬 欧歐 阳陽 国國 业業 学學 兴興 运運 绍紹 泽澤 贵貴 开開 继繼 传傳 亚亞 庆慶 "
    "积積 华華 军軍 发發 荣榮 辉輝 标標 兰蘭 凤鳳 爱愛 银銀 琼瓊 红紅 莲蓮 娇嬌 东東 剑劍 伟偉 杰傑 丽麗 "
    "艳豔 显顯 扬揚 强強 涛濤 鹏鵬 坚堅 宁寧 玮瑋 锋鋒 诚誠 凯凱 铭銘 晓曉 梦夢 诗詩 静靜 颖穎 莹瑩 洁潔 "
    "维維 岚嵐 贞貞 灵靈 轩軒 义義 礼禮 书書"
)

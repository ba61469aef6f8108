"""Words about characters of personal names: variants, look-alikes, surname readings, compound surnames. Data only."""

from __future__ import annotations

_FROM = "堃喆甯寗髙邨囯靑戸眞淸徳恵栄槑犇祕嶽砲郞晧剏壻廼"
_TO__ = "坤哲宁宁高村国青户真清德惠荣梅奔秘岳炮郎皓创婿乃"

#: Variants that OpenCC's traditional-to-simplified table leaves alone -> the form of the 通用规范汉字表.
VARIANTS = dict(zip(_FROM, _TO__, strict=True))

_GROUPS = """
未末 土士 已己巳 王玉 日曰 天夭 千干于 人入 大太犬丈 田由甲申 木本术 贝见 午牛 今令 冶治 芳芬 晓哓 历厉 友发 名各 丹舟
刘列 池地 杨扬 林材 李季 吴昊 玲珍 英央 萍苹 海侮 波彼 涛祷 清情晴 辉挥晖 伟纬玮 华毕 建健键 庆厌 丽俪 娟捐 妹姝 殊姝
桂佳 住佳 香杳 凤风 龙尤 义叉 仁仕 仕任 信倍 俊浚峻 宇字 家冢 少小 志忘 思恩 恩息 怡治 恒桓 慧惠 成戍戌 斌赋 昌冒 春舂
潮朝 柏伯 栋拣 梁粱 森淼 楠南 永水 汉汊 江汪 泉皇 泽择 洋泮 浩皓洁 源原 潇萧 炳柄 烈列 珠株 瑞端 生牛 福褔 秀委 秋秒
维准 美羊 翠率 良艮 花化 若苦 莲连 菊菌 蓉容 蕾雷 贵责 远运 铁轶 锋峰 锦绵 雄堆 雪雷 霞露 鸣呜 鹏鸦 麟鳞 黄寅 茵菌
茹菇 莹萤 蓝篮 兰三 云去 明朋 冰泳 冲仲 凌陵 卉升 博搏 吉古 周同 哲晢 坚竖 培陪 增曾 壮状 娥俄 婉碗 婷停 岚风 川州
巧功 帅师 平乎 庭廷 广厂 弟第 彭澎 徐除 怀坏 恺凯 悦说 才寸 新析 旺汪 晗唅 晶品 景影 智知 曼蔓 朗郎 柱住 柳卿 校郊
格恪 桃挑 梅海 棋祺琪 民氏 沈枕 沙抄 河何 洲州 浦捕 涵函 淑椒 深探 温湿 湘相 灵录 焕换 玫政 珊姗 珂坷 益盖 石右 磊品
祝况 祥样 禄绿 科料 红江 绍沼 经轻 芹芽 茂荗 荣劳 莉荊 薇微 虎虚 裕俗 军车 贤肾 轩斩 辰展 进讲 邦帮 金全 银根 阳阴
陆际 陶淘 静睁 顺须 颖颍 馨磬 骏俊 鲁鱼 羡美 先光 患忠 东车 图国 勇男 青春 青清请 妃妇如 娜哪那 妮姆 婷亭 媚嵋眉
媛援暖 娴娘 娟绢 燕蒸 琴瑟 琳淋 瑜愉渝 璐露 瑶摇遥 钰玉 芝艺 芸芒 蕊恋 莎沙 菲非 萱宣 薛薜 莫英 荷何 莹荧 葵蔡 符苻
邢刑形 郑邓 郭敦 潘番 谢射 韩朝 韦伟 冯马 宋宁 曹曾 彭膨 蒋将 董重 钟种 洪供 陆陈 陈阵 张弘 卢户 唐庸 庚康 文汶 武式
成城诚 宗崇 宜宣 荣菜 富宫 延廷 振报 晨震 昆昂昱 权杈 杰木 松枪 柯何 桐铜 榕容溶 欣掀 毅殷 沛沐 波坡 海诲悔 润闰涧
滨宾 炎淡 炜伟 熙照 爱受 琦绮椅骑 甫浦 登澄 福幅副 秋伙 章彰 童董 纲钢 胜性 裴斐 诗持 贞负 财则 越趁 逸免 邱丘 钊利
镇填 闽闻 雅稚 韵韶 鸿鸠 龄铃 业亚 亮高 仙灿 佩佣 侠狭 保堡 儒濡 兵乒 利刹 勤勒 厚原 友反 喜嘉 坤绅 培倍 奇寄 孟盂
安宴 守宇 宝室 尚向 山出 巍魏 干平 开井 心必 恋态 悦锐 慎真 振辰 政致 斗科 新亲 方万 旭旬 昭照 曼慢 月用 本木 桦华
植值 槐愧 正止 殿毅 母每 汝妆 沁泌 洛落 济挤 淇琪 渊淋 温蕴 源愿 灿灶 焕唤 牧牡 献南 玄弦 玛码 珏钰 琛深 璇旋 留流
皓浩 盈盆 省眉 碧珀 社杜 祖租 禹属 秦泰奏 程呈 穆稳 端瑞 素索 纯钝 统充 维惟 翔祥 耀跃 腾胜 良粮 苑苍 莲蓬 菁青 董薰
蓓培 虹红 衡行 裕格 谊宜 谦嫌 贵遗 赛寨 达这 迎仰 连莲 道遵 邹皱 郁都 金釜 钧钩均 锐悦 长张 闯问 雁鹰 震晨 霜霖 颂须
飞气 驰弛 骥冀 魏巍 鸾弯
"""

#: Characters that hands, scanners and five-stroke typists take for one another; one group a word.
LOOK_ALIKES = tuple(_GROUPS.split())

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

"""Which words of an enterprise's name say region, trade, legal form, branch or duty rather than brand?

Explicit small tables, written for the names a county office meets; whatever they do not know stays in the brand.
"""

from __future__ import annotations

#: Codes of the counties and county-level cities of Hainan; their names come from `data.reference.divisions`.
COUNTY_CODES = (
    *("460100", "460200", "460300", "460400"),
    *("469001", "469002", "469005", "469006", "469007"),
    *("469021", "469022", "469023", "469024", "469025", "469026", "469027", "469028", "469029", "469030"),
)

#: Names of counties as they were before today's (domain §5.4) -> today's short name.
FORMER_COUNTIES = {"琼山": "海口", "通什": "五指山", "儋县": "儋州", "崖县": "三亚", "洋浦": "儋州"}

#: Urban districts do the work of a township in the two cities that have them. 天涯 is left out: an everyday word.
DISTRICTS = {"海口": ("秀英", "龙华", "琼山", "美兰"), "三亚": ("海棠", "吉阳", "崖州")}

#: Everyday words as well as counties: a region only when written with 市 or 县 (「东方红超市」 is not in 东方).
AMBIGUOUS_COUNTIES = frozenset({"东方", "白沙", "三沙"})

#: Regions outside Hainan. Their bare names count only in a company's name: shops call their kitchen 湖南 or 重庆.
PROVINCES = (
    *("北京", "天津", "上海", "重庆", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽"),
    *("福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "四川", "贵州", "云南", "西藏", "陕西"),
    *("甘肃", "青海", "宁夏", "新疆", "香港", "澳门", "台湾"),
)
OTHER_CITIES = (
    *("广州", "深圳", "珠海", "湛江", "东莞", "佛山", "茂名", "南宁", "北海", "桂林", "长沙", "武汉", "南昌"),
    *("福州", "厦门", "杭州", "宁波", "南京", "苏州", "合肥", "郑州", "济南", "青岛", "成都", "昆明", "贵阳"),
    "西安",
)

#: Kinds of trade, a line each: the sections of GB/T 4754 it lies in, then the words of a name that tell it. A word may
#: tell several kinds.
_TRADES: tuple[tuple[str, str], ...] = (
    (
        "A",
        "种植 种植场 种植园 种养 种养殖 苗圃 苗木 种苗 果园 槟榔 椰子 胡椒 橡胶 花卉 园艺 瓜菜 热带作物 作物 林业 "
        "农业 生态农业 农业开发 农场 家庭农场",
    ),
    (
        "A",
        "养殖 养殖场 种养 种养殖 水产养殖 水产 渔业 畜牧 养猪 养鸡 养鸭 养虾 养羊 养蜂 猪场 鸡场 鱼苗 农业 "
        "生态农业 农业开发 农场 家庭农场",
    ),
    ("C", "加工 加工厂 加工部 制造 生产"),
    ("CF", "食品 糕点 面包 蛋糕 豆腐 米粉 粮油 糖果 饮料 椰子制品 冷饮 酒业 酒行 农副产品"),
    ("CF", "农产品 农副产品 水果 果蔬 蔬菜 猪肉 冻品 粮油 土特产 特产"),
    ("CF", "海产品 水产品 水产 海鲜 冷冻 制冰 渔具"),
    ("CF", "家具 家俱 家居 木业 木材 木制品"),
    ("CF", "建材 建筑材料 水泥 砖厂 机砖 石材 混凝土 搅拌站 钢材 陶瓷 五金 门窗 铝合金 铝材 不锈钢 灯饰 水暖"),
    ("CF", "五金 机电 机械 电器"),
    ("CF", "服装 服饰 制衣 鞋店 鞋业 缝纫 裁缝"),
    ("CF", "化工 塑料 肥料 化肥 农资 种子 饲料"),
    ("C", "包装 印刷 印务 纸业"),
    ("CF", "工艺品 椰雕 珠宝 黄金 贝雕"),
    ("D", "自来水 供水 电力 燃气 液化气 光伏"),
    ("E", "建筑 建设 建筑工程 市政 路桥 钢结构 劳务 土石方"),
    ("E", "装饰 装修 装潢 装饰工程"),
    ("E", "水电 安装 水电安装 防水 消防"),
    ("E", "工程"),
    ("F", "贸易 商贸 批发 零售 批发部 零售部 进出口"),
    (
        "F",
        "超市 便利 便利店 百货 日用品 日杂 日杂店 杂货 副食 副食品 食杂 食杂店 小卖 小卖部 小卖店 士多 烟酒 "
        "小商品 供销社",
    ),
    ("F", "商行 商店 商场 商城"),
    ("F", "茶叶 茶业 茶行"),
    ("FQ", "药店 大药房 药房 医药 药业 制药"),
    ("F", "家电 电器 手机 手机店 数码 电脑 通讯"),
    ("F", "文具 文化用品 办公用品 书店"),
    ("F", "化妆品 母婴 玩具 眼镜"),
    ("F", "摩托车 电动车 自行车 车行"),
    ("F", "汽车 汽配 配件 轮胎"),
    ("F", "花店 鲜花 花卉"),
    ("F", "市场 农贸 农贸市场 批发市场"),
    ("G", "运输 物流 快递 速递 速运 货运 客运 搬家 出租车 汽车运输 仓储 冷链"),
    ("CG", "船务 航运 造船 船舶"),
    ("H", "酒店 大酒店 宾馆 旅馆 旅店 旅社 旅租 客栈 民宿 招待所 公寓 住宿 度假 度假村 度假酒店 酒店管理"),
    (
        "H",
        "饭店 饭馆 餐厅 餐馆 餐饮 酒楼 酒家 食府 排档 大排档 农家乐 饮食 海鲜 火锅 烧烤 烤肉 茶餐厅 酒店 鸡饭 "
        "文昌鸡 快餐",
    ),
    ("H", "小吃 小吃店 快餐 粉店 米粉 米粉店 面馆 面店 早餐 清补凉"),
    ("H", "茶楼 茶馆 茶艺 茶店 老爸茶 茶餐厅 奶茶 奶茶店 饮品 冷饮 咖啡 甜品 酒吧"),
    ("I", "科技 技术"),
    ("I", "网络 信息 信息技术 软件 互联网 电脑 电子 通信 通讯 电子商务"),
    ("J", "银行 农商银行 信用社 保险 担保 小额贷款 典当"),
    ("K", "房地产 地产 置业 房产 房屋中介 房产中介"),
    ("KL", "保安 物业 物业服务 物业管理"),
    ("L", "投资 管理 企业管理 咨询 信息咨询 商务 策划 代理"),
    ("L", "财务 代理记账 会计"),
    ("L", "广告 会展 传媒 文化传播 文化传媒 设计 图文 打印 打印部 打字复印 营销"),
    ("L", "旅行 旅行社 旅游 旅业"),
    ("L", "人力资源 劳务派遣 劳务"),
    ("L", "租赁 汽车租赁"),
    ("M", "检测 测绘 勘察 研究 农技 生物"),
    ("N", "环保 环境 园林 绿化 保洁 环卫 水利"),
    ("O", "理发 理发店 美发 美容美发 发廊 发型 美容 美甲"),
    (
        "O",
        "汽修 汽修店 汽车修理 汽车维修 汽车修理厂 汽车维修厂 汽车修理店 汽车服务 补胎 汽车美容 洗车 "
        "修理 维修 修理部 修理厂 维修部 维修店",
    ),
    ("O", "摩托车修理 摩托车维修 摩托车修理店 摩托车维修店 电动车维修 修理 维修 修理部 维修部 维修店"),
    ("O", "家电维修 手机维修 电脑维修 维修 修理 维修部 维修店"),
    ("O", "洗衣 干洗 洗涤 家政 保洁"),
    ("O", "摄影 照相 照相馆 婚庆 婚纱"),
    ("O", "养生 按摩 足浴 推拿 沐足"),
    ("P", "培训 教育 幼儿 幼儿园 驾校 驾驶员培训"),
    ("Q", "诊所 门诊 卫生 医院 口腔 牙科 中医 养老 敬老"),
    ("R", "文化 影视 影城 演艺"),
    ("R", "体育 健身 游泳 台球 桌球"),
    ("IR", "网吧 网咖 娱乐 KTV 歌厅 歌舞厅 棋牌"),
)

#: Words that tell a kind of trade only where no other word does: 建材贸易 is no 食品贸易, 网络科技 no 环保科技.
GENERIC = frozenset(
    [
        "贸易",
        "商贸",
        "批发",
        "零售",
        "批发部",
        "零售部",
        "商行",
        "商店",
        "商场",
        "商城",
        "科技",
        "技术",
        "工程",
        "管理",
        "咨询",
        "商务",
        "加工",
        "加工厂",
        "制造",
        "生产",
        "农业",
    ]
)

#: Words that tell nothing about the trade: stripped with the tail, agree with everything.
_NEUTRAL = (
    "实业 产业 服务 开发 发展 经营 销售 经销 专卖 产品 用品 制品 材料 综合 连锁 国际 控股 集团 股份 总汇 业务 总 "
    "责任 自营 专业 合伙 普通合伙 有限合伙 特殊普通合伙 经纪"
)

COMPANY, COOPERATIVE, SHOP, NO_FORM = 1, 2, 4, 0

#: Last words of a name -> its kind of legal form. 厂, 场 and 中心 may be either a company's or a household's.
_FORMS = {
    COMPANY: "有限责任公司 股份有限公司 有限公司 集团公司 总公司 公司 有限 事务所",
    COOPERATIVE: "农民专业合作社 专业合作社 合作社 联合社 专业合作联社",
    SHOP: "商行 经营部 商店 小店 店 店铺 铺 铺子 行 摊 摊位 档 档口 小卖部 门市部 门市 小卖店 销售部 批发部 零售部 "
    "修理部 服务部 士多 便利店 小吃店 药店 花店 书店 鞋店 粉店 米粉店 面店 茶店 奶茶店 酒行 茶行 车行 手机店 日杂店 "
    "理发店 汽修店 汽车修理店 摩托车修理店 摩托车维修店 维修店 饭馆 维修部 打印部 收购部 加工部 配送部 专卖店 经销部 "
    "食杂店 个体户 个体工商户 个体",
    NO_FORM: "厂 场 馆 坊 屋 室 厅 部 站 点 社 所 企业 合伙企业 工厂 中心 服务站 服务中心 工作室 加工厂 修理厂 合作",
}


def _tail_words() -> dict[str, tuple[int, int]]:
    """Word -> (kinds of trade as bits, form): a shop's last word may tell its trade too (药店, 小吃店)."""
    trades: dict[str, int] = dict.fromkeys(_NEUTRAL.split(), 0)
    for position, (_, words) in enumerate(_TRADES):
        for word in words.split():
            trades[word] = trades.get(word, 0) | 1 << position
    forms = {word: form for form, words in _FORMS.items() for word in words.split()}
    return {word: (trades.get(word, 0), forms.get(word, NO_FORM)) for word in (*trades, *forms)}


def _section_masks() -> tuple[int, ...]:
    """Bits of the kinds of trade in each section."""
    letters = sorted({letter for sections, _ in _TRADES for letter in sections})
    return tuple(
        sum(1 << position for position, (sections, _) in enumerate(_TRADES) if letter in sections) for letter in letters
    )


SECTION_MASKS = _section_masks()

#: Word at the end of a name -> (kinds of trade, legal form). Brand is what is left of these.
TAIL_WORDS: dict[str, tuple[int, int]] = _tail_words()
LONGEST_TAIL_WORD = max(map(len, TAIL_WORDS))
#: Duties written behind an employer's name (「鑫源商行 经理」): the form's header asks for both in one cell.
DUTIES = (
    *("董事长", "总经理", "经理", "店长", "厂长", "场长", "园长", "校长", "院长", "所长", "站长", "镇长", "社长"),
    *("行长", "队长", "组长", "班长", "科长", "股长", "主任", "书记", "委员", "干部", "科员", "理事长", "理事"),
    *("监事", "董事", "股东", "法人代表", "法定代表人", "法人", "负责人", "经营者", "投资人", "合伙人", "老板"),
    *("老板娘", "业主", "店主", "员工", "职工", "职员", "工人", "店员", "营业员", "售货员", "服务员", "收银员"),
    *("业务员", "销售员", "文员", "会计", "出纳", "司机", "驾驶员", "保安", "厨师", "技术员", "工程师", "采购员"),
    *("保洁员", "仓管员", "管理员", "教师", "老师", "医生", "护士", "学徒", "打工", "务工", "上班", "从业人员"),
    *("雇员", "帮工", "工作人员", "家庭成员", "村医", "安全员", "质检员", "水电工", "维修工"),
)

#: Texts of an employer cell that name no employer.
NOT_EMPLOYED = (
    *("无业", "务农", "农民", "待业", "失业", "学生", "自由职业", "自由职业者", "无固定职业", "无固定单位"),
    *("无单位", "无工作", "在家", "在家务农", "外出务工", "外出打工", "打工", "务工", "个体", "个体户"),
    *("个体工商户", "个体经营", "个体经商", "自主创业", "创业", "家庭主妇", "家务", "下岗", "下岗职工", "经商"),
    *("渔民", "村民", "居民", "灵活就业", "自谋职业", "自营", "其他", "无", "不详", "未知", "退役军人", "复员军人"),
    *("流动", "外出", "进城务工", "农民工", "养老", "已故", "待岗", "内退"),
)

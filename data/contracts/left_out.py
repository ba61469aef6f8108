"""Which columns are known and not wanted? Headers of forms and exports that no contract takes (P2)."""

from __future__ import annotations

from data.contracts.field import words

#: Running numbers of lines: no information, no column to report.
LINE_NUMBERS = frozenset(words("序号 编号 序 行号 项次 排序 NO. NO"))
#: Headers that the project does not take (PIPL article 6); hukou says where nobody may live.
LEFT_OUT = frozenset(
    words(
        "民族 族别 宗教信仰 年龄 周岁 党龄 党龄校正值 工龄 婚姻状况 婚姻 健康状况 "
        "学历 文化程度 最高学历 全日制学历 学位 毕业院校 毕业学校 专业 所学专业 "
        "户籍所在地 户口所在地 户籍地址 户籍地 户籍 户口 户口所在地派出所 出生地 "
        "技术职称 职称 从事专业技术职务 专业技术职务 是否农民工 新社会阶层类型 一线情况 培训情况 "
        "党员增加信息 党员减少信息 入党类型 转正情况 入党时所在支部 延长预备期时间 信息完整度 "
        "照片 签名 本人签名 签字 邮箱 电子邮箱 EMAIL 微信 微信号 QQ QQ号 邮编 邮政编码 "
        "党组织唯一标识 联合支部所在单位 进入本系统类型 进入本系统日期 离开本系统类型 离开本系统日期 删除标识 "
        "更新时间戳 党员档案所在单位 是否有入党志愿书 志愿书 入党信息是否真实准确 是否存在违规入党或假党员情况 "
        "组织关系所在地 党员分布 注册资本 注册资金 出资额 经营范围 登记机关 经营期限 核准日期 REGCAP OPSCOPE REGORG "
        "REGORG_CN 入学时间 入学年月 毕业时间 毕业年月 入职时间 入伍时间 退伍时间 退休时间 参加工作时间 参加工作年月 "
        "PRIPID 主体身份代码 APPRDATE OPFROM OPTO 经营期限自 经营期限至 EMPNUM 从业人数 POSTALCODE ADDR "
        "出资人思想状况 思想状况 资金数额 营业额 营业总收入 纳税总额 网站网店 通信地址 存续状态 NORMCHARG ACTIROOMSIGN "
        "名称 企业名称 经营者 法定代表人 电话 联系电话"
    )
)

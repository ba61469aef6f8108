"""Who stands in the corpus? Twelve persons and a few firms that cannot exist: codes 4699xx, mobiles 142, 143, 154."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

BRANCH = "龙楼社区党支部"


@dataclass(frozen=True)
class Formula:
    """A formula cell; value None stands for one that nobody ever calculated."""

    text: str
    value: str | float | None = None


@dataclass(frozen=True)
class Formatted:
    """A cell with a number format of its own."""

    value: str | float | date
    number_format: str


Cell = str | float | date | Formula | Formatted | None
Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Person:
    """An invented member; `joined` is the day of admission."""

    name: str
    sex: str
    id_no: str
    mobile: str
    joined: str

    @property
    def birth(self) -> str:
        """ISO day in the number."""
        return f"{self.id_no[6:10]}-{self.id_no[10:12]}-{self.id_no[12:14]}"


FU = Person("符海生", "男", "46990519520714013X", "14220160000", "1975-07-01")
CHEN = Person("陈小虹", "女", "469905196303050243", "14320161357", "1988-07-01")
WANG = Person("王明", "男", "469905197109210359", "15420162714", "1996-06-20")
LI = Person("李丽", "女", "46990519850708046X", "14220164071", "2006-07-01")
LIN = Person("林文雄", "男", "469905196812300570", "14320165428", "1991-07-01")
HUANG = Person("黄玉兰", "女", "469905195901010685", "15420166785", "1984-12-10")
WU = Person("吴多福", "男", "469905197704160798", "14220168142", "2001-07-01")
ZHENG = Person("郑有财", "男", "469905198211050915", "14320169499", "2005-11-30")
PAN = Person("潘在安", "男", "46990519900228113X", "15420170856", "2012-07-01")
HAN = Person("韩春梅", "女", "469905199405191227", "14220172213", "2015-07-01")
XING = Person("邢福山", "男", "469905194808101318", "14320173570", "1970-07-01")
YUN = Person("云大海", "男", "469905196610201558", "15420174927", "1990-07-01")

#: The usual columns of a roster.
HEADER = ("序号", "姓名", "性别", "身份证号码", "出生日期", "所在党支部", "入党时间", "联系电话", "备注")


def row(header: Sequence[str | None], person: Person, **own: Cell) -> list[Cell]:
    """A row under any header: the person's own values by header, `own` cells instead where given."""
    known: dict[str, Cell] = {
        "姓名": person.name,
        "性别": person.sex,
        "出生日期": person.birth,
        "入党时间": person.joined,
        "所在党支部": BRANCH,
        **dict.fromkeys(("身份证号", "身份证号码", "公民身份号码"), person.id_no),
        **dict.fromkeys(("联系电话", "手机号码", "电话"), person.mobile),
    }
    known |= own
    return [known.get(word or "") for word in header]


def roster(*people: Person, start: int = 1) -> list[list[Cell]]:
    """Numbered rows under HEADER."""
    return [row(HEADER, person, 序号=float(number)) for number, person in enumerate(people, start)]

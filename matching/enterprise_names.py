"""What does an enterprise's name say? Region + brand + trade + legal form, and whether a branch is meant.

Region may be missing but not wrong; brand decides; a branch is not its parent; households may have no name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from matching import enterprise_words as words
from matching.characters import canonical_text
from matching.public_bodies import is_public_core
from matching.regions import chain_store, region_suffix, take_region


class ParsedName(NamedTuple):
    """One name taken apart; '' means: not said. Regions are short names (文昌, 龙楼).

    trade: the words that tell it; industry: the same as bits of `enterprise_words`; form: COMPANY, SHOP ... there.

    core: the whole text without duty, brackets and punctuation, for equality. is_employer: False for 务农, 退休 ...
    A public body keeps its township in the brand (龙楼人民政府): there it is the name, not the address.
    """

    core: str
    province: str
    region: str
    township: str
    brand: str
    trade: str
    industry: int
    form: int
    branch: str
    duty: str
    is_employer: bool
    is_public: bool


NOT_AN_EMPLOYER = ParsedName("", "", "", "", "", "", 0, 0, "", "", False, False)
_NOISE = re.compile(r"[^0-9A-Z\u3400-\u9fff\U00020000-\U0003ffff]+")
_BRACKETS = re.compile(r"[(\[【〔{<《]([^()\[\]【】〔〕{}<>《》]*)[)\]】〕}>》]")
_RETIRED = re.compile(r"退休|离休|^(?:现|已|原|长期)?(?:下岗|待业|失业|无业)")
_NO_EMPLOYER = re.compile(rf"(?:现|已|长期|目前)?(?:{'|'.join(words.NOT_EMPLOYED)})(?:人员)?")
_DUTY_WORD = (
    rf"(?:副|总|正|助理|普通|在编|临时|党支部|支部|党委)?(?:{'|'.join(sorted(words.DUTIES, key=len, reverse=True))})"
)
#: 「……有限公司任会计」: what the person is there, said with a verb.
_AS = r"(?:(?<=[司店厂社行部院校局所站场馆中心村])(?:担任|现任|任|做|当))?"
_DUTY = re.compile(rf"[\s,、/;:|\-]*{_AS}({_DUTY_WORD}(?:[\s,、/;兼及和]*{_DUTY_WORD})*)$")
#: Nearly every name ends otherwise, and the search is slow.
_DUTY_ENDS = frozenset(word[-1] for word in words.DUTIES)
_LEAD = re.compile(r"^(?:(?:现)?在(?=.{2,}$)|自营|经营(?=.{3,}$)|就职于|任职于|受雇于)")
#: One institution under the names it bore: 农村信用合作联社, 信用联社, 农信社.
_CREDIT = re.compile(r"(?:农村)?信用(?:合作)?(?:联社|社)|农信(?:联)?社")
#: 「……有限公司(原……有限公司)」 says both names; the former one is `former_name`.
_FORMER = re.compile(
    r"[(\[【〔{<《]\s*(?:原名?|曾用名|前身|更名前)[为是:：]?\s*([^()\[\]【】〔〕{}<>《》]{3,}?)\s*[)\]】〕}>》]"
)
_SOLE = re.compile(r"个体(?:工商户|经营户|经营|户)?")
_PARENT_BRANCH = re.compile(
    r"^(.{2,}?(?:公司|合作社|集团(?!.*公司)))(.*?(?:分公司|分店|分行|分社|分厂|分部|营业部|营业所|营业厅|办事处|项目部|门市部|连锁店|加盟店"
    r"|专卖店|经营部|销售部|售楼部|批发部|服务部|服务站|店|支公司|分场|车间|食堂|仓库))$"
)
_BARE_BRANCH = re.compile(
    r"^(.{2,}?)((?:第?[一二三四五六七八九十0-9]+)?(?:分公司|支公司|分店|分行|支行|分社|分厂|分部|号店"
    r"|营业部|营业厅|项目部|办事处))$"
)
_A_SHOP = "店"
_BRANCH_WORDS = re.compile(r"(?:店|分公司|分部|分社|营业部|门市部|办事处|项目部)$")


def normalise_text(text: str) -> str:
    """NFKC, simplified characters, upper case; spaces stay because they part an employer from a duty."""
    return canonical_text(unicodedata.normalize("NFKC", text)).upper().strip()


def former_name(text: str) -> str | None:
    """The former name that a text states beside the present one (甲公司(原乙公司) -> 乙公司), in normal spelling."""
    found = _FORMER.search(normalise_text(text))
    return found.group(1) if found and core_of(found.group(1)) else None


def core_of(text: str) -> str:
    """Letters, digits and Han characters only: the spelling in which two names are equal."""
    return _NOISE.sub("", text)


@lru_cache(maxsize=1 << 16)
def parse_name(text: str) -> ParsedName:
    """Take one name or employer text apart."""
    text = normalise_text(text)
    if not text or _RETIRED.search(text) or _NO_EMPLOYER.fullmatch(core_of(text)):
        return NOT_AN_EMPLOYER
    text, notes = _take_brackets(_FORMER.sub("", text))
    text, duty = _take_duty(_LEAD.sub("", text))
    sole = _SOLE.search(text)
    name = _CREDIT.sub("信用社", core_of(_SOLE.sub("", text) if sole else text))
    if not name:
        return NOT_AN_EMPLOYER
    return _parse_core(name, notes, duty, is_sole=bool(sole) or any(_SOLE.search(note) for note in notes))


def _take_brackets(text: str) -> tuple[str, list[str]]:
    """The text without brackets, and what stood in them; a bracket around everything is only opened."""
    notes = [note for note in _BRACKETS.findall(text) if note]
    outside = _BRACKETS.sub("", text).strip()
    if not core_of(_SOLE.sub("", outside)) and notes:
        return outside + notes[0], notes[1:]
    return outside, notes


def _take_duty(text: str) -> tuple[str, str]:
    found = _DUTY.search(text) if text[-1:] in _DUTY_ENDS else None
    if found is None or len(core_of(text[: found.start()])) < 2:
        return text, ""
    return text[: found.start()], found.group(1)


def _parse_core(name: str, notes: list[str], duty: str, *, is_sole: bool) -> ParsedName:
    if is_public_core(name):
        region, rest = take_region(name, is_company=False)
        brand = region.township + rest
        return ParsedName(name, region.province, region.county, "", brand, "", 0, 0, "", duty, True, True)
    core = name
    name, branch = _take_branch(name)
    is_company = "公司" in name or "集团" in name
    region, rest = take_region(name, is_company=is_company)
    for note in (core_of(note) for note in notes):
        # A place alone is no region, for it may be a brand; in brackets behind a name it is one.
        inside, left = take_region(f"{note}{_A_SHOP}", is_company=True)
        if inside.tokens and left == _A_SHOP:
            core = core.replace(note, "")
            region = region.joined(inside)
        elif _BRANCH_WORDS.search(note) and not branch:
            branch = note
    brand, trade, industry, form = take_tail(rest)
    if not brand and region.tokens and not region.is_spelt_out:
        # 「文昌宾馆」, 「龙楼商店」: the region is all the brand there is.
        brand, region = region.tokens[-1], region.without_last()
    form = words.SHOP if is_sole and not form else form
    township, county, province = region.township, region.county, region.province
    return ParsedName(core, province, county, township, brand, trade, industry, form, branch, duty, True, False)


def _take_branch(name: str) -> tuple[str, str]:
    """Name of the parent and the branch's own words (`文昌分公司`); '' for a parent."""
    found = _PARENT_BRANCH.match(name) or _BARE_BRANCH.match(name)
    if found:
        parent, branch = found.group(1), found.group(2)
        place = region_suffix().search(parent)
        # 「鑫源文昌分公司」: the place belongs to the branch.
        if place and "公司" not in parent and len(parent) - len(place.group(0)) >= 2:
            return parent[: place.start()], place.group(0) + branch
        return parent, branch
    found = chain_store().match(name)
    if found and take_region(found.group(1), is_company=False)[1]:
        return found.group(1), found.group(2)
    return name, ""


def take_tail(name: str) -> tuple[str, str, int, int]:
    """Brand, trade words, kinds of trade (bits) and legal form of a name without region.

    Words are taken from the end, longest first; the first legal form met is the name's.
    """
    trade, specific, generic, form = "", 0, 0, words.NO_FORM
    end = len(name)
    while end:
        word = _last_word(name[:end])
        # A brand has two characters or more by law: in 通屋海产品店 it is 通屋, though 屋 may be the end of a name.
        if word is None or end - len(word) == len(word) == 1:
            break
        kinds, legal = words.TAIL_WORDS[word]
        trade = word + trade if kinds else trade
        specific, generic = (specific, generic | kinds) if word in words.GENERIC else (specific | kinds, generic)
        form = form or legal
        end -= len(word)
    return name[:end], trade, specific or generic, form


def _last_word(name: str) -> str | None:
    for length in range(min(words.LONGEST_TAIL_WORD, len(name)), 0, -1):
        if (word := name[-length:]) in words.TAIL_WORDS:
            return word
    return None

"""How do offices write a name that their system cannot hold? As syllables (王jie), by parts (王(女介)), as a sign.

Each spelling of a character becomes one character, so that the places of two names can be compared.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from matching.characters import MISSING, canonical_text, is_syllable, surname_length, syllable_sign
from matching.glyphs import character_of_parts, characters_of_parts

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_OPEN, _CLOSE = r"[(\[{〔【]", r"[)\]}〕】]"
_PLAIN = re.compile("[\u3400-\u9fff]*")
_LATIN = r"a-zA-Z\u00c0-\u024f"
_LATIN_RUN = re.compile(rf"[{_LATIN}]+(?:['’\-][{_LATIN}]+)*")
_LATIN_IN_BRACKETS = re.compile(rf"{_OPEN}([{_LATIN}]+){_CLOSE}")
_PINYIN_NAME = re.compile(rf"[{_LATIN}]+(?:[ '’,\-]+[{_LATIN}]+)*")
_IN_BRACKETS = re.compile(rf"{_OPEN}([{_HAN}+3]{{2,7}}){_CLOSE}")
#: What people say of parts: 左女右介, 上日下文, 女字旁加介, 火+华, 三个火.
_DESCRIBED = re.compile(r"左(.)右(.)|上(.)下(.)|(.)(?:字旁|旁|字头|字底)加?(?:一个)?(.)|(.)[+加](.)|[三3]个(.)")
#: A remark behind a name (女, 党员, 已故): no character of it.
_REMARK = re.compile(rf"(?<=[{_HAN}]{{2}}){_OPEN}[^()\[\]{{}}〔〕【】]*{_CLOSE}$")
_SAID = rf"(?:曾用名|曾名|原名|本名|旧名|又名|别名|化名|现名)[是为叫]?[: ]*([{_HAN}·]{{2,}})"
_FORMER = re.compile(rf"{_OPEN}[^)\]}}〕】]*?{_SAID}[^)\]}}〕】]*{_CLOSE}|[,;、/ ]*{_SAID}")
#: A second name in brackets, of the same surname and no village's or shop's: 陈小妹(陈妹).
_SECOND = re.compile(rf"^([{_HAN}])[{_HAN}]{{1,3}}{_OPEN}(\1[{_HAN}]{{1,2}}(?<![村镇乡店厂队组家])){_CLOSE}$")
#: Signs that stand between the parts of a name of another people; the standard one is the first.
_DOTS = re.compile(r"[·•‧∙⋅・･.●]")
#: Nobody is called 某: it covers a character.
_COVER = "某"
_VOWELS = tuple("aeoāáǎàēéěèōóǒò")
#: Left, upper or enclosing parts with which people begin to spell a character.
_PARTS = frozenset("女亻人氵水三木火土王玉石金钅日月山马鱼鸟虫草艹竹口心忄扌言讠禾米纟目耳足走门雨广宀尸弓车贝犭衤礻")
_LONGEST_SYLLABLE = 6
#: A name is asked about several times in a row.
_JUST_ASKED = 1024


class OtherForms(NamedTuple):
    """Canonical names that the same person may stand under elsewhere, told by the name as written; each may be empty.

    cut: what a narrow column keeps of a name with a dot. joined: two or three characters read as the parts of one.
    turned: the surname put last. former: a name that the row says was borne earlier or besides.
    """

    cut: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


@lru_cache(maxsize=_JUST_ASKED)
def canonical_name(name: str) -> str:
    """Canonical characters of a name as written; one character for each spelling of a rare one, no remarks."""
    if _PLAIN.fullmatch(name):
        return canonical_text(name).replace(_COVER, MISSING)
    text = unicodedata.normalize("NFKC", name)
    if not re.search(f"[{_HAN}]", text):
        return _pinyin_name(text) or canonical_text(text)
    text = _without_remarks(_IN_BRACKETS.sub(lambda found: _part_sign(found, MISSING), text))
    text = re.sub(rf"(?<=[{_HAN}]) +(?=[{_HAN}])", "", canonical_text(_DOTS.sub("·", text)).strip(" ·"))
    return _LATIN_RUN.sub(lambda run: _signs(run.group()) or MISSING, text).replace(_COVER, MISSING)


def other_forms(name: str) -> OtherForms:
    """The other names of a name as written; empty for nearly all."""
    canonical = canonical_name(name)
    n_surname = surname_length(canonical)
    is_readable = MISSING not in canonical
    cut = canonical.split("·")[:1] if "·" in canonical else []
    joined = _joined(canonical) if is_readable and "·" not in canonical else []
    is_turnable = is_readable and not canonical.isascii() and "·" not in canonical and n_surname < len(canonical)
    turned = [canonical[n_surname:] + canonical[:n_surname]] if is_turnable else []
    if _PLAIN.fullmatch(name):
        return OtherForms((), tuple(joined), tuple(turned), ())
    text = unicodedata.normalize("NFKC", name)
    spelt = _IN_BRACKETS.sub(lambda found: _part_sign(found, None), text)
    # What the parts in brackets make is a guess: the dictionary may not know the right one of two characters.
    joined += [canonical_name(spelt)] if spelt != text else []
    said = [*_FORMER.findall(_DOTS.sub("·", text)), *_SECOND.findall(text)]
    # Of _SECOND the first group is the surname: the name itself is the last group that holds anything.
    former = [canonical_name(next(part for part in reversed(groups) if part)) for groups in said]
    return OtherForms(tuple(cut), tuple(joined), tuple(turned), tuple(dict.fromkeys(former)))


def _without_remarks(text: str) -> str:
    return _REMARK.sub("", _LATIN_IN_BRACKETS.sub(r"\1", _FORMER.sub("", text)))


def _part_sign(found: re.Match[str], sign: str | None) -> str:
    """What stands for parts in brackets: the sign, or with None the character that they make; remarks stay."""
    described = _DESCRIBED.fullmatch(found.group(1))
    parts = tuple(part for part in described.groups() if part) if described else tuple(found.group(1))
    parts = parts * 3 if described and described.group(9) else parts
    made = character_of_parts(parts) if len(parts) <= 4 else None
    is_spelt = described is not None or (len(parts) <= 3 and parts[0] in _PARTS)
    if sign is None:
        return made or found.group()
    return sign if is_spelt or (made and len(set(parts)) == 1) else found.group()


def _joined(canonical: str) -> list[str]:
    """The name with two or three neighbours read as the parts of one character (弓长三: 张三), two or more left."""
    made_of = _characters_by_parts()
    return [
        canonical_text(canonical[:start] + made_of[parts] + canonical[start + n :])
        for n in (2, 3)
        for start in range(len(canonical) - n + 1)
        if (parts := canonical[start : start + n]) in made_of and len(canonical) > n
    ]


@cache
def _characters_by_parts() -> dict[str, str]:
    """The character that two or three others make, by these as one text."""
    return {"".join(parts): character for n in (2, 3) for parts, character in characters_of_parts(n).items()}


def _pinyin_name(text: str) -> str | None:
    """A whole name in pinyin as signs, the surname first (Chen Xiaoming, XIAOMING CHEN); None when it is none."""
    if not _PINYIN_NAME.fullmatch(text.strip()):
        return None
    words = [_signs(word) for word in re.split(r"[ ,]+", text.strip())]
    known = [word for word in words if word]
    if len(known) < len(words) or not 2 <= sum(map(len, known)) <= 4 or any(MISSING in word for word in known):
        return None
    if len(known) == 2 and len(known[0]) == 2 and len(known[1]) == 1:
        known.reverse()
    return "".join(known)


def _signs(letters: str) -> str | None:
    """One sign for each syllable of a Latin run (xiaojie, Xi'an); None when it is not made of syllables."""
    signs = [_run_signs(run) for run in re.split(r"['’\-]", letters.lower())]
    return "".join(sign for sign in signs if sign) if all(signs) else None


def _run_signs(run: str) -> str | None:
    """Longest syllables first; by the rules of pinyin only the first syllable of a word begins with a vowel."""
    if not run:
        return ""
    for length in range(min(_LONGEST_SYLLABLE, len(run)), 0, -1):
        rest = run[length:]
        if is_syllable(run[:length]) and not rest.startswith(_VOWELS):
            behind = _run_signs(rest)
            if behind is not None:
                return syllable_sign(run[:length]) + behind
    return None

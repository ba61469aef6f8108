"""How do offices write a character that their system lacks? As a syllable (王jie), by its parts (王(女介)), as a sign.

Each spelling becomes one character, so that the places of two names can be compared.
"""

from __future__ import annotations

import re
import unicodedata

from matching.characters import MISSING, canonical_text, syllable_sign

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_PLAIN = re.compile("[\u3400-\u9fff]*")
_LATIN_RUN = re.compile(r"[a-zA-Z\u00c0-\u024f]+")
_LATIN_IN_BRACKETS = re.compile(r"[(\[{〔【]([a-zA-Z\u00c0-\u024f]+)[)\]}〕】]")
_IN_BRACKETS = re.compile(rf"[(\[{{〔【]([{_HAN}][+加]?[{_HAN}]{{1,2}})[)\]}}〕】]")
#: A remark behind a name (女, 党员, 已故): no character of it.
_REMARK = re.compile(rf"(?<=[{_HAN}]{{2}})[(\[{{〔【][^()\[\]{{}}〔〕【】]*[)\]}}〕】]$")
#: Left, upper or enclosing parts with which people begin to spell a character.
_PARTS = frozenset("女亻人氵水三木火土王玉石金钅日月山马鱼鸟虫草艹竹口心忄扌言讠禾米纟目耳足走门雨广宀尸弓车贝犭衤礻")


def canonical_name(name: str) -> str:
    """Canonical characters of a name as written; one character for each spelling of a rare one, no remarks."""
    if _PLAIN.fullmatch(name):
        return canonical_text(name)
    text = unicodedata.normalize("NFKC", name)
    if not re.search(f"[{_HAN}]", text):
        return canonical_text(text)
    text = _REMARK.sub("", _IN_BRACKETS.sub(_part_sign, _LATIN_IN_BRACKETS.sub(r"\1", text)))
    return _LATIN_RUN.sub(lambda run: syllable_sign(run.group()), canonical_text(text))


def _part_sign(found: re.Match[str]) -> str:
    return MISSING if "+" in found.group(1) or found.group(1)[0] in _PARTS else found.group()

"""What do the digits of an identifier say of themselves? Citizen identity number, credit code, registration number.

GB 11643-1999, GB 32100-2015, GS 15-2006 (domain §5.1-5.3). A failing check digit is evidence, never a verdict.
"""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import Decimal
from itertools import takewhile
from typing import Literal

from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_10

from data.model import IdStatus
from data.values.text import NULL_WORDS, fold_width

_LABEL = re.compile(r"^(?:(?:居民|公民|第?二代)?(?:身份证|身份|证件)(?:号码|号)?|户口本?|ID)[::]?", re.IGNORECASE)
#: Words beside a number: (旧), （15位）, /户口, ;已换证. Digits of another number are none of them.
_NOTE = re.compile(
    r"[(\[【](?=[^()\[\]【】]*[\u4e00-\u9fff])(?:(?!\d{6})[^()\[\]【】])*(?:[)\]】]|$)|[/\\|;,、][^/0-9A-Za-z*]*$"
)
_NOISE = re.compile(r"[\s'‘’`\"“”_·,。\-—]+")
#: The multiplication sign and its look-alikes stand for X, but only as the last of 18 characters.
_LOOKS_LIKE_X = re.compile(r"(?<=^[0-9]{17})[×хХ✕]$")
_MASK = re.compile(r"\*|[X×●■□#?]{2,}")
_SCIENTIFIC = re.compile(r"([1-9])(?:\.([0-9]+))?E\+?([0-9]{2})")
_FLOAT = re.compile(r"([1-9][0-9]{14,17})\.0+")
_ID18 = re.compile(r"[0-9]{17}[0-9X]")
_ID15 = re.compile(r"[0-9]{15}")
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_REG_NO = re.compile(r"[0-9]{15}")
#: Sequence numbers kept for people who were a hundred when the 15-digit numbers were given out.
CENTENARIAN = ("996", "997", "998", "999")
_LOST_DIGITS = 3
#: Significant digits of a number in a spreadsheet.
_KEPT_DIGITS = 15
#: Letters that hands and scanners write for a digit of an identity number.
_LOOKS_LIKE_DIGIT = {"O": "0", "D": "0", "Q": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "G": "6", "B": "8"}
_DROPPED_LENGTHS = (16, 17)
#: Letters that the alphabet of credit codes leaves out (GB 32100); 1, 0, 2, 5, U are meant.
_NOT_IN_CREDIT_CODES = re.compile("[IOZSV]")
_HAN = re.compile("[\u4e00-\u9fff]")


def clean_id(text: str | None) -> str | None:
    """The number as written, in one spelling: NFKC, upper-case X, no spaces, quotes, dashes, no 「身份证：」 before it
    and no note such as （旧） or /户口 beside it.

    Nothing is repaired (O stays O); blanks and null words give None.
    """
    if text is None or text.strip().lower() in NULL_WORDS:
        return None
    if text.isascii() and text.isalnum():  # nearly every number: nothing to clean
        return text.upper()
    whole = _LABEL.sub("", _NOTE.sub("", fold_width(text)).strip()).upper()
    return _LOOKS_LIKE_X.sub("X", _NOISE.sub("", whole)) or None


def id_note(text: str) -> str | None:
    """What `clean_id` leaves out besides labels and marks: the words beside the number (旧, 已换证); None: nothing."""
    if text.isascii():
        return None
    said = [found.strip("()[]【】/\\|;,、 ") for found in _NOTE.findall(fold_width(text).strip()) if _HAN.search(found)]
    return "；".join(said) or None


def lacks_digits(text: str) -> bool:
    """Is it a number of 16 or 17 digits, as when one is dropped from 18 (or one is doubled in 15)?"""
    return len(text) in _DROPPED_LENGTHS and _ID18.fullmatch(text.rjust(18, "1")) is not None


def with_slip_undone(text: str, as_of: date) -> str | None:
    """The valid number that one substitution makes of 18 characters with one letter for a digit (O for 0, l for 1,
    B for 8); None if there is no such number. A candidate for a hint, never a repair: compare birth and sex first."""
    letters = [place for place, character in enumerate(text[:17]) if not character.isdigit()]
    if len(text) != 18 or len(letters) > 1:
        return None
    place = letters[0] if letters else 17
    digit = _LOOKS_LIKE_DIGIT.get(text[place])
    candidate = text[:place] + (digit or "?") + text[place + 1 :]
    return candidate if id_status(candidate, as_of) is IdStatus.VALID else None


def id_status(text: str | None, as_of: date) -> IdStatus:
    """What a number (as `clean_id` gives it) says of itself on the day `as_of`; a 15-digit number is judged as its 18.

    PRECISION_LOSS: scientific or decimal notation, or 18 digits that end in 000 and fail the checksum: a
    spreadsheet kept 15 digits of a number. Order otherwise: missing, masked, charset, length, checksum, date, future.
    """
    if not text:
        return IdStatus.MISSING
    if _SCIENTIFIC.fullmatch(text) or _FLOAT.fullmatch(text):
        return IdStatus.PRECISION_LOSS
    if _MASK.search(text):
        return IdStatus.MASKED
    if not re.fullmatch(r"[0-9]+X?", text):
        return IdStatus.CHARSET
    number = to_id18(text)
    if number is None:
        return IdStatus.LENGTH
    if check_digit_18(number[:17]) != number[17]:
        return IdStatus.PRECISION_LOSS if number.endswith("0" * _LOST_DIGITS) else IdStatus.CHECKSUM
    born = birth_of(number)
    if born is None:
        return IdStatus.DATE
    return IdStatus.FUTURE if born > as_of.isoformat() else IdStatus.VALID


def to_id18(text: str | None) -> str | None:
    """The number in 18 characters: 18 as they are, 15 with century and check digit added; else None.

    The checksum of an 18-character number is not required; masked and damaged numbers have no 18-character form.
    """
    if text is None:
        return None
    if _ID18.fullmatch(text):
        return text
    if not _ID15.fullmatch(text):
        return None
    century = "18" if text[12:] in CENTENARIAN else "19"
    first17 = text[:6] + century + text[6:]
    return first17 + check_digit_18(first17)


def check_digit_18(first17: str) -> str:
    """Check character of a citizen identity number (ISO 7064 MOD 11-2); 17 ASCII digits, else ValueError."""
    if not (first17.isascii() and first17.isdigit() and len(first17) == 17):
        raise ValueError("17 digits")
    return str(ric.calc_check_digit(first17 + "?"))


def birth_of(id18: str | None) -> str | None:
    """ISO day of birth in an 18-character number, whatever its checksum; None if there is no such day."""
    if id18 is None or not _ID18.fullmatch(id18):
        return None
    try:
        return date(int(id18[6:10]), int(id18[10:12]), int(id18[12:14])).isoformat()
    except ValueError:
        return None


def sex_of(id18: str | None) -> Literal["男", "女"] | None:
    """Sex by the parity of digit 17 of an 18-character number; None if it has not that shape."""
    if id18 is None or not _ID18.fullmatch(id18):
        return None
    return "男" if int(id18[16]) % 2 else "女"


def damaged_id(number: float) -> str | None:
    """What is left of an identity number stored as a number: its reliable leading digits, then `***`.

    A spreadsheet keeps 15 significant digits; `int(number)` would invent others (domain §3.5). A program that wrote all
    18 left the nearest number that a float can hold: where the last kept digit may be one or its neighbour, it is
    unreliable too. None for a number that cannot have been an identity number.
    """
    if not 1e14 <= number < 1e18:
        return None
    shown = Decimal(repr(number))
    error = Decimal(0)
    if len(shown.as_tuple().digits) > _KEPT_DIGITS:
        shown, error = Decimal(number), Decimal(math.ulp(number)) / 2
    n_digits = shown.adjusted() + 1
    low, high = (str(int(bound))[: n_digits - _LOST_DIGITS] for bound in (shown - error, shown + error))
    reliable = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(low, high, strict=False)))
    return reliable + "*" * (n_digits - len(reliable))


def mask_lost_digits(text: str) -> str:
    """A damaged number in text (`4.60022E+17`, `….0`, ending in 000) with `*` for every digit it no longer tells."""
    found = _SCIENTIFIC.fullmatch(text)
    if found is None:
        return text.split(".")[0][:-_LOST_DIGITS] + "*" * _LOST_DIGITS
    n_digits = min(int(found[3]) + 1, 18)
    reliable = (found[1] + (found[2] or ""))[: max(n_digits - _LOST_DIGITS, 1)]
    return reliable + "*" * (n_digits - len(reliable))


def uscc_check_digit(first17: str) -> str:
    """Check character of a unified social credit code (GB 32100-2015, MOD 31); 17 characters of its alphabet."""
    return str(uscc.calc_check_digit(first17))


def is_valid_uscc(text: str | None) -> bool:
    """Is it an 18-character credit code whose check character is right? Null is not."""
    return text is not None and bool(_CREDIT_CODE.fullmatch(text)) and uscc_check_digit(text[:17]) == text[17]


def has_forbidden_letter(text: str) -> bool:
    """Is it 18 characters with a letter that credit codes never use (I, O, Z, S, V)?"""
    return len(text) == 18 and _NOT_IN_CREDIT_CODES.search(text) is not None


def regno_check_digit(first14: str) -> str:
    """Check digit of a 15-digit registration number (GS 15-2006, MOD 11,10); 14 digits, else ValueError."""
    return str(mod_11_10.calc_check_digit(first14))


def is_valid_regno(text: str | None) -> bool:
    """Is it a 15-digit registration number whose check digit is right? Null is not."""
    return text is not None and bool(_REG_NO.fullmatch(text)) and regno_check_digit(text[:14]) == text[14]

"""How is a cell of each type read? One reader per ValueType, from text to canonical text and, if need be, a reason.

A reader sees one distinct cell: its text and whether it was stored as a number. Nothing here refuses a row; a value
that cannot be read becomes None with a reason from the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.field import Field, ValueType
from data.contracts.reason import Reason
from data.contracts.reasons.cells import (
    CODE_UNKNOWN,
    DATE_AMBIGUOUS,
    DATE_LUNAR,
    DATE_UNREADABLE,
    ID_INVALID,
    ID_PRECISION_LOSS,
    LANDLINE,
    NAME_NOTE,
    NAME_UNUSUAL,
    NUMBER_INVALID,
    PHONE_UNREADABLE,
    VALUE_UNREADABLE,
)
from data.model import IdStatus
from data.values.columns import map_unique
from data.values.dates import from_serial, is_lunar, parse_partial_date
from data.values.identifiers import clean_id, damaged_id, id_status, is_valid_regno, is_valid_uscc, mask_lost_digits
from data.values.name_notes import split_name
from data.values.phones import parse_phones
from data.values.text import clean_text, fold_width

Read = tuple[str | None, Reason | None]
_NOTHING: Read = (None, None)
_NOT_IN_A_NAME = re.compile(r"[0-9*()\[\]【】]|某|先生|女士|同志")
_SEXES = {"男": "男", "男性": "男", "1": "男", "M": "男", "女": "女", "女性": "女", "2": "女", "F": "女"}
_SEX_UNKNOWN = frozenset(("0", "9", "未说明", "未知的性别"))
_YES = ("是", "有", "已", "到", "出席", "参加", "在", "√", "✓", "✔", "对", "Y", "YES", "1", "TRUE", "T")
_NO = ("否", "不", "未", "没", "缺席", "请假", "非", "×", "✗", "✘", "N", "NO", "0", "FALSE", "F")
_INTEGER = re.compile(r"(\d{1,12})(?:\.0+)?(?:人|名|天|日|个|年度?)?")
_SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?")
_MONTH_AS_NUMBER = re.compile(r"((?:18|19|20)\d\d)\.1")


@dataclass(frozen=True)
class Context:
    """What reading depends on besides the cell: the day of the run, the code tables of the source, and whether the
    file is text, where a number was never more than its digits."""

    as_of: date
    codes: Mapping[str, tuple[tuple[str, str], ...]]
    is_text_file: bool = False


@dataclass(frozen=True)
class Column:
    """A column as read: values (text or None), reasons (Reason or None), statuses for identity numbers, and asides:
    what the cell holds that belongs into another column (the note beside a name, the landline beside a mobile)."""

    values: pd.Series
    reasons: pd.Series
    statuses: pd.Series | None = None
    asides: pd.Series | None = None


def read_column(texts: pd.Series, numeric: npt.NDArray[np.bool_], field: Field, context: Context) -> Column:
    """Read a column of cells; the field's reader runs once per distinct text, numbers and texts apart."""
    if field.type is ValueType.ID_NO:
        return _identity_numbers(texts, numeric, context.as_of)
    values, why = _apart(texts, numeric, _reader(field, context))
    return Column(values, why, asides=_asides(texts, values, why, field))


def _asides(texts: pd.Series, values: pd.Series, why: pd.Series, field: Field) -> pd.Series | None:
    """The other half of the few cells that hold more than their field."""
    if field.type is ValueType.NAME:
        return map_unique(texts.mask(why.isna()), lambda text: split_name(text).note)
    if field.type is ValueType.PHONE and field.name == "mobile":
        return map_unique(texts.mask(texts.eq(values)), _landline)
    return None


def _identity_numbers(texts: pd.Series, numeric: npt.NDArray[np.bool_], as_of: date) -> Column:
    def number(text: str, is_number: bool) -> tuple[str | None, IdStatus]:
        return _damaged(text) if is_number else _identity_number(text, as_of)

    values, statuses = _apart(texts, numeric, number)
    statuses = statuses.fillna(IdStatus.MISSING)
    return Column(values, map_unique(statuses, _ID_REASONS.get), map_unique(statuses, str))


def _apart(
    texts: pd.Series, numeric: npt.NDArray[np.bool_], function: Callable[[str, bool], tuple[object, object]]
) -> tuple[pd.Series, pd.Series]:
    """Two columns from a function over (text, was it a number), called once per distinct cell; null gives two nulls."""
    codes, uniques = pd.factorize(texts, use_na_sentinel=True)
    firsts = np.full(2 * len(uniques) + 1, None, dtype=object)
    seconds = firsts.copy()
    # Text k has slot 2k, or 2k+1 where it was a number; null has code -1 and takes the last slot.
    slots = np.where(codes < 0, -1, 2 * codes + numeric)
    for slot in np.unique(slots[slots >= 0]):
        firsts[slot], seconds[slot] = function(uniques[slot // 2], bool(slot % 2))
    return (
        pd.Series(firsts[slots], index=texts.index, dtype=object),
        pd.Series(seconds[slots], index=texts.index, dtype=object),
    )


_ID_REASONS = {
    IdStatus.PRECISION_LOSS: ID_PRECISION_LOSS,
    IdStatus.LENGTH: ID_INVALID,
    IdStatus.CHARSET: ID_INVALID,
    IdStatus.CHECKSUM: ID_INVALID,
    IdStatus.DATE: ID_INVALID,
    IdStatus.FUTURE: ID_INVALID,
}


def _damaged(text: str) -> tuple[str | None, IdStatus]:
    """A number cell is never an identity number: what is left of it, for a hint (domain §3.5)."""
    return damaged_id(float(text)), IdStatus.PRECISION_LOSS


def _identity_number(text: str, as_of: date) -> tuple[str | None, IdStatus]:
    number = clean_id(text)
    status = id_status(number, as_of)
    if number is not None and status is IdStatus.PRECISION_LOSS:
        return mask_lost_digits(number), status
    return number, status


def _reader(field: Field, context: Context) -> Callable[[str, bool], Read]:
    """The reader of a field's type."""
    match field.type:
        case ValueType.NAME:
            return lambda text, _: _name(text)
        case ValueType.SEX:
            return lambda text, _: _sex(text)
        case ValueType.DATE:
            return lambda text, is_number: _date(text, is_number, field, context)
        case ValueType.PHONE:
            return lambda text, _: _phone(text, mobile_only=field.name == "mobile")
        case ValueType.INTEGER:
            return lambda text, _: _integer(text)
        case ValueType.YES_NO:
            return lambda text, _: _yes_no(text)
        case ValueType.CREDIT_CODE | ValueType.REG_NO:
            return lambda text, is_number: _business_number(text)
        case ValueType.CODE:
            table = code_table(context.codes.get(field.name) or field.codes)
            return lambda text, _: _code(text, table)
        case _:
            return lambda text, _: (clean_text(text), None)


def _name(text: str) -> Read:
    person = split_name(text)
    name = person.name
    if name is None:
        return _NOTHING
    if not any(character.isalpha() for character in name):
        return None, NAME_UNUSUAL
    if _NOT_IN_A_NAME.search(name):
        return name, NAME_UNUSUAL
    return name, NAME_NOTE if person.is_split else None


def _sex(text: str) -> Read:
    word = (clean_text(text) or "").upper().replace(" ", "")
    sex = _SEXES.get(word)
    return sex, None if sex or not word or word in _SEX_UNKNOWN else VALUE_UNREADABLE


def _date(text: str, is_number: bool, field: Field, context: Context) -> Read:
    plain = clean_text(text)
    if plain is None:
        return _NOTHING
    if is_number and (found := _MONTH_AS_NUMBER.fullmatch(plain)):
        return found[1], DATE_AMBIGUOUS
    # What is paid ahead may be of next year; everything else has happened.
    newest = date(context.as_of.year + 1, 12, 31) if field.may_be_future else context.as_of
    iso = parse_partial_date(plain, newest=newest)
    if iso is None and (is_number or context.is_text_file) and _SERIAL.fullmatch(plain):
        serial = from_serial(float(plain))
        # A text file does not say that a number was a date: only a day that can have been counts.
        iso = serial if is_number or (serial or "9") <= context.as_of.isoformat() else None
    if iso is None:
        return None, DATE_UNREADABLE
    return iso, DATE_LUNAR if not plain.isascii() and is_lunar(plain) else None


def _phone(text: str, *, mobile_only: bool) -> Read:
    numbers = parse_phones(text)
    wanted = [number for number in numbers if not mobile_only or _is_mobile(number)]
    if wanted:
        return wanted[0], None
    if numbers:
        return None, LANDLINE
    return None, PHONE_UNREADABLE if clean_text(text) else None


def _landline(text: str) -> str | None:
    """The first number of a cell that is no mobile number."""
    return next((number for number in parse_phones(text) if not _is_mobile(number)), None)


def _is_mobile(number: str) -> bool:
    return len(number) == 11 and number[0] == "1"


def _integer(text: str) -> Read:
    plain = clean_text(text)
    if plain is None:
        return _NOTHING
    found = _INTEGER.fullmatch(plain.replace(",", "").replace(" ", ""))
    return (str(int(found[1])), None) if found else (None, VALUE_UNREADABLE)


def _yes_no(text: str) -> Read:
    """是, 是（2015.3）, √, 1 ... -> yes; 否, 未参加, 0 ... -> no. 无 in such a column is a no, not a blank."""
    word = fold_width(text).strip().upper()
    if word in ("无", "没有"):
        return "no", None
    plain = (clean_text(text) or "").upper()
    if not plain:
        return _NOTHING
    for answer, words in (("no", _NO), ("yes", _YES)):
        if any(plain == word or (not word.isascii() and plain.startswith(word)) for word in words):
            return answer, None
    return None, VALUE_UNREADABLE


def _business_number(text: str) -> Read:
    """A credit code or registration number in one spelling; which of the two it is, its length says."""
    number = clean_id(text)
    if number is None:
        return _NOTHING
    return number, None if is_valid_uscc(number) or is_valid_regno(number) else NUMBER_INVALID


def code_key(text: str) -> str:
    """How labels of code tables are compared: half-width, upper case, no spaces."""
    return re.sub(r"\s+", "", fold_width(text)).upper()


def code_table(codes: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Label or code as written -> canonical value, under `code_key`."""
    return {code_key(label): value for label, value in codes}


def _code(text: str, table: Mapping[str, str]) -> Read:
    """By label, then by label without its note in brackets; 无 is a blank."""
    key = code_key(text)
    value = table.get(key) or table.get(re.sub(r"\(.*\)$", "", key))
    if value is None and clean_text(text) is not None:
        return None, CODE_UNKNOWN
    return value, None

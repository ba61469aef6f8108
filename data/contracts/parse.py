"""How is a cell of each type read? One reader per ValueType, from text to canonical text and, if need be, a reason.

A reader sees one distinct cell: its text and whether it was stored as a number. Nothing here refuses a row; a value
that cannot be read becomes None with a reason from the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from data.contracts.field import Field, ValueType
from data.contracts.parse_numbers import read_integer, read_sum
from data.contracts.reason import Reason
from data.contracts.reasons.cells import (
    CODE_LETTERS,
    CODE_UNKNOWN,
    DATE_AMBIGUOUS,
    DATE_DAY_OR_MONTH,
    DATE_IMPOSSIBLE_DAY,
    DATE_LUNAR,
    DATE_RANGE,
    DATE_UNREADABLE,
    ID_DIGIT_DROPPED,
    ID_INVALID,
    ID_NOTE,
    ID_PRECISION_LOSS,
    LANDLINE,
    NAME_NOTE,
    NAME_UNUSUAL,
    NUMBER_INVALID,
    PHONE_UNREADABLE,
    VALUE_UNREADABLE,
)
from data.model import IdStatus
from data.values.dates import DAYS_TO_1904, Doubt, from_serial, read_date
from data.values.identifiers import (
    clean_id,
    damaged_id,
    has_forbidden_letter,
    id_note,
    id_status,
    is_valid_regno,
    is_valid_uscc,
    lacks_digits,
    mask_lost_digits,
)
from data.values.name_notes import split_name
from data.values.phones import parse_phones
from data.values.text import clean_text, fold_width

Read = tuple[str | None, Reason | None]
_NOTHING: Read = (None, None)
#: Ways of writing a day that are kept as read.
_KEPT_DATES = 2**17
_NOT_IN_A_NAME = re.compile(r"[0-9*()\[\]【】]|某|先生|女士|同志")
_SEXES = {"男": "男", "男性": "男", "1": "男", "M": "男", "女": "女", "女性": "女", "2": "女", "F": "女"}
_SEX_UNKNOWN = frozenset(("0", "9", "未说明", "未知的性别"))
_YES = ("是", "有", "已", "到", "出席", "参加", "在", "√", "✓", "✔", "对", "Y", "YES", "1", "TRUE", "T")
_NO = ("否", "不", "未", "没", "缺席", "请假", "非", "×", "✗", "✘", "N", "NO", "0", "FALSE", "F")
_SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?")
_MONTH_AS_NUMBER = re.compile(r"((?:18|19|20)?\d\d)\.1")
#: A number of 15 digits, as identity numbers had until 1999: a spreadsheet keeps every one of 15.
_KEPT_WHOLE = re.compile(r"[1-9]\d{14}")


@dataclass(frozen=True)
class Context:
    """What reading depends on besides the cell: the day of the run, the code tables of the source, whether the file
    is text, where a number was never more than its digits, and whether its days count from 1904."""

    as_of: date
    codes: Mapping[str, tuple[tuple[str, str], ...]]
    is_text_file: bool = False
    is_1904: bool = False


class Cell(NamedTuple):
    """A cell as read: its value (None: none), why to remark on it, the status of an identity number, and its aside:
    what it holds that belongs into another column (the note beside a name, the landline beside a mobile)."""

    value: str | None
    reason: Reason | None = None
    status: IdStatus | None = None
    aside: str | None = None


#: Text of a cell, and whether it was stored as a number -> the cell as read.
CellReader = Callable[[str, bool], Cell]


def cell_reader(field: Field, context: Context) -> CellReader:
    """The reader of a field: slow and careful, for cells that are not regular."""
    if field.type is ValueType.ID_NO:
        return lambda text, is_number: _identity_number(text, is_number, context.as_of)
    read = _reader(field, context)
    match field.type:
        case ValueType.NAME:
            return lambda text, is_number: _with_note(Cell(*read(text, is_number)), text)
        case ValueType.PHONE if field.name == "mobile":
            return lambda text, is_number: _with_landline(Cell(*read(text, is_number)), text)
        case _:
            return lambda text, is_number: Cell(*read(text, is_number))


def _with_note(cell: Cell, text: str) -> Cell:
    return cell._replace(aside=split_name(text).note) if cell.reason else cell


def _with_landline(cell: Cell, text: str) -> Cell:
    return cell if cell.value == text else cell._replace(aside=_landline(text))


_ID_REASONS = {
    IdStatus.PRECISION_LOSS: ID_PRECISION_LOSS,
    IdStatus.LENGTH: ID_INVALID,
    IdStatus.CHARSET: ID_INVALID,
    IdStatus.CHECKSUM: ID_INVALID,
    IdStatus.DATE: ID_INVALID,
    IdStatus.FUTURE: ID_INVALID,
}


def _identity_number(text: str, is_number: bool, as_of: date) -> Cell:
    if is_number and not _KEPT_WHOLE.fullmatch(text):
        # A number cell never holds 18 digits: what is left of them is a hint (domain §3.5).
        return Cell(damaged_id(float(text)), ID_PRECISION_LOSS, IdStatus.PRECISION_LOSS)
    number = clean_id(text)
    status = id_status(number, as_of)
    if number is not None and status is IdStatus.PRECISION_LOSS:
        number = mask_lost_digits(number)
    reason = _ID_REASONS.get(status)
    if number is not None and status is IdStatus.LENGTH and lacks_digits(number):
        reason = ID_DIGIT_DROPPED
    aside = id_note(text) if number != text else None
    return Cell(number, reason or (ID_NOTE if aside else None), status, aside)


def _reader(field: Field, context: Context) -> Callable[[str, bool], Read]:
    """The reader of a field's type."""
    match field.type:
        case ValueType.NAME:
            return lambda text, _: _name(text)
        case ValueType.SEX:
            return lambda text, _: _sex(text)
        case ValueType.DATE:
            rules = _date_rules(field, context)
            return lambda text, is_number: _date(text, is_number, rules)
        case ValueType.PHONE:
            return lambda text, _: _phone(text, mobile_only=field.name == "mobile")
        case ValueType.INTEGER:
            return lambda text, _: read_integer(text)
        case ValueType.AMOUNT:
            return lambda text, _: read_sum(text)
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


_DATE_DOUBTS = {
    Doubt.LUNAR: DATE_LUNAR,
    Doubt.IMPOSSIBLE_DAY: DATE_IMPOSSIBLE_DAY,
    Doubt.RANGE: DATE_RANGE,
    Doubt.DAY_OR_MONTH: DATE_DAY_OR_MONTH,
}


class _DateRules(NamedTuple):
    """What reading a date depends on besides the cell."""

    as_of: date
    newest: date
    is_text_file: bool
    is_1904: bool


def _date_rules(field: Field, context: Context) -> _DateRules:
    # What is paid ahead may be of next year; everything else has happened.
    newest = date(context.as_of.year + 1, 12, 31) if field.may_be_future else context.as_of
    return _DateRules(context.as_of, newest, context.is_text_file, context.is_1904)


@lru_cache(maxsize=_KEPT_DATES)
def _date(text: str, is_number: bool, rules: _DateRules) -> Read:
    """Kept from table to table: the sheets of a province's towns are small and full of the same days."""
    plain = clean_text(text)
    if plain is None:
        return _NOTHING
    if is_number and (found := _MONTH_AS_NUMBER.fullmatch(plain)):
        year = read_date(f"{found[1]}年", newest=rules.newest).iso
        return year, DATE_AMBIGUOUS if year else DATE_UNREADABLE
    iso, doubt = read_date(plain, newest=rules.newest)
    if iso is None and (is_number or rules.is_text_file) and _SERIAL.fullmatch(plain):
        serial = from_serial(float(plain) + (DAYS_TO_1904 if rules.is_1904 else 0))
        # A text file does not say that a number was a date: only a day that can have been counts.
        iso = serial if is_number or (serial or "9") <= rules.as_of.isoformat() else None
    if iso is None:
        return None, DATE_UNREADABLE
    return iso, _DATE_DOUBTS[doubt] if doubt else None


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
    if is_valid_uscc(number) or is_valid_regno(number):
        return number, None
    return number, CODE_LETTERS if has_forbidden_letter(number) else NUMBER_INVALID


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

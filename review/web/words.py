"""The words of the pages: English in the code, Chinese from Babel's catalogue, compiled in memory when first used."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import NullTranslations, Translations

from data.words import Language, language

CATALOGUE = Path(__file__).parent / "locale" / "zh" / "LC_MESSAGES" / "desk.po"
_LOCALES: dict[Language, str] = {"zh": "zh_Hans_CN", "en": "en_GB"}
_HERE = ZoneInfo("Asia/Shanghai")


def read_catalogue() -> Catalog:
    """The Chinese catalogue as it stands in the file."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans_CN")


@cache
def translations(which: Language) -> NullTranslations:
    """Translations of a language; English is what stands in the code."""
    if which == "en":
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_catalogue())
    compiled.seek(0)
    return Translations(compiled)


def gettext(text: str) -> str:
    """The text in the reader's language."""
    return str(translations(language()).ugettext(text))


def ngettext(one: str, many: str, n: int) -> str:
    """The text for n things in the reader's language."""
    return str(translations(language()).ungettext(one, many, n))


def day(value: date | None) -> str:
    """A date as the reader writes it; nothing for null."""
    return "" if value is None else format_date(value, "long" if language() == "zh" else "medium", _locale())


def moment(value: datetime | None) -> str:
    """A moment in Hainan's time; nothing for null."""
    return "" if value is None else format_datetime(value, "yyyy-MM-dd HH:mm", tzinfo=_HERE, locale=_locale())


def number(value: float | None) -> str:
    """A number with separators; nothing for null."""
    return "" if value is None else format_decimal(value, locale=_locale())


def percent(value: float | None) -> str:
    """A share with one decimal; nothing for null."""
    return "" if value is None else format_percent(value, "0.0%", locale=_locale())


def _locale() -> str:
    return _LOCALES[language()]

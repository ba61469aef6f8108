"""What is one entry of the catalogue? A code with what is wrong and what to do about it, in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from data.errors import SourceFileError
from data.words import tr

_FACT = re.compile(r"\\\{\w+\\\}")


class Level(StrEnum):
    """What follows from a reason: the row or file cannot be used, a person should look, or it is merely told."""

    REJECTED = "rejected"
    CHECK = "check"
    NOTE = "note"

    @property
    def word(self) -> str:
        """The word for it in the reader's language."""
        return tr(*_TITLES[self])


_TITLES = {
    Level.REJECTED: ("退回", "rejected"),
    Level.CHECK: ("请核对", "check"),
    Level.NOTE: ("提示", "note"),
}


@dataclass(frozen=True)
class Reason:
    """One code of the catalogue. zh, en: what is wrong, with `{facts}` to fill in; todo_zh, todo_en: what to do.

    is_note: usually nobody has to do anything about it.
    """

    code: str
    zh: str
    en: str
    todo_zh: str
    todo_en: str
    is_note: bool = False

    @property
    def level(self) -> Level:
        """E codes reject a row or a file; W codes keep it."""
        if self.code.startswith("E"):
            return Level.REJECTED
        return Level.NOTE if self.is_note else Level.CHECK

    def message(self, **facts: object) -> str:
        """What is wrong and what to do, in the reader's language."""
        wrong, todo = tr(self.zh, self.en), tr(self.todo_zh, self.todo_en)
        return tr(f"{wrong}。{todo}", f"{wrong}. {todo}").format(**facts)

    def split(self, message: str) -> tuple[str, str]:
        """A message of this reason, in either language, taken apart again: what is wrong, what to do."""
        for todo, stop in ((self.todo_zh, "。"), (self.todo_en, ". ")):
            if found := _tail(stop + todo).search(message):
                return message[: found.start()], found[0].removeprefix(stop)
        return message, ""

    def refuse(self, source: str, where: str, **facts: object) -> SourceFileError:
        """The error that stops one file."""
        return SourceFileError(source, where, f"[{self.code}] {self.message(**facts)}")


@lru_cache(maxsize=256)
def _tail(todo: str) -> re.Pattern[str]:
    """The end of a message that says what to do, whatever facts were filled in."""
    return re.compile(_FACT.sub(".*", re.escape(todo)) + r"\Z", re.DOTALL)

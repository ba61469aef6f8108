"""What is one entry of the catalogue? A code with what is wrong and what to do about it, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from data.errors import SourceFileError
from data.words import tr


@dataclass(frozen=True)
class Reason:
    """One code of the catalogue. zh, en: what is wrong, with `{facts}` to fill in; todo_zh, todo_en: what to do."""

    code: str
    zh: str
    en: str
    todo_zh: str
    todo_en: str

    def message(self, **facts: object) -> str:
        """What is wrong and what to do, in the reader's language; ends with the code for look-up."""
        wrong, todo = tr(self.zh, self.en), tr(self.todo_zh, self.todo_en)
        return tr(f"{wrong}。{todo}", f"{wrong}. {todo}").format(**facts)

    def refuse(self, source: str, where: str, **facts: object) -> SourceFileError:
        """The error that stops one file."""
        return SourceFileError(source, where, f"[{self.code}] {self.message(**facts)}")

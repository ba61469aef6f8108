"""How are the text files of the corpus written? As plain bytes, in the encodings and dialects that offices use."""

from __future__ import annotations

import csv
import io

from tests.corpus.people import Rows


def delimited(rows: Rows, encoding: str = "utf-8", delimiter: str = ",", newline: str = "\r\n") -> bytes:
    """Rows as text, quoted where needed; a number as a spreadsheet would show it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline)
    writer.writerows([[f"{cell:g}" if isinstance(cell, float) else cell for cell in cells] for cells in rows])
    return text.getvalue().encode(encoding)


def lines(*texts: str, encoding: str = "utf-8", newline: str = "\n") -> bytes:
    """Lines as they stand."""
    return "".join(text + newline for text in texts).encode(encoding)

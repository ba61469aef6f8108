"""How are xls, et, ods, web pages and protected workbooks written? By LibreOffice without a window.

Needs `soffice`, and a system Python with its UNO bridge; only `python -m tests.corpus.build` comes here, tests never.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

#: LibreOffice's own names of the formats.
FILTERS = {
    "xls": "MS Excel 97",
    "xlsx": "Calc MS Excel 2007 XML",
    "ods": "calc8",
    "html": "HTML (StarCalc)",
    "pdf": "calc_pdf_Export",
}
_SCRIPT = Path(__file__).with_name("uno_store.py")
_SYSTEM = "/usr/local/bin:/usr/bin"


def converted(data: bytes, suffix: str, password: str | None = None) -> bytes:
    """A workbook (xlsx bytes) as LibreOffice stores it in another format, protected where a password is given."""
    python = shutil.which("python3", path=_SYSTEM)
    office = shutil.which("soffice")
    if python is None or office is None:
        raise FileNotFoundError("LibreOffice with its UNO bridge")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.xlsx"), Path(folder, f"out.{suffix}")
        source.write_bytes(data)
        command = [python, str(_SCRIPT), office, str(source), str(target), FILTERS[suffix], password or ""]
        subprocess.run(command, check=True, timeout=120, stdout=sys.stderr)
        return target.read_bytes()

"""Store a workbook in another format through LibreOffice's UNO bridge; run by office.py with the system's Python.

Arguments: soffice, source, target, name of the filter, password (may be empty).
"""

from __future__ import annotations

import pathlib
import subprocess
import sys
import tempfile
import time

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import NamedValue, PropertyValue  # type: ignore[import-not-found]


def _property(name: str, value: object) -> object:
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def _secret(filter_name: str, password: str) -> object:
    """What each format takes for a password; the old xls takes the key itself, which nobody needs to know again."""
    if filter_name == "calc8":
        return _property("Password", password)
    secret = [NamedValue("OOXPassword", password)]
    if filter_name == "MS Excel 97":
        key, identity = (uno.ByteSequence(bytes(range(first, first + 16))) for first in (1, 101))
        secret = [NamedValue("STD97EncryptionKey", key), NamedValue("STD97UniqueID", identity)]
    typed = uno.Any("[]com.sun.star.beans.NamedValue", tuple(secret))
    return _property("EncryptionData", typed)


def _desktop(pipe: str) -> object:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(300):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001 - the office says in many ways that it is not up yet
            time.sleep(0.2)
        else:
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    raise TimeoutError("soffice did not start")


def _store(office: object, source: str, target: str, filter_name: str, password: str) -> None:
    """Load, store, close."""
    book = office.loadComponentFromURL(  # type: ignore[attr-defined]
        pathlib.Path(source).as_uri(), "_blank", 0, (_property("Hidden", True),)
    )
    wanted = [_property("FilterName", filter_name)]
    if password:
        wanted.append(_secret(filter_name, password))
    book.storeToURL(pathlib.Path(target).as_uri(), tuple(wanted))
    book.close(True)


def main(office: str, source: str, target: str, filter_name: str, password: str) -> None:
    """An office of its own for one file, ended whatever happens."""
    with tempfile.TemporaryDirectory() as profile:
        pipe = f"longlou-{pathlib.Path(profile).name}"
        place, listen = f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;"
        started = subprocess.Popen([office, place, "--headless", "--norestore", listen], stderr=subprocess.DEVNULL)
        desktop = _desktop(pipe)
        try:
            _store(desktop, source, target, filter_name, password)
        finally:
            desktop.terminate()  # type: ignore[attr-defined]
            started.wait(60)


if __name__ == "__main__":
    main(*sys.argv[1:])

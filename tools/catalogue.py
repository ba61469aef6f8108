"""The words of the pages: collects them from code and templates into the Chinese catalogue, and says what is missing.

`python -m tools.catalogue` brings the file up to date; a new word stands there without translation until somebody
writes it. `--check` changes nothing: what `make check` runs.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from review.web.words import CATALOGUE, read_catalogue

_ROOT = Path(__file__).parent.parent / "review"
_METHODS = [("web/templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
_OPTIONS = {"web/templates/**.html": {"trimmed": "true", "silent": "false"}}
_KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2)}


def collected() -> Catalog:
    """The catalogue as code and templates want it, with the translations there are."""
    found = extract_from_dir(str(_ROOT), _METHODS, _OPTIONS, keywords=_KEYWORDS)
    template = Catalog(project="longlou", charset="utf-8")
    for name, _line, message, comments, context in sorted(found, key=lambda entry: (entry[0], entry[1])):
        template.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    catalogue = read_catalogue() if CATALOGUE.exists() else Catalog(locale="zh_Hans_CN")
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def text_of(catalogue: Catalog) -> str:
    """The file, without a date that changes every day and without line numbers."""
    file = BytesIO()
    write_po(file, catalogue, width=120, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=1; plural=0;\\n"\n\n'
    return header + file.getvalue().decode()


def problems() -> list[str]:
    """Words without translation, and a file that is not what collecting would write."""
    catalogue = collected()
    texts = (message for message in catalogue if message.id)
    missing = [str(m.id) for m in texts if not (all(m.string) if isinstance(m.string, tuple | list) else m.string)]
    found = [f"no translation: {text}" for text in missing]
    if CATALOGUE.read_text(encoding="utf-8") != text_of(catalogue):
        found.append("the catalogue is not up to date: python -m tools.catalogue")
    return found


def main() -> int:
    """Write the catalogue unless `--check`; 1 when something is missing."""
    if "--check" not in sys.argv:
        CATALOGUE.write_text(text_of(collected()), encoding="utf-8")
    found = problems()
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

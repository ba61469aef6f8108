"""The page of an evaluation: tables and charts in one HTML file, without script; a switch from Chinese to English."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from data.model import CLASS_TITLES
from data.words import tr
from reports.evaluation_charts import charts_of
from reports.staging import staged

PAGE = "evaluation.html"
_STYLE = """
body{font-family:sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #bbb;padding:.25rem .6rem;text-align:right}
th:first-child,td:first-child{text-align:left}caption{text-align:left;font-weight:bold;padding:.3rem 0}
svg{max-width:44rem;width:100%;height:auto;display:block;margin:1rem 0}
#en:not(:checked)~.en,#zh:not(:checked)~.zh{display:none}
"""


def write_charts(out: Path, document: dict[str, Any]) -> list[Path]:
    """Write an SVG a chart, in the language in force, and the page with both languages, into `out`, all or none.

    document: of `longlou evaluate`; charts whose figures the run did not keep are left out. Gives the paths.
    """
    language = tr("zh", "en")
    pictures = charts_of(document, language)
    with staged(out) as folder:
        for name, picture in pictures.items():
            (folder / f"{name}.svg").write_text(picture, encoding="utf-8", newline="\n")
        (folder / PAGE).write_text(page(document, language), encoding="utf-8", newline="\n")
    return [*(out / f"{name}.svg" for name in pictures), out / PAGE]


def page(document: dict[str, Any], language: str = "zh") -> str:
    """The page; `language` is the one it opens in."""
    buttons = "".join(
        f'<input type="radio" name="language" id="{code}"{" checked" if code == language else ""}>'
        f'<label for="{code}">{label}</label> '
        for code, label in (("zh", "中文"), ("en", "English"))
    )
    bodies = "".join(f'<main class="{code}" lang="{code}">{_body(document, code)}</main>' for code in ("zh", "en"))
    head = f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>longlou evaluate</title>'
    return f"{head}<style>{_STYLE}</style></head><body>{buttons}{bodies}</body></html>\n"


def _body(document: dict[str, Any], language: str) -> str:
    def word(zh: str, en: str) -> str:
        return zh if language == "zh" else en

    scores = (word("查准率", "precision"), word("查全率", "recall"), "F1")
    title = word("与标准答案对照", "Against known truth")
    measures = {
        word("归并（对）", "links (pairs)"): document["links"],
        "B-cubed": document["bcubed"],
        word("虚假信息", "false entries"): document["false_entries"],
        **{_class(name, language): found for name, found in sorted(document["classes"]["per_class"].items())},
    }
    rows = [(name, *(_share(found[key]) for key in ("precision", "recall", "f1"))) for name, found in measures.items()]
    strata = [(kind, _share(found["f1"]), f"{found['n']:,}") for kind, found in sorted(document["strata"].items())]
    parts = [
        f"<h1>{escape(title)}</h1>",
        _table(word("总体和各类", "Overall and by class"), ("", *scores), rows),
        _table(word("其他", "Other figures"), ("", word("数值", "figure")), _others(document, language)),
        _table(word("按错误类型", "By kind of error"), ("", "F1", word("对数", "pairs")), strata),
        *charts_of(document, language).values(),
    ]
    if document.get("calibration"):
        header = (word("比特", "bits"), word("预测", "predicted"), word("实际", "true"), word("对数", "pairs"))
        bands = [
            (f"{b['from_bits']:g} … {b['to_bits']:g}", _share(b["predicted"]), _share(b["true_share"]), f"{b['n']:,}")
            for b in document["calibration"]["bands"]
        ]
        parts.append(_table(word("概率与实际", "Probability and truth"), header, bands))
    return "".join(parts)


def _others(document: dict[str, Any], language: str) -> list[tuple[str, str]]:
    """Single figures; those the run did not keep are told as a dash."""
    best = (document.get("thresholds") or {}).get("best") or {}
    unlinkable = document.get("unlinkables") or {}
    n_poor = unlinkable["n_unlinkable"] + unlinkable["n_unguarded"] if unlinkable else None
    rows = (
        ("分块查全率", "blocking recall", document["blocking"]["recall"]),
        ("分类正确率", "class accuracy", document["classes"]["accuracy"]),
        ("主体类型正确率", "accuracy of where members work", (document.get("populations") or {}).get("accuracy")),
        ("误剔条数", "decoys struck", document["false_entries"]["n_decoys_struck"]),
        ("F1 最高的门槛（比特）", "threshold of the best F1 (bits)", best.get("threshold")),
        ("该门槛的 F1", "its F1", best.get("f1")),
        ("Brier 分（0 最好）", "Brier score (0 is best)", (document.get("calibration") or {}).get("brier")),
        ("无法归并的记录", "unlinkable records", n_poor),
    )
    return [(zh if language == "zh" else en, _share(value)) for zh, en, value in rows]


def _table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><tr>{head}</tr>{lines}</table>"


def _class(name: str, language: str) -> str:
    """A class as the ledgers call it; as it is written in English."""
    titles = {str(code): title for code, title in CLASS_TITLES.items()}
    return titles.get(name, name) if language == "zh" else name


def _share(value: float | None) -> str:
    if value is None:
        return "—"
    return f"{value:,}" if isinstance(value, int) else f"{value:.4f}"

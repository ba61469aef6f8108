"""`longlou evaluate`: a run against known truth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from data.words import tr
from longlou.terminal import Terminal
from longlou.truth import evaluate_run


def evaluate(
    context: typer.Context,
    run: Annotated[Path, typer.Option("--run", help="reconcile 的结果文件夹。 Folder of a run.")],
    truth: Annotated[Path, typer.Option("--truth", help="标准答案文件夹。 Folder of the truth.")],
    json: Annotated[bool, typer.Option("--json", help="标准输出一份 JSON。 One JSON document on stdout.")] = False,
) -> None:
    """与标准答案对照：归并、分类、虚假信息的查准率、查全率和 F1。 Precision, recall and F1 against known truth."""
    terminal: Terminal = context.obj
    document = evaluate_run(run, truth)
    if json:
        terminal.document(document)
    else:
        _show(terminal, document)


def _show(terminal: Terminal, document: dict[str, Any]) -> None:
    header = ("", tr("查准率", "precision"), tr("查全率", "recall"), "F1")
    measures = ((tr("归并（对）", "links (pairs)"), "links"), ("B-cubed", "bcubed"))
    rows = [(title, *_figures(document[key])) for title, key in measures]
    false = document["false_entries"]
    rows.append((tr("虚假信息", "false entries"), *_figures(false)))
    rows += [(name, *_figures(figures)) for name, figures in sorted(document["classes"]["per_class"].items())]
    terminal.table(tr("与标准答案对照", "Against known truth"), header, rows)
    terminal.say(
        tr(
            f"分块查全率 {document['blocking']['recall']:.4f}，分类正确率 {document['classes']['accuracy']:.4f}，"
            f"误剔 {false['n_decoys_struck']} 条",
            f"blocking recall {document['blocking']['recall']:.4f}, class accuracy "
            f"{document['classes']['accuracy']:.4f}, decoys struck {false['n_decoys_struck']}",
        )
    )
    strata = [(kind, f"{figures['f1']:.4f}", int(figures["n"])) for kind, figures in sorted(document["strata"].items())]
    terminal.table(tr("按错误类型", "By kind of error"), (tr("类型", "kind"), "F1", tr("对数", "pairs")), strata)


def _figures(figures: dict[str, float]) -> tuple[str, str, str]:
    return (f"{figures['precision']:.4f}", f"{figures['recall']:.4f}", f"{figures['f1']:.4f}")

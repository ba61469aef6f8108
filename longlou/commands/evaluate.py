"""`longlou evaluate`: a run against known truth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from data.words import tr
from longlou.terminal import Terminal


def evaluate(
    context: typer.Context,
    run: Annotated[Path, typer.Option("--run", help="reconcile 的结果文件夹。 Folder of a run.")],
    truth: Annotated[Path, typer.Option("--truth", help="标准答案文件夹。 Folder of the truth.")],
    charts: Annotated[
        Path | None, typer.Option("--charts", help="图表（SVG）和网页写到哪里。 Folder for charts and a page.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="标准输出一份 JSON。 One JSON document on stdout.")] = False,
) -> None:
    """与标准答案对照：归并、分类、虚假信息的查准率、查全率和 F1。 Precision, recall and F1 against known truth."""
    # Matching takes a second to import: only the commands that match pay for it.
    from longlou.truth import evaluate_run
    from reports.evaluation_page import write_charts

    terminal: Terminal = context.obj
    document = evaluate_run(run, truth)
    written = [] if charts is None else write_charts(charts, document)
    if json:
        terminal.document(document)
        return
    _show(terminal, document)
    if written:
        terminal.say(tr(f"图表见 {written[-1]}", f"charts: {written[-1]}"))


def _show(terminal: Terminal, document: dict[str, Any]) -> None:
    header = ("", tr("查准率", "precision"), tr("查全率", "recall"), "F1")
    measures = ((tr("归并（对）", "links (pairs)"), "links"), ("B-cubed", "bcubed"))
    rows = [(title, *_figures(document[key])) for title, key in measures]
    false = document["false_entries"]
    rows.append((tr("虚假信息", "false entries"), *_figures(false)))
    rows += [(name, *_figures(figures)) for name, figures in sorted(document["classes"]["per_class"].items())]
    terminal.table(tr("与标准答案对照", "Against known truth"), header, rows)
    blocking, accuracy = _share(document["blocking"]["recall"]), _share(document["classes"]["accuracy"])
    at_work = _share((document["populations"] or {}).get("accuracy"))
    terminal.say(
        tr(
            f"分块查全率 {blocking}，分类正确率 {accuracy}，主体类型正确率 {at_work}，"
            f"误剔 {false['n_decoys_struck']} 条",
            f"blocking recall {blocking}, class accuracy {accuracy}, where members work {at_work}, "
            f"decoys struck {false['n_decoys_struck']}",
        )
    )
    _show_weights(terminal, document)
    strata = [(kind, f"{figures['f1']:.4f}", int(figures["n"])) for kind, figures in sorted(document["strata"].items())]
    terminal.table(tr("按错误类型", "By kind of error"), (tr("类型", "kind"), "F1", tr("对数", "pairs")), strata)


def _show_weights(terminal: Terminal, document: dict[str, Any]) -> None:
    """What weights and probabilities are worth; nothing of a run that kept none."""
    thresholds, calibration, unlinkable = (document[key] for key in ("thresholds", "calibration", "unlinkables"))
    if thresholds and thresholds["best"]:
        best = thresholds["best"]
        terminal.say(
            tr(
                f"单看权重，门槛 {best['threshold']:.1f} 比特时 F1 最高（{best['f1']:.4f}）；"
                f"Brier 分 {calibration['brier']:.4f}",
                f"by weight alone F1 is highest from {best['threshold']:.1f} bits ({best['f1']:.4f}); "
                f"Brier score {calibration['brier']:.4f}",
            )
        )
    if unlinkable:
        n_poor, n = unlinkable["n_unlinkable"] + unlinkable["n_unguarded"], unlinkable["n_members"]
        terminal.say(
            tr(
                f"党员侧 {n:,} 条记录中有 {n_poor:,} 条信息太少，与自身相比也归并不了",
                f"{n_poor:,} of {n:,} member-side records say too little to be linked even to themselves",
            )
        )


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.4f}"


def _figures(figures: dict[str, float]) -> tuple[str, str, str]:
    return (f"{figures['precision']:.4f}", f"{figures['recall']:.4f}", f"{figures['f1']:.4f}")

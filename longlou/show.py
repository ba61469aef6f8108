"""How a result looks at a terminal: the class table, the false entries, the queue, where the files are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.model import CLASS_TITLES, POPULATION_TITLES, Population, PrimaryClass, QueueKind
from data.words import tr
from longlou.terminal import Terminal

_CLASS_EN = {name: name.value for name in PrimaryClass}
QUEUE_TITLES = {
    QueueKind.MATCH: ("是不是同一人", "same person?"),
    QueueKind.FALSE_ENTRY: ("虚假信息待审定", "false entries to uphold or dismiss"),
    QueueKind.CLUSTER: ("疑似两人合并", "clusters to split"),
    QueueKind.CONFLICT: ("相互矛盾", "contradictions"),
    QueueKind.CLASSIFICATION: ("类别待确认", "classes to confirm"),
    QueueKind.FORMATION: ("组建建议待定", "organisations to form"),
}


def show_summary(terminal: Terminal, summary: Mapping[str, Any], out: Path) -> None:
    """Print what a bureau asks first, then where to read on."""
    show_classes(terminal, summary)
    show_false_entries(terminal, summary)
    rows = [(tr(*QUEUE_TITLES[QueueKind(kind)]), int(n)) for kind, n in summary["queue"].items()]
    terminal.table(tr("复核清单", "Review queue"), (tr("问题", "question"), tr("条数", "items")), rows)
    for source, intake in summary["intake"].items():
        if intake["unknown_columns"]:
            headers = "、".join(intake["unknown_columns"])
            terminal.say(tr(f"来源“{source}”未采用的列：{headers}", f"source “{source}”: columns not taken: {headers}"))
    seconds = {step["name"]: step["seconds"] for step in summary["steps"]}
    engine = seconds.get("prefect_start", 0.0)
    total, peak = sum(seconds.values()), max(step["peak_mb"] for step in summary["steps"])
    terminal.say(
        tr(
            f"用时 {total:.1f} 秒（其中 Prefect 启动 {engine:.1f} 秒），内存峰值 {peak:,.0f} MB",
            f"{total:.1f} s, of which Prefect's start {engine:.1f} s; peak memory {peak:,.0f} MB",
        )
    )
    terminal.say(tr(f"台账、复核清单和明细见 {out}", f"ledgers, review queue and tables: {out}"))


def show_classes(terminal: Terminal, summary: Mapping[str, Any]) -> None:
    """The class table: a line a population, a column a class."""
    classes = summary["classes"]
    shown = [population for population in Population if any(classes.get(population, {}).values())]
    rows = [
        (
            tr(POPULATION_TITLES[population], population.value),
            *(int(classes[population].get(name, 0)) for name in PrimaryClass),
            sum(int(n) for n in classes[population].values()),
        )
        for population in shown
    ]
    header = [
        tr("在哪里工作", "population"),
        *(tr(CLASS_TITLES[c], _CLASS_EN[c]) for c in PrimaryClass),
        tr("合计", "all"),
    ]
    terminal.table(tr(f"党员分类（截至 {summary['as_of']}）", f"Members by class on {summary['as_of']}"), header, rows)


def show_false_entries(terminal: Terminal, summary: Mapping[str, Any]) -> None:
    """False entries proposed, by reason."""
    rows = [(code, int(n)) for code, n in sorted(summary["false_entries"].items())]
    if rows:
        title = tr("建议剔除的虚假信息（待审定）", "False entries proposed, to be decided")
        terminal.table(title, (tr("原因", "reason"), tr("条数", "entries")), rows)


def show_claims(terminal: Terminal, document: Mapping[str, Any]) -> None:
    """The Longlou check: before, struck out by reason, after."""
    before, false = int(document["n_claims"]), int(document["n_false"])
    terminal.say(
        tr(
            f"核查前 {before} 条，建议剔除虚假信息 {false} 条，核查后 {before - false} 条"
            f"（确认 {document['n_confirmed']} 条，待人工核实 {document['n_review']} 条）",
            f"before {before}, false {false}, after {before - false} "
            f"({document['n_confirmed']} confirmed, {document['n_review']} to be reviewed)",
        )
    )
    rows = [(code, int(n)) for code, n in sorted(document["reasons"].items())]
    if rows:
        terminal.table(tr("原因", "Reasons"), (tr("原因代码", "code"), tr("条数", "claims")), rows)

"""`longlou link`: any two tables, or the duplicates of one, as a specification declares."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from data.settings import load_settings
from data.words import tr
from longlou.terminal import Terminal

#: Digits of a weight that show every grain of a bit (1/1024); a probability needs as many.
_DECIMALS = 10


def link(
    context: typer.Context,
    *,
    spec: Annotated[
        Path, typer.Argument(metavar="SPEC.toml", help="链接规格，见 docs/linking.md。 The specification.")
    ],
    left: Annotated[Path, typer.Argument(help="第一张表：CSV、Excel 或 Parquet。 The first table.")],
    right: Annotated[Path | None, typer.Argument(help="第二张表；查重时不写。 The second one; none to dedupe.")] = None,
    out: Annotated[Path, typer.Option("--out", metavar="PAIRS.csv", help="结果。 Where the pairs go.")],
    truth: Annotated[Path | None, typer.Option("--truth", help="标准答案：两个编号，或编号和簇。 Known truth.")] = None,
    clusters: Annotated[
        Path | None, typer.Option("--clusters", help="查重：每条记录的簇。 Cluster of each row.")
    ] = None,
    memory_mb: Annotated[
        int | None, typer.Option("--memory-mb", min=128, help="内存预算（MB）。 Memory budget; settings otherwise.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="标准输出一份 JSON。 One JSON document on stdout.")] = False,
) -> None:
    """按规格链接两张表，或在一张表里查重。 Links any two tables, or finds the duplicates of one."""
    from data.memory import give_back_soon
    from longlou.link_tables import TableAhead

    give_back_soon()
    terminal: Terminal = context.obj
    started = time.perf_counter()
    tables = [TableAhead(path) for path in (left, right) if path is not None]
    # Matching takes a second to import: only the commands that match pay for it.
    from longlou.linking import Paths, link_document, refuse_misfit, resources_of, run_link
    from matching.kernels import load_ahead
    from matching.link.spec import load_link_spec
    from reports.csv_files import write_csv

    load_ahead()
    declared = load_link_spec(spec)
    refuse_misfit(declared, right, clusters)
    resources = resources_of(load_settings(), memory_mb)
    result, scores = run_link(declared, Paths(left, right, truth), tables, resources)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_csv(out, result.pairs.round(_DECIMALS), str)
    if clusters is not None and result.clusters is not None:
        clusters.parent.mkdir(parents=True, exist_ok=True)
        write_csv(clusters, result.clusters)
    document = link_document(result, scores, time.perf_counter() - started)
    if json:
        terminal.document(document)
    else:
        _show(terminal, document, out)


def _show(terminal: Terminal, document: dict[str, Any], out: Path) -> None:
    rows = [
        (name, n, int(document["n_capped_by_rule"][name])) for name, n in sorted(document["n_pairs_by_rule"].items())
    ]
    header = (tr("分块规则", "blocking rule"), tr("候选对", "candidate pairs"), tr("过大未比", "left out, too large"))
    terminal.table(tr("候选对", "Candidate pairs"), header, rows)
    terminal.say(
        tr(
            f"比较 {document['n_pairs']:,} 对，链接 {document['n_links']:,} 对，待复核 {document['n_review']:,} 对；"
            f"门槛 {document['link_threshold']:.1f} 比特；"
            f"{document['seconds']:.1f} 秒，内存峰值 {document['peak_mb']:,.0f} MB",
            f"{document['n_pairs']:,} pairs compared, {document['n_links']:,} links, "
            f"{document['n_review']:,} to review; threshold {document['link_threshold']:.1f} bits; "
            f"{document['seconds']:.1f} s, peak {document['peak_mb']:,.0f} MB",
        )
    )
    if "f1" in document:
        terminal.say(
            tr(
                f"查准率 {document['precision']:.4f}，查全率 {document['recall']:.4f}，F1 {document['f1']:.4f}",
                f"precision {document['precision']:.4f}, recall {document['recall']:.4f}, F1 {document['f1']:.4f}",
            )
        )
    terminal.say(tr(f"结果见 {out}", f"pairs: {out}"))

"""How models and their differences are shown at a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from data.words import tr
from longlou.terminal import Terminal
from matching.spec import MatchSpec, load_spec

if TYPE_CHECKING:
    from flows.models import ActiveModel
    from matching.model_file import ModelFile

#: A weight that moves by less than this many bits is not shown.
_SMALL_SHIFT = 0.05
_METHODS = {"em": ("自学习", "EM"), "judgements": ("依据判定", "judgements")}
_GRADES = {
    "certain": ("确定", "certain"),
    "possible": ("待复核", "possible"),
    "certainly_not": ("不是", "certainly not"),
}
_SCORES = {"log_loss": ("对数损失（比特/对）", "log-loss (bits a pair)"), "brier": ("Brier 分", "Brier score")}


def show_list(
    terminal: Terminal, files: Sequence[ModelFile], active: Mapping[str, ActiveModel], *, is_json: bool
) -> None:
    """All models, newest snapshot last, and where each is in force."""
    rows = [
        {
            "name": file.name,
            "digest": file.digest,
            "method": file.trained_on.method,
            "area": file.trained_on.area,
            "as_of": file.trained_on.as_of.isoformat(),
            "in_force": [area for area, found in active.items() if found.name == file.name],
        }
        for file in files
    ]
    if is_json:
        terminal.document({"models": rows})
        return
    if not rows:
        terminal.say(tr("还没有训练过的模型；每次核对都用出厂模型自学习。", "No model yet: runs use the baseline."))
        return
    header = (
        tr("名称", "name"),
        tr("摘要", "digest"),
        tr("方法", "method"),
        tr("训练于", "trained on"),
        tr("启用", "in force"),
    )
    terminal.table(
        tr("模型", "Models"),
        header,
        [
            (
                row["name"],
                row["digest"],
                tr(*_METHODS[str(row["method"])]),
                f"{row['area']} {row['as_of']}",
                " ".join(row["in_force"]) or "-",
            )
            for row in rows
        ],
    )


def show_model(terminal: Terminal, file: ModelFile, in_force: Sequence[str]) -> None:
    """Every level's m, u, weight and what stands behind it."""
    on = file.trained_on
    n_records = sum(on.n_records.values())
    where = tr("、", ", ").join(in_force) or tr("无", "nowhere")
    terminal.say(
        tr(
            f"模型“{file.name}”（{file.digest}）：{tr(*_METHODS[on.method])}，{on.area}，时点 {on.as_of}，"
            f"{n_records:,} 条记录，{on.n_candidates:,} 对候选；启用：{where}",
            f"Model “{file.name}” ({file.digest}): {tr(*_METHODS[on.method])}, {on.area}, {on.as_of}, "
            f"{n_records:,} records, {on.n_candidates:,} candidate pairs; in force: {where}",
        )
    )
    if on.method == "judgements":
        terminal.say(
            tr(
                f"判定：同一人 {on.n_positive:,} 对，不同人 {on.n_negative:,} 对；基础模型 {on.base}",
                f"Judgements: {on.n_positive:,} positive, {on.n_negative:,} negative; shrunk to {on.base}",
            )
        )
    header = (
        tr("比较", "comparison"),
        tr("级别", "level"),
        "m",
        "u",
        tr("权重（比特）", "weight (bits)"),
        "±",
        tr("见到的链接", "links seen"),
    )
    spec = load_spec()
    rows = [
        (
            *words_of(spec, comparison.name, level.name),
            f"{level.m:.4f}",
            f"{level.u:.2g}",
            f"{level.weight:+.2f}",
            level.deviation,
            round(level.n_links),
        )
        for comparison in file.comparisons
        for level in comparison.levels
    ]
    terminal.table(tr("权重", "Weights"), header, rows)
    titles = {cause.name: tr(cause.title, cause.name) for cause in spec.shared_causes}
    causes = [
        (titles.get(cause.name, cause.name), f"{cause.share:.2g}", round(cause.n_pairs)) for cause in file.shared_causes
    ]
    terminal.table(
        tr("同因", "Shared causes"),
        (tr("原因", "cause"), tr("占非同一人对", "share"), tr("候选中约", "candidates")),
        causes,
    )


def words_of(spec: MatchSpec, comparison: str, level: str) -> tuple[str, str]:
    """Titles of a comparison and a level in the language in force; their names where this version has none."""
    for known in spec.comparisons:
        if known.name == comparison and level in {one.name for one in known.levels}:
            return tr(known.title, comparison), tr(known.levels[known.level(level)].word or "相同", level)
    return (tr("先验", "prior"), "") if comparison == "prior" else (comparison, level)


def show_comparison(terminal: Terminal, document: Mapping[str, Any]) -> None:
    """Counts of both, the changes, the weights that moved, the held-out scores."""
    a, b = document["a"], document["b"]
    counts = (
        (tr("确定对", "certain pairs"), "n_links"),
        (tr("待复核对", "pairs to review"), "n_to_review"),
        (tr("人", "persons"), "n_persons"),
        (tr("冲突", "conflicts"), "n_conflicts"),
    )
    header = ("", f"A {a['name']}", f"B {b['name']}")
    terminal.table(tr("结果", "Results"), header, [(title, a[key], b[key]) for title, key in counts])
    moves = [(tr(*_GRADES[row["grade_a"]]), tr(*_GRADES[row["grade_b"]]), row["n"]) for row in document["changes"]]
    if moves:
        terminal.table(tr("结论改变的对", "Pairs that change grade"), ("A", "B", tr("对数", "pairs")), moves)
    else:
        terminal.say(tr("没有一对的结论改变。", "No pair changes its grade."))
    spec = load_spec()
    shifts = [
        (
            *words_of(spec, row["comparison"], row["level"]),
            f"{row['weight_a']:+.2f}",
            f"{row['weight_b']:+.2f}",
            f"{row['shift']:+.2f}",
        )
        for row in document["weights"]
        if abs(row["shift"]) >= _SMALL_SHIFT
    ]
    if shifts:
        title = (tr("比较", "comparison"), tr("级别", "level"), "A", "B", tr("变化（比特）", "shift (bits)"))
        terminal.table(tr("移动的权重", "Weights that move"), title, shifts)
    _show_held_out(terminal, document["held_out"])


def _show_held_out(terminal: Terminal, scores: Mapping[str, Any] | None) -> None:
    if scores is None:
        terminal.say(tr("没有留作检验的判定，无从比较预测好坏。", "No held-out judgements to compare predictions on."))
        return
    rows = [
        (tr(*_SCORES[name]), *(_interval(scores[name][side]) for side in ("a", "b", "difference"))) for name in _SCORES
    ]
    terminal.table(
        tr(
            f"留出的 {scores['n']:,} 对判定（越小越好，括号内为 95% 区间）",
            f"{scores['n']:,} held-out judgements (less is better, 95 % intervals)",
        ),
        ("", "A", "B", "B − A"),
        rows,
    )


def _interval(found: Mapping[str, float]) -> str:
    return f"{found['mean']:.4f} ({found['low']:.4f} … {found['high']:.4f})"

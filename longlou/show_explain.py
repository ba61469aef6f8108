"""How is an explanation shown? Records with their places, pairs with their bars; as tables or as one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from data.words import tr
from flows.models import ChosenModel
from longlou.finished_run import FinishedRun
from longlou.terminal import Terminal
from matching import explain_words as words
from matching.explain import Bar
from matching.explain_person import Why
from matching.explain_refusal import WhyNot
from matching.spec import MatchSpec


def why_document(found: Why, run: FinishedRun) -> dict[str, Any]:
    """The `--json` document of a person."""
    records = [{"unique_id": record, **run.place(record)} for record in found.records]
    weakest = asdict(found.weakest) if found.weakest else None
    return {**asdict(found), "records": records, "weakest": weakest}


def refusal_document(found: WhyNot, run: FinishedRun) -> dict[str, Any]:
    """The `--json` document of two records."""
    places = {side: run.place(record) for side, record in (("l", found.unique_id_l), ("r", found.unique_id_r))}
    return {**asdict(found), "place_l": places["l"], "place_r": places["r"]}


def models_document(run: FinishedRun, in_force: ChosenModel) -> dict[str, Any]:
    """Which model weighed the pairs of the run, which one is in force for its area now, and are they one?"""
    now = in_force.describe()
    return {"of_run": run.model, "in_force": now, "is_same": run.model["digest"] == now["digest"]}


def show_models(terminal: Terminal, models: Mapping[str, Any]) -> None:
    """The same for people."""
    of_run, now = (_model(models[which]) for which in ("of_run", "in_force"))
    terminal.say(tr(f"模型：{of_run}", f"Model: {of_run}"))
    if not models["is_same"]:
        terminal.say(
            tr(
                f"现行模型是 {now}：分数仍是当时的，门槛和规则按现行模型解释",
                f"The model in force is {now} now: the scores are those of the run, thresholds and guards are told as "
                "they are now",
            )
        )


def _model(described: Mapping[str, Any]) -> str:
    frozen = tr("已冻结", "frozen") if described["is_frozen"] else tr("每次从本批记录学习", "learns from each run")
    return f"{described['name']} {described['version']}（{frozen}，{described['digest']}）"


def show_why(terminal: Terminal, found: Why, run: FinishedRun) -> None:
    """What holds the records of a person together."""
    if found.person_id is None:
        terminal.say(tr("该记录没有对应到任何党员", "this record matched no member"))
    rows = [(record, _place(run, record)) for record in found.records]
    title = tr(f"人员 {found.person_id or '—'} 的记录", f"Records of person {found.person_id or '—'}")
    terminal.table(title, (tr("编号", "record"), tr("来源", "where")), rows)
    if found.held_by:
        held = [
            (pair.unique_id_l, pair.unique_id_r, f"{pair.match_weight:.2f}", _decided(pair.decided_by), pair.match_key)
            for pair in found.held_by
        ]
        header = ("", "", tr("比特", "bits"), tr("谁认定", "decided by"), tr("依据", "why"))
        terminal.table(tr("由这些对连在一起", "Held together by"), header, held)
        terminal.say(tr(f"此外还有 {found.n_other_pairs} 对相符", f"{found.n_other_pairs} more pairs agree"))


def show_refusal(terminal: Terminal, found: WhyNot, run: FinishedRun, spec: MatchSpec) -> None:
    """What kept two records apart, or joined them."""
    rows = [
        (record, person or "—", _place(run, record))
        for record, person in ((found.unique_id_l, found.person_id_l), (found.unique_id_r, found.person_id_r))
    ]
    header = (tr("编号", "record"), tr("人员", "person"), tr("来源", "where"))
    terminal.table(tr("比较", "Compared"), header, rows)
    if found.is_one_person:
        terminal.say(tr("两条记录是同一人", "the two records are one person"))
        return
    if found.heaviest:
        bars = [(*_bar(bar, spec), f"{bar.bits:+.2f}") for bar in found.bars]
        bars.append((tr("合计", "sum"), "", f"{found.match_weight:+.2f}"))
        title = tr(f"最重的一对：{'，'.join(found.heaviest)}", f"The heaviest pair: {', '.join(found.heaviest)}")
        terminal.table(title, (tr("项目", "comparison"), tr("关系", "relation"), tr("比特", "bits")), bars)
        terminal.say(found.match_key)
    terminal.say(tr("不是同一人，因为：", "Not one person, because:"))
    for obstacle in found.obstacles:
        is_told = obstacle.bits is None or obstacle.code == "weight"
        bits = "" if is_told else tr(f"（{obstacle.bits:+.2f} 比特）", f" ({obstacle.bits:+.2f} bits)")
        terminal.say(f"  {obstacle.unique_id_l}，{obstacle.unique_id_r}：{obstacle.text}{bits}")
    for rule in found.rules:
        terminal.say(f"    {rule.said()}")


def _bar(bar: Bar, spec: MatchSpec) -> tuple[str, str]:
    if bar.level is None:
        return tr(bar.title, bar.comparison.replace("_", " ")), ""
    compared = spec.comparison(bar.comparison)
    return words.comparison(compared), words.relation(bar.relation) or words.level(compared, bar.level)


def _decided(by: str) -> str:
    return tr("复核人员", "analyst") if by == "analyst" else tr("模型", "model")


def _place(run: FinishedRun, unique_id: str) -> str:
    place = run.place(unique_id)
    sheet = f" {place['source_sheet']}" if place["source_sheet"] else ""
    return f"{place['source']}：{place['source_file']}{sheet} {place['source_row']}"

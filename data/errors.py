"""The errors a user can meet: each builds its own message, names file, sheet, row and field, never a member's value.

The exit code of the command line is on the class, so that one handler at the front door serves all.
"""

from __future__ import annotations

from data.words import tr


class LonglouError(Exception):
    """Base of every error shown without a traceback."""

    exit_code = 1


class ConfigError(LonglouError):
    """Settings, `sources.toml` or a command's arguments are wrong."""

    exit_code = 2


class InputRefused(LonglouError):
    """A contract refused the input; nothing was written."""

    exit_code = 3


class SourceFileError(InputRefused):
    """One file cannot be used. `where` names file and sheet, `problem` says what is wrong and what to do."""

    def __init__(self, source: str, where: str, problem: str) -> None:
        super().__init__(tr(f"来源“{source}”，{where}：{problem}", f"source “{source}”, {where}: {problem}"))
        self.source, self.where, self.problem = source, where, problem


class ManifestRefused(InputRefused):
    """A feed does not declare controller, purpose, legal basis and retention, or its retention date has passed."""

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(tr(f"来源“{source}”的数据清单：{problem}", f"manifest of source “{source}”: {problem}"))
        self.source, self.problem = source, problem


class TooManyPairs(LonglouError):
    """A blocking rule makes more candidate pairs than the budget allows."""

    def __init__(self, blocking_rule: str, n_pairs: int, budget: int) -> None:
        super().__init__(
            tr(
                f"分块规则“{blocking_rule}”产生 {n_pairs:,} 对候选，超过预算 {budget:,} 对",
                f"blocking rule “{blocking_rule}” makes {n_pairs:,} candidate pairs, over the budget of {budget:,}",
            )
        )
        self.blocking_rule, self.n_pairs, self.budget = blocking_rule, n_pairs, budget


class RuleFailed(LonglouError):
    """A rule raised; the run stops and the rule is named."""

    def __init__(self, rule_code: str, reason: str) -> None:
        super().__init__(tr(f"规则 {rule_code} 出错：{reason}", f"rule {rule_code} failed: {reason}"))
        self.rule_code, self.reason = rule_code, reason


class RunLocked(LonglouError):
    """Another run holds the lock of the area."""

    exit_code = 5

    def __init__(self, area: str, holder: str) -> None:
        super().__init__(
            tr(
                f"区划 {area} 正有另一次核对在运行（{holder}），请稍后再试",
                f"another run ({holder}) holds the lock of area {area}; try again later",
            )
        )
        self.area, self.holder = area, holder


class StoreUnavailable(LonglouError):
    """The database did not answer; worth trying again."""


class DiskFull(LonglouError):
    """There is no room to write; nothing was published, and trying again without making room is of no use."""

    def __init__(self, where: str) -> None:
        super().__init__(
            tr(
                f"{where}空间不足或写不进去：什么都没有发布，腾出空间后重新运行即可",
                f"no room on {where}, or it cannot be written: nothing was published; make room and run again",
            )
        )
        self.where = where


class SourceUnavailable(LonglouError):
    """A source did not answer, or broke off; worth trying again. `problem` says what happened and what to do."""

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(tr(f"来源“{source}”：{problem}", f"source “{source}”: {problem}"))
        self.source, self.problem = source, problem


class InvalidTransition(LonglouError):
    """A queue item or a judgement cannot move from its state to the one asked for."""

    def __init__(self, item: str, state: str, wanted: str) -> None:
        super().__init__(
            tr(f"{item} 现为“{state}”，不能转为“{wanted}”", f"{item} is “{state}” and cannot become “{wanted}”")
        )
        self.item, self.state, self.wanted = item, state, wanted

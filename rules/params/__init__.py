"""Which numbers do the rules use, since when, and why those? Rule sets with dates, from validated TOML."""

from rules.params.rule_sets import Params, load_params, rule_sets
from rules.params.threshold import Choice, Section, Threshold

__all__ = ["Choice", "Params", "Section", "Threshold", "load_params", "rule_sets"]

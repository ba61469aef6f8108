"""How fast is it, how much memory does it take, how right is it: beside named peers, in the same run, as ratios.

`python -m bench.county` measures a synthetic county; docs/benchmarks.md says what the figures mean.
"""

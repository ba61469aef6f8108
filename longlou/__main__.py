"""`python -m longlou`: the same command line."""

from __future__ import annotations

from longlou.main import main

main()

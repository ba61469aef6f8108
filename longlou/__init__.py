"""The front door: the command line."""

import gc

# The collector would walk all that is imported dozens of times, a third of a second; little here is ever a cycle.
gc.set_threshold(100_000, 50, 50)

"""Why was a file, a header, a cell or a row refused or remarked on? One catalogue of codes, texts and remedies.

E1 file, E2 header, E4 row, E5 query or endpoint: refused.
W1 file, W2 header, W3 cell: accepted, but somebody should know; no cell alone
refuses anything. Texts may name file, sheet, column and row; never the value of a cell. docs/generated/messages.md
shows the catalogue, and the command line, the workbook of problems and the web take their words from it.
"""

from __future__ import annotations

from data.contracts.reason import Reason
from data.contracts.reasons import cells, files, headers, layout, pulls, rows

_ALL = (*files.REASONS, *layout.REASONS, *headers.REASONS, *rows.REASONS, *cells.REASONS, *pulls.REASONS)
#: The whole catalogue in the order of codes; the code is the key of `reason_code` columns.
REASONS: tuple[Reason, ...] = tuple(sorted(_ALL, key=lambda reason: reason.code))

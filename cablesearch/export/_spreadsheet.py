"""What spreadsheets can hold."""

from __future__ import annotations

MAX_CELL = 32_767  # characters of a cell of Excel, in UTF-16 code units; it breaks a longer one into two rows
MAX_ROWS = 1_048_576  # of a sheet


def fit_cell(text: str) -> str:
    """Return a text that fits a cell: a longer one is cut, and says by how much."""
    if len(text) * 2 <= MAX_CELL or _units(text) <= MAX_CELL:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (MAX_CELL - 60)].decode("utf-16-le", "ignore")
    return f"{kept} … [cut here: {len(text) - len(kept):,} more characters]"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

"""The tantivy engine: an archive on one machine, built in minutes and queried in milliseconds."""

from .engine import ENGINE

__all__ = ["ENGINE"]

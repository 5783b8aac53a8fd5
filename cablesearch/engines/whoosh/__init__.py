"""The whoosh engine: pure Python, for collections of some thousands of paragraphs."""

from .engine import ENGINE

__all__ = ["ENGINE"]

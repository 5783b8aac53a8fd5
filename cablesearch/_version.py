"""The version of cablesearch."""

__version__ = "0.1.0"

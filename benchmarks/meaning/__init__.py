"""Measures searching by meaning."""

"""The nearest paragraphs, compared with all distances computed one by one."""

from __future__ import annotations

WORDS = ["salt", "fish", "reform", "river", "bank", "vote", "ship", "army", "grain", "radio", "road", "coal"]

"""What a web site puts below a text, as it is in a browser's copy: buttons, forms, comments, links."""

from __future__ import annotations

import re

# Whole lines that no drafter writes, in any case but as `_matches` excludes.
_SITE = (
    r"(?:post|leave|write|add) a (?:comment|reply|response)\b.*",
    r".{0,60}\btrackbacks?\b.{0,60}",
    r"(?:share|like|tweet|rate|e-?mail|print) this(?: post| page| article| entry)?:?",
    r"(?:like )?loading\s?(?:\.\.\.|…)",
    r"like:|%d bloggers like this:?|connecting to %s",
    r"fill in your details below\b.*",
    r"you are commenting using\b.*",
    r".{0,60}\bwordpress\.com\b.{0,60}",
    r"(?:blog at|(?:proudly )?powered by) \w+\.?",
    r"notify me of (?:new|follow-?up)\b.*",
    r"your e-?mail address will not be published\b.*",
    r"required fields are marked\b.*",
    r"save my name,.*",
    r"(?:no comments|\d+ (?:comments?|responses?|replies|thoughts?))(?: (?:on|to|so far|yet)\b.*)?",
    r"comments (?:are closed|feed|rss)\b.*",
    r"(?:this entry was posted|posted|filed|tagged) (?:in|on|under|with)\b:? .{1,80}",
    r"bookmark the permalink\b.*",
    r"[←→].{0,120}|.{0,120}[←→]|« (?:older|previous|back)\b.{0,80}|.{0,80}\b(?:newer|next|more) »",
    r"(?:previous|next|older|newer) (?:posts?|entry|entries|article)\b.{0,80}",
    r"(?:related|recent) (?:posts|articles|stories|cables|comments):?",
    r"courage is contagious\b.*",
    r"wikileaks(?: link| logo|\.org)?",
    r"keep us strong",
    r"viewing cable .*",
    r"to understand the justification used\b.*",
    r"(?:discussing|understanding) cables",
    r"every cable message consists\b.*",
    r"if you find meaningful\b.*",
    r"if you are new to these pages\b.*",
    r"please mark messages for social\b.*",
    r"browse (?:by|latest)\b.{0,40}",
    r"community resources",
    r"(?:follow us on|(?:twitter|digg) this)\b.{0,40}",
    r"help (?:us )?(?:to )?(?:extend|expand)\b.*",
    r"copyright\b.{0,120}|©.*|.{0,80}\ball rights reserved\b.{0,40}",
    r"privacy policy\b.*|terms of (?:use|service)\b.{0,80}",
    r"report this ad|advertisements?|back to top",
    r"show headers|raw content",
)
# Lines that a cable may have too: they are the site's next to one of its own lines, or at the very end.
_PERHAPS = (
    r"share|print|tweet|e-?mail|reply|like|comments?(?: \(\d+\))?|related:?|metadata|tags?:?|categories",
    r"facebook|twitter|google\+|reddit|tumblr|pinterest|linkedin|whatsapp|telegram|digg|stumbleupon",
    r"archives|home|about|contact|search(?: for)?:?|menu|meta|blogroll|log ?in|log out|subscribe|rss",
    r"hash ?tags?|permalink|website|",
)

_SITE_LINE = re.compile("|".join(_SITE), re.IGNORECASE)
_PERHAPS_LINE = re.compile("|".join((*_SITE, *_PERHAPS)), re.IGNORECASE)
_MARKED = re.compile(r"[ \t]*\d{1,2}[ \t]*\.[ \t]*\([A-Z]")  # a paragraph of the cable: "2. (C) ..."
_MAX_LINE = 400  # characters of a site's line


def strip_site(text: str) -> str:
    """Return a text without the site's lines below it.

    They begin at the first line that is plainly the site's, after the start of the last marked paragraph.
    """
    lines = text.split("\n")
    last = max((number for number, line in enumerate(lines) if _MARKED.match(line)), default=-1)
    end = next((n for n in range(last + 1, len(lines)) if _matches(_SITE_LINE, lines[n])), len(lines))
    while end > 0 and _matches(_PERHAPS_LINE, lines[end - 1]):
        end -= 1
    return "\n".join(lines[:end])


def _matches(pattern: re.Pattern[str], line: str) -> bool:
    """Whether a whole line matches, and neither continues a sentence nor is in a telegram's capitals."""
    line = line.strip()
    return (
        len(line) <= _MAX_LINE
        and not line[:1].islower()
        and not line.isupper()
        and bool(pattern.fullmatch(line))
    )

"""The calendar: the names of the months, and the century of a year printed with two digits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

# strftime would write them in the reader's language; cables and citations are in English.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# As date-time groups print them: `JAN` is 1.
MONTH_NUMBERS = {name[:3].upper(): number for number, name in enumerate(MONTHS, 1)}

# A cable of 2010, the last that is published, may be kept for 50 years (E.O. 13526, section 3.3 (h)); the
# first dates of declassification are of the 1960s (E.O. 10964 of 1961). A hundred years that hold both.
LAST_DECLASSIFICATION = 2060


class Month(date):
    """A month, where no day is known: sorted and found by its first day, printed as `1959-08`."""

    def isoformat(self) -> str:
        """Return the month without a day."""
        return f"{self.year:04}-{self.month:02}"

    __str__ = isoformat


def exact_time(published: date | None, printed: datetime | None) -> date | None:
    """Return when a cable was sent: the time in its date-time group, where the published day agrees.

    The minutes of published pages are wrong in 638 of 648: they print the month in their place.
    """
    if published is None or printed is None:
        return published or printed
    return (
        printed if (published.year, published.month, published.day) == printed.timetuple()[:3] else published
    )


def parse_iso(text: str) -> date:
    """Return the month, day or moment that ISO 8601 spells.

    >>> parse_iso("1959-08").isoformat(), parse_iso("2007-01-08T12:31").isoformat()
    ('1959-08', '2007-01-08T12:31:00')

    Raises:
        ValueError: it spells none.
    """
    if len(text) == len("1959-08"):
        return Month.fromisoformat(f"{text}-01")
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def periods_between(first: str, last: str) -> Iterator[str]:
    """Yield every year, month or day from one to another.

    >>> [*periods_between("2006-11", "2007-01")]
    ['2006-11', '2006-12', '2007-01']
    """
    if len(first) == len("2007-01-08"):
        days = range(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal() + 1)
        yield from (date.fromordinal(day).isoformat() for day in days)
    elif len(first) == len("2007-01"):
        begin, end = (int(one[:4]) * 12 + int(one[5:]) - 1 for one in (first, last))
        yield from (f"{month // 12:04}-{month % 12 + 1:02}" for month in range(begin, end + 1))
    else:
        yield from (f"{year:04}" for year in range(int(first), int(last) + 1))


def year_sent(printed: int) -> int:
    """Return the year of something that was sent, or has happened: never in the future.

    >>> year_sent(7), year_sent(66), year_sent(1966)
    (2007, 1966, 1966)
    """
    return _full_year(printed, datetime.now(UTC).year)


def year_declassified(printed: int) -> int:
    """Return the year of a declassification, which may lie decades after the cable.

    >>> year_declassified(95), year_declassified(12), year_declassified(27)
    (1995, 2012, 2027)
    """
    return _full_year(printed, LAST_DECLASSIFICATION)


def _full_year(printed: int, latest: int) -> int:
    """Return the last year up to `latest` that ends in two digits; a year of more digits as it is."""
    return printed if printed >= 100 else latest - (latest - printed) % 100

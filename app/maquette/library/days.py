"""Days that people name: today, this week, 2026-03, 2026-03-31; as moments in UTC."""

import datetime
import re

WORDS = ("today", "yesterday", "week", "month", "year")
_CHINESE = {"今天": "today", "昨天": "yesterday", "本周": "week", "本月": "month", "今年": "year"}
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def names_days(text: str) -> bool:
    """Whether `text` names a day, a month, a year, or one of WORDS."""
    return _days(text, datetime.date(2000, 1, 1)) is not None


def moments(text: str, today: datetime.date) -> tuple[str, str]:
    """When the days that `text` names begin and end: two ISO 8601 moments in UTC.

    Days are those of the local time zone; a week begins on Monday.

    Raises:
        ValueError: `names_days(text)` is false.
    """
    days = _days(text, today)
    if days is None:
        raise ValueError(f"{text!r} names no days")
    return _begin(days[0]), _begin(days[1])


def _days(text: str, today: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    """The first day and the day after the last."""
    word = text.casefold()
    one = datetime.timedelta(days=1)
    match _CHINESE.get(word, word):
        case "today":
            return today, today + one
        case "yesterday":
            return today - one, today
        case "week":
            monday = today - today.weekday() * one
            return monday, monday + 7 * one
        case "month":
            return _month(today.year, today.month)
        case "year":
            return datetime.date(today.year, 1, 1), datetime.date(today.year + 1, 1, 1)
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not 1971 <= year <= 2999:
        return None
    try:
        if month is None:
            return datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)
        if day is None:
            return _month(year, month)
        first = datetime.date(year, month, day)
    except ValueError:
        return None
    return first, first + one


def _month(year: int, month: int) -> tuple[datetime.date, datetime.date]:
    first = datetime.date(year, month, 1)
    return first, datetime.date(year + month // 12, month % 12 + 1, 1)


def _begin(day: datetime.date) -> str:
    """Midnight of `day`, local time, in UTC, as records are dated."""
    midnight = datetime.datetime.combine(day, datetime.time()).astimezone()
    return midnight.astimezone(datetime.UTC).isoformat(timespec="seconds")

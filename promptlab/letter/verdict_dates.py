"""Whether a date of a letter is that of the event it is told of."""

import re
from collections.abc import Iterable
from datetime import date

from promptlab.casefile.dates import WEEKDAYS, Day
from promptlab.casefile.facts import DayFact
from promptlab.letter.cues import Cue
from promptlab.letter.judgement import UNSUPPORTED, Ground, Judgement
from promptlab.letter.mentions import Mention
from promptlab.letter.near import linked
from promptlab.messages import _

EVENTS = ("order", "delivery", "invoice", "complaint", "credit", "return", "new", "due", "ours", "received", "refund")
HAPPENED = frozenset({"order", "delivery", "invoice", "complaint"})
_OWN = re.compile(r"(?:^|\n) *(?:fait )?(?:a )?[a-z' -]{0,40},? ?(?:le|ce|date ?:|du) *$|(?:^|\n) *(?:date ?: ?)?$")
_TIE = re.compile(
    r"^[^,;:.\n]{0,65}$|^[^,;:.\n]{0,40}, ?(?:date\w*|en date|passe\w*|recu\w*|emis\w*|etabli\w*|effectu\w*|du|"
    r"le|envoy\w*|adress\w*|expedi\w*|livr\w*|factur\w*|enregistr\w*)\b[^,;:.\n]{0,25}$"
    r"|^[^,;:.\n]{0,50},? (?:soit|donc|c'est-a-dire) (?:\w+ ){0,3}$"
    r"|^[^,;.\n]{0,30}[:(;|,] ?(?:du |le )?$"
)
# "facture n° 879 du": the date is that of the document whose number stands before it.
_NUMBERED = re.compile(
    r"^\.? ?(?:n ?°|no\.?|numero|n)? ?[\w/-]*\d[\w/-]*,? ?\(?(?:(?:datee?|en date|etablie?|emise?|editee?) "
    r")?(?:du|le) $"
)
_ARRIVED = re.compile(r"parven|rece[vp]|recu")
_TOLD_AFTER = re.compile(
    r"^[ ,N]{0,4}(?:dernier,? |courant,? )?(?:et )?(?:vous (?:nous |m'|y )?(?:avez|aviez|passiez|avez donc)|"
    r"nous (?:vous |avons|l'|en )|"
    r"j'ai|la |le |votre |notre |une? |cette |a ete|ont ete|est |date)"
)
_AHEAD = re.compile(
    r"(?:d'ici (?:le|au)|au plus tard|avant le|a (?:partir|compter) du|des le|jusqu'au|pour le|entre le|et le|"
    r"au) ?(?:\w+ )?$"
)


def judge_day(mention: Mention, ground: Ground) -> Judgement:
    """The verdict on one date."""
    day = mention.value
    if not isinstance(day, Day):
        raise TypeError(mention)
    if (impossible := _impossible(day, mention, ground)) is not None:
        return impossible
    if _is_own_date(mention, ground):
        return _own_date(day, ground)
    tied = _tied(mention, ground)
    if not _year_fits(day, ground):
        return _contradicted(tied, ground, _same_day(day, ground))
    same = [fact for fact in ground.facts.days if _is(fact.value, day, ground)]
    tags = {cue.tag for cue in tied}
    if term := _term_told(mention, ground, tied, same):
        return Judgement("proved", term.source)
    if _is_ahead(mention, ground, tags) or (tied and tied[0].tag == "due"):
        begins = ground.context.text[max(0, mention.start - 14) : mention.start].endswith(
            ("compter du ", "partir du ", "compter de ce ")
        )
        return _planned(day, tags, same, ground, start_of_term=begins)
    if same:
        return _known(mention, ground, tied, same)
    if _is_to_come(mention, ground):
        return UNSUPPORTED
    if tags & HAPPENED and any(fact.event in tags for fact in ground.facts.days):
        return _contradicted(tied, ground)
    return UNSUPPORTED


def _term_told(mention: Mention, ground: Ground, tied: list[Cue], same: list[DayFact]) -> DayFact | None:
    """The day of payment, where the sentence spoke of payment before: "l'échéance (30 jours après la facture)"."""
    if tied and _NUMBERED.match(ground.context.text[tied[0].end : mention.start]):
        return None
    term = next((fact for fact in same if fact.event == "due"), None)
    return term if ground.context.before(mention.start, ("due",)) else None


def _known(mention: Mention, ground: Ground, tied: list[Cue], same: list[DayFact]) -> Judgement:
    """The verdict on a day of the case: right where it is that of the event, or of no event in particular."""
    open_ = _open_events(tied)
    fitting = [fact for fact in same if fact.event in open_]
    if fitting:
        return Judgement("proved", fitting[0].source)
    events = {fact.event for fact in same}
    if events == {"told"} and (ground.context.reported(mention.start) or not open_ or "complaint" in open_):
        return Judgement("proved", same[0].source)
    known = [fact for fact in ground.facts.days if fact.event in open_ & HAPPENED | open_ & {"due"}]
    if not open_ or not known:
        if not open_ and events != {"told"}:
            return Judgement("proved", next(fact.source for fact in same if fact.event != "told"))
        return UNSUPPORTED
    if ground.context.contrasted(mention.start) and ground.context.negated(mention.start):
        return Judgement("proved", same[0].source)
    return _contradicted(tied, ground, same)


def _open_events(tied: list[Cue]) -> set[str]:
    """The events whose day fits the words: goods ordered that were received may have the day of either."""
    tags = {cue.tag for cue in tied}
    if tags == {"received"}:
        return {"delivery", "complaint", "order"}
    if "received" in tags and "order" in tags:
        return tags | {"delivery"}
    return tags


def _events_of(cue: Cue) -> Iterable[str]:
    return ("complaint", "delivery", "order") if cue.tag == "received" else (cue.tag,)


def _contradicted(tied: list[Cue], ground: Ground, same: Iterable[DayFact] = ()) -> Judgement:
    events = [event for cue in tied for event in _events_of(cue)]
    right = next((fact for event in events for fact in ground.facts.days if fact.event == event), None)
    right = right or next(iter(same), None)
    if right is None:
        return Judgement("contradicted")
    return Judgement("contradicted", right.source, str(right.value))


# ---------------------------------------------------------------- which event it is told of


def _tied(mention: Mention, ground: Ground) -> list[Cue]:
    """The events that a date is told of: those named before it in its noun group, else the one named after it."""
    context = ground.context
    chain = linked(context, mention.start, EVENTS)
    if chain and chain[0].end <= mention.start and context.sentence(chain[0].start) != context.sentence(mention.start):
        return chain
    if letter := _arrived(mention, ground, chain):
        return [letter]
    gap = re.sub(r"(?<=\d)[.,](?=\d)", "", context.text[chain[0].end : mention.start]) if chain else ""
    gap = gap.replace("\n", " ")
    if _NUMBERED.match(gap):
        return chain[:1]
    if chain and (_TIE.match(gap) or (chain[0].tag == "due" and len(gap) < 90)):
        start = max(context.sentence(mention.start).start, chain[0].start - 12)
        beside = context.within(start, mention.start, ("received",))
        return [*chain, *beside]
    end = context.sentence(mention.start).end
    gap_end = min(end, mention.end + 90)
    after = context.within(mention.end, gap_end, EVENTS)
    if after and not chain and _TOLD_AFTER.match(context.text[mention.end : after[0].start + 1]):
        received = [cue for cue in after[:3] if cue.tag != "received"]
        return received[:1] or after[:1]
    if after and chain and _TOLD_AFTER.match(context.text[mention.end : after[0].start + 1]):
        return [after[0], *chain]
    return []


def _arrived(mention: Mention, ground: Ground, chain: list[Cue]) -> Cue | None:
    """The complaint, where the date is that of its arrival: "votre courriel nous est parvenu le"."""
    context = ground.context
    if not chain or chain[0].tag not in ("delivery", "received"):
        return None
    if not _ARRIVED.match(context.text, chain[0].start):
        return None
    before = context.within(context.sentence(mention.start).start, chain[0].start, EVENTS)
    return before[-1] if before and before[-1].tag == "complaint" else None


def _is_ahead(mention: Mention, ground: Ground, tags: set[str]) -> bool:
    """Whether the date is one of things to come."""
    if tags & {"new", "ours"} or (tags & {"return", "credit", "refund"} and not tags & HAPPENED):
        return True
    text = ground.context.text
    start = ground.context.sentence(mention.start).start
    if _AHEAD.search(text[max(start, mention.start - 25) : mention.start]):
        return True
    future = re.search(
        r"\b\w+(?:erons|irons|drons|errons|ttrons|sera|seront|endra|evra|erez|ssera)\b", text[start : mention.end + 30]
    )
    return bool(future) and not tags & HAPPENED


def _is_to_come(mention: Mention, ground: Ground) -> bool:
    """Whether a day that is none of the case goes with a verb in the future: "passera le 4 décembre"."""
    text = ground.context.text
    sentence = ground.context.sentence(mention.start)
    if re.search(r"\b(?:du|date) $", text[max(0, mention.start - 8) : mention.start]):
        return False
    said = text[sentence.start : mention.start]
    ahead = re.search(r"\b\w+(?:era|erons|eront|erez|ira|irons|iront|ndra|ndrons|ndront|vra|vrons)\b", said)
    return bool(ahead) and not re.search(r"\b(?:avons|avez|ont|ete)\b", said)


def _planned(day: Day, tags: set[str], same: list[DayFact], ground: Ground, *, start_of_term: bool) -> Judgement:
    """The verdict on a day to come: the day of payment follows from the terms, anything else is the writer's plan."""
    due = [fact for fact in ground.facts.days if fact.event == "due"]
    if "due" in tags and due and start_of_term:
        begun = next((fact for fact in same if fact.event in ("invoice", "delivery")), None)
        return Judgement("proved", begun.source) if begun else UNSUPPORTED
    if "due" in tags and due:
        found = next((fact for fact in due if fact in same), None)
        return (
            Judgement("proved", found.source) if found else Judgement("contradicted", due[0].source, str(due[0].value))
        )
    found = next((fact for fact in same if fact.event == "due"), None)
    if found:
        return Judgement("proved", found.source)
    if tags & {"new"} and same and _before_complaint(day, ground):
        return Judgement("contradicted", _("a day before the complaint cannot be promised"))
    return UNSUPPORTED


# ---------------------------------------------------------------- the calendar


def _impossible(day: Day, mention: Mention, ground: Ground) -> Judgement | None:
    """Contradicted where the calendar has no such day, or another day of the week."""
    year = day.year if day.year.isdigit() else ground.year
    try:
        when = date(int(year) if year.isdigit() else 2000, day.month, day.day)
    except ValueError:
        return _contradicted(_tied(mention, ground), ground)
    if mention.weekday is None or not year.isdigit() or mention.weekday == when.weekday():
        return None
    said = _("calendar: {day} is a {weekday}", day=day, weekday=WEEKDAYS[when.weekday()])
    return Judgement("contradicted", said, f"{WEEKDAYS[when.weekday()]} {day}")


def _is(fact: Day, day: Day, ground: Ground) -> bool:
    """Whether a day of the documents is the day written, where the letter's year stands for N."""
    if not fact.same(day):
        return False
    if fact.year.startswith("N") and day.year.isdigit() and ground.year.isdigit():
        return int(day.year) - int(ground.year) == int(fact.year[1:] or 0)
    return True


def _year_fits(day: Day, ground: Ground) -> bool:
    """False where the day is one of the case but in another year."""
    twins = _same_day(day, ground)
    return not twins or any(_is(fact.value, day, ground) for fact in twins)


def _same_day(day: Day, ground: Ground) -> list[DayFact]:
    return [fact for fact in ground.facts.days if (fact.value.day, fact.value.month) == (day.day, day.month)]


def _is_own_date(mention: Mention, ground: Ground) -> bool:
    if ground.body and mention.start > ground.body:
        return False
    text = ground.context.text
    line = text.rfind("\n", 0, mention.start)
    if mention.start - line > 80:
        return False
    end = text.find("\n", mention.end)
    rest = text[mention.end : end if end >= 0 else len(text)].strip(" .,")
    return bool(_OWN.search(text[max(0, line) : mention.start])) and len(rest) < 3


def _own_date(day: Day, ground: Ground) -> Judgement:
    if _before_complaint(day, ground):
        complaint = next(fact for fact in ground.facts.days if fact.event == "complaint")
        return Judgement(
            "contradicted", _("the reply cannot be older than the complaint ({source})", source=complaint.source)
        )
    return Judgement("unsupported", _("the date of the letter itself"))


def _before_complaint(day: Day, ground: Ground) -> bool:
    complaint = next((fact.value for fact in ground.facts.days if fact.event == "complaint"), None)
    if complaint is None:
        return False
    if complaint.year.startswith("N") and day.year.isdigit() and not ground.year.isdigit():
        return False
    base = int(ground.year) if ground.year.isdigit() else 2001
    filled = day if day.year else Day(day.day, day.month, complaint.year)
    try:
        return filled.calendar(base) < complaint.calendar(base)
    except ValueError:
        return False

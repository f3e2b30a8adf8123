"""Whether a duration of a letter is that of the terms of payment, or lies between the two events it is told of."""

import re

from promptlab.casefile.dates import Span
from promptlab.letter.judgement import UNSUPPORTED, Ground, Judgement
from promptlab.letter.mentions import Mention
from promptlab.letter.verdict_dates import EVENTS, HAPPENED


def judge_span(mention: Mention, ground: Ground) -> Judgement:
    """The verdict on one duration: the days of credit where payment is spoken of, else the writer's own plan."""
    span, context = mention.value, ground.context
    if not isinstance(span, Span):
        raise TypeError(mention)
    terms = ground.facts.payment_days
    if (between := _between(span, mention, ground)) is not None:
        return between
    tags = ("due", "return", "new", "refund", "credit", "discount", "novel", "received")
    cues = [*context.before(mention.start, tags)[:1], *context.after(mention.end, tags, clause=False)[:1]]
    cues.sort(key=lambda cue: mention.start - cue.end if cue.end <= mention.start else cue.start - mention.end)
    nearest = cues[0].tag if cues else ""
    known = next(
        (source for days, source in terms if span.days == days or (span.unit == "month" and days == 30 * span.count)),
        "",
    )
    if nearest == "due" or (
        re.search(r"\bvirement a ?$|\ba ?$", context.text[max(0, mention.start - 12) : mention.start])
        and "due" in {cue.tag for cue in cues}
    ):
        if known:
            return Judgement("proved", known)
        if terms and not re.search(r"retard", context.text[context.sentence(mention.start).start : mention.end]):
            return Judgement("contradicted", terms[0][1], f"{terms[0][0]} jours")
        return UNSUPPORTED
    if known and nearest in ("", "discount"):
        return Judgement("proved", known)
    return UNSUPPORTED


def _between(span: Span, mention: Mention, ground: Ground) -> Judgement | None:
    """The verdict on a duration between two events ("six jours après"); None where the words name no two of them."""
    context = ground.context
    if span.days is None or not re.match(r" (?:plus tard|apres|avant)\b", context.text[mention.end : mention.end + 12]):
        return None
    sentence = context.sentence(mention.start)
    told = dict.fromkeys(cue.tag for cue in context.within(sentence.start, sentence.end, EVENTS) if cue.tag in HAPPENED)
    if context.within(sentence.start, sentence.end, ("new", "due", "return")):
        return None
    days = [next((fact for fact in ground.facts.days if fact.event == event), None) for event in told]
    known = [fact for fact in days if fact is not None]
    if len(known) != 2:
        return None
    count = abs((known[0].value.calendar() - known[1].value.calendar()).days)
    source = f"{known[0].source}; {known[1].source}"
    return Judgement("proved", source) if count == span.days else Judgement("contradicted", source, f"{count} jours")

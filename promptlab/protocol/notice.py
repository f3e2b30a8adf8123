"""The notice for the head of the school, on one page: what is stored where, what leaves the machine, until when."""

from dataclasses import dataclass
from pathlib import Path

from promptlab.align.wording import day
from promptlab.messages import _, ngettext
from promptlab.model.case import Case
from promptlab.protocol.page import Block, Page, Paragraph, Run, from_markdown
from promptlab.protocol.texts import filled


@dataclass(frozen=True, slots=True)
class Settings:
    """How this computer is set up: the folder of the pupils' work, how many copies are in it, what is allowed.

    `sessions` that are open, None for all; `live`: pupils may ask `model` at `server` (its host); `nearby` where that
    is on this machine or on the local network. `until` and `made` are ISO dates: how long work is kept, and today.
    """

    home: Path
    classroom: Path
    copies: int = 0
    sessions: tuple[int, ...] | None = None
    live: bool = False
    model: str = ""
    server: str = ""
    nearby: bool = False
    until: str = ""
    made: str = ""


def notice(case: Case, settings: Settings) -> Page:
    """The notice for `case` on a computer with these settings, on one page."""
    locked = case.live_sessions == ()
    which = "live-off" if not settings.live or locked else "live-local" if settings.nearby else "live-away"
    opened = _("all sessions are open")
    if settings.sessions is not None:
        opened = _("open sessions: {numbers}", numbers=", ".join(map(str, settings.sessions)) or "–")
    if settings.live and case.live_sessions is not None:
        opened += _("; live questions in: {numbers}", numbers=", ".join(map(str, case.live_sessions)) or "–")
    live = filled(which, sessions=opened, server=settings.server or "–", model=settings.model or "–")
    text = filled(
        "notice",
        made=day(settings.made),
        title=case.title,
        level=case.level or "–",
        runs=_runs(case),
        home=str(settings.home),
        classroom=str(settings.classroom),
        copies=ngettext("{count} copie", "{count} copies", settings.copies),
        until=day(settings.until),
        live="LIVE",
    )
    blocks = tuple(_with(block, from_markdown(live)[0]) for block in from_markdown(text))
    return Page(_("Notice: personal data and AI in class"), blocks, "fr", compact=True)


def _with(block: Block, live: Block) -> Block:
    return live if block == Paragraph((Run("LIVE"),)) else block


def _runs(case: Case) -> str:
    sources = [answer.provenance for run in case.runs for answer in run.answers]
    models = sorted({source.model for source in sources if source.model})
    if not models:
        return _("none is recorded yet")
    days = sorted({source.day for source in sources if source.collected})
    when = f", {day(days[0])}" if len(days) == 1 else f", {day(days[0])} – {day(days[-1])}" if days else ""
    count = ngettext("{count} answer", "{count} answers", len(sources))
    return f"{count} ({', '.join(models)}{when})"

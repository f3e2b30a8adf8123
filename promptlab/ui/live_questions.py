"""Questions asked of an AI from a panel: where the teacher allows them and this computer has a way to a server."""

import os

from promptlab.ask.access import KEY_VARIABLE, URL_VARIABLE
from promptlab.ask.source import AnswerSource
from promptlab.errors import BadInput
from promptlab.ui.classroom import Classroom, read_classroom
from promptlab.ui.desk import Desk


def live_allowed(desk: Desk, session: int) -> Classroom | None:
    """What the teacher allows to be asked in that session, None where live questions are not possible in it.

    The class file must allow them and have the session open, the case must not keep them to other sessions
    (`[live] sessions` of case.toml), and this computer must know a server.
    """
    locked = desk.case.live_sessions
    if locked is not None and session not in locked:
        return None
    try:
        allowed = read_classroom(desk.home)
    except BadInput:  # the first panel of the notebook says what is wrong with the file
        return None
    server = allowed.base_url or os.environ.get(URL_VARIABLE) or os.environ.get(KEY_VARIABLE)
    return allowed if allowed.live and allowed.is_open(session) and server else None


def source_of(allowed: Classroom, desk: Desk) -> AnswerSource:
    """A source that asks the model that the teacher allows; it refuses personal data but that of the case."""
    from promptlab.ask.live import live_source
    from promptlab.ask.personal import facts_of

    return live_source(allowed.model, base_url=allowed.base_url, known=facts_of(desk.case))

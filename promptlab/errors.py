"""The errors that promptlab raises: each message says what is wrong, where, and what to do next."""

from typing import Any


class PromptlabError(Exception):
    """Base of every error raised on purpose; its text is written for the person at the screen."""


class BadInput(PromptlabError, ValueError):
    """A file, an answer or an option that cannot be used; `problems` are its faults as Problems, if told one by one."""

    problems: tuple[Any, ...] = ()


class CannotWrite(PromptlabError, OSError):
    """A result that could not be saved; whatever stood there before is untouched.

    `elsewhere` tells that another place would help: the command line then names the option for that.
    """

    elsewhere: bool = False


class Conflict(PromptlabError, RuntimeError):
    """A file that someone else has written in the meantime; it was left as it stands."""


class NotRecorded(PromptlabError, LookupError):
    """A prompt that the recorded run does not hold."""


class AskFailed(PromptlabError, ConnectionError):
    """A live request that gave no usable answer."""


class PersonalDataFound(PromptlabError, ValueError):
    """Personal data in what was about to be sent; nothing was sent."""


class MissingTool(PromptlabError, RuntimeError):
    """A program or library that this action needs and that is not installed."""

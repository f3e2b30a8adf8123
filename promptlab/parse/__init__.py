"""Answers in Markdown, or pasted without it, to steps and items."""

from promptlab.parse.answer import parse_answer
from promptlab.parse.as_json import to_json

__all__ = ["parse_answer", "to_json"]

"""The frame of a page: nothing is loaded and nothing runs, whatever its texts hold."""

from functools import cache
from pathlib import Path

from promptlab.files.pages import NOTHING_LOADED
from promptlab.messages import language
from promptlab.table.markup import text


def page(title: str, body: str) -> str:
    """One self-contained HTML page in the language of the screen; `body` is ready HTML."""
    return (
        f'<!doctype html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
        f"{NOTHING_LOADED}\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="generator" content="promptlab">\n'
        f"<title>{text(title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text("utf-8")

"""HTML copied from a chat, or a saved page, to Markdown: nothing is run, nothing is fetched."""

import re
import warnings
from typing import TYPE_CHECKING, NamedTuple

from promptlab.ask.imports.turn import Turn
from promptlab.errors import BadInput
from promptlab.messages import _, ngettext
from promptlab.model.problem import Problem

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

MOST_CHARACTERS = 20_000_000
_TAGS = r"(?:html|head|body|main|div|p|span|ul|ol|li|h[1-6]|strong|em|b|i|a|table|article|section|pre|blockquote)\b"
_START = re.compile(rf"\s*(?:<!--[^<>]*-->\s*|<(?:meta|br)\b[^<>]*>\s*)*<{_TAGS}[^<>]*>", re.IGNORECASE)
_END = re.compile(rf"</{_TAGS}\s*>", re.IGNORECASE)
_DOCUMENT = ("<!doctype html", "<html", "<meta")
# Markdown that was pasted as it is into a page or a document, escaped by the conversion: it was meant as emphasis.
_MARKDOWN_SHOWN = re.compile(r"\\\*\\\*(?=\S)([^\n]+?)(?<=\S)\\\*\\\*")
_NEVER_SHOWN = (
    "script", "style", "noscript", "template", "button", "svg", "iframe", "object", "embed", "input", "textarea",
    "select", "link", "meta", "head", "dialog", "audio", "video", "canvas",
)  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASSES = {"sr-only", "visually-hidden", "cdk-visually-hidden", "katex-html"}
# How the pages of chats mark who speaks: (prompt of the person, answer of the AI).
_SPEAKERS = (
    ('[data-message-author-role="user"]', '[data-message-author-role="assistant"]'),
    ('[data-testid="user-message"]', ".font-claude-message, .font-claude-response"),
    ("user-query", "model-response"),
    ('[data-content="user-message"]', '[data-content="ai-message"]'),
)


class Page(NamedTuple):
    """What a page holds: its turns where it tells who speaks, else one turn without a prompt."""

    turns: tuple[Turn, ...]
    problems: tuple[Problem, ...]


def looks_like_html(text: str) -> bool:
    """Whether `text` is HTML, rather than Markdown with tags in it (`<br>` in its tables, a page as an example)."""
    start = text.lstrip("\ufeff \t\r\n")
    return start[:14].lower().startswith(_DOCUMENT) or bool(_START.match(start) and _END.search(start))


def read_html(content: str | bytes, where: str = "") -> Page:
    """The turns of a page or a copied part of one; bytes are decoded as the page says.

    Scripts, styles, buttons and what is hidden are left out; pictures are told. Raises BadInput, naming `where`, for
    a page without words, one too large, and one nested too deeply to be read.
    """
    if len(content) > MOST_CHARACTERS:
        raise BadInput(_("{where} is too large for a page of answers: copy the answers only.", where=where))
    try:
        page = _parsed(content)
        pictures = _strip(page)
        turns = _turns(page) or (Turn(1, "", _markdown(page)),)
    except RecursionError as error:
        said = _("{where} is nested too deeply to be read: copy the answer as text.", where=where)
        raise BadInput(said) from error
    if not any(turn.text.strip() for turn in turns):
        raise BadInput(_("{where} shows no words: copy the answer from the chat, then try again.", where=where))
    said = ngettext(
        "{count} picture is not in the text: look at it in the chat.",
        "{count} pictures are not in the text: look at them in the chat.",
        pictures,
    )
    return Page(turns, (Problem(said, where),) if pictures else ())


def _parsed(content: str | bytes) -> "BeautifulSoup":
    from bs4 import BeautifulSoup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a text looks like a file name or like XML is no concern here
        # html.parser, since libxml2 leaves out what is nested deeper than 256.
        return BeautifulSoup(content, "html.parser")


def _strip(page: "BeautifulSoup") -> int:
    """Take out what is not shown; gives the number of pictures that stood there."""
    from bs4 import Comment, Declaration, Doctype, ProcessingInstruction

    for comment in page.find_all(string=lambda text: isinstance(text, Comment | Declaration | Doctype
                                                                | ProcessingInstruction)):  # fmt: skip
        comment.extract()
    for tag in page.find_all(_NEVER_SHOWN):
        if not tag.decomposed:
            tag.decompose()
    for tag in page.find_all(_is_hidden):
        if not tag.decomposed:  # it may have stood in one that is gone
            tag.decompose()
    for formula in page.select(".katex"):
        source = formula.find("annotation")
        formula.replace_with(f"${source.get_text()}$" if source else formula.get_text())
    pictures = page.find_all("img")
    for picture in pictures:
        picture.replace_with(str(picture.get("alt") or ""))
    for link in page.find_all("a"):
        if not str(link.get("href") or "").lower().startswith(("http:", "https:", "mailto:")):
            link.unwrap()
    return len(pictures)


def _is_hidden(tag: "Tag") -> bool:
    hidden = tag.has_attr("hidden") or tag.get("aria-hidden") == "true"
    classes = set(tag.get_attribute_list("class"))
    return hidden or bool(_HIDDEN_STYLE.search(str(tag.get("style") or ""))) or bool(_HIDDEN_CLASSES & classes)


def _turns(page: "BeautifulSoup") -> tuple[Turn, ...]:
    """The turns of a page that marks who speaks; () where it does not."""
    for person, model in _SPEAKERS:
        if not page.select_one(model):
            continue
        prompt, answers, turns = "", list[str](), list[Turn]()
        asked = set(map(id, page.select(person)))
        for part in page.select(f"{person}, {model}"):
            if id(part) in asked:
                if answers:
                    turns.append(Turn(len(turns) + 1, prompt, "\n\n".join(answers)))
                prompt, answers = " ".join(part.get_text(" ").split()), []
            else:
                answers.append(_markdown(part))
        if prompt or answers:
            text = "\n\n".join(answers)
            turns.append(Turn(len(turns) + 1, prompt, text, status="complete" if text.strip() else "empty"))
        return tuple(turns)
    return ()


def _markdown(part: "Tag") -> str:
    from markdownify import MarkdownConverter

    text = MarkdownConverter(heading_style="ATX", bullets="-", wrap=False).convert_soup(part)
    text = re.sub(r"[ \t]+\n", "\n", text.replace("\u200b", ""))
    text = _MARKDOWN_SHOWN.sub(r"**\1**", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()

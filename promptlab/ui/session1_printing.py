"""The prompts, answers and analyses of a pupil as one page to print and to keep."""

from pathlib import Path

from promptlab.files.made import write_made
from promptlab.files.pages import NOTHING_LOADED
from promptlab.messages import _, language
from promptlab.model.copie import Copie
from promptlab.table.markup import text as escaped
from promptlab.ui.desk import Desk
from promptlab.ui.session1_analysis import analysis_html
from promptlab.ui.session1_asking import answer_to
from promptlab.ui.session1_prompt import prompt_html
from promptlab.ui.view import File, Node, bar, button, download, group, notice, page, text
from promptlab.ui.work import WorkPanel

_STYLE = """
body { font: 12pt/1.5 Arial, Helvetica, sans-serif; max-width: 48rem; margin: 1rem auto; padding: 0 1rem }
table { border-collapse: collapse } td, th { border: 1px solid #767676; padding: .3rem .5rem; text-align: left }
section { break-before: page } section:first-of-type { break-before: auto }
.step { font-weight: bold; break-after: avoid } .ear { position: absolute; clip-path: inset(50%) }
footer { border-top: 1px solid #767676; margin-top: 2rem }
"""


def answers_page(desk: Desk) -> str:
    """One HTML page, complete in itself: each prompt with its answer and what the pupil thinks of it."""
    title = _("My prompts and their answers: {case}", case=desk.case.title)
    parts = (
        "".join(
            f"<section>{prompt_html(desk, number)}{analysis_html(desk, number)}</section>"
            for number in range(1, len(desk.case.prompts) + 1)
        )
        .replace("<h3>", "<h2>")
        .replace("</h3>", "</h2>")
    )
    note = _("The answers were written by an AI; the prompts and the analyses by the pupil.")
    return (
        f'<!doctype html>\n<html lang="{language()}"><head><meta charset="utf-8">'
        f"{NOTHING_LOADED}"
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escaped(title)}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{escaped(title)}</h1><p>{escaped(desk.who)}</p>{parts}</main>"
        f"<footer><p>{escaped(note)}</p></footer></body></html>\n"
    )


class PrintPanel(WorkPanel):
    """Makes the page, says where it is, and gives it to the browser."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Print and keep"))
        self.made: Path | None = None

    def body(self, copie: Copie) -> Node:
        """What is in the page, and the buttons that make it."""
        wanted = range(1, len(self.at.case.prompts) + 1)
        missing = [number for number in wanted if answer_to(copie, number) is None]
        said = _(
            "Still without an answer: {prompts}.", prompts=", ".join(_("prompt {number}", number=n) for n in missing)
        )
        return group(
            [
                notice("info", text(said)) if missing else None,
                bar(
                    [
                        page(_("Open the page to print"), "open-page", self.page),
                        download(_("Download the page"), "download-page", self.page),
                        button(_("Put the page into my work folder"), "save-page", self.save, tone="plain"),
                    ]
                ),
                notice("ok", text(_("Saved: {path}", path=self.made))) if self.made else None,
                text(_("To print: open the page, then choose Print in the menu of the browser."), tone="soft"),
            ]
        )

    def page(self) -> File:
        """The page as a file."""
        pupils = "+".join(self.copie.pupils)
        name = _("answers-{pupils}.html", pupils=pupils)
        return File(name, answers_page(self.at).encode("utf-8", "backslashreplace"), "text/html")

    def save(self) -> None:
        """Write the page into the folder of the pupil's work; nothing that was changed there is written over."""
        file = self.page()
        (self.made,) = write_made(self.at.home / _("printouts"), [(file.name, file.content)])

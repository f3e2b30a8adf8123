"""The reply to the customer: its text, every fact of it checked with the documents, the file to send."""

from promptlab.errors import BadInput
from promptlab.letter.check import LetterCheck, check_letter
from promptlab.letter.layout import email_text, letter_docx
from promptlab.messages import _, ngettext
from promptlab.model.claim import Claim
from promptlab.model.copie import Copie
from promptlab.table.markup import text as escaped
from promptlab.ui.desk import Desk
from promptlab.ui.session45_reply import WORK, letter_of, medium_of, write_letter
from promptlab.ui.view import (
    File,
    Node,
    bar,
    button,
    details,
    download,
    group,
    heading,
    items,
    notice,
    row,
    sign,
    soft,
    strong,
    table,
    text,
    text_area,
    wide,
)
from promptlab.ui.work import WorkPanel

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SIGNS = {"proved": "✔", "contradicted": "✖", "unsupported": "?"}


def verdicts() -> dict[str, str]:
    """The verdicts on a fact in words."""
    return {"proved": _("proved"), "contradicted": _("contradicted"), "unsupported": _("no document says so")}


class LetterPanel(WorkPanel):
    """The text of the reply, and what the documents say of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("My reply to the customer"))
        self.found: LetterCheck | None = None
        self.checked = ""  # the text that `found` is about

    def body(self, copie: Copie) -> Node:
        """The field with what is written so far, the check, the files."""
        letter = letter_of(copie)
        stale = self.found is not None and self.checked != letter["text"]
        return group(
            [
                text_area(_("The text of the reply"), letter["text"], "letter-text", self.write, rows=18),
                bar(
                    [
                        button(_("Check my reply with the documents"), "letter-check", self.check, tone="main"),
                        *self.undo_redo(copie, WORK, "letter"),
                    ]
                ),
                notice("info", text(_("You have changed your reply: check it again."))) if stale else None,
                self._found() if not stale else None,
                bar(
                    [
                        download(_("Download as a letter (Word)"), "letter-docx", self.letter_file),
                        download(_("Download as an e-mail (text)"), "letter-email", self.email_file),
                    ]
                ),
            ]
        )

    def _found(self) -> Node | None:
        found = self.found
        if found is None:
            return None
        told = [text(str(each)) for each in (*found.advice, *found.problems)]
        parts: list[Node | None] = [self._summary(found), self._missing(found)]
        parts += [self._doubtful(found), self._proved(found)]
        parts.append(notice("info", heading(_("Advice"), 4), items(told)) if told else None)
        return group(parts, key="letter-found")

    def _doubtful(self, found: LetterCheck) -> Node | None:
        claims = [(place, one) for place, one in enumerate(found.claims) if one.verdict != "proved"]
        claims.sort(key=lambda pair: (pair[1].verdict != "contradicted", pair[0]))
        return _facts(_("The facts to look at again"), claims) if claims else None

    def _proved(self, found: LetterCheck) -> Node | None:
        claims = [(place, one) for place, one in enumerate(found.claims) if one.verdict == "proved"]
        if not claims:
            return None
        said = ngettext("{count} fact proved, with its proof", "{count} facts proved, with their proof", len(claims))
        return details(said, [_facts(_("The facts that are proved"), claims)])

    def _summary(self, found: LetterCheck) -> Node:
        counts = {name: sum(claim.verdict == name for claim in found.claims) for name in SIGNS}
        said = _("Facts proved: {proved} · contradicted: {contradicted} · said by no document: {unsupported}", **counts)
        if counts["contradicted"]:
            wrong = ngettext(
                "Correct the fact that is contradicted: the right one stands beside it.",
                "Correct the facts that are contradicted: the right ones stand beside them.",
                counts["contradicted"],
            )
            return notice("error", text(said), text(wrong), key="letter-summary")
        return notice("warn" if counts["unsupported"] else "ok", text(said), key="letter-summary")

    def _missing(self, found: LetterCheck) -> Node:
        if not found.missing:
            return notice("ok", text(_("No part of the reply is missing.")), key="letter-missing")
        said = _("Missing: {parts}.", parts=", ".join(found.missing))
        return notice("warn", text(said), key="letter-missing")

    # ------------------------------------------------------------ what is done

    def write(self, words: str) -> None:
        """Write the reply."""
        self.at.change(lambda copie: write_letter(copie, "text", words), typing="letter-text")

    def check(self) -> None:
        """Check the facts of the reply. BadInput where there is no text yet."""
        self.checked = self._text()
        self.found = check_letter(self.checked, self.at.case, medium=medium_of(self.copie))
        self.say(_("Your reply is checked."))

    def letter_file(self) -> File:
        """The reply laid out as a business letter. BadInput where there is no text yet."""
        return File(f"{self._name()}.docx", letter_docx(self._text(), self.at.case), DOCX)

    def email_file(self) -> File:
        """The reply as the text of an e-mail. BadInput where there is no text yet."""
        return File(f"{self._name()}.txt", email_text(self._text(), self.at.case).encode("utf-8"), "text/plain")

    def _text(self) -> str:
        words: str = letter_of(self.copie)["text"]
        if not words:
            raise BadInput(_("Write your reply first."))
        return words

    def _name(self) -> str:
        return _("reply-{pupils}", pupils="+".join(self.copie.pupils))


def _facts(caption: str, claims: list[tuple[int, Claim]]) -> Node:
    head = [_("What you write"), _("Verdict"), _("Proof")]
    return wide(table(caption, head, [_claim(place, claim) for place, claim in claims], look="facts"), caption)


def _claim(place: int, claim: Claim) -> Node:
    right = text(strong(_("Right: {expected}", expected=claim.expected))) if claim.expected else None
    verdict = text(sign(SIGNS[claim.verdict] + " "), strong(verdicts()[claim.verdict]))
    proof = [right, text(claim.source) if claim.source else None]
    words = text(claim.text, "\n", soft(_("line {number}", number=claim.line)))
    return row([words, verdict, [one for one in proof if one]], key=f"claim-{place}")


def letter_html(desk: Desk) -> str:
    """The reply, for a notebook without its kernel."""
    words = letter_of(desk.opened())["text"] or _("Nothing written yet.")
    return f"<p>{escaped(words)}</p>".replace("\n", "<br>")

"""The fields of a case that a teacher fills in, in a form or in a workbook: declared once, for both."""

from collections.abc import Iterator
from dataclasses import dataclass

from promptlab.messages import _

DOCUMENT_KINDS = ("complaint", "order", "delivery", "invoice", "credit_note", "return_slip")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its key in the file of the case, what it is called, how to fill it in.

    `long`: several lines; `choices`: the texts that may stand there, others are faults.
    """

    key: str
    label: str
    help: str = ""
    long: bool = False
    choices: tuple[str, ...] = ()

    def shown(self, value: str) -> str:
        """`value` as a person reads it: a word in the language of the screen for one of the choices."""
        return _words().get(value, value) if value in self.choices else value

    def meant(self, shown: str) -> str:
        """The choice that a word stands for; any other text as it is."""
        known = {self.shown(choice).casefold(): choice for choice in self.choices}
        return known.get(shown.strip().casefold(), shown)


def _words() -> dict[str, str]:
    return {
        "goods": _("goods"),
        "discount": _("discount"),
        "cash_discount": _("cash discount"),
        "fee": _("fee"),
        "start": _("start"),
        "action": _("action"),
        "decision": _("decision"),
        "document": _("document"),
        "end": _("end"),
        "seller": _("seller"),
        "buyer": _("buyer"),
        "carrier": _("carrier"),
    }


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a case, which is one sheet of the workbook: fields that stand once, then a table of rows.

    `key` names the part ("case", "order"); the fields of `rows` stand once for each row of the list `rows_key`.
    """

    key: str
    label: str
    fields: tuple[Field, ...] = ()
    rows_key: str = ""
    rows: tuple[Field, ...] = ()
    help: str = ""


def sections() -> tuple[Section, ...]:
    """All parts of a case, in the order in which a teacher meets them; labels in the language of the screen."""
    return (
        Section("case", _("scenario"), _case(), help=_("Fictional data only: no real person, no real firm.")),
        Section("company", _("company"), _party("company"), help=_("The firm where the pupils work.")),
        Section("customer", _("customer"), _party("customer"), help=_("The firm that complains.")),
        Section("prompts", _("prompts"), (), "prompts", (Field("text", _("prompt"), long=True),), _chain()),
        Section("tasks", _("tasks"), (), "tasks", _tasks(), _("The boxes that pupils and teacher tick.")),
        *(_document(kind) for kind in DOCUMENT_KINDS),
        Section("reasons", _("reasons"), (), "reasons", _reasons(), _("Why a passage can be tagged.")),
        Section("lanes", _("lanes"), (), "lane", _lanes(), _("The actors of the flowchart, a column for each.")),
        Section("boxes", _("flowchart"), _chart(), "node", _boxes(), _drawing()),
        Section("resources", _("resources"), (), "resources", _resources(), _("Your own sheets: headings with #.")),
    )


def section_of(key: str) -> Section | None:
    """The part of that key; "invoice-2" is a second invoice. None where there is none."""
    kind = document_kind(key) or key
    return next((section for section in sections() if section.key == kind), None)


def document_kind(key: str) -> str:
    """The kind of the document whose part has that key ("invoice-2" → "invoice"), "" where it is no document."""
    kind, _dash, number = key.partition("-")
    return kind if kind in DOCUMENT_KINDS and (not number or number.isdecimal()) else ""


def _case() -> tuple[Field, ...]:
    return (
        Field("title", _("title of the case")),
        Field("level", _("class or diploma")),
        Field("language", _("language of the answers"), choices=("fr", "en", "es")),
        Field("summary", _("scenario, as pupils read it"), long=True),
        Field("live", _("sessions in which pupils may ask an AI live"), _("such as 1; as the class is set if empty")),
    )


def _party(prefix: str) -> tuple[Field, ...]:
    return tuple(
        Field(f"{prefix}.{key}", label, long=key == "about")
        for key, label in (
            ("name", _("name")),
            ("address", _("address")),
            ("contact", _("person, function")),
            ("phone", _("telephone")),
            ("email", _("e-mail")),
            ("siret", "SIRET"),
            ("ape", "APE"),
            ("about", _("in a few words")),
        )
    )


def _chain() -> str:
    return _("One prompt a row, at least two: each makes the one before more precise.")


def _tasks() -> tuple[Field, ...]:
    return (
        Field("number", _("no."), _("a whole number")),
        Field("text", _("task"), long=True),
        Field("sessions", _("sessions"), _("such as 4, 5")),
    )


def _reasons() -> tuple[Field, ...]:
    return (
        Field("id", _("id"), _("a short word that stays the same")),
        Field("code", _("code")),
        Field("label", _("reason")),
        Field("meaning", _("meaning"), long=True),
    )


def _lanes() -> tuple[Field, ...]:
    return (Field("name", _("actor")),)


def _chart() -> tuple[Field, ...]:
    return (Field("flowchart.title", _("title of the flowchart")), Field("flowchart.origin", _("who made it")))


def _boxes() -> tuple[Field, ...]:
    return (
        Field("number", _("no.")),
        Field("lane", _("lane"), _("an actor of the sheet before, to the letter")),
        Field("kind", _("shape"), choices=("start", "action", "decision", "document", "end")),
        Field("text", _("text"), long=True),
        Field("next", _("then"), _("3, or 3; 5, or oui: 4; non: 6")),
    )


def _drawing() -> str:
    return _("One row a shape: start and end (ovals), action, decision (a question, two exits), document.")


def _resources() -> tuple[Field, ...]:
    return (Field("title", _("title")), Field("text", _("text"), long=True))


def _document(kind: str) -> Section:
    labels = {
        "complaint": _("complaint"),
        "order": _("order"),
        "delivery": _("delivery note"),
        "invoice": _("invoice"),
        "credit_note": _("credit note"),
        "return_slip": _("return slip"),
    }
    about = _("Leave the sheet empty if the case has none. For a second one, copy the sheet.")
    return Section(kind, labels[kind], tuple(_document_fields(kind)), "lines", _lines(), about)


def _document_fields(kind: str) -> Iterator[Field]:
    yield Field("title", _("title"))
    yield Field("number", _("number"))
    yield Field("date", _("date"), _("20/11/N or 20/11/2026"))
    yield Field("time", _("time"))
    cited = {"order": _("order cited"), "delivery": _("delivery cited"), "invoice": _("invoice cited")}
    for other, label in cited.items():
        if other != kind:
            yield Field(f"cites.{other}", label)
    if kind == "complaint":
        yield Field("subject", _("subject"))
        yield Field("body", _("text of the message"), long=True)
        yield Field("enclosures", _("enclosures"), _("one; another"))
    if kind in ("invoice", "credit_note"):
        yield Field("replaces", _("invoice replaced"))
    yield from _parties(kind)
    if kind != "complaint":
        yield Field("terms.payment", _("payment"), _("transfer at 30 days"))
        yield Field("terms.cash_discount", _("cash discount, %"))
        yield Field("terms.carriage", _("carriage"))
        yield Field("terms.carrier", _("carrier"))
    if kind not in ("complaint", "delivery", "return_slip"):
        for key, label in (("ht", _("total excl. tax")), ("vat", _("VAT")), ("ttc", _("total incl. tax")),
                           ("paid", _("paid so far, incl. tax"))):  # fmt: skip
            yield Field(f"totals.{key}", label, _("euros"))


def _parties(kind: str) -> Iterator[Field]:
    """The firms as the document prints them; what is left empty is as in the sheets company and customer."""
    names = {"name": _("name"), "address": _("address"), "contact": _("person, function"),
             "phone": _("telephone"), "email": _("e-mail")}  # fmt: skip
    seller, buyer = ("to", "from") if kind == "complaint" else ("seller", "buyer")
    for role, who in ((seller, _("company")), (buyer, _("customer"))):
        for key, label in names.items():
            yield Field(f"{role}.{key}", _("{who}: {field}", who=who, field=label), _("if it differs"))
    if kind != "complaint":
        footer = {"name": _("name"), "role": _("whose"), "address": _("address"), "phone": _("telephone"),
                  "siret": "SIRET", "ape": "APE"}  # fmt: skip
        for key, label in footer.items():
            choices = ("seller", "buyer", "carrier") if key == "role" else ()
            yield Field(f"footer.{key}", _("{who}: {field}", who=_("footer"), field=label), choices=choices)


def _lines() -> tuple[Field, ...]:
    money = _("euros excl. tax")
    return (
        Field("reference", _("reference")),
        Field("designation", _("designation")),
        Field("kind", _("kind"), _("goods if empty"), choices=("goods", "discount", "cash_discount", "fee")),
        Field("ordered", _("ordered")),
        Field("quantity", _("quantity"), _("what the document is about")),
        Field("unit", _("unit")),
        Field("unit_price", _("unit price"), money),
        Field("discount_rate", _("discount, %")),
        Field("vat_rate", _("VAT, %")),
        Field("amount", _("amount"), money),
        Field("returned", _("returned")),
        Field("kept", _("kept")),
    )

"""The tag set of a case, and the standard one for tables that belong to no case."""

from promptlab.files.faults import Table
from promptlab.messages import _
from promptlab.model.case import Reason, Tag


def default_tags() -> tuple[Tag, ...]:
    """The tags of a table that belongs to no case, or to one with none of its own.

    The nearest of their colours is what a highlight in Word means; each keeps a contrast of 4.5 with black text.
    """
    unsuited = _("does not suit this situation, this customer or this channel")
    forbidden = _("goes against a rule, the law or a document of the file")
    return (
        Tag("inappropriate", _("inappropriate"), "⚠", "FFE08A", unsuited),
        Tag("non_compliant", _("non-compliant"), "✖", "F8B4B4", forbidden),
        Tag("relevant", _("relevant"), "✔", "B7E1B0", _("is right, and useful for this case")),
    )


def read_tags(manifest: Table) -> tuple[Tag, ...]:
    """The `[[tags]]` of a case, empty where it has none of its own."""
    tags: list[Tag] = []
    for entry in manifest.tables("tags", required=False):
        colour = entry.text("colour")
        tag = Tag(
            entry.text("id"),
            entry.text("label"),
            entry.text("sign"),
            colour.lstrip("#").upper(),
            entry.text("meaning", required=False),
        )
        if len(tag.colour) != 6 or any(digit not in "0123456789ABCDEF" for digit in tag.colour):
            entry.fault(
                "colour",
                _('“{value}” is not a colour: write six hexadecimal digits, such as "FFE08A".', value=colour),
            )
        if any(tag.id == other.id or tag.sign == other.sign for other in tags):
            entry.fault("id", _("two tags have the same id or the same sign."))
        entry.finish()
        tags.append(tag)
    return tuple(tags)


def read_reasons(manifest: Table) -> tuple[Reason, ...]:
    """The `[[reasons]]` of a case, empty where it has none of its own."""
    reasons: list[Reason] = []
    for entry in manifest.tables("reasons", required=False):
        reason = Reason(
            entry.text("id"),
            entry.text("label"),
            entry.text("code", required=False),
            entry.text("meaning", required=False),
        )
        if any(reason.id == other.id for other in reasons):
            entry.fault("id", _("reason “{id}” stands twice.", id=reason.id))
        entry.finish()
        reasons.append(reason)
    return tuple(reasons)

"""Findings about the parties: names and addresses that differ from document to document, or from heading to foot."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from promptlab.casefile.articles import Matched, same_words
from promptlab.casefile.references import compact
from promptlab.casefile.wording import listed, sentence
from promptlab.messages import _
from promptlab.model.case import Case, Document, Party
from promptlab.model.finding import Finding

_SIDES = ("seller", "buyer")
_SIREN_DIGITS = 9
_WHAT: dict[str, Callable[[], str]] = {
    "siret": lambda: _("SIRET number"),
    "phone": lambda: _("telephone number"),
    "email": lambda: _("e-mail address"),
}


@dataclass(frozen=True, slots=True)
class _Stand:
    """A party as one place of the file prints it."""

    where: str
    party: Party
    foot: bool = False


def findings_of_parties(case: Case, matched: Matched) -> Iterator[Finding]:
    """Seller and buyer in all documents: spelling, address, SIRET, telephone; foot against heading."""
    for side in _SIDES:
        stands = list(_stands(case, matched, side))
        heads = [stand for stand in stands if not stand.foot]
        yield from _differs(heads, "name", side)
        yield from _differs(heads, "address", side)
        yield from _feet(heads, [stand for stand in stands if stand.foot], side)
        yield from _differs(stands, "siret", side)
        yield from _short_siret(stands)
        yield from _differs(heads, "phone", side)
        yield from _differs(heads, "email", side)


def _stands(case: Case, matched: Matched, side: str) -> Iterator[_Stand]:
    yield _Stand(
        "case:company" if side == "seller" else "case:customer", case.company if side == "seller" else case.customer
    )
    for paper in matched.papers:
        document = paper.document
        party = document.seller if side == "seller" else document.buyer
        if party:
            yield _Stand(paper.at(side), party)
        if document.footer and side_of(document.footer, document) == side:
            yield _Stand(paper.at("footer"), document.footer, foot=True)


def side_of(footer: Party, document: Document) -> str:
    """Whose foot it is: as it says, else the party whose name it has most of, else the writer of the document."""
    if footer.role:
        return footer.role
    likes = {side: same_words(footer.name, party.name) for side, party in zip(_SIDES, _both(document), strict=True)}
    if likes["seller"] != likes["buyer"]:
        return max(likes, key=likes.__getitem__)
    return "buyer" if document.kind == "order" else "seller"


def _both(document: Document) -> tuple[Party, Party]:
    nobody = Party("")
    return document.seller or nobody, document.buyer or nobody


def _differs(stands: Sequence[_Stand], what: str, side: str) -> Iterator[Finding]:
    """One finding where the places of a side give more than one name, address, …; those that give none are left out."""
    first: dict[str, _Stand] = {}
    for stand in stands:
        said = getattr(stand.party, what)
        if said:
            first.setdefault(_key(what, said), stand)
    if len(first) < 2:
        return
    values = tuple(getattr(stand.party, what) for stand in first.values())
    kept = [stand.where for stand in stands if getattr(stand.party, what)]
    names = {"side": _side(side), "values": listed(_("“{value}”", value=value) for value in values)}
    if what == "name":
        message = _("The name of {side} is written in more than one way: {values}.", **names)
    elif what == "address":
        message = _("The documents give {side} more than one address: {values}.", **names)
    else:
        message = _("The documents give {side} more than one {what}: {values}.", what=_WHAT[what](), **names)
    yield Finding("identity", tuple(kept), values, sentence(message))


def _short_siret(stands: Sequence[_Stand]) -> Iterator[Finding]:
    """A number called SIRET that has the nine digits of a SIREN: a SIRET is the SIREN of the firm and five more."""
    places: dict[str, list[str]] = {}
    for stand in stands:
        digits = "".join(sign for sign in stand.party.siret if not sign.isspace())
        if digits.isdecimal() and len(digits) == _SIREN_DIGITS:
            places.setdefault(digits, []).append(stand.where)
    for digits, where in places.items():
        said = _(
            "The SIRET number “{value}” has 9 digits, as a SIREN number has; a SIRET number has 14. To be checked with "
            "the firm.",
            value=digits,
        )
        yield Finding("identity", tuple(where), (digits,), said)


def _key(what: str, said: str) -> str:
    if what == "siret":  # its first nine digits name the firm, the rest one of its places
        return compact(said)[:9]
    if what == "phone":
        digits = "".join(sign for sign in said if sign.isdigit())
        return digits.removeprefix("33").lstrip("0")
    return compact(said)


def _side(side: str) -> str:
    return _("the supplier") if side == "seller" else _("the customer")


def _feet(heads: Sequence[_Stand], feet: Sequence[_Stand], side: str) -> Iterator[Finding]:
    """The feet that name another firm or another address than the headings; equal ones are told once."""
    for what in ("name", "address"):
        known = {_key(what, said): said for head in heads if (said := getattr(head.party, what))}
        strange: dict[str, list[_Stand]] = {}
        for foot in feet:
            said = getattr(foot.party, what)
            if said and known and _key(what, said) not in known:
                strange.setdefault(_key(what, said), []).append(foot)
        for found in strange.values():
            value, usual = getattr(found[0].party, what), next(iter(known.values()))
            names = {"side": _side(side), "value": value, "usual": usual}
            if what == "name":
                message = _("The foot of the page names {side} “{value}”, the heading “{usual}”.", **names)
            else:
                message = _("The foot of the page gives {side} the address “{value}”, the heading “{usual}”.", **names)
            yield Finding("identity", tuple(_with_heads(found, heads)), (usual, value), message)


def _with_heads(feet: Sequence[_Stand], heads: Sequence[_Stand]) -> Iterator[str]:
    """The places of the feet, each after the heading of its own page; the file's own party where there is none."""
    papers = {head.where.partition(":")[0]: head.where for head in heads}
    for foot in feet:
        yield papers.get(foot.where.partition(":")[0], heads[0].where)
        yield foot.where

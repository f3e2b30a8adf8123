"""Findings about the goods: references, quantities and prices of the lines that belong together."""

from collections.abc import Iterator
from decimal import Decimal

from promptlab.casefile.articles import Article, Matched, Swap
from promptlab.casefile.found import about, difference, plain, worth_of
from promptlab.casefile.naming import Paper, kind_said
from promptlab.casefile.of_prices import prices_of, shortened
from promptlab.casefile.wording import measure, sentence
from promptlab.messages import _
from promptlab.model.case import DocumentKind
from promptlab.model.finding import Finding


def findings_of_lines(matched: Matched) -> Iterator[Finding]:
    """What differs between the lines of order, delivery note, invoice, credit note and return slip."""
    swapped = {id(article) for swap in matched.swaps for article in (swap.ordered, swap.sent)}
    meant = {id(swap.sent): swap.ordered for swap in matched.swaps}
    for swap in matched.swaps:
        yield from _swap(swap)
    for article in matched.articles:
        yield from _stated_orders(article, matched, meant.get(id(article)))
        if id(article) not in swapped:
            yield from _quantities(article, matched)
        yield from prices_of(article)
        yield from shortened(article)
    yield from _twice(matched)


# ---------------------------------------------------------------- one article in place of another


def _swap(swap: Swap) -> Iterator[Finding]:
    wanted, sent = swap.ordered, swap.sent
    places = [*wanted.of("order"), *sent.of("delivery"), *sent.of("invoice")]
    names = {"ordered": wanted.reference, "sent": sent.reference, "count": measure(_came(sent), _unit(sent, wanted))}
    if sent.kept > 0 and sent.charged > 0:
        said = _("{ordered} was ordered, and {sent} was delivered and invoiced in its place ({count}).", **names)
    elif sent.kept > 0:
        said = _("{ordered} was ordered, and {sent} was delivered in its place ({count}).", **names)
    else:
        said = _("{ordered} was ordered, and {sent} was invoiced in its place ({count}).", **names)
    more = None
    if sent.charged > 0:
        agreed = worth_of(wanted.of("order"), max(wanted.quantity("order") - wanted.charged, Decimal(0)))
        charged = worth_of(sent.of("invoice"), sent.charged)
        more = charged - agreed if charged is not None and agreed is not None else None
    if more:
        said += " " + difference(more)
    yield about("wrong_reference", places, (wanted.reference, sent.reference), said, more)


def _came(sent: Article) -> Decimal:
    return max(sent.kept, sent.charged)


def _unit(*articles: Article) -> str:
    return next((article.unit for article in articles if article.unit), "")


def _stated_orders(article: Article, matched: Matched, meant: Article | None) -> Iterator[Finding]:
    """What a delivery note or an invoice says was ordered, against the order; `meant` is what was ordered instead."""
    if not matched.live("order"):
        return
    ordered = article.quantity("order")
    for place in [*article.of("delivery"), *article.of("invoice")]:
        stated = place.line.ordered
        if stated is None or (ordered == 0 and stated == 0):
            continue
        unit = article.unit
        if not article.of("order"):
            said = _(
                "{document} says that {reference} was ordered ({count}); the order does not hold it. "
                "The error was made between the two.",
                document=sentence(place.paper.said),
                reference=place.line.reference,
                count=measure(stated, unit),
            )
            orders = [paper.name for paper in matched.live("order")]
            proofs = [one.where for one in meant.of("order")] if meant else orders
            values = ((meant.reference,) if meant else ()) + (place.line.reference,)
            yield Finding("wrong_reference", (*proofs, place.where), values, said)
        elif stated != ordered:
            said = _(
                "{document} says that {stated} of {reference} were ordered; the order says {ordered}.",
                document=sentence(place.paper.said),
                stated=measure(stated, unit),
                reference=place.line.reference,
                ordered=measure(ordered, unit),
            )
            yield about("quantity", [*article.of("order"), place], (plain(ordered), plain(stated)), said)


# ---------------------------------------------------------------- quantities


def _quantities(article: Article, matched: Matched) -> Iterator[Finding]:
    ordered, kept, charged = article.quantity("order"), article.kept, article.charged
    delivered = bool(matched.live("delivery"))
    if not article.of("order") and matched.live("order"):
        if kept > 0 or charged > 0:
            yield _not_ordered(article)
    elif delivered and matched.live("order") and kept != ordered and _counted(article, "order", "delivery"):
        yield _delivery_differs(article)
    if not matched.live("invoice") or not _counted(article, "delivery" if delivered else "order", "invoice"):
        return
    due = kept if delivered else ordered
    if charged != due and (delivered or matched.live("order")):
        yield _invoice_differs(article, due, "delivery" if delivered else "order")


def _counted(article: Article, *kinds: DocumentKind) -> bool:
    """Whether each line of these kinds says how much; a line that does not is a finding of its own."""
    return all(place.line.quantity is not None for kind in kinds for place in article.of(kind))


def _not_ordered(article: Article) -> Finding:
    places = [*article.of("delivery"), *article.of("invoice")]
    count = measure(_came(article), article.unit)
    said = _(
        "{reference} stands on no order ({count} delivered or invoiced).", reference=article.reference, count=count
    )
    amount = worth_of(article.of("invoice"), article.charged) if article.charged > 0 else None
    return about("wrong_reference", places, (article.reference,), said, amount)


def _delivery_differs(article: Article) -> Finding:
    ordered, kept, unit = article.quantity("order"), article.kept, article.unit
    names = {
        "reference": article.reference,
        "ordered": measure(ordered, unit),
        "kept": measure(kept, unit),
        "gap": measure(abs(ordered - kept), unit),
    }
    deducted, announced = article.quantity("return_slip") > 0, article.goes_back - article.quantity("return_slip")
    if not article.of("delivery"):
        said = _("{reference}: {ordered} ordered, and no delivery note holds it.", **names)
    elif kept < ordered and not deducted:
        said = _("{reference}: {ordered} ordered, {kept} delivered: {gap} missing (partial delivery).", **names)
    elif kept < ordered:
        said = _(
            "{reference}: {ordered} ordered, {kept} delivered and kept: {gap} missing (partial delivery).", **names
        )
    elif deducted:
        said = _("{reference}: {ordered} ordered, {kept} delivered and kept: {gap} too much.", **names)
    else:
        said = _("{reference}: {ordered} ordered, {kept} delivered: {gap} too much.", **names)
    if announced > 0:
        said += " " + _("The complaint says that {back} go back.", back=measure(announced, unit))
    places = [*article.of("order"), *article.of("delivery"), *article.of("return_slip")]
    worth = article.of("invoice") if announced > 0 else []  # what goes back is credited as it was invoiced
    amount = worth_of(worth or article.of("order"), abs(ordered - kept))
    return about("quantity", places, (plain(ordered), plain(kept)), said, amount)


def _invoice_differs(article: Article, due: Decimal, proof: DocumentKind) -> Finding:
    charged, unit = article.charged, article.unit
    names = {
        "reference": article.reference,
        "charged": measure(charged, unit),
        "due": measure(due, unit),
        "proof": kind_said(proof),
    }
    places = [*article.of(proof), *article.of("return_slip"), *article.of("invoice"), *article.of("credit_note")]
    amount = worth_of(article.of("invoice") or article.of("order"), abs(charged - due))
    if charged < due:
        said = _("{reference}: {charged} invoiced, {due} according to {proof}: invoiced too little.", **names)
    elif _repeated(article, charged - due):
        said = _("{reference} is invoiced twice: {charged} in all, {due} according to {proof}.", **names)
        return about("double_invoicing", places, (plain(charged), plain(due)), said, amount)
    else:
        said = _("{reference}: {charged} invoiced, {due} according to {proof}: invoiced too much.", **names)
    return about("quantity", places, (plain(due), plain(charged)), said, amount)


def _repeated(article: Article, surplus: Decimal) -> bool:
    """Whether the surplus is a line that stands on an invoice again, and not a larger figure."""
    quantities = [place.line.quantity for place in article.of("invoice")]
    return len(quantities) > 1 and surplus in quantities


def _twice(matched: Matched) -> Iterator[Finding]:
    """Two documents of a kind with one number."""
    seen: dict[tuple[str, str], Paper] = {}
    for paper in matched.papers:
        document = paper.document
        if document.kind == "complaint" or not document.number:
            continue
        first = seen.setdefault((document.kind, document.number.casefold()), paper)
        if first is not paper:
            said = _(
                "{document} stands twice in the file: two documents bear one number. Remove the wrong one.",
                document=sentence(paper.said),
            )
            where = (first.at("number"), paper.at("number"))
            yield Finding("reference_mismatch", where, (document.number, document.number), said)

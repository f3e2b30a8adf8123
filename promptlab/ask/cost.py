"""What a live run cost, about: tokens that the server counted, at prices that the teacher has looked up."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from promptlab.files.faults import Table, read_toml, refuse
from promptlab.messages import _
from promptlab.model.answer import Answer
from promptlab.model.problem import Problem

FILE = "tarifs.toml"
FORMAT = 1
_MILLION = Decimal(1_000_000)
_SENT = ("prompt_tokens", "input_tokens")
_RECEIVED = ("completion_tokens", "output_tokens")


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs: euros per million tokens sent (`sent`) and received (`received`)."""

    model: str
    sent: Decimal
    received: Decimal


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices that the teacher wrote down; `looked_up` is the day (ISO 8601) on which they were right."""

    looked_up: str = ""
    models: tuple[Price, ...] = ()

    def of(self, model: str) -> Price | None:
        """The price of that model, whatever the case of the letters; None where it is not listed."""
        return next((price for price in self.models if price.model.casefold() == model.casefold()), None)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Tokens sent and received, and about what they cost in `euros`; None where a price or a count is missing."""

    sent: int
    received: int
    euros: Decimal | None = None


def prices_file(folder: Path | None = None) -> Path:
    """Where the prices stand: in `folder`, else in PROMPTLAB_HOME, else in `promptlab` of the user's home."""
    home = os.environ.get("PROMPTLAB_HOME", "")
    return (folder or (Path(home).expanduser() if home else Path.home() / "promptlab")) / FILE


def read_prices(path: Path) -> Prices:
    """The prices in the file `path`; none where there is no file. Raises BadInput that lists its faults.

    Form, format 1; promptlab comes without prices, since they change:

        format = 1
        looked_up = "2026-11-21"
        [[models]]
        model = "mistral-small-latest"
        sent = "0.10"        # euros per million tokens
        received = "0.30"
    """
    if not path.is_file():
        return Prices()
    faults: list[Problem] = []
    table = read_toml(path, path.name, faults)
    prices = _prices(table) if table else Prices()
    if faults:
        raise refuse(str(path), faults)
    return prices


def _prices(table: Table) -> Prices:
    if (version := table.whole("format")) > FORMAT:
        table.fault("format", _("this file has format {version}: update promptlab.", version=version))
    looked_up = table.text("looked_up")
    models = []
    for entry in table.tables("models", required=False):
        model, sent, received = entry.text("model"), entry.decimal("sent"), entry.decimal("received")
        for key, value in (("sent", sent), ("received", received)):
            if value is None and key not in entry.values:
                entry.fault(key, _("this key is missing: euros per million tokens."))
            elif value is not None and value < 0:
                entry.fault(key, _("a price is not less than 0."))
        models.append(Price(model, sent or Decimal(0), received or Decimal(0)))
        entry.finish()
    table.finish()
    return Prices(looked_up, tuple(models))


def estimate(usage: Sequence[tuple[str, int]], model: str, prices: Prices) -> Estimate | None:
    """What one answer cost by the token counts `usage` of the server; None where it gave none."""
    counts = dict(usage)
    sent, received = _count(counts, _SENT), _count(counts, _RECEIVED)
    if sent is None and received is None:
        return None
    price = prices.of(model)
    euros = None
    if price and sent is not None and received is not None:
        euros = (price.sent * sent + price.received * received) / _MILLION
    return Estimate(sent or 0, received or 0, euros)


def _count(counts: Mapping[str, int], names: Sequence[str]) -> int | None:
    return next((counts[name] for name in names if name in counts), None)


def estimate_all(answers: Sequence[Answer], prices: Prices) -> Estimate | None:
    """What `answers` cost together; None where the server counted no tokens. Euros only where all can be priced."""
    found = [estimate(answer.usage, _listed_name(answer, prices), prices) for answer in answers]
    counted = [each for each in found if each is not None]
    if not counted:
        return None
    euros = [each.euros for each in counted if each.euros is not None]
    whole = len(euros) == len(answers)
    total = sum(euros, Decimal(0)) if whole else None
    return Estimate(sum(each.sent for each in counted), sum(each.received for each in counted), total)


def _listed_name(answer: Answer, prices: Prices) -> str:
    """The model that answered; what was asked for where only that is listed (servers answer with longer names)."""
    source = answer.provenance
    return source.asked_model if source.asked_model and prices.of(source.model) is None else source.model


def cost_line(answers: Sequence[Answer], prices: Prices, path: Path) -> str:
    """One line for the screen about the tokens and the cost of `answers`; "" where no tokens were counted.

    `path` is the file of the prices, to name where one is missing.
    """
    found = estimate_all(answers, prices)
    if found is None:
        return ""
    tokens = _("Tokens: {sent} sent, {received} received.", sent=found.sent, received=found.received)
    if found.euros is None:
        models = ", ".join(sorted({answer.provenance.model for answer in answers}))
        return tokens + " " + _("Cost not known: write the price of {model} into {path}.", model=models, path=path)
    euros = f"{found.euros:.4f}" if found.euros else "0"
    return (
        tokens
        + " "
        + _("About {euros} € (prices of {day}, to be checked with the provider).", euros=euros, day=prices.looked_up)
    )

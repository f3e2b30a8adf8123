"""Small cases and letters for the tests of the letter room."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from promptlab.model.case import Case, Document, DocumentLine, Party

LETTERS = Path(__file__).with_name("letters")
CENT = Decimal("0.01")


def case_of(documents, *, company=None, customer=None, name="generated"):
    """A case that is nothing but its documents and parties."""
    return Case(
        name=name,
        title="Cas",
        language="fr",
        level="",
        summary="",
        company=company or Party("ATELIER DURIEZ"),
        customer=customer or Party("HOTEL BELLEVUE"),
        prompts=("a", "b"),
        tasks=(),
        tags=(),
        reasons=(),
        documents=tuple(documents),
        runs=(),
        default_run="",
        folder=Path("generated"),
    )


def cents(value):
    return value.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Figures:
    """What a generated case of a wrong delivery is made of; the shipped case is one of these too."""

    asked: Decimal = Decimal("19.06")  # unit price of the article ordered
    sent: Decimal = Decimal("26.80")  # unit price of the article sent in its place
    kept: Decimal = Decimal("21.64")  # unit price of the article that is right
    few: int = 25
    many: int = 150
    kept_amount: Decimal | None = None
    vat: Decimal = Decimal("20")
    days: int = 30
    discount: Decimal = Decimal("1.5")
    ordered: date = date(2001, 11, 20)

    def amounts(self):
        """All figures of the case by name."""
        a, n = cents(self.asked * self.few), cents(self.sent * self.few)
        b = self.kept_amount or cents(self.kept * self.many)
        found = {
            "asked": self.asked,
            "sent": self.sent,
            "kept": self.kept,
            "a": a,
            "n": n,
            "b": b,
            "order": a + b,
            "invoice": n + b,
        }
        for name in ("a", "n", "b", "order", "invoice"):
            found[f"{name}_vat"] = cents(found[name] * self.vat / 100)
            found[f"{name}_ttc"] = found[name] + found[f"{name}_vat"]
        found["gap"], found["gap_vat"], found["gap_ttc"] = (
            n - a,
            found["invoice_vat"] - found["order_vat"],
            found["invoice_ttc"] - found["order_ttc"],
        )
        found["left"] = found["invoice_ttc"] - found["n_ttc"]
        found["left_discount"] = cents(found["left"] * self.discount / 100)
        return found


SHIPPED = Figures(kept_amount=Decimal("3245.85"))

# Words of the shipped case and those of the generated one; longer ones first, so that none is cut by another.
WORDS = (
    ("WH/OUT/00023", "EXP-2027-0418"),
    ("WH/OUT/000", "EXP-2027-04"),
    ("WH/IN/00023", "EXP-2072-0418"),
    ("A52000", "MQ-GR-410"),
    ("N52000", "MQ-VT-530"),
    ("B65000", "MQ-RS-275"),
    ("A25000", "MQ-RG-410"),
    ("N25000", "MQ-TV-530"),
    ("A51000", "MQ-GR-400"),
    ("N53000", "MQ-VT-540"),
    ("B56", "MQ-SR"),
    ("Mme Duvallier", "M. Kermadek"),
    ("A52", "MQ-GR"),
    ("N52", "MQ-VT"),
    ("B65", "MQ-RS"),
    ("11-024", "C27/0931"),
    ("00023", "0418"),
    ("879", "F-5126"),
    ("658", "3307"),
    ("LES TOILES GIRONDINES", "LES TAPIS DU RHONE"),
    ("Les Toiles Girondines", "Les Tapis du Rhône"),
    ("MARSEILLE TEXTILES", "HOTEL DES ALPES"),
    ("MARSEILLE TEXTILE", "HOTEL DES ALPES"),
    ("Marseille Textile", "Hotel des Alpes"),
    ("reclamation@lestoilesgirondines.com", "sav@tapisdurhone.fr"),
    ("marseilletextile@outlook.fr", "direction@hotel-alpes.fr"),
    ("40 cours Pasteur", "7 quai Jules-Verne"),
    ("40, cours Pasteur", "7, quai Jules-Verne"),
    ("32 rue Saint-Basile", "118 avenue des Tilleuls"),
    ("32, rue Saint-Basile", "118, avenue des Tilleuls"),
    ("32, rue Saint Basile", "118, avenue des Tilleuls"),
    ("33000", "69007"),
    ("13001", "74000"),
    ("BORDEAUX", "LYON"),
    ("Bordeaux", "Lyon"),
    ("MARSEILLE", "ANNECY"),
    ("Marseille", "Annecy"),
    ("05 56 05 38 12", "04 72 31 90 46"),
    ("05.56.05.38.12", "04.72.31.90.46"),
    ("HARRIVAS", "BERTHOLLET"),
    ("Harrivas", "Berthollet"),
    ("Cécile", "Élodie"),
    ("Mme Duvalier", "M. Kermadec"),
    ("Mme DUVALIER", "M. KERMADEC"),
    ("DUVALIER", "KERMADEC"),
    ("Duvalier", "Kermadec"),
    ("notre commerciale", "notre commercial"),
    ("attachée de gestion", "directrice"),
    ("Attachée de gestion", "Directrice"),
    ("DGS transports", "Rapidex"),
    ("DGS", "Rapidex"),
    ("toile bleue", "moquette grise"),
    ("toile beige", "moquette rose"),
    ("toile noire", "moquette verte"),
    ("toile bleu", "moquette grise"),
    ("Toile bleue 120 fils", "Moquette grise"),
    ("Toile beige 120 fils", "Moquette rose"),
    ("toile", "moquette"),
    ("bleue", "grise"),
    ("bleu", "gris"),
    ("beige", "rose"),
    ("noire", "verte"),
    ("noir", "vert"),
    ("Toile", "Moquette"),
)
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def wrong_delivery(figures, *, complaint_note="3307"):
    """A case of another trade: the wrong carpet was delivered and invoiced. Dates have real years."""
    found = figures.amounts()
    seller = Party(
        "LES TAPIS DU RHONE",
        "7 quai Jules-Verne, 69007 Lyon",
        "seller",
        "M. Kermadec, commercial",
        "04 72 31 90 46",
        "sav@tapisdurhone.fr",
    )
    buyer = Party(
        "HOTEL DES ALPES",
        "118 avenue des Tilleuls, 74000 Annecy",
        "buyer",
        "Élodie BERTHOLLET, directrice",
        "",
        "direction@hotel-alpes.fr",
    )
    terms = (
        ("payment", f"virement à {figures.days} jours"),
        ("cash_discount", str(figures.discount)),
        ("carrier", "Rapidex"),
    )
    wanted = _line("MQ-GR-410", "Moquette grise", figures.few, figures.asked, found["a"], figures)
    right = _line("MQ-RS-275", "Moquette rose", figures.many, figures.kept, found["b"], figures)
    wrong = _line("MQ-VT-530", "Moquette verte", figures.few, figures.sent, found["n"], figures)
    day = {name: (figures.ordered + timedelta(shift)).isoformat() for name, shift in (("o", 0), ("d", 6), ("c", 7))}
    told = (
        DocumentLine("MQ-GR", "moquette grise", ordered=Decimal(figures.few), unit="m", amount=found["a"]),
        DocumentLine("MQ-RS", "moquette rose", ordered=Decimal(figures.many), unit="m", amount=found["b"]),
        DocumentLine("MQ-VT", "moquette verte", quantity=Decimal(figures.few), unit="m", amount=found["n"]),
    )
    body = "L’article 1582 du Code civil vous oblige à nous livrer ce que nous avons acheté."
    documents = (
        Document(
            "complaint",
            "Réclamation",
            "",
            day["c"],
            seller=seller,
            buyer=buyer,
            cites=(("delivery", complaint_note), ("invoice", "F-5126")),
            lines=told,
            body=body,
        ),
        Document(
            "order",
            "Commande",
            "C27/0931",
            day["o"],
            seller=seller,
            buyer=buyer,
            lines=(wanted, right),
            terms=terms,
            total_ht=found["order"],
            total_vat=found["order_vat"],
            total_ttc=found["order_ttc"],
        ),
        Document(
            "delivery",
            "Bon de livraison",
            "EXP-2027-0418",
            day["d"],
            seller=seller,
            buyer=buyer,
            lines=(_unpriced(wrong), _unpriced(right)),
            terms=terms,
        ),
        Document(
            "invoice",
            "Facture",
            "F-5126",
            day["d"],
            seller=seller,
            buyer=buyer,
            cites=(("order", "C27/0931"),),
            lines=(wrong, right),
            terms=terms,
            total_ht=found["invoice"],
            total_vat=found["invoice_vat"],
            total_ttc=found["invoice_ttc"],
        ),
    )
    return case_of(documents, company=seller, customer=buyer)


def _line(reference, designation, quantity, price, amount, figures):
    return DocumentLine(reference, designation, None, Decimal(quantity), "m", price, figures.vat, amount)


def _unpriced(line):
    return DocumentLine(line.reference, line.designation, line.quantity, line.quantity, line.unit)


# ---------------------------------------------------------------- letters of the shipped case told of another


def retold(text, figures):
    """A letter about the shipped case as a letter about `wrong_delivery(figures)`."""
    old, new = SHIPPED.amounts(), figures.amounts()
    pairs = {}
    for name, value in old.items():
        for form in _forms(value):
            pairs.setdefault(form, _in_form(new[name], form))
    pairs |= {
        f"{SHIPPED.few} m": f"{figures.few} m",
        f"{SHIPPED.many} m": f"{figures.many} m",
        f"{SHIPPED.few}m": f"{figures.few}m",
        f"{SHIPPED.many}m": f"{figures.many}m",
    }
    pairs |= {
        "30 jours": f"{figures.days} jours",
        "1,5 %": f"{figures.discount} %".replace(".", ","),
        "20 %": f"{figures.vat} %".replace(".", ","),
    }
    pairs |= dict(WORDS)
    ahead = sorted(pairs, key=len, reverse=True)
    text = re.sub(
        "|".join(rf"(?<!\d){re.escape(form)}(?!\d)" if form[0].isdigit() else re.escape(form) for form in ahead),
        lambda found: pairs[found[0]],
        text,
    )
    return _dates(text, figures)


def _forms(value):
    plain = f"{value:,.2f}"
    grouped = plain.replace(",", " ").replace(".", ",")
    forms = [grouped, grouped.replace(" ", ""), plain.replace(",", "")]
    if value == value.to_integral_value():
        forms += [f"{value:.0f} €", f"{value:.0f}€"]
    return forms


def _in_form(value, form):
    plain = f"{value:,.2f}"
    if form.endswith("€"):
        return (
            plain.replace(",", "").replace(".", ",") + form.lstrip("0123456789,. ")
            if form[-2] != " "
            else plain.replace(",", " ").replace(".", ",") + " €"
        )
    if "." in form:
        return plain.replace(",", "")
    grouped = plain.replace(",", " ").replace(".", ",")
    return grouped if " " in form else grouped.replace(" ", "") if len(form) > 6 else grouped


def _dates(text, figures):
    shipped_due = date(2001, 12, 26)

    def moved(day, month):
        when = date(2001, month, day)
        if when == shipped_due:
            return figures.ordered + timedelta(6 + figures.days)
        return figures.ordered + (when - SHIPPED.ordered)

    def spelled(found):
        day = moved(1 if found[1] == "1er" else int(found[1]), MONTHS.index(found[2]) + 1)
        return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if found[3] else "")

    def figured(found):
        day = moved(int(found[1]), int(found[2]))
        return f"{day.day:02}/{day.month:02}" + (f"/{day.year}" if found[3] else "")

    text = re.sub(r"\b(1er|\d{1,2}) (octobre|novembre|décembre)( N\b| 2026)?", spelled, re.sub(r"\bjeudi ", "", text))
    return re.sub(r"(?<![\d/])(\d\d)/(\d\d)(?!/\d\d\b(?!\d))(/N\b|/2026)?(?![\d/])", figured, text)


@dataclass(frozen=True)
class Planted:
    """A letter with one error in it: its text, and from where to where the wrong thing goes."""

    name: str
    text: str
    start: int
    end: int
    wrong: str
    skip: str = ""


def letter_files():
    return sorted(path for path in LETTERS.iterdir() if path.suffix in (".md", ".txt"))


def planted(path):
    """The letters that the sidecar of `path` makes of it, one error each."""
    text = path.read_text(encoding="utf-8")
    for entry in tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8")).get("error", []):
        after = text.index(entry.get("from", ""))
        at = text.index(entry["was"], after)
        changed = text[:at] + entry["now"] + text[at + len(entry["was"]) :]
        wrong = entry.get("at", entry["now"])
        start = changed.index(wrong, at)
        yield Planted(path.name, changed, start, start + len(wrong), wrong, entry.get("skip", ""))

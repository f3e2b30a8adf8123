"""Personal data is found before it is sent; the facts of a fictional case and plain figures are let through."""

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.ask.names import Names, load_names
from promptlab.ask.personal import check_before_sending, facts_of, find_personal
from promptlab.errors import BadInput, PersonalDataFound
from promptlab.model.case import Case, Document, DocumentLine, Party

IBANS = [
    "FR76 3000 6000 0112 3456 7890 189",
    "DE89370400440532013000",
    "be68 5390 0754 7034",
    "GB29\u00a0NWBK\u00a06016\u00a01331\u00a09268\u00a019",
]


def kinds(text, **options):
    return [finding.kind for finding in find_personal(text, **options)]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("email", "lea.dupont@exemple.fr"),
        ("email", "Lea_D+bac@mail.lycee-x.example.org"),
        ("email", "léa@exemple.fr"),
        ("phone", "06 12 34 56 78"),
        ("phone", "0612345678"),
        ("phone", "05.56.05.38.12"),
        ("phone", "05-56-05-38-12"),
        ("phone", "05\u00a056\u202f05\u00a038\u00a012"),
        ("phone", "+33 6 12 34 56 78"),
        ("phone", "+33 (0)6 12 34 56 78"),
        ("phone", "0033612345678"),
        ("phone", "+44 20 7946 0958"),
        ("phone", "+1 (212) 555-0100"),
        ("siret", "421 724 659 00023"),
        ("siret", "42172465900023"),
        ("siret", "35600000049837"),
        ("siren", "732 829 320"),
        ("siren", "732829320"),
        ("siren", "FR44 732829320"),
        *[("iban", iban) for iban in IBANS],
    ],
)
def test_personal_data_is_found_where_it_stands(kind, data):
    if kind == "siret" and data.startswith("421"):
        data = data[:-1] + luhn_digit(re.sub(r"\D", "", data)[:-1])
    (finding,) = find_personal(f"Voici : {data}, merci.")
    assert (finding.kind, finding.text, finding.start) == (kind, data, 8)


def luhn_digit(digits):
    doubled = [int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits))]
    return str(-sum(n - 9 if n > 9 else n for n in doubled) % 10)


@pytest.mark.parametrize(
    "text",
    [
        "Facture 879 du 26/11/N : 150 × 21,64 = 3 245,85 €, TVA 783,17, total 4 699,02 €",
        "le 05/06/2026 10:30, puis le 05.06.2026 à 08 h",
        "réf. N52000, WH/OUT/00023, S00024, commande 11-024",
        "un chiffre d'affaires de 732 829 320 € ou 732829320 euros",
        "0 000 000 000 et 000000000",
        "732 829 321 n'est pas un SIREN ; 12345678901234 n'est pas un SIRET",
        "FR76 3000 6000 0112 3456 7890 188",
        "@promptlab, 3 @ 5, moi@ ici",
        "35600000049838",
        "",
    ],
)
def test_figures_that_are_nobodys_are_let_through(text):
    assert find_personal(text) == ()


@pytest.mark.parametrize("around", ["{}", "IBAN{}", " {} et 12 34", "({})", "{}\n{}"])
def test_iban_is_found_whole_whatever_follows(around):
    if around == "IBAN{}":
        around = "IBAN : {}"
    text = around.replace("{}", IBANS[0])
    assert {finding.text for finding in find_personal(text)} == {IBANS[0]}


def test_findings_never_overlap_and_stand_in_order():
    found = find_personal("0612345678 a@b.fr " + " / ".join(IBANS) + " 35600000049837")
    assert [f.start for f in found] == sorted(f.start for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(deadline=None)
@given(
    st.text(max_size=200),
    st.sampled_from(["lea@exemple.fr", "06 12 34 56 78", IBANS[0], "35600000049837"]),
    st.text(max_size=200),
)
def test_data_between_spaces_is_found_in_any_text(before, data, after):
    found = find_personal(f"{before} ; {data} ; {after}")
    assert any(f.start <= len(before) + 3 and f.end >= len(before) + 3 + len(data) for f in found)


def test_long_text_is_searched_without_stalling():
    assert find_personal("a" * 300_000 + " " + "1 " * 50_000 + "a.b-c@" * 20_000) == ()


# ---------------------------------------------------------------- known facts


def a_case(**fields):
    firm = Party(
        "TISSUS DU PORT",
        phone="05 56 05 38 12",
        email="sav@tissus.example.com",
        siret="732829320",
        contact="Mme Duvalier",
    )
    letter = Document(
        "complaint",
        "E-mail",
        body="Rappelez-moi au +33 4 91 64 44 55.",
        lines=(DocumentLine("A1", "drap", unit_price=Decimal(3)),),
    )
    given_fields = {
        "name": "c",
        "title": "",
        "language": "fr",
        "level": "",
        "summary": "",
        "company": firm,
        "customer": Party("X"),
    }
    empty = dict.fromkeys(("tasks", "tags", "reasons", "runs"), ())
    return Case(
        **{
            **given_fields,
            **empty,
            "prompts": ("écris à p@perso.fr",),
            "documents": (letter,),
            "default_run": "",
            "folder": Path(),
            **fields,
        }
    )


def test_facts_of_a_fictional_case_may_be_sent_however_they_are_written():
    known = facts_of(a_case())
    assert kinds("0556053812, SAV@tissus.example.com, 732 829 320, 04.91.64.44.55", known=known) == []
    assert kinds("06 12 34 56 78", known=known) == ["phone"]


def test_facts_of_a_real_case_may_not():
    assert kinds("0556053812", known=facts_of(a_case(fictional=False))) == ["phone"]


def test_prompts_are_no_facts():
    assert kinds("p@perso.fr", known=facts_of(a_case())) == ["email"]


# ---------------------------------------------------------------- names


PUPILS = Names(["Léa Dupont", "BEN ALI Karim", "Rose Lejeune", "Nguyen"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Je suis léa dupont.", ["léa dupont"]),
        ("DUPONT Lea", ["DUPONT Lea"]),
        ("Lea\u0301 Dupont", ["Lea\u0301 Dupont"]),
        ("Karim Ben Ali et Rose", ["Karim Ben Ali", "Rose"]),
        ("Signé : Dupont", ["Dupont"]),
        ("nguyen", ["nguyen"]),
        ("une rose ; Duponteau ; Alibi ; le dupont", []),
    ],
)
def test_names_are_found_as_whole_words_whatever_accents_and_case(text, found):
    assert [f.text for f in find_personal(text, names=PUPILS)] == found


def test_name_that_the_case_itself_uses_is_let_through():
    names = Names(["Duvalier Anne"])
    assert kinds("Mme Duvalier", names=names, known=facts_of(a_case())) == []
    assert kinds("Anne Duvalier", names=names, known=facts_of(a_case())) == ["name"]


def test_repr_of_names_shows_none():
    assert "upont" not in repr(PUPILS).casefold()


def test_names_are_loaded_from_lines_and_from_a_table(tmp_path):
    path = tmp_path / "classe.csv"
    path.write_bytes("\ufeffNom;Prénom;Classe\r\nDupont;Léa;2nde\r\n\r\nBen Ali\tKarim\r\nRose Lejeune\r\n".encode())
    names = load_names(path)
    assert kinds("léa dupont, karim ben ali, rose lejeune, Nom, Classe", names=names) == ["name"] * 3


@pytest.mark.parametrize("content", [b"", b"Nom;Pr\xe9nom", "Nom;Prénom\n".encode(), None])
def test_useless_list_of_names_is_refused_with_its_path(tmp_path, content):
    path = tmp_path / "classe.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadInput, match=r"classe\.csv"):
        load_names(path)


# ---------------------------------------------------------------- the check


def test_check_names_everything_it_found_masked_and_where():
    with pytest.raises(PersonalDataFound) as caught:
        check_before_sending(["Bonjour", "lea@exemple.fr, 06 12 34 56 78 : Léa Dupont"], names=PUPILS)
    said = str(caught.value)
    for part in ("prompt 2, character 1:", "prompt 2, character 17:", "l…@e….fr", "06…78", "L… D…"):
        assert part in said
    for secret in ("lea@", "12 34", "Dupont"):
        assert secret not in said


def test_check_lets_clean_prompts_through():
    check_before_sending(["Quelles sont les étapes ?", "pour 25 m à 19,06 €"], names=PUPILS)

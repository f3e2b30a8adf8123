"""The parts of a letter: which are there, which are missing; and advice, which is never a verdict."""

import pytest

from promptlab.files.cases import load_case
from promptlab.letter.check import check_letter
from tests.letter.builders import LETTERS

LETTER = (LETTERS / "01-lettre-classique.md").read_text(encoding="utf-8")
EMAIL = (LETTERS / "02-courriel-simple.txt").read_text(encoding="utf-8")
HEAD = "LES TOILES GIRONDINES\n40 cours Pasteur\n33000 BORDEAUX\n"
HEAD += "Tél. : 05 56 05 38 12\nreclamation@lestoilesgirondines.com\n"
WINDOW = "MARSEILLE TEXTILES\nÀ l’attention de Madame Cécile HARRIVAS\n32 rue Saint-Basile\n13001 MARSEILLE\n"


@pytest.fixture(scope="module")
def case():
    return load_case("reclamation")


@pytest.mark.parametrize(
    ("part", "cut"),
    [
        ("expéditeur", HEAD),
        ("destinataire", WINDOW),
        ("date", "Bordeaux, le 28 novembre N\n"),
        ("objet", "Objet : votre réclamation – commande n° 11-024\n"),
        ("pièces jointes", "P.J. : bon de retour\n"),
        ("appel", "Madame,\n\nNous accusons"),
        ("formule de politesse", "Nous vous prions d’agréer, Madame, nos salutations distinguées.\n"),
        ("signature", "Mme Duvalier\nCommerciale\n"),
    ],
)
def test_a_part_that_was_taken_out_is_missing(part, cut, case):
    assert cut in LETTER
    found = check_letter(LETTER.replace(cut, "Nous accusons" if part == "appel" else ""), case)
    assert part in found.missing
    # Without closing words nobody can tell where the signature would stand.
    assert set(found.missing) <= {part, "signature"} if part == "formule de politesse" else found.missing == (part,)


def test_references_are_missing_where_neither_line_nor_subject_names_one(case):
    text = LETTER.replace("V/Réf. : courriel du 27 novembre N\nN/Réf. : commande n° 11-024, facture n° 879\n", "")
    text = text.replace("votre réclamation – commande n° 11-024", "votre réclamation")
    assert check_letter(text, case).missing == ("références",)


def test_an_enclosure_needs_its_line_only_when_the_letter_announces_one(case):
    quiet = LETTER.replace("P.J. : bon de retour\n", "").replace(" Vous trouverez ci-joint le bon de retour.", "")
    assert check_letter(quiet, case).missing == ()
    theirs = quiet.replace("Vous mentionnez un", "Les documents joints à votre courriel citent le")
    assert "pièces jointes" not in check_letter(theirs, case).missing


def test_an_email_is_known_by_its_header_and_needs_no_address_and_no_date(case):
    found = check_letter(EMAIL, case)
    assert (found.medium, found.missing) == ("email", ())
    assert check_letter(EMAIL, case, medium="letter").missing != ()
    assert check_letter(LETTER, case).medium == "letter"


def test_an_email_without_subject_or_signature_lacks_them(case):
    text = EMAIL.replace("Objet : Réponse à votre réclamation du 27/11/N - facture n°879\n", "")
    text = text[: text.index("Le service réclamations")]
    assert check_letter(text, case).missing == ("objet", "signature")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("agréer, Madame, nos", "agréer, Monsieur, nos"), "opening"),
        (("agréer, Madame, nos salutations", "agréer, Madame Harrivas, l’expression de nos salutations"), "surname"),
        (("Nous vous prions d’accepter nos excuses pour cette erreur.\n", ""), "Apologise"),
        (("670,00 € HT, soit", "670.00€ HT, soit"), "670,00"),
        (("cette erreur.", "cette erreur. Conformément à l’article 1604 du Code civil, nous livrons."), "Légifrance"),
        (("Mme Duvalier\n", "[Nom du responsable]\n"), "filled in"),
        (("Nous accusons", "**Nous** accusons"), "Markdown"),
        (("à nos frais.", "à nos frais. Nous vous offrons une remise."), "promise"),
    ],
)
def test_advice_says_what_could_be_better(change, words, case):
    assert change[0] in LETTER
    before, after = check_letter(LETTER, case).advice, check_letter(LETTER.replace(*change), case).advice
    assert any(words in advice for advice in set(after) - set(before))


def test_a_sloppy_amount_is_understood_and_only_advised_upon(case):
    found = check_letter(LETTER.replace("3 245,85 € HT", "3245.85€ HT"), case)
    assert found.contradicted == ()
    assert any("3\u00a0245,85" in advice for advice in found.advice)


def test_an_empty_letter_lacks_everything_and_claims_nothing(case):
    found = check_letter("", case)
    assert found.claims == ()
    assert "objet" in found.missing
    assert found.advice


def test_a_letter_without_any_fact_says_so(case):
    found = check_letter("Bonjour,\n\nNous regrettons beaucoup.\n\nCordialement,\nle service", case)
    assert found.claims == ()
    assert len(found.problems) == 1


def test_a_case_without_documents_proves_nothing(case):
    from promptlab.model.case import Party
    from tests.letter.builders import case_of

    found = check_letter(LETTER, case_of((), company=Party("ICI"), customer=Party("LA")))
    assert found.contradicted == ()
    assert found.problems


MAIL = "À : marseilletextile@outlook.fr\nObjet : facture 879\n\n"


@pytest.mark.parametrize(
    "rest",
    [
        "Bonjour Madame Harrivas, nous avons bien eu votre message.\nCordialement, Inès – Les Toiles Girondines\n",
        "Bjr Mme Harrivas,\n\nOn vous renvoie la toile bleue.\n\nencore désolés, bone journée\nYanis\n",
        "Bonjour,\n\nLa toile bleue part demain.\nBien à vous, Mme Duvalier\n",
    ],
)
def test_a_short_email_opens_and_is_signed_on_the_line_of_its_words(rest, case):
    assert check_letter(f"{MAIL}{rest}", case).missing == ()


def test_headings_in_markdown_are_a_subject_and_references(case):
    text = "# Objet : votre réclamation – commande n° 11-024\n\nMadame,\n\nL'avoir est prêt.\n"
    assert not {"objet", "références"} & set(check_letter(text, case).missing)


def test_a_letter_that_ends_in_a_forename_and_a_name_is_signed(case):
    text = "Madame,\n\nVous recevrez un avoir de 804,00 € TTC et une facture.\n\nLucas B.\nAssistant de gestion\n"
    assert "signature" not in check_letter(text, case).missing

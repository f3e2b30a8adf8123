from decimal import Decimal
from fractions import Fraction

import pytest

from promptlab.errors import BadInput
from promptlab.files.class_list import Pupil, read_class
from promptlab.files.overrides import read_overrides
from promptlab.files.returns import Returned, is_return, parse_return, read_return, return_text
from promptlab.model.copie import Comment, Return
from promptlab.model.mark import Override
from tests.grade.builders import a_copie, handed


def written(tmp_path, name, text, encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    "text",
    [
        "Pseudonyme;Nom;Prénom\r\nP01;DUPONT;Léa\r\nP02;Ben Ali;Éric\r\n",
        "nom,prénom,code\nDUPONT,Léa,P01\nBen Ali,Éric,P02\n",
        "P01;DUPONT;Léa\nP02;Ben Ali;Éric\n\n",
        "Élève\tPseudo\nLéa DUPONT\tP01\nÉric Ben Ali\tP02\n",
    ],
)
def test_a_list_of_the_class_may_have_several_forms(tmp_path, text):
    found = read_class(written(tmp_path, "classe.csv", text))
    assert found == (Pupil("P01", "Léa DUPONT"), Pupil("P02", "Éric Ben Ali"))


def test_a_list_saved_by_excel_in_windows_letters_is_read(tmp_path):
    path = written(tmp_path, "classe.csv", "Pseudonyme;Élève;Courriel\r\nP01;Léa;lea@example.org\r\n", "cp1252")
    assert read_class(path) == (Pupil("P01", "Léa", "lea@example.org"),)


@pytest.mark.parametrize(
    ("text", "said"), [("Nom;Prénom\nA;B\n", "Nom"), ("code;nom\nP1;A\np1;B\n", "P1|p1"), ("code;nom\n", "0")]
)
def test_a_list_that_cannot_be_used_is_refused(tmp_path, text, said):
    with pytest.raises(BadInput, match=said):
        read_class(written(tmp_path, "classe.csv", text))


CSV = (
    "élève;critère;niveau;points;commentaire\r\n"
    "P01;langue;M;;Relisez-vous.\r\n"
    "P01;;;14,5;\r\n"
    "P02;tâche 6;oui;;\r\n"
    "P02;plan;;;\r\n"
)


def test_decisions_in_a_spreadsheet_are_read_and_lines_not_filled_in_passed_over(tmp_path):
    found = read_overrides(written(tmp_path, "o.csv", CSV, "utf-8-sig"))
    assert found.entries == (
        Override("P01", "langue", "M", comments=("Relisez-vous.",)),
        Override("P01", points=Fraction(29, 2)),
        Override("P02", task=6, validated=True),
    )


def test_decisions_in_toml_use_the_bank_of_comments(tmp_path):
    text = """format = 1
[comments]
preuve = "Citez le document."
[[marks]]
pupil = "P01"
criterion = "langue"
points = "3,5"
comments = ["preuve", "Bravo."]
[[tasks]]
pupil = "P01"
task = 9
"""
    assert read_overrides(written(tmp_path, "o.toml", text)).entries == (
        Override("P01", "langue", points=Fraction(7, 2), comments=("Citez le document.", "Bravo.")),
        Override("P01", task=9, validated=True),
    )


def test_all_faults_of_the_decisions_are_told(tmp_path):
    bad = "élève;critère;points;niveau\r\nP01;langue;beaucoup;\r\nP01;tâche 6;;peut-être\r\n"
    with pytest.raises(BadInput) as refused:
        read_overrides(written(tmp_path, "o.csv", bad))
    assert "beaucoup" in str(refused.value)
    assert "peut-être" in str(refused.value)
    assert "line 3" in str(refused.value)


def test_a_return_is_read_as_it_was_written(tmp_path):
    returned = Returned(
        "ab12",
        "reclamation",
        ("P07",),
        2,
        Return((6, 7), Decimal("14.50"), Decimal("20.00"), (Comment("Bien.", "Étiqueter"),), 12, "2026-11-27"),
    )
    path = written(tmp_path, "P07.json", return_text(returned))
    assert read_return(path) == returned
    assert is_return(path.read_bytes())


def test_what_is_no_return_is_refused(tmp_path, on):
    copie = handed(a_copie(on)).data
    assert not is_return(copie)
    for content in (copie, b"", b"[]", b'{"promptlab": "return"}', b'{"promptlab": "return", "format": 9}'):
        with pytest.raises(BadInput, match=r"P07\.json"):
            parse_return(content, "P07.json")

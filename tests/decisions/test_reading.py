"""Decision tables in files: the same table again from each format, and every fault with its place."""

import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.decisions import (
    check,
    decisions_csv,
    decisions_xlsx,
    from_values,
    parse_decisions,
    read_decisions,
    to_values,
)
from promptlab.errors import BadInput
from promptlab.files.toml import to_toml
from promptlab.model.decisions import Action, Condition, DecisionTable, Impossible, Rule, Value
from tests.decisions.builders import rule, table, tables, when

CSV = """Titre;Essai
Règle;Payée ?;En stock ?;Actions;Remarque
Valeurs;oui | non;oui | non | bientôt;;
Impossible;non;bientôt;;jamais vu
R1;oui;;Rembourser | Écrire;vite
R2;non;sauf bientôt;Déduire;
"""


def csv(text, name="t.csv"):
    return parse_decisions(text.encode(), name=name)


def values(**changed):
    return to_values(table(rule("A", "x", payee="oui"), rule("B", "y", payee="non"))) | changed


def test_a_class_writes_a_table_without_any_code():
    read = csv(CSV)
    assert [each.question for each in read.conditions] == ["Payée ?", "En stock ?"]
    assert [action.label for action in read.actions] == ["Rembourser", "Écrire", "Déduire"]
    assert read.rules[0] == Rule("R1", (("payee", ("oui",)),), ("rembourser", "ecrire"), "vite")
    assert dict(read.rules[1].when)["en_stock"] == ("oui", "non")
    assert read.impossible[0].why == "jamais vu"
    assert check(read).is_clean


@pytest.mark.parametrize("cell", ["oui/non", "oui, non", "oui ou non", "oui | non", "*", "-", "indifférent", ""])
def test_several_ways_to_say_any_answer(cell):
    assert csv(CSV.replace("R1;oui;", f'R1;"{cell}";')).rules[0].when == ()


@pytest.mark.parametrize("text", [CSV.replace(";", ","), "\ufeff" + CSV, CSV.replace("\n", "\r\n"), "\n\n" + CSV])
def test_commas_a_byte_order_mark_line_ends_and_empty_lines_do_not_matter(text):
    assert csv(text).rules == csv(CSV).rules


def test_a_csv_in_the_old_french_encoding_is_read():
    assert parse_decisions(CSV.encode("cp1252"), name="t.csv").rules == csv(CSV).rules


def test_a_misspelt_value_is_told_with_its_place_and_the_nearest_one():
    with pytest.raises(BadInput, match=r"(?s)t\.csv.*line 5, column B.*“ouii”.*“oui”"):
        csv(CSV.replace("R1;oui;", "R1;ouii;"))


def test_all_faults_of_a_csv_are_told_at_once():
    with pytest.raises(BadInput) as error:
        csv(CSV.replace("R1;oui;", "R1;perdue;").replace("R2;non;sauf bientôt", "R1;non;demain"))
    assert [problem.where for problem in error.value.problems] == [
        "t.csv, line 5, column B",
        "t.csv, line 6, column A",
        "t.csv, line 6, column C",
    ]


@pytest.mark.parametrize(("lost", "named"), [("Règle;", "Rule"), ("Valeurs;", "Values"), (";Actions", "Actions")])
def test_a_csv_without_a_row_or_column_that_it_needs_says_which(lost, named):
    with pytest.raises(BadInput, match=named):
        csv(CSV.replace(lost, "x;" if lost.endswith(";") else ";Suite"))


def test_the_same_question_in_two_columns_keeps_what_both_say():
    text = "Règle;Payée ?;Payée ?;Actions\nValeurs;oui | non;oui | non;\nR1;oui;non;x\nR2;oui;;y\nR3;non;;z\n"
    read = csv(text)
    assert read.rules[0].when == (("payee", ()),)
    (problem,) = check(read).problems
    assert "R1" in problem.where


def test_declared_actions_are_a_closed_list():
    text = CSV + "Action;rembourser;Rembourser;Comptabilité;;;;\n"
    with pytest.raises(BadInput, match="Écrire"):
        csv(text)


def test_a_file_of_another_kind_is_refused_with_the_kinds_there_are(tmp_path):
    with pytest.raises(BadInput, match=r"\.toml \.json \.xlsx \.csv"):
        parse_decisions(b"", name="t.doc")
    with pytest.raises(BadInput, match=r"absent\.toml"):
        read_decisions(tmp_path / "absent.toml")


BROKEN = (
    ("t.toml", b"title = "),
    ("t.toml", b"\xff\xfe"),
    ("t.json", b"{"),
    ("t.json", b"[]"),
    ("t.json", b"[" * 100_000),
    ("t.xlsx", b"PK"),
    ("t.csv", b""),
)


@pytest.mark.parametrize(("name", "content"), BROKEN)
def test_a_broken_file_is_bad_input_that_names_it(name, content):
    with pytest.raises(BadInput, match=re.escape(name) + "|Rule"):
        parse_decisions(content, name=name)


def test_a_toml_tells_every_fault_with_its_key():
    broken = values()
    broken["rule"][0]["when"] = {"payee": "peut-être", "couleur": "bleu"}
    broken["rule"][1]["then"] = ["z"]
    broken["rule"][1]["id"] = "A"
    broken["hit"] = "any"
    broken["colour"] = 1
    with pytest.raises(BadInput) as error:
        from_values(broken, name="t.toml")
    places = [problem.where.removeprefix("t.toml, ") for problem in error.value.problems]
    assert sorted(places) == sorted(
        ["rule[1].when.payee", "rule[1].when.couleur", "rule[2].then", "rule[2].id", "hit", "colour"]
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"condition": []},
        {"condition": [{"id": "a", "question": "a ?", "values": {"x": "x"}}], "rule": []},
        {"condition": [{"id": "a", "question": "a ?", "values": {"x": "Oui", "y": "oui"}}], "rule": []},
        {"title": ""},
        {"format": 2},
        {"rule": [{"id": "A", "when": {"payee": 3}, "then": []}]},
        {"rule": "x"},
    ],
)
def test_what_is_no_table_is_refused(changed):
    with pytest.raises(BadInput):
        from_values(values(**changed))


def test_an_empty_list_of_answers_is_kept_and_told_by_the_check():
    kept = values()
    kept["rule"][0]["when"] = {"payee": []}
    read = from_values(kept)
    assert read.rules[0].when == (("payee", ()),)
    assert check(read).problems


def test_a_cell_that_looks_like_a_formula_stays_text_and_comes_back():
    hostile = replace(table(rule("A", "x")), title="=1+1", note="@cmd", actions=(Action("x", "=HYPERLINK(1)"),))
    text = decisions_csv(hostile).decode("utf-8-sig")
    assert "'=1+1" in text
    assert ";'=HYPERLINK(1)" in text
    assert parse_decisions(text.encode(), name="t.csv") == hostile

    from openpyxl import load_workbook

    content = decisions_xlsx(hostile, check(hostile))
    for sheet in load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    assert parse_decisions(content, name="t.xlsx") == hostile


def test_a_rule_called_like_a_kind_of_row_comes_back():
    odd = table(rule("Action", "x", payee="oui"), rule("Impossible", "y", payee="non"), rule("\\A", "x"))
    assert parse_decisions(decisions_csv(odd), name="t.csv") == odd


def test_a_workbook_that_unpacks_to_too_much_is_not_read():
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    with pytest.raises(BadInput, match="MB"):
        parse_decisions(out.getvalue(), name="bomb.xlsx")


def test_a_workbook_edited_by_a_class_is_read_with_its_new_rule():
    from openpyxl import load_workbook

    begun = table(rule("A", "x", payee="oui"), actions=("y",))
    book = load_workbook(io.BytesIO(decisions_xlsx(begun, check(begun))))
    sheet = book.worksheets[0]
    row = sheet.max_row + 1
    for place, cell in enumerate(["Neuve", "non", "", "Faire y"], 1):
        sheet.cell(row, place, cell)
    out = io.BytesIO()
    book.save(out)
    read = parse_decisions(out.getvalue(), name="t.xlsx")
    assert read.rules == (*begun.rules, rule("Neuve", "y", payee="non"))
    assert check(read).is_clean


_texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).map(str.strip)
_labels = _texts.filter(lambda text: any(sign.isalnum() for sign in text))


@st.composite
def described(draw):
    """Any table, with texts of all kinds."""
    base = draw(tables(most_rules=4, least_actions=0))
    folded = lambda text: re.sub(r"\W+", " ", text).casefold()  # noqa: E731
    questions = draw(st.lists(_labels, min_size=4, max_size=4, unique_by=folded))
    conditions = tuple(
        Condition(
            each.id,
            f"Q{at} {questions[at]}",
            tuple(Value(value.id, f"{n} {questions[at]}|") for n, value in enumerate(each.values)),
        )
        for at, each in enumerate(base.conditions)
    )
    actions = tuple(
        Action(
            each.id, f"{each.id}{draw(_labels)}", draw(_texts), draw(_texts), tuple(draw(st.lists(_labels, max_size=2)))
        )
        for each in base.actions
    )
    return DecisionTable(
        f"T{draw(_labels)}",
        conditions,
        actions,
        tuple(replace(each, note=draw(_texts)) for each in base.rules),
        tuple(Impossible(each.when, draw(_texts)) for each in base.impossible),
        base.hit,
        draw(_texts),
        draw(_texts),
    )


@given(described())
@settings(max_examples=50, deadline=None)
def test_plain_values_give_the_same_table_again(whole):
    assert from_values(json.loads(json.dumps(to_values(whole)))) == whole
    assert parse_decisions(to_toml(to_values(whole)).encode(), name="t.toml") == whole


@given(described())
@settings(max_examples=50, deadline=None)
def test_a_csv_gives_the_same_table_again(whole):
    assert parse_decisions(decisions_csv(whole), name="t.csv") == whole


@given(described())
@settings(max_examples=15, deadline=None)
def test_a_workbook_gives_the_same_table_again(whole):
    assert parse_decisions(decisions_xlsx(whole, check(whole)), name="t.xlsx") == whole


def test_spreadsheets_are_the_same_in_french(french):
    whole = table(rule("A", "x", payee="oui"), impossible=[when(payee="non")])
    assert parse_decisions(decisions_csv(whole), name="t.csv") == whole


def test_every_word_that_is_written_in_french_is_read(french):
    from promptlab.decisions.rows import WORDS, word

    assert all(word(key) in WORDS[key] for key in WORDS)


@pytest.mark.parametrize("missing", ["Valeurs", "Règle", "Actions"])
def test_table_that_lacks_a_heading_is_told_where_to_find_one_to_copy_from(missing):
    lines = [line for line in CSV.splitlines() if not line.startswith(missing)]
    text = "\n".join(lines) if missing != "Actions" else CSV.replace("Actions", "Ensuite")
    with pytest.raises(BadInput, match=r"promptlab decisions reclamation --to model\.xlsx"):
        csv(text)


def test_broken_file_is_told_with_its_place_and_without_the_words_of_a_parser():
    for name, content, place in (("a.toml", "x = [1\ny 2", "line 2"), ("a.json", '{\n"a": }', "line 2")):
        with pytest.raises(BadInput) as refused:
            parse_decisions(content.encode(), name=name)
        assert place in str(refused.value)
        assert not re.search("Expecting|Unclosed|Invalid|Expected", str(refused.value))

"""What a run cost, about, and the sessions in which a case allows live questions."""

import shutil
from decimal import Decimal

import pytest

from promptlab.ask.cost import cost_line, estimate, estimate_all, prices_file, read_prices
from promptlab.errors import BadInput
from promptlab.files.cases import load_case, shipped_cases
from promptlab.model.answer import Answer, Provenance

PRICES = 'format = 1\nlooked_up = "2026-11-21"\n[[models]]\nmodel = "M-1"\nsent = "0.50"\nreceived = "2"\n'
USAGE = (("prompt_tokens", 1000), ("completion_tokens", 2000), ("total_tokens", 3000))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "tarifs.toml"
    path.write_text(PRICES, "utf-8")
    return path


def answer(model="m-1", usage=USAGE):
    return Answer(1, "?", "!", Provenance(model, "p", "2026-11-21"), usage=usage)


def test_cost_is_tokens_times_the_price_of_a_million(file):
    assert estimate(USAGE, "m-1", read_prices(file)).euros == Decimal("0.0045")


def test_answers_are_added_up(file):
    found = estimate_all([answer(), answer()], read_prices(file))
    assert (found.sent, found.received, found.euros) == (2000, 4000, Decimal("0.0090"))


@pytest.mark.parametrize("other", [answer(model="autre"), answer(usage=())])
def test_cost_is_not_known_where_one_price_or_count_is_missing(file, other):
    assert estimate_all([answer(), other], read_prices(file)).euros is None


def test_without_token_counts_nothing_is_said(file):
    assert cost_line([answer(usage=())], read_prices(file), file) == ""


def test_line_names_the_day_of_the_prices_or_where_to_write_them(file, tmp_path):
    known = cost_line([answer()], read_prices(file), file)
    assert all(fact in known for fact in ("1000", "2000", "0.0045", "2026-11-21"))
    missing = tmp_path / "rien.toml"
    assert all(fact in cost_line([answer()], read_prices(missing), missing) for fact in ("m-1", "rien.toml"))


def test_faults_of_the_prices_are_told_with_their_place(file):
    file.write_text(PRICES.replace('"2"', '"deux"').replace("0.50", "-1"), "utf-8")
    with pytest.raises(BadInput, match=r"(?s)models\[1\].*deux") as caught:
        read_prices(file)
    assert "less than 0" in str(caught.value)


def test_prices_stand_in_the_folder_of_the_user(monkeypatch, tmp_path):
    monkeypatch.setenv("PROMPTLAB_HOME", str(tmp_path))
    assert prices_file() == tmp_path / "tarifs.toml"


def test_case_says_in_which_sessions_pupils_may_ask_live(tmp_path):
    case = shutil.copytree(shipped_cases() / "reclamation", tmp_path / "cas")
    assert load_case(case).live_sessions is None
    with (case / "case.toml").open("a", encoding="utf-8") as manifest:
        manifest.write("\n[live]\nsessions = [1, 3]\n")
    assert load_case(case).live_sessions == (1, 3)


def test_live_run_says_its_tokens_and_its_cost(tmp_path, monkeypatch, capsys):
    from promptlab.cli import main
    from tests.ask.server import Server, says

    monkeypatch.setenv("PROMPTLAB_HOME", str(tmp_path))
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    (tmp_path / "tarifs.toml").write_text(PRICES.replace('"M-1"', '"m"').replace("0.50", "500000"), "utf-8")
    case = shutil.copytree(shipped_cases() / "reclamation", tmp_path / "cas")
    answer_text = "1. **Recevoir** : noter.\n2. **Répondre** : écrire.\n"
    with Server(*[says(answer_text)] * 3) as server:
        given = ["run", str(case), "--live", "--base-url", server.url, "--model", "m", "--to", str(tmp_path / "out")]
        assert main([*given, "--record", "essai"]) == 0
    told = capsys.readouterr().err
    sent = sum(dict(each.usage)["prompt_tokens"] for each in load_case(case).run("essai").answers)
    assert sent > 0
    assert f"{sent} sent" in told
    assert "2026-11-21" in told

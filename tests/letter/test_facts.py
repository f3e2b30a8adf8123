"""What the documents of a case state, what follows, and figures as people write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlab.casefile.amounts import amounts, euros, to_number
from promptlab.casefile.dates import Day, Span, dates, read_day, spans
from promptlab.casefile.facts import facts_of
from promptlab.casefile.facts_text import fold, readable
from promptlab.files.cases import load_case
from tests.letter.builders import Figures, wrong_delivery


@pytest.fixture(scope="module")
def facts():
    return facts_of(load_case("reclamation"))


@pytest.mark.parametrize(
    ("value", "nature", "event"),
    [
        ("670.00", "ht", "credit"),
        ("134.00", "vat", "credit"),
        ("804.00", "ttc", "credit"),
        ("476.50", "ht", "new"),
        ("95.30", "vat", "new"),
        ("571.80", "ttc", "new"),
        ("193.50", "ht", "difference"),
        ("38.70", "vat", "difference"),
        ("232.20", "ttc", "difference"),
        ("4466.82", "ttc", "after"),
        ("3895.02", "ttc", "after"),
        ("4699.02", "ttc", "invoice"),
        ("58.43", "ttc", "after"),
        ("3836.59", "ttc", "after"),
        ("3246.00", "ht", "order"),
    ],
)
def test_the_figures_of_a_right_solution_follow_from_the_documents(value, nature, event, facts):
    found = [fact for fact in facts.amounts if fact.value == Decimal(value) and fact.nature == nature]
    assert any(event in fact.about and fact.source for fact in found)


def test_the_day_of_payment_follows_from_the_terms(facts):
    assert [fact.value for fact in facts.days if fact.event == "due"] == [Day(26, 12, "N")]


def test_short_references_of_the_complaint_name_the_full_ones(facts):
    assert {product.reference: product.names for product in facts.products}["A52000"] == {"a52000", "a52"}
    assert facts.product("N52000").words == {"noir"}


def test_what_was_not_ordered_goes_back_and_what_lacks_is_still_to_come(facts):
    assert {"credit", "return"} <= facts.product("N52000").events
    assert "new" in facts.product("A52000").events
    assert not {"credit", "return", "new"} & facts.product("B65000").events


def test_another_case_has_its_own_figures():
    figures = Figures(
        Decimal("12.35"),
        Decimal("18.90"),
        Decimal("7.42"),
        34,
        210,
        None,
        Decimal("5.5"),
        50,
        Decimal("2.25"),
        date(2027, 3, 4),
    )
    values = {fact.value for fact in facts_of(wrong_delivery(figures)).amounts}
    assert set(figures.amounts().values()) <= values


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("804€", "804"),
        ("804,00 € TTC", "804"),
        ("804.00 euros", "804"),
        ("3 245,85€", "3245.85"),
        ("3\u202f245,85\u00a0€", "3245.85"),
        ("3.245,85 €", "3245.85"),
        ("3,245.85 €", "3245.85"),
        ("3245.85 EUR", "3245.85"),
        ("huit cent quatre euros", "804"),
        ("quatre mille quatre cent soixante-six euros et quatre-vingt-deux centimes", "4466.82"),
        ("571 euros et 80 centimes", "571.80"),
        ("476€50", "476.50"),
        ("670 HT", "670"),
        ("1.000 €", "1000"),
        ("total : 193,50", "193.50"),
        ("mille deux cents euros", "1200"),
        ("€ 12,50", "12.50"),
    ],
)
def test_amounts_are_read_as_people_write_them(written, value):
    assert [found.value for found in amounts(fold(written))] == [Decimal(value)]


@pytest.mark.parametrize("written", ["20 %", "25 m", "26/11/N", "1,5 %", "n° 879", "12,50 m de toile"])
def test_what_is_no_amount_is_not_read_as_one(written):
    assert list(amounts(fold(written))) == []


@given(st.decimals(0, 999999, places=2))
def test_an_amount_that_was_written_is_read_back(value):
    assert [found.value for found in amounts(fold(euros(value)))] == [value]


@given(st.integers(0, 999_999))
def test_a_number_in_digits_is_itself(value):
    assert to_number(f"{value:,}".replace(",", " ")) == value


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("27 nov. N", Day(27, 11, "N")),
        ("27/11/N", Day(27, 11, "N")),
        ("le 27 novembre", Day(27, 11)),
        ("27-11-2026", Day(27, 11, "2026")),
        ("27.11.N.", Day(27, 11, "N")),
        ("1er décembre 2026", Day(1, 12, "2026")),
        ("vingt-sept novembre N", Day(27, 11, "N")),
        ("15 janvier N+1", Day(15, 1, "N+1")),
        ("2026-11-27", Day(27, 11, "2026")),
        ("du 27/11", Day(27, 11)),
        ("27 novembre n° 3", Day(27, 11)),
    ],
)
def test_dates_are_read_as_people_write_them(written, day):
    assert [found.value for found in dates(fold(written))] == [day]


@pytest.mark.parametrize(
    "written", ["11-024", "WH/OUT/00023", "1/2 journée de 3,5 h", "13001 Marseille", "05.56.05.38.12"]
)
def test_what_is_no_date_is_not_read_as_one(written):
    assert [str(found.value) for found in dates(fold(written)) if found.value.month == 11] == []


def test_durations_are_read():
    assert [found.value for found in spans("sous 48 heures, 30 jours, huit jours")] == [
        Span(Decimal(48), "hour"),
        Span(Decimal(30), "day"),
        Span(Decimal(8), "day"),
    ]


@given(st.dates(date(2001, 1, 1), date(2040, 12, 31)), st.integers(0, 120))
def test_days_are_counted_by_the_calendar(when, days):
    from datetime import timedelta

    later = when + timedelta(days)
    assert read_day(when.isoformat()).later(days) == Day(later.day, later.month, str(later.year))


def test_the_year_n_goes_on_into_the_next():
    assert Day(26, 12, "N").later(30) == Day(25, 1, "N+1")
    assert Day(16, 3, "N").later(45).month_end() == Day(30, 4, "N")


@given(st.text())
def test_folding_keeps_places(text):
    assert len(fold(text)) == len(text)
    plain, places = readable(text)
    assert [text[place] for place in places] == list(plain)
    assert plain.count("\n") == text.count("\n")

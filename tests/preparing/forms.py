"""Small forms of a case for these tests."""

from promptlab.files.case_to_form import usual_form


def small_form(**more):
    """A case that has no fault: two firms, two prompts, an order and an invoice of one article."""
    form = usual_form() | {
        "case/title": "Un cas",
        "case/summary": "Vous travaillez ici.",
        "company/company.name": "VENDEUR",
        "customer/customer.name": "ACHETEUR",
        "prompts/prompts[1].text": "Quelles sont les étapes ?",
        "prompts/prompts[2].text": "pour une facture",
        "order/number": "C1",
        "order/date": "04/03/N",
        "order/lines[1].reference": "R1",
        "order/lines[1].quantity": "2",
        "order/lines[1].unit_price": "10,50",
        "order/lines[1].amount": "21",
    }
    return form | more

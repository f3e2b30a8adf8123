"""The weights of the choices of a multiple question, in percent, as Moodle allows them."""

from promptlab.model.quiz import Question

# 100 / n with five decimals, for as many right choices: the only fractions that Moodle accepts on import.
_OF_RIGHT = ("100", "50", "33.33333", "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10")
MOST_RIGHT = len(_OF_RIGHT)


def right_weight(question: Question) -> str:
    """What one right choice counts."""
    count = sum(choice.right for choice in question.choices)
    return _OF_RIGHT[min(max(count, 1), MOST_RIGHT) - 1]


def wrong_weight(question: Question) -> str:
    """What one wrong choice takes away: as much as a right one gives, the rule of `marking`."""
    return f"-{right_weight(question)}"

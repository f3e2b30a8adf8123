"""Any file handed in, read: the one reader that the command line marks with."""

from promptlab.handin import read_hand_in_bytes
from promptlab.model.case import Case
from promptlab.model.hand_in import HandIn


def read_any(name: str, data: bytes, case: Case) -> HandIn:
    """What stands in the file called `name`: a .docx, a saved notebook or a copie. Raises BadInput."""
    return read_hand_in_bytes(name, data, case=case)

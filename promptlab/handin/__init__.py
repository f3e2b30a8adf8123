"""What pupils hand in, in any of its forms: a comparison document, a saved notebook, the file of a copie."""

from promptlab.handin.reading import read_hand_in, read_hand_in_bytes

__all__ = ["read_hand_in", "read_hand_in_bytes"]

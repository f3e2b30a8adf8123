"""Which pupil has which habit, and the documents that come of it."""

from tests.class_of_thirty import oddities, pupils
from tests.class_of_thirty.sheet import Sheet

DOCUMENTS = {
    "P01": pupils.plain,
    "P02": pupils.comments,
    "P03": pupils.spans,
    "P04": pupils.libreoffice_colours,
    "P05": pupils.other_colours,
    "P06": pupils.remarks_in_lines,
    "P07": pupils.rows_moved,
    "P08": pupils.cells_merged,
    "P09": pupils.changes_tracked,
    "P10": pupils.words_own_runs,
    "P11": pupils.retyped,
    "P12": pupils.split,
    "P13": oddities.signs,
    "P14": oddities.font_colour,
    "P15": oddities.controls,
    "P16": oddities.loose_comments,
    "P17": oddities.written_anywhere,
    "P18": pupils.table_rows,
    "P19": pupils.columns_swapped,
    "P20": pupils.blank,
    "P37": oddities.signs_before,
    "P38": oddities.paragraph_shaded,
    "P39": oddities.pasted,
    "P40": oddities.references_gone,
    "P41": oddities.typed_over,
    "P42": oddities.notes_and_boxes,
    "P43": oddities.row_deleted_tracked,
    "P44": oddities.reason_codes,
    "P45": oddities.signs_pasted,
    "P46": oddities.signs_at_the_end,
    "P47": oddities.words_behind_reference,
}
AGAIN = {
    "P21": (pupils.comments, ("docx",)),
    "P22": (pupils.spans, ("odt", "docx")),
    "P23": (pupils.libreoffice_colours, ("docx",)),
    "P24": (pupils.remarks_in_lines, ("odt", "docx")),
}


def made(handout, name, habit):
    """The document of pupil `name`, and its gold."""
    sheet = Sheet(handout)
    habit(sheet, name)
    return sheet.bytes(), sheet.gold

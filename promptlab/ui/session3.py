"""Session 3: the flowchart, built by the pupil, compared with the proposed one, evaluated with a grid."""

from promptlab.ui.session import Session


class ThirdSession(Session):
    """What the cells of the notebook of session 3 call."""

    number = 3

    def flowchart(self) -> None:
        """The form on which the flowchart is built."""
        from promptlab.ui.session3_flowchart import FlowchartPanel, chart_html

        self._show(FlowchartPanel(self.desk), "flowchart", lambda: chart_html(self.desk))

    def compare(self) -> None:
        """The pupil's flowchart beside the proposed one."""
        from promptlab.ui.session3_compare import ComparePanel, compare_html

        self._show(ComparePanel(self.desk), "compare", lambda: compare_html(self.desk))

    def evaluate(self) -> None:
        """The grid: a level for each criterion, and a verdict in words."""
        from promptlab.ui.session3_grid import GridPanel, grid_html

        self._show(GridPanel(self.desk), "grid", lambda: grid_html(self.desk))

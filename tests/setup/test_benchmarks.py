"""The benchmarks still load: every name that they import is there. Their figures are measured by hand."""

import runpy

import pytest

from tests.catalogue import ROOT

SCRIPTS = sorted((ROOT / "tests" / "benchmarks").glob("bench_*.py"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_benchmark_loads_without_running(script, capsys):
    runpy.run_path(str(script), run_name="smoke")
    assert capsys.readouterr().out == ""

"""Documents of several bodies made in other processes are those that one process makes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gouji.catalog import load_catalog
from gouji.registers import read_department
from gouji.writing import ProcessLost, build_department, useful_processes
from gouji.writing.side_by_side import SideBySide

CATALOG = load_catalog()


def test_other_processes_write_the_same_bytes(department_example: Path, tmp_path: Path) -> None:
    department = read_department(department_example, CATALOG)
    for processes in (0, 2):
        build_department(department, tmp_path / str(processes), CATALOG, processes=processes)
    alone, apart = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "0", tmp_path / "2")
    )
    assert alone == apart


def test_a_few_bodies_are_not_worth_another_process() -> None:
    assert useful_processes(3) == 0


@pytest.mark.parametrize("processes", [0, 1])
def test_what_a_job_raises_is_raised_here(processes: int) -> None:
    with pytest.raises(ValueError, match="many"), SideBySide(int, ["1", "many"], processes) as numbers:
        list(numbers.results())


def test_a_process_that_is_ended_is_told_in_a_sentence() -> None:
    with pytest.raises(ProcessLost, match="内存不足"), SideBySide(ended, [0], 1) as jobs:
        list(jobs.results())


def ended(code: int) -> None:
    os._exit(code)

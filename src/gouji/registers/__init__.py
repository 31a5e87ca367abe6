"""The body's own books: a workspace of settings and registers becomes facts, each traceable to its rows.

``read_workspace(folder, catalog)`` gives a :class:`Workspace` whose :class:`Book` answers what any fact
amounts to, or raises :class:`WorkspaceError` with everything that has to be put right. ``write_template``
starts a new workspace. ``read_department`` and ``write_department_template`` are for several bodies as one.
"""

from gouji.registers.book import Book, Entry, Figure, Source
from gouji.registers.department import Department, read_department
from gouji.registers.department_settings import is_department
from gouji.registers.department_template import write_department_template
from gouji.registers.problem import Problem, WorkspaceError
from gouji.registers.settings import Settings
from gouji.registers.template import write_template
from gouji.registers.workspace import Workspace, read_workspace

__all__ = [
    "Book",
    "Department",
    "Entry",
    "Figure",
    "Problem",
    "Settings",
    "Source",
    "Workspace",
    "WorkspaceError",
    "is_department",
    "read_department",
    "read_workspace",
    "write_department_template",
    "write_template",
]

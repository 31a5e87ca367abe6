"""The body's own books: a workspace of settings and registers becomes facts, each traceable to its rows.

``read_workspace(folder, catalog)`` gives a :class:`Workspace` whose :class:`Book` answers what any fact
amounts to, or raises :class:`WorkspaceError` with everything that has to be put right. ``write_template``
starts a new workspace.
"""

from gouji.registers.book import Book, Entry, Figure, Source
from gouji.registers.problem import Problem, WorkspaceError
from gouji.registers.settings import Settings
from gouji.registers.template import write_template
from gouji.registers.workspace import Workspace, read_workspace

__all__ = [
    "Book",
    "Entry",
    "Figure",
    "Problem",
    "Settings",
    "Source",
    "Workspace",
    "WorkspaceError",
    "read_workspace",
    "write_template",
]

"""A published budget becomes a workspace: registers whose tables would print what was published.

``draft_of(readings, year, catalog)`` gives a :class:`Draft`, with everything that the published tables leave open, deny
or that registers cannot hold as its notes; ``write_draft`` writes it as a new workspace.
"""

from gouji.drafting.accounts import accounts_of
from gouji.drafting.draft import Draft, draft_of
from gouji.drafting.note import Matter, Note
from gouji.drafting.workspace import NOTES, write_draft

__all__ = ["NOTES", "Draft", "Matter", "Note", "accounts_of", "draft_of", "write_draft"]

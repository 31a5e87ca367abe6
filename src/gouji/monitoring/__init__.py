"""Monitoring (绩效运行监控): what was spent and done by the end of a quarter, what the year will come to, and a light
with the rule that says why.

:func:`watch` makes a :class:`Monitor` from the registers of a workspace: the ledger of payments, the activity registers
with their dates, targets and, if there is one, the plan by quarter. Nothing here writes files.
"""

from gouji.monitoring.course import Execution, Progress, Watched
from gouji.monitoring.light import Colour, Light
from gouji.monitoring.monitor import Monitor, watch

__all__ = ["Colour", "Execution", "Light", "Monitor", "Progress", "Watched", "watch"]

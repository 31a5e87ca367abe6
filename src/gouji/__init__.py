"""Gouji (勾稽): build and check the disclosures in which China's public bodies account for their money.

One fact, many witnesses: see ``docs/design.md``. The rooms, each knowing only those before it:
``facts``, ``catalog``, ``documents``, ``reading``, ``checking``, ``registers``, ``writing``, ``reports``, ``corpus``,
``cli``.
"""

__version__ = "0.1.0"

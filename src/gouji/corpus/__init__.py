"""Many documents: read and checked in parallel, each under limits of its own, kept as Parquet, and compared.

``run_corpus(folder, output)`` opens, reads and checks every file below a folder in worker processes. What comes of one
file is a *shard* (:mod:`gouji.corpus.shard`), kept under the digest of its content and of the program that read it
(:mod:`gouji.corpus.engine`): a run that was killed goes on where it stopped, and a run with nothing new is over at
once. The shards are merged into four tables (:mod:`gouji.corpus.columns`), one document at a time.

``compare_runs(before, after)`` tells what a change of the program, or of the documents, did: per file, findings and
cells that are new, gone or different.

A file that crashes, hangs, exhausts memory or cannot be read is a row with its reason; it never ends the run.
"""

from gouji.corpus.compare import FileDifference, compare_runs
from gouji.corpus.limits import Limits
from gouji.corpus.problem import CorpusError
from gouji.corpus.run import Progress, RunResult, run_corpus

__all__ = [
    "CorpusError",
    "FileDifference",
    "Limits",
    "Progress",
    "RunResult",
    "compare_runs",
    "run_corpus",
]

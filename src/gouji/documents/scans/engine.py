"""Character recognition, offline: where lines of text stand in an image, and what a line says.

RapidOCR carries its models in its package; they are named by path here, so that nothing is ever looked for on the
network. Its classifier of upside-down text stays off: it turns short figures around (99 becomes 66).
"""

from __future__ import annotations

import importlib.util
import threading
from functools import cache
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    """Grey values, rows from the top."""

_DETECTOR = "PP-OCRv6_det_small.onnx"
_RECOGNISER = "PP-OCRv6_rec_small.onnx"
_DETECTED_SIDE = 1280
"""The longer side, in pixels, of the image in which lines are looked for: enough to find them, not to read them."""

_MOST_LINES = 5000
"""On one page; a wide table may hold a few thousand figures."""

_LOCK = threading.Lock()


class OcrMissing(Exception):
    """Character recognition is not installed, or its models are not in its package."""


class Line(NamedTuple):
    """What an image of one line says. ``sureness`` is that of its least sure character, from 0 to 1."""

    text: str
    sureness: float


class Area(NamedTuple):
    """A rectangle of pixels; the last row and column are not in it."""

    x0: int
    y0: int
    x1: int
    y1: int


def is_installed() -> bool:
    """Whether scans can be read; imports nothing."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


@cache
def _engine() -> Any:
    """The models, loaded once per process."""
    try:
        # RapidOCR loads its runtime by name, and tries to get another where it is missing.
        import onnxruntime  # noqa: PLC0415
        import rapidocr  # noqa: PLC0415
    except ImportError as error:
        raise OcrMissing from error
    # Its Windows builds report how they are used; nothing leaves this machine.
    onnxruntime.disable_telemetry_events()
    models = Path(rapidocr.__file__).parent / "models"
    if not all((models / name).is_file() for name in (_DETECTOR, _RECOGNISER)):
        raise OcrMissing
    return rapidocr.RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "critical",
            "Global.return_word_box": True,
            # A worker process is one of as many as there are cores.
            "EngineConfig.onnxruntime.intra_op_num_threads": -1 if parent_process() is None else 1,
            "Det.max_candidates": _MOST_LINES,
            "Det.model_path": str(models / _DETECTOR),
            "Rec.model_path": str(models / _RECOGNISER),
            # Figures are short: images of them need not be padded to the width of a sentence.
            "Rec.rec_img_shape": [3, 48, 96],
        }
    )


def find_lines(image: Pixels) -> list[Area]:
    """Where text stands, one area per line or part of a line. Raises OcrMissing."""
    import cv2  # noqa: PLC0415

    height, width = image.shape
    scale = min(1.0, _DETECTED_SIDE / max(height, width))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else image
    with _LOCK:
        found = _engine()._load_det_model()(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR))
    areas = []
    for corners in found.boxes if found.boxes is not None else ():
        xs, ys = corners[:, 0] / scale, corners[:, 1] / scale
        areas.append(
            Area(
                max(0, int(xs.min())), max(0, int(ys.min())),
                min(width, int(xs.max()) + 1), min(height, int(ys.max()) + 1),
            )
        )  # fmt: skip
    return [area for area in areas if area.x0 < area.x1 and area.y0 < area.y1]


def read_lines(images: list[Pixels]) -> list[Line]:
    """What each image of one line says. Raises OcrMissing."""
    import cv2  # noqa: PLC0415

    if not images:
        return []
    with _LOCK:
        found = _engine().recognize_txt([cv2.cvtColor(image, cv2.COLOR_GRAY2BGR) for image in images])
    lines = []
    for text, words in zip(found.txts, found.word_results, strict=True):
        lines.append(Line(text, float(min(words.confs, default=0.0)) if words is not None else 0.0))
    return lines

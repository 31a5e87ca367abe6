"""Character recognition, offline: where lines of text stand in an image, and what a line says.

RapidOCR carries its models in its package; they are named by path here, so that nothing is ever looked for on the
network. Its classifier of upside-down text stays off: it turns short figures around (99 becomes 66).
"""

from __future__ import annotations

import importlib.util
import threading
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gouji.documents.heap import give_back, map_large_buffers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    """Grey values, rows from the top."""

_DETECTOR = "PP-OCRv6_det_small.onnx"
_RECOGNISER = "PP-OCRv6_rec_small.onnx"
_DETECTED_SIDE = 1280
"""The longer side, in pixels, of the image in which lines are looked for: enough to find them, not to read them."""

_LEAST_SIDE = 736
"""The shorter side of that image is no less, so that the lines of a narrow page are large enough to be found."""

_STRIP = 300_000
"""Pixels that are looked at at once. The detector needs about a kilobyte for each: a whole page would take 400 MB."""

_OVERLAP = 64
"""Pixels that strips share: four lines of usual size."""

_WIDE = 8
"""Times as wide as high: such lines are read one by one."""

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


def _engine() -> Any:
    """RapidOCR, which loads its models when they are first used. Nobody keeps it: loading one takes a tenth of a second,
    keeping it 40 MB beside the other one. Raises OcrMissing."""
    try:
        # RapidOCR loads its runtime by name, and tries to get another where it is missing.
        import onnxruntime  # noqa: PLC0415
        import rapidocr  # noqa: PLC0415
    except ImportError as error:
        raise OcrMissing from error
    map_large_buffers()
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
            # Pages come in strips of the right size.
            "Det.limit_side_len": 32,
            "Det.model_path": str(models / _DETECTOR),
            "Rec.model_path": str(models / _RECOGNISER),
            # Figures are short: images of them need not be padded to the width of a sentence.
            "Rec.rec_img_shape": [3, 48, 96],
            # Six would be padded to the widest of them.
            "Rec.rec_batch_num": 2,
        }
    )


def find_lines(image: Pixels) -> list[Area]:
    """Where text stands, one area per line or part of a line. Raises OcrMissing."""
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    height, width = image.shape
    scale = min(1.0, _DETECTED_SIDE / max(height, width))
    scale = max(scale, _LEAST_SIDE / min(height, width))
    small = image
    if scale != 1:
        resized = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        small = np.asarray(resized, np.uint8)
    with _LOCK:
        found = _found(small)
    give_back()
    areas = (
        Area(
            max(0, int(area.x0 / scale)), max(0, int(area.y0 / scale)),
            min(width, int(area.x1 / scale) + 1), min(height, int(area.y1 / scale) + 1),
        )
        for area in found
    )  # fmt: skip
    return [area for area in areas if area.x0 < area.x1 and area.y0 < area.y1]


def _found(image: Pixels) -> list[Area]:
    """The lines of an image of the size in which they are looked for, strip by strip."""
    import cv2  # noqa: PLC0415

    detect = _engine()._load_det_model()
    found: list[Area] = []
    for top, bottom in _strips(*image.shape):
        boxes = detect(cv2.cvtColor(image[top:bottom], cv2.COLOR_GRAY2BGR)).boxes
        own = [
            Area(
                int(c[:, 0].min()),
                int(c[:, 1].min()) + top,
                int(c[:, 0].max()) + 1,
                int(c[:, 1].max()) + 1 + top,
            )
            for c in (boxes if boxes is not None else ())
        ]
        found = _with_strip(found, own, top)
    return found


def _strips(height: int, width: int) -> list[tuple[int, int]]:
    """Where the strips of an image begin and end, from the top: as few as possible, of one height."""
    most = max(_STRIP // width, 3 * _OVERLAP)
    count = max(1, -(-(height - _OVERLAP) // (most - _OVERLAP)))
    step = -(-(height - _OVERLAP) // count)
    return [(number * step, min(height, (number + 1) * step + _OVERLAP)) for number in range(count)]


def _with_strip(found: list[Area], own: list[Area], top: int) -> list[Area]:
    """The lines found so far with those of the next strip, which begins at ``top``. What both have found is one line: the
    strip that cut it off knows only a part of it."""
    above = [area for area in found if area.y1 <= top]
    for area in found[:] if own else ():
        if area.y1 <= top:
            continue
        same = [other for other in own if _is_same_line(area, other)]
        own = [other for other in own if other not in same]
        xs0, ys0, xs1, ys1 = zip(area, *same, strict=True)
        own.append(Area(min(xs0), min(ys0), max(xs1), max(ys1)))
    return above + own if own else found


def _is_same_line(one: Area, other: Area) -> bool:
    """Whether two areas share more than half of the lower one's height and of the narrower one's width."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    return 2 * across > min(one.x1 - one.x0, other.x1 - other.x0) and 2 * down > min(
        one.y1 - one.y0, other.y1 - other.y0
    )


def read_lines(images: list[Pixels]) -> list[Line]:
    """What each image of one line says. Raises OcrMissing."""
    wide = [number for number, image in enumerate(images) if image.shape[1] > _WIDE * image.shape[0]]
    narrow = [number for number, image in enumerate(images) if image.shape[1] <= _WIDE * image.shape[0]]
    # Several at once are padded to the widest of them: sentences would take hundreds of megabytes.
    together = [numbers for numbers in (narrow, *([number] for number in wide)) if numbers]
    with _LOCK:
        lines = _read(images, together) if together else {}
    give_back()
    return [lines[number] for number in range(len(images))]


def _read(images: list[Pixels], together: list[list[int]]) -> dict[int, Line]:
    """The lines by number, ``together`` those that may be read at once."""
    import cv2  # noqa: PLC0415

    engine = _engine()
    lines: dict[int, Line] = {}
    for numbers in together:
        found = engine.recognize_txt([cv2.cvtColor(images[n], cv2.COLOR_GRAY2BGR) for n in numbers])
        for number, text, words in zip(numbers, found.txts, found.word_results, strict=True):
            sureness = float(min(words.confs, default=0.0)) if words is not None else 0.0
            lines[number] = Line(text, sureness)
    return lines

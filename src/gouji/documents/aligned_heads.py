"""The heads over columns without lines between them: which head stands over which columns.

A head over one column stands in the middle of its cell, as high as all heads together; one over several stands above
the heads of these and in the middle over them. Where that does not tell its columns, nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from math import comb
from typing import NamedTuple

from gouji.documents.aligned_columns import Column, edges_between
from gouji.documents.aligned_lines import Line, Segment, spaced
from gouji.documents.ruling import Piece

_LEADING = 1.75
"""Lines of one head stand at most so many font sizes apart."""
_ABOVE = 0.45
"""A head that stands by so many font sizes above the middle of all has others below it."""
_OFF = 1.5
_OFF_SHARE = 0.2
"""How far (font sizes, or share of their breadth) a head may stand off the middle of those below it."""
_MARGIN = 12.0
"""Room (font sizes) that a table may have beside its outermost words."""
_SLACK = 0.5
_EXACTLY = 0.6
"""The same where it is certain where its cell begins."""
_STARTS = 8
_UNEVEN = 0.5
_SAME_ROW = 0.4
_CLEARLY = 1.0
"""By how many font sizes one arrangement has to be better than the next."""
_NO_HEAD = 4.0
_BLANK_COLUMN = 0.3
_MOST_TAKEN = 3
_MOST_WAYS = 12
_BETTER = 0.5
_NEAR = 1.0
_FAR_BETTER = 1.5
_MOST_DIVIDED = 5000
"""Ways to deal heads out that are tried; seven heads over twelve have 462."""


class Block(NamedTuple):
    """The words of one head, on one line or several."""

    segments: tuple[Segment, ...]
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def height(self) -> float:
        """The y of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        return self.segments[0].size


class Head(NamedTuple):
    """A head with the columns that it stands over (``last`` included) and the heads right below it."""

    block: Block
    first: int
    last: int
    depth: int
    low: float = 0.0
    """How high the lowest head below it stands; 0 if there is none."""


class Heads(NamedTuple):
    """All heads with the columns as they are now: a column of blanks is known by its head only. ``clear`` is false
    where it could not be told what stands over what; then there are no heads, only their words."""

    columns: list[Column]
    heads: list[Head]
    blocks: list[Block]
    clear: bool

    @property
    def levels(self) -> int:
        return max((head.depth for head in self.heads), default=0) + 1


def heads_over(columns: Sequence[Column], lines: Sequence[Line], rules: Sequence[Piece]) -> Heads:
    """The heads among ``lines`` over columns. ``rules`` are lines drawn below a head, over what belongs to it."""
    whole = _blocks(lines, columns)
    for blocks in (whole, _parted(whole)):
        leaves, over = _leaves(blocks, columns)
        placed = _placed(leaves, columns)
        if placed is None or (
            over and max(map(_height, leaves)) > _height(over[-1]) - _SAME_ROW * over[-1].size
        ):
            # Beside the highest of those that stand above others, none stands for itself.
            continue
        units, all_columns = placed
        heads = _tree(units, over, rules, _edges(units, all_columns))
        if heads is not None and _is_level(heads):
            return Heads(all_columns, heads, blocks, clear=True)
    return Heads(list(columns), [], whole, clear=False)


# ---- Words into heads. ----


def _blocks(lines: Sequence[Line], columns: Sequence[Column]) -> list[Block]:
    blocks: list[Block] = []
    rows = [spaced(line.segments, columns) for line in lines]
    for row in rows:
        for segment in row:
            fits = [
                index
                for index, block in enumerate(blocks)
                if _continues(block, segment)
                and sum(1 for other in row if other.x0 < block.x1 and other.x1 > block.x0) == 1
            ]
            if len(fits) == 1:
                blocks[fits[0]] = _block((*blocks[fits[0]].segments, segment))
            else:
                blocks.append(_block((segment,)))
    return blocks


def _parted(blocks: Sequence[Block]) -> list[Block]:
    """Heads of several lines taken apart where one of their lines stands beside a head of one line: in one row of heads
    all stand in the middle."""
    found: list[Block] = []
    for block in blocks:
        cut = next(
            (
                index
                for index, line in enumerate(block.segments)
                if index
                and any(
                    len(other.segments) == 1
                    and other.segments[0].baseline == line.baseline
                    and abs(other.height - block.height) > 0.3 * line.size
                    for other in blocks
                )
            ),
            0,
        )
        parts = (block.segments[:cut], block.segments[cut:]) if cut else (block.segments,)
        found.extend(_block(part) for part in parts)
    return found


def _block(segments: tuple[Segment, ...]) -> Block:
    first, last = segments[0], segments[-1]
    return Block(
        segments,
        min(segment.x0 for segment in segments),
        max(segment.x1 for segment in segments),
        first.baseline + 0.85 * first.size,
        last.baseline - 0.15 * last.size,
    )


def _continues(block: Block, segment: Segment) -> bool:
    last = block.segments[-1]
    if not 0.3 * segment.size < last.baseline - segment.baseline <= _LEADING * segment.size:
        return False
    over = min(block.x1, segment.x1) - max(block.x0, segment.x0)
    return over > 0 and (
        abs(block.middle - segment.middle) <= 0.75 * segment.size
        or abs(last.x0 - segment.x0) <= 0.5 * segment.size
    )


def _leaves(blocks: Sequence[Block], columns: Sequence[Column]) -> tuple[list[Block], list[Block]]:
    """The heads right above columns, from the left, and those above other heads, from the lowest."""
    if not blocks:
        return [], []
    middle = (max(b.top for b in blocks) + min(b.bottom for b in blocks)) / 2
    zones = edges_between(columns, blocks[0].size)
    leaves: list[Block] = []
    over: list[Block] = []
    for block in blocks:
        lower = [other for other in blocks if other.top < block.bottom + 0.3 * block.size]
        covers = any(_overlap(other, block) for other in lower)
        alone = any(
            _overlap(column, block)
            and not any(_overlap(column, other) or left < other.middle < right for other in lower)
            for column, (left, right) in zip(columns, pairwise(zones), strict=True)
        )
        above = block.height - middle > _ABOVE * block.size
        (over if covers or (above and not alone) else leaves).append(block)
    return sorted(leaves, key=lambda b: b.middle), sorted(over, key=lambda b: b.height)


def _height(block: Block) -> float:
    return block.height


def _overlap(one: Block | Column, other: Block | Column) -> bool:
    return one.x0 < other.x1 and one.x1 > other.x0


# ---- Heads onto columns. ----


def _placed(leaves: Sequence[Block], columns: Sequence[Column]) -> tuple[list[Head], list[Column]] | None:
    """Each head on its column, in the order of both; a head without one has a column of blanks, one head may stand over
    two columns (编码 and 名称 below 项目). Each stands in the middle of a cell that holds all words of its column: this
    tells the right way among those that are near. ``None`` where it does not."""
    if not leaves:
        return None
    fitting: list[tuple[float, tuple[list[Head], list[Column]]]] = []
    for cost, spans in _ways(leaves, columns):
        way = _with_blanks(leaves, columns, spans)
        if way is not None and _fits(*way):
            fitting.append((cost, way))
            if len(fitting) > 1:
                break
    if fitting and (len(fitting) == 1 or fitting[1][0] - fitting[0][0] >= _BETTER):
        return fitting[0][1]
    if len(leaves) == len(columns) and not any(
        _lies_elsewhere(leaf, index, columns) for index, leaf in enumerate(leaves)
    ):
        # Heads that do not stand in the middle of their cells.
        return [Head(leaf, index, index, 0) for index, leaf in enumerate(leaves)], list(columns)
    ways = [] if fitting else _ways(leaves, columns)
    if ways and ways[0][0] <= _NEAR and (len(ways) == 1 or ways[1][0] - ways[0][0] >= _FAR_BETTER):
        return _with_blanks(leaves, columns, ways[0][1])
    return None


def _ways(
    leaves: Sequence[Block], columns: Sequence[Column]
) -> list[tuple[float, tuple[tuple[int, int], ...]]]:
    """The likeliest ways to deal columns out to heads, with what they cost: for each head the first column and how many."""
    states: dict[int, list[tuple[float, tuple[tuple[int, int], ...]]]] = {0: [(0.0, ())]}
    for leaf in leaves:
        following: dict[int, list[tuple[float, tuple[tuple[int, int], ...]]]] = {}
        for first, paths in states.items():
            for taken in range(min(_MOST_TAKEN, len(columns) - first) + 1):
                cost = _cost(leaf, columns[first : first + taken], columns)
                if cost <= _NO_HEAD:
                    following.setdefault(first + taken, []).extend(
                        (before + cost, (*spans, (first, taken))) for before, spans in paths
                    )
        states = {end: sorted(paths)[:_MOST_WAYS] for end, paths in following.items()}
    return sorted(states.get(len(columns), []))


def _fits(heads: Sequence[Head], columns: Sequence[Column]) -> bool:
    return bool(_mirrored(heads, columns))


def _lies_elsewhere(leaf: Block, index: int, columns: Sequence[Column]) -> bool:
    """Whether a head lies over another column and not over the one in its place."""
    over = [number for number, c in enumerate(columns) if c.x0 < leaf.x1 and c.x1 > leaf.x0]
    return bool(over) and index not in over


def _cost(leaf: Block, taken: Sequence[Column], columns: Sequence[Column]) -> float:
    if not taken:
        lies_over = any(column.x0 < leaf.x1 and column.x1 > leaf.x0 for column in columns)
        return _NO_HEAD if lies_over else _BLANK_COLUMN
    if len(taken) == 1:
        return _apart(leaf, taken[0])
    middle = (taken[0].x0 + taken[-1].x1) / 2
    return 0.6 * (len(taken) - 1) + abs(leaf.middle - middle) / leaf.size * 0.5


def _apart(leaf: Block, column: Column) -> float:
    return max(0.0, column.x0 - leaf.x1, leaf.x0 - column.x1) / leaf.size


def _with_blanks(
    leaves: Sequence[Block], columns: Sequence[Column], spans: Sequence[tuple[int, int]]
) -> tuple[list[Head], list[Column]] | None:
    heads: list[Head] = []
    found: list[Column] = []
    for leaf, (first, taken) in zip(leaves, spans, strict=True):
        own = list(columns[first : first + taken]) or [Column(leaf.x0, leaf.x1)]
        heads.append(Head(leaf, len(found), len(found) + len(own) - 1, 0))
        found.extend(own)
    return None if any(one.x1 > other.x0 for one, other in pairwise(found)) else (heads, found)


# ---- Heads over heads. ----


def _tree(
    leaves: list[Head], over: Sequence[Block], rules: Sequence[Piece], edges: _Edges
) -> list[Head] | None:
    """All heads with their depth; ``None`` where it is not clear what one of them stands over."""
    units = list(leaves)
    done: list[tuple[Head, list[Head]]] = []
    below: dict[int, list[Head]] = {}
    for level in _levels(over):
        spans = _spans(level, units, rules, edges)
        if spans is None:
            return None
        for block, first, last in spans:
            low = min(unit.low or unit.block.height for unit in units[first : last + 1])
            head = Head(block, units[first].first, units[last].last, 0, low)
            below[id(block)] = units[first : last + 1]
            done.append((head, units[first : last + 1]))
        heads = {
            first: (head, last)
            for (_, first, last), (head, _) in zip(spans, done[-len(spans) :], strict=True)
        }
        renewed: list[Head] = []
        index = 0
        while index < len(units):
            head, last = heads.get(index, (units[index], index))
            renewed.append(head)
            index = last + 1
        units = renewed
    return list(_deep(units, 0, below))


def _deep(units: Iterable[Head], depth: int, below: dict[int, list[Head]]) -> Iterable[Head]:
    for head in units:
        yield head._replace(depth=depth)
        yield from _deep(below.get(id(head.block), ()), depth + 1, below)


def _levels(over: Sequence[Block]) -> list[list[Block]]:
    """Heads above others by how high they stand, the lowest first."""
    levels: list[list[Block]] = []
    for block in over:
        if levels and abs(levels[-1][0].height - block.height) <= 0.5 * block.size:
            levels[-1].append(block)
        else:
            levels.append([block])
    return [sorted(level, key=lambda b: b.middle) for level in levels]


def _spans(
    level: Sequence[Block], units: Sequence[Head], rules: Sequence[Piece], edges: _Edges
) -> list[tuple[Block, int, int]] | None:
    """What each head of a level stands over: the first and the last of the heads at hand."""
    heights = [_height_below(block, units) for block in level]
    if any(height is None for height in heights):
        return None
    highest = max(height for height in heights if height is not None)
    lowest = min(block.height for block in level)
    lower = [
        unit.block.height < lowest - _SAME_ROW * unit.block.size
        if unit.low
        else unit.block.height <= highest + _SAME_ROW * unit.block.size
        for unit in units
    ]
    found: list[tuple[Block, int, int]] = []
    left = list(level)
    for block in level:
        rule = _rule_below(block, rules)
        if rule is None:
            continue
        inside = [i for i, unit in enumerate(units) if rule.start <= unit.block.middle <= rule.end]
        if not inside or not all(lower[i] for i in inside):
            return None
        found.append((block, inside[0], inside[-1]))
        left.remove(block)
        for i in inside:
            lower[i] = False
    start = 0
    while start < len(units):
        if not lower[start]:
            start += 1
            continue
        end = start
        while end + 1 < len(units) and lower[end + 1]:
            end += 1
        inside_run = [
            block
            for block in left
            if units[start].block.x0 - block.size <= block.middle <= units[end].block.x1 + block.size
        ]
        parts = _divided(inside_run, units[start : end + 1], start, edges)
        if parts is None:
            return None
        found.extend(parts)
        left = [block for block in left if block not in inside_run]
        start = end + 1
    return None if left else sorted(found, key=lambda span: span[1])


def _height_below(block: Block, units: Sequence[Head]) -> float | None:
    """How high the heads right below one stand that have none below them."""
    under = [unit for unit in units if unit.block.x0 < block.x1 and unit.block.x1 > block.x0]
    if not under:
        # It stands between two of them.
        under = sorted(units, key=lambda unit: abs(unit.block.middle - block.middle))[:2]
    highest = max((unit.block.height + unit.low) / 2 if unit.low else unit.block.height for unit in under)
    return highest if highest < block.height - _SAME_ROW * block.size else None


def _rule_below(block: Block, rules: Sequence[Piece]) -> Piece | None:
    below = [
        rule
        for rule in rules
        if rule.start <= block.x0 + 1
        and rule.end >= block.x1 - 1
        and 0 <= block.bottom - rule.at <= 2 * block.size
    ]
    return min(below, key=lambda rule: block.bottom - rule.at) if below else None


def _divided(
    blocks: Sequence[Block], units: Sequence[Head], start: int, edges: _Edges
) -> list[tuple[Block, int, int]] | None:
    """Neighbouring heads dealt out to those above them, each in the middle over its own."""
    count = len(units)
    if not blocks:
        return []
    if len(blocks) > count or comb(count - 1, len(blocks) - 1) > _MOST_DIVIDED:
        return None
    ways: list[tuple[float, list[tuple[Block, int, int]]]] = []
    for cuts in combinations(range(1, count), len(blocks) - 1):
        bounds = [0, *cuts, count]
        spans = [(block, a, b - 1) for block, (a, b) in zip(blocks, pairwise(bounds), strict=True)]
        for xs in edges.xs:
            off = [_off(block, xs[units[a].first], xs[units[b].last + 1]) for block, a, b in spans]
            if all(value is not None and (not edges.exact or value <= _EXACTLY) for value in off):
                ways.append((sum(value for value in off if value is not None), spans))
    ways.sort(key=lambda way: way[0])
    others = [off for off, spans in ways if spans != ways[0][1]]
    if ways and (not others or others[0] - ways[0][0] >= _CLEARLY):
        return [(block, start + a, start + b) for block, a, b in ways[0][1]]
    return None


def _off(block: Block, left: float, right: float) -> float | None:
    """By how many font sizes a head stands off the middle between two edges; ``None`` if by too much."""
    apart = abs(block.middle - (left + right) / 2)
    return apart / block.size if apart <= max(_OFF * block.size, _OFF_SHARE * (right - left)) else None


class _Edges(NamedTuple):
    """Where lines would stand between columns, in several ways if the words leave room, and whether they must."""

    xs: list[list[float]]
    exact: bool


def _is_level(heads: Sequence[Head]) -> bool:
    """Whether no head of several lines swallowed one above it: then a head beside it, below the same one, stands as high
    as one of its lower lines and not as high as itself."""
    for head in [None, *heads]:
        first, last, depth = (
            (head.first, head.last, head.depth + 1) if head is not None else (0, len(heads), 0)
        )
        row = [other.block for other in heads if other.depth == depth and first <= other.first <= last]
        for block in row:
            for line in block.segments[1:]:
                for other in row:
                    same_line = other.segments[0].baseline == line.baseline and len(other.segments) == 1
                    if same_line and abs(other.height - block.height) > _UNEVEN * line.size:
                        return False
    return True


def _edges(leaves: Sequence[Head], columns: Sequence[Column]) -> _Edges:
    """The edges between which each head stands in the middle and all words within; else those half-way between words."""
    usual = edges_between(columns, leaves[0].block.size)
    found: list[list[float]] = []
    for mirrored in _mirrored(leaves, columns):
        edges = list(usual)
        for leaf, edge in zip(leaves, mirrored, strict=False):
            edges[leaf.first] = edge
        edges[-1] = mirrored[-1]
        found.append(edges)
    return _Edges(found or [usual], bool(found))


def _mirrored(leaves: Sequence[Head], columns: Sequence[Column]) -> list[list[float]]:
    """The edges of the cells of heads: every edge is the mirror image of the one before it, with the head in the middle, and
    all words are within. Some of the ways, if the words leave room; none where no first edge does it."""
    size = leaves[0].block.size
    inside = [
        (min(leaf.block.x0, columns[leaf.first].x0), max(leaf.block.x1, columns[leaf.last].x1))
        for leaf in leaves
    ]
    lowest, highest = inside[0][0] - _MARGIN * size, inside[0][0]
    offset, sign = 0.0, 1
    steps: list[tuple[float, int]] = [(offset, sign)]
    for index, (leaf, (_, x1)) in enumerate(zip(leaves, inside, strict=True)):
        offset, sign = 2 * leaf.block.middle - offset, -sign
        steps.append((offset, sign))
        last = inside[index + 1][0] if index + 1 < len(inside) else x1 + _MARGIN * size
        bounds = sorted(((x1 - offset) * sign, (last - offset) * sign))
        lowest, highest = max(lowest, bounds[0]), min(highest, bounds[1])
    if lowest > highest + _SLACK * size:
        return []
    starts = [lowest + (highest - lowest) * step / _STARTS for step in range(_STARTS + 1)]
    return [[offset + sign * start for offset, sign in steps] for start in starts]

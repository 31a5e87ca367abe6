"""The promise that every reader makes about its tables."""

from gouji.documents import Table


def tiles(table: Table) -> bool:
    """Does every grid position belong to exactly one cell, and are the cells ordered by row, then column?"""
    covered = [
        (row, col)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    ]
    whole = [(row, col) for row in range(table.n_rows) for col in range(table.n_cols)]
    starts = [(cell.row, cell.col) for cell in table.cells]
    return sorted(covered) == whole and starts == sorted(starts)

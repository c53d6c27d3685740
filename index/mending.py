"""Puts right an index that was not closed, in a process of its own: one that is damaged unseen can crash Chroma.

All that the process of the bot would do first is done here: what a write left undone, a search for every vector, and
putting in anew those that are hidden. When that comes to a good end, the bot opens the index; else it gets a new one.
"""

from __future__ import annotations

from index.probe import DamagedIndexError, look_for_all, opened_index
from index.repair_process import IndexFiles, OnCount, repair_main

MODULE = "index.mending"
_DIFFERED = "it did not hold what the database does"
_HIDDEN = "a search did not find all that it held"


class _Marked:
    """The mark of an unfinished write is there already: it is why the index is put right."""

    differed = False

    def mark_writing(self) -> None:
        """Hears that something differs, and is about to be put right."""
        self.differed = True


def mend_index(files: IndexFiles, on_count: OnCount = lambda *_: None) -> list[str]:
    """Brings an index into step with the catalog and sees that a search finds every vector, in this process.

    Returns what was put right, in words; nothing when all was well.

    Raises:
        DamagedIndexError: when a fresh index is better, see `graph_changed_amid_write`, `look_for_all` and
            `bring_into_step`.
        StoreError: when the catalog cannot be read or the index cannot be written.
    """
    from index.synchronising import bring_into_step, uncover
    from index.vector_files import graph_changed_amid_write

    if graph_changed_amid_write(files.folder):
        raise DamagedIndexError
    with opened_index(files) as (catalog, store):
        marks = _Marked()
        bring_into_step(catalog, store, files.embedder, marks)
        hidden = look_for_all(catalog, store, files.embedder, on_count)
        uncover(catalog, store, files.embedder, hidden)
        differing = [_DIFFERED] if marks.differed else []
        return differing + ([_HIDDEN] if hidden else [])


if __name__ == "__main__":
    repair_main(mend_index)

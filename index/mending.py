"""Puts right an index that was not closed, in a process of its own: one that is damaged unseen can crash Chroma.

All that the process of the bot would do first is done here: what a write left undone, a search for every vector, and
putting in anew those that are hidden. When that comes to a good end, the bot opens the index; else it gets a new one.
"""

from __future__ import annotations

from index.probe import DamagedIndexError, look_for_all, opened_index
from index.repair_process import IndexFiles, OnCount, repair_main

MODULE = "index.mending"


class _Marked:
    """The mark of an unfinished write is there already: it is why the index is put right."""

    def mark_writing(self) -> None:
        pass


def mend_index(files: IndexFiles, on_count: OnCount = lambda *_: None) -> list[str]:
    """Brings an index into step with the catalog and sees that a search finds every vector, in this process.

    Returns the ids of those that stay hidden, in a large index only.

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
        bring_into_step(catalog, store, files.embedder, _Marked())
        hidden = look_for_all(catalog, store, files.embedder, on_count)
        return uncover(catalog, store, files.embedder, hidden)


if __name__ == "__main__":
    repair_main(mend_index)

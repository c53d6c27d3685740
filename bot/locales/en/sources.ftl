sources-empty = There are no articles here yet. Add one with /add and a link, or send me a file.
sources-total = { $total ->
    [one] 1 article
   *[other] { $total } articles
}
# 23 articles, 11–20
sources-page = { $total }, { $first }–{ $last }
sources-newer = ‹ Newer
sources-older = Older ›

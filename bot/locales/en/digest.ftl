digest-new =
    New since the last digest: { $count ->
        [one] one article
       *[other] { $count } articles
    }.
digest-more = and { $count } more: /sources
digest-ask = Ask me about them.

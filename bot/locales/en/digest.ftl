digest-heading = What is new: { $stories ->
    [one] 1 story
   *[other] { $stories } stories
} in { $articles ->
    [one] 1 article
   *[other] { $articles } articles
}
digest-reported-by = reported by { $sources }
digest-and-others = { $count ->
    [one] 1 other
   *[other] { $count } others
}
digest-more-reports = { $count ->
    [one] – and 1 more report
   *[other] – and { $count } more reports
}
digest-back = ‹ Back
digest-next = Next ›
digest-nothing = Nothing new came in. /digest 3d looks at three days, /digest 1w at a week.
digest-ask = Ask me about them.

settings-title-private = Your settings. Press a line to change it.
settings-title-group = The settings of this group. Admins can press a line to change it.
settings-language = Language: { $value }
settings-length = Answers: { $value }
settings-sources = Sources under answers: { $value }
settings-adding = Articles are added by: { $value }
settings-keeping = Kept after I leave: { $value }
settings-digest = Digest: { $value }
settings-digest-topic = Digest in this topic: { $value }
settings-ask-language = Which language shall I speak? Quotes stay in the language of their article.
settings-ask-length = How long shall my answers be?
settings-ask-keeping = How long may I keep what is said here, and after I am removed from this group what was added?
settings-ask-digest = How often shall I tell here what is new?
settings-ask-time = At what time? By the clock of { $zone }.
settings-language-own-private = as in Telegram
settings-language-own-group = as in each person's Telegram
settings-length-short = short
settings-length-normal = normal
settings-length-long = long
settings-sources-on = on
settings-sources-off = off
settings-adding-everyone = everyone
settings-adding-admins = admins only
settings-days =
    { $count ->
        [0] not at all
        [one] { $count } day
       *[other] { $count } days
    }
settings-digest-off = off
settings-digest-daily = daily
settings-digest-weekly =
    { $day ->
        [mon] Mondays
        [tue] Tuesdays
        [wed] Wednesdays
        [thu] Thursdays
        [fri] Fridays
        [sat] Saturdays
       *[sun] Sundays
    }
settings-back = ‹ Back
settings-saved = Saved.
settings-admins-only = Only admins of this group can change my settings.
settings-outdated = This menu is out of date. Send /settings for a new one.
settings-articles = Articles are kept: { $value }
settings-ask-articles = How long shall an article stay in this chat's collection? It counts from when it was added or last updated.
settings-articles-always = always
settings-talk = Talk is kept for summaries: { $value }
settings-talk-on = on
settings-talk-off = off
settings-talk-deleted = Saved. What I had kept of the talk is deleted.

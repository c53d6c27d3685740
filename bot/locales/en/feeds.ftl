feeds-empty = I follow no feeds here yet. Send /feeds and the address of a site or of a feed; what it publishes can then be asked about in this chat.
feeds-title = { $count ->
    [one] I follow 1 feed here:
   *[other] I follow { $count } feeds here:
}
feeds-articles = { $count ->
    [one] 1 article
   *[other] { $count } articles
}
# $time is a time of the day, $date a day.
feeds-checked-today = looked at { $time }
feeds-checked = looked at on { $date }
feeds-never = not looked at yet
feeds-problem = It could not be read last time; I try again later.
feeds-paused = It cannot be read any more, so I stopped trying.
feeds-hint = To follow another one: /feeds and its address. To stop following, press a number.
feeds-stop = ✕ { $number }
feeds-following = I follow { $title } from now on.
feeds-known = I follow { $title } already.
feeds-nothing-new = It has no articles that I can read at the moment.
feeds-others = The site has other feeds too:
feeds-removed = I no longer follow it. Its articles stay.
feeds-gone = It is not in the list any more.
feeds-admins-only = Only admins of this group can change its feeds.
feeds-too-many = This chat follows { $count } feeds, as many as it may. To stop one, send /feeds and press its number.
feeds-off = Feeds are switched off here.
feeds-no-address = Which one? Send /feeds and the address of a site or of a feed, or reply with /feeds to a message with a link or an OPML file.
feeds-imported = { $count ->
    [0] No new feeds in this list.
    [one] 1 feed added. I read it within the next minutes.
   *[other] { $count } feeds added. I read them within the next minutes.
}
feeds-imported-known = { $count ->
    [one] 1 was there already.
   *[other] { $count } were there already.
}
feeds-exported = The feeds of this chat, for any feed reader. Send it to me with /feeds to follow them elsewhere.

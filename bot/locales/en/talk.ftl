talk-hello = { $count ->
    [0] From now on I keep what is said here only as long as I need it. /forget removes what you wrote, /optout keeps it out.
    [one] From now on I keep what is said here for 1 day, to sum it up with /catchup for whoever was away. /forget removes what you wrote, /optout keeps it out.
   *[other] From now on I keep what is said here for { $count } days, to sum it up with /catchup for whoever was away. /forget removes what you wrote, /optout keeps it out.
}
talk-hello-part = Telegram's privacy mode hides most messages from me; when an admin makes me an admin, I see all.
talk-only-groups = /catchup sums up what a group talked about. Send it in the group.
talk-off = I don't keep what is said here. An admin can switch that on in /settings.
talk-how = /catchup tells what came since your last one, /catchup 200 the last 200 messages, /catchup 3h three hours, /catchup today today. Admins can also send /catchup export, /catchup wipe and /catchup import.
talk-nothing = Nothing new was said here.
talk-heading = { $group }: what you missed
talk-in-private = I sent it to you in private.
talk-messages = { $count ->
    [one] 1 message
   *[other] { $count } messages
}
talk-chosen = In people's own words.
talk-written = Written by { $model } and checked against the messages.
talk-left-out = { $count ->
    [one] 1 message was too much to read.
   *[other] { $count } messages were too many to read.
}
talk-sees-part = I see only part of what is said here (privacy mode).
talk-decision = Decided –
talk-question = Open question –
talk-link = Link –
talk-message = message
talk-news-supports = The articles say so too:
talk-news-contradicts = The articles say otherwise:
talk-news-silent = The articles don't say.
talk-admins-only = Only admins of this group can do that.
talk-log-empty = I keep nothing that was said here.
talk-start-me = I can't write to you in private. Open a chat with me, press Start, and send this again under your own name.
talk-exported = { $group }: what was said there, as far as I keep it
talk-wiped = { $count ->
    [0] There was nothing to delete.
    [one] Deleted: 1 message.
   *[other] Deleted: { $count } messages.
}
talk-import-how = Export this chat with Telegram Desktop (machine-readable JSON), then send me its result.json here with the caption /catchup import.
talk-import-other = This file holds no export of this chat. Export this chat and send its result.json.
talk-imported = { $count ->
    [0] There was nothing new in it that I may keep.
    [one] Taken in: 1 message.
   *[other] Taken in: { $count } messages.
}

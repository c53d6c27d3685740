removal-empty = Nothing was added in this chat. What is in /sources beside it belongs to everybody.
removal-which = Which one shall I remove? Press its number.
removal-done = Removed. I no longer answer from it.
removal-unknown = There is no such article in this chat's collection. /remove lists what there is.
removal-admins-only = Only admins of this group can remove articles.

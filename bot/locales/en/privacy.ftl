privacy-forgotten = { $count ->
    [0] I have kept nothing that you wrote.
    [one] Forgotten: 1 message of yours.
   *[other] Forgotten: { $count } messages of yours.
}
privacy-out-group = From now on I keep nothing that you write in this group, and what I had is gone. /optin undoes it.
privacy-out-private = From now on I keep nothing that you write in any group, and what I had is gone. /optin undoes it.
privacy-in-group = What you write in this group may be part of summaries again.
privacy-in-private = What you write may be part of groups' summaries again, except where you opted out in the group itself.
privacy-still-out = You keep out of the logs of all groups; /optin in our private chat undoes that.

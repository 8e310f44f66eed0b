command-invite = invite, invite a friend, refer a friend
invite-button = Invite a friend
invite-open-button = Open the invitation
invite-title = Invite friends to the club “{ $club }”
invite-gain =
    When a friend joins and buys something for the first time, you get { NUMBER($points) ->
        [one] { $points } point
       *[other] { $points } points
    }.
invite-friend-gain =
    So does the friend: { NUMBER($points) ->
        [one] { $points } point
       *[other] { $points } points
    }.
invite-cap =
    Points are for { NUMBER($friends) ->
        [one] { $friends } friend
       *[other] { $friends } friends
    } a year at most.
invite-friends =
    { $friends ->
        [0] Nobody has come by your invitation yet.
       *[other] { NUMBER($friends) ->
            [one] { $friends } friend has come
           *[other] { $friends } friends have come
        } by your invitation.
    }
invite-how = Pass the next message on to a friend: it is the invitation.
invite-forward =
    I invite you to the club “{ $club }”!{ $points ->
        [0] { "" }
       *[other] { " " }After the first purchase they give you { NUMBER($points) ->
            [one] { $points } point
           *[other] { $points } points
        }.
    } The button below opens the bot. If you do not see it, write to the bot:
    /invite { $code }
invite-welcome =
    You are invited to the club “{ $club }”!{ $points ->
        [0] { "" }
       *[other] { " " }Join, and after your first purchase you get { NUMBER($points) ->
            [one] { $points } point
           *[other] { $points } points
        }.
    }
invite-own = This is your own invitation: pass it on to a friend. You cannot invite yourself.
invite-already-in = You are in the club already, so you need no invitation. But you can invite friends.
invite-was-in = You have been in the club before, and your card waits for you. You can come back without an invitation.
invite-unknown = There is no such invitation. Check the code or ask your friend to send it again. You can join without one, too.

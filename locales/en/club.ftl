club-points-insufficient =
    { $available ->
        [0] You have no points yet.
       *[other] You have { NUMBER($available) ->
            [one] { $available } point
           *[other] { $available } points
        }.
    } { NUMBER($missing) ->
        [one] { $missing } point is
       *[other] { $missing } points are
    } still missing.
club-account-frozen = We are checking your account, so points cannot be spent for now. You still earn them, nothing is lost.
club-redemption-stopped = We are checking the points and have closed redemption for a while. Your points are safe, look in a bit later.
club-hold-gone = This redemption was finished or cancelled. Have another look at the rewards.
club-hold-expired = The time to confirm has run out and the points are yours again. Choose a reward once more.
club-already-reversed = That was given back before.

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
club-reward-cooling = Two accounts have just become one, so points can be spent from { $when } on. They stay yours meanwhile.
club-reward-gone = Sorry, the last one has just been taken. Your points are still there — have a look at other rewards.
club-reward-price =
    The price of this reward has changed: it now costs { NUMBER($points) ->
        [one] { $points } point
       *[other] { $points } points
    }. Your points are still there.
club-reward-other-tier = This reward opens at a higher level. Your points are still there.
club-reward-limit =
    This reward can be taken { NUMBER($limit) ->
        [one] once
       *[other] { $limit } times
    } a year, and you already have. Your points are still there.
club-voucher-unknown = I cannot find this code among your rewards. Please check it.
club-voucher-closed = This code was used or returned before, or its time is over.
club-promo-unknown = There is no such promo code. Check the letters and digits and try again.
club-promo-early = This promo code is not valid yet. Try a little later.
club-promo-late = The time of this promo code is over.
club-promo-again = You have already used this promo code.
club-promo-gone = This promo code has been used up.
club-promo-first = This promo code is for a first purchase, and you have made yours already.
club-adjust-reason = Write the reason: it stays in the history of the points.
club-adjust-second =
    More than { NUMBER($limit) ->
        [one] { $limit } point
       *[other] { $limit } points
    } at a time takes two people: ask a colleague to confirm.

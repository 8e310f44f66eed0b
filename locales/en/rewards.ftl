command-rewards = rewards, gifts

rewards-title =
    Rewards. You have { NUMBER($points) ->
        [one] { $points } point
       *[other] { $points } points
    }
rewards-line =
    • { $reward }: { NUMBER($points) ->
        [one] { $points } point
       *[other] { $points } points
    }
rewards-line-tier =
    • { $reward }: { NUMBER($points) ->
        [one] { $points } point
       *[other] { $points } points
    }, opens at a higher level
rewards-reward-button = { $reward } · { $points }
rewards-codes-button = My codes
rewards-ask =
    Spend { NUMBER($points) ->
        [one] { $points } point
       *[other] { $points } points
    } on “{ $reward }”?
rewards-redeem-button =
    Yes, { NUMBER($points) ->
        [one] { $points } point
       *[other] { $points } points
    }
rewards-keep-button = No, let me look
rewards-redeemed = Done: { $reward }. Your code is { $code }
rewards-until = Good until { $day }
rewards-kept = The code will not get lost: it is always in “Rewards”. If you do not need it, take your points back before it is used.
rewards-codes-title = Your codes
rewards-code-issued = { $code } — { $reward }
rewards-code-used = { $code } — { $reward }, used
rewards-code-refunded = { $code } — { $reward }, points given back
rewards-code-late = { $code } — { $reward }, expired
rewards-refund-button =
    Give back { NUMBER($points) ->
        [one] { $points } point
       *[other] { $points } points
    } ({ $code })
rewards-refunded =
    You have { NUMBER($points) ->
        [one] { $points } point
       *[other] { $points } points
    } back. This code does not work any more.

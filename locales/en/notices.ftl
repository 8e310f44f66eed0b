notices-expiring =
    { NUMBER($points) ->
        [one] { $points } point expires
       *[other] { $points } points expire
    } unless spent by { $day }, that day included. Have a look at the rewards, there may be something for you: /rewards
notices-available =
    Your points for a purchase are confirmed. Now you have { NUMBER($points) ->
        [one] { $points } point
       *[other] { $points } points
    } to spend.
notices-tier =
    Congratulations, your level is now “{ $tier }”!

    { $perks }
notices-tier-lost = Your level is “{ $tier }” now: lately there were fewer purchases than the one before takes. Your points stay. What is missing to the next level: /club
notices-birthday =
    { $name }, happy birthday! A gift from us: { NUMBER($points) ->
        [one] { $points } point
       *[other] { $points } points
    }, already in your account.
notices-stop-button = Do not write of this again

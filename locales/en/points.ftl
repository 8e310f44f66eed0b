command-club = club, points, balance, my points, my balance
command-history = history, history of points
command-card = card, my card

club-button = My club
club-rewards-button = Rewards
club-history-button = History
club-card-button = Card
club-join-button = Join the club
club-older-button = Earlier

club-not-in = You are not in the club “{ $club }” yet. You can join right here, it is free and quick.
club-title = { $club }: { $name }
club-available =
    { $points ->
        [0] No points yet
       *[other] To spend: { NUMBER($points) ->
            [one] { $points } point
           *[other] { $points } points
        }
    }
club-debt =
    Owed for returned purchases: { NUMBER($points) ->
        [one] { $points } point
       *[other] { $points } points
    }. The next points you earn will pay it.
club-pending =
    Soon to be yours: { NUMBER($points) ->
        [one] { $points } point
       *[other] { $points } points
    }
club-held =
    Set aside: { NUMBER($points) ->
        [one] { $points } point
       *[other] { $points } points
    }
club-expiring =
    First to expire: { NUMBER($points) ->
        [one] { $points } point
       *[other] { $points } points
    }, { $day }
club-tier = Level: { $tier }
club-next-tier-points =
    To the level “{ $tier }”: { NUMBER($missing) ->
        [one] { $missing } more point for purchases
       *[other] { $missing } more points for purchases
    }
club-next-tier-spend = To the level “{ $tier }”: purchases for { $missing } ₽ more

club-history-title = History of points
club-history-empty = Nothing here yet: points come after the first purchase or receipt.
club-for-order = { $day }  { $sign }{ $points } for a purchase
club-for-receipt = { $day }  { $sign }{ $points } for a receipt
club-for-joining = { $day }  { $sign }{ $points } for joining
club-for-device = { $day }  { $sign }{ $points } for a registered product
club-for-birthday = { $day }  { $sign }{ $points } for your birthday
club-for-review = { $day }  { $sign }{ $points } for a review
club-for-quiz = { $day }  { $sign }{ $points } for a quiz
club-for-reward = { $day }  { $sign }{ $points } for a reward
club-for-promo = { $day }  { $sign }{ $points } by a promo code
club-for-friend = { $day }  { $sign }{ $points } for a friend you invited
club-for-invitation = { $day }  { $sign }{ $points } for coming by invitation
club-for-other = { $day }  { $sign }{ $points } added
club-entry-earn = { $day }  { $sign }{ $points } added
club-entry-activate = { $day }  { $points }: ready to be spent
club-entry-hold = { $day }  { $sign }{ $points } set aside
club-entry-release = { $day }  { $sign }{ $points } available again
club-entry-burn = { $day }  { $sign }{ $points } spent on a reward
club-entry-expire = { $day }  { $sign }{ $points } expired
club-entry-adjust = { $day }  { $sign }{ $points } correction
club-entry-return = { $day }  { $sign }{ $points } returned purchase
club-entry-refund = { $day }  { $sign }{ $points } reward given back
club-entry-merge = { $day }  { $points }: two accounts were joined

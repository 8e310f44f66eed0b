promo-title = promo code
promo-prompt = Type the promo code as it is on the card or in the letter.
promo-hint = I see no code here. Send only the letters and digits of the promo code.
promo-button = Promo code
promo-again-button = Try another
promo-given = { $points ->
    [one] The code is accepted: plus { $points } point!
   *[other] The code is accepted: plus { $points } points!
}
promo-waits = { $points ->
    [one] The code is accepted: { $points } point comes
   *[other] The code is accepted: { $points } points come
} with your first purchase.
club-promo-too-many = Too many wrong codes in a row. Try again in an hour, or ask us.
command-promo = promo, promo code

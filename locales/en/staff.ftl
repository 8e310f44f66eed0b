desk-command-member = member
desk-command-reveal = reveal
desk-command-adjust = adjust
desk-command-agree = agree
desk-command-decline = decline
desk-command-birthday = birthday
desk-command-vouchers = vouchers, voucher
desk-command-use = use
desk-command-refund = refund
staff-member-how = Whom? Write a card number or a phone: /member 27 1234 5678 901
staff-member-unknown = No member has that card or phone. Check the number.
staff-member = Card { $card } · { $initial }.
staff-member-phone = Phone: { $phone }
staff-member-standing = { $available } available, { $pending } pending{ $debt ->
    [0] { "" }
   *[other] , debt { $debt }
} · tier: { $tier } · in the club since { $since }
staff-member-things = Writes from: { $channels } · devices: { $devices } · receipts: { $receipts }
staff-reveal-call-button = Contacts: to call back
staff-reveal-check-button = Contacts: to check who it is
staff-reveal-delivery-button = Contacts: for delivery
staff-revealed = { $name } · card { $card }
staff-revealed-phone = Phone: { $phone }
staff-revealed-email = E-mail: { $email }
staff-adjust-how = Write the card or phone, how many points and why: /adjust 27 1234 5678 901 +100 slow repair
staff-adjusted = Done: { $points } points on card { $card }.
staff-adjust-waits = So many points take two people: I asked those who may agree.
staff-adjust-nobody = So many points take two people, and there is nobody to agree. Add a supervisor: klubok staff add
staff-adjust-asked = A colleague asks for { $points } points on card { $card }. Reason: { $reason }
staff-adjust-decided = This was decided already.
staff-adjust-declined = Declined, no points were changed.
staff-adjust-agreed = A colleague agrees: { $points } points on card { $card }.
staff-adjust-refused = A colleague refuses: { $points } points on card { $card }. No points were changed.
staff-adjust-own = Nobody changes the points of their own card: ask a colleague.
staff-adjust-too-few = { $available ->
    [one] There is { $available } point on the card
   *[other] There are { $available } points on the card
}, no more can be taken.
staff-voucher-unknown = There is no such code. Check it.
staff-agree-button = Agree
staff-decline-button = Decline
staff-points-given = { $points ->
    [one] You were given { $points } point
   *[other] You were given { $points } points
} by the team of the club. Details: /history
staff-points-taken = { $points ->
    [one] { $points } point was taken
   *[other] { $points } points were taken
} by the team of the club. If this is a mistake, write to us.
staff-birthday-how = Write the card or phone and the right day: /birthday 27 1234 5678 901 07.03
staff-birthday-done = Done, the birthday of card { $card } is corrected. The gift comes if it is at least two weeks ahead.
staff-voucher-how = Write the code: /vouchers 7KQ2-M0XA-93ZD
staff-voucher = { $code } · { $reward } · card { $card } · { $state ->
    [used] used already
    [refunded] cancelled, the points went back
    [late] too old
   *[other] valid
}
staff-use-button = Mark as used
staff-refund-button = Cancel and return points
staff-used = { $code } is used.
staff-refunded = { $code } is cancelled, { $points ->
    [one] { $points } point went back
   *[other] { $points } points went back
}.
desk-command-award = award
staff-award-how = Write the card or phone, what for and which one: /award 27 1234 5678 901 review link. What for: review, quiz or poll.
staff-award-what = What for?
staff-award-review-button = A review
staff-award-quiz-button = A quiz
staff-award-poll-button = A poll
staff-award-review-words = review
staff-award-quiz-words = quiz
staff-award-poll-words = poll, survey
staff-award-no-rules = The club's rules give no points for reviews, quizzes and polls now. They are added in club.toml.
staff-award-no-rule = The club's rules give no points for a { $kind } now. They are added in club.toml.
staff-award-repeated = Card { $card } has its points for this. If it is another one, add which: a link or a name.
staff-award-limit = Card { $card } has all that the rules give for this in a month. Beyond the rules: /adjust
staff-awarded-review = { $points ->
    [one] Thank you for the review! You got { $points } point.
   *[other] Thank you for the review! You got { $points } points.
}
staff-awarded-quiz = { $points ->
    [one] You got { $points } point for the quiz.
   *[other] You got { $points } points for the quiz.
}
staff-awarded-poll = { $points ->
    [one] Thank you for your answers! You got { $points } point.
   *[other] Thank you for your answers! You got { $points } points.
}

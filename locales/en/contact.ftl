contact-phone-refused = I could not make out that number. Write it in full, for example +7 912 345-67-89.
contact-phone-extension = That number has an extension: a code cannot reach it. I need your mobile.
contact-phone-abroad = I cannot send a code to numbers of that country yet. Write another mobile, or call a person: /person
contact-phone-landline = That looks like a landline: a code will not reach it. I need a mobile.
contact-phone-not-own = That number cannot be anybody's own. I need your mobile.
contact-email-refused = Something is wrong with that e-mail address. It looks about like anna@example.com, please check.
contact-name-too-long =
    That is a little long for a card: it takes { NUMBER($limit) ->
        [one] { $limit } character
       *[other] { $limit } characters
    }. What shorter name shall I use?
contact-name-letters = Please write the name in letters, Latin or Russian: no digits, emoji or links.
contact-birthday-form = Write the date of birth in full, for example 07.03.1987 (day, month, year).
contact-birthday-form-short = Write the day and the month of birth, for example 07.03 (day, month).
contact-birthday-ahead = That day is still to come. Please check the date of birth.
contact-birthday-too-old = There seems to be a slip in the year of birth. Please check it.
contact-too-young =
    The club is open to people of { NUMBER($years) ->
        [one] { $years } year
       *[other] { $years } years
    } and older. You may ask me about products at any age.

command-join = join, join the club, sign up, register

joining-title = joining the club
joining-start-button = Join
joining-start-prompt =
    The club “{ $club }”: joining is free and takes a couple of minutes.

    { $gifts }

    First a few short questions. You can stop at any moment.
joining-start-hint = Press “Join” if you want to join, or “Cancel” if you changed your mind.
words-joining-start = yes, join, i want, go, ok, okay, start, sure

joining-agree-button = I agree
joining-disagree-button = I do not agree
joining-no-thanks-button = No, thanks
joining-consent-hint = This needs your choice by a button: you agree, or you do not. You may ask me anything meanwhile, the form will wait.
joining-consent-changed = The text has changed since. Here is the new one, please answer again.
joining-consent-outdated = The text of a consent has changed while you were filling in the form. Please begin again: it will not take long.
joining-declined = All right. Nobody can join without this consent, but do ask about goods and orders whenever you like. If you change your mind, write /join.

joining-age-prompt =
    Are you { NUMBER($age) ->
        [one] { $age } year
       *[other] { $age } years
    } old or older?
joining-age-yes-button = Yes, I am
joining-age-no-button = Not yet
joining-age-hint = Please answer by a button: yes or not yet.
words-yes = yes, yeah, yep, sure, ok, okay, agree, i agree, i am
words-no = no, nope, no thank you, not yet, i do not agree, i don't agree, disagree, no thanks

joining-name-prompt = What shall we call you? This name will be on your card.
joining-name-hint = Write your name in letters, such as “Anna” or “Anna Smith”.

joining-phone-prompt-shared = One last thing, your phone number: shops find your card by it. Press the button below and the messenger sends it by itself.
joining-phone-prompt-typed = One last thing, your phone number: shops find your card by it. Write it, and I will send a code.
joining-phone-button = Send my number
joining-phone-hint = I need the whole mobile number, such as +7 912 345-67-89.
joining-phone-press = Better send the number by the button below than write it: so it is seen to be yours. If you do not see the button, press the keyboard icon beside the input field.
joining-phone-foreign = This is somebody else's number. I need yours: press the button below and it comes by itself.
joining-phone-taken = Somebody with this number is in the club already. If it is you, write /link where you joined and send the code here: you will share the card. If that does not work, call a person: /person.

joining-code-prompt = I sent a code to { $phone }. Write the six digits of the message. It usually comes within a minute.
joining-code-hint = I need the six digits of the message. If it did not come, press “Send again”; if the number is wrong, “Back”.
joining-code-button = Send again
joining-code-again = I sent a new code, the earlier one does not work any more.
joining-code-not-sent = The code could not be sent, sorry. Try again in a minute or call a person: /person.

joining-already =
    You are in the club “{ $club }” already.
    Your card: { $number }
joining-done =
    { $name }, you are in the club “{ $club }”!
    Your card: { $number }
joining-more-button = Add e-mail and birthday
joining-cancelled = All right, we have stopped. I kept neither name nor phone. Consents you may have given stay in the log; see and withdraw them: /privacy

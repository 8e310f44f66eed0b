code-message = { $code } is your { $brand } club code. Do not tell it to anyone.
code-form =
    The code is the { NUMBER($digits) ->
        [one] { $digits } digit
       *[other] { $digits } digits
    } in the message. Please send just those.
code-wait =
    A new code can be sent in { NUMBER($seconds) ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    }. Check your messages meanwhile: the last one may be late.
code-limit = That is all the codes for today. Try again tomorrow or ask for a person.
code-not-now = I cannot send a code right now, sorry. Try again tomorrow or ask for a person.
code-wrong =
    That code is not right. { NUMBER($left) ->
        [one] { $left } try left.
       *[other] { $left } tries left.
    }
code-expired = This code is no longer valid. Ask for a new one.
code-exhausted = Too many tries: this code is no longer valid. Ask for a new one.

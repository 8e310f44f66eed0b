receipt-code-foreign = That QR code is not a receipt. Look for the code at the bottom of the till receipt, next to ФН, ФД and ФП.
receipt-code-damaged = It looks like a receipt, but its code came out wrong. Send another photo or type the details in.
receipt-of-return = This receipt is for a return. Points are given for purchases: they say «ПРИХОД».
receipt-of-expense = By this receipt the shop paid money out. Points are given for purchases: they say «ПРИХОД».
receipt-day-ahead = The date on this receipt is still to come. Please check it.
receipt-too-old =
    This receipt is too old: we take them for { NUMBER($days) ->
        [one] { $days } day
       *[other] { $days } days
    } after the purchase.
receipt-day-refused = I could not read the date. Write it as on the receipt, for example 25.11.2026 13:42.
receipt-total-refused = I could not read the total. Write it as on the receipt, for example 4850.00.
receipt-drive-refused =
    ФН is the 16 digits after the letters «ФН» on the receipt{ $given ->
        [0] .
       *[other] , and I counted { $given }.
    } Please check and send it again.
receipt-document-refused = ФД is a number of up to 10 digits after the letters «ФД» on the receipt. Please send it again.
receipt-sign-refused = ФП (or ФПД) is a number of up to 10 digits after these letters on the receipt. Please send it again.

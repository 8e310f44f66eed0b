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
receipt-picture-no-code = I found no receipt code in this picture. Photograph the bottom of the receipt up close, so that the code fills at least a third of the frame, or type the details in.
receipt-picture-unclear = I can see a code but cannot read it: the picture is not sharp. Lay the receipt flat, add light and come closer, or better send the photo as a file, uncompressed. You can also type the details in.
receipt-picture-several = There are several receipts in this picture. Please send them one by one.
receipt-picture-not-one = This file does not open as a picture. Please send a photo of the receipt as JPEG or PNG.
receipt-picture-too-big = This picture is too big. Send it as an ordinary photo and I will manage.
receipt-picture-failed = I could not cope with this picture. Send another photo of the receipt or type the details in.

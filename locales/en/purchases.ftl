command-receipt = receipt, register a receipt
command-receipts = receipts, my receipts

receipt-send =
    Send me a photo of the receipt and I will find the QR code on it. A close picture of its lower part without glare works best, or the photo as a file, uncompressed.

    The code cannot be read? Type the data in: the date, the total, FN, FD and FP are printed next to it.
receipt-reading = Looking at the picture, it takes a couple of seconds.
receipt-type-button = Type the data in
receipt-more-button = Send a receipt
receipts-button = My receipts
receipt-stranger = Receipts earn points for members of the club. Joining takes a minute.
receipt-picture-stranger = For now I only look at pictures from members of the club, to find receipts on them. Join, and this receipt earns points. If it is about something else, put it in words.

receipt-typed-title = receipt data
receipt-day-prompt = Date and time of the purchase, as on the receipt. For example: 25.11.2026 13:42
receipt-total-prompt = The total. For example: 4850.00
receipt-drive-prompt = The FN number: 16 digits after the letters “ФН”.
receipt-drive-hint = It is the 16 digits printed on the receipt after the letters “ФН”.
receipt-document-prompt = The FD number: the one after the letters “ФД”.
receipt-sign-prompt = And the last one, FP: the number after the letters “ФП” or “ФПД”.

receipt-known = You have sent this receipt before.
receipt-registered = This receipt is registered already. If that is a mistake and the receipt is yours, write to us and we will sort it out.
receipt-pictures-limit =
    That makes { NUMBER($limit) ->
        [one] { $limit } picture
       *[other] { $limit } pictures
    } today; I will look at more tomorrow. You can also type the data in.
receipt-day-limit =
    You can register { NUMBER($limit) ->
        [one] { $limit } receipt
       *[other] { $limit } receipts
    } a day. Send this one tomorrow, it will not be lost.
receipt-month-limit =
    You can register { NUMBER($limit) ->
        [one] { $limit } receipt
       *[other] { $limit } receipts
    } a month, and you have. Next month you can go on.
receipt-waits = The receipt has not reached the registry yet; tills send them with a delay. I will check a few more times and write to you.

receipts-title = Your receipts
receipts-none = You have not sent any receipts yet. Send me a photo and earn points.
receipts-line = Receipt of { $day }, { $roubles }.{ $kopecks } ₽
receipts-line-unread = Picture of { $day }
receipt-stands-reading = Reading the code.
receipt-stands-checking = Checking. It usually takes seconds; I will write as soon as I know.
receipt-stands-review = Our people will look at it. I will write as soon as they decide.
receipt-accepted =
    Accepted: { NUMBER($points) ->
        [one] +{ $points } point
       *[other] +{ $points } points
    }. You can spend them from { $from }, when the time for returns is over.
receipt-accepted-now =
    Accepted: { NUMBER($points) ->
        [one] +{ $points } point
       *[other] +{ $points } points
    }.
receipt-accepted-before = Accepted. No new points: this purchase has earned them already, or the rules give none.
receipt-refused-unreadable = It could not be read.
receipt-refused-registered = Not accepted: this purchase is registered already.
receipt-refused-unsuitable = Not accepted: it does not fit the rules of the club.
receipt-refused-not-found = Not accepted: we could not find such a receipt. Check the data and send it again.
receipt-refused-mismatch = Not accepted: the data differ from what is known of this receipt. Check them and send it again.
receipt-refused-not-ours = Not accepted: this was bought in a shop that does not take part in the club.

command-reviews = reviews
review-asked =
    Receipt no. { $claim } waits for a decision.
    Date: { $day } { $clock }
    Total: { $roubles }.{ $kopecks } ₽
    FN { $drive }
    FD { $document }
    FP { $sign }
    Checks: { $checks }{ $other ->
        [none] { "" }
       *[other] { "\u000A" }Attention: receipt no. { $other } has the same FN and FD.
    }
review-accept-button = Accept
review-not-ours-button = Not our shop
review-not-found-button = No such receipt
review-mismatch-button = Data differ
review-done =
    { $state ->
        [accepted] Receipt no. { $claim } is accepted, { NUMBER($points) ->
            [one] { $points } point
           *[other] { $points } points
        } given. The member has been told.
       *[other] Receipt no. { $claim } is refused. The member has been told.
    }
review-decided =
    { $state ->
        [accepted] This has been decided already: yes.
        [refused] This has been decided already: no.
       *[other] There is nothing to decide here now.
    }
review-held = The same receipt is no. { $claim }. Decide that one first: only one can be accepted.
review-own = This is your own matter: let somebody else decide.
review-gone = There is no such receipt.
review-none = Nothing waits for your decision.
review-more = There is more.
review-more-button = Show the next ones
review-books-differ =
    Points do not agree with the books, so redeeming is stopped. Earning goes on, nothing is lost.
    What differs: { $reason }
    Once you have looked at it: klubok club reconcile, then klubok club resume.
review-not-yours = This button is for the brand's people.
device-serial-refused = That does not look like a serial number. It is printed on the device and on the box after “S/N”, for example WX7KA001234.

command-devices = devices, my devices
devices-button = My devices
devices-title = Your devices
devices-none = Your devices and their warranties will be here. You will need a serial number and a receipt or the number of an order.
devices-stranger = Members of the club register devices: the warranty at hand, and points for registering. Joining takes a minute.
devices-line = • { $name }, S/N { $serial }: warranty until { $until }
devices-line-over = • { $name }, S/N { $serial }: the warranty ended on { $until }
device-add-button = Add a device
device-title = registering a device
device-serial-prompt = The serial number: on the device and on the box, after “S/N”.
device-proof-prompt = What proves the purchase? Choose an accepted receipt or type the number of an order. A new receipt is not here? Send it first and then come back.
device-proof-choice-button = Receipt { $day }, { $roubles } ₽
device-proof-refused = I cannot find such an order among yours. Check the number or choose an accepted receipt.
device-proof-used = As many devices as were bought are registered with this purchase. Choose another one; if that is a mistake, write to us.
device-model-prompt = Which model is it? Choose it or type it as on the box.
device-model-hint = Type the model as it is written on the box.
device-model-several =
    There are several like that:
    { $names }
    Type the whole name.
device-yours = This device is in your list already. Warranty until { $until }.
device-registered =
    Done! Warranty until { $until }.{ $points ->
        [0] { "" }
        [one] { " " }+{ $points } point for registering.
       *[other] { " " }+{ $points } points for registering.
    }
device-disputed = This serial number is registered already. I have passed it on to our people: they will check the papers, and I will write to you.

dispute-asked =
    Dispute no. { $dispute } about the serial number { $serial }.
    Registered with the purchase { $first } of { $first_day }.
    Claimed with the purchase { $second } of { $second_day }.
dispute-grant-button = Give it to who asks
dispute-deny-button = Leave it as it is
dispute-done =
    { $state ->
        [granted] Dispute no. { $dispute }: the device has a new owner. Both have been told.
       *[other] Dispute no. { $dispute }: all stays as it is. The member has been told.
    }
dispute-won = We have checked everything: the device { $serial } is in your list now, /devices.
dispute-lost = The device { $serial } is not in your list any more: another owner has proved the purchase. If that is a mistake, write to us.
dispute-denied = We have checked everything: the device { $serial } stays with who registered it first. If you have more papers, write to us.

menu-receipt = Send a receipt
menu-devices = My devices
words-receipt = receipt, receipts, bill, чек

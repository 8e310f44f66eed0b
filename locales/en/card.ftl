card-described =
    { $club } card
    { $name }, level “{ $tier }”
    Number { $number }. Show it at the till or tell the number.
card-plain =
    { $club } card
    { $name }
    Number { $number }. Show it at the till or tell the number.
card-length =
    A card number has 13 digits{ $given ->
        [0] {""}
       *[other] , and I counted { $given }
    }. Please check and send it again.
card-mistyped = There seems to be a slip in the card number: a wrong digit, or two swapped. Please compare it with the card.
card-foreign = That is a card of another programme. I need one of our club.

questions-clarify = Is it one of these?
questions-unknown = I don't know this, and I don't want to make things up. Try asking in other words, or talk to a person.
questions-gone = This page is no longer here, it was probably updated. Ask me what you would like to know.

product-price =
    Price: { $amount }{ $kopecks ->
        [none] {""}
       *[other] .{ $kopecks }
    } { $currency }
product-price-from =
    Price: from { $amount }{ $kopecks ->
        [none] {""}
       *[other] .{ $kopecks }
    } { $currency }
product-price-unknown = Ask the store for the price
product-available = In stock
product-not-available = Out of stock now
product-availability-unknown = Ask the store if it is in stock

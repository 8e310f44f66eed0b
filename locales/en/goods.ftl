# Answers about goods. Names, characteristics and numbers come from the store's catalogue.

button-details = Details
button-show-more = Show more

goods-several = Here is what is known:
goods-yes-all = Yes, all of them:
goods-no-all = No, none of them:
goods-yes = Yes, it has: { $name }
goods-yes-with = Yes, it has: { $name } — { $value }
goods-no = No, it has not: { $name }
goods-unsaid = The description does not say: { $name }. I won't make it up, better ask a person.
goods-unsaid-of = { $thing } — { $name }: the description does not say
goods-not-so = There is no such variant. Here is what there is:
goods-variant = Another variant, { $thing }: { $value }
goods-variants = Other variants:

goods-item =
    { $number }. { $name } — { $amount }{ $kopecks ->
        [none] {""}
       *[other] .{ $kopecks }
    } { $currency }{ $facts }
goods-item-gone =
    { $number }. { $name } — { $amount }{ $kopecks ->
        [none] {""}
       *[other] .{ $kopecks }
    } { $currency }, out of stock now{ $facts }
goods-item-without-price = { $number }. { $name }{ $facts }

goods-comparison = How they differ:
goods-no-difference = The catalogue shows no difference in their characteristics.
goods-best = { $thing } comes first here — { $value }
goods-best-price = { $thing } wins on price
goods-what-matters = What matters more to you? Tell me, for example weight or price, and I will help you choose.

goods-found =
    { $total ->
        [one] Found { $total } option
       *[other] Found { $total } options
    }{ $left ->
        [0] :
       *[other] , here are the first { $shown }:
    }
goods-rest = Here are more:
goods-nearest = Nothing meets every wish exactly. The nearest:
goods-rest-nearest = You have seen all that fits. The nearest of the rest:
goods-no-more = There is nothing more to show: you have seen all that fits.
goods-met = Your wishes that are met:
goods-relaxed = Not everything fits, I had to give way on:
goods-ignored = Left out, not understood or not in the catalogue: { $words }
goods-order-most = Those with the most come first: { $name }
goods-order-least = Those with the least come first: { $name }
goods-order-price-most = The most expensive come first
goods-order-price-least = The least expensive come first

goods-wish-at-least = { $mark } { $name }: from { $value }
goods-wish-at-most = { $mark } { $name }: up to { $value }
goods-wish-about = { $mark } { $name }: about { $value }
goods-wish-is = { $mark } { $name }: { $value }
goods-wish-is-not = { $mark } { $name }: not { $value }
goods-wish-has = { $mark } with: { $name }
goods-wish-has-not = { $mark } without: { $name }
goods-wish-price-at-least = { $mark } price from { $amount } { $currency }
goods-wish-price-at-most = { $mark } price up to { $amount } { $currency }
goods-wish-price-about = { $mark } price about { $amount } { $currency }

goods-fitting = Goes with { $target }:
goods-nothing-fits = I see nothing in the catalogue that surely fits { $target }. Better ask a person.
goods-fits-yes = Yes, it fits { $target }.
goods-fits-no = { $target } is not among the compatible models: it seems it will not fit.
goods-fits-unsaid = The description does not say whether it fits { $target }. Better ask a person.

goods-missing = We have no such thing in the catalogue: { $asked }. If you need a replacement, ask me and I will find one.
goods-missing-near = We have no such thing in the catalogue: { $asked }. These have names that are like it:

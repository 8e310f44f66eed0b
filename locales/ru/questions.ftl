questions-clarify = Уточните, пожалуйста, вы про это?
questions-unknown = Этого я не знаю, а выдумывать не хочу. Попробуйте спросить другими словами или свяжитесь с человеком.
questions-gone = Этой страницы больше нет: наверное, её обновили. Спросите меня, что вас интересует.

product-price =
    Цена: { $amount }{ $kopecks ->
        [none] {""}
       *[other] ,{ $kopecks }
    } { $currency }
product-price-from =
    Цена: от { $amount }{ $kopecks ->
        [none] {""}
       *[other] ,{ $kopecks }
    } { $currency }
product-price-unknown = Цену уточните в магазине
product-available = Есть в наличии
product-not-available = Сейчас нет в наличии
product-availability-unknown = Наличие уточните в магазине

# Ответы о товарах. Названия, характеристики и числа приходят из каталога магазина.

button-details = Подробнее
button-show-more = Показать ещё

goods-several = Вот что известно:
goods-yes-all = Да, у всех есть:
goods-no-all = Нет, этого ни у кого нет:
goods-yes = Да, есть: { $name }
goods-yes-with = Да, есть: { $name } — { $value }
goods-no = Нет, этого нет: { $name }
goods-unsaid = В описании этого не сказано: { $name }. Выдумывать не буду, лучше уточнить у человека.
goods-unsaid-of = { $thing } — { $name }: в описании не сказано
goods-not-so = Такого варианта нет. Вот что есть:
goods-variant = Другой вариант, { $thing }: { $value }
goods-variants = Другие варианты:

goods-item =
    { $number }. { $name } — { $amount }{ $kopecks ->
        [none] {""}
       *[other] ,{ $kopecks }
    } { $currency }{ $facts }
goods-item-gone =
    { $number }. { $name } — { $amount }{ $kopecks ->
        [none] {""}
       *[other] ,{ $kopecks }
    } { $currency }, сейчас нет в наличии{ $facts }
goods-item-without-price = { $number }. { $name }{ $facts }

goods-comparison = Чем они отличаются:
goods-no-difference = По характеристикам из каталога разницы не видно.
goods-best = Впереди здесь { $thing } — { $value }
goods-best-price = По цене выигрывает { $thing }
goods-what-matters = Что для вас важнее? Назовите, например вес или цену, и я помогу выбрать.

goods-found =
    { $total ->
        [one] Нашёлся { $total } вариант
        [few] Нашлось { $total } варианта
        [many] Нашлось { $total } вариантов
       *[other] Нашлось { $total } варианта
    }{ $left ->
        [0] :
       *[other] , вот первые { $shown }:
    }
goods-rest = Вот ещё:
goods-nearest = Точно под все пожелания ничего нет. Самое близкое:
goods-rest-nearest = Всё подходящее вы уже видели. Самое близкое из остального:
goods-no-more = Больше показать нечего: вы видели всё, что подходит.
goods-met = Учёл пожелания:
goods-relaxed = Подходит не всё, пришлось отступить:
goods-ignored = Не учёл, потому что не понял или не нашёл в каталоге: { $words }
goods-order-most = Сначала те, у кого больше: { $name }
goods-order-least = Сначала те, у кого меньше: { $name }
goods-order-price-most = Сначала самые дорогие
goods-order-price-least = Сначала самые недорогие

goods-wish-at-least = { $mark } { $name }: от { $value }
goods-wish-at-most = { $mark } { $name }: до { $value }
goods-wish-about = { $mark } { $name }: около { $value }
goods-wish-is = { $mark } { $name }: { $value }
goods-wish-is-not = { $mark } { $name }: не { $value }
goods-wish-has = { $mark } есть: { $name }
goods-wish-has-not = { $mark } без этого: { $name }
goods-wish-price-at-least = { $mark } цена от { $amount } { $currency }
goods-wish-price-at-most = { $mark } цена до { $amount } { $currency }
goods-wish-price-about = { $mark } цена около { $amount } { $currency }

goods-fitting = Подходит для «{ $target }»:
goods-nothing-fits = Не вижу в каталоге того, что точно подходит для «{ $target }». Лучше уточнить у человека.
goods-fits-yes = Да, подходит для «{ $target }».
goods-fits-no = В списке совместимых моделей нет «{ $target }»: похоже, не подойдёт.
goods-fits-unsaid = В описании не сказано, подходит ли для «{ $target }». Лучше уточнить у человека.

goods-missing = Такого у нас в каталоге нет: { $asked }. Если нужна замена, спросите, и я подберу.
goods-missing-near = Такого у нас в каталоге нет: { $asked }. Есть похожие названия, посмотрите:

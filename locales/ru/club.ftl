club-points-insufficient =
    { $available ->
        [0] Баллов пока нет.
       *[other] У вас { NUMBER($available) ->
            [one] { $available } балл
            [few] { $available } балла
            [many] { $available } баллов
           *[other] { $available } балла
        }.
    } Не хватает ещё { NUMBER($missing) ->
        [one] { $missing } балла
        [few] { $missing } баллов
        [many] { $missing } баллов
       *[other] { $missing } балла
    }.
club-account-frozen = Мы проверяем ваш счёт, и пока тратить баллы нельзя. Копить можно, ничего не пропадёт.
club-redemption-stopped = Сейчас мы сверяем баллы и на время закрыли обмен. Ваши баллы целы, загляните чуть позже.
club-hold-gone = Этот обмен уже завершён или отменён. Посмотрите награды ещё раз.
club-hold-expired = Время на подтверждение вышло, баллы вернулись к вам. Выберите награду ещё раз.
club-already-reversed = Это уже вернули раньше.
club-reward-cooling = Аккаунты только что соединились, поэтому потратить баллы можно с { $when }. До тех пор они никуда не денутся.
club-reward-gone = Увы, эта награда только что закончилась. Ваши баллы на месте — посмотрите другие награды.
club-reward-price =
    Цена этой награды изменилась: теперь она стоит { NUMBER($points) ->
        [one] { $points } балл
        [few] { $points } балла
        [many] { $points } баллов
       *[other] { $points } балла
    }. Ваши баллы на месте.
club-reward-other-tier = Эта награда открывается на более высоком уровне. Ваши баллы на месте.
club-reward-limit =
    Эту награду можно взять { NUMBER($limit) ->
        [one] { $limit } раз
        [few] { $limit } раза
        [many] { $limit } раз
       *[other] { $limit } раза
    } в год, и вы уже это сделали. Ваши баллы на месте.
club-voucher-unknown = Не нахожу такого кода среди ваших наград. Проверьте его, пожалуйста.
club-voucher-closed = Этот код уже использован, возвращён или срок его вышел.
club-promo-unknown = Такого промокода нет. Проверьте буквы и цифры и попробуйте ещё раз.
club-promo-early = Этот промокод ещё не начал действовать. Попробуйте немного позже.
club-promo-late = Срок этого промокода вышел.
club-promo-again = Вы уже применили этот промокод.
club-promo-gone = Этот промокод уже разобрали.
club-promo-first = Этот промокод — для первой покупки, а у вас она уже была.
club-adjust-reason = Напишите причину: она останется в истории баллов.
club-adjust-second =
    Больше { NUMBER($limit) ->
        [one] { $limit } балла
        [few] { $limit } баллов
        [many] { $limit } баллов
       *[other] { $limit } балла
    } за раз меняют вдвоём: попросите коллегу подтвердить.

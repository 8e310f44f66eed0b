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

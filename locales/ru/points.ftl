command-club = club, клуб, баллы, баланс, мой баланс, мои баллы, сколько у меня баллов
command-history = history, история, история баллов
command-card = card, карта, моя карта, карта клуба

club-button = Мой клуб
club-rewards-button = Награды
club-history-button = История
club-card-button = Карта
club-join-button = Вступить в клуб
club-older-button = Раньше

club-not-in = Вы пока не в клубе «{ $club }». Вступить можно прямо здесь, это бесплатно и недолго.
club-title = { $club }: { $name }
club-available =
    { $points ->
        [0] Баллов пока нет
       *[other] Можно потратить: { NUMBER($points) ->
            [one] { $points } балл
            [few] { $points } балла
            [many] { $points } баллов
           *[other] { $points } балла
        }
    }
club-debt =
    Долг за возвращённые покупки: { NUMBER($points) ->
        [one] { $points } балл
        [few] { $points } балла
        [many] { $points } баллов
       *[other] { $points } балла
    }. Он закроется сам следующими начислениями.
club-pending =
    Скоро станут доступны: { NUMBER($points) ->
        [one] { $points } балл
        [few] { $points } балла
        [many] { $points } баллов
       *[other] { $points } балла
    }
club-held =
    Отложено: { NUMBER($points) ->
        [one] { $points } балл
        [few] { $points } балла
        [many] { $points } баллов
       *[other] { $points } балла
    }
club-expiring =
    Сгорят раньше всех: { NUMBER($points) ->
        [one] { $points } балл
        [few] { $points } балла
        [many] { $points } баллов
       *[other] { $points } балла
    }, { $day }
club-tier = Уровень: { $tier }
club-next-tier-points =
    До уровня «{ $tier }»: ещё { NUMBER($missing) ->
        [one] { $missing } балл за покупки
        [few] { $missing } балла за покупки
        [many] { $missing } баллов за покупки
       *[other] { $missing } балла за покупки
    }
club-next-tier-spend = До уровня «{ $tier }»: ещё покупок на { $missing } ₽

club-history-title = История баллов
club-history-empty = Здесь пока пусто: баллы появятся после первой покупки или чека.
club-for-order = { $day }  { $sign }{ $points } за покупку
club-for-receipt = { $day }  { $sign }{ $points } за чек
club-for-joining = { $day }  { $sign }{ $points } за вступление
club-for-device = { $day }  { $sign }{ $points } за регистрацию техники
club-for-birthday = { $day }  { $sign }{ $points } ко дню рождения
club-for-review = { $day }  { $sign }{ $points } за отзыв
club-for-quiz = { $day }  { $sign }{ $points } за викторину
club-for-reward = { $day }  { $sign }{ $points } за награду
club-for-promo = { $day }  { $sign }{ $points } по промокоду
club-for-friend = { $day }  { $sign }{ $points } за друга, который пришёл по приглашению
club-for-invitation = { $day }  { $sign }{ $points } за вступление по приглашению
club-for-other = { $day }  { $sign }{ $points } начислено
club-entry-earn = { $day }  { $sign }{ $points } начислено
club-entry-activate = { $day }  { $points }: можно тратить
club-entry-hold = { $day }  { $sign }{ $points } отложено
club-entry-release = { $day }  { $sign }{ $points } снова доступны
club-entry-burn = { $day }  { $sign }{ $points } обменяно на награду
club-entry-expire = { $day }  { $sign }{ $points } сгорело
club-entry-adjust = { $day }  { $sign }{ $points } поправка
club-entry-return = { $day }  { $sign }{ $points } возврат покупки
club-entry-refund = { $day }  { $sign }{ $points } награда возвращена
club-entry-merge = { $day }  { $points }: соединены два аккаунта

command-invite = invite, пригласить друга, позвать друга, приведи друга
invite-button = Пригласить друга
invite-open-button = Открыть приглашение
invite-title = Зовите друзей в клуб «{ $club }»
invite-gain =
    Когда друг вступит и впервые что-нибудь купит, вам придёт { NUMBER($points) ->
        [one] { $points } балл
        [few] { $points } балла
        [many] { $points } баллов
       *[other] { $points } балла
    }.
invite-friend-gain =
    И другу тоже: { NUMBER($points) ->
        [one] { $points } балл
        [few] { $points } балла
        [many] { $points } баллов
       *[other] { $points } балла
    }.
invite-cap =
    Баллы начисляю не больше чем за { NUMBER($friends) ->
        [one] { $friends } друга
        [few] { $friends } друзей
        [many] { $friends } друзей
       *[other] { $friends } друга
    } в год.
invite-friends =
    { $friends ->
        [0] По вашему приглашению пока никто не пришёл.
       *[other] По вашему приглашению { NUMBER($friends) ->
            [one] пришёл { $friends } друг
            [few] пришли { $friends } друга
            [many] пришли { $friends } друзей
           *[other] пришли { $friends } друга
        }.
    }
invite-how = Перешлите другу следующее сообщение: оно и есть приглашение.
invite-forward =
    Приглашаю в клуб «{ $club }»!{ $points ->
        [0] { "" }
       *[other] { " " }После первой покупки там подарят { NUMBER($points) ->
            [one] { $points } балл
            [few] { $points } балла
            [many] { $points } баллов
           *[other] { $points } балла
        }.
    } Кнопка ниже откроет бота. Если её не видно, напишите боту:
    /invite { $code }
invite-welcome =
    Вас приглашают в клуб «{ $club }»!{ $points ->
        [0] { "" }
       *[other] { " " }Вступите, и после первой покупки подарим { NUMBER($points) ->
            [one] { $points } балл
            [few] { $points } балла
            [many] { $points } баллов
           *[other] { $points } балла
        }.
    }
invite-own = Это ваше собственное приглашение: перешлите его другу. Себя пригласить не получится.
invite-already-in = Вы уже в клубе, приглашение вам не нужно. Зато можно позвать друзей.
invite-was-in = Вы уже бывали в клубе, и карта вас ждёт. Вернуться можно и без приглашения.
invite-unknown = Такого приглашения нет. Проверьте код или попросите друга прислать его ещё раз. Вступить можно и без него.

notices-expiring =
    { NUMBER($points) ->
        [one] { $points } балл сгорит
        [few] { $points } балла сгорят
        [many] { $points } баллов сгорят
       *[other] { $points } балла сгорят
    }, если не потратить до { $day } включительно. Загляните в награды, вдруг там есть что-то для вас: /rewards
notices-available =
    Баллы за покупку подтвердились. Теперь у вас { NUMBER($points) ->
        [one] { $points } балл, его
        [few] { $points } балла, их
        [many] { $points } баллов, их
       *[other] { $points } балла, их
    } уже можно тратить.
notices-tier =
    Поздравляю, теперь ваш уровень — «{ $tier }»!

    { $perks }
notices-tier-lost = Ваш уровень теперь — «{ $tier }»: за последнее время покупок было меньше, чем нужно для прежнего. Баллы остались у вас. Сколько до следующего уровня: /club
notices-birthday =
    { $name }, с днём рождения! От нас подарок: { NUMBER($points) ->
        [one] { $points } балл
        [few] { $points } балла
        [many] { $points } баллов
       *[other] { $points } балла
    }, уже на вашем счёте.
notices-stop-button = Больше о таком не писать

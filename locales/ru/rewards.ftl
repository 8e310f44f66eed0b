command-rewards = rewards, награды, подарки, на что потратить баллы

rewards-title =
    Награды. У вас { NUMBER($points) ->
        [one] { $points } балл
        [few] { $points } балла
        [many] { $points } баллов
       *[other] { $points } балла
    }
rewards-line =
    • { $reward }: { NUMBER($points) ->
        [one] { $points } балл
        [few] { $points } балла
        [many] { $points } баллов
       *[other] { $points } балла
    }
rewards-line-tier =
    • { $reward }: { NUMBER($points) ->
        [one] { $points } балл
        [few] { $points } балла
        [many] { $points } баллов
       *[other] { $points } балла
    }, откроется на более высоком уровне
rewards-reward-button = { $reward } · { $points }
rewards-codes-button = Мои коды
rewards-ask =
    Обменять { NUMBER($points) ->
        [one] { $points } балл
        [few] { $points } балла
        [many] { $points } баллов
       *[other] { $points } балла
    } на «{ $reward }»?
rewards-redeem-button =
    Да, { NUMBER($points) ->
        [one] { $points } балл
        [few] { $points } балла
        [many] { $points } баллов
       *[other] { $points } балла
    }
rewards-keep-button = Нет, посмотрю ещё
rewards-redeemed = Готово: { $reward }. Ваш код — { $code }
rewards-until = Действует до { $day }
rewards-kept = Код не потеряется: он всегда есть в «Наградах». Не понадобится — верните баллы, пока он не использован.
rewards-codes-title = Ваши коды
rewards-code-issued = { $code } — { $reward }
rewards-code-used = { $code } — { $reward }, использован
rewards-code-refunded = { $code } — { $reward }, баллы возвращены
rewards-code-late = { $code } — { $reward }, срок вышел
rewards-refund-button =
    Вернуть { NUMBER($points) ->
        [one] { $points } балл
        [few] { $points } балла
        [many] { $points } баллов
       *[other] { $points } балла
    } ({ $code })
rewards-refunded =
    Вернул { NUMBER($points) ->
        [one] { $points } балл
        [few] { $points } балла
        [many] { $points } баллов
       *[other] { $points } балла
    }. Этот код больше не действует.

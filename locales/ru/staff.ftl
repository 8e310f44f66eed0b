desk-command-member = member, участник, клиент
desk-command-reveal = reveal, показать контакты
desk-command-adjust = adjust, баллы, начислить, списать
desk-command-agree = agree, согласовать
desk-command-decline = decline, отклонить
desk-command-birthday = birthday, день рождения, рождение
desk-command-vouchers = vouchers, voucher, ваучер, сертификат
desk-command-use = use, погасить
desk-command-refund = refund, отменить ваучер
staff-member-how = Кого показать? Напишите номер карты или телефон: /member 27 1234 5678 901
staff-member-unknown = Участника с такой картой или телефоном нет. Проверьте номер.
staff-member = Карта { $card } · { $initial }.
staff-member-phone = Телефон: { $phone }
staff-member-standing = { $available } доступно, { $pending } ожидает{ $debt ->
    [0] { "" }
   *[other] , долг { $debt }
} · уровень: { $tier } · в клубе с { $since }
staff-member-things = Пишет из: { $channels } · устройства: { $devices } · чеков: { $receipts }
staff-reveal-call-button = Контакты: перезвонить
staff-reveal-check-button = Контакты: сверить личность
staff-reveal-delivery-button = Контакты: для доставки
staff-revealed = { $name } · карта { $card }
staff-revealed-phone = Телефон: { $phone }
staff-revealed-email = Почта: { $email }
staff-adjust-how = Напишите карту или телефон, сколько баллов и почему: /adjust 27 1234 5678 901 +100 долго чинили
staff-adjusted = Готово. Карта { $card }, баллы: { $points }.
staff-adjust-waits = Столько баллов решают двое: я спросил тех, кто может согласовать.
staff-adjust-nobody = Столько баллов решают двое, а согласовать некому. Добавьте руководителя: klubok staff add
staff-adjust-asked = Коллега просит согласовать. Карта { $card }, баллы: { $points }. Причина: { $reason }
staff-adjust-decided = Здесь уже решено.
staff-adjust-declined = Отклонено, баллы не изменились.
staff-adjust-agreed = Коллега согласен. Карта { $card }, баллы: { $points }.
staff-adjust-refused = Коллега отказал. Карта { $card }, баллы: { $points }, они не изменились.
staff-adjust-own = Баллы на своей карте не меняют: попросите коллегу.
staff-adjust-too-few = { $available ->
    [one] На карте { $available } балл
    [few] На карте { $available } балла
    [many] На карте { $available } баллов
   *[other] На карте { $available } балла
}, больше списать нельзя.
staff-voucher-unknown = Такого кода нет. Проверьте его.
staff-agree-button = Согласовать
staff-decline-button = Отклонить
staff-points-given = { $points ->
    [one] Вам начислен { $points } балл.
    [few] Вам начислено { $points } балла.
    [many] Вам начислено { $points } баллов.
   *[other] Вам начислено { $points } балла.
} Это сделал сотрудник клуба. Подробности: /history
staff-points-taken = { $points ->
    [one] Списан { $points } балл.
    [few] Списано { $points } балла.
    [many] Списано { $points } баллов.
   *[other] Списано { $points } балла.
} Это сделал сотрудник клуба. Если это ошибка, напишите нам.
staff-birthday-how = Напишите карту или телефон и верную дату: /birthday 27 1234 5678 901 07.03
staff-birthday-done = Готово, дата рождения у карты { $card } исправлена. Подарок придёт, если до дня рождения ещё две недели.
staff-voucher-how = Напишите код: /vouchers 7KQ2-M0XA-93ZD
staff-voucher = { $code } · { $reward } · карта { $card } · { $state ->
    [used] уже погашен
    [refunded] отменён, баллы вернулись
    [late] срок вышел
   *[other] действует
}
staff-use-button = Погасить
staff-refund-button = Отменить и вернуть баллы
staff-used = { $code } погашен.
staff-refunded = { $code } отменён, { $points ->
    [one] вернулся { $points } балл
    [few] вернулись { $points } балла
    [many] вернулись { $points } баллов
   *[other] вернулись { $points } балла
}.
desk-command-award = award, награда, поощрить
staff-award-how = Напишите карту или телефон, за что и что именно: /award 27 1234 5678 901 отзыв ссылка. За что: отзыв, викторина или опрос.
staff-award-what = За что начислить?
staff-award-review-button = Отзыв
staff-award-quiz-button = Викторина
staff-award-poll-button = Опрос
staff-award-review-words = отзыв, обзор, review
staff-award-quiz-words = викторина, квиз, quiz
staff-award-poll-words = опрос, голосование, poll
staff-award-no-rules = В правилах клуба сейчас нет баллов за отзывы, викторины и опросы. Их добавляют в club.toml.
staff-award-no-rule = В правилах клуба сейчас нет баллов за { $kind ->
    [review] отзыв
    [quiz] викторину
   *[other] опрос
}. Правила добавляют в club.toml.
staff-award-repeated = За это карте { $card } уже начислено. Если это другой случай, допишите, что именно: ссылку или название.
staff-award-limit = Карта { $card } уже получила за это всё, что дают правила в этом месяце. Сверх правил: /adjust
staff-awarded-review = { $points ->
    [one] Спасибо за отзыв! Вам начислен { $points } балл.
    [few] Спасибо за отзыв! Вам начислено { $points } балла.
    [many] Спасибо за отзыв! Вам начислено { $points } баллов.
   *[other] Спасибо за отзыв! Вам начислено { $points } балла.
}
staff-awarded-quiz = { $points ->
    [one] За викторину вам начислен { $points } балл.
    [few] За викторину вам начислено { $points } балла.
    [many] За викторину вам начислено { $points } баллов.
   *[other] За викторину вам начислено { $points } балла.
}
staff-awarded-poll = { $points ->
    [one] Спасибо, что ответили на опрос! Вам начислен { $points } балл.
    [few] Спасибо, что ответили на опрос! Вам начислено { $points } балла.
    [many] Спасибо, что ответили на опрос! Вам начислено { $points } баллов.
   *[other] Спасибо, что ответили на опрос! Вам начислено { $points } балла.
}

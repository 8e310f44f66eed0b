command-profile = profile, профиль, мой профиль
profile-title = профиль
profile-shown =
    Вот что вы о себе рассказали:
    • имя: { $name }
    • телефон: { $phone }
    • почта: { $email }
    • день рождения: { $birthday }

    Что поправить или добавить?
profile-name-button = Имя
profile-email-button = Почта
profile-birthday-button = День рождения
profile-remove-email-button = Убрать почту
profile-remove-birthday-button = Убрать день рождения
profile-name-prompt = Как к вам обращаться?
profile-name-hint = Напишите имя буквами, например «Анна» или «Анна Петрова».
profile-email-prompt = Напишите адрес почты. Если не хочется, пропустите.
profile-email-hint = Нужен адрес целиком, например anna@example.com.
profile-email-taken = Этот адрес уже указан у кого-то в клубе. Напишите другой или пропустите.
profile-birthday-prompt = Когда ваш день рождения? Напишите день и месяц, например 07.03. Потом дату можно будет изменить один раз.
profile-birthday-hint = Нужны день и месяц цифрами, например 07.03.
profile-birthday-fixed = Дату вы уже меняли. Если в ней ошибка, поможет человек: /person
profile-saved =
    Записал:
    • имя: { $name }
    • телефон: { $phone }
    • почта: { $email }
    • день рождения: { $birthday }
profile-unchanged =
    Хорошо, всё остаётся как было:
    • имя: { $name }
    • телефон: { $phone }
    • почта: { $email }
    • день рождения: { $birthday }

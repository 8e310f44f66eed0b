command-privacy = privacy, мои данные и согласия, приватность
command-mydata = mydata, мои данные, выгрузка данных
command-forget = forget, удалить мои данные, забудь меня, выйти из клуба

privacy-shown = Вот что у меня о вас есть и зачем.
privacy-known =

    Чтобы узнавать вас и вести карту:
    • имя: { $name }
    • телефон: { $phone }
    • почта: { $email }
    • день рождения: { $birthday }
    • карта: { $card }
    • откуда вы пишете: { $channels }
privacy-things =

    Чтобы считать баллы, награды и гарантию:
    • заказы: { $orders }
    • чеки: { $receipts }
    • устройства: { $devices }
    • награды: { $rewards }
privacy-conversation =

    Чтобы отвечать на вопросы: наша переписка.
privacy-consents =

    Ваши согласия:
privacy-consent-given = • { $consent }: дано
privacy-consent-old = • { $consent }: дано, но с тех пор текст изменился
privacy-consent-none = • { $consent }: не дано
privacy-how = Каждое согласие можно отозвать отдельно. Без согласия на обработку данных клуб не работает: отозвать его — значит удалить всё.
privacy-withdraw-button = Отозвать: { $consent }
privacy-withdrawn = Согласие отозвано. Больше таких сообщений не будет.
privacy-not-given = Этого согласия и так нет: ничего присылать не буду.
privacy-mydata-button = Мои данные файлом
privacy-mydata-begun = Собираю ваши данные в файл, это займёт меньше минуты.
privacy-mydata-ready = Здесь всё, что у меня о вас есть: страница для чтения и файл JSON.
privacy-mydata-failed = Файл собрать не получилось, простите. Попробуйте ещё раз чуть позже.
privacy-forget-button = Удалить всё обо мне
privacy-forget-prompt =
    Удалить всё, что я о вас знаю? Имя, телефон, почта, день рождения и переписка исчезнут, карта перестанет действовать, накопленные баллы пропадут. Вернуть их не смогу ни я, ни люди.

    Если хотите сохранить копию, сначала возьмите файл: /mydata
privacy-forget-yes-button = Да, удалить всё
privacy-forget-no-button = Нет, оставить
privacy-forgotten = Хорошо, удаляю. Через минуту я вас уже не вспомню. Спасибо, что были с нами!
privacy-kept = Хорошо, всё остаётся как есть.

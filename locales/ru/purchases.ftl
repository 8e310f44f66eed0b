command-receipt = receipt, чек, зарегистрировать чек, загрузить чек
command-receipts = receipts, мои чеки, чеки

receipt-send =
    Пришлите фото чека — я сам найду на нём QR-код. Лучше снять низ чека крупно и без бликов или отправить фото файлом, без сжатия.

    Код не читается? Введите данные вручную: дата, сумма, ФН, ФД и ФП напечатаны рядом с ним.
receipt-reading = Смотрю снимок, это пара секунд.
receipt-type-button = Ввести данные вручную
receipt-more-button = Прислать чек
receipts-button = Мои чеки
receipt-stranger = Чеки я принимаю от участников клуба: за них начисляются баллы. Вступить — минутное дело.
receipt-picture-stranger = Картинки я пока смотрю только у участников клуба: ищу на них чеки. Вступите, и за этот чек будут баллы. А если вопрос о другом, напишите его словами.

receipt-typed-title = данные чека
receipt-day-prompt = Дата и время покупки — как на чеке. Например: 25.11.2026 13:42
receipt-total-prompt = Итоговая сумма. Например: 4850,00
receipt-drive-prompt = Номер ФН — 16 цифр после букв «ФН».
receipt-drive-hint = Нужны 16 цифр, которые напечатаны на чеке после букв «ФН».
receipt-document-prompt = Номер ФД — число после букв «ФД».
receipt-sign-prompt = И последнее: ФП (или ФПД) — число после этих букв.

receipt-known = Этот чек вы уже присылали.
receipt-registered = Этот чек уже зарегистрирован. Если это ошибка и чек ваш, напишите нам: разберёмся.
receipt-pictures-limit =
    Сегодня вы прислали уже { NUMBER($limit) ->
        [one] { $limit } снимок
        [few] { $limit } снимка
        [many] { $limit } снимков
       *[other] { $limit } снимка
    } — завтра посмотрю ещё. Данные чека можно ввести и вручную.
receipt-day-limit =
    За день можно зарегистрировать { NUMBER($limit) ->
        [one] { $limit } чек
        [few] { $limit } чека
        [many] { $limit } чеков
       *[other] { $limit } чека
    }. Пришлите этот завтра, он никуда не денется.
receipt-month-limit =
    За месяц можно зарегистрировать { NUMBER($limit) ->
        [one] { $limit } чек
        [few] { $limit } чека
        [many] { $limit } чеков
       *[other] { $limit } чека
    }, и они уже есть. В следующем месяце можно снова.
receipt-waits = Чек ещё не появился в базе — так бывает, кассы отправляют их не сразу. Проверю ещё несколько раз и напишу.

receipts-title = Ваши чеки
receipts-none = Вы ещё не присылали чеков. Пришлите фото — начислю баллы.
receipts-line = Чек от { $day } на { $roubles },{ $kopecks } ₽
receipts-line-unread = Снимок от { $day }
receipt-stands-reading = Читаю код.
receipt-stands-checking = Проверяю. Обычно это несколько секунд, напишу, как только узнаю.
receipt-stands-review = Чек посмотрят наши сотрудники. Как только решат, сразу напишу.
receipt-accepted =
    Принят: { NUMBER($points) ->
        [one] +{ $points } балл
        [few] +{ $points } балла
        [many] +{ $points } баллов
       *[other] +{ $points } балла
    }. Тратить можно с { $from }, когда выйдет срок возврата.
receipt-accepted-now =
    Принят: { NUMBER($points) ->
        [one] +{ $points } балл
        [few] +{ $points } балла
        [many] +{ $points } баллов
       *[other] +{ $points } балла
    }.
receipt-accepted-before = Принят. Новых баллов нет: за эту покупку они уже начислены или правила их не дают.
receipt-refused-unreadable = Прочитать не получилось.
receipt-refused-registered = Не принят: эта покупка уже зарегистрирована.
receipt-refused-unsuitable = Не принят: этот чек не подошёл по правилам клуба.
receipt-refused-not-found = Не принят: мы не нашли такого чека. Проверьте данные и пришлите его ещё раз.
receipt-refused-mismatch = Не принят: данные не сходятся с тем, что известно о чеке. Проверьте их и пришлите ещё раз.
receipt-refused-not-ours = Не принят: эта покупка сделана не в магазине, который участвует в клубе.

command-reviews = reviews, проверка чеков
review-asked =
    Чек № { $claim } ждёт решения.
    Дата: { $day } { $clock }
    Сумма: { $roubles },{ $kopecks } ₽
    ФН { $drive }
    ФД { $document }
    ФП { $sign }
    Проверки: { $checks }{ $other ->
        [none] { "" }
       *[other] { "\u000A" }Внимание: те же ФН и ФД у чека № { $other }.
    }
review-accept-button = Принять
review-not-ours-button = Не наш магазин
review-not-found-button = Такого чека нет
review-mismatch-button = Данные не сходятся
review-done =
    { $state ->
        [accepted] Чек № { $claim } принят, { NUMBER($points) ->
            [one] начислен { $points } балл
            [few] начислено { $points } балла
            [many] начислено { $points } баллов
           *[other] начислено { $points } балла
        }. Участнику написал.
       *[other] Чек № { $claim } отклонён. Участнику написал.
    }
review-decided =
    { $state ->
        [accepted] По этому вопросу уже решили: да.
        [refused] По этому вопросу уже решили: нет.
       *[other] Сейчас здесь решать нечего.
    }
review-held = Тот же чек записан под № { $claim }. Сначала решите по нему: принять можно только один.
review-own = Это ваше собственное дело — пусть решит кто-то другой.
review-gone = Такого чека нет.
review-none = Сейчас ничего не ждёт вашего решения.
review-more = Это ещё не всё.
review-more-button = Показать следующие
review-books-differ =
    Баллы не сходятся с записями, поэтому обмен на награды остановлен. Копить можно, ничего не пропадает.
    Что не сошлось: { $reason }
    Когда разберётесь: klubok club reconcile, потом klubok club resume.
review-not-yours = Эта кнопка — для сотрудников.
device-serial-refused = Не похоже на серийный номер. Он напечатан на корпусе и на коробке после «S/N», например WX7KA001234.

command-devices = devices, мои устройства, моя техника
devices-button = Мои устройства
devices-title = Ваши устройства
devices-none = Здесь будут ваши устройства и сроки их гарантии. Понадобятся серийный номер и чек или номер заказа.
devices-stranger = Устройства регистрируют участники клуба: гарантия под рукой и баллы за регистрацию. Вступить — минутное дело.
devices-line = • { $name }, S/N { $serial } — гарантия до { $until }
devices-line-over = • { $name }, S/N { $serial } — гарантия закончилась { $until }
device-add-button = Добавить устройство
device-title = регистрация устройства
device-serial-prompt = Серийный номер — на корпусе и на коробке, после «S/N».
device-proof-prompt = Чем подтвердим покупку? Выберите принятый чек или напишите номер заказа. Нового чека здесь нет? Пришлите его, а потом вернитесь.
device-proof-choice-button = Чек от { $day }, { $roubles } ₽
device-proof-refused = Не нашёл такого заказа среди ваших. Проверьте номер или выберите чек из принятых.
device-proof-used = С этой покупкой уже зарегистрировано столько устройств, сколько в ней было. Выберите другую, а если это ошибка, напишите нам.
device-model-prompt = Какая это модель? Выберите или напишите, как на коробке.
device-model-hint = Напишите модель так, как она указана на коробке.
device-model-several =
    Подходит несколько:
    { $names }
    Напишите название целиком.
device-yours = Это устройство уже у вас в списке. Гарантия до { $until }.
device-registered =
    Готово! Гарантия до { $until }.{ $points ->
        [0] { "" }
        [one] { " " }+{ $points } балл за регистрацию.
        [few] { " " }+{ $points } балла за регистрацию.
        [many] { " " }+{ $points } баллов за регистрацию.
       *[other] { " " }+{ $points } балла за регистрацию.
    }
device-disputed = Этот серийный номер уже зарегистрирован. Передал вопрос сотрудникам: сверят документы, и я напишу, что решили.

dispute-asked =
    Спор № { $dispute } о серийном номере { $serial }.
    Записан по покупке { $first } от { $first_day }.
    Просят записать по покупке { $second } от { $second_day }.
dispute-grant-button = Отдать тому, кто просит
dispute-deny-button = Оставить как есть
dispute-done =
    { $state ->
        [granted] Спор № { $dispute }: устройство передано. Обоим написал.
       *[other] Спор № { $dispute }: всё остаётся как есть. Участнику написал.
    }
dispute-won = Мы всё проверили: устройство { $serial } теперь в вашем списке, /devices.
dispute-lost = Устройство { $serial } больше не в вашем списке: подтвердилась покупка другого владельца. Если это ошибка, напишите нам.
dispute-denied = Мы всё проверили: устройство { $serial } остаётся за тем, кто зарегистрировал его раньше. Если у вас есть ещё документы, напишите нам.

menu-receipt = Прислать чек
menu-devices = Мои устройства
words-receipt = чек, чека, чеки, чеком, квитанция, receipt

desk-called = Позвал человека. Ответим { $when }. Пишите сюда — всё, что вы напишете, он увидит.
desk-called-closed = Сейчас никого нет на месте. Ответим { $when } — оставьте сообщение здесь, его прочитают. А пока отвечаю я.
desk-called-held = С вами уже общается сотрудник, он видит ваши сообщения.
desk-until-today = сегодня до { $time }
desk-until-tomorrow = завтра до { $time }
desk-until-later = { $day } до { $time }
desk-at-today = сегодня в { $time }
desk-at-tomorrow = завтра в { $time }
desk-at-later = { $day } в { $time }
desk-enough-button = Уже не нужно
desk-bot-button = Пусть пока отвечает бот
desk-enough = Хорошо, отбой. Если что — я здесь.
desk-bot-on = Хорошо, пока отвечаю я. Сотрудник подключится, когда освободится.
desk-nobody-called = Сейчас никого не зовём. Чем помочь?
desk-joined = К разговору подключился сотрудник.
desk-ended = Разговор с сотрудником завершён, снова отвечаю я. Если вопрос остался — просто напишите.
desk-takes-longer = Нам нужно немного времени. Ответим { $when }.
desk-new-promise = Простите, что заставляем ждать. Ответим { $when }.

desk-taken = Обращение №{ $ticket } уже у коллеги.
desk-not-held = Обращение №{ $ticket } пока ничьё: сначала возьмите его.
desk-resolved-already = Обращение №{ $ticket } уже закрыто. Открыть снова: /reopen { $ticket }
desk-newer-open = №{ $ticket } не открыть: у этого клиента уже открыто №{ $newer }.
desk-still-open = Обращение №{ $ticket } и так открыто.
desk-no-such = Нет обращения «{ $ticket }». Что в очереди, покажет /queue
desk-nothing-here = Непонятно, о каком обращении речь. Напишите номер или возьмите следующее: /next
desk-not-yours = Это для сотрудников. Если вы сотрудник, попросите администратора добавить вас: klubok staff add
desk-card = №{ $ticket } · { $name ->
    [none] клиент
   *[other] { $name }
} · { $channel ->
    [telegram] Telegram
    [vk] ВКонтакте
   *[other] консоль
}
desk-card-cause = Повод: { $cause ->
    [doubt] бот не нашёл ответа
    [anger] человек недоволен
    [dispute] спор
    [inbox] написали из сообщества
   *[wish] просит человека
}
desk-card-lines = Последние сообщения:
desk-card-line = { $who ->
    [us] — { $text }
   *[them] > { $text }
}
desk-said = №{ $ticket } { $name }
desk-not-shown = { $kind ->
    [sticker] (стикер с другой площадки, показать не могу)
    [contact] (контакт другого человека, показать не могу)
   *[other] (вложение, показать не могу)
}
desk-file-of = №{ $ticket }, вложение:
desk-topic-gone = №{ $ticket }: тему удалили или закрыли. Вот обращение целиком, новую тему открываю.
desk-room-gone = Бот больше не может писать в { $room }. Верните его в группу и сделайте администратором; пока обращения приходят сотрудникам лично.
desk-room-left = №{ $ticket }: группа, где вы отвечали, недоступна. Продолжайте здесь: всё, что напишете, уйдёт клиенту.
desk-topics-refused = Чтобы у каждого клиента была своя тема, сделайте бота администратором этой группы с правом «Управление темами». Пока всё будет здесь, в одном чате.
desk-enrolled = Добро пожаловать в команду! Роль: { $role ->
    [operator] оператор
    [supervisor] руководитель
    [admin] администратор
    [marketer] маркетолог
   *[sponsor] куратор
}. Что вы можете: /help
desk-invitation-over = Это приглашение уже использовано или устарело. Попросите новое: klubok staff invite
desk-take-button = Взять №{ $ticket }
desk-took = Обращение №{ $ticket } ваше. Всё, что напишете, уйдёт клиенту. Заметка для своих: начните с «/ ». Закончить: /close
desk-calls-again = №{ $ticket }: клиент снова зовёт человека, ответьте ему.
desk-taken-by-other = №{ $ticket } взял коллега.
desk-withdrawn = №{ $ticket }: человеку уже не нужна помощь, обращение закрыто.
desk-customer-gone = №{ $ticket }: человек запретил боту писать ему, ответ не дойдёт.
desk-cannot-cross = { $kind ->
    [photo] Фото
    [voice] Голосовое
    [sticker] Стикер
    [location] Место на карте
   *[other] Вложение
} не передать на другую площадку. Опишите словами.
desk-no-contacts = Не отправлено: контакты клиентам не передаю, чтобы не ушёл ваш личный номер. Напишите номер словами.
desk-queue = { $count ->
    [0] Очередь пуста
    [one] В очереди { $count } обращение
    [few] В очереди { $count } обращения
    [many] В очереди { $count } обращений
   *[other] В очереди { $count } обращения
}
desk-queue-line = №{ $ticket }{ $priority ->
    [urgent] { " " }❗❗
    [high] { " " }❗
   *[normal] { "" }
} · { $minutes ->
    [one] ждёт { $minutes } минуту
    [few] ждёт { $minutes } минуты
    [many] ждёт { $minutes } минут
   *[other] ждёт { $minutes } минуты
} · { $topic }
desk-queue-more = и ещё { $count }
desk-queue-own = У вас: { $tickets }
desk-queue-empty = Очередь пуста — никто не ждёт.
desk-returned = №{ $ticket } снова в очереди.
desk-returned-yours = №{ $ticket } возвращено в очередь.
desk-transferred = №{ $ticket } передано.
desk-transferred-away = №{ $ticket } передано, но коллега отметил, что его нет. Если не ответит вовремя, обращение вернётся в очередь.
desk-who-to = Кому передать? Напишите так: /transfer @имя. Кто есть, покажет /team
desk-closed = №{ $ticket } закрыто. Клиенту снова отвечает бот.
desk-ended-by-other = №{ $ticket } закрыл коллега, ваши сообщения туда больше не уйдут.
desk-reopen-button = Открыть снова
desk-hold-how-long = На сколько отложить? Например: /hold 3ч, /hold 30 мин, /hold 1 день
desk-held = №{ $ticket } отложено, напомню { $when }. Если клиент напишет раньше, сразу вернётся к вам.
desk-woken = №{ $ticket }: вы откладывали, пора вернуться.
desk-lease-over = №{ $ticket }: ответа долго не было, обращение вернулось в очередь.
desk-promise-near = №{ $ticket }: обещали ответить, осталось { $minutes ->
    [one] { $minutes } минута
    [few] { $minutes } минуты
    [many] { $minutes } минут
   *[other] { $minutes } минуты
}.
desk-quiet-over = №{ $ticket } закрыто само: клиент больше не пишет. Ему снова отвечает бот.
desk-late = №{ $ticket }: обещанное время вышло, ответа нет.
desk-waits-again = №{ $ticket } ждёт: вовремя не ответили.
desk-online = { $count ->
    [0] Вы на месте. Никто не ждёт.
    [one] Вы на месте. Ждёт { $count } человек: /next
    [few] Вы на месте. Ждут { $count } человека: /next
    [many] Вы на месте. Ждут { $count } человек: /next
   *[other] Вы на месте. Ждут { $count } человека: /next
}
desk-offline = { $count ->
    [0] Вы ушли. Новых обращений не покажу.
   *[other] Вы ушли. Новых обращений не покажу, но у вас остались начатые: { $count }. Передайте их: /transfer или /return
}
desk-team = Команда:
desk-team-line = { $name }: { $state ->
    [online] на месте
    [offline] нет
   *[unknown] не отмечался
}, обращений: { $count }
desk-whose = Не отправлено: непонятно, кому это. Ответьте на сообщение клиента или возьмите обращение: /take 12. Поговорить с ботом самому: сначала /offline
desk-reply-only = Не отправлено: здесь клиенту уходят только ответы на его сообщения. Ответьте на одно из них.
desk-edit-kept = №{ $ticket }: правка клиенту не ушла, с «/» начинаются заметки и команды. У него прежний текст.
desk-sent = → №{ $ticket }
desk-noted = Заметка к №{ $ticket } сохранена, клиент её не видит.
desk-not-sent = Не отправлено: №{ $ticket } пока ничьё. Возьмите его и повторите.
desk-not-sent-held = Не отправлено: №{ $ticket } у коллеги.
desk-not-sent-over = Не отправлено: №{ $ticket } закрыто.
desk-notes = Заметки:
desk-history = №{ $ticket }: последние сообщения ({ $count })

desk-help =
    Что можно:
    /next — взять следующего, /take 12 — взять №12, /queue — кто ждёт
    Пишите как обычно: сообщение уйдёт клиенту. «/ текст» — заметка для своих
    /who — кто это, /history — переписка
    /canned — заготовки, /undo — отозвать в течение 10 секунд
    /hold 3ч — отложить, /transfer @имя — передать, /return — вернуть в очередь
    /close — закончить, /reopen 12 — открыть снова
    /tag — метки, /priority — срочность, /ban 7д причина и /unban — блокировка
    /teach — научить бота вашему ответу, /proposals — что предложили
    /online и /offline — на месте или нет, /team — кто есть
    /stats 7 — цифры за неделю, /export — таблица
    /member — участник клуба, /adjust — баллы, /award — за отзыв или викторину, /vouchers — ваучер, /birthday — исправить дату рождения, /reviews — чеки на проверке
    { $role ->
        [leader] Вы руководитель: /take забирает и чужое; баллы выше лимита и новые ответы бота согласуете вы.
       *[operator] Баллы выше лимита и новые ответы бота согласует руководитель.
    }
desk-command-help = help, помощь, команды
desk-command-queue = queue, очередь
desk-command-take = take, взять, беру
desk-command-next = next, следующий, следующее, дальше
desk-command-return = return, вернуть
desk-command-transfer = transfer, передать
desk-command-who = who, кто
desk-command-history = history, история
desk-command-hold = hold, отложить
desk-command-close = close, закрыть, готово
desk-command-reopen = reopen, открыть
desk-command-online = online, на месте, тут
desk-command-offline = offline, ушел, ушла
desk-command-team = team, команда
words-minutes = m, min, м, мин, минут, минута, минуты, минуту
words-hours = h, ч, час, часа, часов
words-days = d, д, дн, день, дня, дней, сут, сутки

desk-ended-score = Разговор с сотрудником завершён, снова отвечаю я. Как вам помогли?
desk-answered-outside = №{ $ticket }: ответили прямо из сообщений сообщества. Бот молчит, пока разговор там не кончится. Вернуть боту: /close { $ticket }
desk-nobody-comes = Сейчас позвать никого не могу.
desk-flood = Вы пишете очень быстро, не успеваю. Подождите минуту, и продолжим.
desk-card-angry = Настроение: сердится
desk-card-tags = Метки: { $tags }
desk-card-tried = Бот ответил бы: «{ $label }» (уверен на { $percent } %)
desk-about-nobody = Не в клубе
desk-about-member = Карта { $card } · уровень: { $tier } · баллов: { $points }
desk-about-devices = Устройства: { $devices }
desk-about-orders = Заказы: { $orders }
desk-draft-send-button = Отправить клиенту
desk-draft-gone = Этого ответа у бота больше нет.
desk-sent-text = → №{ $ticket }: { $text }
desk-canned = Заготовки. Отправить: /canned название
desk-canned-line = • { $name }: { $text }
desk-canned-none = Таких заготовок нет. Добавить: /canned + название текст, можно подписью к фото или файлу. В тексте можно писать { "{name}" }, { "{ticket}" } и { "{ask: что спросить}" }.
desk-canned-added = Заготовка «{ $name }» сохранена. Отправить: /canned { $name }
desk-canned-removed = Заготовки «{ $name }» больше нет.
desk-canned-unknown = Заготовки «{ $name }» и так нет.
desk-canned-asks = Допишите через черту: /canned { $name } { $fields }
desk-canned-too-much = Не отправлено: в «{ $name }» столько не вписать. { $fields ->
    [none] Отправить как есть: /canned { $name }
   *[other] Нужно так: /canned { $name } { $fields }
}
desk-note-how = Напишите заметку сразу: /note перезвонить после шести. Или начните сообщение с «/ ».
desk-tags = №{ $ticket }, метки: { $tags }
desk-priority = №{ $ticket }: срочность — { $priority ->
    [low] низкая
    [high] высокая
    [urgent] срочно
   *[normal] обычная
}.
desk-priority-how = Какая срочность? /priority низкая, обычная, высокая или срочно
desk-ban-how = На сколько и почему? Например: /ban 7д спам
desk-ban-for-good = Навсегда блокирует только руководитель. Укажите срок: /ban 7д спам
desk-ban-staff = Это сотрудник, его не заблокировать. Если он больше у вас не работает, попросите администратора: klubok staff remove
desk-banned = №{ $ticket }: клиент заблокирован{ $when ->
    [none] { "" }
   *[other] { " " }до { $when }
}. Снять: /unban { $ticket }
desk-you-are-blocked = Мы больше не отвечаем на ваши сообщения{ $when ->
    [none] { "" }
   *[other] { " " }до { $when }
}. Кнопки и команды работают как прежде.
desk-unban-how = Кого разблокировать? Напишите номер обращения: /unban 12
desk-unban-leader = Клиент заблокирован навсегда, снять блокировку может только руководитель.
desk-not-banned = №{ $ticket }: клиент не заблокирован.
desk-unbanned = №{ $ticket }: клиент разблокирован.
desk-you-are-free = Снова отвечаю на ваши сообщения. Чем помочь?
desk-teach-button = Научить бота
desk-teach-how = Напишите вопрос и ответ через черту: /teach Есть ли самовывоз? | Да, на Лесной, 1
desk-teach-nowhere = Здесь учить бота негде: пакет бренда не на диске.
desk-teach-asked = Предложил руководителю: он согласится, поправит или откажет.
desk-teach-leader = Это решает руководитель.
desk-teach-decided = Здесь уже решено.
desk-teach-dismissed = Хорошо, боту этого не говорим.
desk-teach-failed = Записать не получилось: файл пакета сломан или закрыт для записи. Проверьте: klubok pack check
desk-teach-none = Новых ответов для бота нет.
desk-taught = Бот знает ответ на «{ $question }» — через несколько секунд. Файл: taught.yaml
desk-proposal = Ответ для бота, №{ $number }
desk-proposal-question = Вопрос: { $text }
desk-proposal-answer = Ответ: { $text }
desk-proposal-now = Сейчас бот отвечает на это: { $text }
desk-proposal-edit = Поправить: /teach #{ $number } вопрос | ответ
desk-approve-button = Одобрить
desk-dismiss-button = Не надо
desk-score-title = Отзыв о помощи
desk-score-why = Жаль. Что было не так? Напишите одним сообщением — прочитают люди.
desk-score-why-hint = Напишите в паре предложений, что было не так, или нажмите «Пропустить».
desk-score-thanks = Спасибо, передал.
desk-score-late = Эту оценку уже не принять. Но отзыв можно оставить: /feedback
desk-scored = №{ $ticket }: { $stars } { $comment }
desk-stats = { $days ->
    [one] За { $days } день
    [few] За { $days } дня
    [many] За { $days } дней
   *[other] За { $days } дня
}
desk-stats-opened = Обратились: { $opened }, ответили: { $answered }, закрыли: { $resolved }
desk-stats-now = Сейчас ждут: { $waiting }, в работе: { $held }
desk-stats-first = Первый ответ, медиана: { $minutes ->
    [one] { $minutes } минута
    [few] { $minutes } минуты
    [many] { $minutes } минут
   *[other] { $minutes } минуты
}
desk-stats-promises = Обещаний сдержали: { $kept } из { $promised }
desk-stats-stars = Оценка: { $stars } из 5, оценок: { $count }
desk-command-draft = draft, черновик
desk-command-send = send, отправить
desk-command-canned = canned, шаблон, заготовка, заготовки
desk-command-note = note, заметка
desk-command-tag = tag, метка, метки
desk-command-priority = priority, срочность
desk-command-teach = teach, научить
desk-command-approve = approve, одобрить
desk-command-dismiss = dismiss, отказать
desk-command-proposals = proposals, предложения
desk-command-ban = ban, бан, заблокировать
desk-command-unban = unban, разбан, разблокировать
desk-command-stats = stats, статистика, цифры
words-priority-low = low, низкая, низкий
words-priority-normal = normal, обычная, обычный
words-priority-high = high, высокая, высокий
words-priority-urgent = urgent, срочно, срочная
words-canned-add = +, add, добавить
words-canned-remove = -, delete, удалить
desk-taken-back = Сотрудник отозвал это сообщение.
desk-undone = №{ $ticket }: последнее сообщение у клиента заменено словами, что вы его отозвали.
desk-nothing-to-undo = Отзывать нечего: за последние 10 секунд вы ничего не отправили, или оно ещё в пути.
desk-careful-link = ⚠ Есть ссылка, а человек не из клуба: не открывайте, если не ждёте её.
desk-careful-file = ⚠ Файл от человека не из клуба: не открывайте, если не ждёте его.
desk-export-begun = Собираю таблицу, пришлю сюда лично вам.
desk-exported = Обращения за { $days ->
    [one] { $days } день
    [few] { $days } дня
    [many] { $days } дней
   *[other] { $days } дня
}: номер, повод, срочность, метки, когда ответили и закрыли, оценка. Имён и текстов в ней нет.
desk-export-failed = Таблицу собрать не получилось. Попробуйте ещё раз: /export
desk-digest = Итоги дня
desk-command-undo = undo, отозвать, отмени
desk-command-export = export, выгрузка, таблица
desk-chart-calls = Обратились
desk-chart-answers = Ответили
desk-own-ticket = №{ $ticket } — ваше собственное обращение: пусть ответит коллега.
desk-given = Коллега передал вам №{ $ticket }. Теперь всё, что вы пишете, уйдёт этому клиенту.
desk-given-beside = Коллега передал вам №{ $ticket }. Вы пишете сейчас другому клиенту; перейдите, когда закончите.
desk-switch-button = Перейти к №{ $ticket }
desk-hold-button = Отложить на час
desk-close-button = Закрыть
desk-mistyped = Такой команды нет. Может быть, { $near }? Все команды: /help
desk-not-here = Эта команда — для клиентов, в чате сотрудников её нет. Все команды: /help
desk-room-moved = Группа { $old } стала супергруппой, теперь это { $new }. Работаем дальше здесь; впишите новый номер в KLUBOK_DESK__ROOMS.
desk-card-came-by = Пришёл по ссылке: { $link }
desk-long = №{ $ticket } открыто долго: скоро пора закончить.
desk-too-long = №{ $ticket } открыто слишком долго: пора закончить.
desk-digest-gaps = Спрашивали, а бот не знал (klubok gaps):

desk-called = Позвал человека. Ответим { $when }. Пишите сюда — всё, что вы напишете, он увидит.
desk-called-closed = Сейчас никого нет на месте. Ответим { $when } — оставьте сообщение здесь, его прочитают. А пока могу помочь сам.
desk-called-held = С вами уже общается сотрудник, он видит ваши сообщения.
desk-until-today = сегодня до { $time }
desk-until-tomorrow = завтра до { $time }
desk-until-later = { $day } до { $time }
desk-enough-button = Уже не нужно
desk-bot-button = Пусть пока отвечает бот
desk-enough = Хорошо, отбой. Если что — я здесь.
desk-bot-on = Хорошо, пока отвечаю я. Сотрудник подключится, когда освободится.
desk-nobody-called = Сейчас никого не зовём. Чем помочь?
desk-joined = К разговору подключился сотрудник.
desk-ended = Разговор с сотрудником завершён, снова отвечаю я. Если вопрос остался — просто напишите.
desk-new-promise = Простите, что заставляем ждать. Ответим { $when }.

desk-taken = Обращение №{ $ticket } уже у коллеги.
desk-not-held = Обращение №{ $ticket } пока ничьё: сначала возьмите его.
desk-resolved-already = Обращение №{ $ticket } уже закрыто. Открыть снова: /reopen { $ticket }
desk-still-open = Обращение №{ $ticket } и так открыто.
desk-no-such = Нет обращения «{ $ticket }». Что в очереди, покажет /queue
desk-nothing-here = Непонятно, о каком обращении речь. Напишите номер или возьмите следующее: /next
desk-not-yours = Это для сотрудников. Если вы сотрудник, попросите администратора добавить вас: klubok staff add
desk-card = №{ $ticket } · { $name } · { $channel ->
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
desk-take-button = Взять №{ $ticket }
desk-took = Обращение №{ $ticket } ваше. Всё, что напишете, уйдёт клиенту. Заметка для своих: начните с «/ ». Закончить: /close
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
desk-who-to = Кому передать? Напишите так: /transfer @имя. Кто есть, покажет /team
desk-closed = №{ $ticket } закрыто. Клиенту снова отвечает бот.
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
desk-whose = Непонятно, кому это. Ответьте на сообщение клиента или возьмите обращение: /take 12
desk-reply-only = Здесь клиенту уходят только ответы на его сообщения: ответьте на одно из них.
desk-sent = → №{ $ticket }
desk-noted = Заметка к №{ $ticket } сохранена, клиент её не видит.
desk-not-sent = Не отправлено: №{ $ticket } пока ничьё. Возьмите его и повторите.
desk-not-sent-held = Не отправлено: №{ $ticket } у коллеги.
desk-not-sent-over = Не отправлено: №{ $ticket } закрыто.
desk-notes = Заметки:
desk-history = №{ $ticket }: последние сообщения ({ $count })

desk-help =
    Что можно:
    /queue — кто ждёт, /next — взять следующего, /take 12 — взять №12
    Пишите как обычно: сообщение уйдёт клиенту. «/ текст» — заметка для своих
    /who — кто это, /history — переписка
    /hold 3ч — отложить, /transfer @имя — передать, /return — вернуть в очередь
    /close — закончить, /reopen 12 — открыть снова
    /online и /offline — на месте или нет, /team — кто есть
    /member — участник клуба, /adjust — баллы, /vouchers — ваучер, /birthday — исправить дату рождения, /reviews — чеки на проверке
    { $role ->
        [leader] Вы руководитель: /take забирает и чужое, баллы выше лимита согласуете вы.
       *[operator] Баллы выше лимита согласует руководитель.
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

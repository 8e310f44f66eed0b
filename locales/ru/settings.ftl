command-settings = settings, настройки, уведомления, настройка уведомлений
settings-button = Настроить уведомления
settings-shown =
    О чём вам писать? Нажмите, чтобы включить или выключить.

    С { $from } до { $until } не беспокою. Поздравляю только тех, кто согласен на рассылку: /privacy
settings-stopped = Хорошо, об этом больше не напишу.
settings-expiring-on-button = ✅ Баллы скоро сгорят
settings-expiring-off-button = ◻️ Баллы скоро сгорят
settings-available-on-button = ✅ Баллы можно тратить
settings-available-off-button = ◻️ Баллы можно тратить
settings-tier-on-button = ✅ Новый уровень
settings-tier-off-button = ◻️ Новый уровень
settings-birthday-on-button = ✅ День рождения
settings-birthday-off-button = ◻️ День рождения
settings-receipt-on-button = ✅ Чек проверен
settings-receipt-off-button = ◻️ Чек проверен
settings-by-hand-on-button = ✅ Баллы от сотрудника
settings-by-hand-off-button = ◻️ Баллы от сотрудника
command-stop = stop, стоп, отписаться, отписка, без рекламы
settings-no-ads-button = Отказаться от рассылки
settings-no-ads = Готово, рекламы больше не будет. Новости о ваших баллах остаются, их можно выключить отдельно.
settings-no-ads-anyway = Рекламы я вам и не присылаю. А новости о баллах можно выключить отдельно.

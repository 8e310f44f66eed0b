people-contacts = Команда { $brand } на связи:
people-site-only = Напишите команде { $brand } через сайт — там есть контакты.
people-no-contacts = Я пока не умею звать людей в этот чат, а других контактов мне не дали. Оставьте отзыв через /feedback — его прочитают.
people-phone = Телефон: { $phone }
people-email = Почта: { $email }
people-hours = { $days }: { $times }

day-mon = пн
day-tue = вт
day-wed = ср
day-thu = чт
day-fri = пт
day-sat = сб
day-sun = вс

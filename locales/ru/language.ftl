language-choose = На каком языке вам удобнее?
language-only = Я говорю только по-русски.
language-set = Хорошо, говорим по-русски.
language-ru-button = Русский
language-en-button = English

language-choose = Which language do you prefer?
language-set = All right, English it is.
language-ru-button = Русский
language-en-button = English

language-choose = Which language do you prefer?
language-only = I speak only English.
language-set = All right, English it is.
language-ru-button = Русский
language-en-button = English

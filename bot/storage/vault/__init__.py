"""The identity vault: names, phones, e-mails, birthdays; encrypted where there is a key."""

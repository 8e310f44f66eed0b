command-profile = profile, my profile
profile-title = profile
profile-shown =
    This is what you told about yourself:
    • name: { $name }
    • phone: { $phone }
    • e-mail: { $email }
    • birthday: { $birthday }

    What shall we correct or add?
profile-name-button = Name
profile-email-button = E-mail
profile-birthday-button = Birthday
profile-remove-email-button = Remove the e-mail
profile-remove-birthday-button = Remove the birthday
profile-name-prompt = What shall I call you?
profile-name-hint = Write your name in letters, such as “Anna” or “Anna Brown”.
profile-email-prompt = Write your e-mail address. If you would rather not, skip it.
profile-email-hint = The whole address is needed, such as anna@example.com.
profile-email-taken = Somebody in the club has this address already. Write another one or skip it.
profile-birthday-prompt = When is your birthday? Write day and month, such as 07.03 for the 7th of March. You can change it once later.
profile-birthday-hint = Day and month in digits are needed, such as 07.03.
profile-birthday-fixed = You have changed the day before. If it is wrong, a person will help: /person
profile-saved =
    Noted:
    • name: { $name }
    • phone: { $phone }
    • e-mail: { $email }
    • birthday: { $birthday }
profile-unchanged =
    All right, everything stays as it was:
    • name: { $name }
    • phone: { $phone }
    • e-mail: { $email }
    • birthday: { $birthday }

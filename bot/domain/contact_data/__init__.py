"""Contact data: phones, e-mails, names and birthdays of people, and what we take for one."""

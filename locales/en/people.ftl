people-contacts = You can reach the team of { $brand } here:
people-site-only = Write to the team of { $brand } on the site, you will find the contacts there.
people-no-contacts = I can't call people into this chat yet, and I was given no other contacts. Leave your message with /feedback, it will be read.
people-phone = Phone: { $phone }
people-email = E-mail: { $email }
people-hours = { $days }: { $times }

day-mon = Mon
day-tue = Tue
day-wed = Wed
day-thu = Thu
day-fri = Fri
day-sat = Sat
day-sun = Sun

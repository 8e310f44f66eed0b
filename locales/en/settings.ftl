command-settings = settings, notifications
settings-button = Set up notices
settings-shown =
    What shall I write to you about? Press to switch it on or off.

    From { $from } to { $until } I keep quiet. I congratulate only those who agreed to messages: /privacy
settings-stopped = All right, I will not write of this again.
settings-expiring-on-button = ✅ Points expire soon
settings-expiring-off-button = ◻️ Points expire soon
settings-available-on-button = ✅ Points can be spent
settings-available-off-button = ◻️ Points can be spent
settings-tier-on-button = ✅ A new level
settings-tier-off-button = ◻️ A new level
settings-birthday-on-button = ✅ Birthday
settings-birthday-off-button = ◻️ Birthday
settings-receipt-on-button = ✅ Receipt checked
settings-receipt-off-button = ◻️ Receipt checked
settings-by-hand-on-button = ✅ Points from the staff
settings-by-hand-off-button = ◻️ Points from the staff
command-stop = stop, unsubscribe, no ads
settings-no-ads-button = No advertising messages
settings-no-ads = Done, there will be no more advertising. News of your points stays, and can be switched off by itself.
settings-no-ads-anyway = I do not send you any advertising. News of your points can be switched off by itself.

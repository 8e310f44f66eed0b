command-link = link, link accounts

link-code =
    To have one card and the same points in both messengers, send me from there:
    /link { $code }

    The code is good for 10 minutes. I will ask you here before I join anything.
link-no-member = Join the club first, then we can link your accounts. If you are in the club in another messenger, write /link there and send me the code here.
link-join-button = Join the club
link-again-button = New code
link-code-unknown = There is no such code, or its time is over. Write /link in the messenger where your card is and send a fresh code.
link-own-code = This is the code of this very account. Send it from the other messenger.
link-other-phone = Different numbers are confirmed in these accounts, so I cannot join them by myself. A person will help: /person
link-asked = Almost done. Confirm it in the messenger where you took the code.
link-question = Join your card with the account { $account }? Card and points will be shared. If somebody else asked you for the code, refuse.
link-confirm-button = Yes, it is me
link-refuse-button = No, do not
link-refused = All right, nothing is joined. Do not give the code to anybody.
link-refused-late = The accounts are joined already. If that is a mistake, part them.
link-refused-there = The owner of the card refused, so nothing is joined.
link-done = Done, card and points are shared now. If you change your mind within 30 days, I will part them.
link-done-with-points = Done, card and points are shared now. They can be spent in a day: that leaves you time to change your mind. I can part them for 30 days, and what is left of that account's points leaves with it.
link-done-there = Done, the accounts are linked: card and points are shared now.
link-undo-button = Part them
link-undone = Parted. Your card and points stay here.
link-undone-with-points = Parted. What was left of that account's points went back to it, yours are here.
link-undone-there = The accounts are not linked any more: card and points stay in the other messenger.
link-undone-there-card = The accounts are not linked any more: your former card works again, and what was left of its points is back on it.
link-not-yours = This is not for this account to confirm.
link-too-late = The time is over. Write /link and I will give you a new code.

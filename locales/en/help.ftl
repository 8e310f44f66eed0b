help-text =
    Here is what I can do:
    • I answer questions about products and shopping at { $brand }: just type your question
    { $club ->
        [yes] • I keep your club: join — /join, points — /club, rewards — /rewards, card — /card
           • I take receipts: /receipt, and keep your warranties: /devices
           • your profile — /profile, invite a friend — /invite, what to write to you about — /settings
           • I show and delete your data: /privacy
           • I take your feedback: /feedback
       *[no] • I take your feedback: /feedback
    }
    • I tell you how to reach a person: /person
    • I speak Russian and English: /language
    • I show this message: /help

    In any form you can type "back" or "cancel".
help-text-one-language =
    Here is what I can do:
    • I answer questions about products and shopping at { $brand }: just type your question
    { $club ->
        [yes] • I keep your club: join — /join, points — /club, rewards — /rewards, card — /card
           • I take receipts: /receipt, and keep your warranties: /devices
           • your profile — /profile, invite a friend — /invite, what to write to you about — /settings
           • I show and delete your data: /privacy
           • I take your feedback: /feedback
       *[no] • I take your feedback: /feedback
    }
    • I tell you how to reach a person: /person
    • I show this message: /help

    In any form you can type "back" or "cancel".
help-unknown-command = I have no command /{ $command }. Type your question in plain words, or see what I can do.
help-nothing-open = Nothing is open right now, so there is nothing to stop. Tell me what you need and I'll help.
help-outdated = This button is from an old message and no longer works. Tell me what you need, or see what I can do.
help-not-found = All right, then I don't have it. Try asking in other words, or talk to a person.

menu-help = What I can do
menu-club = The club and my points
menu-feedback = Give feedback
menu-person = Reach a person
menu-language = Change the language

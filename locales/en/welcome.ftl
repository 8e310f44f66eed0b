welcome-text =
    Hello! I'm a bot, I help customers of { $brand }.

    { $examples ->
        [none] Ask me in your own words about products, orders or delivery.
       *[other] Ask me in your own words, for example:
    { $examples }
    }

    If I don't know something, I will say so and tell you how to reach a person.

welcome-group = Hello! I am the bot of { $brand }. In this chat I stay silent until I am called: mention me, reply to my message or send a command. Personal matters belong in our private chat.

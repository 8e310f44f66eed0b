desk-called = I have called a person. We will answer { $when }. Write here: they see everything you write.
desk-called-closed = Nobody is at work right now. We will answer { $when }: leave a message here and it will be read. Meanwhile I answer.
desk-called-held = A member of our team is talking with you already and sees your messages.
desk-until-today = by { $time } today
desk-until-tomorrow = by { $time } tomorrow
desk-until-later = by { $time } on { $day }
desk-at-today = today at { $time }
desk-at-tomorrow = tomorrow at { $time }
desk-at-later = on { $day } at { $time }
desk-enough-button = Not needed any more
desk-bot-button = Let the bot answer for now
desk-enough = All right, cancelled. I am here if you need anything.
desk-bot-on = All right, I answer for now. A person will join as soon as they can.
desk-nobody-called = Nobody is being called right now. How can I help?
desk-joined = A member of our team has joined.
desk-ended = The talk with our team is over, and I answer again. If anything is left open, just write.
desk-takes-longer = We need some time. We will answer { $when }.
desk-new-promise = Sorry to keep you waiting. We will answer { $when }.

desk-taken = A colleague has ticket #{ $ticket } already.
desk-not-held = Nobody has ticket #{ $ticket } yet: take it first.
desk-resolved-already = Ticket #{ $ticket } is closed. To open it again: /reopen { $ticket }
desk-newer-open = #{ $ticket } cannot be opened again: this customer has #{ $newer } open.
desk-still-open = Ticket #{ $ticket } is open as it is.
desk-no-such = There is no ticket “{ $ticket }”. See /queue
desk-nothing-here = Which ticket do you mean? Write its number, or take the next one: /next
desk-not-yours = This is for the team. If you belong to it, ask the admin to add you: klubok staff add
desk-card = #{ $ticket } · { $name ->
    [none] a customer
   *[other] { $name }
} · { $channel ->
    [telegram] Telegram
    [vk] VK
   *[other] console
}
desk-card-cause = Why: { $cause ->
    [doubt] the bot found no answer
    [anger] the person is upset
    [dispute] a dispute
    [inbox] written from the community
   *[wish] asks for a person
}
desk-card-lines = Last messages:
desk-card-line = { $who ->
    [us] — { $text }
   *[them] > { $text }
}
desk-said = #{ $ticket } { $name }
desk-not-shown = { $kind ->
    [sticker] (a sticker of another platform, which cannot be shown)
    [contact] (somebody else's contact, which cannot be shown)
   *[other] (an attachment that cannot be shown)
}
desk-file-of = #{ $ticket }, attached:
desk-topic-gone = #{ $ticket }: its topic was deleted or closed. Here is the whole ticket; I open a new topic.
desk-room-gone = The bot cannot write to { $room } any more. Take it back into the group and make it an administrator; meanwhile tickets are shown to the staff in private.
desk-room-left = #{ $ticket }: the group where you answered is out of reach. Go on here: all that you write goes to the customer.
desk-topics-refused = For each customer to have a topic of their own, make the bot an administrator of this group with the right to manage topics. Until then everything is here, in one chat.
desk-enrolled = Welcome to the team! Your role: { $role ->
    [operator] operator
    [supervisor] supervisor
    [admin] administrator
    [marketer] marketer
   *[sponsor] sponsor
}. What you can do: /help
desk-invitation-over = This invitation was used or is too old. Ask for a new one: klubok staff invite
desk-take-button = Take #{ $ticket }
desk-took = Ticket #{ $ticket } is yours. What you write goes to the customer. For a note to colleagues begin with “/ ”. To finish: /close
desk-calls-again = #{ $ticket }: the customer calls for a person again, answer them.
desk-taken-by-other = A colleague took #{ $ticket }.
desk-withdrawn = #{ $ticket }: the person needs no help any more, closed.
desk-customer-gone = #{ $ticket }: the person blocked the bot, no answer will arrive.
desk-cannot-cross = { $kind ->
    [photo] A photo
    [voice] A voice message
    [sticker] A sticker
    [location] A location
   *[other] This attachment
} cannot go to the other platform. Describe it in words.
desk-no-contacts = Not sent: contacts are not passed on to customers, lest it be your own number. Type the number instead.
desk-queue = { $count ->
    [0] The queue is empty
    [one] { $count } ticket waits
   *[other] { $count } tickets wait
}
desk-queue-line = #{ $ticket }{ $priority ->
    [urgent] { " " }❗❗
    [high] { " " }❗
   *[normal] { "" }
} · { $minutes ->
    [one] for { $minutes } minute
   *[other] for { $minutes } minutes
} · { $topic }
desk-queue-more = and { $count } more
desk-queue-own = You have: { $tickets }
desk-queue-empty = The queue is empty: nobody waits.
desk-returned = #{ $ticket } is in the queue again.
desk-returned-yours = #{ $ticket } went back to the queue.
desk-transferred = #{ $ticket } was handed over.
desk-transferred-away = #{ $ticket } is handed over, but your colleague is away. Without an answer in time it goes back into the queue.
desk-who-to = To whom? Write: /transfer @name. See /team
desk-closed = #{ $ticket } is closed. The bot answers the customer again.
desk-ended-by-other = #{ $ticket } was closed by a colleague, your messages do not go there any more.
desk-reopen-button = Open again
desk-hold-how-long = For how long? For example: /hold 3h, /hold 30 min, /hold 1 d
desk-held = #{ $ticket } is put off, I will remind you { $when }. If the customer writes before, it comes back to you at once.
desk-woken = #{ $ticket }: you put it off, time to come back.
desk-lease-over = #{ $ticket }: no answer for long, the ticket went back to the queue.
desk-promise-near = #{ $ticket }: an answer was promised, { $minutes ->
    [one] { $minutes } minute is left
   *[other] { $minutes } minutes are left
}.
desk-quiet-over = #{ $ticket } closed by itself: the customer writes no more. The bot answers them again.
desk-late = #{ $ticket }: the promised time is over, and there is no answer.
desk-waits-again = #{ $ticket } waits: nobody answered in time.
desk-online = { $count ->
    [0] You are here. Nobody waits.
    [one] You are here. { $count } person waits: /next
   *[other] You are here. { $count } people wait: /next
}
desk-offline = { $count ->
    [0] You are away. I will show you no new tickets.
   *[other] You are away. I will show you no new tickets, but you still have { $count }. Hand them over: /transfer or /return
}
desk-team = The team:
desk-team-line = { $name }: { $state ->
    [online] here
    [offline] away
   *[unknown] unknown
}, tickets: { $count }
desk-whose = Not sent. For whom is this? Reply to a customer's message, or take a ticket: /take 12. To talk to the bot yourself: first /offline
desk-reply-only = Not sent. Only replies to a customer's messages are sent here: reply to one of them.
desk-edit-kept = #{ $ticket }: the edit was not sent, for “/” begins notes and commands. The customer has the old text.
desk-sent = → #{ $ticket }
desk-noted = The note on #{ $ticket } is kept; the customer does not see it.
desk-not-sent = Not sent: nobody has #{ $ticket }. Take it and try again.
desk-not-sent-held = Not sent: a colleague has #{ $ticket }.
desk-not-sent-over = Not sent: #{ $ticket } is closed.
desk-notes = Notes:
desk-history = #{ $ticket }: last messages ({ $count })

desk-help =
    What you can do:
    /next: take the next one, /take 12: take #12, /queue: who waits
    Write as usual: it goes to the customer. “/ text” is a note for colleagues
    /who: who it is, /history: what was said
    /canned: answers that stand ready, /undo: take back within 10 seconds
    /hold 3h: put off, /transfer @name: give to a colleague, /return: back to the queue
    /close: end it, /reopen 12: open it again
    /tag: tags, /priority: how soon, /ban 7d reason and /unban: blocks
    /teach: teach the bot your answer, /proposals: what was proposed
    /online and /offline: whether you are there, /team: who is
    /stats 7: figures of a week, /export: a table
    /member: a member of the club, /adjust: points, /award: for a review or a quiz, /vouchers: a voucher, /birthday: correct a birthday, /reviews: receipts to look at
    { $role ->
        [leader] You lead: /take takes what others have, too; points above the limit and new answers of the bot are approved by you.
       *[operator] Points above the limit and new answers of the bot are approved by who leads.
    }
desk-command-help = help, commands
desk-command-queue = queue
desk-command-take = take
desk-command-next = next
desk-command-return = return
desk-command-transfer = transfer
desk-command-who = who
desk-command-history = history
desk-command-hold = hold
desk-command-close = close
desk-command-reopen = reopen
desk-command-online = online
desk-command-offline = offline
desk-command-team = team
words-minutes = m, min, mins, minute, minutes
words-hours = h, hr, hour, hours
words-days = d, day, days

desk-ended-score = The conversation with our colleague is over, I answer again. How were you helped?
desk-answered-outside = #{ $ticket }: answered right from the community's messages. The bot is silent until that conversation is over. Give it back to the bot: /close { $ticket }
desk-nobody-comes = I cannot call anybody now.
desk-flood = You write very fast, I cannot follow. Wait a minute and we will go on.
desk-card-angry = Mood: angry
desk-card-tags = Tags: { $tags }
desk-card-tried = The bot would say “{ $label }” ({ $percent }% sure)
desk-about-nobody = Not in the club
desk-about-member = Card { $card } · level: { $tier } · points: { $points }
desk-about-devices = Devices: { $devices }
desk-about-orders = Orders: { $orders }
desk-draft-send-button = Send to the customer
desk-draft-gone = The bot has this answer no more.
desk-sent-text = → #{ $ticket }: { $text }
desk-canned = Canned answers. Send one: /canned name
desk-canned-line = • { $name }: { $text }
desk-canned-none = There are none like that. Add one: /canned + name text, perhaps as the caption of a photo or a file. The text may have { "{name}" }, { "{ticket}" } and { "{ask: what to ask for}" }.
desk-canned-added = Canned answer “{ $name }” is kept. Send it: /canned { $name }
desk-canned-removed = Canned answer “{ $name }” is gone.
desk-canned-unknown = There is no canned answer “{ $name }”.
desk-canned-asks = Add these, parted by a bar: /canned { $name } { $fields }
desk-canned-too-much = Not sent: that is more than “{ $name }” takes. { $fields ->
    [none] To send it as it is: /canned { $name }
   *[other] Type: /canned { $name } { $fields }
}
desk-note-how = Write the note at once: /note call after six. Or begin a message with “/ ”.
desk-tags = #{ $ticket }, tags: { $tags }
desk-priority = #{ $ticket }: priority is { $priority ->
    [low] low
    [high] high
    [urgent] urgent
   *[normal] normal
}.
desk-priority-how = Which priority? /priority low, normal, high or urgent
desk-ban-how = For how long and why? For example: /ban 7d spam
desk-ban-for-good = Only who leads blocks for good. Say for how long: /ban 7d spam
desk-ban-staff = This is one of the staff, who cannot be blocked. If they have left, ask the administrator: klubok staff remove
desk-banned = #{ $ticket }: the customer is blocked{ $when ->
    [none] { "" }
   *[other] { " " }until { $when }
}. Undo: /unban { $ticket }
desk-you-are-blocked = We do not answer your messages any more{ $when ->
    [none] { "" }
   *[other] { " " }until { $when }
}. Buttons and commands work as before.
desk-unban-how = Whom to unblock? Write the number of the ticket: /unban 12
desk-unban-leader = The customer is blocked for good, only a supervisor can lift that.
desk-not-banned = #{ $ticket }: the customer is not blocked.
desk-unbanned = #{ $ticket }: the customer is unblocked.
desk-you-are-free = I answer your messages again. How can I help?
desk-teach-button = Teach the bot
desk-teach-how = Write question and answer, parted by a bar: /teach Can I collect it myself? | Yes, at 1 Lesnaya
desk-teach-nowhere = The bot cannot be taught here: the brand's pack is not on the disk.
desk-teach-asked = Proposed to who leads: they approve, change or dismiss it.
desk-teach-leader = Who leads decides that.
desk-teach-decided = This is decided already.
desk-teach-dismissed = All right, the bot will not say it.
desk-teach-failed = It could not be written: the pack's file is broken or may not be written. See: klubok pack check
desk-teach-none = There are no new answers for the bot.
desk-taught = The bot knows the answer to “{ $question }”, in a few seconds. The file: taught.yaml
desk-proposal = An answer for the bot, #{ $number }
desk-proposal-question = Question: { $text }
desk-proposal-answer = Answer: { $text }
desk-proposal-now = The bot says to that now: { $text }
desk-proposal-edit = Change it: /teach #{ $number } question | answer
desk-approve-button = Approve
desk-dismiss-button = Dismiss
desk-score-title = A word about the help
desk-score-why = Sorry to hear that. What was wrong? Write it in one message, people will read it.
desk-score-why-hint = Write in a sentence or two what was wrong, or press “Skip”.
desk-score-thanks = Thank you, I passed it on.
desk-score-late = This score cannot be taken any more. But you can leave feedback: /feedback
desk-scored = #{ $ticket }: { $stars } { $comment }
desk-stats = { $days ->
    [one] The last day
   *[other] The last { $days } days
}
desk-stats-opened = Called: { $opened }, answered: { $answered }, closed: { $resolved }
desk-stats-now = Waiting now: { $waiting }, held: { $held }
desk-stats-first = First answer, median: { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
desk-stats-promises = Promises kept: { $kept } of { $promised }
desk-stats-stars = Score: { $stars } of 5, scores: { $count }
desk-command-draft = draft
desk-command-send = send
desk-command-canned = canned
desk-command-note = note
desk-command-tag = tag
desk-command-priority = priority
desk-command-teach = teach
desk-command-approve = approve
desk-command-dismiss = dismiss
desk-command-proposals = proposals
desk-command-ban = ban
desk-command-unban = unban
desk-command-stats = stats
words-priority-low = low
words-priority-normal = normal
words-priority-high = high
words-priority-urgent = urgent
words-canned-add = +, add
words-canned-remove = -, delete
desk-taken-back = Our colleague took this message back.
desk-undone = #{ $ticket }: your last message was replaced by a word that you took it back.
desk-nothing-to-undo = There is nothing to undo: you sent nothing within 10 seconds, or it is still on its way.
desk-careful-link = ⚠ There is a link, and the person is not in the club: do not open it unless you expect it.
desk-careful-file = ⚠ A file of somebody who is not in the club: do not open it unless you expect it.
desk-export-begun = I am making the table and will send it to you in private.
desk-exported = Tickets of { $days ->
    [one] the last day
   *[other] the last { $days } days
}: number, cause, priority, tags, when answered and closed, score. No names and no texts.
desk-export-failed = The table could not be made. Try again: /export
desk-digest = The last day
desk-command-undo = undo
desk-command-export = export
desk-chart-calls = Called
desk-chart-answers = Answered
desk-own-ticket = #{ $ticket } is your own: let a colleague answer.
desk-given = A colleague gave you #{ $ticket }. All that you write goes to this customer now.
desk-given-beside = A colleague gave you #{ $ticket }. You are writing to another customer; switch when you have done.
desk-switch-button = Switch to #{ $ticket }
desk-hold-button = Put off for an hour
desk-close-button = Close
desk-mistyped = There is no such command. Perhaps { $near }? All commands: /help
desk-not-here = That command is for customers, there is none of it in a chat of the staff. All commands: /help
desk-room-moved = The group { $old } became a supergroup and is { $new } now. We go on here; put the new number into KLUBOK_DESK__ROOMS.
desk-card-came-by = Came by the link: { $link }
desk-long = #{ $ticket } has been open for long: it should be over soon.
desk-too-long = #{ $ticket } has been open for too long: it is time to end it.
desk-digest-gaps = Asked in vain (klubok gaps):

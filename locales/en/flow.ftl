button-flow-continue = Continue
button-flow-again = Try again
button-flow-start-over = Start again
button-flow-keep = That was my answer

flow-stuck = It seems we don't understand each other. You can try again, talk to a person, or stop here.
flow-reminder = You haven't finished: { $title }. I have kept everything you answered. Shall we go on?
flow-expired = { $title }: I closed the form because a lot of time has passed. Start again whenever it suits you, it is short.
flow-cancelled = All right, we have stopped. Nothing was saved.
flow-closed = { $title }: this form is already closed. You can start it again if you like.
flow-busy = Let's first finish what we have begun. Or type "cancel".
flow-gone = This question is no longer here. Tell me what you need and I'll help.

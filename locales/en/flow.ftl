button-flow-continue = Continue
button-flow-again = Try again
button-flow-start-over = Start again
button-flow-keep = That was my answer

flow-stuck = I'm sorry, I don't seem to understand. You can try again, talk to a person, or stop here.
flow-stuck-wrong = Does it not work? Try again, contact a person or stop here.
flow-reminder = We haven't finished yet ({ $title }). Shall we go on from where we stopped?
flow-expired = A lot of time has passed, so I closed the form ({ $title }). Start again whenever it suits you, it is short.
flow-cancelled = All right, we have stopped. I kept none of the answers from the form.
flow-closed = This form is already closed ({ $title }). You can start it again if you like.
flow-busy = Let's first finish what we have begun. Or type "cancel".
flow-gone = This question is no longer here. Tell me what you need and I'll help.

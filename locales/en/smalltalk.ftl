smalltalk-greeting = Hello! I'm the bot of { $brand }. Ask me about a product, delivery or an order.
smalltalk-how = I'm fine, thank you, working without a lunch break. How can I help?
smalltalk-thanks = Glad to help! If anything else comes up, just write.
smalltalk-understood = All right! If you need anything else, just ask.
smalltalk-bye = Goodbye! I'll be glad to help again.
smalltalk-who = I'm a bot, a program that helps customers of { $brand }. I answer from the catalogue and the store's help pages. If you need a person, I'll tell you how to reach one.
smalltalk-upset = I'm sorry I was of no help. Tell me in other words what happened, or talk to a person.
smalltalk-sorry = Sorry about that. I'll answer what I know, and if you need a person, here is one.

words-greeting = hi, hello, hey, hi there, hello there, good morning, good afternoon, good evening, good day, greetings, yo
words-thanks = thanks, thank you, thx, ty, many thanks, thanks a lot, thank you very much, cheers
words-bye = bye, goodbye, bye bye, see you, see ya, good night, have a nice day, farewell
words-how-are-you = how are you, how are you doing, how is it going, what's up, whats up, what s up, how r u, hru, how are things
words-who-are-you = who are you, who is this, what are you, are you a bot, are you a robot, are you human, are you a human, are you real, are you a real person, are you a person, what is your name, what's your name, what s your name, am i talking to a bot
words-polite = dear, all, everyone, and, very, so much, very much, a lot, for your help, for the help, please, or, again, there, really, actually, human, bot, robot, person, real, you, you are, this is, that is, that was, what a, such a, so, a
words-understood = ok, okay, fine, got it, i see, understood, yes, no, sure, great, cool, nice, all right, alright, clear, not bad
words-upset = stupid, dumb, useless, idiot, idiots, moron, fool, rubbish, nonsense, garbage, trash, hopeless, terrible, awful, horrible, you suck, this sucks, i hate you, hate it, not what i asked, not helpful, that did not help, didn t help, wrong answer, you do not understand, you don t understand
words-angry = you bastard, you bastards, god damn, for fuck s sake, bunch of idiots, so angry, really angry, absolute joke, what a joke, waste of time, waste of money, you are stupid, you re stupid, are you stupid, you are dumb, you re dumb, are you dumb, so stupid, so dumb, stupid company, stupid shop, are you kidding, are you kidding me, are you serious, you are useless, you re useless, useless support, worthless, incompetent, clueless, ripoff, rip off, thieves, liars, you lied, piss off, pissed off, pissed, crap, crappy, bloody hell, for god s sake, worst service, worst shop, worst company, worst support, terrible service, awful service, horrible service, shame on you, hate you, hate this, screw you, go to hell, shut up, asshole, assholes, i am furious, i m furious, i am angry, i m angry, unacceptable, idiot, idiots, stupid bot, dumb bot, stupid machine, moron, morons, useless bot, bullshit, fuck, fucking, fuck you, wtf, what the hell, what the heck, damn it, goddamn, this sucks, you suck, scam, scammers, crooks, fed up, sick of, sick and tired, pathetic, ridiculous, disgrace, outrageous

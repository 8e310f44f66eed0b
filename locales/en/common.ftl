# Buttons that several conversations share.
# A label has at most 40 characters.

button-help = What I can do
button-person = Talk to a person
button-feedback = Leave feedback
button-language = Language · Язык
button-site = Open the site
button-back = ← Back
button-skip = Skip
button-cancel = Cancel
button-none-of-these = None of these
button-more-private = More in private

# Words of commands: separated by commas, without the slash.

command-start = start, begin
command-help = help, menu, commands, what can you do
command-feedback = feedback, review, rate, leave feedback
command-person = person, operator, human, contacts, support, agent
command-language = language, lang, change language
command-language-ru = russian, in russian, russian please, speak russian, switch to russian
command-language-en = english, in english, english please, speak english, switch to english

# Words that steer a conversation.

words-cancel = cancel, stop, quit, exit, never mind, nevermind, abort
words-back = back, go back, previous
words-skip = skip, next, no comment, no comments, nothing to add, no, no thanks, nope
words-question = how, where, when, why, what, which, who, can, do, does, is, are
words-want-person = talk to a person, speak to a person, talk to a human, speak to a human, talk to someone, speak to someone, need a human, need a person, need an operator, call an operator, live agent, human agent, how can i contact you, your phone number, your contacts

# Shown when a text is missing: nobody should ever see it, but silence is worse.

error-text = Sorry, there should be an answer here, but I have lost it. Please ask me again.
error-turn = Something broke and I couldn't answer. Your message is kept, and we will look into it. Please ask again, or write to our people: /person

# Words that show that a message has several questions: what joins them, what they begin with.

words-joining = and, also, plus
words-asking = how, where, when, why, what, which, who, whom, whose, can, could, do, does, did, is, are, will, would, should, may

feedback-title = your feedback
feedback-rating-prompt = How are we doing? Please rate us.
feedback-rating-hint = I need a rating from 1 to 5: press a button or send one digit, where 5 is excellent.
feedback-rating-5-button = 5: excellent
feedback-rating-4-button = 4: good
feedback-rating-3-button = 3: fair
feedback-rating-2-button = 2: poor
feedback-rating-1-button = 1: terrible
feedback-comment-prompt = Thank you for the rating! Tell us in a few words what you liked or what to improve. You can skip this.
feedback-comment-hint = Type your comment, or press "Skip".
feedback-comment-too-long =
    Your comment is longer than I can keep: there is room for { NUMBER($limit) ->
        [one] { $limit } character
       *[other] { $limit } characters
    }. Please make it shorter.
feedback-thanks = Thank you for your feedback! The team has it now.
feedback-thanks-sorry = Thank you for being frank, and sorry that it turned out this way. The team has your feedback. If you want to sort it out now, talk to a person.

words-rating-5 = 5, 5 stars, five, excellent, great, awesome, perfect, super, 5 of 5, 5 out of 5
words-rating-4 = 4, 4 stars, four, good, 4 of 5, 4 out of 5
words-rating-3 = 3, 3 stars, three, fair, average, so so, 3 of 5, 3 out of 5
words-rating-2 = 2, 2 stars, two, poor, bad, 2 of 5, 2 out of 5
words-rating-1 = 1, 1 star, one, terrible, awful, horrible, 1 of 5, 1 out of 5

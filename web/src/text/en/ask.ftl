# Questions to the class: asking, answering, results.
ask-title = Ask
ask-badge = A question waits for your answer
ask-quick = Quick
ask-quick-letters = A B C D
ask-quick-yes-no = Yes / No
ask-quick-scale = 1 to 5
ask-quick-text = Typed answer
ask-quick-picture = Photo
ask-new = New question
ask-where = Where the class sees it
ask-where-panel = In the panel
ask-where-beside = Beside this page
ask-where-over = Over this page
ask-on-page = Question on this page
ask-fold = Fold the question
ask-unfold = Show the question
ask-slide-title = On this slide
ask-slide-new = Question on this slide
ask-slide-count = { $count ->
    [one] { $count } question
   *[other] { $count } questions
}
ask-slide-ask = Ask the question of this slide: { $question }
ask-slide-choose = { $count } questions of this slide
ask-slide-take-out = Take out of the slide: { $question }
ask-slide-kept = Kept with this slide.
ask-keep-slide = With this slide
ask-earlier = Earlier
ask-none-staff = One press asks the class; say the question aloud, or write a new one.
ask-none-student = Nothing has been asked yet. A question opens here by itself.
ask-kind-choice = Choose an answer
ask-kind-yes_no = Yes or no
ask-kind-scale = 1 to 5
ask-kind-text = Typed answer
ask-kind-picture = A picture
ask-picture-choose = Take or choose a picture
ask-picture-other = Choose another one
ask-picture-given = Picture
ask-picture-show = Open a picture and put it on the board to show it to everyone.
ask-yes = Yes
ask-no = No
ask-scale-low = I disagree
ask-scale-high = I agree
ask-option = { $mark }, { $words }
ask-percent = { $value } %

# While it is open.
ask-time-left = Time left
ask-progress = { $done } of { $all } answered
ask-progress-closed = Closed, { $done } of { $all } answered
ask-rate = { $value } % right
ask-not-yet = Not yet: { $names }
ask-show = Show the result
ask-hide = Hide the result
ask-close = Close question
ask-published = shown to the class
ask-more = More about this question
ask-show-plain = Show without the right answer
ask-show-right = Show the right answer too
ask-hide-right = Hide the right answer
ask-discard = Remove the question
ask-anonymous-open = Anonymous: the answers are here when it is closed.

# What was answered.
ask-answers = Answers
ask-bar = { $option }: { $count } of { $of }
ask-bar-right = { $option }, right answer: { $count } of { $of }
ask-bar-own = Your answer.
ask-right = right answer
ask-own = your answer
ask-times = { $count } times
ask-count = { $count ->
    [one] { $count } answer
   *[other] { $count } answers
}
ask-who = Who answered what
ask-what = What was answered
ask-verdict-right = right
ask-verdict-wrong = wrong
ask-right-texts = Right: { $answers }

# A student.
ask-waits = A question for you.
ask-answer = Answer
ask-your-turn = Your answer, please
ask-sent = Answered
ask-closed = Closed
ask-shown = Result
ask-your-answer = Your answer is { $answer }
ask-answer-taken = Your answer was taken
ask-anonymous-note = Anonymous: nobody sees who answered what.
ask-several = Choose all that are right.
ask-type-answer = Your answer
ask-send = Send
ask-sending = Sending…
ask-say-opened = A question: { $question }
ask-say-shown = The result is here: { $question }

# Writing a question.
ask-kind = Kind
ask-question = Question
ask-formula-hint = Formulas stand between $ signs: $x^2$.
ask-preview = As it will look
ask-options = Answers to choose from
ask-option-text = Text of { $option }
ask-option-placeholder = Text, or only the letter
ask-mark-right = { $option } is right
ask-right-hint = Press a letter to mark what is right. Without a mark it asks for an opinion.
ask-remove-option = Remove { $option }
ask-add-option = One more
ask-multiple = Several may be chosen
ask-right-one = Right answer
ask-right-none = None, it is an opinion
ask-right-typed = Right answers
ask-right-typed-hint = One a line. Capitals and spaces do not matter.
ask-points = Points for a right answer
ask-time = Time to answer
ask-time-open = Until I close it
ask-seconds = { $count } seconds
ask-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
ask-anonymous = Anonymous
ask-now = Ask the class

# The table.
ask-csv = Results as a table
ask-file-name = Answers, { $title }
ask-csv-question = Question
ask-csv-name = Name
ask-csv-answer = Answer
ask-csv-right = Right
ask-csv-points = Points
ask-csv-stars = Stars
ask-csv-all = All together

# Timer, pick, stars.
ask-timer = Timer
ask-countdown = Countdown
ask-stopwatch = Stopwatch
ask-timer-paused = { $name }, paused
ask-timer-pause = Pause
ask-timer-go-on = Go on
ask-timer-again = From zero again
ask-timer-stop = Stop and take away
ask-minute-more = One minute more
ask-say-ten = Ten seconds left
ask-say-over = Time is up.
ask-pick = Pick someone
ask-pick-not-picked = Who was not picked yet
ask-pick-everyone = Anybody
ask-pick-hands = Of those with a hand up
ask-picked = { $name } was picked.
ask-picked-you = You were picked. It is your turn.
ask-star = Give a star
ask-star-back = Take a star back
ask-stars = { $count ->
    [one] { $count } star
   *[other] { $count } stars
}
ask-stars-of = { $name } has { $count ->
    [one] { $count } star.
   *[other] { $count } stars.
}
ask-stars-you = You have { $count ->
    [one] { $count } star.
   *[other] { $count } stars.
}

# Prepared questions.
ask-prepared = Prepared
ask-keep = Keep for later
ask-kept = Kept in “{ $title }”.
ask-quiz-new = In a new quiz
ask-quiz-title = Quiz { $number }
ask-quiz-name = Title
ask-quiz-done = { $done } of { $all } asked
ask-quiz-remove = Remove the quiz
ask-quiz-take-out = Take out: { $question }
ask-this = Ask
ask-again = Ask again
ask-next = Ask the next one
ask-points-all = Points
ask-points-of = { $points } points, { $right } right

error-poll-unknown = This question is not there any more.
error-poll-closed = Answers are closed.
error-poll-answered = You have answered already.
error-poll-limit = A class may have { $max } questions. Remove old ones.
error-poll-invalid = This question is not complete: it needs at least two answers to choose from.
error-poll-page = The class is on another page now. Turn to this page for everybody, then ask again.
error-answer-invalid = This answer does not fit the question.
error-timer-none = This timer is not there any more. Start a new one.
error-pick-nobody = No student is here to be picked.
error-pick-hands = No hand is up. Pick among everybody.
error-star-student = Stars are for students, and { $name } is not one.
error-quiz-unknown = This quiz is not there any more.
error-quiz-limit = A room may have { $max } quizzes. Remove old ones.
error-quiz-invalid = A question is not complete: it needs at least two answers to choose from.

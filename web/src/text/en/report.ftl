# Lessons that were held, and their reports.

error-lesson-unknown = This lesson is not here. It went with its room, or it belongs to somebody else.

nav-reports = Reports

report-list-title = Reports
report-list-lead = Every lesson in your rooms, with who was there and what happened.
report-list-empty = No lessons yet
report-list-empty-note = As soon as a class has been held in one of your rooms, its report is here.
report-list-all = All rooms
report-list-more = Older lessons
report-when = { $date }, { $from } to { $to }
report-since = { $date }, since { $from }

report-open = Open the report
report-attendance = Attendance so far
report-title = Report
report-unknown = No such lesson
report-csv = Table (CSV)
report-percent = { $share } %
report-who = Who was there, and who spoke
report-questions = Questions
report-no-questions = No questions were asked in this lesson.
report-question-unnamed = Question without words
report-answered = { $answered ->
    [one] 1 of { $asked } answered
   *[other] { $answered } of { $asked } answered
}
report-answered-right = { $answered } of { $asked } answered, { $right } right

report-fact-there = { $count ->
    [one] student was there
   *[other] students were there
}
report-fact-late = { $count ->
    [0] nobody came late
    [one] { $name } came late
   *[other] { $count } came late
}
report-fact-teacher = of the talking by teachers
report-fact-of-speech = of all the time in which somebody spoke
report-fact-silent = nobody has spoken yet
report-fact-right = of the answers were right
report-fact-questions = { $count ->
    [0] no questions
    [one] 1 question
   *[other] { $count } questions
}
report-fact-hands = hands were raised
report-fact-students = { $count ->
    [0] by nobody
    [one] by 1 student
   *[other] by { $count } students
}

report-table = All numbers
report-name = Name
report-role = Role
report-role-host = Teacher
report-role-assistant = Assistant
report-role-student = Student
report-role-observer = Observer
report-came = Came
report-left = Left
report-inside = inside
report-present = Present
report-late = Late
report-spoke = Spoke
report-hands = Hands
report-on-stage = On stage
report-messages = Messages
report-files = Files
report-answers = Answers
report-right = Right
report-points = Points
report-stars = Stars
report-trouble = Network trouble
report-legend-present = present
report-legend-speaking = speaking
report-legend-trouble = network trouble

error-webhook-address = This address cannot be used for messages from the server.
error-webhook-limit = There are { $max } webhooks already. Remove one first.
error-webhook-unknown = This webhook is not there any more.

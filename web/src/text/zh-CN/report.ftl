# 上过的课和课堂报告。

error-lesson-unknown = 这里没有这节课。它已随教室一起删除，或者属于别人。

nav-reports = 课堂报告

report-list-title = 课堂报告
report-list-lead = 你的教室里上过的每一节课：谁来了，发生了什么。
report-list-empty = 还没有上过课
report-list-empty-note = 只要在你的教室里上过课，报告就会出现在这里。
report-list-all = 全部教室
report-list-more = 更早的课
report-when = { $date } { $from } 至 { $to }
report-since = { $date } { $from } 开始

report-open = 查看课堂报告
report-attendance = 出勤情况
report-title = 课堂报告
report-unknown = 没有这节课
report-csv = 表格 (CSV)
report-percent = { $share }%
report-who = 谁在场，谁发言
report-questions = 提问
report-no-questions = 这节课没有提问。
report-question-unnamed = 没有文字的问题
report-answered = { $asked } 人中 { $answered } 人作答
report-answered-right = { $asked } 人中 { $answered } 人作答，{ $right } 人答对

report-fact-there = { $count ->
   *[other] 名学生到场
}
report-fact-late = { $count ->
    [0] 没有人迟到
    [1] { $name } 迟到
   *[other] { $count } 人迟到
}
report-fact-teacher = 是老师在讲
report-fact-of-speech = 占全部发言时间
report-fact-silent = 还没有人发言
report-fact-right = 的作答正确
report-fact-questions = { $count ->
    [0] 没有提问
   *[other] { $count } 个问题
}
report-fact-hands = 次举手
report-fact-students = { $count ->
    [0] 没有人举手
   *[other] 来自 { $count } 名学生
}

report-table = 全部数字
report-name = 姓名
report-role = 身份
report-role-host = 老师
report-role-assistant = 助教
report-role-student = 学生
report-role-observer = 旁听
report-came = 进入
report-left = 离开
report-inside = 在课堂
report-present = 在场
report-late = 迟到
report-spoke = 发言
report-hands = 举手
report-on-stage = 上台
report-messages = 消息
report-files = 文件
report-answers = 作答
report-right = 答对
report-points = 得分
report-stars = 星星
report-trouble = 网络问题
report-legend-present = 在场
report-legend-speaking = 发言
report-legend-trouble = 网络问题

error-webhook-address = 这个地址不能用来接收服务器消息。
error-webhook-limit = 已经有 { $max } 个 webhook，请先删除一个。
error-webhook-unknown = 这个 webhook 已经不在了。

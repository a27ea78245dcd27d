# 课堂提问：提问、作答、结果。
ask-title = 提问
ask-badge = 有一个问题等你回答
ask-quick = 快速提问
ask-quick-letters = A B C D
ask-quick-yes-no = 是 / 否
ask-quick-scale = 1 到 5
ask-quick-text = 文字作答
ask-quick-picture = 图片作答
ask-new = 新问题
ask-earlier = 之前的问题
ask-none-staff = 按一下就能提问：口头说出题目，或写一个新问题。
ask-none-student = 还没有提问。有问题时会自动在这里打开。
ask-kind-choice = 选择答案
ask-kind-yes_no = 是或否
ask-kind-scale = 1 到 5
ask-kind-text = 文字作答
ask-kind-picture = 图片作答
ask-picture-choose = 拍照或选择图片
ask-picture-other = 换一张
ask-picture-given = 图片
ask-picture-show = 打开一张图片并放到白板上，即可给所有人看。
ask-yes = 是
ask-no = 否
ask-scale-low = 不同意
ask-scale-high = 同意
ask-option = { $mark }，{ $words }
ask-percent = { $value } %

# 作答进行中。
ask-time-left = 剩余时间
ask-progress = { $done } / { $all } 人已作答
ask-progress-closed = 已结束，{ $done } / { $all } 人作答
ask-rate = 正确率 { $value } %
ask-not-yet = 未作答：{ $names }
ask-show = 公布结果
ask-hide = 隐藏结果
ask-close = 结束作答
ask-published = 已公布
ask-more = 这个问题的更多操作
ask-show-plain = 公布结果，不含正确答案
ask-show-right = 同时公布正确答案
ask-hide-right = 隐藏正确答案
ask-discard = 删除问题
ask-anonymous-open = 匿名：结束作答后才显示答案。

# 作答结果。
ask-answers = 答案
ask-bar = { $option }：{ $of } 人中 { $count } 人
ask-bar-right = { $option }，正确答案：{ $of } 人中 { $count } 人
ask-bar-own = 你的答案。
ask-right = 正确答案
ask-own = 你的答案
ask-times = { $count } 次
ask-count = { $count } 个答案
ask-who = 谁答了什么
ask-what = 收到的答案
ask-verdict-right = 正确
ask-verdict-wrong = 错误
ask-right-texts = 正确答案：{ $answers }

# 学生。
ask-waits = 老师在提问。
ask-answer = 作答
ask-your-turn = 请作答
ask-sent = 已作答
ask-closed = 已结束
ask-shown = 结果
ask-your-answer = 你的答案是 { $answer }
ask-answer-taken = 你的答案已收到
ask-anonymous-note = 匿名：没有人知道谁答了什么。
ask-several = 请选出所有正确的答案。
ask-type-answer = 你的答案
ask-send = 提交
ask-sending = 正在提交…
ask-say-opened = 老师提问：{ $question }
ask-say-shown = 结果已公布：{ $question }

# 编写问题。
ask-kind = 题型
ask-question = 题目
ask-formula-hint = 公式写在两个 $ 之间：$x^2$。
ask-preview = 显示效果
ask-options = 选项
ask-option-text = { $option } 的文字
ask-option-placeholder = 文字，也可以只用字母
ask-mark-right = { $option } 是正确答案
ask-right-hint = 按字母标出正确答案。不标表示征求意见。
ask-remove-option = 删除 { $option }
ask-add-option = 再加一个
ask-multiple = 可以多选
ask-right-one = 正确答案
ask-right-none = 没有，只征求意见
ask-right-typed = 正确答案
ask-right-typed-hint = 每行一个。不区分大小写和空格。
ask-points = 答对得分
ask-time = 作答时间
ask-time-open = 由我结束
ask-seconds = { $count } 秒
ask-minutes = { $count } 分钟
ask-anonymous = 匿名
ask-now = 向全班提问

# 表格。
ask-csv = 导出结果表格
ask-file-name = 答题结果，{ $title }
ask-csv-question = 题目
ask-csv-name = 姓名
ask-csv-answer = 答案
ask-csv-right = 是否正确
ask-csv-points = 得分
ask-csv-stars = 星星
ask-csv-all = 合计

# 计时、点名、星星。
ask-timer = 计时
ask-countdown = 倒计时
ask-stopwatch = 秒表
ask-timer-paused = { $name }，已暂停
ask-timer-pause = 暂停
ask-timer-go-on = 继续
ask-timer-again = 从零重新开始
ask-timer-stop = 停止并收起
ask-minute-more = 再加一分钟
ask-say-ten = 还剩十秒
ask-say-over = 时间到。
ask-pick = 随机点名
ask-pick-not-picked = 还没点到的学生
ask-pick-everyone = 任何学生
ask-pick-hands = 已举手的学生
ask-picked = 点到了 { $name }。
ask-picked-you = 点到你了，请回答。
ask-star = 奖励星星
ask-star-back = 收回一颗星
ask-stars = { $count } 颗星
ask-stars-of = { $name } 有 { $count } 颗星了。
ask-stars-you = 你有 { $count } 颗星了。

# 预先准备的问题。
ask-prepared = 已准备
ask-keep = 留待以后
ask-kept = 已存入“{ $title }”。
ask-quiz-new = 存入新测验
ask-quiz-title = 测验 { $number }
ask-quiz-name = 标题
ask-quiz-done = 已提问 { $done } / { $all }
ask-quiz-remove = 删除测验
ask-quiz-take-out = 移除：{ $question }
ask-this = 提问
ask-again = 再问一次
ask-next = 提下一题
ask-points-all = 得分
ask-points-of = { $points } 分，答对 { $right } 题

error-poll-unknown = 这个问题已经不在了。
error-poll-closed = 作答已结束。
error-poll-answered = 你已经回答过了。
error-poll-limit = 一节课最多 { $max } 个问题，请先删除旧的。
error-poll-invalid = 这个问题还不完整：至少要有两个选项。
error-poll-page = 课堂现在在另一页。请先让大家翻到这一页，再提问。
error-answer-invalid = 这个答案与题目不符。
error-timer-none = 计时已经不在了，请重新开始。
error-pick-nobody = 现在没有可以点名的学生。
error-pick-hands = 没有人举手，请改为在全体学生中点名。
error-star-student = 星星只发给学生，{ $name } 不是学生。
error-quiz-unknown = 这个测验已经不在了。
error-quiz-limit = 一个教室最多 { $max } 个测验，请先删除旧的。
error-quiz-invalid = 有问题还不完整：至少要有两个选项。

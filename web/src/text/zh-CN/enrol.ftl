error-enrolment-unknown = 名单上已经没有这个人了。
error-enrolment-limit = 一个教室的名单最多 { $max } 人。请先移除不再来的人。
error-enrolment-taken = { $email } 已在名单上。
error-enrolment-only = 只有固定学生可以进入。请打开老师发给你的链接。
error-enrolment-removed = 你已不在这个班的名单上。请联系老师。
error-enrolment-replaced = 你的链接已失效。请向老师要新链接。

## The list of a room

enrol-students = 固定学生
enrol-title = 固定学生
enrol-title-of = “{ $title }”的固定学生
enrol-lead = 名单上的每个人都有自己的链接，每节课都是同一个人，作答、得分和星星都会保留。
enrol-empty = 名单上还没有人
enrol-empty-note = 请添加经常来上课的学生。其他人仍可用教室链接以访客身份进入。
enrol-count = 共 { $count } 人。拿到链接的人就是该学生：请把每个链接只发给本人。
enrol-name = 姓名
enrol-email = 邮箱
enrol-email-hint = 不会向它发送任何内容。学生用这个邮箱登录后打开链接，就能在自己的所有设备上被识别。
enrol-link = 链接
enrol-role = 进入时的身份
enrol-never = 还没来过
enrol-seen = { $when }来过
enrol-copy = 复制链接
enrol-copy-of = 复制 { $name } 的链接
enrol-copy-all = 复制全部链接
enrol-link-copied = 已复制 { $name } 的链接
enrol-all-copied = 已复制 { $count } 个链接，附姓名和邮箱
enrol-more = { $name } 的更多操作
enrol-lessons = 上课记录
enrol-change = 修改
enrol-change-of = 修改 { $name }
enrol-new-link = 新链接
enrol-new-link-of = 给 { $name } 换新链接？
enrol-new-link-note = 现有链接会在所有设备上失效，正在上的课也会退出。新链接由你发给本人。
enrol-new-link-do = 生成并复制
enrol-new-link-making = 正在生成
enrol-remove = 移除
enrol-removed = { $name } 已不在名单上
enrol-undo = 撤销
enrol-removed-list = 已移除 { $count } 人
enrol-removed-when = { $when }移除
enrol-back = 恢复
enrol-back-of = 恢复 { $name }
enrol-restored = { $name } 已回到名单，链接不变

## Adding people

enrol-add = 添加学生
enrol-adding = 正在添加
enrol-add-count = 添加 { $count } 人
enrol-added = 已添加 { $count } 人
enrol-names = 姓名
enrol-names-example = 林月, lin@example.org
enrol-names-hint = 每行一人，可以加上邮箱。可以粘贴一列或一个表格。
enrol-new = { $count ->
    [0] 没有新的人
   *[other] 新增 { $count } 人
}
enrol-nobody = 请至少写一个还不在名单上的姓名。
enrol-too-many = 一次最多添加 { $max } 人。
enrol-doubt-known = 已在名单上
enrol-doubt-twice = 这里重复了
enrol-doubt-long = 姓名太长
enrol-doubt-email = 邮箱看起来不对
enrol-doubt-name = 缺少姓名

## How they come in

enrol-ways = 谁可以进入
enrol-pass-lobby = 固定学生无需等候
enrol-pass-lobby-note = 其他人在候课室等候时，他们可以直接进入。从下一节课开始生效。
enrol-only = 只有固定学生可以进入
enrol-only-note = 访客会看到提示，请他们打开你发的链接。立即生效，但已在课堂里的人不必离开。
enrol-saved = 已保存

## At the door, and in the class

enrol-you-are = 你进入课堂的名字
enrol-not-you = 我不是这个人
enrol-signed-in = 你登录的账号就是这位学生。要换人进入，请先退出登录。
enrol-not-taken = 这个浏览器里你已经是另一个人，所以没有采用这个链接。如果它是你的，请先选择“我不是这个人”再打开，或用无痕窗口打开。
enrol-only-title = 这个课堂只对固定学生开放
enrol-old-title = 这个链接已失效
enrol-old-note = 老师给你换了新链接。请向老师要新链接，或用课堂代码以访客身份进入。
enrol-sign = 固定学生
enrol-guest = 访客

## Over lessons

report-absent = 缺席
report-not-yet = 还没来
report-list-came = 名单上 { $expected } 人，来了 { $came } 人（{ $share }%）。
enrol-came-of = { $name }：上过 { $count } 节课
enrol-came-share = 加入名单后共 { $lessons } 节课，来了 { $came } 节（{ $share }%）。
enrol-to-list = 返回名单
enrol-no-lessons = 还没有上过课
enrol-no-lessons-note = 这个教室的每一节课都会列在这里，并附上此人的表现。
enrol-lesson = 课程
enrol-table = 每节课的数据
enrol-bars = 每节课的在场时间

error-lobby-waiting = 请稍候，老师会让你进来。
error-lobby-refused = 老师没有让你进来。一分钟后可以再试。
error-lobby-crowded = 已有 { $max } 人用这个浏览器或账号在等候。请关闭其他标签页，或等他们进入后再试。
error-room-locked = 课堂已锁定，新人不能进入。请联系老师打开。
error-seat-removed = 你已被移出课堂，本节课结束前不能再进入。
error-role-above = { $name } 负责这个课堂，只有老师可以这样做。
error-role-fixed = 这个身份不能在这里更改。

## In front of the door

lobby-wait = 老师会让你进来
lobby-wait-as = 你以“{ $name }”的名字等候。请不要关闭此页。
lobby-wait-note = 请不要关闭此页。
lobby-wait-leave = 不等了
lobby-removed = 你已被移出

## For teachers

lobby-waiting = 等候中
lobby-waiting-count = { $count } 人在等候
lobby-waits = 已等候 { $time }
lobby-say-waits = { $count ->
    [1] { $name } 在等候进入
   *[other] { $name } 在等候进入，共 { $count } 人
}
lobby-admit = 允许进入
lobby-admit-name = 允许 { $name } 进入
lobby-admit-all = 全部允许
lobby-turn-away = 拒绝 { $name } 进入
lobby-switch = 新来的人在候课室等候
lobby-on-toast = 新来的人现在要等你允许
lobby-off-toast = 有链接的人现在可以直接进入
lobby-lock = 锁定课堂
lobby-lock-toast = 课堂已锁定。来过的人仍可回来。
lobby-open-toast = 课堂重新开放
lobby-make-assistant = 设为助教
lobby-make-student = 设为学生
lobby-make-observer = 设为旁听
lobby-role-toast-assistant = { $name } 现在协助你上课
lobby-role-toast-student = { $name } 现在是学生
lobby-role-toast-observer = { $name } 现在只旁听
lobby-remove = 移出课堂
lobby-remove-title = 把 { $name } 移出课堂？
lobby-remove-note = 本节课对方不能再进来。
lobby-remove-keep = 保留
lobby-remove-do = 移出
lobby-removed-toast = { $name } 已被移出

## A room's settings

lobby-settings = 候课室、人数与录制
lobby-settings-title = { $title } 的设置
lobby-settings-note = 从下一节课起生效。上课时可在成员面板更改候课室。
lobby-settings-saved = 已保存，下一节课生效
lobby-capacity = 最多人数
lobby-capacity-hint = 留空则用默认人数。
lobby-capacity-fault = 请填 1 到 { $max } 的数字，或留空。

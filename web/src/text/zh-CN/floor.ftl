# 举手、讲台、锁定与秩序。
error-stage-staff = { $name } 是老师，不需要上台。
error-stage-observer = { $name } 只是旁听。请先设为学生。
error-floor-locked = 锁定期间 { $name } 不能打开。可以请 { $name } 上台。

floor-hands = 举手
floor-hands-count = { $count } 人举手
floor-you = 你
floor-waiting = 已等 { $time }
floor-bring = 请上讲台
floor-bring-short = 上台
floor-bring-name = 请 { $name } 上讲台
floor-send-back = 请下讲台
floor-lower = 放下举手
floor-lower-short = 放下
floor-lower-name = 放下 { $name } 的举手
floor-lower-all = 全部放下
floor-stage-with = 上台时可以用
floor-stage-microphone = 麦克风
floor-stage-camera = 摄像头
floor-stage-share = 共享屏幕
floor-stage-pen = 画笔
floor-stage-note = 在讲台上
floor-own-place = 你排在第 { $place } 位
floor-own-note = 随时可以把手放下。
floor-hand-raise = 举手
floor-hand-up = 已举手
floor-hand-short = 举手
floor-hand-tip = 按 H 键
floor-hand-of = { $name } 举手，第 { $place } 位
room-key-hand = 举手和放下
floor-say-raised = { $name } 举手了，共 { $count } 人在等

floor-mute-all = 全体静音
floor-muted-microphone = { $count ->
    [0] 没有学生在说话
   *[other] 已让 { $count } 名学生静音
}
floor-muted-camera = { $count ->
    [0] 没有学生开着摄像头
   *[other] 已关闭 { $count } 个摄像头
}
floor-cameras-all-off = 关闭所有摄像头
floor-mute-name = 让 { $name } 静音
floor-ask-name = 请 { $name } 打开麦克风
floor-asked-name = 已请 { $name } 打开麦克风，可再请一次
floor-asked-toast = 已请 { $name }
floor-declined = { $name } 现在不想发言
floor-more-name = { $name } 的更多操作
floor-camera-off = 关闭摄像头
floor-camera-ask = 请打开摄像头
floor-spotlight-on = 让所有人看大图
floor-spotlight-off = 不再放大
floor-spotlit = 所有人都看到大图

floor-order = 更多课堂秩序
floor-focus = 学生只看到你和讲台
floor-layout = 所有人的布局
floor-layout-on = 所有人的布局，已开启
floor-layout-free = 各自选择
floor-layout-lead = 所有人跟随我的布局
floor-layout-say-focus = { $name } 为所有人选择了聚焦布局
floor-layout-say-gallery = { $name } 为所有人选择了画廊布局
floor-layout-say-side = { $name } 为所有人选择了并排布局
floor-layout-say-follow = 你正在跟随 { $name } 的布局
floor-whispers = 学生之间可以私聊
floor-locks = 对学生锁定
floor-locked-word = 锁定
floor-open-word = 开放
floor-lock-microphones = 麦克风
floor-lock-microphones-on = 麦克风已锁定。按一下开放
floor-lock-microphones-off = 麦克风开放。按一下锁定
floor-lock-cameras = 摄像头
floor-lock-cameras-on = 摄像头已锁定。按一下开放
floor-lock-cameras-off = 摄像头开放。按一下锁定
floor-lock-shares = 屏幕共享
floor-lock-shares-on = 只有老师可以共享。按一下开放
floor-lock-shares-off = 学生可以共享。按一下锁定
floor-lock-chat = 聊天
floor-lock-chat-on = 聊天已锁定。按一下开放
floor-lock-chat-off = 聊天开放。按一下锁定
floor-lock-files = 文件
floor-lock-files-on = 学生不能发送文件。按一下开放
floor-lock-files-off = 学生可以发送文件。按一下锁定
floor-lock-hands = 举手
floor-lock-hands-on = 不接受举手。按一下开放
floor-lock-hands-off = 接受举手。按一下关闭
floor-lock-pens = 画笔
floor-lock-pens-on = 只有你选的人可以画。按一下给所有人画笔
floor-lock-pens-off = 所有人都可以画。按一下锁定

floor-asks-microphone = 老师请你打开麦克风。
floor-asks-camera = 老师请你打开摄像头。
floor-not-now = 现在不
floor-on-stage = 你在讲台上。
floor-on-stage-note = 现在可以发言。
floor-leave-stage = 下讲台
floor-silenced-muted = { $what ->
    [sound] 老师关闭了你共享的声音
    [microphone] 老师让你静音了
    [camera] 老师关闭了你的摄像头
   *[share] 老师结束了你的共享
}
floor-silenced-locked = { $what ->
    [sound] 麦克风已锁定，你共享的声音已关闭
    [microphone] 老师锁定了麦克风，你已静音
    [camera] 老师锁定了摄像头，你的已关闭
   *[share] 现在只有老师可以共享，你的共享已结束
}
floor-silenced-off-stage = 你已下讲台
floor-silenced-role = 你的身份变了，之前的发送已结束
floor-silenced-group = { $what ->
    [share] 正在分组，你的共享已结束
   *[other] 正在分组，你已静音
}

# 头像上的表情回应。
floor-reactions = 学生可以发表情回应
react = 回应
react-tip = 按 R 键
react-people = { $count } 人
react-like = 赞
react-love = 爱心
react-clap = 鼓掌
react-laugh = 大笑
react-wow = 惊叹
react-party = 庆祝
room-key-react = 表情回应，再按 1 到 6
react-say-like = { $count ->
    [1] { $name } 点赞
   *[other] { $count } 人点赞
}
react-say-love = { $count ->
    [1] { $name } 送出爱心
   *[other] { $count } 人送出爱心
}
react-say-clap = { $count ->
    [1] { $name } 鼓掌
   *[other] { $count } 人鼓掌
}
react-say-laugh = { $count ->
    [1] { $name } 笑了
   *[other] { $count } 人笑了
}
react-say-wow = { $count ->
    [1] { $name } 惊叹
   *[other] { $count } 人惊叹
}
react-say-party = { $count ->
    [1] { $name } 在庆祝
   *[other] { $count } 人在庆祝
}

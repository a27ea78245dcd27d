# 课堂文件：发送中、已发送、查看、移除。
files-title = 文件
files-attach = 添加文件
files-camera = 拍照
files-library = 选择图片
files-choose = 选择文件
files-on-way = 正在发送的文件
files-waiting = 等待发送
files-lost = 等待网络恢复
files-paused = 已暂停，{ $part }
files-checking = 正在检查
files-progress = { $part } · { $speed } · { $left }
files-speed = { $size }/秒
files-seconds = 还剩 { $count } 秒
files-minutes = 还剩 { $count } 分钟
files-pause = 暂停 { $name }
files-go-on = 继续发送 { $name }
files-again = 重新发送 { $name }
files-take-out = 不发送 { $name }
files-leave-title = 文件还在发送，要离开吗？
files-leave-note = 还没发完的文件将不会送达。
files-held = 所有文件都发好或去掉后才会发送
files-too-many = 一条消息最多 { $max } 个文件，其余的没有添加。
files-folder = 不能发送文件夹。请打开它并选择里面的文件。
files-pasted = 图片
files-drop = 松开即可附在发给 { $name } 的消息里
files-drop-list = 松开即可发给全班
files-drop-staff = 松开即可发给老师
files-put = 发送文件
files-put-staff = 发给老师
files-all = 全部下载
files-none = 这里还没有文件。可以把文件拖到这里。
files-none-bare = 这里还没有文件。
files-search = 按文件名或姓名查找
files-not-found = 没有找到这样的文件或发送人。
files-space-own = 你的 { $most } 空间已用 { $used }
files-space-room = 本教室的 { $most } 空间已用 { $used }
files-open = 放大查看 { $name }
files-actions = 对 { $name } 进行操作
files-download = 下载
files-download-name = 下载 { $name }
files-to-board = 放到白板上
files-on-board = { $name } 已放到白板上
files-remove = 移除
files-removed = { $name } 已移除
files-remove-title = 移除 { $name }？
files-remove-note = 课堂里的人都不能再打开它，而且无法恢复。
files-gone = { $count ->
   *[other] { $count } 个文件已移除
}
files-in-message = { $count } 个文件
files-play = 播放
files-coming = 正在获取
files-not-played = 无法播放。请重试，或下载后打开。
files-by = 来自 { $name }
files-before = 上一张图片
files-next = 下一张图片
files-place = 第 { $at } 张，共 { $count } 张
files-picture-failed = 图片没有加载出来。请关闭后再试。

# 教室里的文件，供教室的主人查看。
files-room-title = 教室文件
files-room-of = { $title }的文件
files-room-lead = 课堂上发送的文件。文件会一直保留，直到你移除它们或删除教室。
files-room-empty = 没有文件
files-room-empty-note = 大家在这个教室的课堂里发送的文件，课后会出现在这里。
files-room-remove-note = 它会从教室里永久消失，正在进行的课堂里也看不到了。
files-private = 一个私人文件
files-remove-name = 移除 { $name }
files-removing = 正在移除


error-file-changed = 这个文件在发送时被修改或移动了，请重新选择。

# 讲台上的互动课件
activity-controls = 互动课件
activity-frame = 互动课件：{ $name }
activity-draw = 在上面书写
activity-use = 操作课件
activity-again = 重新开始本机的课件
activity-note = 它看不到你的课堂
activity-note-long = 这个互动课件由老师上传，独立运行：它看不到课堂、你的姓名、账号和其他页面。它保存的内容由这里的所有人共享。它可能把输入的内容和你的网络地址告诉它的制作者：来源不明的课件，请不要输入私密信息。
activity-stopped = 这个互动课件在本机已停止：它不断抢占你的键盘输入。
activity-empty = 为所有人重新开始
activity-empty-title = 要为所有人重新开始这个互动课件吗？
activity-empty-note = 所有人的课件中保存的内容都会清除，画在上面的内容会保留。
activity-emptying = 正在清除
activity-emptied = 保存的内容已清除
error-activity-unknown = 这个互动课件已经不在讲台上了。
error-activity-full = 这个互动课件保存的内容超过 { $kilobytes } kB。老师可以为所有人重新开始。
error-activity-busy = 这个互动课件一次发送的内容太多，有些内容没有传出去。
error-activity-entry = 压缩包里没有 index.html。请把课件的网页放在最上层，再重新压缩。

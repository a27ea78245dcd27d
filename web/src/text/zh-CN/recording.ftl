# Recording a class: asking, agreeing, the mark that it goes on, and what cannot be done and why.

recording = 录制
recording-record = 录制
recording-tip = 录制本课堂。会先征求每个人的同意
recording-asking = 征求中
recording-asking-tip = 查看谁已回答，并开始录制
recording-rec = 录制中
recording-paused = 已暂停
recording-mark-on = 本课堂正在录制，{ $time }
recording-mark-paused = 录制已暂停，已录 { $time }
recording-mark-asking = 有人请求录制本课堂
recording-own-all = 你的：{ $kinds }
recording-own-none = 没有录制你的任何内容
recording-own-open = 你还没有回答，没有录制你的任何内容

recording-kind-voice = 声音
recording-kind-camera = 摄像头
recording-kind-screen = 屏幕
recording-kind-chat = 聊天
recording-kind-ink = 笔迹
recording-kind-voice-note = 你说的话
recording-kind-camera-note = 你的画面
recording-kind-screen-note = 你共享的屏幕及其声音
recording-kind-chat-note = 你发给所有人的文字
recording-kind-ink-note = 你在白板上写和画的内容

# Asking, for staff.
recording-ask-title = 录制本课堂
recording-ask-note = 每个人都会被征求意见，没有同意就不会保留任何内容。不同意的人照常上课。
recording-ask-purpose = 用途是什么？
recording-ask-purpose-hint = 每个人回答前都会看到。
recording-ask-purpose-missing = 请写明用途。
recording-ask-suggestions = 建议
recording-ask-suggest-review = 课后回看
recording-ask-suggest-absent = 给今天缺席的同学
recording-ask-suggest-teaching = 改进教学
recording-ask-kinds = 录制哪些内容？
recording-ask-kinds-missing = 至少选择一项。
recording-ask-kept = 保留 { $days } 天，可在教室设置中更改。
recording-ask-own = 你自己呢？
recording-ask-send = 征求同意
recording-ask-sending = 正在发送

recording-card-counts = { $asked } 人中 { $agreed } 人同意{ $declined ->
    [0] {""}
   *[other] ，{ $declined } 人不同意
}{ $open ->
    [0] {""}
   *[other] ，{ $open } 人未回答
}
recording-card-note = 随时可以开始。没有回答的人之后仍可回答，在那之前不会被录制。
recording-card-all = 所有人都已回答。
recording-start = 开始录制
recording-starting = 正在开始
recording-cancel = 不录制
recording-pause = 暂停录制
recording-resume = 继续录制
recording-stop = 停止录制
recording-stop-title = 停止录制？
recording-stop-note = 几秒后即可观看。课堂会继续。
recording-stopping = 正在停止
recording-mark = 在此添加章节
recording-mark-title = 从这里开始新章节
recording-mark-name = 名称
recording-mark-missing = 请写一个名称。
recording-mark-add = 添加
recording-mark-adding = 正在添加
recording-mark-added = 章节“{ $title }”从这里开始。
recording-answers = 谁同意了
recording-answers-title = 每个人的回答
recording-answers-note = 每个人随时可以更改。请不要让任何人解释原因。
recording-answers-not_yet = 未回答
recording-answers-no = 不同意
recording-answers-all = 全部同意
recording-answers-some = 同意：{ $kinds }
recording-answers-seen = 已看到红色标记

# Being asked.
recording-asked-title = 可以录制本课堂吗？
recording-asked-title-on = 本课堂正在录制
recording-asked-who = { $name } 请求录制：{ $purpose }
recording-asked-why = 用途：{ $purpose }
recording-asked-kept = 保留到 { $date }，之后删除。
recording-asked-text = 完整说明
recording-asked-loading = 正在读取说明。
recording-asked-missing = 没有读取到说明，因此暂时无法同意。
recording-asked-kinds = 可以录制你的哪些内容？
recording-asked-no = 如果不同意？你照常上课，声音、画面和画笔都不受影响，不会保留你的任何内容，也不会再问你。
recording-asked-unanswered = 请逐项选择，或一次回答全部。
recording-yes = 同意
recording-no = 不同意
recording-yes-all = 全部同意
recording-no-all = 全部不同意
recording-send = 提交回答
recording-sending = 正在提交
recording-later = 稍后回答
recording-later-note = 你还没有回答，没有录制你的任何内容。
recording-answer = 回答
recording-answer-to = 回答录制请求
recording-answered-yes = 谢谢。随时可以在“更多”中撤回。
recording-answered-no = 不会录制你的任何内容。
recording-answered-some = 只录制你的：{ $kinds }。

# Own answers, later.
recording-mine = 我的录制回答
recording-mine-title = 录制了你的哪些内容
recording-mine-note = 不同意立即生效。之前录制的内容会保留，除非你要求删除。
recording-mine-erase = 同时删除不同意的各项中已录制的内容
recording-mine-erase-note = 删除后无法恢复，录制会重新生成。
recording-mine-save = 保存
recording-mine-saving = 正在保存
recording-mine-saved = 已保存你的回答。
recording-mine-erased = 已删除录制中你的内容。
recording-mine-same = 你的回答没有变化。
recording-mine-link = 保存链接
recording-mine-link-note = 课后无需账号，用它就能撤回同意。请自己保管。
recording-mine-link-copied = 链接已复制，请自己保管。

# Said and shown to everybody.
recording-say-asks = { $name } 请求录制本课堂。
recording-say-on = 录制已开始。
recording-say-on-you = 录制已开始。你回答之前，不会录制你的任何内容。
recording-say-paused = 录制已暂停。
recording-say-resumed = 录制继续。
recording-say-off = 录制已结束。
recording-say-cancelled = 本课堂不录制。
recording-say-ready = 录制可以观看了。
recording-watch = 观看录制
recording-banner-storage = 服务器没有空间了，录制已结束
recording-banner-storage-note = 之前录制的内容已保留，课堂会继续。
recording-banner-restart = 服务器重启时录制已结束
recording-banner-restart-note = 之前录制的内容已保留。
recording-banner-limit = 录制时间过长，已结束
recording-banner-limit-note = 录制的内容已保留。如有需要请重新录制。
recording-again = 重新录制

# Before the door of a class that is recorded.
recording-door-title = 本课堂会被录制
recording-door-note = 同意后才能进入。请先阅读说明。
recording-door-live = 本课堂正在录制
recording-door-live-note = 进入后会征求你的意见，回答之前不会录制你的任何内容。
recording-door-agree = 我同意
recording-door-missing = 请先同意，或者不进入。
recording-door-leave = 不进入
recording-door-enrolled = 本课堂会被录制，你之前已经同意。

# Settings of a room.
recording-settings = 录制
recording-policy = 征求同意的方式
recording-policy-ask = 每次征求每个人
recording-policy-required = 同意才能进入
recording-policy-never = 从不录制
recording-days = 录制保留天数
recording-days-hint = 到期后彻底删除，最多 { $max } 天。
recording-days-fault = 请填 1 到 { $max } 天。
recording-remind = 到期前几天提醒你
recording-members = 名单上的学生和有账号的参与者可以观看

# What to press and know by keyboard.
room-key-record = 录制，或暂停录制
recording-title = ● 录制中 { $title }

# Catching up with what was missed.
recording-catch-up = 补看错过的内容
recording-back-live = 已回到课堂。

error-recording-none = 现在没有在录制。
error-recording-running = 已经在录制了。
error-recording-never = 这个教室不允许录制。
error-recording-encrypted = 本课堂已端到端加密，服务器无法录制。请在自己的设备上录制，或关闭加密。
error-recording-storage = 服务器没有空间录制了，课堂会继续。请联系管理员。
error-recording-busy = 服务器正在录制的课堂太多，请稍后再试。
error-recording-nobody = 还没有人同意。
error-recording-kind = 没有请求录制这一项。
error-recording-chapters = 章节数量已达上限。
error-recording-unknown = 没有这个录制，或者你无权观看。
error-recording-not_ready = 还在生成。
error-recording-changing = 有人的内容被删除，正在重新生成。
error-recording-broken = 录制文件已损坏或被改动，无法播放。
error-recording-held = 因法律原因保留，请先解除。
error-recording-password = 密码不对。
error-recording-expired = 链接已失效。
error-recording-cuts = 剪切范围不正确。
error-recording-limit = 录制时间过长，已结束。
error-recording-share_unknown = 这个链接已不存在。
error-recording-share_limit = 链接太多，请先停用一个。
error-recording-export_unknown = 这个导出已不存在。
error-recording-export_failed = 生成失败，请重试。
error-recording-export_copy = 屏幕画面格式不一，无法直接复制。
error-recording-caption = 这不是 WebVTT 文件。
error-consent-text = 说明已更新，请重新阅读。
error-consent-needed = 本课堂会被录制。请同意，或不进入。
error-consent-not_kept = 你的回答没有保存成功，因此不会录制你的任何内容。
error-consent-unknown = 链接已失效。

# The library of recordings: cards, links to give away, what was seen, cutting, keeping and deleting.

nav-recordings = 录制

library-lead = 经每个人同意录制的课堂，可以随时回看。
library-search = 按名称搜索
library-room = 教室
library-room-all = 全部教室
library-all = 全部录制
library-all-room = 本教室的全部录制
library-none = 还没有录制
library-none-note = 在课堂上按“录制”。会先征求每个人的同意，结束几秒后即可观看。
library-not-found = 没有这个名称的录制。
library-more = 更多录制
library-menu = “{ $title }”的更多操作
library-open = 观看
library-open-name = 观看“{ $title }”
library-agreed = { $people } 人中 { $agreed } 人同意
library-agreed-tip = 同意：{ $kinds }
library-consent-kind = { $kind } { $count }
library-kept = 保留到 { $date }
library-kept-ever = 一直保留，直到有人删除
library-soon = { $days ->
    [0] 今天删除
    [one] 明天删除
   *[other] { $days } 天后删除
}
library-held = 依法保留
library-held-why = 依法保留：{ $why }
library-views = { $count ->
    [0] 还没有人看过
   *[other] 看过 { $count } 次
}
library-shares = { $count } 个链接
library-cut = 有剪掉的部分

library-state-recording = 正在录制
library-state-interrupted = 正在恢复
library-state-processing = 正在生成
library-state-erasing = 有人的内容被删除，正在重新生成
library-state-broken = 已损坏
library-waits-unable = 服务器无法生成可观看的录制，请联系管理员，内容没有丢失。
library-waits-storage = 服务器没有空间了，稍后会重试。
library-waits-again = 暂时没有成功，稍后会重试。
library-progress = { $percent }%
library-news-ready = “{ $title }”可以观看了
library-news-broken = “{ $title }”没有生成成功

library-share = 分享
library-views-open = 谁看过
library-consents = 保存同意记录
library-download = 下载
library-rename = 重命名
library-rename-title = 重命名录制
library-name = 名称
library-name-missing = 请写一个名称。
library-trim = 剪切
library-person = 删除某个人
library-keep = 保留多久
library-hold = 依法保留
library-unhold = 解除依法保留
library-delete = 删除
library-deleting = 正在删除
library-delete-title = 删除“{ $title }”？
library-delete-note = 声音、画面、白板和聊天都会彻底删除，持有链接的人也无法再看。此操作无法撤销。如需同意记录，请先保存。
library-deleted = 已删除“{ $title }”

# Links.
library-share-title = 分享“{ $title }”
library-share-kind = 谁可以观看？
library-share-link = 持有链接的人
library-share-enrolled = 持有链接的本教室学生
library-share-public = 所有人，无需密码
library-share-password = 密码（可不填）
library-share-password-hint = 至少 { $min } 个字符。请用别的方式发送密码。
library-share-password-short = 密码至少需要 { $min } 个字符。
library-share-until = 最后一天（可不填）
library-share-until-past = 最后一天已经过去。
library-share-download = 允许下载
library-share-make = 生成链接
library-share-making = 正在生成
library-share-made = 链接只显示这一次，请复制。
library-share-copy = 复制
library-share-copied = 链接已复制
library-share-copy-failed = 请选中链接手动复制。
library-share-list = 分享链接
library-share-none = 还没有链接。
library-share-made-on = { $date }生成
library-share-with-password = 有密码
library-share-until-on = 到 { $date }
library-share-for-ever = 没有期限
library-share-may-download = 可下载
library-share-end = 停用
library-share-end-name = 停用 { $date }的链接
library-share-ended = 链接已停用，正在用它观看的人也看不到了。
library-share-is-ended = 已停用

# Who watched.
library-views-title = 谁看过“{ $title }”
library-views-none = 还没有人看过。
library-views-watched = 看了 { $time }
library-views-downloaded = 已下载
library-views-exported = 生成了下载文件
library-views-link = 通过链接
library-views-nameless = 持有链接的人

# People.
library-person-title = 从“{ $title }”中删除某个人
library-person-note = 删除后无法恢复，所有人都看不到，混合的声音和白板中也会去掉。删除声音时字幕也会一起删除。录制会重新生成，期间无法观看。
library-person-none = 没有人同意被录制。
library-person-of = 删除谁？
library-person-what = 删除哪些内容？
library-person-missing = 请选择要删除的内容。
library-person-remove = 删除
library-person-removing = 正在删除
library-person-removed = 正在删除 { $name } 的内容，录制会重新生成。

# How long.
library-keep-title = “{ $title }”保留多久
library-keep-until = 保留到这一天
library-keep-ever = 一直保留，直到有人删除
library-keep-save = 保存
library-keep-saving = 正在保存
library-keep-saved = 已保存
library-keep-missing = 请选择明天以后、十年以内的一天。
library-hold-title = 依法保留“{ $title }”
library-hold-note = 解除之前，任何人都无法删除，也不会到期。
library-hold-why = 原因是什么？
library-hold-missing = 请写明保留的原因。
library-hold-set = 保留
library-hold-done = 已保留。
library-hold-lifted = 已解除依法保留。

# Cutting.
library-cut-title = 剪切“{ $title }”
library-cut-note = 剪掉的部分只有你能看到，随时可以恢复。剪切处之后，画面最多可能静止 10 秒。
library-cut-start = 从这里开始
library-cut-end = 到这里结束
library-cut-out = 剪掉
library-cut-edge = 首尾
library-cut-from = 从
library-cut-to = 到
library-cut-add = 剪掉一段
library-cut-remove = 恢复 { $from } 到 { $to }
library-cut-time-fault = 时间请写成 1:05 或 0:12:30，前面的时间要早于后面的。
library-cut-limit = 最多 { $max } 段。
library-cut-left = 共 { $whole }，保留 { $left }
library-cut-all = 全部恢复
library-cut-save = 保存
library-cut-saving = 正在保存
library-cut-saved = 剪切已保存，其他人现在看到的就是这样。
library-cut-preview = 以其他人的角度观看

# Pages of their own.
library-watch-title = 录制
library-watch-back = 返回录制列表
library-watch-again = 重试
library-shared-title = 录制的课堂
library-shared-open = 观看
library-shared-enrolled = 这个链接只给本教室的学生。请先打开你自己的课堂链接，再打开这个链接。
library-shared-gone = 这里没有可看的内容
library-shared-gone-note = 链接已失效，或者写错了。请联系发送链接的人。
library-consent-title = 录制了你的哪些内容
library-consent-of = { $title }，{ $date }
library-consent-name = 录制中的名字：{ $name }
library-consent-none = 这个录制中没有你的内容。
library-consent-is = 录制中有你的：
library-consent-kept = 录制保留到 { $date }。
library-consent-kept-ever = 录制会一直保留，直到有人删除。
library-consent-take = 撤回并删除
library-consent-take-note = 你选择的内容会彻底删除，所有人都看不到，之后也不再录制。
library-consent-choose = 删除哪些内容？
library-consent-missing = 请选择要删除的内容。
library-consent-taking = 正在删除
library-consent-taken = 正在删除，录制会重新生成。
library-consent-sure = 彻底删除{ $kinds }？
library-consent-gone = 链接已失效
library-consent-gone-note = 录制可能已被删除，其中不再有你的任何内容。

# The first page.
library-recent = 录制
library-soon-title = { $count } 个录制即将删除
library-soon-note = { $title }，{ $date }
library-soon-open = 查看
library-report = 观看录制

# Files to take away.
library-files-title = 下载“{ $title }”
library-files-film = 影片，720p
library-files-film-note = MP4：主画面、发言的人和全部声音
library-files-film-large = 影片，1080p
library-files-film-large-note = MP4，适合大屏幕
library-files-screen = 原样的屏幕
library-files-screen-note = MP4：未经改动的共享屏幕和全部声音
library-files-sound = 只有声音
library-files-sound-note = M4A，一个文件
library-files-data = 数据
library-files-data-note = ZIP：事件、聊天、投票、成员
library-files-boards = 白板的 PDF 在播放页面中。
library-files-make = 生成
library-files-take = 保存
library-files-waiting = 等待处理
library-files-making = 已生成 { $percent }%
library-files-left = 已生成 { $percent }%，大约还要 { $minutes } 分钟
library-files-stop = 停止生成：{ $name }
library-files-drop = 删除文件：{ $name }
library-captions = 字幕
library-captions-title = “{ $title }”的字幕
library-captions-none = 还没有字幕。
library-captions-language = 文件的语言
library-captions-choose = 选择 WebVTT 文件
library-captions-sending = 正在上传
library-captions-note = 最多 512 kB，每种语言一个文件，新的会替换旧的。
library-captions-added = 字幕已添加，可在播放页面使用。
library-captions-drop = 删除字幕：{ $name }

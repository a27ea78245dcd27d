# 服务器与客户端每个固定代码各一句：先说发生了什么，再说怎么办。

error-unknown = 出了一个还没有名字的问题（{ $code }）。请再试一次。

error-network-offline = 服务器没有回应。检查网络后再试一次。
error-network-timeout = 服务器回应太慢。检查网络后再试一次。

error-wire-away = 与课堂的连接断了，恢复后再试一次。
error-wire-timeout = 课堂回应太慢。检查网络后再试一次。

error-server-error = 服务器出错了。请再试一次；如果一直这样，请告诉网站管理员。
error-server-error-with-id = 服务器出错了。请再试一次；如果一直这样，请把编号 { $id } 告诉网站管理员。
error-server-closing = 服务器即将重启，稍后你会自动回来。
error-server-busy = 服务器现在太忙了，一分钟后再试。

error-body-too_large = 一次发送的内容太多了，请缩短一些。
error-body-malformed = 服务器读不懂收到的内容。刷新页面后再试一次。
error-body-not_json = 服务器读不懂收到的内容。刷新页面后再试一次。
error-body-slow = 发送太慢了。检查网络后再试一次。

error-request-malformed = 服务器读不懂收到的内容。刷新页面后再试一次。

error-path-unknown = 这个地址已经没有内容了。

error-method-not_allowed = 这个页面和服务器版本不一致，请刷新页面。

error-rate-limited = 操作太频繁了，稍等片刻再试。

error-csrf-invalid = 这个页面打开太久了，刷新后再试一次。

error-session-unknown = 这台设备之前已经退出了。
error-session-required = 你已退出登录，登录后再试一次。

error-account-wrong_password = 邮箱和密码不匹配。
error-account-email_taken = 这个邮箱已经有账号了，直接登录即可。
error-account-weak_password = 密码需要 { $min } 到 256 个字符，并且不能全是同一个字符。
error-account-sign_up_closed = 这里暂不开放注册，请联系网站管理员。
error-account-invalid_email = 这看起来不是邮箱地址。

error-name-empty = 写下你的名字，让别人认识你。
error-name-long = 名字太长了，最多 { $max } 个字符。

error-setup-token_invalid = 这个初始链接已经失效。没有账号时，服务器启动会给出新的链接。

error-room-unknown = 没有使用这个课堂码的课堂。请和发链接的人核对一下。
error-room-ended = 课堂已经结束。
error-room-full = 课堂已满，有人离开后你就可以进入。
error-room-not_joined = 你还没有进入课堂，请刷新页面。

error-title-empty = 给教室起个名字，让学生知道自己在哪里。
error-title-long = 教室名称太长了，最多 { $max } 个字符。

error-seat-expired = 你的座位保留过一段时间，现在已经过期。请重新进入。
error-seat-forged = 这个座位不是你的。请填写名字重新进入。
error-seat-taken = 你已经在另一个标签页进入了这个课堂。
error-seat-replaced = 你在另一个标签页继续上课，这一页已停止。
error-seat-away = 你的座位还保留着，但这一页没有连上，正在自动重试。
error-seat-not_taken = 你还没有进入课堂，请刷新页面。

error-message-unknown = 这个页面和服务器版本不一致，请刷新页面。
error-message-malformed = 服务器读不懂收到的内容。刷新页面后再试一次。

error-right-missing = 你在这个课堂里不能这样做。

error-stage-taken = 老师正在展示内容，结束后你就可以共享。

error-chat-empty = 先写点什么。
error-chat-muted = 老师让你在聊天中禁言。
error-lock-microphone = 麦克风已锁定。举手后老师可以请你上台。
error-lock-camera = 老师锁定了摄像头。
error-lock-share = 现在只有老师可以共享。想展示就举手。
error-lock-chat = 聊天已锁定。你仍可以写给老师。
error-lock-whisper = 同学之间的私聊已关闭。你可以写给老师。
error-lock-files = 现在不能发送文件。可以请老师开放。
error-lock-hands = 暂时不接受举手。请先听，稍后再试。
error-lock-reactions = 老师暂时关闭了表情回应。

error-media-unavailable = 声音和画面正在重启，几秒后恢复。
error-media-fault = 声音和画面出了故障，正在重新启动。

error-consumer-exists = 这一路内容你已经在看了。看不到画面就刷新页面。
error-consumer-limit = 同时显示的内容不能更多了。
error-consumer-unknown = 你观看的内容已经结束。

error-dtls-fingerprint = 声音和画面没能加密，请刷新页面。
error-dtls-parameters = 声音和画面没能加密，请刷新页面。
error-dtls-role = 声音和画面没能加密，请刷新页面。

error-endpoint-router = 声音和画面正在转移，几秒后恢复。
error-endpoint-unknown = 声音和画面需要重新启动，如果没有恢复就刷新页面。

error-producer-exists = 这一路内容你已经在发送了。
error-producer-kind_mismatch = 这个设备给出的内容不对，请换一个。
error-producer-limit = 一个人同时发送的内容不能更多了。
error-producer-unknown = 你发送的内容已经结束。

error-protocol-mismatch = 这个页面比服务器旧，请刷新页面。

error-router-other = 声音和画面正在转移，几秒后恢复。
error-router-unknown = 声音和画面正在重启，几秒后恢复。

error-rtp-parameters = 声音和画面没能启动，请刷新页面。
error-rtp-unsupported_codec = 这个浏览器无法与课堂互通声音和画面。请使用新版 Chrome、Edge、Firefox 或 Safari。

error-source-unknown = 你发送的内容已经结束。

error-transport-closed = 传输声音和画面的通道断了，正在重新建立。
error-transport-connected = 声音和画面已经连接。
error-transport-limit = 打开的通道太多了，请刷新页面。
error-transport-unknown = 传输声音和画面的通道断了，正在重新建立。

error-pen-missing = 你现在不能在这里书写，可以向老师要画笔。
error-pen-fixed = { $name } 的画笔由身份决定，不能更改。

error-participant-unknown = 这个人已经不在课堂里了。

error-page-unknown = 白板上已经没有这一页了，请选择其他页。
error-page-gone = 这一页被清空或移除了。请选择其他页，或重新打开。
error-page-reopening = 这一页正在重新加载，最后几笔没有保留，请重新画一遍。
error-page-last = 白板至少要有一页，可以改为清空这一页。
error-page-limit = 白板已满，最多 { $max } 页。请移除不需要的页。
error-page-size = 页面的宽和高须在 { $min } 到 { $max } 之间，请换一个尺寸。
error-page-name_long = 页面名称太长了，最多 { $max } 个字符。
error-page-not_cleared = 这一页没有可以恢复的内容。
error-page-exists = 这一页已经在了。
error-page-locked = 这一页已锁定，老师可以解锁。
error-page-full = 这一页已经写满，请换一页继续。

error-item-foreign = 这是别人画的。如果需要修改，请问老师。

error-asset-large = 图片太大了，最多 { $megabytes } MB、{ $megapixels } 百万像素。请缩小后再试一次。
error-asset-type = 白板不能显示这种文件，请使用 PNG、JPEG、WebP 或 GIF 图片。
error-asset-broken = 图片已损坏，请重新保存后再试一次。
error-asset-limit = 白板的图片已满（最多 { $max } 张或 { $megabytes } MB）。新图片请放到另一个教室。
error-asset-share = 你放到这块白板上的图片已达每人上限（{ $max } 张或 { $megabytes } MB）。
error-asset-unknown = 这张图片已经不在了，请重新插入。

error-storage-full = 服务器空间已满，请告诉网站管理员。

error-board-not_saved = 白板内容暂时无法保存。请不要关闭这一页，正在自动重试。
error-board-saved = 白板内容已全部保存。
error-board-unavailable = 白板暂时打不开，正在自动重试。
error-board-slow = 你的网络太慢，跟不上白板，正在自动重新连接。

error-file-large = 文件太大，白板放不下。
error-file-malformed = 这不是白板文件，或者文件已损坏。请换一个。
error-file-version = 这个白板文件来自更新的版本，请刷新页面后再试一次。

error-ticket-unknown = 白板没能及时打开，正在自动重试。
error-seat-gone = 你已经不在课堂里，白板已关闭。请重新进入。
error-channel-limit = 同时打开的页太多了，请关闭一页后再试。
error-channel-taken = 这一页打不开，请刷新页面。
error-client-taken = 这一页没能打开，正在自动重新打开。
error-frame-large = 一次放到白板上的内容太多了，请缩小一些。
error-frame-malformed = 这个页面和服务器版本不一致，请刷新页面。

# 正常的页面不会出现：白板不接受这样的修改，并重新加载这一页。
error-author-forged = 白板没有接受最后的修改，已重新加载，请重新画一遍。
error-client-foreign = 白板没有接受最后的修改，已重新加载，请重新画一遍。
error-delete-unknown = 白板没有接受最后的修改，已重新加载，请重新画一遍。
error-schema-root = 白板没有接受最后的修改，已重新加载，请重新画一遍。
error-schema-type = 白板没有接受最后的修改，已重新加载，请重新画一遍。
error-schema-value = 白板没有接受最后的修改，已重新加载，请重新画一遍。
error-update-gap = 白板没有接受最后的修改，已重新加载，请重新画一遍。
error-update-large = 最后的修改太大，白板放不下。请缩小后再试一次。
error-update-malformed = 白板没有接受最后的修改，已重新加载，请重新画一遍。
error-update-trailing = 白板没有接受最后的修改，已重新加载，请重新画一遍。

error-file-empty = 这个文件是空的，请换一个。
error-file-size = 文件最大 { $megabytes } MB。请压缩，或者分开发送。
error-file-type = 这里不能发送这种文件。可以试试 PDF，或者打包成 zip。
error-file-bomb = 这个文件解开后太大，没有接收。
error-file-broken = 这个文件已损坏。请在设备上打开后重新保存。
error-file-infected = 病毒扫描拦下了这个文件。
error-file-not_scanned = 文件无法检查，没有接收。请稍后再试。
error-file-limit = 这个教室没有空间放更多文件了。老师可以删除一些，教室主人也可以在“教室”页面删除。
error-file-share = 你在这节课的文件空间用完了。请先删除自己的一些文件。
error-file-unknown = 这个文件已经不在了。
error-upload-offset = 从中断处继续发送。
error-upload-busy = 这个文件正在发送，请稍等。

# 网络：自己的，以及老师看到的每个人的。
net-is-good = 良好
net-is-weak = 较弱
net-is-poor = 很差
net-is-unknown = 未知
net-is-away = 已断开
net-quality-good = 网络良好
net-quality-weak = 网络较弱
net-quality-poor = 网络很差
net-quality-unknown = 网络情况未知
net-quality-away = 已断开，正在重新连接
net-button = 网络：{ $word }。查看详情
net-own = 你的网络
net-of = { $name } 的网络
net-details-of = { $name } 的网络：{ $word }。查看详情

# 一句话说明少了什么。
net-between = {""}
net-short-screen-frames = 网络较弱：优先看清文字。
net-short-screen-frames-note = 屏幕保持清晰，帧数减少。
net-short-screen-size = 网络较弱：屏幕画面缩小。
net-short-screen-size-note = 清晰度有所降低，会自动恢复。
net-short-screen-off = 网络较弱：屏幕已暂停。
net-short-screen-off-note = 声音不受影响，画面会自动恢复。
net-short-cameras-off = 网络较弱：声音优先。
net-short-cameras-off-note = 部分摄像头已暂停，保证每句话都听得清。
net-short-cameras-off-more = 部分摄像头已暂停。
net-short-cameras-size = 网络较弱：摄像头画面缩小。
net-short-cameras-size-note = 声音和屏幕不受影响。
net-short-cameras-size-more = 部分摄像头画面缩小。
net-first = 网络较弱：声音优先。
net-first-down-note = 你能听到每句话，只是稍晚一点。
net-first-up-note = 大家能听到你的每句话，只是稍晚一点。
net-first-both-note = 每句话都会到达，只是稍晚一点。
net-tag-first = 声音优先
net-camera-held = 网络较弱，别人暂时看不到你的摄像头。
net-camera-held-note = 你的声音不受影响，摄像头会自动恢复。
net-camera-insist = 仍然发送
net-tile-paused = 网络弱，已暂停
net-tile-paused-short = 已暂停
net-tile-small = 网络较弱：画面缩小

# 通路。
net-tag-tcp = TCP
net-tag-relay = 中转
net-way-tcp = 你的网络拦截了快速通道（UDP）。课堂改走 TCP，声音可能略有延迟。
net-way-relay = 你的网络只能经中转进入课堂，声音可能略有延迟。

# 数据。丢失按发送量计算。
net-fact-trip = 往返时间
net-fact-lost = 途中丢失
net-fact-lost-there = 去程丢失
net-fact-lost-here = 回程丢失
net-fact-room = 可接收
net-fact-sends = 发送
net-fact-way = 连接方式
net-fact-way-direct = 直连（UDP）
net-fact-way-udp = 直连（UDP）
net-fact-way-tcp = TCP
net-fact-way-relay = 中转
net-none = 未知

# 对某个人的判断，用带数字的话说。
net-finds-good = 一切正常：往返 { $trip }。
net-finds-plain = 一切正常。
net-finds-lost-there = 丢失我们发出的 { $loss }。
net-finds-lost-here = 对方发出的有 { $loss } 没有到达。
net-finds-trip = 往返 { $trip }：对方听到时已晚。
net-finds-room = 对方的网络只能容纳 { $rate }。
net-finds-tcp = 对方的网络拦截了快速通道（UDP），目前走 TCP。
net-finds-away = 已断开，正在重新连接，座位会保留。
net-finds-unknown = 还没有数据。进入课堂几秒后就会有。
net-own-lost = 途中丢失 { $loss }。
net-own-trip = 往返 { $trip }：彼此听到时已晚。
net-own-room = 你的网络目前只能容纳 { $rate }。

net-reduced = 为保住声音而减少
net-reduced-none = 没有减少任何内容。
net-reduced-screen-frames = { $name } 的屏幕：帧数减少，依然清晰
net-reduced-screen-size = { $name } 的屏幕：画面缩小
net-reduced-screen-off = { $name } 的屏幕：已暂停
net-reduced-cameras-off = { $count } 个摄像头已暂停：{ $names }
net-reduced-cameras-size = { $count } 个摄像头画面缩小：{ $names }
net-reduced-cameras-frames = { $count } 个摄像头帧数减少：{ $names }

net-done = 为保证每句话都到达，已采取
net-done-sound-there = 课堂的声音向对方重复发送
net-done-sound-here = 对方的声音重复发送
net-done-wait = 对方稍晚听到，但一句不漏
net-done-small = 摄像头以最小画面发给对方
net-done-pictures = 丢失的画面立即重发
net-done-opus = 对方的声音占用更少带宽
net-done-camera_small = 对方的摄像头以小画面发送
net-done-camera_off = 对方的摄像头暂不发送，先保住声音
net-own-done-sound = 每句话都重复发送
net-own-done-wait = 你会晚 { $delay } 听到别人，但一句不漏
net-own-done-camera_small = 你的摄像头以小画面发送
net-own-done-camera_off = 别人暂时看不到你的摄像头

net-names-comma = 、
net-names-more = { $names } 等

net-advice-camera = 请对方关掉摄像头，把带宽留给声音和屏幕。
net-advice-wifi = 请对方靠近路由器或改用网线，并停止下载。
net-advice-wait = 提问后多等片刻。
net-advice-network = 换一个网络会更快，比如手机热点。
net-advice-own-camera = 关掉摄像头，把带宽留给声音和屏幕。
net-advice-own-camera-off = 关闭摄像头
net-advice-own-wifi = 靠近路由器或改用网线，并停止下载。

net-note-weak = 网络较弱
net-note-poor = 网络很差
net-note-first = 网络较弱：声音优先
net-summary = 网络
net-summary-good = { $count } 人良好
net-summary-weak = { $count } 人较弱
net-summary-poor = { $count } 人很差
net-summary-unknown = { $count } 人未知
net-summary-wait = 正在了解大家的网络

# 画廊翻页。
room-faces-pages = 画面翻页
room-faces-span = 第 { $first }–{ $last } 人，共 { $count } 人
room-faces-next = 下一页
room-faces-previous = 上一页
room-key-page = 画面翻页

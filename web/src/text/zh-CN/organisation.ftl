# 接受预约的机构：成员、用语、文本、规则、查阅记录。

error-organisation-unknown = 不存在，或不属于你。
error-organisation-slug = 这个地址已被使用，请换一个。
error-organisation-limit = 最多 { $max } 个。
error-member-unknown = 团队中没有这个人。
error-member-last = 至少要有一位管理员，请先把这个角色交给别人。
error-member-invite = 邀请已失效，请让对方重新发一个。

org-tab-people = 成员
org-tab-texts = 名称与文字
org-tab-intake = 问题
org-tab-forms = 需签署
org-tab-rules = 规则
org-tab-audit = 查阅记录
org-save = 保存
org-saving = 正在保存…
org-saved = 已保存。

org-begin = 开始接受预约
org-beginning = 请稍等…
org-begun = 现在可以接受预约了，你的页面已准备好。
org-begin-note = 回答三个问题，别人就能向你预约。以后都可以修改。
org-begin-what = 你提供什么？
org-begin-when = 什么时候可以来？
org-begin-where = 你在哪里？
org-vertical = 工作领域
org-vertical-general = 其他
org-vertical-education = 教学
org-vertical-health = 医疗
org-vertical-psychology = 心理咨询
org-first-offer = 可以预约什么
org-first-offer-general = 预约
org-first-offer-education = 一对一课程
org-first-offer-health = 视频就诊
org-first-offer-psychology = 初次咨询
org-length = 时长
org-minutes = { $count } 分钟
org-from = 从
org-to = 到
org-zone = 时区
org-name = 名称
org-name-hint = 你自己的名字，或机构、学校的名称。会显示在预约页面上。

org-people-note = 管理员可以查看全部内容。前台可以预约、请人进来和收款，看不到笔记和私密回答。咨询人员只能看到自己的来访者。
org-role = 权限
org-role-of = { $name } 的权限
org-role-admin = 管理员
org-role-reception = 前台
org-role-counsellor = 咨询人员
org-role-admin-note = 所有成员、日历、款项和文本。
org-role-reception-note = 为所有人预约、请人进来；看不到笔记和私密回答。
org-role-counsellor-note = 自己的日历和自己的来访者。
org-you = { $name }（你）
org-invite = 邀请成员
org-invite-note = 你会得到一个链接，可以发给对方。链接 14 天内有效，只能用一次；打开的人需要有账号。
org-invite-name = 邀请谁
org-invite-make = 生成链接
org-inviting = 正在生成链接…
org-invite-copy = 复制链接
org-invite-drop = 撤回对 { $name } 的邀请
org-invited = 已邀请
org-invited-until = 有效期至 { $day }
org-remove = 移除
org-removing = 正在移除…
org-remove-name = 移除 { $name }
org-remove-title = 要把 { $name } 移出团队吗？
org-remove-note = 所有权限立即失效。已约好的预约保留。
org-leave = 退出团队
org-leave-title = 要退出这个团队吗？

org-invited-title = 你收到了邀请
org-invited-by = { $name } 邀请你加入团队。
org-invited-accept = 加入
org-invited-accepting = 请稍等…
org-invited-sign-in = 请先登录或注册账号，然后再打开这个链接。

org-page = 预约页面
org-page-copy = 复制地址
org-slug = 页面地址
org-slug-hint = 小写字母、数字和短横线。旧地址的链接将失效。
org-locale = 语言
org-locale-en = English
org-locale-zh-CN = 中文
org-about = 页面上的介绍
org-about-hint = 用几句话介绍你自己，以及来访者可以期待什么。
org-address = 收据上的名称和地址
org-words = 用语
org-words-note = 你怎样称呼人和会谈。留空则使用该领域的用语。
org-word-client = 来的人（单数）
org-word-clients = 来的人（复数）
org-word-host = 接待的人（单数）
org-word-hosts = 接待的人（复数）
org-word-talk = 会谈（单数）
org-word-talks = 会谈（复数）

org-intake-note = 新项目默认带有这些问题，每个项目也可以有自己的问题。
org-intake-empty = 没有要回答的问题。
org-intake-add = 添加问题
org-intake-label = 问题
org-intake-kind = 回答方式
org-intake-kind-text = 一行文字
org-intake-kind-long = 多行文字
org-intake-kind-choice = 单选
org-intake-kind-several = 多选
org-intake-kind-number = 数字
org-intake-kind-date = 日期
org-intake-kind-yes_no = 是或否
org-intake-choices = 选项，每行一个
org-intake-help = 问题下方的说明
org-intake-required = 必须回答
org-intake-private = 前台看不到回答
org-intake-up = 把“{ $label }”上移
org-intake-down = 把“{ $label }”下移
org-intake-remove = 删除“{ $label }”

org-forms-note = 会谈前需要签署的文本。每个项目可以选择需要哪些。
org-forms-empty = 没有需要签署的文本
org-forms-empty-note = 先写一份文本，再在项目里选用。修改后就是新版本，需要重新签署。
org-form-new = 新建文本
org-form-change = 修改文本
org-form-change-note = 这将成为新版本。签过旧版本的人在下次会谈前需要重新签署。
org-form-version = 第 { $number } 版，自 { $day }
org-form-on = 可以使用
org-form-title = 标题
org-form-text = 正文

org-terms-hours = 开始前多少小时以内不能自行改期或取消
org-terms-moves = 最多可以改期几次
org-refund = 取消时退还多少
org-refund-hours = 提前小时数
org-refund-percent = 退还百分比
org-refund-add = 再加一档
org-refund-remove = 移除
org-refund-remove-name = 移除第 { $number } 档
org-refund-until = { $hours ->
    [0] 开始之前取消，退还 { $percent }%。
   *[other] 提前 { $hours } 小时以上取消，退还 { $percent }%。
 }
org-refund-then = { $hours ->
    [0] 再晚但在开始之前取消，退还 { $percent }%。
   *[other] 再晚但仍提前 { $hours } 小时以上取消，退还 { $percent }%。
 }
org-refund-later = 更晚取消则不退款。
org-refund-nothing = 取消不退款。
org-refund-wrong = 退款规则：请填写整数，小时不超过 1440，百分比不超过 100，每个小时数只出现一次；取消得越晚，退得越少。
org-refund-note = 由你方取消时全额退还。每个服务也可以有自己的规则。
org-confirms = 预约是否需要邮件确认？
org-confirms-off = 不需要
org-confirms-unknown = 新邮箱需要
org-confirms-always = 都需要
org-recording = 会谈录制
org-notes-months = 笔记保留几个月
org-notes-months-hint = 0 表示一直保留，直到有人删除。
org-rules-number = 请填写整数：小时不超过 1440，改期不超过 50 次，月数不超过 600。
org-switch-reception_reads_intake = 前台也能看到私密回答
org-switch-admins_read_notes = 管理员可以阅读所有人的笔记
org-switch-notes_in_export = 导出个人资料时包含关于此人的笔记
org-switch-keeps_invoice_names = 删除个人资料后，账单上保留姓名（税务可能要求）
org-switch-missed_is_charged = 未到也要付款

org-audit-note = 每次查阅个人资料、笔记和文件都会记录，保留三年。
org-audit-empty = 还没有查阅记录
org-audit-table = 导出表格
org-audit-whom = 查看此人
org-opened-client-see = 查看了一位来访者
org-opened-client-history = 查看了一位来访者的文件、录制和同意记录
org-opened-client-change = 修改了一位来访者的资料
org-opened-client-hand-over = 转交了一位来访者
org-opened-client-export = 导出了一位来访者的资料
org-opened-client-erase = 删除了一位来访者的资料
org-opened-notes-read = 阅读了笔记
org-opened-notes-remove = 删除了一条笔记
org-opened-members-change = 修改了团队
org-opened-organisation-change = 修改了机构设置
org-opened-forms-change = 修改了需签署的文本
org-opened-files-read = 打开了文件

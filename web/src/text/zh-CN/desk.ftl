# 与预约有关的各个页面
nav-appointments = 预约
desk-week = 周历
desk-queue = 等候列表
desk-clients = 来访者
desk-offers = 项目
desk-money = 收款
desk-talks = 统计
desk-letters = 邮件
desk-organisation = 机构
desk-wait = 等候室

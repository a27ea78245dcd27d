# 上过的课和课堂报告。

error-lesson-unknown = 这里没有这节课。它已随教室一起删除，或者属于别人。

# 讲台上的课件
present-coming = 这一页马上就到
present-gone = 这份课件已被删除。写在上面的内容仍然保留。

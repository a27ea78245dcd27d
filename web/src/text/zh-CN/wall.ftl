error-page-reserved = 这一页属于某个小组或学生。

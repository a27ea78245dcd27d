# 同步播放的影片和声音
error-film-unknown = 这段影片已经不在讲台上了。

"""The live board on real sockets: its door, its tickets, its pages in the store.

`live_board.LiveBoard` drives one `whiteboard.board.Board`; a live room owns one. Who may come in
is asked of the room through `door.Admit`, so nothing here knows rooms or signalling.
"""

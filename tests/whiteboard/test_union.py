"""An earlier epoch of a page and what was drawn since, when somebody tells two stories under one
client id: the earlier page comes back whole, and the page is never lost.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.boards import (
    ANN,
    BEN,
    TUTOR,
    Class,
    contents,
    item_id,
    note,
    stroke,
    text_bytes,
    value_struct,
    write_update,
)
from whiteboard.ids import AuthorId, PageDocId
from whiteboard.page import Page, copy_pages
from whiteboard.update import Struct

EARLIER, LATER, UNION = (PageDocId.parse(f"board/page/{epoch}") for epoch in range(3))
OWNERS = {7: ANN, 8: ANN, 9: BEN, 100: BEN, 101: BEN}
TEXT = Struct(0, 1, 7, parent="tx", key=item_id(100, 1), content=b"\x02")
PATCH: Any = {"z": "a1"}


def page_with(doc_id: PageDocId, owners: dict[int, AuthorId], *updates: Any) -> Page:
    """Each update is one client's structs and what is deleted."""
    page = Page(doc_id)
    for client, author in owners.items():
        page.bind(client, author)
    for client, structs, deletes in updates:
        update = write_update({client: structs} if structs else {}, deletes)
        assert page.receive(update, author=owners[client], client_id=client, pen="own")
    return page


def drawn(client: int, by: AuthorId, number: int = 1, **changed: Any) -> Any:
    item = item_id(client, number)
    return client, [value_struct(number - 1, "el", item, stroke(by, **changed))], {}


STORIES: dict[str, list[Any]] = {
    "words instead of an item": [
        (100, [TEXT], {}),
        (101, [Struct(0, 2, 4, parent=(100, 0), content=text_bytes("hi"))], {}),
    ],
    "another stroke": [drawn(100, BEN, w=9)],
    "an erased other place": [
        (100, [value_struct(0, "tf", item_id(100, 1), PATCH)], {}),
        (100, [], {100: [(0, 1)]}),
    ],
}


@pytest.mark.parametrize("story", STORIES)
def test_the_earlier_story_counts(story: str) -> None:
    earlier = page_with(EARLIER, OWNERS, drawn(7, ANN), drawn(100, BEN))
    honest = drawn(9, BEN)
    later = page_with(LATER, OWNERS, *STORIES[story], honest)
    union = copy_pages(UNION, [earlier, later])
    assert union.items() == {**earlier.items(), item_id(9, 1): stroke(BEN)}
    assert contents(union)["tx"] == {}
    assert contents(copy_pages(UNION, [earlier, union])) == contents(union)
    # And everybody works on.
    update = write_update({9: drawn(9, BEN, 2)[1]})
    assert union.receive(update, author=BEN, client_id=9, pen="own")


def test_a_patch_never_becomes_an_element() -> None:
    item = item_id(100, 1)
    earlier = page_with(EARLIER, OWNERS, drawn(100, BEN))
    after = Struct(0, 1, 8, origin=(100, 0), content=patch_bytes())
    later = page_with(
        LATER, OWNERS, (100, [value_struct(0, "tf", item, PATCH)], {}), (101, [after], {})
    )
    union = copy_pages(UNION, [earlier, later])
    assert contents(union) == {"el": {item: stroke(BEN)}, "tf": {}, "tx": {}}


def patch_bytes() -> bytes:
    content = value_struct(0, "tf", None, PATCH).content
    assert isinstance(content, bytes)
    return content


def test_one_client_id_of_two_authors_is_the_earlier_ones() -> None:
    earlier = page_with(EARLIER, {7: ANN}, drawn(7, ANN))
    later = page_with(LATER, {7: BEN, 9: BEN}, drawn(7, BEN), drawn(9, BEN))
    union = copy_pages(UNION, [earlier, later])
    assert union.items() == {item_id(7, 1): stroke(ANN), item_id(9, 1): stroke(BEN)}
    assert union.bound == {7: ANN, 9: BEN}


def test_a_binding_that_never_wrote_takes_nothing_from_who_did() -> None:
    earlier = page_with(EARLIER, {7: ANN, 8: ANN}, drawn(8, ANN))
    later = page_with(LATER, {7: BEN}, drawn(7, BEN))
    union = copy_pages(UNION, [earlier, later])
    assert union.items() == {**earlier.items(), **later.items()}
    assert union.bound == {7: BEN, 8: ANN}


def test_an_item_whose_owner_is_another_in_the_union_goes() -> None:
    earlier = page_with(EARLIER, {7: ANN}, drawn(7, ANN))
    item = item_id(7, 5)
    bens: Any = (9, [value_struct(0, "el", item, stroke(BEN))], {})
    later = page_with(LATER, {7: BEN, 9: BEN}, bens, drawn(9, BEN, 2))
    union = copy_pages(UNION, [earlier, later])
    assert union.items() == {item_id(7, 1): stroke(ANN), item_id(9, 2): stroke(BEN)}


def test_an_honest_history_goes_on_in_either(lesson: Class) -> None:
    """Words and items, cut, erased and moved after the copy was made, are one history."""
    ann, tutor = lesson.join(ANN), lesson.join(TUTOR, pen="all")
    item, line = ann.new_id(), ann.new_id()
    made: Any = [["set", "el", item, note(ANN)], ["set_type", "tx", item, "text", "one 🙂 two"]]
    lesson.send(ann, ann.edit(*made))
    lesson.send(ann, ann.edit(["set", "el", line, stroke(ANN)]))
    earlier = copy_pages(EARLIER, [lesson.page])
    lesson.send(tutor, tutor.edit(["type", item, 2, "🙂"], ["erase", item, 5, 3]))
    lesson.send(ann, ann.edit(["set", "tf", line, {"z": "b"}], ["type", item, 0, "<"]))
    lesson.send(ann, ann.edit(["delete", "el", line]))
    seen = contents(lesson.page)
    for sources in ([earlier, lesson.page], [lesson.page, earlier]):
        union = copy_pages(UNION, sources)
        assert contents(union) == seen
    assert contents(copy_pages(UNION, [])) == {"el": {}, "tf": {}, "tx": {}}

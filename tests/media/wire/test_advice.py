"""The word of advice, with the vectors the client is tested with too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import LocalError
from media.wire.advice import MAX_BUFFER_MS, Advice, pack_advice, read_advice
from tests.support.packets import corpus_json, uint32

CORPUS = corpus_json("advice.json")
steps = st.integers(0, 15).map(lambda count: count * 50)
two_bits = st.integers(0, 3)
advices = st.builds(
    Advice, st.integers(0, 31), steps, steps, *(two_bits,) * 3, *(st.booleans(),) * 2
)


@pytest.mark.parametrize("vector", CORPUS["words"], ids=lambda vector: str(vector["word"]))
def test_words_of_the_corpus(vector: dict[str, int]) -> None:
    word = vector.pop("word")
    assert pack_advice(Advice(**vector)) == word
    assert read_advice(word) == Advice(**vector)
    vector["word"] = word


@pytest.mark.parametrize("word", CORPUS["no_words"])
def test_other_sources_are_no_advice(word: int) -> None:
    assert read_advice(word) is None


@given(advices)
def test_what_is_packed_is_read(advice: Advice) -> None:
    assert read_advice(pack_advice(advice)) == advice


@given(advices, st.integers(0, 31))
def test_one_wrong_bit_is_seen(advice: Advice, bit: int) -> None:
    assert read_advice(pack_advice(advice) ^ 1 << bit) is None


@given(uint32)
def test_any_source_can_be_read(source: int) -> None:
    advice = read_advice(source)
    assert advice is None or pack_advice(advice) == source


def test_buffers_are_whole_steps_a_word_can_say() -> None:
    seen = read_advice(pack_advice(Advice(sound_buffer_ms=301, picture_buffer_ms=9000)))
    assert seen == Advice(sound_buffer_ms=350, picture_buffer_ms=MAX_BUFFER_MS)


@pytest.mark.parametrize("wrong", [Advice(depth=32), Advice(down=4), Advice(opus=-1)])
def test_what_cannot_be_said_is_our_mistake(wrong: Advice) -> None:
    with pytest.raises(LocalError):
        pack_advice(wrong)

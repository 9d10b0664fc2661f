"""Words that can be said: how they are written, heard, and found to be wrong."""

from __future__ import annotations

import string
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.errors import BadInput
from installer_gui.support import symbols

words = st.lists(st.integers(0, 31), min_size=1, max_size=29).map(symbols.with_check)


@given(words)
def test_what_is_spoken_is_heard(word: tuple[int, ...]) -> None:
    assert symbols.heard(symbols.spoken(word)) == word
    assert symbols.is_whole(word)


@given(words)
def test_every_single_wrong_character_is_noticed(word: tuple[int, ...]) -> None:
    for place, right in enumerate(word):
        for wrong in set(range(32)) - {right}:
            assert not symbols.is_whole((*word[:place], wrong, *word[place + 1 :]))


@given(words)
def test_any_two_that_changed_places_are_noticed(word: tuple[int, ...]) -> None:
    for one, other in combinations(range(len(word)), 2):
        if word[one] != word[other]:
            swapped = list(word)
            swapped[one], swapped[other] = word[other], word[one]
            assert not symbols.is_whole(swapped)


@given(words, st.data())
def test_any_two_wrong_characters_are_noticed(word: tuple[int, ...], data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(word) - 1), min_size=2, max_size=2, unique=True))
    wrong = list(word)
    for place in places:
        wrong[place] ^= data.draw(st.integers(1, 31))
    assert not symbols.is_whole(wrong)


@given(words)
def test_case_grouping_and_characters_that_look_alike_do_not_matter(word: tuple[int, ...]) -> None:
    said = symbols.spoken(word)
    loose = said.replace("0", "O").replace("1", "l").replace("-", " – \t").lower()
    assert symbols.heard(loose) == word
    assert symbols.heard("\u200b".join(said.replace("1", "I").replace("-", ""))) == word
    assert (
        symbols.heard(said.translate({ord(c): ord(c) + 0xFEE0 for c in string.ascii_uppercase + string.digits})) == word
    )


@pytest.mark.parametrize("stranger", ["U", "Å", "!", "🚗", "٣", "\ud800", "\x00U"])
def test_a_character_of_no_word_is_named(stranger: str) -> None:
    with pytest.raises(BadInput, match=r"code\.character") as refused:
        symbols.heard("12" + stranger)
    assert refused.value.values["character"] == stranger[-1].upper()


def test_no_character_can_be_taken_for_another() -> None:
    assert len(set(symbols.ALPHABET)) == 32
    assert set(symbols.ALPHABET).isdisjoint("ILOU")

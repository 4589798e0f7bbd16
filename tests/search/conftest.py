from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.play import Play
from tests.support.seeking import Seat


@pytest.fixture
def seat(play: Play) -> Callable[[str], Seat]:
    """seat("a") is that officer at a search box."""
    return lambda name: Seat(play, name)

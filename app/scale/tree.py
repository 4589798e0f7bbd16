"""The agencies of the generated nation: six levels, who sits where, and who receives how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from app.rules.zones import Zone
from app.scale import words

SHARES = (0.02, 0.08, 0.25, 0.40, 0.25)  # of the agencies, on the five levels below the root
LEAST = 12  # agencies, so that every level has one
GIANT, DISSOLVED, PARENT = (
    "Badan Layanan Terbesar",
    "Instansi yang Dibubarkan",
    "Kementerian Tanpa Laporan Sendiri",
)
STAFFED_LEVELS = 2  # everybody down to here has an officer
STAFFED_BELOW = 0.15  # of the others


@dataclass(frozen=True)
class Office:
    """One agency. chain: its ancestors' keys, the nearest first. user: its officer's key, if it has one."""

    id: int
    name: str
    level: int
    zone: Zone
    chain: tuple[int, ...]
    user: int | None


@dataclass(frozen=True)
class Tree:
    """All agencies by key, the root's officers, and how reports are dealt out."""

    root: int
    offices: Mapping[int, Office]
    desk: tuple[int, ...]
    giant: int
    dissolved: int
    receivers: Sequence[int]
    weights: Sequence[float]

    def acting(self, agency_id: int) -> tuple[int, int]:
        """(agency, officer) that acts for an agency: itself, else the nearest above with an officer."""
        for each in (agency_id, *self.offices[agency_id].chain):
            user = self.offices[each].user
            if user is not None:
                return each, user
        raise AssertionError("the root has officers")


def plant(agencies: int, root: int, root_name: str, seed: int) -> Tree:
    """The tree of `agencies` besides the root. The same arguments give the same tree."""
    dice = Random(seed)  # noqa: S311
    desk = (1, 2)
    offices = {root: Office(root, root_name, 0, Zone.WIB, (), desk[0])}
    levels: list[list[int]] = [[root]]
    number, user = root, desk[-1]
    for level, size in enumerate(_sizes(agencies), start=1):
        here = []
        for index in range(size):
            number += 1
            above = offices[_parent(dice, levels, level, index)]
            staffed = level <= STAFFED_LEVELS or dice.random() < STAFFED_BELOW
            user += staffed
            zone = above.zone if level > 1 else dice.choices(tuple(Zone), (70, 20, 10))[0]
            offices[number] = Office(
                number, _name(level, index), level, zone, (above.id, *above.chain), user if staffed else None
            )
            here.append(number)
        levels.append(here)
    giant, dissolved, silent = levels[2][0], levels[2][1], levels[1][0]
    receivers = [n for n in offices if n not in (root, giant, dissolved, silent)]
    dice.shuffle(receivers)
    weights = list(accumulate(1 / rank for rank in range(1, len(receivers) + 1)))
    return Tree(root, offices, desk, giant, dissolved, receivers, weights)


def _sizes(agencies: int) -> list[int]:
    sizes = [max(2, round(agencies * share)) for share in SHARES[:-1]]
    return [*sizes, agencies - sum(sizes)]


def _parent(dice: Random, levels: Sequence[Sequence[int]], level: int, index: int) -> int:
    """Some have many units and most have few. The giant lies below the agency that owns nothing."""
    above = levels[level - 1]
    if level == 2 and index < 2:
        return above[index]
    return above[int(len(above) * dice.random() ** 2)]


def _name(level: int, index: int) -> str:
    special = {(1, 0): PARENT, (2, 0): GIANT, (2, 1): DISSOLVED}
    return special.get((level, index)) or words.office(level, index + 1)

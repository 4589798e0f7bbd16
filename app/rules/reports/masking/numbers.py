"""Numbers of persons among the digits of a text: identity, telephone, account, insurance, tax.

Digits alone bound a number: letters may touch it. Groups of digits that little stands between form a
chain, and the numbers are looked for along the chain: by the word before it, by its beginning, by how
many digits it has. In doubt a number goes: what is published once cannot be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.rules.reports.masking.folding import UNSEEN
from app.rules.reports.masking.kinds import DatumKind, DatumPlace, FoundDatum
from app.rules.reports.masking.labels import REACH, Said, label
from app.rules.reports.masking.staying import StayingText, Why, staying

ID_LENGTH = 16  # NIK, KK, and NPWP of the newer form
INSURED_LENGTH = 13
RUN_LEAST = 10  # digits of the shortest number that goes without a word before it
NAMED_LEAST = 6  # digits that go behind a word that says what they are
ASKED_LEAST = 7  # digits in a row that the verifier is asked about
GROUPS_MOST = 16  # a number is written in no more groups than it has digits
PHONE_LEAST, PHONE_MOST = 9, 13

_GROUP = re.compile(r"[0-9]+")
_BLANK = rf"[\s{UNSEEN}]{{0,4}}"
# Every sign of a keyboard: whoever parts a number to hide it from a machine takes one that nobody else takes.
_SIGN = r"[-.*_,/\\#()|~+=:;'\"\[\]!?$@^&`{}<>%]"
_GAP = re.compile(rf"{_BLANK}(?:{_SIGN}{{1,2}}{_BLANK}){{0,2}}")
_GAP_MOST = 8
_ENOUGH = re.compile(rf"[0-9](?:[\W_]{{0,{_GAP_MOST}}}[0-9]){{{NAMED_LEAST - 1}}}")
_LIST = re.compile(r"[,;:=\n]")
_NPWP = [2, 3, 3, 1, 3, 3]
_EXPECTED = {
    DatumKind.NIK: (16,),
    DatumKind.KK: (16,),
    DatumKind.BPJS: (13, 11, 16),
    DatumKind.NPWP: (15, 16),
    DatumKind.PHONE: tuple(range(13, 6, -1)),
    DatumKind.ACCOUNT: tuple(range(16, 5, -1)),
    DatumKind.NUMBER: (18, 16, 14, 12, 11, 10),
    DatumKind.PASSPORT: (7, 6),
}
_EXACT = frozenset({DatumKind.NIK, DatumKind.KK, DatumKind.BPJS, DatumKind.NPWP})
_MOBILE = re.compile(r"0[8][1-9]")


@dataclass(frozen=True)
class DigitGroup:
    """Digits in a row. gap: what stands between it and the group before it in its chain."""

    start: int
    end: int
    digits: str
    gap: str
    stays: Why | None


def numbers(text: str) -> list[FoundDatum]:
    """The personal numbers of a folded text, sorted."""
    if not _ENOUGH.search(text):
        return []
    found: list[FoundDatum] = []
    for chain in _chains(text, staying(text)):
        if sum(len(group.digits) for group in chain) >= NAMED_LEAST:
            found += _of_chain(text, chain)
    return found


def _chains(text: str, stays: Sequence[StayingText]) -> list[list[DigitGroup]]:
    chains: list[list[DigitGroup]] = []
    at, covers = 0, list[StayingText]()
    before = -1
    for match in _GROUP.finditer(text):
        start, end = match.span()
        while at < len(stays) and stays[at].start < end:
            covers.append(stays[at])
            at += 1
        covers = [stay for stay in covers if stay.end > start]
        # Something that stays begins and ends at digits' bounds: else it is a part of a longer number.
        firm = {stay.why for stay in covers if stay.start <= start and end <= stay.end}
        why = Why.FIRM if Why.FIRM in firm else Why.FORM if firm else None
        gap = text[before:start] if before >= 0 and start - before <= _GAP_MOST else None
        if gap is not None and _GAP.fullmatch(gap) and "\n\n" not in gap:
            chains[-1].append(DigitGroup(start, end, match[0], gap, why))
        else:
            chains.append([DigitGroup(start, end, match[0], "", why)])
        before = end
    return chains


def _of_chain(text: str, chain: list[DigitGroup]) -> list[FoundDatum]:
    found: list[FoundDatum] = []
    at = 0
    said = label(text[max(0, chain[0].start - REACH) : chain[0].start])
    while at < len(chain):
        taken, kind, sure = _said(text, chain, said) if at == 0 and said else (0, DatumKind.NUMBER, True)
        if not taken:
            taken, kind, sure = _unsaid(text, chain, at)
        if taken:
            found.append(FoundDatum(_place(text, chain[at : at + taken], kind, sure)))
            at += taken
            continue
        group = chain[at]
        if group.stays is None and len(group.digits) >= ASKED_LEAST:
            found.append(FoundDatum(_place(text, [group], DatumKind.NUMBER, False), hidden=False))
        at += 1
    return found


def _place(text: str, groups: Sequence[DigitGroup], kind: DatumKind, sure: bool) -> DatumPlace:
    start = groups[0].start
    while start > 0 and text[start - 1] in "+(" and groups[0].start - start < 2:
        start -= 1
    return DatumPlace(start, groups[-1].end, kind, sure)


def _said(text: str, chain: list[DigitGroup], said: Said) -> tuple[int, DatumKind, bool]:
    """How many groups from the chain's beginning the word before it speaks of, and what they are."""
    kind, first = said.kind, chain[0]
    if first.stays is Why.FIRM:
        return 0, kind, True
    taken = _expected(chain, kind) if kind in _EXACT and not said.paid else 0
    if not taken and kind is DatumKind.PHONE:
        taken = _mobile(text, chain, 0)
    if taken:
        return taken, kind, True
    if first.stays is Why.FORM:
        return _said_in_a_form(chain, said), kind, True
    if len(first.digits) >= RUN_LEAST:
        return _whole(chain, 0), _kind_by_length(first.digits, kind), True
    longest = _expected(chain, kind)
    if longest and kind in (DatumKind.PHONE, DatumKind.ACCOUNT):
        longest = _without_tail(chain, longest)
    if longest:
        return longest, kind, True
    return (1 if len(first.digits) >= NAMED_LEAST else _all_digits(chain)), kind, said.close


def _said_in_a_form(chain: list[DigitGroup], said: Said) -> int:
    """Behind a word, a number that looks like an amount or a day: it has to be long, and the word close."""
    if not said.close or said.paid or said.kind in (DatumKind.PHONE, DatumKind.NUMBER):
        return 0
    end = _form_end(chain)
    if (
        said.kind is DatumKind.ACCOUNT
        and end < len(chain)
        and chain[end].stays is None
        and not chain[end].gap.strip()
    ):
        end += 1  # a slip has put a blank into it
    if len(_joined(chain, 0, end)) < PHONE_LEAST or _are_amounts(chain[:end]):
        return 0
    return end


def _are_amounts(groups: Sequence[DigitGroup]) -> bool:
    """`10.000.000-400.000`, `2.500.000`: round, or more than one."""
    dots = [group.gap == "." for group in groups[1:]]
    return groups[-1].digits == "000" or (not all(dots) and all(group.stays for group in groups))


def _expected(chain: list[DigitGroup], kind: DatumKind) -> int:
    """How many groups have together as many digits as such a number has: 0 for none."""
    longest, total = 0, 0
    for index, group in enumerate(chain[:GROUPS_MOST]):
        if index and (group.stays is Why.FIRM or _begins_anew(chain, index, total)):
            break
        if "," in group.gap and chain[0].digits[0] not in "068" and kind not in _EXACT:
            break  # "112, 110": a list
        total += len(group.digits)
        if total in _EXPECTED.get(kind, ()):
            longest = index + 1
            if kind in _EXACT:
                break
    return longest


def _form_end(chain: list[DigitGroup]) -> int:
    """Where the groups end that run on from the first without a blank."""
    return next((i for i, group in enumerate(chain) if i and re.search(r"[\s,/]", group.gap)), len(chain))


def _all_digits(chain: list[DigitGroup]) -> int:
    """All groups of a chain that are too few digits one by one, or 0 if they are too few together."""
    end = next(
        (i for i, group in enumerate(chain) if i and (group.stays or re.search("[,/]", group.gap))),
        len(chain),
    )
    end = min(end, GROUPS_MOST)
    return end if len(_joined(chain, 0, end)) >= NAMED_LEAST else 0


def _without_tail(chain: list[DigitGroup], longest: int) -> int:
    """A telephone or an account is whole without what a blank parts from it, when that is long enough."""
    total = 0
    for index in range(longest):
        if (
            index
            and total >= RUN_LEAST
            and re.search(r"[\s,/;]", chain[index].gap)
            and len(chain[index - 1].digits) >= 8
        ):
            return index
        total += len(chain[index].digits)
    return longest


def _begins_anew(chain: list[DigitGroup], index: int, total: int) -> bool:
    """Whether a group after a whole number begins the next one."""
    group = chain[index]
    return total >= PHONE_LEAST and (
        "+" in group.gap or (len(group.digits) >= 4 and _MOBILE.match(group.digits) is not None)
    )


def _joined(chain: list[DigitGroup], begin: int, end: int) -> str:
    return "".join(group.digits for group in chain[begin:end])


def _kind_by_length(digits: str, kind: DatumKind = DatumKind.NUMBER) -> DatumKind:
    if kind is not DatumKind.NUMBER:
        return kind
    if len(digits) == ID_LENGTH:
        return DatumKind.NIK
    return DatumKind.PHONE if _is_called(digits) else DatumKind.NUMBER


def _is_called(digits: str) -> bool:
    return PHONE_LEAST <= len(digits) <= 15 and digits.startswith(("0", "62", "8"))


def _unsaid(text: str, chain: list[DigitGroup], at: int) -> tuple[int, DatumKind, bool]:
    """How many groups from `at` are one personal number by their form alone: 0 for none."""
    group = chain[at]
    mobile = _mobile(text, chain, at)
    if (
        mobile
        and group.stays is not Why.FIRM
        and (not group.stays or len(group.digits) >= 3 or group.digits == "62")
    ):
        return mobile, DatumKind.PHONE, True
    if _is_npwp(chain, at):
        return len(_NPWP), DatumKind.NPWP, True
    if group.stays is not None:
        return 0, DatumKind.NUMBER, True
    for kind, taken in ((DatumKind.NIK, _identity(chain, at)), (DatumKind.BPJS, _insured(chain, at))):
        if taken:
            return taken, kind, True
    if len(group.digits) >= RUN_LEAST:
        whole = _whole(chain, at)
        return whole, _kind_by_length(group.digits), len(group.digits) <= ID_LENGTH
    called = _abroad(text, chain, at) or _landline(chain, at)
    return (called, DatumKind.PHONE, True) if called else (_generic(chain, at), DatumKind.NUMBER, False)


def _whole(chain: list[DigitGroup], at: int) -> int:
    """A long group, and the last digits of it where a slip has put a blank before them."""
    digits = chain[at].digits
    if at + 1 < len(chain):
        after = chain[at + 1]
        together = len(digits) + len(after.digits)
        short = len(after.digits) <= 3 and after.stays is None and not re.search(r"[,/;+(]", after.gap)
        if short and (together == ID_LENGTH or (_MOBILE.match(digits) and together <= PHONE_MOST - 1)):
            return 2
    return 1


def _free(chain: list[DigitGroup], at: int) -> int:
    """Where the groups that do not stay end, counted from `at`, within the most that a number has."""
    last = min(len(chain), at + GROUPS_MOST)
    return next((index for index in range(at, last) if chain[index].stays is not None), last)


def _mobile(text: str, chain: list[DigitGroup], at: int) -> int:
    """How many groups from `at` are `0812…`, `62 812…`, `+62 (0)812…`: in any groups but odd ones."""
    begin = _lead(chain, at)
    if begin is None:
        return 0
    end = _mobile_end(text, chain, at, begin)
    national = re.sub(r"^(?:62)?0?", "", _joined(chain, begin, end))
    if end <= begin or not re.match(r"8[1-9]", national):
        return 0
    lead = chain[begin].digits
    lengths = [len(group.digits) for group in chain[begin:end]]
    odd = len(lengths) > 7 and max(lengths) > 3
    odd = odd or (begin == at and len(lead) <= 2 and max(lengths) > 4)
    odd = odd or (begin == at and lead[0] == "8" and not (lengths[0] >= 3 and _is_even(chain, at, end)))
    # A number that goes on with the same sign is another one, an account's perhaps.
    odd = odd or (
        begin == at and lead[0] == "8" and end < len(chain) and chain[end].gap == chain[end - 1].gap
    )
    return 0 if odd else end - at


def _lead(chain: list[DigitGroup], at: int) -> int | None:
    """The group that the national part of a telephone number begins in, if one begins at `at`."""
    if chain[at].digits != "62":
        begins = re.match(r"(?:0|62|620)?8[1-9]|0[0-9]?\Z|0?8\Z", chain[at].digits)
        return at if begins else None
    begin = at + 1
    if begin + 1 < len(chain) and chain[begin].digits == "0":
        begin += 1
    return begin if begin < len(chain) and re.match(r"0?8[1-9]?", chain[begin].digits) else None


def _mobile_end(text: str, chain: list[DigitGroup], at: int, begin: int) -> int:
    """Where the number ends whose national part begins in the group `begin`; `begin` if it is too short."""
    pairs, fewest = len(chain[begin].digits) <= 2, 10 if begin == at else 8
    digits, best = "", begin
    for index in range(begin, min(len(chain), at + GROUPS_MOST)):
        group = chain[index]
        if index > begin and ("+" in group.gap or group.stays is Why.FIRM):
            break
        if index > begin and pairs and group.stays and not _in_pairs(chain, begin):
            break
        if len(digits) >= 10 and (
            (len(group.digits) > 3 and _MOBILE.match(group.digits))
            or not _runs_on(text, chain, index, digits)
        ):
            break
        digits += group.digits
        if len(digits) > PHONE_MOST + (2 if digits.startswith("62") else 0):
            break
        if len(digits) >= fewest:
            best = index + 1
    return best


def _in_pairs(chain: list[DigitGroup], begin: int) -> bool:
    """Whether five groups of one or two digits stand in a row: no row of times is that long."""
    return len(chain) >= begin + 5 and all(len(group.digits) <= 2 for group in chain[begin : begin + 5])


def _runs_on(text: str, chain: list[DigitGroup], index: int, digits: str) -> bool:
    """Whether the group `index` still belongs to a telephone number that could end before it."""
    group = chain[index]
    next_one = _MOBILE.match(_joined(chain, index, index + 3)) and group.gap != chain[index - 1].gap
    if "\n" in group.gap or next_one:
        return False
    if not _parts(group.gap) or len(chain[index - 1].digits) < 8:
        return True
    most = PHONE_MOST + (1 if digits.startswith("62") else 0)
    short = len(group.digits) <= 2 and len(digits) + len(group.digits) <= most and group.stays is None
    # "081290001111 2 orang" tells how many; a shorter number wants its last digit.
    grouped = len(chain[index - 1].digits) < len(digits)
    return short and (
        grouped or len(digits) <= 11 or not re.match(r"\s*[A-Za-z]", text[group.end : group.end + 3])
    )


def _parts(gap: str) -> bool:
    return re.search(r"[\s,/;]", gap) is not None


def _identity(chain: list[DigitGroup], at: int) -> int:
    """Groups that are sixteen digits together, with a day in the middle: a NIK or a KK that slips have broken."""
    digits = ""
    for index in range(at, min(len(chain), at + GROUPS_MOST)):
        if index > at and (chain[index].stays is Why.FIRM or re.search(r"[+(]", chain[index].gap)):
            return 0
        digits += chain[index].digits
        if len(digits) == ID_LENGTH:
            return index + 1 - at if _is_identity(digits) and index > at else 0
        if len(digits) > ID_LENGTH:
            return 0
    return 0


def _is_identity(digits: str) -> bool:
    day, month = int(digits[6:8]), int(digits[8:10])
    return digits[0] in "123456789" and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def _insured(chain: list[DigitGroup], at: int) -> int:
    """Groups that are thirteen digits together and begin with three zeros: a number of BPJS."""
    digits = ""
    for index in range(at, _free(chain, at)):
        digits += chain[index].digits
        if len(digits) >= INSURED_LENGTH:
            return index + 1 - at if len(digits) == INSURED_LENGTH and digits.startswith("000") else 0
    return 0


def _is_npwp(chain: list[DigitGroup], at: int) -> bool:
    window = chain[at : at + len(_NPWP)]
    if all(group.stays for group in window):
        return False  # from one amount to another
    return [len(group.digits) for group in window] == _NPWP and not any("\n" in g.gap for g in window[1:])


def _abroad(text: str, chain: list[DigitGroup], at: int) -> int:
    """`+44 20 7946 0958`: a plus sign before it says enough."""
    if text[max(0, chain[at].start - 1) : chain[at].start] != "+":
        return 0
    digits, best = "", 0
    for index in range(at, _free(chain, at)):
        if index > at and "+" in chain[index].gap:
            break
        digits += chain[index].digits
        if PHONE_LEAST <= len(digits) <= 15:
            best = index + 1 - at
    return best


def _landline(chain: list[DigitGroup], at: int) -> int:
    """`(031) 5678901`, `0341-567 890`, `0315678901`, also with 62 before it."""
    digits, best = "", 0
    for index in range(at, min(_free(chain, at), at + 5)):
        group = chain[index]
        if index > at and ("+" in group.gap or (_LIST.search(group.gap)) or len(group.digits) < 2):
            break
        if index > at and len(digits) >= PHONE_LEAST and _parts(group.gap):
            break
        digits += group.digits
        if PHONE_LEAST <= len(digits) <= 12:
            best = index + 1 - at
    code = re.sub(r"^62", "0", digits)
    if not re.match(r"0[2-9]", code):
        return 0
    lengths = [len(group.digits) for group in chain[at : at + best]]
    if best > 1 and (lengths[0] not in (2, 3, 4, 5) or max(lengths[1:]) < 3 or "/" in chain[at + 1].gap):
        return 0
    return best


def _is_even(chain: list[DigitGroup], begin: int, end: int) -> bool:
    """Whether the same sign parts all groups, and no sign of a list."""
    gaps = {re.sub(r"\s+", " ", group.gap) for group in chain[begin + 1 : end]}
    return len(gaps) <= 1 and not any(_LIST.search(gap) or "/" in gap for gap in gaps)


def _generic(chain: list[DigitGroup], at: int) -> int:
    """Several groups of some digits each, ten digits and more together, with the same sign between them."""
    last = min(_free(chain, at), at + 8)
    for end in range(last, at + 1, -1):
        lengths = [len(group.digits) for group in chain[at:end]]
        if sum(lengths) < RUN_LEAST or min(lengths) < 2:
            continue
        if max(lengths) > (9 if all(group.gap == "-" for group in chain[at + 1 : end]) else 5):
            continue
        if all(re.fullmatch(r"(?:19|20)[0-9]{2}", group.digits) for group in chain[at:end]):
            continue
        if _is_even(chain, at, end) and max(lengths) >= 3 and _alike(chain[at:end]):
            return end - at
    return 0


def _alike(groups: Sequence[DigitGroup]) -> bool:
    """No row of round figures: prices, sizes."""
    return not all(group.digits.endswith("00") for _, group in pairwise([groups[0], *groups]))

"""wallet/merging.py: three phones lose nothing, whoever meets whom; a pass goes only with its holder's yes."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from kernel.canonical import canonical
from kernel.errors import Invalid
from schemas.json import JsonObject
from tests import merging_cases, vault_cases
from tests.fakes import NOON, SeededRandom
from tests.merging_cases import PASSES, VAULT_KEY, phone, state
from wallet.contents import Contents, Item
from wallet.holder import OpenWallet
from wallet.kept import DISPUTE
from wallet.merging import asked, merge, require_newer, shared

NAMES = ("phone-a1", "phone-b2", "phone-c3")
MANY = 50 if os.environ.get("PUENTE_LONG") else 1
Seen = frozenset[tuple[str, str, int, bytes]]


def write_of(item: Item) -> tuple[str, str, int, bytes]:
    return item.name, item.device, item.number, canonical(item.body)


def told(contents: Contents) -> tuple[Seen, JsonObject]:
    """All that other phones are told, whatever its order."""
    seen = {name: dict(sorted(version.items())) for name, version in sorted(contents.seen.items())}
    return frozenset(map(write_of, shared(contents).items)), seen


def meet(mine: OpenWallet, theirs: OpenWallet) -> OpenWallet:
    return replace(mine, contents=merge(mine.contents, shared(theirs.contents)))


class Phones(RuleBasedStateMachine):
    """Three phones of one holder and a server that keeps the newest of what they told it."""

    @initialize()
    def begin(self) -> None:
        self.random = SeededRandom("phones")
        self.phones = [phone(name) for name in NAMES]
        self.server = phone("server--")
        self.made: set[tuple[str, str, int, bytes]] = set()
        self.ended: set[tuple[str, str, int, bytes]] = set()

    def act(self, place: int, change: Callable[[OpenWallet], OpenWallet]) -> None:
        """One change on one phone: what it writes is made, what it no longer has was ended knowingly."""
        before, after = self.phones[place], change(self.phones[place])
        was, now = told(before.contents)[0], told(after.contents)[0]
        self.made |= now - was
        self.ended |= was - now
        self.phones[place] = after

    @rule(place=st.integers(0, 2), which=st.integers(0, 3))
    def keep(self, place: int, which: int) -> None:
        self.act(place, lambda it: it.keep(PASSES[which], now=NOON))

    @rule(place=st.integers(0, 2))
    def note(self, place: int) -> None:
        self.act(place, lambda it: it.note(DISPUTE, {"by": place}, now=NOON, random=self.random))

    @rule(place=st.integers(0, 2), text=st.integers(), data=st.data())
    def change(self, place: int, text: int, data: st.DataObject) -> None:
        notes = self.phones[place].notes(DISPUTE)
        if notes:
            name = data.draw(st.sampled_from(notes)).name
            self.act(place, lambda it: it.change_note(name, {"by": place, "text": text % 3}, now=NOON))

    @rule(place=st.integers(0, 2), data=st.data())
    def drop(self, place: int, data: st.DataObject) -> None:
        """Also the yes to what another phone deleted."""
        passes, notes = self.phones[place].passes(), self.phones[place].notes(DISPUTE)
        if passes:
            name = data.draw(st.sampled_from(passes)).name
            self.act(place, lambda it: it.drop(name))
        elif notes:
            copy = data.draw(st.sampled_from(notes)).name
            self.act(place, lambda it: it.drop_note(copy))

    @rule(place=st.integers(0, 2), data=st.data())
    def say_no(self, place: int, data: st.DataObject) -> None:
        gone = [kept.name for kept in self.phones[place].passes() if kept.gone]
        if gone:
            name = data.draw(st.sampled_from(gone))
            self.act(place, lambda it: it.retain(name))
            assert not self.phones[place].find(name).gone

    @rule(place=st.integers(0, 2))
    def sync(self, place: int) -> None:
        before = self.phones[place]
        after = meet(before, self.server)
        had = {kept.name for kept in before.passes()}
        assert had <= {kept.name for kept in after.passes()}, "a pass went without its holder's yes"
        assert set(map(write_of, asked(after.contents))) <= set(map(write_of, before.contents.items))
        self.phones[place] = after
        self.server = meet(self.server, after)

    @precondition(lambda self: hasattr(self, "phones"))
    @rule()
    def everything_comes_together(self) -> None:
        for place in (0, 1, 2, 0, 1, 2):
            self.sync(place)
        states = {told(each.contents)[0] for each in (*self.phones, self.server)}
        assert states == {frozenset(self.made - self.ended)}
        assert len({json.dumps(told(each.contents)[1]) for each in self.phones}) == 1


TestPhones = Phones.TestCase
TestPhones.settings = settings(max_examples=60 * MANY, stateful_step_count=30, deadline=None)


@given(seeds=st.tuples(*[st.integers(0, 10_000)] * 3))
@settings(max_examples=150 * MANY, deadline=None)
def test_it_does_not_matter_who_merges_with_whom_nor_how_often(seeds: tuple[int, int, int]) -> None:
    one, two, three = merging_cases.states("-".join(map(str, seeds)), 3)
    assert told(merge(one, two)) == told(merge(two, one))
    assert told(merge(merge(one, two), three)) == told(merge(one, merge(two, three)))
    again = merge(one, one)  # of one item's writes the later comes first now; nothing else may differ
    assert (told(again), set(map(write_of, asked(again)))) == (told(one), set(map(write_of, asked(one))))
    assert merge(again, one) == again
    assert merge(merge(one, two), two) == merge(one, two)


def test_the_shared_cases_are_what_this_wallet_does() -> None:
    """They change only on purpose: `python -m tests.merging_cases`; the pages' kernel runs the same file."""
    kept = json.loads((vault_cases.FOLDER / "merging.json").read_text("utf-8"))
    assert json.loads(json.dumps(merging_cases.make())) == kept
    ends = [case["merged"]["items"] for case in kept["merges"]]
    assert sum(any(item["gone"] for item in items) for items in ends) > 4
    assert sum(len({item["name"] for item in items}) < len(items) for items in ends) > 4


def test_edits_at_once_both_stay_the_later_first_and_the_other_a_copy_with_its_date() -> None:
    base = phone("phone-a1").note(DISPUTE, {"state": "open"}, now=NOON, random=SeededRandom())
    other = meet(phone("phone-b2"), base)
    name = base.notes(DISPUTE)[0].name
    early = base.change_note(name, {"state": "early"}, now=NOON)
    late = other.change_note(name, {"state": "late"}, now=NOON.replace(hour=18))
    for merged in (meet(early, late), meet(late, early)):
        first, copy = merged.notes(DISPUTE)
        assert (first.body["state"], first.copied_at, first.name) == ("late", None, name)
        assert (copy.body["state"], copy.copied_at) == ("early", "2026-11-22T12:00:00Z")
        settled = merged.drop_note(copy.name)
        assert [note.body["state"] for note in settled.notes(DISPUTE)] == ["late"]
        assert len(meet(early, settled).notes(DISPUTE)) == 1


def test_a_deletion_wins_over_what_it_had_seen_and_over_no_other() -> None:
    base = phone("phone-a1").note(DISPUTE, {"state": "open"}, now=NOON, random=SeededRandom())
    other = meet(phone("phone-b2"), base)
    name = base.notes(DISPUTE)[0].name
    deleted = base.drop_note(name)
    assert meet(other, deleted).notes(DISPUTE) == ()
    changed = other.change_note(name, {"state": "closed"}, now=NOON)
    for merged in (meet(changed, deleted), meet(deleted, changed)):
        assert [note.body["state"] for note in merged.notes(DISPUTE)] == ["closed"]


def test_a_deleted_pass_stays_on_the_other_phone_until_its_holder_says_yes() -> None:
    base = phone("phone-a1").keep(PASSES[0], now=NOON).keep(PASSES[1], now=NOON)
    other = meet(phone("phone-b2"), base)
    name = base.passes()[0].name
    deleted = base.drop(name)
    marked = meet(meet(other, deleted), deleted)
    assert [kept.gone for kept in marked.passes()] == [True, False]
    assert [item.name for item in asked(marked.contents)] == [name]
    assert len(shared(marked.contents).items) == 1  # nobody else hears of it
    agreed = marked.drop(name)
    assert meet(agreed, deleted).passes() == agreed.passes()
    refused = marked.retain(name)
    assert [kept.gone for kept in refused.passes()] == [False, False]
    assert {kept.name for kept in meet(deleted, refused).passes()} == {kept.name for kept in base.passes()}


def test_a_no_on_one_phone_ends_the_question_on_the_others() -> None:
    base = phone("phone-a1").keep(PASSES[0], now=NOON)
    others = [meet(phone(name), base) for name in NAMES[1:]]
    deleted = base.drop(base.passes()[0].name)
    one, two = (meet(each, deleted) for each in others)
    answered = meet(two, one.retain(one.passes()[0].name))
    assert [kept.gone for kept in answered.passes()] == [False]
    assert asked(answered.contents) == ()


def test_what_was_marked_is_kept_marked_in_the_file() -> None:
    base = phone("phone-a1").keep(PASSES[0], now=NOON)
    marked = meet(meet(phone("phone-b2"), base), base.drop(base.passes()[0].name))
    sealed = marked.sealed(SeededRandom())
    again = replace(marked, contents=merging_cases.opened(sealed))
    assert [kept.gone for kept in again.passes()] == [True]
    assert told(again.contents) == told(marked.contents)


def test_the_same_pass_kept_on_two_phones_is_one() -> None:
    one, two = (phone(name).keep(PASSES[0], now=NOON) for name in NAMES[:2])
    merged = meet(one, two)
    assert len(merged.passes()) == 1
    assert meet(merged.drop(merged.passes()[0].name), two).passes() == ()


def test_two_files_of_one_device_name_lose_nothing_either() -> None:
    """A copied file writes under the same name: both bodies of the one number stay."""
    base = phone("phone-a1").note(DISPUTE, {"state": "open"}, now=NOON, random=SeededRandom())
    name = base.notes(DISPUTE)[0].name
    one = base.change_note(name, {"state": "one"}, now=NOON)
    two = base.change_note(name, {"state": "two"}, now=NOON)
    for merged in (meet(one, two), meet(two, one), meet(meet(one, two), one)):
        assert {note.body["state"] for note in merged.notes(DISPUTE)} == {"one", "two"}


def test_order_stays_and_news_come_last() -> None:
    mine = phone("phone-a1").keep(PASSES[0], now=NOON).keep(PASSES[1], now=NOON)
    theirs = phone("phone-b2").keep(PASSES[2], now=NOON).keep(PASSES[0], now=NOON)
    assert [kept.document for kept in meet(mine, theirs).passes()] == [PASSES[0], PASSES[1], PASSES[2]]


def test_contents_of_two_vaults_are_never_merged() -> None:
    mine = phone("phone-a1").contents
    with pytest.raises(ValueError, match="two vaults"):
        merge(mine, replace(mine, vault_id=b"o" * 16))


@pytest.mark.parametrize("case", merging_cases.chains(), ids=lambda case: case["what"])
def test_an_older_state_of_the_server_is_refused(case: dict[str, Any]) -> None:
    known = None if case["known"] is None else bytes.fromhex(case["known"])
    remote = bytes.fromhex(case["remote"])
    if case["refused"] is None:
        assert require_newer(remote, known=known, vault_key=VAULT_KEY).sequence > 0
    else:
        with pytest.raises(Invalid) as caught:
            require_newer(remote, known=known, vault_key=VAULT_KEY)
        assert caught.value.code == case["refused"]


def test_a_state_reads_back() -> None:
    """The cases hold all that a merge looks at."""
    (one,) = merging_cases.states("reads back", 1)
    assert merging_cases.read_state(state(one)) == replace(one, sequence=0, previous=None)

"""Every way in which one account can come to control another, or a person somebody else's account.

For each: who may, who is told, what ends. The table is printed into docs/security.md (rules/accounts/printed_control.py),
and a test plays each row. What writes an account's ways in and stands in no row fails a test: add it here
first, and say who is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.rules.accounts.people import LinkPurpose


class What(StrEnum):
    """What of an account changed that its owner can take back."""

    EMAIL = "email"
    PHONE = "phone"
    SECOND_STEP = "second_step"  # was turned off
    SECOND_STEP_ON = "second_step_on"


class May(StrEnum):
    """Who may take a way."""

    OWNER = "owner"  # signed in, with the present password
    SIGNED_IN = "signed_in"  # the owner, signed in
    HOLDER = "holder"  # whoever reads the letter or text message to the account's own address
    HOLDER_WITH_PASSWORD = "holder_with_password"
    OLD_HOLDER = "old_holder"  # whoever reads the address that the account had before
    MANAGER = "manager"  # who may write users, for agencies of their own subtree and roles that they give
    CENTRAL = "central"  # who may write settings
    SERVER = "server"  # whoever runs commands on the server
    ANYBODY = "anybody"  # it opens nothing by itself


class Ends(StrEnum):
    """What of the account ends with it."""

    SESSIONS = "sessions"  # and with them every token of the API
    LINKS = "links"  # that were mailed before, but for undoings and invitations


@dataclass(frozen=True)
class WayOfControl:
    """One way. does: the function of services that takes it, the only one. writers: other functions that
    write the account on it. purposes: of links. actions: what the audit log says. told: topics of the
    outbox. bell: whether the owner's bell rings too. ends: see Ends. instead: what holds beside it."""

    name: str
    title: str
    may: May
    does: str
    purposes: Sequence[LinkPurpose] = ()
    writers: Sequence[str] = ()
    actions: Sequence[str] = ()
    told: Sequence[str] = ()
    bell: bool = False
    ends: frozenset[Ends] = frozenset()
    besides: str = ""


ALL = frozenset(Ends)
LINKS = frozenset({Ends.LINKS})
NOTHING: frozenset[Ends] = frozenset()

WAYS: Sequence[WayOfControl] = (
    # Address.
    WayOfControl(
        "ask_email", "Address: asking for another e-mail", May.OWNER, "own_account.ask_email",
        told=("email_confirm", "email_asked"),
        besides="Nothing changes yet. Whether the address is taken is told at that address alone.",
    ),
    WayOfControl(
        "confirm_email", "Address: another e-mail, confirmed there", May.HOLDER, "own_account.confirm_email",
        purposes=(LinkPurpose.EMAIL,), actions=("account.email_changed",), told=("account_changed",), ends=LINKS,
        besides="The link goes to the new address after the owner's password; the old one is told.",
    ),
    WayOfControl(
        "change_phone", "Address: another telephone, where no SMS can be sent", May.OWNER,
        "own_account.change_phone", writers=("own_account._set_phone",), actions=("account.phone_changed",),
        told=("account_changed",),
    ),
    WayOfControl(
        "confirm_phone", "Address: another telephone, by a code sent to it", May.OWNER,
        "own_account.confirm_phone", writers=("own_account._set_phone",), told=("account_changed",),
        besides="The password is asked before the code is sent (own_account.ask_phone).",
    ),
    WayOfControl(
        "undo", "Address: taking a change back", May.OLD_HOLDER, "undo_links.undo",
        purposes=(LinkPurpose.UNDO,), writers=("undo_links._bring_back",),
        actions=("account.change_undone", "account.username_changed"),
        told=("password_changed",), ends=ALL,
        besides="7 days. The oldest undoing wins; a new password is set with it, the second step is what it was.",
    ),
    WayOfControl(
        "correct", "Address: an account that its owner was never in", May.MANAGER, "people.update",
        writers=("people._describe", "people.note_changes"), told=("account_first",), ends=ALL,
        besides="Afterwards e-mail, telephone and a citizen's username are refused.",
    ),
    # Password.
    WayOfControl(
        "create", "Password: a new account", May.MANAGER, "people.create",
        writers=("letters.first",), actions=("account.created",), told=("account_first",),
        besides="It has no password; the first link goes to its address.",
    ),
    WayOfControl(
        "invite_again", "Password: the first letter once more", May.MANAGER, "people_care.invite_again",
        actions=("account.invited_again",), told=("account_first",),
        besides="Only before the owner was in; it goes to the account's address.",
    ),
    WayOfControl(
        "by_link", "Password: by the link of a letter", May.HOLDER, "setting_password.by_link",
        purposes=(LinkPurpose.FIRST, LinkPurpose.FORGOTTEN), writers=("new_password.put",),
        actions=("account.password_changed",), told=("password_changed",), ends=ALL,
        besides="Where there is a second step it is asked before the password counts; nobody is signed in by it.",
    ),
    WayOfControl(
        "change_own", "Password: by its owner", May.OWNER, "setting_password.change_own",
        told=("password_changed",), ends=ALL,
    ),
    WayOfControl(
        "ask_for_link", "Password: asking for a link", May.ANYBODY, "setting_password.ask_for_link",
        told=("password_forgotten",), besides="Nothing changes yet; the same answer for every name.",
    ),
    WayOfControl(
        "ask_for_code", "Password: asking for a code by SMS", May.ANYBODY, "setting_password.ask_for_code",
        besides="Nothing changes yet; the same answer for every number.",
    ),
    WayOfControl(
        "exchange", "Password: the code from the SMS", May.HOLDER, "setting_password.exchange",
        besides="It is worth the link of a letter, and no more.",
    ),
    # Second step.
    WayOfControl(
        "enable", "Second step: on", May.OWNER, "second_step.enable", writers=(),
        actions=("account.second_step_enabled",), told=("account_changed",), ends=ALL,
        besides="A stranger's authenticator would shut the owner out, of a new password too: the letter takes it back.",
    ),
    WayOfControl(
        "renew_codes", "Second step: new recovery codes", May.OWNER, "second_step.renew_codes",
        actions=("account.recovery_codes_renewed",), told=("second_step_changed",),
    ),
    WayOfControl(
        "disable", "Second step: off", May.OWNER, "second_step.disable", writers=("people_care.drop_second_step",),
        actions=("account.second_step_disabled",), told=("account_changed",), ends=ALL,
    ),
    WayOfControl(
        "reset_second_step", "Second step: lost, a manager has the owner written to", May.MANAGER,
        "people_care.reset_second_step", actions=("account.second_step_reset_asked",),
        told=("second_step_recovery",), besides="Nothing changes by it.",
    ),
    WayOfControl(
        "ask_recovery", "Second step: lost, `flask lapor reset-second-step`", May.SERVER,
        "people_care.ask_recovery", told=("second_step_recovery",), besides="Nothing changes by it.",
    ),
    WayOfControl(
        "recover", "Second step: lost, the owner does without it", May.HOLDER_WITH_PASSWORD, "second_step.recover",
        purposes=(LinkPurpose.SECOND_STEP,), writers=("people_care.take_second_step",),
        actions=("account.second_step_reset",), told=("second_step_reset",), ends=ALL,
        besides="By the link of the letter and with the password.",
    ),
    # Role and agency.
    WayOfControl(
        "invite", "Role: a citizen is asked to be an officer", May.MANAGER, "promoting.promote",
        writers=("invitations.invite",), actions=("account.invited",), told=("account_invited",),
        besides="Nothing changes yet.",
    ),
    WayOfControl(
        "accept", "Role: a citizen says yes", May.SIGNED_IN, "invitations.accept",
        purposes=(LinkPurpose.INVITATION,), actions=("account.promoted",),
        told=("account_promoted", "invitation_answered"), ends=ALL,
        besides="With the link of the letter, signed in. Agency, role and who invites are asked anew.",
    ),
    WayOfControl(
        "decline", "Role: a citizen says no", May.SIGNED_IN, "invitations.decline",
        actions=("account.invitation_declined",), told=("invitation_answered",),
    ),
    WayOfControl(
        "withdraw", "Role: an invitation is taken back", May.MANAGER, "invitations.withdraw",
        actions=("account.invitation_withdrawn",), besides="Its link is dead.",
    ),
    WayOfControl(
        "change_powers", "Role, agency, username: of an officer", May.MANAGER, "people.update",
        actions=("account.agency_changed", "account.roles_changed", "account.username_changed"),
        told=("account_powers",), bell=True,
        besides="Never one's own, never of an account whose roles one does not give.",
    ),
    WayOfControl(
        "merge", "Agency: merged into another", May.CENTRAL, "merging.adopt",
        besides="Its officers go along with their roles; services/agencies/reorganisation.py says who may.",
    ),
    WayOfControl(
        "switch", "Status: off and on", May.MANAGER, "people.deactivate",
        actions=("account.deactivated", "account.activated"), ends=ALL,
        besides="Switched on again it has the password that it had.",
    ),
    WayOfControl(
        "remove", "Status: HAPUS", May.MANAGER, "people_care.remove", actions=("account.removed",), ends=ALL,
        besides=(
            "A citizen who had become an officer is a citizen again, with the address and password of their own; "
            "every other account is closed for good."
        ),
    ),
    WayOfControl(
        "unlock", "Status: the lock after wrong passwords", May.MANAGER, "people_care.unlock",
        actions=("account.unlocked",), besides="It lets nobody in: the password is asked as before.",
    ),
    # Data, that control nothing.
    WayOfControl(
        "edit", "Data: name, gender, date of birth", May.SIGNED_IN, "own_account.edit",
        actions=("account.name_changed", "account.gender_changed", "account.birth_date_changed"),
        besides="They open nothing.",
    ),
    # Tokens and the beginning.
    WayOfControl(
        "consent", "Token: an app may act for the account", May.SIGNED_IN, "api_tokens.give_code",
        besides="Ended by its owner under Aplikasi yang terhubung, and by all that ends sessions.",
    ),
    WayOfControl(
        "register", "Beginning: DAFTAR", May.HOLDER, "registration.finish_registration",
        besides="By a code sent to the address; an address that any account has or can have back is refused.",
    ),
)  # fmt: skip

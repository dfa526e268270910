"""Who may do what with accounts and the audit log."""

from typing import Any

from participation.accounts.models import User


def enter_office(person: Any) -> bool:
    """Whoever is signed in has a start page and an account of their own."""
    return bool(person.is_staff)


def change_own_account(person: Any) -> bool:
    """One's own password and second factor; people of the demo share theirs, so nobody changes them."""
    return person.is_staff and not person.is_demo


def manage_staff(person: Any) -> bool:
    """Administrators see who works here and invite others."""
    return bool(person.has_role("administrator"))


def manage(person: Any, user: User) -> bool:
    """Administrators change accounts; those of the demo only accounts of the demo."""
    return manage_staff(person) and (user.is_demo or not person.is_demo)


def read_audit(person: Any) -> bool:
    """Administrators read what staff have changed, the privacy officer sees who has looked at personal data."""
    return manage_staff(person) or read_personal_audit(person)


def read_personal_audit(person: Any) -> bool:
    """Looks at personal data are for the privacy officer alone (D15)."""
    return bool(person.has_role("privacy_officer"))

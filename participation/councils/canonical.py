"""The text that the hash of minutes is made of: plain, the same on every machine and in every year.

Its words are German and stand here for ever, outside the catalogues: a better translation would change every hash.
"""

import re
from collections.abc import Iterator
from typing import Any

Content = dict[str, Any]

ROLES = {
    "member": "Mitglied",
    "chair": "Vorsitz",
    "deputy_chair": "stellvertretender Vorsitz",
    "deputy": "Stellvertretung",
    "secretary": "Schriftführung",
    "adviser": "beratend",
}
GROUPS = {
    "residents": "Bewohnerschaft",
    "institutions": "Einrichtungen",
    "providers": "Träger",
    "administration": "Verwaltung",
    "others": "Weitere",
}
TIMES = {"starts_at": "Beginn", "ends_at": "Ende", "opened_at": "Eröffnet", "closed_at": "Geschlossen"}
PRESENCES = {"present": "anwesend", "excused": "entschuldigt", "absent": "abwesend"}
RESULTS = {
    "noted": "zur Kenntnis genommen",
    "discussed": "beraten",
    "resolved": "beschlossen",
    "rejected": "abgelehnt",
    "postponed": "vertagt",
    "referred": "verwiesen",
    "dropped": "nicht weiter verfolgt",
}
REDACTED = {
    "personal": "[geschwärzt: personenbezogene Daten]",
    "confidential": "[geschwärzt: vertraulich]",
    "business": "[geschwärzt: Geschäftsgeheimnis]",
    "safety": "[geschwärzt: zur Sicherheit]",
}
MARK = re.compile(rf"\[\[redacted:({'|'.join(REDACTED)})\]\]")
VOTES = {"open": "offen", "by_name": "namentlich", "secret": "geheim"}
CHOICES = {"for": "dafür", "against": "dagegen", "abstained": "enthalten", "recused": "befangen"}


def canonical(content: Content) -> str:
    """The content line by line; what people wrote is indented, so that nothing written looks like a heading."""
    text = "\n".join(_lines(content)) + "\n"
    return MARK.sub(lambda found: REDACTED[found[1]], text)


def _lines(content: Content) -> Iterator[str]:
    tag, meeting, revision = content["language"], content["meeting"], content["revision"]
    yield "NIEDERSCHRIFT"
    yield f"Form: {content['form']}"
    yield f"Sprache: {tag}"
    yield f"Fassung: {revision['number']}"
    yield from _written("Grund der Berichtigung", revision["reason"])
    yield from _written("Gremium", _in(content["council"]["name"], tag))
    yield f"Sitzung: {meeting['ordinal']}"
    yield from _written("Titel", _in(meeting["title"], tag))
    for key, label in TIMES.items():
        if meeting[key]:
            yield f"{label}: {meeting[key]}"
    place = [_in(meeting["place"], tag), _in(meeting["room"], tag), meeting["address"]]
    yield from _written("Ort", "\n".join(part for part in place if part))
    yield f"Öffentlich: {'ja' if meeting['is_public'] else 'nein'}"
    if meeting["chair"]:
        yield f"Sitzungsleitung: {_person(meeting['chair'], tag)}"
    yield "Anwesenheit:"
    for one in content["attendance"]:
        yield f"- {_attendance(one, tag)}"
    yield from _quorum(content["quorum"])
    yield from _written("Gäste", content["guests"])
    yield from _written("Bemerkungen", content["remarks"])
    for item in content["items"]:
        yield ""
        yield from _item(item, tag)


def _item(item: Content, tag: str) -> Iterator[str]:
    yield f"TOP {item['number']}{' (abgesetzt)' if item['is_withdrawn'] else ''}"
    yield from _written("Titel", _in(item["title"], tag))
    if not item["is_public"]:
        yield "Nicht öffentlich: ja"
    if "discussion" not in item:
        return
    yield from _written("Beratung", item["discussion"])
    if item["result"]:
        yield f"Ergebnis: {RESULTS[item['result']]}"
    yield from _written("Beschluss", item["resolution"])
    if vote := item["vote"]:
        counted = ", ".join(f"{vote[key]} {word}" for key, word in CHOICES.items())
        yield f"Abstimmung ({VOTES[vote['kind']]}): {counted}"
    for cast in item["casts"]:
        yield f"- {_person(cast, tag)}: {CHOICES[cast['choice']]}"
    for task in item["tasks"]:
        yield from _written("Aufgabe", task["text"])
        by = (task.get("by") or {}).get("name") or task["responsible"]
        yield from _written("Verantwortlich", by)
        if task["due_on"]:
            yield f"Fällig: {task['due_on']}"


def _written(label: str, text: str) -> Iterator[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    if lines == [""]:
        return
    yield f"{label}:"
    for line in lines:
        yield f"    {line.rstrip()}".rstrip()


def _in(text: dict[str, str], tag: str) -> str:
    """In the language of the minutes, or else in German, or in whatever there is first by its tag."""
    return text.get(tag) or text.get("de") or next((text[one] for one in sorted(text)), "")


def _person(one: Content, tag: str) -> str:
    group = " ".join((_in(one["group"]["name"], tag) or GROUPS[one["group"]["kind"]]).split())
    named = " ".join(one["name"].split()) or "ohne Namen"
    return f"{named} ({ROLES[one['role']]}, {group})"


def _attendance(one: Content, tag: str) -> str:
    parts = [f"{_person(one, tag)}: {PRESENCES[one['presence']]}"]
    if one["came_at"]:
        parts.append(f"ab {one['came_at']}")
    if one["left_at"]:
        parts.append(f"bis {one['left_at']}")
    return ", ".join(parts)


def _quorum(quorum: Content) -> Iterator[str]:
    yield (
        f"Stimmberechtigt anwesend: {quorum['present']}, nötig: {quorum['needed']}, "
        f"beschlussfähig: {'ja' if quorum['is_enough'] else 'nein'}"
    )

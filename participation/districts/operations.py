"""What staff do with layers and areas."""

import re
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from participation import audit, clock
from participation.db import session
from participation.districts import importing, queries
from participation.districts.importing import Plan
from participation.districts.models import Area, ImportDraft, ImportKind, Layer
from participation.errors import Refused
from participation.i18n import LocalizedText, _l

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DRAFT_LIVES = timedelta(days=1)


class SlugTaken(Refused):
    """Two layers cannot share an address."""

    message = _l("There is a layer with this short name already.")


class SlugUnusable(Refused):
    """A short name stands in addresses."""

    message = _l("Please use small letters, digits and hyphens only.")


class CodeTaken(Refused):
    """Two areas of a layer cannot share a code."""

    message = _l("There is an area with this code in this layer already.")


class EndBeforeBegin(Refused):
    """An area cannot end before it begins."""

    message = _l("The last day must be after the first day.")


class MergedElsewhere(Refused):
    """A small area is merged with a neighbour of its own layer."""

    message = _l("An area can only be merged with an area of the same layer.")


class MergedInCircle(Refused):
    """The rule for merging must end somewhere."""

    message = _l("These areas would be merged with each other in a circle. Please choose another area.")


def create_layer(slug: str, name: LocalizedText, *, is_default: bool = False) -> Layer:
    """A new way to divide the city. The first layer is the default one."""
    layer = Layer(slug=slug, name=name)
    _check_slug(layer)
    session.add(layer)
    session.flush()
    if is_default or queries.default_layer() is None:
        _make_default(layer)
    audit.record("layer.created", thing=f"layer {layer.slug}")
    return layer


def edit_layer(layer: Layer, slug: str, name: LocalizedText, *, is_default: bool) -> None:
    """Rename a layer, or make it the default one; to take that away, make another one the default."""
    with session.no_autoflush:
        layer.slug, layer.name = slug, name
        _check_slug(layer)
    if is_default and not layer.is_default:
        _make_default(layer)
    session.flush()
    audit.record("layer.changed", thing=f"layer {layer.slug}")


def _check_slug(layer: Layer) -> None:
    if not SLUG.fullmatch(layer.slug):
        raise SlugUnusable
    if session.scalar(select(Layer.id).where(Layer.slug == layer.slug, Layer.id != layer.id)):
        raise SlugTaken


def _make_default(layer: Layer) -> None:
    session.execute(update(Layer).where(Layer.is_default).values(is_default=False))
    layer.is_default = True
    session.flush()


def create_area(layer: Layer, code: str, name: LocalizedText, **facts: Any) -> Area:
    """A new area; `facts` are those of edit_area."""
    if session.scalar(select(Area.id).where(Area.layer_id == layer.id, Area.code == code)):
        raise CodeTaken
    _check_facts(None, layer, **facts)
    area = Area(layer=layer, code=code, name=name, **facts)
    session.add(area)
    session.flush()
    audit.record("area.created", thing=f"area {area.id}", layer=layer.slug, code=code)
    return area


def edit_area(
    area: Area,
    name: LocalizedText,
    valid_from: date | None = None,
    valid_to: date | None = None,
    residents: int | None = None,
    merged_into_id: int | None = None,
) -> None:
    """Change what is known of an area. Its code stays: imports recognise the area by it."""
    _check_facts(area, area.layer, valid_from, valid_to, residents, merged_into_id)
    area.name, area.valid_from, area.valid_to = name, valid_from, valid_to
    area.residents, area.merged_into_id = residents, merged_into_id
    session.flush()
    audit.record("area.changed", thing=f"area {area.id}", code=area.code)


def _check_facts(
    area: Area | None,
    layer: Layer,
    valid_from: date | None = None,
    valid_to: date | None = None,
    residents: int | None = None,  # noqa: ARG001  (both callers hand on all facts)
    merged_into_id: int | None = None,
) -> None:
    if valid_from and valid_to and valid_to <= valid_from:
        raise EndBeforeBegin
    if merged_into_id is None:
        return
    targets = queries.merge_targets(layer)
    if merged_into_id not in targets:
        raise MergedElsewhere
    if area is not None and targets[merged_into_id] == area.id:
        raise MergedInCircle


# --- Imports ----------------------------------------------------------------------------------------------------------


def start_import(
    layer: Layer, kind: ImportKind, content: bytes, owner_id: int, options: dict[str, Any] | None = None
) -> ImportDraft:
    """Keep an upload until its owner has looked at the preview; an older upload for the same purpose goes."""
    session.execute(
        delete(ImportDraft).where(
            ImportDraft.owner_id == owner_id, ImportDraft.layer_id == layer.id, ImportDraft.kind == kind
        )
    )
    importing.plan(layer, kind, content, options or {})  # raises FileRefused when there is nothing to look at
    draft = ImportDraft(
        owner_id=owner_id, layer=layer, kind=kind, content=content, options=options or {}, created_at=clock.now()
    )
    session.add(draft)
    session.flush()
    return draft


def preview_import(draft: ImportDraft) -> Plan:
    """What the upload would do now."""
    return importing.plan(draft.layer, draft.kind, draft.content, draft.options)


def choose_properties(draft: ImportDraft, name_property: str | None, code_property: str | None) -> None:
    """Read the file again with the properties that staff chose."""
    draft.options = {"name_property": name_property, "code_property": code_property}
    session.flush()


def confirm_import(draft: ImportDraft) -> Plan:
    """Import what was uploaded. It is read and checked again, so that nothing depends on what the browser says."""
    planned = import_file(draft.layer, draft.kind, draft.content, **draft.options)
    session.delete(draft)
    session.flush()
    return planned


def import_file(layer: Layer, kind: ImportKind, content: bytes, **options: Any) -> Plan:
    """Import a file wholly, or not at all when one of its rows is wrong."""
    planned = importing.plan(layer, kind, content, options)
    importing.apply(layer, planned)
    audit.record(f"{kind.value}.imported", thing=f"layer {layer.slug}", counts=planned.counts)
    return planned


def discard_import(draft: ImportDraft) -> None:
    """Throw an upload away."""
    session.delete(draft)
    session.flush()


def forget_old_drafts() -> dict[str, int]:
    """Uploads that nobody confirmed within a day are deleted (D14)."""
    gone = session.execute(delete(ImportDraft).where(ImportDraft.created_at < clock.now() - DRAFT_LIVES))
    return {"import_drafts": getattr(gone, "rowcount", 0)}

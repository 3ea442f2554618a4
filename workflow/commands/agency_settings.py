"""How an agency works that its people may change over time: each setting by name, with its ground, in the log."""

from collections.abc import Mapping
from typing import Any, get_args

import msgspec
from sqlalchemy import update

from workflow.agency import BOUNDS, AgencySettings
from workflow.commands.governing import admin_only, reorder
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NotFound
from workflow.labelling import is_label
from workflow.models import Agency

KINDS: dict[str, Any] = {field.name: field.type for field in msgspec.structs.fields(AgencySettings)}


def change_settings(w: Work, *, agency_id: int, changes: Mapping[str, str], basis: str) -> AgencySettings:
    """
    Settings as they are from the next transaction on; `changes` by name, values as written ("true", "5").

    What is under way keeps what it was begun with (decisions.md 13). Raises NotFound; NotYourStep for all but an
    administrator of the agency or the console; Invalid for a name or a value that is unknown, for a change
    that changes nothing, and without a ground.
    """
    agency = w.directory.agencies.get(agency_id)
    if agency is None:
        raise NotFound(f"agency {agency_id}")
    admin_only(w, agency_id, "change_settings")
    before = msgspec.to_builtins(agency.settings)
    after = dict(before)
    faults = [] if basis.strip() else [Fault("basis", "missing")]
    for name, value in changes.items():
        if name not in KINDS:
            faults.append(Fault("setting", "unknown_setting", {"name": name, "known": list(KINDS)}))
            continue
        try:
            after[name] = _value(name, value)
        except ValueError:
            facts: dict[str, Any] = {"name": name, "value": value, "allowed": _allowed(name)}
            faults.append(Fault("setting", "not_allowed", facts))
            continue
        if name.startswith("label_") and not is_label(name.removeprefix("label_"), str(after[name])):
            faults.append(Fault("setting", "not_read_again", {"name": name, "value": value}))
    changed = {
        name: {"from": before[name], "to": after[name]} for name in before if before[name] != after[name]
    }
    if not faults and not changed:
        faults.append(Fault("setting", "unchanged"))
    if faults:
        raise Invalid(faults)
    w.db.execute(update(Agency).where(Agency.id == agency_id).values(settings=after))
    said = {"settings": changed, "basis": basis.strip()}
    touched = (("agency", agency_id),)
    reorder(w, "change_settings", "Thay đổi thiết lập của cơ quan", agency_id, said, touched=touched)
    return msgspec.convert(after, AgencySettings)


def _value(name: str, written: str) -> object:
    """The value one setting takes. Raises ValueError (msgspec's own is one)."""
    value: object = msgspec.convert(written.strip(), KINDS[name], strict=False)
    if isinstance(value, str) and name.startswith("label_"):
        return " ".join(value.split()).removesuffix(":")
    if name in BOUNDS and isinstance(value, int) and not BOUNDS[name][0] <= value <= BOUNDS[name][1]:
        raise ValueError(name)
    return value


def _allowed(name: str) -> list[str] | list[int]:
    """The words it may be, or the least and the most number; none for a text."""
    if name in BOUNDS:
        return list(BOUNDS[name])
    return ["true", "false"] if KINDS[name] is bool else list(get_args(KINDS[name]))

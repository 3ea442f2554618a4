"""From plain data to a frozen Struct, field by field, so that all faults come at once; it judges no sense."""

from typing import Any, TypeVar, cast, get_args, get_origin

import msgspec
from msgspec import Struct

from workflow.errors import DefinitionError

T = TypeVar("T", bound=Struct)


def shape(raw: Any, wanted: type[T], *, file: str) -> T:
    """`raw` as a `wanted`; DefinitionError with one line "file: place: reason" for each fault of shape."""
    faults: list[str] = []
    value = _struct(raw, wanted, "", faults)
    refuse(faults, file=file)
    return cast(T, value)


def refuse(faults: list[str], *, file: str) -> None:
    """Raises DefinitionError naming every fault ("place: reason"), or does nothing if there is none."""
    if faults:
        raise DefinitionError("\n".join(f"{file}: {fault}" for fault in faults))


def _struct(raw: Any, wanted: type[Struct], place: str, faults: list[str]) -> Struct | None:
    if not isinstance(raw, dict):
        faults.append(f"{place or 'file'}: expected named values, got {_kind(raw)}")
        return None
    before, values = len(faults), dict[str, Any]()
    known = {field.encode_name: field for field in msgspec.structs.fields(wanted)}
    faults += [f"{_join(place, key)}: no such name here" for key in raw if key not in known]
    for name, field in known.items():
        if name in raw:
            values[field.name] = _value(raw[name], field.type, _join(place, name), faults)
        elif field.required:
            faults.append(f"{_join(place, name)}: missing")
    return wanted(**values) if len(faults) == before else None


def _value(raw: Any, wanted: Any, place: str, faults: list[str]) -> Any:
    if isinstance(wanted, type) and issubclass(wanted, Struct):
        return _struct(raw, wanted, place, faults)
    if get_origin(wanted) is tuple and isinstance(raw, list):
        inner = get_args(wanted)[0]
        return tuple(_value(item, inner, f"{place}[{at}]", faults) for at, item in enumerate(raw))
    try:
        return msgspec.convert(raw, wanted)
    except msgspec.ValidationError as error:
        faults.append(f"{place}: {error}")
        return None


def _join(place: str, name: Any) -> str:
    return f"{place}.{name}" if place else str(name)


def _kind(raw: Any) -> str:
    return {type(None): "nothing", list: "a list", str: "text"}.get(type(raw), type(raw).__name__)

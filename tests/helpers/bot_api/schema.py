"""An independent description of the Bot API (aiogram's models): requests, answers and updates must fit it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from aiogram import methods
from aiogram.methods.base import TelegramMethod
from aiogram.types import BufferedInputFile, Update
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from tests.helpers.bot_api.errors import Json

Method = type[TelegramMethod[Any]]


class SchemaError(ValueError):
    """Something is not as the Bot API describes it; the text names the field."""


@cache
def method_models() -> dict[str, Method]:
    """The models of all methods by lower-case name, as Telegram takes names in any case."""
    found = (getattr(methods, name) for name in methods.__all__)
    return {
        model.__api_method__.lower(): model
        for model in found
        if isinstance(model, type) and issubclass(model, TelegramMethod) and model is not TelegramMethod
    }


def parse_request(model: Method, fields: Mapping[str, Any], files: Mapping[str, tuple[str, bytes]]) -> Json:
    """The parameters of a request as plain typed values; uploads stand there as `(name, bytes)`.

    Raises:
        SchemaError: on an unknown, deprecated or missing field, or a wrong type.
    """
    uploads = {name: file for name, file in files.items() if name in model.model_fields}
    values: Json = {name: BufferedInputFile(data, name) for name, (_, data) in uploads.items()}
    for name, value in fields.items():
        field = model.model_fields.get(name)
        if field is None:
            raise SchemaError(f"{model.__api_method__} has no field {name!r}")
        if isinstance(field.json_schema_extra, dict) and field.json_schema_extra.get("deprecated"):
            raise SchemaError(f"{model.__api_method__}: {name} is deprecated")
        values[name] = _decoded(name, field, value)
    try:
        checked = model.model_validate(values)
    except ValidationError as error:
        raise SchemaError(_first(model.__api_method__, error)) from error
    _refuse_unknown(checked, model.__api_method__)
    plain = checked.model_dump(
        mode="json",
        exclude_unset=True,
        exclude_none=True,
        by_alias=True,
        exclude=set(uploads),
        warnings=False,
    )
    return {**plain, **uploads}


def check_result(model: Method, result: Any) -> None:
    """Checks an answer of this server.

    Raises:
        SchemaError: when it is not what the method returns.
    """
    _check(_adapter(model.__returning__), result, model.__api_method__)


def check_update(update: Json) -> None:
    """Checks an update of this server.

    Raises:
        SchemaError: when it is no update of the Bot API.
    """
    _check(_adapter(Update), update, "update")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _check(adapter: TypeAdapter[Any], value: Any, where: str) -> None:
    try:
        _refuse_unknown(adapter.validate_python(value), where)
    except ValidationError as error:
        raise SchemaError(_first(where, error)) from error


def _decoded(name: str, field: FieldInfo, value: Any) -> Any:
    if not isinstance(value, str) or not _is_structured(field.annotation):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise SchemaError(f"{name} is not JSON") from error


def _is_structured(annotation: Any) -> bool:
    """Whether a field holds an object or an array, which a form carries as JSON."""
    arguments = get_args(annotation)
    if getattr(annotation, "__origin__", None) in (list, dict):
        return True
    if arguments:
        return any(_is_structured(argument) for argument in arguments)
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _refuse_unknown(value: Any, where: str) -> None:
    for path in _unknown(value, where):
        raise SchemaError(f"unknown field {path}")


def _unknown(value: Any, where: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from (f"{where}.{name}" for name in value.model_extra or {})
        for name in value.model_fields_set & set(type(value).model_fields):
            yield from _unknown(getattr(value, name), f"{where}.{name}")
    elif isinstance(value, list | tuple):
        for position, item in enumerate(value):
            yield from _unknown(item, f"{where}[{position}]")


def _first(where: str, error: ValidationError) -> str:
    """The first fault without the value, which may be a person's words."""
    fault = error.errors(include_input=False, include_url=False)[0]
    path = ".".join(str(part) for part in fault["loc"])
    return f"{where}.{path}: {fault['msg']}"

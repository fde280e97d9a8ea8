"""REST v1: the routers together, one form of error, one published description."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from tanggap.api import cases, directory, problems
from tanggap.common.errors import TanggapError

ROOT = "/api/v1/"
ABOUT = (
    "Hand in and follow complaints, aspirations and information requests. Open without a key. Times are ISO 8601 "
    "with offset. Errors are application/problem+json with a sentence in Indonesian. Replying, confirming and "
    "objecting through the API come with a later release; until then they are done on the page of the case."
)


class StrictParser(Parser):
    """JSON as RFC 8259 has it: no NaN, no Infinity."""

    def parse_body(self, request: HttpRequest) -> Any:
        return json.loads(request.body, parse_constant=_no_constant)


def _no_constant(name: str) -> Any:
    raise ValueError(name)


class Api(NinjaAPI):
    """NinjaAPI with our errors and a description that names their media type."""

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        if isinstance(exc, TanggapError):
            return problems.of_error(exc)
        if isinstance(exc, ValidationError):
            return problems.of_validation(exc)
        return problems.of_exception(exc)

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        return _described(self)


@lru_cache(maxsize=2)
def _described(api: Api) -> OpenAPISchema:
    """Made once a process."""
    schema = NinjaAPI.get_openapi_schema(api, path_prefix=ROOT.strip("/") + "/")
    for path in schema["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    answer["content"] = {problems.MEDIA_TYPE: answer["content"]["application/json"]}
    return schema


api = Api(
    title="Tanggap",
    version="1",
    description=ABOUT,
    openapi_url="/openapi.json",
    # Its interactive page loads scripts from other hosts and runs inline ones, which our CSP refuses.
    docs_url=None,
    parser=StrictParser(),
    urls_namespace="api-v1",
)
api.add_router("", cases.router)
api.add_router("", directory.router)

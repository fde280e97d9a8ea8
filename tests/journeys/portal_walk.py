"""Reading our pages as a browser without JavaScript does: forms, their fields, their words."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client
from PIL import Image

from tanggap.portal.wizard import LISTS


@dataclass
class Form:
    """A form of the page, with what it would send."""

    action: str
    method: str
    id: str
    fields: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class Page(HTMLParser):
    """One answer: its words, links and forms."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.status = response.status_code
        self.html = response.content.decode()
        self.words: list[str] = []
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.headings: list[str] = []
        self.invalid: list[str] = []
        self._form: Form | None = None
        self._area: str | None = None
        self._select: str | None = None
        self._heading = False
        self.feed(self.html)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def form(self, action: str) -> Form:
        return next(form for form in self.forms if form.action == action)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get"), given.get("id", ""))
            self.forms.append(self._form)
        if tag == "a":
            self.links.append(given.get("href", ""))
        self._heading = tag == "h1" or (self._heading and tag in {"label", "b"})
        if given.get("aria-invalid") == "true":
            self.invalid.append(given.get("name", ""))
        self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        if self._form is None or not given.get("name"):
            return
        name = given["name"]
        if tag == "input":
            self._form.names.add(name)
            box = given.get("type") in {"radio", "checkbox"}
            if given.get("type") != "file" and (not box or "checked" in given):
                self._form.fields[name] = self._before(name) + given.get("value", "on" if box else "")
        elif tag == "textarea":
            self._form.names.add(name)
            self._area = name
            self._form.fields[name] = self._before(name)
        elif tag == "select":
            self._form.names.add(name)

    def _before(self, name: str) -> str:
        """What earlier controls of the same name say: our lists take lines as well as several values."""
        earlier = self._form.fields.get(name) if self._form and name in LISTS else None
        return f"{earlier}\n" if earlier else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "textarea":
            self._area = None
        if tag == "h1":
            self._heading = False

    def handle_data(self, data: str) -> None:
        if self._area and self._form:
            self._form.fields[self._area] += data.removeprefix("\n")
        self.words.append(data)
        if self._heading and data.strip():
            self.headings.append(data.strip())


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    out.seek(0)
    out.name = "jalan <script>.jpg"
    return out


def read(response: HttpResponse) -> Page:
    return Page(response)


class Walker:
    """A citizen at the report form."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.page = read(client.get("/lapor/"))

    @property
    def step(self) -> str:
        return self.page.form("/lapor/").fields["step"]

    @property
    def fields(self) -> dict[str, str]:
        return self.page.form("/lapor/").fields

    def press(self, go: str = "next", files: Any = None, **answers: str) -> Page:
        """Answer and press a button; everything else goes along as the page carried it."""
        sent: dict[str, Any] = {**self.fields, **answers, "go": go}
        sent = {name: value for name, value in sent.items() if value is not None}
        if files:
            sent["attachments"] = files
        response = self.client.post("/lapor/", sent)
        self.page = read(response)
        return self.page

    def to_preview(self, text: str, **answers: dict[str, str]) -> Page:
        """Through all steps; `answers` by step name."""
        self.press(text=text, **answers.get("cerita", {}))
        for name in ("tempat", "instansi", "siapa", "anda"):
            assert self.step == name, self.page.text
            self.press(**answers.get(name, {}))
        assert self.step == "periksa", self.page.text
        return self.page

"""Where a text speaks of: regencies and cities by name, then districts and villages inside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tanggap.channels.conversation.vocabulary import every
from tanggap.channels.conversation.world import Place, Places
from tanggap.directory.cache import revision_cached
from tanggap.directory.models import Region
from tanggap.directory.naming import normalize
from tanggap.directory.selectors import region_label, search_regions

LONGEST_NAME_WORDS = 5
LONGEST_READ = 1500
MOST_OPTIONS = 5
SHORT_ANSWER_WORDS = 5


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is compared, and whether it was written with a capital letter."""

    text: str
    capital: bool


def places_in(text: str, *, answering: bool, within: str = "") -> Places:
    """The region a text names. `within` is the code of the regency or city whose door it came by, if any.

    A name that several regions bear is a choice, never a guess. Without an answer to "where" only what is certain
    counts: a name that is a word as well needs a capital letter or a preposition.
    """
    words = _words(text[:LONGEST_READ])
    codes = _governments_named(words, answering)
    if len(codes) == 1:
        return Places(_place(_deeper(words, codes[0], answering)))
    if len(codes) > 1:
        return Places(options=_options(codes)) if answering else Places()
    if within:
        deeper = _deeper(words, within, answering)
        if deeper != within:
            return Places(_place(deeper))
    return _searched(text, words, within) if answering else Places()


def _words(text: str) -> list[_Word]:
    found = []
    for raw in text.replace("/", " ").replace(",", " ").replace(".", " ").split():
        found += [_Word(part, raw[:1].isupper()) for part in normalize(raw).split()]
    return found


@revision_cached
def _governments() -> dict[str, list[str]]:
    """Names of regencies and cities, with and without what they are, and the codes of those that bear them."""
    named: dict[str, list[str]] = defaultdict(list)
    kinds = [Region.Kind.REGENCY, Region.Kind.CITY]
    for code, name in Region.objects.filter(kind__in=kinds).values_list("code", "name"):
        full = normalize(name)
        bare = full.removeprefix("kabupaten ").removeprefix("kota ").removeprefix("administrasi ")
        for one in dict.fromkeys((full, bare)):
            named[one].append(code)
    return dict(named)


@revision_cached
def _inside(code: str) -> dict[str, list[str]]:
    """Names of everything below a region and the codes that bear them."""
    named: dict[str, list[str]] = defaultdict(list)
    below = Region.objects.filter(code__startswith=f"{code}.").values_list("code", "name")
    for inner, name in below:
        named[normalize(name)].append(inner)
    return dict(named)


def _runs(words: list[_Word]) -> Iterator[tuple[int, str, int]]:
    """Every run of words, the longest first: where it begins, its text, how many words it has."""
    for length in range(min(LONGEST_NAME_WORDS, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield start, " ".join(word.text for word in words[start : start + length]), length


def _governments_named(words: list[_Word], answering: bool) -> list[str]:
    named = _governments()
    for start, text, length in _runs(words):
        codes = named.get(text)
        if codes and (length > 1 or _is_place(words, start, text, answering)):
            return sorted(codes)
    return []


def _is_place(words: list[_Word], start: int, text: str, answering: bool) -> bool:
    """Whether a one-word name means the region and not a street, a thing or a word of every day."""
    before = words[start - 1].text if start else ""
    if before in every("place", "street"):
        return False
    if text not in every("place", "also_words"):
        return True
    alone = answering and len(words) <= SHORT_ANSWER_WORDS
    return alone or before in every("place", "before") or (words[start].capital and start > 0)


def _deeper(words: list[_Word], code: str, answering: bool) -> str:
    """The district or village inside a region that the text names too; the region itself where there is none."""
    named = _inside(code)
    own = normalize(Region.objects.get(pk=code).name).removeprefix("kabupaten ").removeprefix("kota ")
    best = code
    for start, text, _length in _runs(words):
        before = words[start - 1].text if start else ""
        called = before in every("place", "district") | every("place", "village")
        if before in every("place", "street") or (text == own and not called):
            continue
        likely = answering and (best != code or len(named.get(text, ())) == 1)
        for inner in named.get(text, ()):
            if inner.startswith(f"{best}.") and _may_mean(inner, before, likely):
                best = inner
    return best


def _may_mean(inner: str, before: str, likely: bool) -> bool:
    """A village only when it is called one, or is the only one that an answer can mean."""
    if inner.count(".") == 3:
        return likely or before in every("place", "village")
    return before not in every("place", "village")


def _searched(text: str, words: list[_Word], within: str) -> Places:
    """An answer that names no regency: what the picker would offer for it, to be chosen from."""
    if not 1 <= len(words) <= SHORT_ANSWER_WORDS:
        return Places()
    found = search_regions(text, MOST_OPTIONS)
    exact = [region.code for region in found if normalize(region.name) == normalize(text)]
    if exact and all(code.startswith(exact[0]) for code in exact):
        # A village that bears the name of its district is in it.
        return Places(_place(exact[0]))
    near = [region.code for region in found if not within or region.code.startswith(within)]
    return Places(options=_options(near or [region.code for region in found]))


def _options(codes: list[str]) -> tuple[Place, ...]:
    return tuple(_place(code) for code in codes[:MOST_OPTIONS])


def _place(code: str) -> Place:
    return Place(code, region_label(Region.objects.get(pk=code)))

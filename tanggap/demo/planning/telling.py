"""One family of cases, from the wish to its acts. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from tanggap.cases.workflow import Channel, Classification
from tanggap.demo.planning.asides import with_asides
from tanggap.demo.planning.cases import Act, Family, Kind, Person, PlannedCase, Seat
from tanggap.demo.planning.chances import KECAMATAN, Chances, channel
from tanggap.demo.planning.course import Course, Scene, Tempo
from tanggap.demo.planning.ending import end
from tanggap.demo.planning.facts import PROVINCE, District, Place
from tanggap.demo.planning.fates import ending_for, handling_for, intake_for, routing_for
from tanggap.demo.planning.handling import handle
from tanggap.demo.planning.intake import Intake, Routing, check, hand_over
from tanggap.demo.planning.matters import Matter
from tanggap.demo.planning.relatives import duplicates, parts, split_off
from tanggap.demo.planning.rhythm import citizen_time, office_later
from tanggap.demo.planning.wishes import Fate, Pose, Wish
from tanggap.demo.planning.wording import Told, Wording, invented_person, tell, with_topic, wording

TO_QUEUE = {Channel.SMS.value: 0.3, Channel.WHATSAPP.value: 0.2, Channel.X.value: 0.5, Channel.RADIO.value: 0.05}
AT_DESKS = frozenset(c.value for c in (Channel.COUNTER, Channel.LETTER, Channel.PHONE, Channel.VAN, Channel.RADIO))
FORMS = frozenset(c.value for c in (Channel.WEB, Channel.APP, Channel.API, Channel.OPEN311))
ACCOUNT_SHARE = 0.11
AT_HOME_UNIT = 0.45
MINE = frozenset({Pose.CHECK_DUE, Pose.ASKED, Pose.ANSWERED, Pose.WINDOW_ENDING, Pose.OBJECTED})
"""What the demo's own citizen finds on the list of own cases."""


@dataclass(frozen=True)
class Setting:
    """Where, what, by whom and how: everything decided before the life begins."""

    place: Place
    district: District
    scene: Scene
    intake: Intake
    told: Told
    received_at: datetime
    anonymous: bool
    secret: bool
    reporter: Person | None


def tell_family(chances: Chances, wish: Wish, rng: Random, cutoff: datetime) -> Family | None:
    """The cases that follow from a wish; None when they would only come after the day has begun."""
    setting = _setting(chances, wish, rng, cutoff)
    if setting.received_at >= cutoff:
        return None
    course = Course(setting.scene, rng, setting.received_at, setting.scene.addressed or setting.scene.root.code)
    _live(course, setting, wish)
    acts = with_asides(course, pressed=wish.fate == Fate.PRESSED, secret=setting.secret)
    main = _case(setting, acts, rng)
    cases = [main]
    if wish.fate == Fate.MERGED or (wish.fate is None and wish.pose is None and rng.random() < 0.012):
        cases += duplicates(main, course)
    cases += parts(main, course)
    return Family(tuple(replace(case, acts=_before(case.acts, cutoff)) for case in cases if case.received_at < cutoff))


def _before(acts: tuple[Act, ...], cutoff: datetime) -> tuple[Act, ...]:
    return tuple(act for act in acts if act.at < cutoff)


def _live(course: Course, setting: Setting, wish: Wish) -> None:
    tempo, classification, rng = setting.scene.tempo, setting.scene.classification, course.rng
    if not check(course, setting.intake):
        return
    hand_over(course, _routing(course.scene, wish, tempo, rng))
    if wish.fate == Fate.SPLIT or (wish.fate is None and wish.pose is None and rng.random() < 0.008):
        split_off(course)
    if handle(course, handling_for(wish, classification, tempo, rng)):
        end(course, ending_for(wish, classification, rng))


def _routing(scene: Scene, wish: Wish, tempo: Tempo, rng: Random) -> Routing:
    routing = routing_for(wish, tempo, rng)
    movable = bool(scene.upper) and not scene.oversight and bool(scene.addressed)
    return replace(routing, wrong_body=routing.wrong_body and movable)


def _setting(chances: Chances, wish: Wish, rng: Random, cutoff: datetime) -> Setting:
    place = chances.home if wish.at_home else chances.place(rng, wish.on, cutoff.date(), wish.province)
    district = rng.choice(place.districts)
    classification = Classification.COMPLAINT.value if wish.pose else wish.classification
    unit_asked = chances.facts.home_unit if wish.at_home and rng.random() < AT_HOME_UNIT else ""
    matter = chances.matter(rng, place, wish.on, classification=classification, unit=unit_asked)
    mine = wish.at_home and wish.pose in MINE
    way = _way(wish, rng, mine=mine)
    holder = chances.facts.nationals[matter.national] if matter.national else place
    received_at = _received_at(wish, way, place, rng)
    oversight = bool(matter.about_unit)
    words = _words(chances, rng, place, district, holder, matter, received_at)
    tempo = chances.tempo(holder)
    intake = intake_for(wish, chances.bank, tempo, rng, oversight=oversight)
    told = tell(words, matter, way)
    if intake.outside is not None:
        told = _outside(intake, words)
    anonymous = rng.random() < (0.5 if oversight else 0.055)
    reporter = Person(account=True) if mine else _reporter(chances, wish, rng, way, place, anonymous=anonymous)
    queue = not oversight and not wish.pose and rng.random() < TO_QUEUE.get(way, 0.08)
    scene = Scene(
        place=holder,
        root=chances.facts.root,
        addressed="" if queue else holder.code,
        unit=_unit(matter.unit, holder, district),
        words=words,
        matter=matter,
        strand=told.strand,
        channel=way,
        classification=matter.classification,
        category=rng.choice(matter.categories) if rng.random() < 0.85 else "",
        title=told.title if way not in FORMS or rng.random() < 0.25 else "",
        oversight=oversight,
        limits=chances.facts.limits,
        tempo=tempo,
        other_unit="" if matter.national else _unit(matter.wrong_unit, holder, district),
        upper=_upper(chances, holder),
        upper_name=_name(chances, holder.province),
    )
    secret = matter.secret or rng.random() < 0.025
    return Setting(place, district, scene, intake, told, received_at, anonymous, secret, reporter)


def _words(
    chances: Chances,
    rng: Random,
    place: Place,
    district: District,
    holder: Place,
    matter: Matter,
    received_at: datetime,
) -> Wording:
    """The slots of the case, on the topic of its matter."""
    office = holder.units.get(matter.unit, holder.name)
    words = wording(chances.bank, rng, place=place, district=district, office=office, received_at=received_at)
    return with_topic(words, matter.about)


def _upper(chances: Chances, holder: Place) -> str:
    """The province's government, to which a regency's or city's case may really belong."""
    above = holder.province
    return above if above in chances.by_code and above != holder.code else ""


def _name(chances: Chances, code: str) -> str:
    place = chances.by_code.get(code)
    return f"Pemerintah {place.name}" if place else ""


def _unit(slug: str, holder: Place, district: District) -> str:
    if slug == KECAMATAN:
        return f"{holder.code}/kec-{district.code}" if holder.kind != PROVINCE else ""
    if slug and slug in holder.units:
        return f"{holder.code}/{slug}"
    return "" if slug else holder.code


def _outside(intake: Intake, words: Wording) -> Told:
    """Words that belong to nobody's office."""
    item, place = intake.outside, intake.outside_place
    assert item is not None
    return Told(words.fill(item.texts[place]), words.fill(item.titles[place % len(item.titles)]), 0)


def _way(wish: Wish, rng: Random, *, mine: bool) -> str:
    if mine:
        return Channel.WEB.value
    if wish.fate == Fate.UNREACHED:
        return Channel.LETTER.value
    return wish.channel or channel(rng)


def _received_at(wish: Wish, way: str, place: Place, rng: Random) -> datetime:
    if wish.at is not None:
        return wish.at
    calendar = place.calendar
    at = citizen_time(wish.on, calendar, rng)
    return office_later(calendar.opening(wish.on), 0, calendar, rng) if way in AT_DESKS else at


def _reporter(chances: Chances, wish: Wish, rng: Random, way: str, place: Place, *, anonymous: bool) -> Person | None:
    if wish.fate == Fate.UNREACHED:
        return None
    if place.code == chances.facts.home and way in FORMS and not anonymous and rng.random() < ACCOUNT_SHARE:
        return Person(account=True)
    return invented_person(chances.bank, rng, channel=way, anonymous=anonymous)


def _case(setting: Setting, acts: tuple[Act, ...], rng: Random) -> PlannedCase:
    scene, way = setting.scene, setting.scene.channel
    form = way in FORMS
    matter = scene.matter
    outside = setting.intake.outside is not None
    happened = setting.received_at.astimezone(setting.place.calendar.zone).date() - timedelta(days=rng.randrange(0, 12))
    precise = rng.random() < 0.8
    near = setting.place.latitude is not None and form and rng.random() < 0.4
    return PlannedCase(
        kind=Kind.OWN,
        topic="" if outside else matter.id,
        text=setting.told.text,
        title=setting.told.title if form and not scene.title else "",
        channel=way,
        received_at=setting.received_at,
        place=scene.place.code,
        region=setting.district.code if precise else setting.place.code,
        addressed=scene.addressed,
        acts=acts,
        classification=scene.classification if form and not scene.oversight and rng.random() < 0.6 else "",
        category=scene.category if form and not outside and rng.random() < 0.4 else "",
        where=scene.words.slots["jalan"] if form and rng.random() < 0.5 else "",
        latitude=_near(setting.place.latitude, rng) if near else None,
        longitude=_near(setting.place.longitude, rng) if near else None,
        occurred_on=happened if form and rng.random() < 0.5 else None,
        about=_unit(matter.about_unit, scene.place, setting.district) if scene.oversight else "",
        about_person=f"{matter.person} {scene.words.slots['nama']}" if scene.oversight and rng.random() < 0.4 else "",
        anonymous=setting.anonymous,
        secret=setting.secret,
        reporter=setting.reporter,
        entered_by=Seat("coordinator", setting.scene.place.code) if way in AT_DESKS else None,
    )


def _near(degrees: float | None, rng: Random) -> float | None:
    return None if degrees is None else round(degrees + rng.uniform(-0.06, 0.06), 5)

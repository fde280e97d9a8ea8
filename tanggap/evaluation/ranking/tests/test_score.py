"""The score and the order: the same whatever the order of the bodies, never worse for doing better."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.evaluation.ranking.measures import Measure, share, wilson
from tanggap.evaluation.ranking.order import band_of, competition_ranks, moves, ranking
from tanggap.evaluation.ranking.scorecard import Body, Component, Direction, Kind, Scorecard, compared, score

Z = 1.959964


def component(slug: str, weight: int, kind: Kind = Kind.FIGURE, direction: Direction = Direction.HIGHER) -> Component:
    return Component(slug, slug, slug, weight, kind, slug, direction)


CARD = Scorecard(
    (
        component("completion", 30),
        component("speed", 30),
        component("rating", 15),
        component("plan", 25, Kind.EVIDENCE),
    ),
    minimum_n=30,
    z=Z,
    band_floors=(100, 250, 1000),
)
measures = st.integers(1, 400).flatmap(lambda n: st.integers(0, n).map(lambda part: Measure(Fraction(part, n), n)))
shares = st.integers(0, 4).map(lambda part: Measure(Fraction(part, 4)))
bodies = st.lists(
    st.builds(
        Body,
        code=st.integers(10, 99).map(str),
        n=st.integers(0, 1200),
        measures=st.fixed_dictionaries(
            {}, optional={"completion": measures, "speed": measures, "rating": measures, "plan": shares}
        ),
    ),
    max_size=8,
    unique_by=lambda body: body.code,
)


@given(bodies, st.randoms(use_true_random=False))
def test_the_ranking_does_not_depend_on_the_order_in_which_bodies_come(some, chance):
    shuffled = list(some)
    chance.shuffle(shuffled)
    assert ranking(CARD, shuffled) == ranking(CARD, some)


@given(bodies, st.integers(1, 40))
def test_only_the_proportion_of_the_weights_counts(some, factor):
    scaled = CARD.with_weights({one.slug: one.weight * factor for one in CARD.components})
    assert [line.as_json() for line in ranking(scaled, some)] == [line.as_json() for line in ranking(CARD, some)]


@given(bodies, st.data())
def test_who_does_better_in_one_thing_never_falls(some, data):
    measured = [(body, slug) for body in some for slug in body.measures]
    if not measured:
        return
    body, slug = data.draw(st.sampled_from(measured))
    old = body.measures[slug]
    better = Measure(data.draw(st.fractions(old.value, 1)), old.n)
    raised = [Body(one.code, one.n, {**one.measures, slug: better}) if one is body else one for one in some]
    before = {line.code: line for line in ranking(CARD, some)}[body.code]
    after = {line.code: line for line in ranking(CARD, raised)}[body.code]
    assert after.exact >= before.exact
    if before.rank is not None:
        assert after.rank <= before.rank


@given(bodies)
def test_ranks_are_shared_by_equals_and_skipped_after_them(some):
    lines = [line for line in ranking(CARD, some) if line.rank is not None]
    for line in lines:
        assert line.rank == 1 + sum(other.exact > line.exact for other in lines)
    assert [(line.rank, line.code) for line in lines] == sorted((line.rank, line.code) for line in lines)
    in_band = [(line.band, line.band_rank) for line in lines]
    assert all(band and rank and rank <= line.rank for (band, rank), line in zip(in_band, lines, strict=True))


@given(bodies)
def test_a_score_lies_in_its_interval_between_0_and_100(some):
    for line in ranking(CARD, some):
        if line.exact is not None:
            assert 0 <= line.low <= line.exact + Fraction(1, 10**9)
            assert line.exact - Fraction(1, 10**9) <= line.high <= 100
            assert math.isclose(sum(part.points for part in line.parts.values()), line.exact, abs_tol=1e-9)


def test_equal_scores_share_a_rank_exactly():
    tied = [Body(code, 100, {"completion": share(part, whole)}) for code, part, whole in
            (("b", 1, 3), ("a", 33, 99), ("c", 2, 3), ("d", 0, 9))]  # fmt: skip
    assert [(line.rank, line.code) for line in ranking(CARD, tied)] == [(1, "c"), (2, "a"), (2, "b"), (4, "d")]
    assert competition_ranks([]) == {}


def test_below_the_minimum_there_is_a_score_and_no_rank():
    few, enough, none = (
        Body("few", 29, {"completion": share(29, 29)}),
        Body("enough", 30, {"completion": share(1, 30)}),
        Body("none", 0),
    )
    lines = {line.code: line.as_json() for line in ranking(CARD, [few, enough, none])}
    assert (lines["enough"]["rank"], lines["enough"]["not_ranked"]) == (1, None)
    assert (lines["few"]["rank"], lines["few"]["score"], lines["few"]["not_ranked"]) == (None, 100.0, "too_few")
    assert (lines["none"]["rank"], lines["none"]["score"], lines["none"]["low"]) == (None, None, None)
    assert list(lines) == ["enough", "few", "none"]


def test_what_nobody_has_is_no_part_of_the_comparison():
    bodies = [Body("a", 50, {"completion": share(40, 50), "speed": share(25, 50)})]
    assert [one.slug for one in compared(CARD, bodies)] == ["completion", "speed"]
    assert ranking(CARD, bodies)[0].score == 65.0


def test_evidence_that_others_brought_counts_nothing_where_it_is_missing():
    done = {"completion": share(50, 50)}
    with_plan, without = Body("a", 50, {**done, "plan": Measure(Fraction(1))}), Body("b", 50, done)
    lines = {line.code: line for line in ranking(CARD, [with_plan, without])}
    assert lines["a"].score == 100.0
    assert lines["b"].score == round(100 * 30 / 55, 4)
    assert lines["b"].parts["plan"].points == 0


def test_a_figure_without_anything_to_count_takes_no_side_and_widens_the_interval():
    rated = Body("a", 50, {"completion": share(40, 50), "rating": share(40, 50)})
    unrated = Body("b", 50, {"completion": share(40, 50)})
    lines = {line.code: line for line in ranking(CARD, [rated, unrated])}
    assert lines["a"].score == lines["b"].score == 80.0
    assert lines["b"].parts["rating"].value is None
    assert lines["b"].low < lines["a"].low < 80 < lines["a"].high < lines["b"].high


def test_less_is_better_where_the_row_says_so():
    late = component("overdue", 1, direction=Direction.LOWER)
    assert score([late], Body("a", 10, {"overdue": share(1, 4)}), Z).exact == 75


@given(st.integers(1, 4000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_ends_where_the_share_is_z_standard_errors_away(counted):
    part, n = counted
    low, high = wilson(part / n, n, Z)
    assert 0 <= low <= part / n <= high <= 1
    for bound in (low, high):
        if 0 < bound < 1:
            assert (part / n - bound) ** 2 == pytest.approx(Z**2 * bound * (1 - bound) / n, rel=1e-6, abs=1e-12)


def test_the_interval_of_none_and_of_all():
    assert wilson(0.0, 10, Z) == pytest.approx((0.0, Z**2 / (10 + Z**2)))
    assert wilson(1.0, 10, Z) == pytest.approx((10 / (10 + Z**2), 1.0))


def test_nothing_counted_may_be_anything():
    assert wilson(0.0, 0, Z) == (0.0, 1.0)
    assert share(0, 0) is None
    with pytest.raises(ValueError, match="between 0 and 1"):
        Measure(Fraction(3, 2))


@pytest.mark.parametrize(
    ("n", "band"), [(29, None), (30, "30-99"), (99, "30-99"), (100, "100-249"), (999, "250-999"), (5000, "1000-")]
)
def test_bands_begin_at_their_floors(n, band):
    assert band_of(n, CARD) == band


def test_moves_say_who_rises_and_who_falls():
    bodies = [Body("a", 50, {"completion": share(50, 50), "speed": share(0, 50)}),
              Body("b", 50, {"completion": share(30, 50), "speed": share(30, 50)})]  # fmt: skip
    before = ranking(CARD, bodies)
    after = ranking(CARD.with_weights({"completion": 90}), bodies)
    assert {code: move.places for code, move in moves(before, after).items()} == {"a": 1, "b": -1}

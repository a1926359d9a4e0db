"""The sentences about one objective.

Every sentence states what was recorded. "After" and "before" are statements of time and place, not of intent;
what the engine computed as a cause (the hazard of an order to leave) is named with its factors.
"""

from __future__ import annotations

from typing import Final

from redan.analysis.trace.about_objectives import (
    SCARCE,
    WIDE_KM,
    leaving,
    lost_words,
    order_numbers,
    supply_numbers,
    supply_reasons,
)
from redan.analysis.trace.about_theatre import ATTACKER_HOLDS
from redan.analysis.trace.campaign import Campaign, Row
from redan.analysis.trace.fates import FROM_THE_START, HELD, LEFT, ROUTED, WITHDRAWN, Fate
from redan.analysis.trace.periods import main_sides
from redan.analysis.trace.setting import Target
from redan.analysis.trace.words import count, km, km2, listed, men, percent, sentence, several, supplied

NEAR_KM: Final = 12.0  # ground, obstacles and counter-attacks this near belong to an objective's story
WEEKS_BEFORE: Final = 8  # of ground taken, named beside what it came before
ROUT_DAYS: Final = 60


class Teller:
    """Puts the sentences about one objective together."""

    def __init__(self, campaign: Campaign, target: Target, fate: Fate) -> None:
        self.campaign = campaign
        self.setting = campaign.setting
        self.target = target
        self.fate = fate
        self.end = campaign.horizon if fate.day is None else fate.day

    def fell(self) -> list[str]:
        """For an objective that was taken, or left by its garrison."""
        if self.fate.how == FROM_THE_START:
            return [f"{self.target.name} was the attacker's on day 0"]
        return [
            self._verdict(),
            self._aimed_at(),
            self._approach(),
            self._ground_before(),
            self._obstacles(),
            self._corridor(),
            self._supply(),
            self._isolation(),
            self._counter_attacks(),
            self._routs(),
            self._order(),
            self._strongholds(),
            *self._after(),
        ]

    def held(self) -> list[str]:
        """For one that held to the horizon."""
        return [
            f"{self.target.name} was not taken within {count(self.end)} days",
            self._aimed_at(),
            self._nearest(),
            self._approach(),
            self._obstacles(),
            self._corridor(),
            self._supply(),
            self._isolation(),
            self._counter_attacks(),
            self._routs(),
            self._strongholds(),
        ]

    def _day(self, event: str) -> int | None:
        found = self.campaign.day_of(f"{event}:{self.target.slug}")
        return None if found is None else int(found)

    def _on(self, day: float | None) -> str:
        return self.setting.on(0 if day is None else day)

    def _verdict(self) -> str:
        name, on = self.target.name, self._on(self.end)
        if self.fate.what == LEFT:
            horizon = self.campaign.horizon
            share = self.campaign.at(f"occupied:{self.target.slug}", horizon) or 0.0
            return (
                f"{name} was left by its garrison on {on} and not taken within {count(horizon)} days: in the"
                f" end the attacker occupied {percent(share)} of it"
            )
        words = {
            WITHDRAWN: f"after its garrison had left on {self._on(self._day('withdrawn'))}",
            ROUTED: f"after more than half of its garrison had broken by {self._on(self._day('routed'))}",
        }
        return f"{name} was taken on {on}, {words.get(self.fate.how, 'while its garrison still stood')}"

    def _aimed_at(self) -> str:
        """Which axes led to it, in the phases that were entered, with what share of the effort."""
        axes = [axis for axis, goal in self.setting.axes.items() if goal == self.target.slug]
        if not axes:
            return "No axis of the course led to it"
        stages = self.setting.stages
        entered = [row.entity for row in self.campaign.of("phase", last=self.end)]
        told = [
            f"{percent(share)} in '{stage.name}'"
            for i, stage in enumerate(stages)
            if (i == 0 or stage.name in entered)
            and (share := sum(stage.shares.get(axis, 0.0) for axis in axes)) > 0.0
        ]
        if told:
            return (
                f"The share of the effort ordered towards it was {listed(told)}{self._cells_attacked(axes)}"
            )
        last = [*(stage.name for stage in stages[:1]), *entered][-1:]
        came = f"the plan came no further than '{last[0]}', which gives it none" if last else "none at all"
        return f"No effort was ordered towards it: {came}"

    def _cells_attacked(self, axes: list[str]) -> str:
        """How many cells at a time the axes towards it attacked at most."""
        most = [
            max((row.value for row in self.campaign.of("attacked", axis, last=self.end)), default=0.0)
            for axis in axes
        ]
        return f"; {several(int(sum(most)), 'cell')} at most attacked at a time" if sum(most) else ""

    def _approach(self) -> str:
        days = {limit: self._day(f"within_{limit}km") for limit in (10, 5)}
        told = [f"{limit} km on {_day(day)}" for limit, day in days.items() if day and 1 < day <= self.end]
        near = [limit for limit, day in days.items() if day is not None and day <= 1]
        parts = []
        if near:
            parts.append(f"the front stood within {min(near)} km of its built-up edge from the start")
        if told:
            parts.append(
                f"it came within {listed(told)}"
                if near
                else f"the front came within {listed(told)} of its built-up edge"
            )
        contested = self._day("contested")
        if contested is not None and contested <= self.end:
            since = _day(contested) if contested > 1 else "the start"
            parts.append(f"the town was contested from {since}")
        return sentence("; ".join(parts)) if parts else ""

    def _nearest(self) -> str:
        values = self.campaign.series.get(f"front_distance_km:{self.target.slug}")
        occupied = self.campaign.series.get(f"occupied:{self.target.slug}")
        if values is None:
            return ""
        if occupied is not None and occupied.max() > 0.0:
            day = int(occupied.argmax())
            text = f"at most {percent(float(occupied[day]))} of it was occupied, on {_day(day)}"
            return f"{text}; {percent(float(occupied[-1]))} in the end"
        day = int(values.argmin())
        return (
            f"The front was nearest on {_day(day)}, {km(float(values[day]))} from its centre"
            f" ({km(float(values[0]))} on day 0)"
        )

    def _ground_before(self) -> str:
        """Ground taken about it before the order to leave, or before it was taken."""
        orders = self.campaign.of("order_out", self.target.slug, last=self.end)
        day, what = (orders[0].day, "its garrison was ordered out") if orders else (self.end, "that")
        sides = self._taken_around(day)
        if not sides:
            none = f"no cell within {NEAR_KM:.0f} km of it passed to the attacker"
            return f"In the {WEEKS_BEFORE} weeks before {what} {none}"
        return (
            f"In the {WEEKS_BEFORE} weeks before {what} the attacker took {km2(sum(sides.values()))} within"
            f" {NEAR_KM:.0f} km of it, most of it to the {main_sides(sides)}"
        )

    def _taken_around(self, day: int) -> dict[str, float]:
        """Ground taken near the objective in the weeks before a day, by the side on which it lies, km2."""
        sides: dict[str, float] = {}
        for row in self._near("control", first=day - 7 * WEEKS_BEFORE, last=day):
            if row.value == ATTACKER_HOLDS:
                side = self.setting.side_of(row.entity, self.target)
                sides[side] = sides.get(side, 0.0) + self.setting.cells[row.entity].area_km2
        return sides

    def _near(self, kind: str, *, first: float = 0, last: float | None = None) -> list[Row]:
        """Rows of a kind about cells near the objective."""
        rows = self.campaign.of(kind, first=first, last=self.end if last is None else last)
        return [row for row in rows if self.setting.away(row.entity, self.target) <= NEAR_KM]

    def _obstacles(self) -> str:
        rows = self._near("breach")
        if not rows:
            return f"No obstacle within {NEAR_KM:.0f} km of it was breached"
        names = [self.setting.cells[row.entity].belt for row in rows]
        belts = list(dict.fromkeys(name for name in names if name))
        of = f" of the {'belt' if len(belts) == 1 else 'belts'} {listed(belts)}" if belts else ""
        first = rows[0]
        return (
            f"{several(len(rows), 'obstacle')}{of} within {NEAR_KM:.0f} km of it"
            f" {'was' if len(rows) == 1 else 'were'} breached, the first on {_day(first.day)},"
            f" {self.setting.where(first.entity)}"
        )

    def _corridor(self) -> str:
        rows = self.campaign.of("corridor", self.target.slug, last=self.end)
        narrow = [row for row in rows if row.value < WIDE_KM]
        if not narrow:
            return ""
        first, least = narrow[0], min(narrow, key=lambda row: (row.value, row.day))
        told = f"By {_day(first.day)} its corridor had narrowed to {km(first.value)}"
        sides = self._taken_around(first.day)
        if sides:
            told += f", after {km2(sum(sides.values()))} to the {main_sides(sides)} of it had been taken"
            told += f" in {WEEKS_BEFORE} weeks"
        if least.value <= 0.0:
            told += f"; by {_day(least.day)} the last way out was cut"
        elif least is not first:
            told += f"; at its narrowest it was {km(least.value)}, by {_day(least.day)}"
        return told

    def _supply(self) -> str:
        """On how many days little arrived, the least of it, and why at the last survey that saw it."""
        values = self.campaign.series.get(f"supply_share:{self.target.slug}")
        if values is None or self.end < 1:
            return ""
        until = values[1 : self.end + 1] if self.fate.what == HELD else values[1 : max(2, self.end)]
        day = int(until.argmin()) + 1
        least = f"{supplied(float(until[day - 1]))} on {_day(day)}"
        scarce = int((until < SCARCE).sum())
        if scarce == 0:
            return f"Never less than {percent(SCARCE)} of its demand at full strength arrived; least {least}"
        when = f"On {count(scarce)} of {count(until.size)} days" if scarce < until.size else "All the time"
        text = f"{when} less than {percent(SCARCE)} of its demand"
        text += f" at full strength arrived, least {least}"
        seen = self.campaign.of("supply", self.target.slug, last=self.end)
        seen = [row for row in seen if row.value < SCARCE and row.day > 1][-1:]
        return f"{text}{self._why_scarce(seen[0].day)}" if seen else text

    def _why_scarce(self, day: int) -> str:
        """Strength, what the men present got, and loads lost, at the last survey that saw little arrive."""
        why = supply_reasons(supply_numbers(self.campaign, self.target.slug, day))
        return f"; on {_day(day)} {why}" if why else ""

    def _isolation(self) -> str:
        rows = self.campaign.of("isolated", self.target.slug, last=self.end)
        if not rows:
            return ""
        text = f"It was isolated from {_day(rows[0].day)}"
        ended = self.campaign.of("isolation_ended", self.target.slug, first=rows[0].day, last=self.end)
        return f"{text} to {_day(ended[0].day)}" if ended else text

    def _counter_attacks(self) -> str:
        rows = self._near("counter_attack")
        if not rows:
            return f"No reserves arrived to counter-attack within {NEAR_KM:.0f} km of it"
        back = sum(
            self.setting.cells[row.entity].area_km2
            for row in self._near("control")
            if row.value != ATTACKER_HOLDS
        )
        regained = f"cells of {km2(back)} there went back to the defender" if back else "no cell went back"
        who = f"{several(len(rows), 'formation')} of reserves ({men(sum(row.value for row in rows))})"
        return f"{who} arrived to counter-attack within {NEAR_KM:.0f} km of it; {regained}"

    def _routs(self) -> str:
        first = 0 if self.fate.what == HELD else self.end - ROUT_DAYS
        rows = self.campaign.of("garrison_rout", self.target.slug, first=first, last=self.end)
        if not rows:
            return ""
        when = "In all" if self.fate.what == HELD else f"In the {ROUT_DAYS} days before"
        total = men(sum(row.value for row in rows))
        return f"{when} {several(len(rows), 'formation')} of its garrison ({total}) broke"

    def _order(self) -> str:
        """The order to leave and how it was carried out, where that came before the end."""
        orders = self.campaign.of("order_out", self.target.slug, last=self.end)
        if not orders:
            return ""
        numbers = order_numbers(self.campaign, orders[0])
        said = f"On {_day(orders[0].day)} its garrison was ordered out{self._weighed()}: the hazard of it was"
        said += f" {percent(orders[0].value)} on that day"
        if "corridor_factor" in numbers:
            said += f" (corridor x{numbers['corridor_factor']:.1f}, supply x{numbers['supply_factor']:.1f},"
            said += f" losses x{numbers['losses_factor']:.1f})"
        left = self.campaign.of("withdrawal", self.target.slug, last=self.end)
        return f"{said}. {self._left(left[0])}" if left else said

    def _weighed(self) -> str:
        """When its commander weighs leaving (engine.breaking.decide_withdrawals)."""
        share = self.campaign.parameters.get("withdraw_contest_share")
        if share is None:
            return ""
        return f", which is weighed once {percent(share)} of it is contested or its corridor is below 10 km"

    def _left(self, row: Row) -> str:
        text, numbers = leaving(self.campaign, row)
        return f"{text} left on {_day(row.day)}{lost_words(numbers)}"

    def _strongholds(self) -> str:
        """What became of its strongholds: row by row, then those that were left without a fight."""
        own = [site for site, slug in self.setting.sites.items() if slug == self.target.slug]
        words = {
            "sealed": "was sealed",
            "starved": "had no stocks left",
            "cleared": "was cleared",
            "surrender": "gave up",
            "slipped_out": "was left by its garrison",
        }
        rows = [row for kind in words for row in self.campaign.of(kind) if row.entity in own]
        rows.sort(key=lambda row: row.day)
        parts = [f"{row.entity} {words[row.kind]} on {_day(row.day)}" for row in rows]
        rest = [site for site in own if site not in {row.entity for row in rows}]
        cleared = self._day("cleared")
        if rest and cleared is not None:
            parts.append(f"nobody held {listed(rest)} any longer by {_day(cleared)}")
        return f"Strongholds in it: {'; '.join(parts)}" if parts else ""

    def _after(self) -> list[str]:
        """What became of a garrison that still stood when the objective was taken, and of the objective."""
        rows = self.campaign.of("withdrawal", self.target.slug, first=self.end + 1)
        rows = [row for row in rows if row.value > 0.0]
        again = self.campaign.of("retaken", self.target.slug)
        said = [f"What was left of its garrison about it went later: {self._left(rows[0])}"] if rows else []
        return said + ([f"The attacker lost it again on {_day(again[0].day)}"] if again else [])


def _day(day: float | None) -> str:
    """A day without its date, which the entries give."""
    return f"day {int(day or 0):,}"

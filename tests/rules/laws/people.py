"""Laws of `rules/people.py`: ranges, directions, bounds, values worked out by hand, limits."""

from __future__ import annotations

from tests.rules.law import UNIT, Law

LAWS: dict[str, Law] = {
    "destruction": Law(
        {
            "destroyed": UNIT,
            "contact": UNIT,
            "fires": (0.0, 5.0),
            "kc": (0.0, 0.1),
            "kf": (0.0, 0.1),
            "days": (0.0, 30.0),
        },
        rises=("destroyed", "contact", "fires", "kc", "kf", "days"),
        bounds=UNIT,
        # Bakhmut: 71 % after about 290 days of contact
        values=(
            ((0.0, 1.0, 0.0, 0.0043, 0.0004, 290.0), 0.7126344),
            ((0.5, 0.0, 1.0, 0.0043, 0.0004, 7.0), 0.5013980),
        ),
        limits=(((0.3, 1.0, 1.0, 0.0043, 0.0004, 0.0), 0.3), ((1.0, 1.0, 1.0, 0.0043, 0.0004, 9.0), 1.0)),
    ),
    "leaving_rate": Law(
        {"km": (0.0, 200.0), "base": UNIT, "half": (0.0, 30.0), "scale": (0.5, 10.0), "shock": UNIT},
        rises=("base", "half", "shock"),
        falls=("km",),
        bounds=(0.0, 2.0),
        values=(((10.0, 0.04, 10.0, 3.0, 0.0), 0.02), ((7.0, 0.042, 10.0, 3.0, 0.0), 0.0307045)),
        limits=(((1000.0, 0.04, 10.0, 3.0, 0.0), 0.0), ((1000.0, 0.04, 10.0, 3.0, 0.03), 0.03)),
    ),
    "residents_after": Law(
        {"residents": (0.0, 1e6), "core": (0.0, 1e5), "rate": UNIT, "days": (0.0, 30.0)},
        rises=("residents",),
        falls=("rate", "days"),
        bounds=(0.0, 1e6),
        # Pokrovsk: 53,000 on 19 August 2024, about 26,000 on 5 September, at .042 a day
        values=(((53_000.0, 1000.0, 0.042, 17.0), 26_463.65),),
        limits=(((500.0, 1000.0, 0.042, 17.0), 500.0), ((53_000.0, 1000.0, 0.042, 0.0), 53_000.0)),
    ),
}

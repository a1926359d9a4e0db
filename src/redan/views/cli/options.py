"""Options that several commands share, worded once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Scenario = Annotated[str, typer.Argument(help="A bundled name, or the path of a scenario folder.")]
Json = Annotated[
    bool, typer.Option("--json", help="Print one JSON document to stdout and nothing else there.")
]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="A.B=V", help="Change a field of the scenario. Repeatable.", show_default=False
    ),
]
Overlays = Annotated[
    list[Path] | None,
    typer.Option(
        "--overlay",
        metavar="FILE",
        help="Lay a YAML file over the scenario: what it names is changed or added. Repeatable.",
        show_default=False,
    ),
]
Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="Folder of the datasets; default $REDAN_DATA, or shared/data beside the working copy.",
        show_default=False,
    ),
]
RunOption = Annotated[
    Path | None,
    typer.Option(
        "--run",
        metavar="RUN",
        help="Forecast that answers the questions; default the newest in redan-runs, if any.",
        show_default=False,
    ),
]
RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.", show_default=False)]
Page = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="FILE", help="The page; default report.html in the run folder.", show_default=False
    ),
]
ShownDays = Annotated[
    list[int] | None,
    typer.Option(
        "--day",
        metavar="D",
        help="A day to show on maps and in tables. Repeatable; default four up to the horizon.",
        show_default=False,
    ),
]
AblationFile = Annotated[
    Path | None,
    typer.Option("--ablation", metavar="FILE", help="What redan ablate --json printed.", show_default=False),
]
SensitivityFolder = Annotated[
    Path | None,
    typer.Option("--sensitivity", metavar="DIR", help="A folder of redan sensitivity.", show_default=False),
]
Courses = Annotated[
    list[str] | None,
    typer.Option("--course", metavar="NAME", help="Play only this course. Repeatable.", show_default=False),
]
Replications = Annotated[
    int | None, typer.Option(help="Campaigns of each course.  [default: 1000]", show_default=False)
]
Pairs = Annotated[
    int | None,
    typer.Option(
        "--replications",
        help="Campaigns of each course with the layer and without it.  [default: 100]",
        show_default=False,
    ),
]
Layers = Annotated[
    list[str] | None,
    typer.Option("--layer", metavar="NAME", help="Judge only this layer. Repeatable.", show_default=False),
]
Measures = Annotated[
    list[str] | None,
    typer.Option(
        "--measure",
        metavar="ID",
        help="An event or measure, such as taken:kramatorsk. Repeatable; default the headline ones.",
        show_default=False,
    ),
]
StudyOut = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="DIR", help="Folder of the study; default one in redan-runs.", show_default=False
    ),
]
Horizon = Annotated[int | None, typer.Option(help="Days played.  [default: 1095]", show_default=False)]
Seed = Annotated[
    int | None,
    typer.Option(help="The same seed gives the same campaigns.  [default: 1]", show_default=False),
]
Facts = Annotated[
    list[str] | None,
    typer.Option("--fact", metavar="ID", help="Only this fact. Repeatable.", show_default=False),
]
FactReplications = Annotated[
    int | None,
    typer.Option(
        "--replications",
        help="Campaigns of each fact, battle or day of the front.  [default: 2000, 200 or 100]",
        show_default=False,
    ),
]
BattleReplications = Annotated[
    int | None,
    typer.Option("--replications", help="Campaigns of each battle.  [default: 400]", show_default=False),
]
Threads = Annotated[
    int | None, typer.Option(min=1, max=1024, help="Threads; default all cores.", show_default=False)
]
Out = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Run folder; default redan-runs/NAME-SEED-HASH.", show_default=False),
]
Resume = Annotated[
    Path | None,
    typer.Option(
        metavar="RUN", help="Finish a run that was cut off, instead of SCENARIO.", show_default=False
    ),
]
UntilWidth = Annotated[
    list[str] | None,
    typer.Option(
        "--until-width",
        metavar="MEASURE=WIDTH",
        help="Go on until its 90 % interval is this narrow, such as taken:kramatorsk=0.05. Repeatable;"
        " --replications is then the most (default 10,000).",
        show_default=False,
    ),
]
Group = Annotated[
    str | None,
    typer.Option(
        "--group",
        metavar="WHICH",
        help='The campaigns in which it came, such as "taken:kramatorsk", "taken:kramatorsk<=365" or'
        ' "losses:attacker>300000".',
        show_default=False,
    ),
]
Draws = Annotated[
    int | None,
    typer.Option(
        help="Rows of the table of prior draws; fewer are quicker and say less.  [default: 20000]",
        show_default=False,
    ),
]
OwnBattles = Annotated[
    Path | None,
    typer.Option(
        "--csv",
        metavar="FILE",
        help="Battles of your own: the columns of redan engage, winner, attacker_loss_men, defender_loss_men,"
        " advance_km.",
        show_default=False,
    ),
]
FitFolder = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Folder; default redan-fits/SEED.", show_default=False),
]
FitResume = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        help="Go on with a fit that was cut off; --draws beside it lengthens its table.",
        show_default=False,
    ),
]
PosteriorOption = Annotated[
    str | None,
    typer.Option(
        "--posterior",
        metavar="FIT",
        help="What parameters are drawn from: priors, a bundled fit or a file; default the fit that ships.",
        show_default=False,
    ),
]
Around = Annotated[
    str | None,
    typer.Option(
        metavar="TOWN",
        help='A town of GeoNames, such as "Paris, FR", or its id; without it: an invented island.',
        show_default=False,
    ),
]
RadiusKm = Annotated[
    float | None, typer.Option(help="Radius of the theatre.  [default: 60]", show_default=False)
]
AttackerFrom = Annotated[
    str | None,
    typer.Option(
        metavar="DIRECTION",
        help="Where the attacker stands, such as north-east; default: where towns lie.",
        show_default=False,
    ),
]
Elevation = Annotated[
    Path | None,
    typer.Option(metavar="TIF", help="GeoTIFF of heights in metres (extra terrain).", show_default=False),
]
LandUse = Annotated[
    Path | None,
    typer.Option(
        "--land-use",
        metavar="GEOJSON",
        help="Polygons with cover, built or industry, each a share.",
        show_default=False,
    ),
]
GivenRoads = Annotated[
    Path | None,
    typer.Option(
        "--roads",
        metavar="GEOJSON",
        help="Lines with kind: main_road, road or rail, or OpenStreetMap's tags.",
        show_default=False,
    ),
]
GivenLine = Annotated[
    Path | None,
    typer.Option(
        "--line",
        metavar="GEOJSON",
        help="The line of contact; default a straight, invented one.",
        show_default=False,
    ),
]
AsOf = Annotated[
    str | None, typer.Option(metavar="YYYY-MM-DD", help="Day 0; default today.", show_default=False)
]
TextAsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help="Day 0; default the latest full date of the text, or today.",
        show_default=False,
    ),
]
NewFolder = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="DIR", help="Folder, which must not exist; default: by the name.", show_default=False
    ),
]
Outcomes = Annotated[
    Path | None,
    typer.Option(
        "--log",
        metavar="OUTCOMES",
        help="Score logged forecasts against a table: location,target,came_on,value,known_until,source.",
        show_default=False,
    ),
]
Forecasts = Annotated[
    Path | None,
    typer.Option(
        "--forecasts",
        metavar="DIR",
        help="The forecast log; default the folder forecasts.",
        show_default=False,
    ),
]
Token = Annotated[
    str | None,
    typer.Option(
        metavar="T",
        envvar="REDAN_TOKEN",
        help="What a request must bring; better given as the variable REDAN_TOKEN.",
        show_default=False,
    ),
]
BaseMap = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Map tiles with {z}, {x} and {y} from elsewhere; default none.",
        show_default=False,
    ),
]
ClusterAddress = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Play on a Dask cluster, tcp://HOST:8786 of its scheduler; the same bytes.",
        show_default=False,
    ),
]
AllowMixed = Annotated[
    bool,
    typer.Option("--allow-mixed", help="Also use workers of other versions or processors; other bytes."),
]
Gpu = Annotated[
    bool,
    typer.Option("--gpu", help="Play on a CUDA card, one replication a thread; not yet tried on one."),
]

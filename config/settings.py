"""Find the configuration and read it whole: settings, campaigns and units are checked.

It connects to nothing; what it returns is frozen.
"""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from config import sections
from config.campaign import load_campaign
from config.faults import ENVIRONMENT, WORDS, ConfigurationError, Faults
from config.options import Settings, defaults
from config.table import Table, load_toml
from config.units_file import load_units
from parsers.values.campaign import Campaign

#: Where the configuration lies unless the option or HOPTHU_CONFIG names it.
PLACES = (Path("config/hopthu.toml"), Path("/etc/hopthu/hopthu.toml"))

_HERE = Path(__file__).parent
#: What is used without any configuration file: the plan that came with the program.
SHIPPED_CAMPAIGN = _HERE / "campaigns" / "41-kh-qu.toml"
SHIPPED_UNITS = _HERE / "units.csv"
SHIPPED_HEADINGS = _HERE / "headings.toml"

#: Variables that are no options.
_OTHER_VARIABLES = ("HOPTHU_CONFIG", "HOPTHU_NOW")
_SECTIONS = (
    "mailboxes",
    "trust",
    "answers",
    "smtp",
    "reminders",
    "digest",
    "alerts",
    "limits",
    "retention",
    "web",
    "storage",
    "workers",
    "documents",
)


def find_configuration(
    option: Path | None, environ: Mapping[str, str] = os.environ
) -> Path | None:
    """Return the option, else HOPTHU_CONFIG, else the first of PLACES; None if none.

    A file that was named is returned even where it is missing, so that it is told.
    """
    if option is not None:
        return option
    if environ.get("HOPTHU_CONFIG"):
        return Path(environ["HOPTHU_CONFIG"])
    return next((place for place in PLACES if place.is_file()), None)


def load_settings(
    path: Path | None, environ: Mapping[str, str] = os.environ
) -> Settings:
    """Return the settings of the file at `path` (None: found as above), overridden by
    HOPTHU_SECTION__KEY of `environ`; relative paths are of the working directory.

    Raises ConfigurationError with every fault of the file, of the environment, of the
    campaign files and of the units file.
    """
    faults = Faults()
    found = find_configuration(path, environ)
    if found is None:
        faults.add(PLACES[0], "", "config_missing", places=", ".join(map(str, PLACES)))
        faults.raise_any()
        raise AssertionError("unreachable")
    document = load_toml(found, faults)
    faults.raise_any()
    top = Table(found, "", document or {}, faults, environ)
    settings = _settings(found, top, environ)
    _check_units(settings, top)
    faults.raise_any()
    return settings


def shipped_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of `hopthu read` where there is no configuration file."""
    campaign = load_campaign(SHIPPED_CAMPAIGN)
    return Settings(
        file=None,
        campaigns=(campaign,),
        campaign_files=(SHIPPED_CAMPAIGN,),
        units=SHIPPED_UNITS,
        timezone=environ.get("HOPTHU_TIMEZONE") or defaults(Settings)["timezone"],
    )


def _settings(file: Path, top: Table, environ: Mapping[str, str]) -> Settings:
    campaign_files = top.paths("campaign", "config/campaigns/41-kh-qu.toml")
    campaigns = _campaigns(top, campaign_files)
    opens = [phase.opens for c in campaigns for phase in c.phases]
    context = sections.Context(environ, min(opens, default=date.min))
    tables = {name: top.table(name) for name in _SECTIONS[1:]}
    settings = Settings(
        file=file,
        campaigns=campaigns,
        campaign_files=campaign_files,
        units=Path(top.text("units", "config/units.csv", blank=False)),
        database=sections.read_database(top),
        archive=sections.read_archive(top),
        timezone=sections.read_timezone(top),
        mailboxes=sections.read_mailboxes(top, context),
        smtp=sections.read_smtp(tables["smtp"], context),
        trust=sections.read_trust(tables["trust"]),
        answers=sections.read_answers(tables["answers"]),
        reminders=sections.read_reminders(tables["reminders"]),
        digest=sections.read_digest(tables["digest"]),
        alerts=sections.read_alerts(tables["alerts"]),
        limits=sections.read_limits(tables["limits"]),
        retention=sections.read_retention(tables["retention"]),
        web=sections.read_web(tables["web"]),
        storage=sections.read_storage(tables["storage"]),
        workers=sections.read_workers(tables["workers"]),
        documents=sections.read_documents(tables["documents"]),
    )
    tables["smtp"].allow_variable("password")
    for table in (*tables.values(), top):
        table.end()
    _check_variables(settings, top.faults, environ)
    return settings


def _campaigns(top: Table, files: tuple[Path, ...]) -> tuple[Campaign, ...]:
    found: dict[str, tuple[Campaign, Path]] = {}
    for file in files:
        if not file.is_file():
            top.fault("campaign", "file_missing", str(file))
            continue
        try:
            campaign = load_campaign(file)
        except ConfigurationError as error:
            top.faults.extend(error)
            continue
        _, other = found.setdefault(campaign.number, (campaign, file))
        if other != file or files.count(file) > 1:
            what = WORDS["campaign"]
            number = campaign.number
            top.faults.add(file, "number", "duplicate", number, other=other, what=what)
    return tuple(campaign for campaign, _ in found.values())


def _check_units(settings: Settings, top: Table) -> None:
    """Add the faults of the units file; its categories are those of the campaigns."""
    if not settings.units.is_file():
        top.fault("units", "file_missing", str(settings.units))
        return
    if not settings.campaigns:
        return
    try:
        load_units(settings.units, settings.categories)
    except ConfigurationError as error:
        top.faults.extend(error)


def _check_variables(
    settings: Settings, faults: Faults, environ: Mapping[str, str]
) -> None:
    """Add a fault for each HOPTHU_…__… that belongs to no section and no mailbox."""
    passwords = {
        f"HOPTHU_MAILBOXES__{sections.variable_word(mailbox.name)}__PASSWORD"
        for mailbox in settings.mailboxes
    }
    for variable in sorted(environ):
        section, separator, _ = variable.removeprefix("HOPTHU_").partition("__")
        if not variable.startswith("HOPTHU_") or not separator:
            continue
        known = section.lower() in _SECTIONS[1:] or variable in passwords
        if not known and variable not in _OTHER_VARIABLES:
            faults.add(ENVIRONMENT, variable, "unknown_key", hint="")

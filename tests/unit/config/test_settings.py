import stat
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from pathlib import Path

import pytest

from config import options
from config.faults import ENVIRONMENT, ConfigurationError
from config.settings import find_configuration, load_settings, shipped_settings
from parsers.values.limits import Limits
from parsers.values.message import Address

ROOT = Path(__file__).parents[3]
EXAMPLE = Path("config/hopthu.example.toml")
SMTP = '[smtp]\nhost = "localhost"\nfrom = "Ban <ban@example.vn>"\n'
BOX = '[[mailboxes]]\nname = "a-1"\nkind = "imap"\nhost = "localhost"\nusername = "b"\n'


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def _load(
    folder: Path, text: str = "", environ: Mapping[str, str] | None = None
) -> options.Settings:
    file = folder / "hopthu.toml"
    file.write_text(text if "[smtp]" in text else text + SMTP, "utf-8")
    return load_settings(file, environ or {})


def _secret(folder: Path, text: str = "geheim\n", mode: int = 0o600) -> Path:
    file = folder / "secret"
    file.write_text(text, "utf-8")
    file.chmod(mode)
    return file


def test_the_example_loads() -> None:
    settings = load_settings(EXAMPLE, {})
    assert [mailbox.name for mailbox in settings.mailboxes] == ["gmail", "notes"]
    assert settings.mailboxes[1].answer == "folder"


def test_the_example_names_every_option() -> None:
    text = EXAMPLE.read_text("utf-8")
    document = tomllib.loads(text)
    asked = {
        "smtp": {"from", "password_file"},
        "web": {"bind"},
        "mailboxes": {"password_file"},
    }
    hidden = {"sender", "password", "host", "port"}
    tables = {
        "smtp": options.Smtp,
        "trust": options.Trust,
        "answers": options.Answers,
        "reminders": options.Reminders,
        "digest": options.Digest,
        "alerts": options.Alerts,
        "limits": Limits,
        "retention": options.Retention,
        "web": options.Web,
        "storage": options.Storage,
        "workers": options.Workers,
        "documents": options.Documents,
    }
    for name, kind in tables.items():
        names = {f.name for f in fields(kind)} - (hidden if name in asked else set())
        missing = (names | asked.get(name, set())) - set(document[name])
        assert missing <= {"password_file"}, (name, missing)
    boxes = {key for box in document["mailboxes"] for key in box}
    assert {f.name for f in fields(options.Mailbox)} - {"password"} == boxes
    assert text.count("# password_file =") == 2
    assert {"timezone", "database", "archive", "campaign", "units"} <= set(document)


def test_the_example_shows_the_defaults(tmp_path: Path) -> None:
    shown, default = load_settings(EXAMPLE, {}), _load(tmp_path)
    told_apart = {"file", "mailboxes", "smtp"}
    for field in fields(options.Settings):
        if field.name not in told_apart:
            value = getattr(shown, field.name)
            assert value == getattr(default, field.name), field.name
    assert shown.smtp is not None
    assert default.smtp is not None
    same = {f.name for f in fields(options.Smtp)} - {"host", "sender", "username"}
    assert {getattr(shown.smtp, n) == getattr(default.smtp, n) for n in same} == {True}


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    settings = _load(tmp_path, BOX)
    box = settings.mailboxes[0]
    assert (box.port, box.security, box.folders) == (993, "tls", ("INBOX", "\\Junk"))
    assert (box.answer, box.sent_folder, box.idle) == ("sender", "\\Sent", True)
    # The day on which the earliest phase of the plan opens.
    assert box.since == date(2021, 5, 1)
    assert settings.reminders.at == time(8, 0)
    assert settings.database == "sqlite:///var/hopthu.db"
    assert settings.smtp is not None
    assert settings.smtp.sender == Address("Ban", "ban@example.vn")


@pytest.mark.parametrize(
    ("security", "port"), [("tls", 993), ("starttls", 143), ("none", 143)]
)
def test_the_port_follows_the_security(
    tmp_path: Path, security: str, port: int
) -> None:
    settings = _load(tmp_path, BOX + f'security = "{security}"\n')
    assert settings.mailboxes[0].port == port


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "LOCALHOST"]
)
def test_plain_connections_to_this_machine_are_allowed(
    tmp_path: Path, host: str
) -> None:
    text = BOX.replace("localhost", host) + 'security = "none"\n'
    assert _load(tmp_path, text).mailboxes[0].security == "none"


@pytest.mark.parametrize(
    "host", ["128.0.0.1", "localhost.example.vn", "::2", "0.0.0.0"]
)
def test_plain_connections_elsewhere_are_not(tmp_path: Path, host: str) -> None:
    with pytest.raises(ConfigurationError, match="security"):
        _load(tmp_path, BOX.replace("localhost", host) + 'security = "none"\n')


def test_dates_and_times_may_be_tomls_own(tmp_path: Path) -> None:
    text = BOX + "since = 2021-06-01\n[reminders]\nat = 09:30:00\n"
    settings = _load(tmp_path, text)
    assert settings.mailboxes[0].since == date(2021, 6, 1)
    assert settings.reminders.at == time(9, 30)


def test_the_environment_overrides_single_values(tmp_path: Path) -> None:
    environ = {
        "HOPTHU_SMTP__PORT": "2525",
        "HOPTHU_SMTP__HOST": "127.0.0.1",
        "HOPTHU_DATABASE": "postgresql+psycopg://a:geheim@db/b",
        "HOPTHU_REMINDERS__AT": "07:15",
        "HOPTHU_REMINDERS__CONFIRMATION": "true",
        "HOPTHU_CAMPAIGN": "config/campaigns/41-kh-qu.toml",
        "HOPTHU_NOW": "2021-06-08T09:00:00+07:00",
        "HOPTHU_CONFIG": "elsewhere.toml",
        "PATH": "/bin",
    }
    settings = _load(tmp_path, environ=environ)
    assert settings.smtp is not None
    assert (settings.smtp.host, settings.smtp.port) == ("127.0.0.1", 2525)
    assert settings.database.endswith("@db/b")
    assert settings.reminders.at == time(7, 15)
    assert settings.reminders.confirmation
    assert "geheim" not in repr(settings)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HOPTHU_SMTP__PORT", "smtp"),
        ("HOPTHU_SMTP__HOSST", "a"),
        ("HOPTHU_SMPT__HOST", "a"),
        ("HOPTHU_REMINDERS__CONFIRMATION", "maybe"),
        ("HOPTHU_REMINDERS__DAYS_BEFORE", "[1]"),
        ("HOPTHU_MAILBOXES__B__PASSWORD", "geheim"),
        ("HOPTHU_MAILBOXES__A_1__HOST", "a"),
        ("HOPTHU_TRUST__FIRST_CONTACT", "x"),
    ],
)
def test_a_fault_of_the_environment_names_its_variable(
    tmp_path: Path, variable: str, value: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        _load(tmp_path, BOX, {variable: value})
    (fault,) = caught.value.faults
    assert (fault.file, fault.key) == (ENVIRONMENT, variable)
    assert "geheim" not in str(fault)


def test_a_password_comes_from_its_file_and_is_never_shown(tmp_path: Path) -> None:
    path = _secret(tmp_path, "geheim\r\nsecond line\n")
    settings = _load(tmp_path, BOX + f'password_file = "{path}"\n')
    password = settings.mailboxes[0].password
    assert password is not None
    assert password.reveal() == "geheim"
    assert "geheim" not in repr(settings) + str(password) + f"{password}"


def test_a_password_comes_from_the_environment_first(tmp_path: Path) -> None:
    path = _secret(tmp_path, "old")
    text = BOX + f'password_file = "{path}"\n'
    environ = {
        "HOPTHU_MAILBOXES__A_1__PASSWORD": "new",
        "HOPTHU_SMTP__PASSWORD": "smtp-secret",
    }
    settings = _load(tmp_path, text, environ)
    assert settings.mailboxes[0].password is not None
    assert settings.smtp is not None
    assert settings.smtp.password is not None
    assert settings.mailboxes[0].password.reveal() == "new"
    assert settings.smtp.password.reveal() == "smtp-secret"


def test_a_password_comes_from_systemd_last(tmp_path: Path) -> None:
    (tmp_path / "a-1").write_text("of-systemd\n")
    settings = _load(tmp_path, BOX, {"CREDENTIALS_DIRECTORY": str(tmp_path)})
    assert settings.mailboxes[0].password is not None
    assert settings.mailboxes[0].password.reveal() == "of-systemd"


def test_a_password_that_stands_nowhere_is_no_fault(tmp_path: Path) -> None:
    assert _load(tmp_path, BOX).mailboxes[0].password is None


@pytest.mark.parametrize(
    ("text", "mode", "word"),
    [("geheim", 0o604, "chmod 600"), ("", 0o600, "trống"), ("\n", 0o600, "trống")],
)
def test_a_password_file_that_is_no_secret_is_refused(
    tmp_path: Path, text: str, mode: int, word: str
) -> None:
    path = _secret(tmp_path, text, mode)
    with pytest.raises(ConfigurationError) as caught:
        _load(tmp_path, BOX + f'password_file = "{path}"\n')
    (fault,) = caught.value.faults
    assert fault.key == "mailboxes[1].password_file"
    assert word in fault.sentence
    assert "geheim" not in str(caught.value)
    assert path.stat().st_mode & stat.S_IRUSR


def test_a_password_file_may_be_read_by_its_group(tmp_path: Path) -> None:
    path = _secret(tmp_path, mode=0o640)
    assert _load(tmp_path, BOX + f'password_file = "{path}"\n').mailboxes[0].password


def test_a_folder_is_no_password_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="password_file"):
        _load(tmp_path, BOX + f'password_file = "{tmp_path}"\n')


def test_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("code,name,category\nP01,,phuong\n")
    plan = tmp_path / "plan.toml"
    plan.write_text(Path("config/campaigns/41-kh-qu.toml").read_text() + "\nx = 1\n")
    good = "config/campaigns/41-kh-qu.toml"
    text = f'campaign = ["{good}", "{plan}"]\nunits = "{units}"\narchive = ""\n'
    with pytest.raises(ConfigurationError) as caught:
        _load(tmp_path, text, {"HOPTHU_SMTP__PORT": "0"})
    files = [fault.file for fault in caught.value.faults]
    main = str(tmp_path / "hopthu.toml")
    assert sorted(files) == sorted([str(plan), main, ENVIRONMENT, str(units)])


def test_two_plans_of_one_number_are_refused(tmp_path: Path) -> None:
    plan = tmp_path / "again.toml"
    plan.write_text(Path("config/campaigns/41-kh-qu.toml").read_text())
    text = f'campaign = ["config/campaigns/41-kh-qu.toml", "{plan}"]\n'
    with pytest.raises(ConfigurationError) as caught:
        _load(tmp_path, text)
    assert [(f.file, f.key) for f in caught.value.faults] == [(str(plan), "number")]


def test_the_configuration_is_looked_for_in_its_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    named = {"HOPTHU_CONFIG": "b.toml"}
    assert find_configuration(Path("a.toml"), named) == Path("a.toml")
    assert find_configuration(None, named) == Path("b.toml")
    (tmp_path / "config").mkdir()
    (tmp_path / "config/hopthu.toml").write_text("")
    assert find_configuration(None, {}) == Path("config/hopthu.toml")


def test_without_any_configuration_the_places_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("config.settings.PLACES", (Path("config/hopthu.toml"),))
    with pytest.raises(ConfigurationError) as caught:
        load_settings(None, {})
    assert "config/hopthu.toml" in caught.value.faults[0].sentence


def test_a_configuration_that_was_named_and_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings(None, {"HOPTHU_CONFIG": str(tmp_path / "x.toml")})
    assert caught.value.faults[0].file == str(tmp_path / "x.toml")


def test_the_shipped_plan_needs_no_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = shipped_settings({})
    assert (settings.file, settings.smtp, settings.mailboxes) == (None, None, ())
    assert settings.campaigns[0].number == "41-KH/QU"
    assert settings.units.is_file()


@pytest.mark.parametrize(
    ("web", "reach"),
    [
        ("", "http://127.0.0.1:8025/"),
        ('prefix = "/hopthu"', "http://127.0.0.1:8025/hopthu/"),
        ('bind = "[::1]:80"', "http://[::1]:80/"),
        ('url = "https://q3.example.vn/thu"', "https://q3.example.vn/thu"),
    ],
)
def test_how_people_reach_the_page(tmp_path: Path, web: str, reach: str) -> None:
    assert _load(tmp_path, f"[web]\n{web}\n").web.reach == reach


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ("lan:decide:$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA\n", []),
        ("# ai được vào\n\n minh:look:$argon2i$x\r\n", []),
        ("lan:decide:geheim\nminh:admin:$argon2id$x\nan\n", [1, 2, 3]),
    ],
)
def test_a_line_of_the_users_file_that_is_no_user_is_named(
    tmp_path: Path, lines: str, wrong: list[int]
) -> None:
    # A long path would be cut where it is shown.
    with tempfile.TemporaryDirectory() as folder:
        users = Path(folder) / "users"
        users.write_text(lines, "utf-8")
        told = f'[web]\nusers_file = "{users}"\n'
        if not wrong:
            assert _load(tmp_path, told).web.users_file == users
            return
        with pytest.raises(ConfigurationError) as caught:
            _load(tmp_path, told)
    shown = [(fault.shown or "").strip('"') for fault in caught.value.faults]
    assert shown == [f"{users}:{number}" for number in wrong]
    assert "geheim" not in str(caught.value)


def test_a_users_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="Không tìm thấy tệp người dùng"):
        _load(tmp_path, '[web]\nusers_file = "/no/such/file"\n')


def test_every_value_is_frozen() -> None:
    kinds = [k for k in vars(options).values() if is_dataclass(k)]
    frozen = {k.__name__: k.__dataclass_params__.frozen for k in kinds}  # type: ignore[attr-defined]
    assert frozen
    assert all(frozen.values())

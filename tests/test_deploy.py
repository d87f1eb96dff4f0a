"""The files that stand around the newsroom in production agree with it, and with each other."""

import os
import re
import shlex
import subprocess
import time
from configparser import RawConfigParser
from pathlib import Path

import pytest

from media import files
from newsroom import bodies, environment, health
from tests.test_environment import KEY

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
MANUAL = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")


def text_of(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def unit(name: str) -> RawConfigParser:
    parser = RawConfigParser(strict=False, delimiters=["="])
    parser.optionxform = str
    parser.read_string(text_of(name))
    return parser


NGINX = text_of("nginx.conf")
SERVICE = unit("newsroom@.service")["Service"]


def test_the_environment_file_shows_every_variable():
    shown = text_of("newsroom.env")
    offered = re.sub(r"^#(?=[A-Z_]+=)", "", shown, flags=re.MULTILINE)
    values, problems = environment.parsed(offered)
    assert problems == []
    assert values.keys() == environment.RULES.keys()
    assert environment.parsed(shown)[0].keys() == {"SITE_URL", "SECRET_KEY", "VAR_DIR"}


def test_what_it_shows_is_right_but_for_the_key_which_nobody_else_may_know(tmp_path):
    offered = re.sub(r"^#(?=[A-Z_]+=)", "", text_of("newsroom.env"), flags=re.MULTILINE)
    values = environment.parsed(offered)[0] | {"VAR_DIR": str(tmp_path)}
    with pytest.raises(environment.Refused) as refused:
        environment.understood(values)
    assert [problem.partition(":")[0] for problem in refused.value.problems] == ["SECRET_KEY"]
    environment.understood(values | {"SECRET_KEY": KEY})


def test_practising_a_restore_leads_nowhere_from_the_practice(tmp_path):
    """Whatever the site's own file holds: neither its data nor its mails, and nothing is refused."""
    offered = re.sub(r"^#(?=[A-Z_]+=)", "", text_of("newsroom.env"), flags=re.MULTILINE)
    practice = MANUAL.partition("**Practise it**")[2].partition("manage.py")[0]
    exported = dict(re.findall(r"([A-Z_]+)=(\S*)", practice))
    assert exported.pop("VAR_DIR").endswith("/practice")
    given = environment.parsed(offered)[0] | {"SECRET_KEY": KEY, "VAR_DIR": str(tmp_path)}
    values = environment.understood(given | exported)
    assert values["SITE_URL"].loopback
    assert (values["DATABASE_URL"], values["EMAIL_URL"]) == (None, None)


def test_server_and_commands_read_the_file_that_the_manual_makes():
    assert str(environment.MACHINES_FILE) in text_of("newsroom.env")
    assert str(environment.MACHINES_FILE) in MANUAL
    for name in ("newsroom@.service", "newsroom-backup.service"):
        named = unit(name)["Service"]["Environment"]
        assert named == f"NEWSROOM_ENV={environment.MACHINES_FILE}"


def test_the_unit_starts_the_server_that_the_manual_names():
    assert "-m newsroom.server 127.0.0.1:%i" in SERVICE["ExecStart"]
    assert "python -m newsroom.server" in MANUAL
    assert (SERVICE["Restart"], SERVICE["User"]) == ("always", "newsroom")


def test_settings_are_checked_before_a_start_and_before_a_reload():
    reload = re.findall("^ExecReload=(.+)$", text_of("newsroom@.service"), re.MULTILINE)
    assert reload == [SERVICE["ExecStartPre"], "/bin/kill -HUP $MAINPID"]
    assert "manage.py check --deploy" in SERVICE["ExecStartPre"]


def test_the_instances_that_nginx_asks_are_those_that_are_restarted():
    ports = re.findall(r"server 127\.0\.0\.1:(\d+) max_fails=0;", NGINX)
    assert len(ports) == 2
    assert f"for port in {' '.join(ports)};" in text_of("restart")
    assert all(f"newsroom@{port}" in MANUAL for port in ports)
    assert all(f"{probe}" in text_of("restart") for probe in health.PROBES - {"/healthz"})


def test_nginx_lets_through_what_the_newsroom_takes():
    megabytes = int(re.search(r"client_max_body_size (\d+)m;", NGINX)[1])
    assert megabytes * 2**20 >= max(bodies.Most)
    assert f"client_max_body_size {megabytes}m" in MANUAL


def test_nginx_serves_pictures_under_the_newsrooms_names_only():
    [pattern] = re.findall(r'location ~ "\^/uploads/(.+)\$"', NGINX)
    assert pattern == files.NAME.pattern


def test_nginx_says_who_asks_and_believes_nobody_else():
    for header, value in (
        ("Host", "$host"),
        ("X-Forwarded-Proto", "$scheme"),
        ("X-Forwarded-For", "$remote_addr"),
        ("X-Real-IP", "$remote_addr"),
    ):
        assert re.search(rf"proxy_set_header {header} +{re.escape(value)};", NGINX)
    assert "proxy_add_x_forwarded_for" not in NGINX


@pytest.mark.parametrize("written", [True, False])
def test_old_backups_go_after_a_backup_was_written_however_it_ended(tmp_path, written):
    service = unit("newsroom-backup.service")["Service"]
    assert "ExecStartPost" not in service
    [shell, option, command] = shlex.split(service["ExecStopPost"].replace("$$", "$"))
    ages = {"old.backup": 32, "old.backup.x.partial": 32, "older.backup": 90, "week.backup": 7}
    for name, days in (ages | {"now.backup": 0} if written else ages).items():
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, time.time() - days * 86_400))
    subprocess.run([shell, option, command.replace("/var/backups/newsroom", str(tmp_path))])
    left = {path.name for path in tmp_path.iterdir()}
    assert left == ({"now.backup", "week.backup"} if written else ages.keys())


def test_nginx_has_no_page_for_other_hosts_and_tells_others_nothing_of_the_machine():
    [other] = re.findall(r"server \{([^{}]+ssl_reject_handshake on;[^{}]+)\}", NGINX)
    assert "return 444;" in other
    [ready] = re.findall(r"location = /readyz \{(.+?)\}", NGINX, re.DOTALL)
    assert re.findall("allow (.+);", ready) == ["127.0.0.1", "::1"]
    assert "deny all;" in ready


def test_all_that_lies_there_is_in_the_manual():
    assert [path.name for path in DEPLOY.iterdir() if f"deploy/{path.name}" not in MANUAL] == []

"""What is wrong with a plugin stops the boot in development; in production it is put aside."""

import pytest

from extranet.app import create_app
from extranet.config import Config
from extranet.errors import PluginError
from extranet.plugins.loading import load_plugins
from tests.conftest import make_config
from tests.plugins.broken.faults import AT_BOOT, ROUTED, fault_sources, write_plugin
from tests.plugins.conftest import DUMMY


def production(**values) -> Config:
    return Config(
        environment="production",
        secret_key="x" * 32,
        base_url="http://localhost",
        mail_transport="file",
        database_url="sqlite:///:memory:",
        **values,
    )


@pytest.mark.parametrize("name", AT_BOOT)
def test_fault_is_put_aside_in_production_and_stops_development(tmp_path, name):
    body, reason = AT_BOOT[name]
    source = write_plugin(tmp_path, name, body)
    host = load_plugins(production(), [source, DUMMY])
    create_app(production(), host=host)

    assert reason in str(host.faults[name].reason)
    assert list(host.plugins) == ["dummy"]
    with pytest.raises(PluginError, match=f"The plugin {name} is refused"):
        config = make_config("sqlite:///:memory:", tmp_path)
        create_app(config, host=load_plugins(config, [source]))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("badtemplate", "templates/layout does not begin with templates/badtemplate/."),
        ("badtwice", "It is installed more than once: elsewhere, x-badtwice."),
    ],
)
def test_fault_in_files_is_put_aside(tmp_path, name, reason):
    sources = [one for one in fault_sources(tmp_path) if one.name == name]

    assert str(load_plugins(production(), sources).faults[name].reason) == reason


@pytest.mark.parametrize("order", [1, -1])
def test_order_of_loading_decides_nothing(tmp_path, order):
    sources = [*fault_sources(tmp_path), DUMMY][::order]

    host = load_plugins(production(), sources)
    create_app(production(), host=host)

    assert list(host.plugins) == ["badcheck", "badmigration", "badon", "badshow", "dummy"]
    assert len(host.faults) == len(AT_BOOT) + 2


@pytest.mark.parametrize(
    ("wanted", "loaded", "faults"),
    [
        ("*", ["dummy", "warmte"], []),
        ("", [], []),
        ("warmte, ", ["warmte"], []),
        ("gone", [], ["gone"]),
    ],
)
def test_setting_says_which_plugins_are_loaded(tmp_path, wanted, loaded, faults):
    sources = [DUMMY, write_plugin(tmp_path, "warmte", ROUTED)]

    host = load_plugins(production(plugins=wanted), sources)

    assert list(host.plugins) == loaded
    assert list(host.faults) == faults


def test_who_requires_a_plugin_that_was_put_aside_goes_too(tmp_path):
    needs = (
        "import dataclasses\nmanifest = dataclasses.replace(manifest, requires=frozenset({'%s'}))"
    )
    sources = [
        write_plugin(tmp_path, "aaa", needs % "bbb" + "\n" + ROUTED),
        write_plugin(tmp_path, "bbb", needs % "ccc" + "\n" + ROUTED),
        write_plugin(tmp_path, "ccc", "raise OSError('gone')"),
    ]

    host = load_plugins(production(), sources)

    assert host.plugins == {}
    assert str(host.faults["aaa"].reason) == "It requires bbb."
    assert str(host.faults["bbb"].reason) == "It requires ccc."


def test_trace_writes_every_call_to_the_log(caplog):
    caplog.set_level("INFO")
    load_plugins(production(plugins_trace=True), [DUMMY])

    assert any("extranet_register_pages of dummy" in line for line in caplog.messages)


def test_same_distribution_found_twice_is_one(tmp_path, monkeypatch):
    from extranet.plugins import loading  # noqa: PLC0415 - what is replaced

    class Entry:
        name, value = "dummy", "extranet_dummy.plugin"
        dist = type("Dist", (), {"name": "extranet-dummy", "version": "1"})()

        def load(self):
            return DUMMY.load()

    monkeypatch.setattr(loading, "entry_points", lambda **_group: [Entry(), Entry()])

    assert [one.label for one in loading.installed_sources()] == ["extranet-dummy 1"]

"""What plugins may import is a promise: names are added with a new minor version, never taken."""

import ast
from pathlib import Path

from extranet import api

# What each minor version of API 1 added.
PROMISED = {
    0: """
        ANNOTATIONS API_VERSION EVERY_COALITION_ROLE EVERY_ROLE SPEAKING Actor Article
        BudgetTemplateLine CentsField Change CoalitionRole Column Conflict DateField
        DeclarativeBase Euros Example Fact Form InvalidInput Job Letter Letterhead Limit
        Manifest NavigationEntry NotAllowed NotFound Pages Panel Participant
        ParticipantsRule Permission PersonalData Place PluginKind Refusal Role Setting
        SettingLevel SettingValue Settings Signature Subject Table Text Todo TooMany
        Unavailable UtcDateTime VersionedForm asked_key count_attempt csv_file
        current_actor current_locale current_place download drop_date drop_findable
        drop_public_address hookimpl is_live keep_date keep_findable keep_public_address
        keep_summary lazy now organisation_names page_of participants_of permission
        permits place_of places_of plugin_metadata public public_subject public_url_for
        queue_job queue_mail read_session record reference render_csv render_letter
        render_template render_xlsx requires settings_of staff_host today
        translations_of unit_of_work written xlsx_file
    """,
}


def test_api_is_what_was_promised():
    promised = sorted(name for names in PROMISED.values() for name in names.split())

    assert sorted(api.__all__) == promised
    assert (1, max(PROMISED)) == api.API_VERSION


def test_every_promised_name_is_there_and_nothing_else_was_imported():
    tree = ast.parse(Path(api.__file__).read_text())
    imported = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    assert imported - {"annotations"} == set(api.__all__)

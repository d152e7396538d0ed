"""The tables of the profiles are known to the translations, row by row."""

from maquette.core.marking import Profile
from maquette.provenance.profiles import requirements
from maquette.state.sentences import SENTENCES


def test_the_translations_know_the_tables_of_the_profiles() -> None:
    rows = [row for profile in Profile for row in requirements(profile)]
    told = {text for row in rows for text in (row.requirement, row.source)}
    assert told - set(SENTENCES) == set()

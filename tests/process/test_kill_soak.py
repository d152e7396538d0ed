"""A short form of the soak: programs are killed at random moments, and nothing is lost."""

from pathlib import Path

from benchmarks.kill_soak import Soak


def test_twenty_kills_lose_no_job_and_no_picture(tmp_path: Path) -> None:
    soak = Soak(tmp_path, seed=11)
    soak.run(20)
    assert soak.problems == []
    assert soak.counts["jobs promised"] > 0
    assert soak.counts["pictures"] > 0

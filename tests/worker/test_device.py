"""The choice of device and precision, and its reason."""

from pathlib import Path

import pytest
import torch

from maquette.core.errors import FailureCode, JobFailed
from maquette.worker import device as device_module
from maquette.worker.device import choose_device


@pytest.fixture
def gain(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Stands for the probe: the gains that it will measure, in order."""
    gains: list[float] = []
    monkeypatch.setattr(device_module, "_measure_gain", lambda: gains.pop(0))
    return gains


def flags(monkeypatch: pytest.MonkeyPatch, **present: bool) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: present, raising=False)


def test_fast_bf16_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gain: list[float]
) -> None:
    flags(monkeypatch, amx_bf16=True)
    gain.append(4.0)
    chosen = choose_device("cpu", "auto", tmp_path / "precision.json")
    assert (chosen.kind, chosen.precision) == ("cpu", "bf16")
    assert "4.0 times" in chosen.reason
    assert chosen.name
    assert chosen.memory_total > 0


def test_the_choice_stays_the_same_on_one_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gain: list[float]
) -> None:
    flags(monkeypatch, avx512_bf16=True)
    gain += [2.0, 0.5]  # a busy moment must not change the pixels of a seed
    first, second = (choose_device("cpu", "auto", tmp_path / "p.json") for _ in range(2))
    assert first == second
    assert gain == [0.5]


def test_slow_bf16_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gain: list[float]
) -> None:
    flags(monkeypatch, avx512_bf16=True)
    gain.append(1.1)
    chosen = choose_device("cpu", "auto", tmp_path / "p.json")
    assert chosen.precision == "fp32"
    assert "1.1 times" in chosen.reason


def test_a_cpu_without_bf16_is_not_probed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gain: list[float]
) -> None:
    flags(monkeypatch, avx2=True)
    assert choose_device("cpu", "auto", tmp_path / "p.json").precision == "fp32"
    assert gain == []


@pytest.mark.parametrize("content", [b"", b"{", b'{"machine": "another", "gain": 9.0}'])
def test_a_probe_of_another_machine_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gain: list[float], content: bytes
) -> None:
    flags(monkeypatch, amx_bf16=True)
    (tmp_path / "p.json").write_bytes(content)
    gain.append(1.0)
    assert choose_device("cpu", "auto", tmp_path / "p.json").precision == "fp32"


def test_what_the_settings_say_is_done(tmp_path: Path) -> None:
    chosen = choose_device("cpu", "fp32", tmp_path / "p.json")
    assert chosen.precision == "fp32"
    assert "settings" in chosen.reason


def test_the_real_probe_measures(tmp_path: Path) -> None:
    assert 0.01 < device_module._measure_gain() < 100


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_a_device_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(JobFailed, match="no cuda device") as failed:
        choose_device("cuda", "auto", tmp_path / "p.json")
    assert failed.value.code == FailureCode.DEVICE

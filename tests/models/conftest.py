"""How the recipe of the built-in model is tested: with small networks and pictures."""

import pytest
import torch


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    """They gain nothing from two threads, which wait for each other on a busy machine."""
    torch.set_num_threads(1)

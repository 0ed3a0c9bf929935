"""Fixtures for every test: outside tools, the sample files, Hypothesis's profiles."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.portfolios import Portfolio
from tests.program import IS_PROOF
from tests.tools.system import chromium_flags, find_tool, require_tool

REPOSITORY = Path(__file__).parents[1]

# "test": the same modest examples on every run, so that a red run is a red commit. "proof": a real search (`make proof`).
settings.register_profile("test", max_examples=40, derandomize=True, deadline=None)
settings.register_profile("proof", max_examples=2000, deadline=None, print_blob=True)
settings.load_profile("proof" if IS_PROOF else "test")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare --bless."""
    parser.addoption("--bless", action="store_true", help="accept what Brag says now in the stories of tests/sites/")


def pytest_collection_finish() -> None:
    """Keep what is loaded by now out of every later search for garbage: a twentieth of the processor time of all tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def portfolio(tmp_path: Path) -> Portfolio:
    """A portfolio with a site.yaml and nothing else."""
    return Portfolio(tmp_path)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout's root."""
    return REPOSITORY


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Chromium's program file: the whole browser in `make proof`, else the one without windows where it is."""
    return (not IS_PROOF and find_tool("headless-shell")) or require_tool("chromium")


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """A headless browser without a network; open a new context for each check."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=chromium_flags())
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def samples() -> Path:
    """Files that other programs wrote, kept beside the checkout and not in it (BRAG_SAMPLES says where else)."""
    folder = Path(os.environ.get("BRAG_SAMPLES") or REPOSITORY.parent / "shared" / "samples")
    if not folder.is_dir():
        pytest.skip("no sample files: put them into ../shared/samples or set BRAG_SAMPLES")
    return folder

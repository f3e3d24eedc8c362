"""What every test shares: two selections of sources, the command line, and no trace outside of temporary folders."""

from __future__ import annotations

import functools
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import extras
import pytest
import shell
from click.testing import Result

from graph import store
from graph.folder import FOLDER
from graph.opened import Opened
from graph.report.parts import Report
from graph.store import Graph

CHROMIUM = Path("/usr/bin/chromium")

FIRST_SOURCES = (
    "huxiu-2025-08-22-heygen-manus",
    "jiedian-caijing-manus-leaves",
    "malay-mail-2025-07-10-manus",
    "seed-2025-10-24",
    "sohu-technology-zhipu-layoffs",
    "technode-manus-trims-china-team",
)
"""The sources on which asserted answers rest, so that they stay when facts are added."""

SEED = "seed-2025-10-24"

LATER_SOURCES = (
    SEED,
    "cna-2026-01-03-manus-compliance",
    "chartr-2023-11-13-character-ai",
    "cnbc-2024-08-02-character-ai-google",
    "et-net-2026-01-08-mofcom-manus",
    "hindustan-times-2025-09-20-nvidia-enfabrica",
    "hurun-2020-08-04-global-unicorns",
    "hurun-global-unicorns-2022-h1",
    "hurun-global-unicorns-2024",
    "huxiu-2025-08-22-heygen-manus",
    "huxiu-2025-08-22-heygen-manus-digest",
    "india-today-2025-07-15-windsurf",
    "rest-of-world-2026-01-09-manus",
    "reuters-2026-01-06-xai-series-e",
    "scmp-2026-01-05-moonshot-series-c",
    "scmp-alibaba-tongyi-talent",
    "scmp-manus-cash-out",
    "scmp-miromind-singapore",
    "techcrunch-meta-manus",
    "xai-news-feed",
    "xinhua-2026-04-27-manus-prohibited",
)
"""Sources on deals, moves of people, rounds and editions of lists, for answers on what the first do not speak of."""


collect_ignore = [name for names in extras.left_out().values() for name in names]
collect_ignore += [path.name for path in Path(__file__).parent.glob("*.py") if not path.name.startswith("test_")]


def pytest_report_header() -> list[str]:
    return [f"left out, as chuhai[{e}] is not installed: {', '.join(each)}" for e, each in extras.left_out().items()]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and hasattr(item, "callspec"):
            extra = extras.of_parameters(item.callspec.params.values())
            if extra:
                item.add_marker(extras.needs(extra))


def pytest_configure(config: pytest.Config) -> None:
    for line in ("ignore:Dataset.:DeprecationWarning", "ignore:unclosed database:ResourceWarning"):
        config.addinivalue_line("filterwarnings", line)  # rdflib warns of its own code; small graphs are just dropped


@pytest.fixture(autouse=True, scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder of the tests' own, and no settings of the user's."""
    before = dict(os.environ)
    for name in ("CHUHAI_FACTS", "CHUHAI_STORE", "CHUHAI_LANG", "NO_COLOR", "COLUMNS", "LINES"):
        os.environ.pop(name, None)
    folder = tmp_path_factory.mktemp("data")
    os.environ["CHUHAI_DATA"] = str(folder)
    yield folder
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """A command sets how an interrupt is handled; a test run keeps its own way."""
    handler = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, handler)


@pytest.fixture(scope="session")
def graph() -> Iterator[Graph]:
    """The packaged facts of the first sources, in memory."""
    built = store.in_memory(only=FIRST_SOURCES)
    yield built
    built.index.close()


@pytest.fixture(scope="session")
def whole_graph() -> Iterator[Graph]:
    """All the packaged facts, in memory."""
    built = store.in_memory()
    yield built
    built.index.close()


@pytest.fixture(scope="session")
def later_graph() -> Iterator[Graph]:
    """The packaged facts of the later sources, in memory."""
    built = store.in_memory(only=LATER_SOURCES)
    yield built
    built.index.close()


@pytest.fixture(scope="session")
def seed_graph() -> Iterator[Graph]:
    """The packaged facts of the seed alone, in memory."""
    built = store.in_memory(only=[SEED])
    yield built
    built.index.close()


@pytest.fixture(scope="session")
def report(graph: Graph) -> Report:
    """The report of the first sources."""
    from graph.report.gather import gather

    return gather(Opened(graph))


@pytest.fixture(scope="session")
def chinese_report(graph: Graph) -> Report:
    """The report of the first sources, in Chinese."""
    from graph.report.gather import gather

    return gather(Opened(graph, "zh"))


@pytest.fixture(scope="session")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Made-up facts with something of everything that an export must keep, in memory."""
    import exports

    opened = Opened(store.in_memory(exports.made(tmp_path_factory.mktemp("acme") / "facts")))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packaged register, the description of the dataset and the first sources."""
    folder = tmp_path_factory.mktemp("facts")
    shutil.copytree(FOLDER / "register", folder / "register")
    shutil.copy(FOLDER / "dataset.yaml", folder)
    (folder / "sources").mkdir()
    for slug in FIRST_SOURCES:
        shutil.copy(FOLDER / "sources" / f"{slug}.yaml", folder / "sources")
    return folder


@pytest.fixture
def run(facts: Path) -> Callable[..., Result]:
    """Runs a command in this process, on the first sources unless told otherwise."""
    return functools.partial(shell.invoke, facts)


@pytest.fixture(scope="module")
def client(facts: Path) -> Iterator[Any]:
    """A client of a server on the first sources."""
    from serving import served

    with served(facts) as (found, _):
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser; without one these tests are skipped, or fail where one is required."""
    stop = pytest.fail if os.environ.get("CHUHAI_REQUIRE_BROWSER") else pytest.skip
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        stop("playwright is not installed")
    if not CHROMIUM.exists():
        stop(f"{CHROMIUM} is missing")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        yield browser
        browser.close()


@pytest.fixture
def explorer(chromium: Any, tmp_path: Path) -> Iterator[Any]:
    """Opens pages of the explorer."""
    import pages

    with pages.visits(chromium, tmp_path) as open_page:
        yield open_page

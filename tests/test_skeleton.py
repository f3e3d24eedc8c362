"""A new source: its skeleton is what the loader wants, and what cannot be right is refused before it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
import shell
from folders import findings, folder, moved, only_finding, source
from shell import failure

from graph import yamlfile
from graph.errors import UsageError
from graph.load import load
from graph.skeleton import write
from graph.validate import validate
from graph.yamlfile import Record
from ontology import SOURCE

URL = "https://gazette.example/2025/07/09/acme-moves-its-office-to-singapore"
GIVEN = {"publisher": "organization/gazette", "language": "en"}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder of facts with one source, of the site a.example."""
    return folder(tmp_path / "facts", source("a", moved(), language="ms"))


def head(path: Path) -> Record:
    found = yamlfile.read(path, path.name)["source"]
    assert isinstance(found, Record)
    return found


def uncommented(text: str) -> str:
    """The text with the comment marks of its example taken away."""
    before, begin, example = text.partition("statements:\n")
    return before + begin + "".join(line.removeprefix("# ") for line in example.splitlines(keepends=True))


def test_the_example_has_to_be_filled_in_and_is_then_valid(small: Path) -> None:
    path = write(small, URL, GIVEN)
    assert "no list of entries" in only_finding(small).problem
    text = uncommented(path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    unfilled = [finding.problem for finding in findings(small)]
    assert len(unfilled) == 5 and all("…" in problem for problem in unfilled)
    filled = {
        "event/…": "event/acme-move",
        "organization/…  #": "organization/acme  #",
        "from: place/…": "from: place/beijing",
        "to: place/…": "to: place/singapore",
        "when: …": "when: 2025-06",
        "at: …": "at: ¶2",
    }
    for blank, value in filled.items():
        assert blank in text
        text = text.replace(blank, value)
    path.write_text(text, encoding="utf-8")
    assert validate(small) == []
    assert f"{SOURCE}{path.stem}#hq-move" in load(small).origin


def test_the_head_says_what_was_given(small: Path) -> None:
    given = {
        **GIVEN,
        "published": "2025-07",
        "kind": "interview",
        "title": 'Acme: "we stay" \x7f # {not}',
        "id": "x.y-1",
    }
    path = write(small, URL, given)
    assert path == small / "sources" / "x.y-1.yaml"
    title = {"en": 'Acme: "we stay" # {not}'}
    assert head(path) == {**given, "url": URL, "title": title}


@pytest.mark.parametrize(
    ("url", "given", "identifier"),
    [
        (URL, {}, "gazette-acme-moves-office-singapore"),
        (URL, {"published": "2025-07-09"}, "gazette-2025-07-09-acme-moves-office-singapore"),
        (URL, {"published": "2025-Q3"}, "gazette-2025-q3-acme-moves-office-singapore"),
        (URL, {"published": "../2025-06"}, "gazette-2025-06-acme-moves-office-singapore"),
        (URL, {"title": "Acme撤离北京", "language": "zh-hans"}, "gazette-acme"),
        (URL, {"title": "撤离北京", "language": "zh-hans"}, "gazette-acme-moves-office-singapore"),
        ("https://gazette.example/tech/12345.html", {}, "gazette-tech"),
    ],
)
def test_an_identifier_is_made_of_publisher_date_and_topic(
    small: Path, url: str, given: dict[str, str], identifier: str
) -> None:
    path = write(small, url, {**GIVEN, **given})
    assert path.stem == head(path)["id"] == identifier
    assert head(path)["published"] == given.get("published", "undated")


def test_a_site_that_is_known_tells_publisher_and_language(small: Path) -> None:
    described = head(write(small, "https://www.a.example/acme-again", {}))
    assert (described["publisher"], described["language"]) == ("organization/daily", "ms")
    given = head(write(small, "https://a.example/acme-once-more", {"language": "en"}))
    assert (given["publisher"], given["language"]) == ("organization/daily", "en")


def test_a_repost_does_not_tell_who_publishes_on_a_site(tmp_path: Path) -> None:
    small = folder(tmp_path, source("a", moved(), repost="true"))
    with pytest.raises(UsageError, match="give --publisher and --language"):
        write(small, "https://a.example/acme-again", {})


def test_another_site_does_not_tell_who_publishes_on_this_one(tmp_path: Path) -> None:
    small = folder(tmp_path, source("a", moved(), url="https://news.a.example/"))
    with pytest.raises(UsageError, match="is here to learn from"):
        write(small, "https://a.example/acme-again", {})


def test_a_publisher_may_be_given_by_name(tmp_path: Path) -> None:
    named = {"id": "organization/tide", "label": {"en": "The Tide", "zh-hans": "潮报"}}
    small = folder(tmp_path, source("a", moved()), things=["organization/acme", "organization/daily", named])
    for number, name in enumerate(("the tide", "潮报")):
        path = write(small, f"https://tide.example/acme-{'ab'[number]}c", {"publisher": name, "language": "en"})
        assert head(path)["publisher"] == "organization/tide"


@pytest.mark.parametrize(
    "again",
    [
        "https://a.example/",
        "http://www.a.example",
        "https://A.example/?utm_source=feed#top",
    ],
)
def test_a_document_that_is_here_is_not_begun_again(small: Path, again: str) -> None:
    message = failure(shell.invoke(small, "new-source", again), 1)
    assert "sources/a.yaml: has this address already" in message


def test_another_page_of_a_site_is_another_document(small: Path) -> None:
    assert write(small, "https://a.example/?id=acme", {"title": "Acme"}).exists()


def test_a_file_is_never_written_over(small: Path) -> None:
    before = (small / "sources" / "a.yaml").read_bytes()
    message = failure(shell.invoke(small, "new-source", "https://a.example/acme", "--id", "a"), 1)
    assert "stands there already; give another --id" in message
    assert (small / "sources" / "a.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "exit_code", "words"),
    [
        (("nonsense",), 2, "'nonsense' is no web address; write https://…"),
        (("http://[x",), 2, "'http://[x' is no web address"),
        (("ftp://a.example/acme-moves",), 2, "is no web address"),
        (("https://new.example/x",), 2, "no document of new.example is here to learn from; give --publisher and"),
        (("https://a.example/1",), 2, "no words to make a name of; give --id and --title"),
        (("https://a.example/1", "--id", "one"), 2, "give --title"),
        (("https://a.example/acme", "--published", "2025-13"), 2, "'2025-13' has no month 13"),
        (("https://a.example/acme", "--published", "June"), 2, "'June' is no date such as"),
        (("https://a.example/acme", "--kind", "news-reprot"), 2, "did you mean 'news-report'?"),
        (("https://a.example/acme", "--language", "English"), 2, "use en, zh-hans or zh-hant"),
        (("https://a.example/acme", "--id", "Acme 1"), 2, "'Acme 1' is no identifier"),
        (("https://a.example/acme", "--publisher", "Nobody"), 3, "'Nobody' is not in the register; add '- {id: organi"),
        (("https://a.example/acme", "--publisher", "person/ada"), 3, "'person/ada' is not in the register"),
        (("https://a.example/acme", "--publisher", "organization/new"), 3, "add '- {id: organization/new, label: {en:"),
    ],
)
def test_what_the_loader_would_refuse_is_not_written(
    small: Path, arguments: tuple[str, ...], exit_code: int, words: str
) -> None:
    before = sorted(small.rglob("*"))
    assert words in failure(shell.invoke(small, "new-source", *arguments), exit_code)
    assert sorted(small.rglob("*")) == before


def test_a_broken_neighbour_is_no_hindrance(small: Path) -> None:
    (small / "sources" / "broken.yaml").write_text("source: {url: 'https://gazette.example/'", encoding="utf-8")
    assert write(small, URL, GIVEN).exists()


def test_facts_of_an_installed_package_are_left_alone(tmp_path: Path) -> None:
    small = folder(tmp_path / "site-packages" / "graph" / "facts", source("a", moved()))
    assert "name the copy by --facts" in failure(shell.invoke(small, "new-source", "https://a.example/acme"), 2)


def test_the_answer_is_the_file_and_the_next_command(small: Path) -> None:
    result = shell.invoke(small, "new-source", "https://a.example/acme-again")
    path, following = result.stdout.splitlines()
    assert Path(path).parent == small / "sources"
    assert following.endswith(f"chuhai validate --facts {small}")

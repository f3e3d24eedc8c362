"""Takes the picture of the explorer that the README shows.

    python docs/picture.py

Writes docs/explorer.png: the page of the packaged facts with Manus chosen, in a headless Chromium.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from graph.opened import open_graph

OUTPUT = Path(__file__).with_name("explorer.png")
CHROMIUM = "/usr/bin/chromium"
SIZE = {"width": 1280, "height": 760}


def main() -> None:
    from graph.explorer import gather, page

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        opened = open_graph()
        path = Path(folder) / "chuhai.html"
        page.write(gather.gather(opened.whole), path)
        opened.close()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        shown = browser.new_page(viewport=SIZE)
        shown.goto(f"{path.as_uri()}#at=organization/butterfly-effect")
        shown.wait_for_selector("#panel h2")
        shown.screenshot(path=OUTPUT, animations="disabled")
        browser.close()


if __name__ == "__main__":
    main()

"""The outside tools themselves: each is shown to find a fault before a clean result of it is believed."""

import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from tests.tools.system import TOOLS, find_tool, require_tool
from tests.web.validator import validate

FAULTY_PAGE = "<!doctype html><html lang=en><title>t</title><main><h1>h</h1><img src='data:,'></main></html>"


@pytest.mark.parametrize("name", list(TOOLS))
def test_every_tool_is_here(name):
    assert require_tool(name).exists()


def test_a_missing_tool_skips_and_under_ci_fails(monkeypatch):
    monkeypatch.setattr("tests.tools.system.shutil.which", lambda _: None)
    find_tool.cache_clear()
    try:
        monkeypatch.delenv("CI", raising=False)
        with pytest.raises(pytest.skip.Exception, match="git is missing"):
            require_tool("git")
        monkeypatch.setenv("CI", "true")
        with pytest.raises(pytest.fail.Exception, match="git is missing"):
            require_tool("git")
    finally:
        find_tool.cache_clear()


def test_the_html_validator_finds_a_picture_without_alt(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(FAULTY_PAGE)
    (fault,) = validate([page])
    assert fault.file == "page.html"
    assert "alt" in fault.message


def test_the_accessibility_checker_finds_a_picture_without_alt(browser):
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(FAULTY_PAGE)
        violations = Axe().run(page).response["violations"]
    assert [violation["id"] for violation in violations] == ["image-alt"]


def test_the_browser_reaches_no_host_outside(browser):
    with browser.new_context() as context, pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        context.new_page().goto("http://example.com/")


def test_the_browser_prints_a_page_that_poppler_reads(browser, tmp_path):
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content("<p>Announced</p>")
        page.pdf(path=tmp_path / "page.pdf")
    for program, words in (("pdftotext", "Announced"), ("pdfinfo", "Pages:")):
        target = ["-"] if program == "pdftotext" else []
        command = [require_tool(program), tmp_path / "page.pdf", *target]
        assert words in subprocess.run(command, capture_output=True, text=True, check=True).stdout

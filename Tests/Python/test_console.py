"""The console in a real browser, as an administrator uses it, with the keyboard and without any script."""

import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from conftest import ACME, ADA, GENERAL, ROOT
from page import SlackPage

pytestmark = pytest.mark.browser

IMAGES = ROOT / "docs" / "images"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def console(sandbox, browser):
    """A browser in which an owner is signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.trouble = []
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("console", lambda line: line.type == "error" and "Failed to load" not in line.text and page.trouble.append(line.text))
    page.goto(sandbox.sign_in())
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    yield page
    context.close()
    assert page.trouble == []


def keep(page, name):
    """Keeps a picture for the documentation, when asked to."""
    if os.environ.get("UPDATE_IMAGES") == "1":
        IMAGES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=IMAGES / f"{name}.png")


def test_nobody_gets_past_the_door(sandbox, browser):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{sandbox.console_url}/workspaces")
    expect(page).to_have_url(re.compile(r"/sign-in$"))
    expect(page.get_by_text("bothost console-login")).to_be_visible()
    context.close()


def test_the_cookie_is_out_of_reach_and_the_address_works_once(sandbox, browser, console):
    cookies = {cookie["name"]: cookie for cookie in console.context.cookies()}
    session = cookies["__Host-session"]
    assert session["httpOnly"] and session["secure"] and session["sameSite"] == "Lax" and session["path"] == "/"
    assert console.evaluate("document.cookie") == ""
    address = sandbox.sign_in()
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Sign in").press("Enter")
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto(address)
    expect(page.get_by_text("was used before")).to_be_visible()
    page.goto(sandbox.console_url)
    expect(page).to_have_url(re.compile(r"/sign-in$"))
    context.close()


def test_every_page_of_the_navigation_shows_itself(console):
    names = ["Overview", "Workspaces", "Plugins", "Deliveries", "Jobs", "Audit"]
    for name in names:
        link = console.get_by_role("navigation", name="Console").get_by_role("link", name=name)
        link.click()
        expect(console.get_by_role("heading", name=name, level=1)).to_be_visible()
        expect(link).to_have_attribute("aria-current", "page")
        if name == "Plugins":
            keep(console, "console-plugins")
    console.emulate_media(color_scheme="dark")
    console.goto(console.url.replace("/audit", "/workspaces"))
    keep(console, "console-workspaces-dark")


def test_a_plugin_that_is_switched_off_is_gone_from_help(sandbox, browser, console):
    # No reset here: it signs everybody out.
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(10_000)
    slack = SlackPage(context.new_page(), sandbox.url)

    def turn(button):
        console.goto(f"{sandbox.console_url}/plugins?workspace={ACME}")
        console.get_by_role("row").filter(has_text="/pd oncall").get_by_role("button", name=button).click()
        expect(console.get_by_role("status")).to_have_text("Done.")

    turn("Switch off")
    slack.stand(ACME, ADA, GENERAL)
    slack.type("/pd help")
    expect(slack.ephemeral).to_contain_text("/pd trigger")
    expect(slack.ephemeral).not_to_contain_text("/pd oncall")
    turn("Let plugins.json decide")
    slack.type("/pd help")
    expect(slack.ephemeral).to_contain_text("/pd oncall")
    console.goto(f"{sandbox.console_url}/audit")
    expect(console.get_by_role("row").filter(has_text="plugin.switched").first).to_contain_text("ada")
    context.close()


def test_the_app_is_installed_into_an_organization(sandbox, browser, console):
    console.goto(f"{sandbox.console_url}/workspaces")
    keep(console, "console-workspaces")
    console.get_by_role("button", name="Install app into a workspace").click()
    console.get_by_role("link", name="Open it").click()
    expect(console.get_by_role("heading", name="Install the app into a workspace")).to_be_visible()
    keep(console, "install-begin")
    console.get_by_role("link", name="Continue at Slack").click()
    console.get_by_label("You are").select_option(label="Ivy Stone in the organization Initech Holding")
    console.get_by_role("button", name="Allow").click()
    expect(console.get_by_role("heading", name="The app is installed")).to_be_visible()
    keep(console, "install-done")
    console.reload()
    expect(console.get_by_text("The app was not installed")).to_be_visible()
    console.goto(f"{sandbox.console_url}/workspaces")
    row = console.get_by_role("row").filter(has_text="Initech Holding")
    expect(row).to_contain_text("active")
    row.get_by_text("Remove…").click()
    row.get_by_role("textbox").fill("Initech Holding")
    row.get_by_role("button", name="Remove").click()
    expect(console.get_by_role("status")).to_have_text("Done.")
    sandbox.control("slack/uninstall", {"team": "T0INITECH"})


def test_who_may_only_look_finds_no_button(sandbox, browser):
    context = browser.new_context()
    page = context.new_page()
    page.goto(sandbox.sign_in("viewer"))
    page.get_by_role("button", name="Sign in").click()
    for path in ("/workspaces", f"/plugins?workspace={ACME}", "/jobs"):
        page.goto(sandbox.console_url + path)
        assert page.get_by_role("main").get_by_role("button").count() == 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_keeps_anybody_out(sandbox, console, scheme):
    console.emulate_media(color_scheme=scheme)
    pages = ["/", "/workspaces", "/plugins", "/deliveries", "/jobs", "/audit", "/audit/verify"]
    pages = [sandbox.console_url + path for path in pages]
    for page in pages + [f"{sandbox.host_url}/slack/install", f"{sandbox.console_url}/sign-in"]:
        console.goto(page)
        found = Axe().run(console)
        serious = [
            f"{page}: {violation['help']} {[node['html'] for node in violation['nodes']][:3]}"
            for violation in found.response["violations"]
            if violation["impact"] in ("serious", "critical")
        ]
        assert serious == []

"""A new user in a real browser: every command, in the page, by what stands there to read and to press."""

import os
import re

import pytest
from playwright.sync_api import expect, sync_playwright

from conftest import ACME, ADA, BEN, CHECKOUT, GENERAL, INCIDENTS, ROOT
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
def slack(sandbox, browser):
    sandbox.reset()
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    context.set_default_timeout(10_000)
    slack = SlackPage(context.new_page(), sandbox.url)
    yield slack
    context.close()
    assert slack.trouble == []


@pytest.fixture
def picture(slack):
    """Keeps a picture for the documentation, when asked to."""

    def take(name):
        if os.environ.get("UPDATE_IMAGES") == "1":
            IMAGES.mkdir(parents=True, exist_ok=True)
            slack.page.wait_for_timeout(300)
            slack.page.screenshot(path=IMAGES / f"{name}.png")

    return take


@pytest.fixture
def picture_of():
    """The same of another page."""

    def take(page, name):
        if os.environ.get("UPDATE_IMAGES") == "1":
            page.set_viewport_size({"width": 760, "height": 560})
            page.screenshot(path=IMAGES / f"{name}.png")

    return take


ADA_IN_PAGERDUTY, BEN_IN_PAGERDUTY = "PADAM01", "PBENO01"


def link(slack, person, account, picture=lambda page, name: None):
    """Follows the prompt to link an account, through the pages of both services and back."""
    with slack.page.context.expect_page() as opened:
        slack.ephemeral.get_by_role("link", name="Link your account").click()
    page = opened.value
    page.on("console", lambda line: line.type == "error" and slack.trouble.append(f"linking: {line.text}"))
    page.on("pageerror", lambda error: slack.trouble.append(f"linking: {error}"))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Link your PagerDuty account")
    picture(page, "link-start")
    page.get_by_role("link", name="Continue with Slack").click()
    page.get_by_label("You are").select_option(f"{ACME}/{person}")
    page.get_by_role("button", name="Allow").click()
    page.get_by_label("You are").select_option(account)
    page.get_by_role("button", name="Agree").click()
    expect(heading).to_have_text("Are these both you?")
    picture(page, "link-confirm")
    page.get_by_role("button", name="Link these accounts").click()
    expect(heading).to_have_text("Your accounts are linked")
    page.close()


def open_form(slack):
    """Slack's own time for a form is over after linking: a button opens it."""
    slack.ephemeral.get_by_role("button", name="Open the form").click()


def test_a_first_visit_says_what_to_try(slack):
    slack.page.goto(slack.url)
    hint = slack.page.get_by_test_id("hint")
    expect(hint).to_contain_text("/pd help")
    hint.get_by_text("/pd help").click()
    slack.page.get_by_test_id("composer-send").click()
    expect(slack.ephemeral).to_contain_text("/pd oncall")


def test_help_lists_the_commands_and_its_buttons_start_them(slack, picture):
    slack.stand(ACME, ADA, GENERAL)
    slack.type("/pd help")
    for command in ["/pd trigger", "/pd oncall", "/pd invite", "/pd unlink", "/pd insights"]:
        expect(slack.ephemeral).to_contain_text(command)
    picture("sandbox-help")
    slack.stand(ACME, BEN, GENERAL)
    expect(slack.messages.filter(has_text="/pd insights")).to_have_count(0)


def test_a_word_that_is_no_command_gets_the_nearest_one(slack):
    slack.stand(ACME, ADA, GENERAL)
    slack.type("/pd onkall checkout")
    expect(slack.ephemeral).to_contain_text("oncall")


def test_oncall_names_who_is_on_call_and_can_be_shared(slack, picture):
    slack.stand(ACME, ADA, CHECKOUT)
    slack.type("/pd oncall checkout")
    expect(slack.ephemeral).to_contain_text("On call for Checkout")
    expect(slack.ephemeral).to_contain_text("Level 1")
    expect(slack.ephemeral).to_contain_text("Level 2")
    picture("sandbox-oncall")
    slack.ephemeral.get_by_role("button", name="Share in channel").click()
    expect(slack.message("Shared by")).to_contain_text("On call for Checkout")
    slack.stand(ACME, BEN, CHECKOUT)
    expect(slack.message("Shared by")).to_contain_text("On call for Checkout")


def test_oncall_without_a_service_asks_for_one(slack):
    slack.stand(ACME, ADA, GENERAL)
    slack.type("/pd oncall")
    slack.choose(slack.ephemeral.get_by_test_id("select"), "search", "Search")
    expect(slack.message("On call for Search")).to_contain_text("Level 1")


def test_trigger_links_the_person_and_creates_one_incident_as_that_person(sandbox, slack, picture):
    slack.stand(ACME, ADA, INCIDENTS)
    slack.type('/pd trigger checkout "Database is down" --urgency high')
    link(slack, ADA, ADA_IN_PAGERDUTY)
    open_form(slack)
    slack.expect_modal("Trigger an incident")
    expect(slack.modal.get_by_label("Title")).to_have_value("Database is down")
    expect(slack.field("Impacted Service").get_by_role("combobox")).to_have_value("Checkout")
    slack.modal.get_by_label("Description").fill("Every write fails since the last deployment.")
    picture("sandbox-trigger")
    slack.submit()
    slack.expect_no_modal()
    expect(slack.message("Database is down")).to_contain_text(re.compile(r"#\d+"))

    slack.page.goto(f"{slack.url}/pagerduty")
    expect(slack.page.get_by_text("Database is down").first).to_be_visible()


def test_trigger_says_at_the_field_what_is_missing(sandbox, slack):
    slack.stand(ACME, ADA, INCIDENTS)
    slack.type("/pd trigger")
    link(slack, ADA, ADA_IN_PAGERDUTY)
    open_form(slack)
    slack.expect_modal("Trigger an incident")
    slack.submit()
    expect(slack.field("Impacted Service").get_by_test_id("field-error")).to_be_visible()
    expect(slack.field("Title").get_by_test_id("field-error")).to_be_visible()
    slack.choose(slack.field("Impacted Service"), "pay", "Payments API")
    slack.modal.get_by_label("Title").fill("Cards are declined")
    slack.submit()
    slack.expect_no_modal()
    expect(slack.message("Cards are declined")).to_be_visible()


def test_linking_leads_through_both_services_and_the_command_goes_on(slack, picture_of):
    slack.stand(ACME, ADA, INCIDENTS)
    slack.type("/pd invite @Chloe Dubois")
    expect(slack.ephemeral).to_contain_text("Link your account once, and I will go on.")
    link(slack, ADA, ADA_IN_PAGERDUTY, picture_of)
    expect(slack.message("you do as Ada Martin")).to_be_visible()
    expect(slack.message("Invited @Chloe Dubois")).to_be_visible()


def test_whoever_signs_in_as_somebody_else_is_told_and_may_try_again(slack):
    slack.stand(ACME, ADA, INCIDENTS)
    slack.type("/pd trigger")
    with slack.page.context.expect_page() as opened:
        slack.ephemeral.get_by_role("link", name="Link your account").click()
    page = opened.value
    page.get_by_role("link", name="Continue with Slack").click()
    page.get_by_label("You are").select_option(f"{ACME}/{BEN}")
    page.get_by_role("button", name="Allow").click()
    expect(page.get_by_role("alert")).to_contain_text("somebody else than the one who asked")
    page.get_by_role("link", name="Continue with Slack").click()
    page.get_by_label("You are").select_option(f"{ACME}/{ADA}")
    page.get_by_role("button", name="Allow").click()
    page.get_by_label("You are").select_option("PSTRNG1")
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_role("alert")).to_contain_text("another PagerDuty account")
    page.close()


def test_the_pages_of_linking_are_dark_for_those_who_like_it_dark(sandbox, browser):
    sandbox.reset()
    context = browser.new_context(color_scheme="dark")
    slack = SlackPage(context.new_page(), sandbox.url)
    slack.stand(ACME, ADA, INCIDENTS)
    slack.type("/pd trigger")
    with context.expect_page() as opened:
        slack.ephemeral.get_by_role("link", name="Link your account").click()
    page = opened.value
    expect(page.get_by_role("heading", level=1)).to_have_text("Link your PagerDuty account")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(int(part) for part in re.findall(r"\d+", background)[:3]) < 3 * 100
    context.close()
    assert slack.trouble == []


def test_invite_adds_a_person_to_the_account(sandbox, slack):
    slack.stand(ACME, ADA, GENERAL)
    slack.type("/pd invite @Chloe Dubois")
    link(slack, ADA, ADA_IN_PAGERDUTY)
    expect(slack.message("Chloe")).to_be_visible(timeout=10_000)
    slack.type("/pd invite @Ben Okafor")
    expect(slack.message("already")).to_be_visible()


def test_invite_is_refused_by_pagerduty_where_the_person_may_not(sandbox, slack):
    slack.stand(ACME, BEN, GENERAL)
    slack.type("/pd invite @Chloe Dubois")
    link(slack, BEN, BEN_IN_PAGERDUTY)
    expect(slack.ephemeral).to_contain_text(re.compile("was not invited.*your role is Responder"))


def test_unlink_forgets_whose_account_it_was(sandbox, slack):
    slack.stand(ACME, BEN, GENERAL)
    slack.type("/pd unlink")
    expect(slack.ephemeral).to_contain_text("nothing to unlink")
    slack.type("/pd trigger")
    link(slack, BEN, BEN_IN_PAGERDUTY)
    open_form(slack)
    slack.expect_modal("Trigger an incident")
    slack.modal.get_by_test_id("modal-cancel").click()
    slack.type("/pd unlink")
    expect(slack.message("Ben Okafor")).to_be_visible()
    slack.type("/pd unlink")
    expect(slack.ephemeral).to_contain_text("nothing to unlink")


def test_insights_subscribes_and_sends_the_first_report(sandbox, slack, picture):
    slack.stand(ACME, ADA, GENERAL)
    slack.type("/pd insights")
    slack.expect_modal("Insights")
    teams = slack.field("Which teams need to be included?")
    slack.choose(teams, "pay", "Payments")
    slack.choose(teams, "plat", "Platform")
    slack.page.keyboard.press("Escape")
    slack.submit()
    slack.expect_no_modal()
    expect(slack.messages.filter(has_text="Subscribed").last).to_contain_text("Payments")
    slack.page.get_by_test_id("channel").filter(has_text="BotHost").click()
    report = slack.message("PagerDuty's figures")
    expect(report).to_contain_text("Payments", timeout=20_000)
    expect(report.locator("img.image-block")).to_be_visible()
    picture("sandbox-insights")
    slack.type("/pd insights manage")
    slack.messages.get_by_test_id("overflow").last.click()
    slack.page.get_by_test_id("option").filter(has_text="Unsubscribe").click()
    expect(slack.message("You have no subscriptions.")).to_be_visible()


def test_commands_by_mention_and_in_the_direct_message(slack, picture):
    slack.stand(ACME, ADA, INCIDENTS)
    slack.type("@BotHost oncall checkout")
    expect(slack.ephemeral).to_contain_text("On call for Checkout")
    picture("sandbox-mention")
    slack.page.get_by_test_id("channel").filter(has_text="BotHost").click()
    slack.type("help")
    expect(slack.message("What you can do here")).to_contain_text("Without a slash")


def test_an_incident_gets_its_channel_from_pagerdutys_page(sandbox, slack, picture):
    incident = sandbox.control("pagerduty/incidents", {"service": "Checkout", "title": "Carts are slow", "urgency": "high"})
    slack.page.goto(f"{slack.url}/pagerduty")
    slack.page.get_by_text("Carts are slow").first.click()
    slack.page.locator('[data-testid=action][data-action="channel"]').click()
    dialog = slack.page.get_by_test_id("dialog")
    dialog.get_by_label("Name").fill("war-room")
    picture("sandbox-set-channel")
    dialog.get_by_test_id("dialog-submit").click()
    expect(dialog).to_have_count(0)
    slack.stand(ACME, ADA, GENERAL)
    slack.page.get_by_test_id("channel").filter(has_text="war-room").click()
    expect(slack.message("Carts are slow").get_by_role("button", name="Acknowledge")).to_be_visible()
    expect(slack.page.get_by_test_id("channel-marks")).to_contain_text("1 pinned")
    expect(slack.page.get_by_test_id("channel-marks")).to_contain_text(f"#{incident['number']} in PagerDuty")
    picture("sandbox-incident-channel")


def test_the_inspector_shows_what_went_over_the_wire(slack):
    slack.stand(ACME, ADA, GENERAL)
    slack.type("/pd help")
    expect(slack.ephemeral).to_contain_text("/pd oncall")
    slack.page.goto(f"{slack.url}/inspector")
    expect(slack.page.get_by_text("/slack/events").first).to_be_visible()


def test_the_page_is_dark_for_those_who_like_it_dark(sandbox, browser):
    context = browser.new_context(color_scheme="dark", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(sandbox.url)
    expect(page.get_by_test_id("composer")).to_be_visible()
    background = page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor")
    channels = [int(part) for part in re.findall(r"\d+", background)[:3]]
    assert sum(channels) < 3 * 100
    context.close()

"""The simulated Slack client, as a person uses it."""

import re

from playwright.sync_api import expect


class SlackPage:
    """What a person sees and does in the sandbox's page."""

    def __init__(self, page, url):
        self.page = page
        self.url = url
        self.trouble = []
        page.on("pageerror", lambda error: self.trouble.append(f"error in the page: {error}"))
        page.on("console", lambda line: line.type == "error" and self.trouble.append(f"console: {line.text}"))

    def stand(self, team, user, channel):
        """Opens a channel as somebody."""
        self.page.goto(f"{self.url}/#/{team}/{user}/{channel}")
        expect(self.page.get_by_test_id("composer")).to_be_visible()
        expect(self.page.get_by_test_id("person-switcher")).to_have_attribute("data-user", user)
        expect(self.page.locator(f'[data-testid=channel][data-channel="{channel}"]')).to_have_attribute("aria-current", "page")

    def type(self, text):
        """Types into the composer and sends."""
        composer = self.page.get_by_test_id("composer")
        composer.fill(text)
        send = self.page.get_by_test_id("composer-send")
        expect(send).to_be_enabled()
        send.click()
        expect(composer).to_have_value("")

    @property
    def messages(self):
        return self.page.get_by_test_id("messages").locator("[data-testid=message]")

    @property
    def ephemeral(self):
        """The newest message that only this person sees."""
        return self.page.get_by_test_id("messages").locator('[data-testid=message][data-ephemeral="true"]').last

    def message(self, text):
        """The newest message with a text in it."""
        return self.messages.filter(has_text=text).last

    @property
    def modal(self):
        return self.page.get_by_test_id("modal")

    def field(self, label):
        return self.modal.locator("[data-testid=field]").filter(
            has=self.page.get_by_text(label, exact=False)
        ).and_(self.modal.locator(f'[data-label="{label}"]'))

    def choose(self, select, typed, option):
        """Types into a select and takes an option."""
        control = select.get_by_role("combobox")
        control.click()
        control.fill(typed)
        self.page.get_by_test_id("option").filter(has_text=option).first.click()

    def submit(self):
        self.modal.get_by_test_id("modal-submit").click()

    def expect_modal(self, title):
        expect(self.modal.get_by_test_id("modal-title")).to_have_text(re.compile(title), timeout=10_000)

    def expect_no_modal(self):
        expect(self.modal).to_have_count(0, timeout=10_000)

# The commands a person types. Each one is a script, so that it reads and runs without make too.
.DEFAULT_GOAL := help
.PHONY: help run test bench faults format lint

help: ## Print this list
	@echo "BotHost: a bot backend for Slack that hosts plugins."
	@echo
	@sed -n 's/^\([a-z]*\): ## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'
	@echo
	@echo "New here? Type: make run"

run: ## Build, and start everything in a simulated Slack and PagerDuty (ARGS="--port 9000" for more)
	@scripts/run $(ARGS)

test: ## Install what is missing, build, run every test
	@scripts/test

bench: ## Measure a signed /pd help against a bare HTTP handler, in a release build
	@scripts/bench

faults: ## Kill hosts while incidents happen: nothing may be lost or shown twice (ARGS="--deliveries 500" for less)
	@scripts/faults $(ARGS)

format: ## Format all Swift code in place
	@scripts/format

lint: ## Check format and style without changing anything
	@scripts/format --check

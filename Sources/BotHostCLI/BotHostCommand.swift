import ArgumentParser
@main struct BotHostCommand: ParsableCommand {}

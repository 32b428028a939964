import PluginAPI
import SlackKit

/// A request that has found its owner: what to run, for whom, and how to reach the person.
final class Call: Sendable {
    typealias Scope = RegisteredRoute.Scope

    /// What to run.
    enum Work: Sendable {
        case reply(@Sendable (Scope) async throws -> Reply)
        case form(@Sendable (Scope) async throws -> FormReply)
        case options(@Sendable (Scope) async throws -> OptionsReply)
        case observe(@Sendable (Scope) async throws -> Void)
        /// The host's own: it decides whose words the answer is in, and has committed what there was to commit.
        case host(@Sendable () async throws -> Handled)
    }

    /// What the person did. Words are made of it only when a sentence needs them.
    enum Deed: Sendable {
        /// Typed a command: the slash, and whether it is followed by the command's name.
        case command(slash: String, isWord: Bool, CommandShape)
        /// Pressed or sent something: "this button".
        case use(Mrkdwn)
    }

    let pluginID: String
    let deed: Deed
    let person: Person?
    let channel: Channel?
    let reach: Reach
    /// The command as it was typed, to be resumed after an interruption.
    let typed: Interrupted.TypedLine?
    /// The press as it was made, for the same.
    let click: Interrupted.Click?
    let work: Work

    init(
        pluginID: String, deed: Deed, person: Person?, channel: Channel?, reach: Reach,
        typed: Interrupted.TypedLine?, click: Interrupted.Click? = nil, work: Work
    ) {
        self.pluginID = pluginID
        self.deed = deed
        self.person = person
        self.channel = channel
        self.reach = reach
        self.typed = typed
        self.click = click
        self.work = work
    }

    /// What the person did, for sentences: "`/pd trigger`", "this button".
    var subject: Mrkdwn {
        switch deed {
        case .command(let slash, let isWord, let shape): "`\(isWord ? "\(slash) \(shape.name)" : slash)`"
        case .use(let words): words
        }
    }

    /// How the line should have looked; for commands.
    var usage: String? {
        guard case .command(let slash, let isWord, let shape) = deed else { return nil }
        return [slash, isWord ? shape.name : "", shape.usage].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

/// How an answer can reach the person.
struct Reach: Sendable {
    /// What the answer to Slack's request itself can carry.
    enum Surface: Sendable {
        /// A message in the body: slash commands.
        case command
        /// Nothing: presses in a message, shortcuts. What is shown goes through calls.
        case action(message: MessageRef?)
        /// Nothing: presses in a form, or in the Home tab.
        case viewAction(ViewRef, isModal: Bool)
        /// A word about the form in the body.
        case submission(ViewPayload)
        /// Options in the body.
        case options
        /// Nobody waits.
        case event
    }

    var surface: Surface
    /// Opens a form within 3 seconds, once.
    var triggerID: String?
    /// Five uses in 30 minutes.
    var responseURL: String?
    /// Where it was said, if it was said to the app and not typed with a slash.
    var place: SpokenPlace?
}

/// What became of a call.
struct Handled: Sendable {
    enum Outcome: Sendable {
        case reply(Reply)
        case form(FormReply)
        case options(OptionsReply)
        case done
        /// Not carried out; the person reads why. `false` where the plugin is to blame.
        case refused(Message, isOurFault: Bool)
    }

    /// The plugin whose words these are: its id goes before the ids in them.
    let pluginID: String
    let outcome: Outcome

    var jobs: [JobRequest] {
        switch outcome {
        case .reply(let reply): reply.jobs
        case .form(let reply): reply.jobs
        case .options, .done, .refused: []
        }
    }
}

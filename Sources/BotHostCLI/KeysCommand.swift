import ArgumentParser
import BotHost
import BotStore

/// `bothost keys`
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Change the key under which secrets are stored.", subcommands: [Rotate.self])

    /// `bothost keys rotate`
    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate", abstract: "Seal every stored secret under a new key, while the host runs.",
            discussion: """
                With a key file beside the database a new key is made and put first; the old ones stay in the file, because
                backups are sealed with them. With BOTHOST_KEYS, put the new key first there and restart every host; this
                command then seals what is still under the others.
                """)

        func run() async throws {
            var remaining = 0
            try await Administrator.send(.rotateKeys) { answer in
                guard case .rotated(let rotation) = answer else { return }
                Self.show(rotation)
                remaining = rotation.remaining
            }
            if remaining > 0 { throw ExitCode.failure }
        }

        private static func show(_ rotation: KeyRotation) {
            let key = "\(rotation.isNew ? "the new key" : "the key") '\(rotation.key)'"
            print("\(rotation.resealed) secrets were sealed anew, under \(key).")
            if rotation.isNew {
                print("The old key is still in the key file: backups made until now need it. Copy the file again.")
            } else if rotation.resealed == 0, rotation.remaining == 0 {
                print(
                    """
                    To change the key: make one with  echo "k2:$(head -c 32 /dev/urandom | base64)"
                    put it first in BOTHOST_KEYS, keep the others behind it, restart every host, and run this again.
                    """)
            }
            for place in rotation.unreadable { Output.error(place) }
            guard rotation.remaining > 0 else { return }
            Output.error("\(rotation.remaining) secrets cannot be opened and stay as they are: enter them anew.")
        }
    }
}

import BotStore
import FoundationEssentials
import PluginAPI
import SlackKit

/// Puts a file into Slack for messages to show: Slack names a place, the bytes go there, and Slack is told that they have.
/// - SeeAlso: <https://docs.slack.dev/messaging/working-with-files#uploading_files>
struct FileUpload: Sendable {
    let slack: SlackCaller
    let http: OutboundHTTP
    let allowed: ResponseURL
    let clock: HostClock

    /// Slack looks at a picture after it was told that it has it, and refuses messages that show it before.
    private static let looks = 10
    private static let pause = Duration.milliseconds(500)

    struct Picture: Sendable {
        let name: String
        let title: String
        let alt: String
        let bytes: [UInt8]
    }

    func upload(_ picture: Picture, as served: ServedWorkspace) async throws(SlackError) -> SlackFile {
        let (token, workspace) = (served.installation.botToken, served.workspace.id)
        let place = try await slack.call(
            "files.getUploadURLExternal",
            [
                "filename": .string(picture.name), "length": .integer(Int64(picture.bytes.count)),
                "alt_txt": .string(String(picture.alt.prefix(1_000))),
            ], token: token, workspace: workspace)
        guard let id = place["file_id"].string, let address = place["upload_url"].string.flatMap(allowed.allowed) else {
            throw SlackError(code: "invalid_answer")
        }
        try await send(picture.bytes, to: address.absoluteString)
        _ = try await slack.call(
            "files.completeUploadExternal",
            ["files": [["id": .string(id), "title": .string(String(picture.title.prefix(200)))]]],
            token: token, workspace: workspace)
        try await wait(for: id, token: token, workspace: workspace)
        return SlackFile(id: id)
    }

    private func send(_ bytes: [UInt8], to address: String) async throws(SlackError) {
        let request = HTTPRequest(
            "POST", address, headers: [("Content-Type", "application/octet-stream")], body: bytes)
        let answer: PluginAPI.HTTPResponse
        do {
            answer = try await http.send(request)
        } catch {
            throw SlackError(code: error == .timeout ? "timeout" : "unreachable")
        }
        guard answer.status == 200 else { throw SlackError(code: "upload_failed") }
    }

    /// Until Slack knows the picture for one. Without the scope to ask it is hoped to be.
    private func wait(for id: String, token: Secret, workspace: String) async throws(SlackError) {
        for _ in 0..<Self.looks {
            do {
                let file = try await slack.call(
                    "files.info", ["file": .string(id)], token: token, workspace: workspace)["file"]
                if file["mimetype"].string?.isEmpty == false { return }
            } catch {
                if error.code == "missing_scope" { return }
                guard error.code == "file_not_found" else { throw error }
            }
            do {
                try await clock.sleep(Self.pause)
            } catch {
                throw SlackError(code: "timeout")
            }
        }
    }
}

import HTTPTypes
import Hummingbird
import NIOCore

/// Files: a place is asked for, bytes are sent there, the upload is ended.
///
/// - SeeAlso: https://docs.slack.dev/messaging/working-with-files
extension SlackSimulator {
    nonisolated func addFileRoutes(to router: Router<BasicRequestContext>) {
        router.post("/upload/v1/:file") { request, context in
            let bytes = try await request.bytes()
            guard await self.receive(bytes, for: context.parameters.get("file") ?? "") else {
                return Response(status: .notFound)
            }
            return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: "OK - \(bytes.count)")))
        }
        router.get("/files/:file") { _, context in
            guard let file = await self.shown(context.parameters.get("file") ?? ""), let bytes = file.bytes else {
                return Response(status: .notFound)
            }
            return Response(
                status: .ok, headers: [.contentType: file.mimeType, .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }

    private func receive(_ bytes: [UInt8], for id: String) -> Bool { files.receive(bytes, for: id) }

    /// A picture that the page may show; nothing else is handed to a browser.
    private func shown(_ id: String) -> SlackFiles.File? {
        files.file(id).flatMap { $0.mimeType.hasPrefix("image/") ? $0 : nil }
    }

    func uploadPlace(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        let name = try call.required("filename")
        guard let length = Int(try call.required("length")), length > 0 else {
            throw SlackError("invalid_arguments", messages: ["must be greater than 0 [json-pointer:/length]"])
        }
        guard length <= Request.largestBody else { throw SlackError("file_upload_size_restricted") }
        let id = ids.id("F")
        files.expect(
            SlackFiles.File(
                id: id, team: workspaces[call.team].id, name: name, length: length, alt: call.text("alt_txt") ?? ""))
        return ["upload_url": .string("\(ownURL)/upload/v1/\(id)"), "file_id": .string(id)]
    }

    func completeUpload(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        guard let list = try call.structured("files", orThrow: "invalid_arguments")?.array, !list.isEmpty else {
            throw SlackError("invalid_arguments", messages: ["missing required field: files [json-pointer:/files]"])
        }
        let team = workspaces[call.team].id
        var done: [JSON] = []
        for entry in list {
            guard let id = entry["id"]?.string, let file = files.file(id), file.team == team, file.bytes != nil,
                !file.isComplete
            else { throw SlackError("file_not_found") }
            files.complete(id, title: entry["title"]?.string)
            done.append(["id": .string(id), "title": .string(entry["title"]?.string ?? file.name)])
        }
        return ["files": .array(done)]
    }

    func fileInfo(_ call: SlackCall) throws(SlackError) -> [String: JSON] {
        guard let file = files.file(try call.required("file")), file.team == workspaces[call.team].id, file.isComplete
        else { throw SlackError("file_not_found") }
        return [
            "file": [
                "id": .string(file.id), "name": .string(file.name), "title": .string(file.title),
                "mimetype": .string(file.mimeType), "size": .int(file.length), "alt_txt": .string(file.alt),
                "url_private": .string("\(ownURL)/files/\(file.id)"), "is_external": false, "is_public": false,
            ]
        ]
    }

    /// Blocks as Slack takes them, with no picture in them that it does not have.
    func checked(_ blocks: JSON) throws(SlackError) -> [JSON] {
        let list = try BlockKitRules.check(message: blocks)
        for (index, block) in list.enumerated() {
            for (place, image) in [("slack_file", block), ("accessory/slack_file", block["accessory"] ?? .null)] {
                guard let id = image["slack_file"]?["id"]?.string else { continue }
                guard files.file(id)?.mimeType.hasPrefix("image/") == true else {
                    throw SlackError(
                        "invalid_blocks", messages: ["invalid slack file [json-pointer:/blocks/\(index)/\(place)]"])
                }
            }
        }
        return list
    }
}

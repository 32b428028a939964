import BotStore
import Foundation
import PluginAPI

/// The flows in the store. Every step is a change of exactly the version that was read, so that of two requests at once
/// only one goes on.
struct LinkFlows: Sendable {
    let store: any ValueStore
    let clock: HostClock

    struct Found: Sendable {
        let handle: LinkHandle
        var flow: LinkFlow
        fileprivate let version: Int64
    }

    /// - Returns: What the link ends with; it is nowhere in the store.
    func begin(_ flow: LinkFlow) async throws -> String {
        let id = RandomToken().text
        let change = ValueChange.put(
            try JSONEncoder().encode(flow), for: Self.key(LinkHandle(linkID: id)), in: Self.scope, expected: .absent,
            expiresAt: flow.expiresAt)
        _ = try await store.change(change, at: clock.now())
        return id
    }

    /// - Returns: `nil` where there is no such flow, or its time is over.
    func find(_ handle: LinkHandle) async throws -> Found? {
        guard let value = try await store.value(Self.key(handle), in: Self.scope, at: clock.now()) else { return nil }
        return Found(
            handle: handle, flow: try JSONDecoder().decode(LinkFlow.self, from: value.data), version: value.version)
    }

    /// Takes a step.
    /// - Returns: The flow with its step taken; `nil` where another request was faster.
    func change(_ found: Found, _ step: (inout LinkFlow) throws -> Void) async throws -> Found? {
        var flow = found.flow
        try step(&flow)
        let change = ValueChange.put(
            try JSONEncoder().encode(flow), for: Self.key(found.handle), in: Self.scope,
            expected: .version(found.version), expiresAt: flow.expiresAt)
        do {
            guard let version = try await store.change(change, at: clock.now()) else { return nil }
            return Found(handle: found.handle, flow: flow, version: version)
        } catch {
            guard error.code == .conflict else { throw error }
            return nil
        }
    }

    // MARK: which scopes an app has

    /// Which of a service's sets of scopes worked the last time.
    func provenScopeSet(_ provider: String) async -> Int? {
        guard let value = try? await store.value("scopes/\(provider)", in: Self.scope, at: clock.now()) else {
            return nil
        }
        return Int(String(decoding: value.data, as: UTF8.self))
    }

    func prove(scopeSet index: Int, of provider: String) async {
        guard await provenScopeSet(provider) != index else { return }
        let change = ValueChange.put(Data("\(index)".utf8), for: "scopes/\(provider)", in: Self.scope)
        // Only saves the next person a page.
        _ = try? await store.change(change, at: clock.now())
    }

    private static let scope = ValueScope(plugin: WireID.host, workspace: "")

    private static func key(_ handle: LinkHandle) -> String { "link/\(handle.text)" }
}

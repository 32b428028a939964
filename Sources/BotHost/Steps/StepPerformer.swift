import Foundation
import PluginAPI

/// Runs a stored execution of a step, and tells Slack how it ended.
struct StepPerformer: Sendable {
    let table: RouteTable
    let services: any HostServices

    /// - Parameter isLast: Whether nobody will try again.
    func perform(_ event: SlackEvent, _ scope: RouteTable.Scope, isLast: Bool) async throws {
        let completion = StepCompletion(services: services, core: scope.core)
        guard let id = StepEvents.executionID(of: event.payload) else {
            throw Abandon("the execution of a step has no id")
        }
        guard let entry = table.steps[StepEvents.callbackID(of: event.payload)],
            entry.pluginID == scope.core.pluginID
        else { return try await completion.fail(id, StepCompletion.unknown) }
        let execution = StepExecution(
            id: id, workflowRun: event.payload["workflow_execution_id"].string,
            startedAt: Self.start(of: event.payload) ?? services.now())
        let outputs: StepOutputs
        do {
            outputs = try await entry.run(event.payload["inputs"].object ?? [:], execution, scope)
        } catch let later as Snooze {
            throw later
        } catch let readable as any PersonReadableError {
            return try await completion.fail(id, readable.sentence)
        } catch {
            guard isLast else { throw error }
            try await completion.fail(
                id, "Something went wrong. Tell your administrators this number: \(scope.core.traceID).")
            throw error
        }
        try await completion.succeed(id, outputs, of: entry.shape)
    }

    private static func start(of event: JSONValue) -> Date? {
        event["event_ts"].string.flatMap(Double.init).flatMap { seconds in
            seconds.isFinite ? Date(timeIntervalSince1970: seconds) : nil
        }
    }
}

import Foundation

/// A contiguous time for which a person is on call on a level of a policy; without an end for those named directly.
struct PDOnCall: Sendable {
    var policyID: String
    var level: Int
    var scheduleID: String?
    var userID: String
    var start: Date?
    var end: Date?
}

extension PDAccount {
    /// Everybody who is on call at some time between two moments.
    func onCalls(from start: Date, to end: Date) -> [PDOnCall] {
        var shifts: [String: [PDSchedule.Entry]] = [:]
        for schedule in schedules { shifts[schedule.id] = schedule.wholeEntries(from: start, to: end) }
        return policies.flatMap { policy in
            policy.rules.enumerated().flatMap { index, rule in
                rule.targets.flatMap { target -> [PDOnCall] in
                    switch target {
                    case .user(let id):
                        return [PDOnCall(policyID: policy.id, level: index + 1, userID: id)]
                    case .schedule(let id):
                        return (shifts[id] ?? []).map {
                            PDOnCall(
                                policyID: policy.id, level: index + 1, scheduleID: id, userID: $0.userID,
                                start: $0.start, end: $0.end)
                        }
                    }
                }
            }
        }
    }
}

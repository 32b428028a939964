/// Everything that must survive a restart, in one place.
///
/// In short, for those who call it:
/// - Ids of plugins, workspaces, people and channels are plain strings. Payloads are `Data`, kept byte for byte.
/// - Times are always passed in: the store has no clock of its own. They are kept to the millisecond.
/// - Every call returns after its change is on disk, or throws a `StoreError` whose `code` decides whether trying
///   again makes sense. A write is never cancelled half way when its task is: it is done or not done.
/// - What belongs together goes into one `Commit`: `commit(_:)` does all of it or nothing.
/// - Secrets go in and come out as `Secret`; on disk they are sealed (see `KeyRing`).
///
/// ```swift
/// let location = try DatabaseLocation("sqlite:./data/bothost.sqlite")
/// let keys = try location.keys(environment: nil)                  // the text of BOTHOST_KEYS, or the key file
/// let store = try location.openStore(keys: keys.ring, now: now)   // any Store
/// let receipt = try await store.commit(Commit(at: now, jobs: [NewJob(kind: "coffee.order", …)]))
/// ```
///
/// The protocols are small so that a part of the host can ask for just what it uses: `any JobStore`.
package protocol Store:
    InstallationStore, AccountStore, ValueStore, InboxStore, JobStore, MessageStore, EnablementStore, AuditStore,
    SecretStore, LeaseStore, APITokenStore
{
    /// Carries out all of `commit` in one transaction, or none of it.
    func commit(_ commit: Commit) async throws(StoreError) -> CommitReceipt

    /// Answers when the store can be written to: the readiness probe.
    func ping() async throws(StoreError)

    /// Checks the stored data for damage and returns what is wrong, in words. Empty means sound. Slow on a big store.
    func check() async throws(StoreError) -> [String]

    /// What about the database makes the store's promises weaker than they should be, in sentences with the mend.
    /// Found when it was opened.
    var warnings: [String] { get }

    /// One element after each change that may have made a job or a message due, merged while nobody listens. A hint
    /// that spares polling, not a promise: poll as well.
    func wakeups() -> AsyncStream<Void>

    /// Finishes what was asked, then lets go of the data. Afterwards every call throws `closed`.
    func close() async
}

/// Something to be done on a connection, by whichever one is free.
struct PostgreSQLWork: Sendable {
    /// Whether it changes something: then it is part of a transaction, maybe together with others.
    let isWrite: Bool
    /// Does the work, and returns what tells the caller that it is on disk. Done again where the connection was lost
    /// before that.
    let perform: @Sendable (PostgreSQLConnection) throws -> (@Sendable () -> Void)
    let fail: @Sendable (StoreError) -> Void
    /// Since when somebody waits for it.
    let since = ContinuousClock.now
}

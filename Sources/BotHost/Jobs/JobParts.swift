import BotStore

/// Work that goes on by itself: jobs, schedules, and the removal of what is old.
struct JobParts: Sendable {
    let runner: JobRunner
    let scheduler: Scheduler
    let sweeper: Sweeper

    init(
        _ basics: HostBasics, plugins: PluginParts, workspaces: WorkspaceParts, pipeline: Pipeline,
        deliveries: DeliveryParts
    ) {
        let store = basics.store
        let performer = JobPerformer(
            table: plugins.table, directory: workspaces.directory, policy: plugins.policy, services: plugins.services,
            store: store, spoken: SpokenCommands(pipeline: pipeline), poison: deliveries.poison(basics),
            clock: basics.clock)
        runner = JobRunner(
            store: store, wakeups: { store.wakeups() }, clock: basics.clock, metrics: basics.metrics,
            logger: basics.logger, owner: basics.owner
        ) { try await performer.perform($0) }
        scheduler = Scheduler(
            table: plugins.table, directory: workspaces.directory, policy: plugins.policy, store: store,
            clock: basics.clock, logger: basics.logger)
        sweeper = Sweeper(store: store, clock: basics.clock, logger: basics.logger)
    }
}

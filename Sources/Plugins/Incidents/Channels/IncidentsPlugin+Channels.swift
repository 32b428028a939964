import PluginAPI

extension IncidentsPlugin {
    /// Channels of an incident's own.
    var channelRoutes: [Route<IncidentsPlugin>] {
        [
            OnSubmit(ChannelForm.id) { submission, context in try await ChannelSubmission(submission, context).reply()
            },
            Perform(PinIncident.self),
            Perform(ArchiveChannel.self),
            Perform(InviteResponders.self),
        ]
    }
}

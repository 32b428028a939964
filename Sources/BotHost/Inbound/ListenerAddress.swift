/// The address under which people and services reach a listener: the only source of redirect addresses, whatever a
/// request says that it was sent to.
struct ListenerAddress: Sendable {
    /// What the configuration says.
    let configured: String?
    let listen: HostConfiguration.ListenAddress
    /// The port it got, once it listens.
    let port = BoundPort()

    /// Without a path. Known as soon as the listener listens.
    var url: String {
        get async {
            if let configured { return configured }
            let host =
                switch listen.host {
                case "0.0.0.0", "::", "": "127.0.0.1"
                case let host: host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
                }
            return "http://\(host):\(await port.value)"
        }
    }
}

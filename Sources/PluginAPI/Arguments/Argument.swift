import Synchronization

/// An argument given by its place, or by name: `brew @ada 2`, `brew @ada --cups 2`, `brew @ada cups:2`.
///
/// Without a default and not optional, it must be given.
@propertyWrapper
public struct Argument<Value: ArgumentValue>: Sendable {
    private let slot: ArgumentSlot<Value>

    /// An argument that must be given, or `nil` where its type is optional.
    /// - Parameter help: What it is, in a few lower-case words: "who drinks it".
    public init(_ help: String) {
        slot = ArgumentSlot(help: help, style: .positional, fallback: Value.whenAbsent)
    }

    /// An argument with a default.
    public init(wrappedValue: Value, _ help: String) {
        slot = ArgumentSlot(help: help, style: .positional, fallback: wrappedValue)
    }

    /// The parsed value.
    public var wrappedValue: Value {
        get { slot.value }
        nonmutating set { slot.set(newValue) }
    }
}

/// An argument given only by name: `--urgency high`, `--urgency=high`, `urgency:high`.
@propertyWrapper
public struct Named<Value: ArgumentValue>: Sendable {
    private let slot: ArgumentSlot<Value>

    /// A named argument that must be given, or `nil` where its type is optional.
    public init(_ help: String) {
        slot = ArgumentSlot(help: help, style: .named, fallback: Value.whenAbsent)
    }

    /// A named argument with a default.
    public init(wrappedValue: Value, _ help: String) {
        slot = ArgumentSlot(help: help, style: .named, fallback: wrappedValue)
    }

    /// The parsed value.
    public var wrappedValue: Value {
        get { slot.value }
        nonmutating set { slot.set(newValue) }
    }
}

/// A switch: `--force` is true, absent is false.
@propertyWrapper
public struct Flag: Sendable {
    private let slot: ArgumentSlot<Bool>

    /// - Parameter help: What it does when given.
    public init(_ help: String) {
        slot = ArgumentSlot(help: help, style: .flag, fallback: false)
    }

    /// True where the flag was given.
    public var wrappedValue: Bool {
        get { slot.value }
        nonmutating set { slot.set(newValue) }
    }
}

/// Everything from here to the end of the line, spaces and quotes included. The last of a command's arguments.
@propertyWrapper
public struct Rest: Sendable {
    private let slot: ArgumentSlot<String>

    /// Text that must be given.
    public init(_ help: String) {
        slot = ArgumentSlot(help: help, style: .rest, fallback: nil)
    }

    /// Text with a default.
    public init(wrappedValue: String, _ help: String) {
        slot = ArgumentSlot(help: help, style: .rest, fallback: wrappedValue)
    }

    /// The text as it was typed.
    public var wrappedValue: String {
        get { slot.value }
        nonmutating set { slot.set(newValue) }
    }
}

/// Where one argument's value lives. A reference, so that the parser can fill in a command it reached through `Mirror`.
final class ArgumentSlot<Value: ArgumentValue>: Sendable {
    let help: String
    let style: ParameterShape.Style
    let fallback: Value?
    private let parsed = Mutex<Value?>(nil)

    init(help: String, style: ParameterShape.Style, fallback: Value?) {
        self.help = help
        self.style = style
        self.fallback = fallback
    }

    var value: Value {
        if let value = parsed.withLock(\.self) ?? fallback { return value }
        // Only a plugin's own code can get here, by reading a required argument of a command that nobody parsed; no
        // input from outside can, because the host runs a command only after every required argument is bound.
        preconditionFailure("Argument “\(help)” was read before the command was parsed")
    }

    func set(_ value: Value) {
        parsed.withLock { $0 = value }
    }
}

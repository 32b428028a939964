import ArgumentParser
import Foundation
import PluginAPI

/// `bothost new-plugin NAME`
struct NewPluginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new-plugin", abstract: "Write a plugin that compiles, with its test, and list it.",
        discussion: """
            Makes a folder with a command, a button, a job, settings and a test, and adds the plugin to Package.swift, to
            the list of the executable and to plugins.json. Works in this package and in one made like Examples/CustomBot.
            """)

    @ArgumentParser.Argument(help: "Lower-case words joined by dashes, such as lunch or on-call-notes.")
    var name: String

    @ArgumentParser.Option(help: "The package that it belongs to.")
    var directory = "."

    func run() async throws {
        do {
            let project = try PluginProject(at: directory)
            let table = try? RouteTable(Bot.plugins)
            let taken = Set(Bot.plugins.map(\.id)).union(table?.words.keys.map(\.self) ?? [])
            let name = try PluginName(name, taken: taken, modules: project.modules)
            // All is looked at before anything is written.
            let edits = try project.edits(for: name)
            let template = PluginTemplate(name: name)
            try project.write(template.files)
            try project.write(edits.map { ($0.path, $0.text) })
            for file in template.files { print("wrote    \(file.path)") }
            for edit in edits { print("changed  \(edit.path)") }
            print(
                """

                Next:
                  swift test --filter \(name.stem)PluginTests     (its tests, and the contract that every plugin keeps)
                  swift run \(project.executable) sandbox     (then type /pd \(name.id) @somebody)
                Then make it yours: Sources/Plugins/\(name.stem)/\(name.stem)Command.swift
                """)
        } catch let refused as PluginName.Refused {
            Output.error(refused.sentence)
            throw ExitCode.failure
        } catch let problem as PluginProject.Problem {
            Output.error(problem.sentence)
            throw ExitCode.failure
        }
    }
}

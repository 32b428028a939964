import PluginAPI

extension AppManifest {
    /// The manifest as JSON, members in the order of Slack's own page, lists in the order of the alphabet.
    ///
    /// - SeeAlso: https://docs.slack.dev/reference/app-manifest
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.object("display_information") { writer in
                writer.member("name", name)
                if !description.isEmpty { writer.member("description", description) }
            }
            writer.object("features", writeFeatures)
            writer.object("oauth_config", writeAccess)
            writer.object("settings", writeSettings)
            writeFunctions(&writer)
        }
        return writer.bytes
    }

    private var requestURL: String? {
        guard case .http(let requestURL) = transport else { return nil }
        return requestURL
    }

    private func writeFeatures(_ writer: inout JSONWriter) {
        writer.object("app_home") { writer in
            writer.member("home_tab_enabled", hasHomeTab)
            writer.member("messages_tab_enabled", true)
            writer.member("messages_tab_read_only_enabled", false)
        }
        writer.object("bot_user") { writer in
            writer.member("display_name", name)
            writer.member("always_online", true)
        }
        if !shortcuts.isEmpty {
            writer.array("shortcuts") { writer in
                for shortcut in sortedShortcuts {
                    writer.object { writer in
                        writer.member("name", shortcut.name)
                        writer.member("type", shortcut.isOnMessages ? "message" : "global")
                        writer.member("callback_id", shortcut.callbackID)
                        writer.member("description", shortcut.description)
                    }
                }
            }
        }
        if !commands.isEmpty {
            writer.array("slash_commands") { writer in
                for command in sortedCommands { write(command, &writer) }
            }
        }
    }

    private func write(_ command: Command, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("command", command.slash)
            writer.member("url", requestURL)
            writer.member("description", command.description)
            if !command.usageHint.isEmpty { writer.member("usage_hint", command.usageHint) }
            // People come as ids: names change, and two people can have the same.
            writer.member("should_escape", true)
        }
    }

    private func writeAccess(_ writer: inout JSONWriter) {
        if !sortedRedirects.isEmpty {
            writer.array("redirect_urls") { writer in
                for address in sortedRedirects { writer.string(address) }
            }
        }
        writer.object("scopes") { writer in
            writer.array("bot") { writer in
                for scope in allScopes { writer.string(scope) }
            }
        }
    }

    private func writeSettings(_ writer: inout JSONWriter) {
        if !sortedEvents.isEmpty {
            writer.object("event_subscriptions") { writer in
                writer.member("request_url", requestURL)
                writer.array("bot_events") { writer in
                    for event in sortedEvents { writer.string(event) }
                }
            }
        }
        writer.object("interactivity") { writer in
            writer.member("is_enabled", true)
            writer.member("request_url", requestURL)
            writer.member("message_menu_options_url", requestURL)
        }
        writer.member("org_deploy_enabled", isOrgReady)
        // Slack sends the executions of steps to the app itself.
        if !functions.isEmpty { writer.member("function_runtime", "remote") }
        writer.member("socket_mode_enabled", requestURL == nil)
        writer.member("token_rotation_enabled", rotatesTokens)
    }
}

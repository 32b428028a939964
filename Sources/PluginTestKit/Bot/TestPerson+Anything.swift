import PluginAPI

extension TestPerson {
    /// Submits the form on top with something in every field, odd where anything goes.
    func submitsAnything() async throws {
        guard let form = try? top() else { return }
        for odd in OddInput.few {
            for field in form.fields {
                guard let value = try await anything(odd, for: field, in: form) else { continue }
                enter(value, into: field.actionID)
            }
            let before = form.id
            do {
                _ = try await submits()
            } catch is KitProblem {
                // A form that cannot be submitted like this is no fault of its plugin.
            }
            guard (try? top())?.id == before else { return }
        }
    }

    private func anything(_ odd: String, for field: FormField, in form: OpenForm) async throws -> FieldValue? {
        switch field.type {
        case "plain_text_input": return .text(odd.isEmpty ? "x" : odd)
        case "number_input": return .text("-1")
        case "url_text_input": return .text("https://example.com/x")
        case "email_text_input": return .text("ada@example.com")
        case "users_select": return .user(id)
        case "multi_users_select": return .users([id])
        case "channels_select", "conversations_select": return .channel(bot.channel("general").id)
        case "datepicker": return .date("2026-12-24")
        case "timepicker": return .time("23:59")
        case "datetimepicker": return .moment(1_800_000_000)
        default:
            let offered = try await offered(by: field, typed: "", in: form.channel)
            let first = field.options.first?["value"].string ?? offered.first?.value
            return try first.map { try field.value([$0], offered: offered) }
        }
    }
}

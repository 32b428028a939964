import HelpPlugin
import IncidentsPlugin
import InsightsPlugin
import InvitePlugin
import OnCallPlugin
import PluginTestKit
import Testing
import TriggerPlugin
import UnlinkPlugin

@Suite struct BundledContractTests {
    @Test(arguments: PluginContract.rules(of: HelpPlugin.self))
    func help(rule: ContractRule) async { await rule.holds() }

    @Test(arguments: PluginContract.rules(of: TriggerPlugin.self))
    func trigger(rule: ContractRule) async { await rule.holds() }

    @Test(arguments: PluginContract.rules(of: OnCallPlugin.self))
    func onCall(rule: ContractRule) async { await rule.holds() }

    @Test(arguments: PluginContract.rules(of: InvitePlugin.self))
    func invite(rule: ContractRule) async { await rule.holds() }

    @Test(arguments: PluginContract.rules(of: UnlinkPlugin.self))
    func unlink(rule: ContractRule) async { await rule.holds() }

    @Test(arguments: PluginContract.rules(of: InsightsPlugin.self))
    func insights(rule: ContractRule) async { await rule.holds() }

    @Test(arguments: PluginContract.rules(of: IncidentsPlugin.self))
    func incidents(rule: ContractRule) async { await rule.holds() }

    @Test(arguments: PluginContract.rules(of: Coffee.self))
    func coffee(rule: ContractRule) async { await rule.holds() }
}

enum PluginTestKitPlaceholder {}

enum HelpPlaceholder {}

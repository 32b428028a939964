enum InvitePlaceholder {}

enum UnlinkPlaceholder {}

enum OnCallPlaceholder {}

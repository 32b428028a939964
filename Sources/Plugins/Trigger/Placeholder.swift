enum TriggerPlaceholder {}

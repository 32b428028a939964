enum PagerDutyKitPlaceholder {}

extension SlackErrorCode {
    /// What is known of a code.
    struct Entry: Sendable {
        let remedy: Remedy
        let sentence: String
    }

    /// The codes that a bot for chat operations meets, from the error lists of the methods' pages. `unreachable`,
    /// `timeout` and `invalid_answer` are our own, for calls that got no answer of Slack's.
    static let table: [String: Entry] = {
        let groups: [(Remedy, [String: String])] = [
            (.retry, retryCodes), (.inDoubt, inDoubtCodes), (.reroute, rerouteCodes),
            (.postAfresh, postAfreshCodes), (.rerender, rerenderCodes), (.tellAdministrator, tellAdministratorCodes),
            (.tellPerson, tellPersonCodes),
            (.reauthorize, reauthorizeCodes), (.permanent, permanentCodes),
        ]
        var table: [String: Entry] = [:]
        for (remedy, codes) in groups {
            for (code, sentence) in codes { table[code] = Entry(remedy: remedy, sentence: sentence) }
        }
        return table
    }()

    private static let retryCodes = [
        "ratelimited": "Slack asks for a pause: please try again in a moment.",
        "rate_limited": "Slack asks for a pause: please try again in a moment.",
        "message_limit_exceeded":
            "This workspace is sending more messages than Slack allows; please try again in a moment.",
        "service_unavailable": "Slack is not available at the moment; please try again in a moment.",
        "team_added_to_org": "The workspace is moving into an organization; please try again in a moment.",
        "external_channel_migrating": "The channel is being moved by Slack; please try again in a moment.",
        "accesslimited": "Slack limits access to this method at the moment; please try again in a moment.",
        "unreachable": "Slack could not be reached; please try again in a moment.",
    ]

    private static let inDoubtCodes = [
        "internal_error": "Slack had a problem of its own; this may or may not have been done.",
        "fatal_error": "Slack had a problem of its own; this may or may not have been done.",
        "request_timeout": "Slack did not receive the whole request; this may or may not have been done.",
        "timeout": "Slack did not answer in time; this may or may not have been done.",
        "invalid_answer": "Slack's answer could not be read; this may or may not have been done.",
        "messaging_processing_failed": "Slack could not process the message; it may or may not have been posted.",
        "fetch_members_failed": "Slack could not list the members of the channel.",
        "unknown_error": "Slack had a problem of its own; this may or may not have been done.",
    ]

    private static let rerouteCodes = [
        "channel_not_found":
            "The channel does not exist, or the app is not in it: type `/invite` and the app's name there.",
        "not_in_channel": "The app is not in the channel: type `/invite` and the app's name there.",
        "is_archived": "The channel is archived.",
        "is_inactive": "The channel is frozen.",
        "restricted_action": "A setting of this workspace does not let the app post here.",
        "restricted_action_read_only_channel": "This channel is read-only.",
        "restricted_action_thread_only_channel": "New messages cannot be posted in this channel, only replies.",
        "messages_tab_disabled": "Direct messages with the app are switched off in its settings.",
        "cannot_dm_bot": "A direct message cannot be sent to a bot.",
        "posting_to_channel_denied": "The app may not post in this channel.",
        "user_not_in_channel": "The person is not in the channel, so they cannot be shown anything there.",
        "channel_is_limited_access": "The app may not see this channel.",
        "ekm_access_denied": "The administrators of this workspace have switched off messages to this channel.",
    ]

    private static let postAfreshCodes = [
        "message_not_found": "The message is not there any more.",
        "cant_update_message": "The message cannot be changed by the app.",
        "edit_window_closed": "The message is too old to be changed in this workspace.",
        "thread_not_found": "The thread is not there any more.",
        "cannot_reply_to_message": "This message cannot have replies.",
        "restricted_action_non_threadable_channel": "Replies cannot be posted in this channel.",
        "restricted_action_thread_locked": "The thread is locked.",
    ]

    private static let rerenderCodes = [
        "invalid_blocks": "Slack did not accept the layout of this message.",
        "invalid_blocks_format": "Slack did not accept the layout of this message.",
        "invalid_attachments": "Slack did not accept the layout of this message.",
        "block_mismatch": "Slack did not accept the layout of this message.",
        "msg_too_long": "The message is too long for Slack.",
        "msg_blocks_too_long": "The message is too long for Slack.",
        "msg_blocks_too_many": "The message has more parts than Slack allows.",
        "no_text": "The message has no text.",
        "too_many_attachments": "The message has more parts than Slack allows.",
        "attachment_payload_limit_exceeded": "The message is too long for Slack.",
        "metadata_too_large": "The data attached to the message is too large for Slack.",
        "invalid_metadata_format": "Slack did not accept the data attached to the message.",
        "invalid_metadata_schema": "Slack did not accept the data attached to the message.",
    ]

    private static let tellAdministratorCodes = [
        "missing_scope":
            "The app was installed without a permission that this needs; an administrator has to install it again.",
        "access_denied": "The app is not allowed to do this in this workspace.",
        "no_permission": "The app is not allowed to do this in this workspace.",
        "permission_denied": "The app is not allowed to do this in this workspace.",
        "not_allowed_token_type": "This method does not take the kind of token that the app has.",
        "team_access_not_granted": "The app is installed for the organization, but not for this workspace.",
        "method_not_supported_for_channel_type": "This cannot be done in this kind of conversation.",
        "missing_post_type": "Slack did not understand the form of the request.",
        "not_enabled": "The Home tab is switched off in the app's settings.",
        "plan_upgrade_required": "This workspace's plan does not include this.",
        "app_access_restricted": "The administrators of this workspace have restricted the app.",
        "cannot_create_channel": "The app may not create channels in this workspace.",
        "paid_teams_only": "This workspace's plan does not include this.",
        "org_level_email_display_disabled":
            "E-mail addresses are hidden in this organization, so people cannot be looked up by them.",
        "two_factor_setup_required": "The account that installed the app has to set up two-factor authentication.",
        "enterprise_is_restricted": "Slack does not allow this method for an organization's app.",
        "app_missing_action_url": "Interactivity is switched off in the app's settings.",
        "method_deprecated": "Slack has withdrawn a method that the app uses.",
        "deprecated_endpoint": "Slack has withdrawn a method that the app uses.",
        "invalid_client_id": "The app's client id is wrong.",
        "bad_client_secret": "The app's client secret is wrong.",
        "bad_redirect_uri": "The redirect address is not the one in the app's settings.",
        "forbidden_team": "The app's settings do not allow it to be installed in this workspace.",
        "not_an_enterprise": "This needs an organization on Enterprise Grid.",
        "too_many_websockets": "The app has more connections to Slack than are allowed.",
        "link_disabled": "Socket Mode is switched off in the app's settings.",
        "forbidden_error": "Slack does not allow the app to open a connection.",
    ]

    private static let tellPersonCodes = [
        "user_not_found": "This person cannot be found in this workspace.",
        "users_not_found": "Nobody in this workspace has this e-mail address.",
        "user_not_visible": "You or the app may not see this person.",
        "user_disabled": "This person's account is switched off.",
        "user_is_bot": "This is a bot, not a person.",
        "user_is_restricted": "This person is a guest, and may not do this.",
        "user_is_ultra_restricted": "This person is a guest of a single channel, and may not do this.",
        "already_in_channel": "This person is already in the channel.",
        "cant_invite": "This person cannot be invited to the channel.",
        "cant_invite_self": "The app cannot invite itself.",
        "ura_max_channels": "This person is a guest of a single channel, and already in it.",
        "org_user_not_in_team": "This person belongs to the organization, but not to this workspace.",
        "invitee_cant_see_channel": "This person's workspace does not have the channel.",
        "no_external_invite_permission": "You may not invite people from outside to this channel.",
        "name_taken": "A channel with this name exists already.",
        "invalid_name": "A channel's name has to be of small letters, digits, dashes and underscores.",
        "invalid_name_maxlength": "A channel's name has at most 80 characters.",
        "invalid_name_punctuation": "A channel's name needs more than punctuation.",
        "invalid_name_required": "The channel needs a name.",
        "invalid_name_specials": "A channel's name has to be of small letters, digits, dashes and underscores.",
        "already_archived": "The channel is archived already.",
        "not_archived": "The channel is not archived.",
        "cant_archive_general": "The workspace's general channel cannot be archived.",
        "cant_kick_from_general": "Nobody can be removed from the workspace's general channel.",
        "cant_kick_self": "The app cannot remove itself from the channel.",
        "last_member": "The last member of a channel cannot leave it.",
        "expired_trigger_id": "That took too long: Slack opens a form only within three seconds. Please try again.",
        "exchanged_trigger_id": "The form was opened already. Please try again.",
        "invalid_trigger_id": "The form could not be opened. Please try again.",
        "trigger_expired": "That took too long: Slack opens a form only within three seconds. Please try again.",
        "trigger_exchanged": "The form was opened already. Please try again.",
        "push_limit_reached": "At most three forms can lie over each other: close one first.",
        "view_not_found": "The form was closed already.",
        "not_found": "This form is not there any more, or has changed. Please open it again.",
        "hash_conflict": "The form has changed in the meantime.",
        "already_reacted": "The reaction is there already.",
        "no_reaction": "The reaction is not there.",
        "too_many_reactions": "There are too many reactions on this message.",
        "already_pinned": "The message is pinned already.",
        "not_pinned": "The message is not pinned.",
        "no_pin": "The message is not pinned.",
        "too_many_pins": "Too many messages are pinned in this channel.",
        "too_many_members": "The channel has as many members as Slack allows.",
        "no_such_subteam": "This user group does not exist.",
        "handle_already_exists": "A user group with this handle exists already.",
        "name_already_exists": "A user group with this name exists already.",
        "permission_missing": "You may not do this in this workspace.",
        "invalid_code": "The link for installing has expired. Please start again.",
        "code_already_used": "The link for installing was used already. Please start again.",
    ]

    private static let reauthorizeCodes = [
        "not_authed": "The app has no token for this workspace; an administrator has to install it again.",
        "invalid_auth": "Slack does not accept the app's token; an administrator has to install it again.",
        "account_inactive": "The app was removed from this workspace; an administrator has to install it again.",
        "token_revoked": "The app's token was withdrawn; an administrator has to install it again.",
        "token_expired": "The app's token has expired.",
        "user_removed_from_team":
            "The account behind the app's token has left the workspace; an administrator has to install it again.",
        "team_disabled": "This workspace has been switched off.",
        "org_login_required":
            "This workspace has moved into an organization; an administrator has to install the app again.",
        "ekm_not_enabled": "This workspace's encryption keys are not available.",
        "invalid_refresh_token": "The app's token could not be renewed; an administrator has to install it again.",
        "authorization_not_found":
            "The app's installation is not there any more; an administrator has to install it again.",
        "app_uninstalled": "The app was removed from this workspace; an administrator has to install it again.",
    ]

    private static let permanentCodes = [
        "invalid_arguments": "Slack did not accept what the app sent.",
        "invalid_args": "Slack did not accept what the app sent.",
        "invalid_arg_name": "Slack did not accept what the app sent.",
        "invalid_array_arg": "Slack did not accept what the app sent.",
        "invalid_charset": "Slack did not accept what the app sent.",
        "invalid_form_data": "Slack did not accept what the app sent.",
        "invalid_post_type": "Slack did not accept what the app sent.",
        "invalid_json": "Slack did not accept what the app sent.",
        "json_not_object": "Slack did not accept what the app sent.",
        "missing_argument": "Slack did not accept what the app sent.",
        "unknown_method": "Slack does not know the method that the app called.",
        "view_too_large": "The form is too large for Slack.",
        "duplicate_external_id": "A form with this id is open already.",
        "invalid_cursor": "The list changed while it was read.",
        "invalid_ts_latest": "Slack did not accept a time that the app sent.",
        "invalid_ts_oldest": "Slack did not accept a time that the app sent.",
        "time_in_past": "The time lies in the past.",
        "time_too_far": "The time lies too far ahead.",
        "invalid_users": "Slack did not accept one of the people.",
        "invalid_emoji": "This emoji does not exist in this workspace.",
        "invalid_link": "Slack did not accept the link.",
        "update_failed": "Slack could not change the message.",
        "no_channel": "Slack did not accept what the app sent.",
        "team_not_found": "Slack does not know this workspace.",
        "invalid_thread_ts": "Slack did not accept the id of the thread.",
    ]
}

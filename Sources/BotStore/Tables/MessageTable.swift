import Foundation

/// The statements about live messages: wishes, and what can be read of them. See also `MessageTable+Painting`.
enum MessageTable {
    static let isUnpainted = "state <> 'dead' AND painted_version < version"
    static let byKey = "plugin = ? AND workspace = ? AND channel = ? AND key = ?"

    /// Whether there is something to do for an unpainted message at `:now`, which is `:time` by the leases' clock.
    ///
    /// What has a thread to go to waits for the message that begins it.
    static let isDue = """
        \(isUnpainted) AND due_at <= :now AND (lease_until IS NULL OR lease_until <= :time)
        AND NOT (digest IS NOT NULL AND state = 'absent' AND lane = \(JobLane.background.rawValue))
        AND (state <> 'absent' OR content IS NULL OR (parent IS NULL AND digest IS NULL) OR EXISTS (
            SELECT 1 FROM messages AS first
            WHERE first.workspace = messages.workspace AND first.channel = messages.channel
              AND first.plugin = CASE WHEN messages.digest IS NULL THEN messages.plugin ELSE '\(MessageKey.host)' END
              AND first.key = coalesce(messages.digest, messages.parent)
              AND (first.ts IS NOT NULL OR first.state = 'dead' OR first.content IS NULL)))
        """

    /// The kind of work that a message needs.
    static let work = """
        CASE WHEN ts IS NOT NULL THEN 'edit' WHEN parent IS NOT NULL OR digest IS NOT NULL THEN 'reply' ELSE 'post' END
        """

    static func wish(_ wish: MessageWish, at now: Date, in db: any SQLConnection) throws -> Int64 {
        try check(wish)
        // A dead message begins anew. One that waits longer keeps its place in the queue. To wish for what is wished
        // for already changes nothing, so that nobody paints the same thing twice. What is neither in Slack nor on its
        // way there is gone as soon as nobody wants it.
        let row = try db.row(
            """
            INSERT INTO messages (plugin, workspace, channel, key, organization, parent, content, version,
                painted_version, lane, due_at, created_at, updated_at)
            VALUES (:plugin, :workspace, :channel, :key, :organization, :parent, :content, 1,
                :painted, :lane, :due, :now, :now)
            ON CONFLICT (plugin, workspace, channel, key) DO UPDATE SET organization = excluded.organization,
                parent = CASE WHEN messages.ts IS NULL THEN excluded.parent ELSE messages.parent END,
                content = excluded.content, lane = excluded.lane, version = messages.version + 1,
                painted_version = CASE
                    WHEN excluded.content IS NULL AND messages.state IN ('absent', 'dead')
                        AND messages.lease_until IS NULL
                    THEN messages.version + 1 ELSE messages.painted_version END,
                updated_at = excluded.updated_at,
                due_at = CASE WHEN messages.state <> 'dead' AND messages.painted_version < messages.version
                    THEN messages.due_at ELSE excluded.due_at END,
                ts = CASE WHEN messages.state = 'dead' THEN NULL ELSE messages.ts END,
                posted_channel = CASE WHEN messages.state = 'dead' THEN NULL ELSE messages.posted_channel END,
                thread = CASE WHEN messages.state = 'dead' THEN NULL ELSE messages.thread END,
                intent_id = CASE WHEN messages.state = 'dead' THEN NULL ELSE messages.intent_id END,
                digest = CASE WHEN messages.state = 'dead' THEN NULL ELSE messages.digest END,
                reason = NULL,
                state = CASE WHEN messages.state = 'dead' THEN 'absent' ELSE messages.state END
            WHERE messages.state = 'dead' OR messages.content \(db.dialect.differs) excluded.content
            RETURNING version, digest
            """,
            [
                "plugin": wish.key.plugin, "workspace": wish.key.workspace, "channel": wish.key.channel,
                "key": wish.key.key, "organization": wish.organization, "parent": wish.parent,
                "content": wish.content, "painted": wish.content == nil ? 1 : 0, "lane": wish.lane.rawValue,
                "due": (wish.dueAt ?? now).milliseconds, "now": now.milliseconds,
            ])
        if let row {
            if let digest = try row.optionalText("digest") {
                try touch(.digest(digest, in: wish.key.place), at: now, in: db)
            }
            return try row.integer("version")
        }
        guard let same = try message(wish.key, in: db) else {
            throw StoreError(.conflict, "The message '\(wish.key.key)' could not be stored.")
        }
        if same.lane != wish.lane {
            try db.run("UPDATE messages SET lane = ? WHERE \(byKey)", [wish.lane.rawValue] + wish.key.arguments)
        }
        return same.version
    }

    private static func check(_ wish: MessageWish) throws {
        try Bounds.checkID(wish.key.plugin, "A message's plugin")
        try Bounds.checkID(wish.key.workspace, "A message's workspace")
        try Bounds.checkID(wish.key.channel, "A message's channel")
        try Bounds.checkKey(wish.key.key, "A message's key")
        try Bounds.checkOptionalID(wish.organization, "A message's organization")
        if let parent = wish.parent { try Bounds.checkKey(parent, "The key of a message's parent") }
        try Bounds.check(wish.content, "A message's content", longest: Bounds.content)
    }

    /// Something that a digest tells of has changed.
    static func touch(_ digest: MessageKey, at now: Date, in db: any SQLConnection) throws {
        try db.run(
            """
            UPDATE messages SET version = version + 1, due_at = CASE WHEN \(isUnpainted) THEN due_at ELSE ? END
            WHERE \(byKey) AND state <> 'dead'
            """, [now.addingTimeInterval(LiveMessage.digestPause).milliseconds] + digest.arguments)
    }

    /// The leases of a process that ended.
    static func releaseAll(in db: any SQLConnection) throws {
        try db.run("UPDATE messages SET lease_until = NULL, fence = fence + 1 WHERE lease_until IS NOT NULL", [])
    }

    static func message(_ key: MessageKey, in db: any SQLConnection) throws -> LiveMessage? {
        try db.row("SELECT * FROM messages WHERE \(byKey)", key.arguments).map(message)
    }

    static func message(workspace: String, channel: String, ts: String, in db: any SQLConnection) throws -> LiveMessage?
    {
        try db.row(
            "SELECT * FROM messages WHERE workspace = ? AND posted_channel = ? AND ts = ?", [workspace, channel, ts]
        ).map(message)
    }

    static func messages(inDigest digest: MessageKey, in db: any SQLConnection) throws -> [LiveMessage] {
        try db.rows(
            """
            SELECT * FROM messages WHERE workspace = ? AND channel = ? AND digest = ?
            ORDER BY lane, created_at, key LIMIT ?
            """, [digest.workspace, digest.channel, digest.key, Bounds.bigPage]
        ).map(message)
    }

    static func due(limit: Int, at now: Date, in db: any SQLConnection) throws -> [DueMessages] {
        try db.rows(
            """
            SELECT workspace, channel, MIN(due_at) AS since,
                SUM(CASE WHEN work = 'post' THEN 1 ELSE 0 END) AS posts,
                SUM(CASE WHEN work = 'post' AND lane = \(JobLane.urgent.rawValue) THEN 1 ELSE 0 END) AS urgent_posts,
                SUM(CASE WHEN work = 'reply' THEN 1 ELSE 0 END) AS replies,
                SUM(CASE WHEN work = 'edit' THEN 1 ELSE 0 END) AS edits,
                MIN(CASE WHEN work = 'post' AND lane = \(JobLane.urgent.rawValue) THEN 0 ELSE 1 END) AS place
            FROM (SELECT workspace, channel, lane, due_at, \(work) AS work FROM messages WHERE \(isDue)) AS waiting
            GROUP BY workspace, channel
            ORDER BY place, since, workspace, channel LIMIT :limit
            """,
            [
                "now": now.milliseconds, "time": try db.leaseTime(now).milliseconds, "limit": Bounds.rows(limit),
            ]
        ).map { columns in
            DueMessages(
                place: MessagePlace(
                    workspace: try columns.text("workspace"), channel: try columns.text("channel")),
                posts: try columns.count("posts"), urgentPosts: try columns.count("urgent_posts"),
                replies: try columns.count("replies"), edits: try columns.count("edits"),
                since: try columns.date("since"))
        }
    }

    static func nextTime(in db: any SQLConnection) throws -> Date? {
        let row = try db.row(
            """
            SELECT MIN(CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END) AS at FROM messages
            WHERE \(isUnpainted)
            """, [])
        return try row.flatMap { try $0.optionalDate("at") }
    }

    static func sweep(before: Date, limit: Int, in db: any SQLConnection) throws -> Int {
        try db.run(
            """
            DELETE FROM messages WHERE (plugin, workspace, channel, key) IN (
                SELECT plugin, workspace, channel, key FROM messages
                WHERE state IN ('absent', 'dead') AND updated_at < ?
                  AND (state = 'dead' OR parent IS NOT NULL OR digest IS NOT NULL
                    OR (content IS NULL AND painted_version = version))
                LIMIT ? \(db.dialect.skipLocked))
            """, [before.milliseconds, Bounds.rows(limit)])
    }

    static func message(_ columns: Columns) throws -> LiveMessage {
        guard let lane = JobLane(rawValue: try columns.count("lane")) else {
            throw StoreError(.corrupt, "A message has a lane that does not exist.")
        }
        return LiveMessage(
            key: MessageKey(
                plugin: try columns.text("plugin"), workspace: try columns.text("workspace"),
                channel: try columns.text("channel"), key: try columns.text("key")),
            organization: try columns.text("organization"), parent: try columns.optionalText("parent"),
            digest: try columns.optionalText("digest"), content: try columns.optionalData("content"),
            version: try columns.integer("version"), paintedVersion: try columns.integer("painted_version"),
            state: try columns.word("state", as: LiveMessage.State.self),
            postedChannel: try columns.optionalText("posted_channel"), ts: try columns.optionalText("ts"),
            thread: try columns.optionalText("thread"), intentID: try columns.optionalText("intent_id"), lane: lane,
            dueAt: try columns.date("due_at"), leaseUntil: try columns.optionalDate("lease_until"),
            fence: try columns.integer("fence"), reason: try columns.optionalText("reason"),
            createdAt: try columns.date("created_at"), updatedAt: try columns.date("updated_at"))
    }
}

extension MessageKey {
    /// In the order of `MessageTable.byKey`.
    var arguments: SQLArguments { [plugin, workspace, channel, key] }
}

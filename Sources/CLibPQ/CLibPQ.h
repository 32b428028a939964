// PostgreSQL's own client library, and the few of its macros that Swift cannot read.
// https://www.postgresql.org/docs/current/libpq.html
#ifndef BOTHOST_CLIBPQ_H
#define BOTHOST_CLIBPQ_H

#include <libpq-fe.h>

// The five characters that say what went wrong; null where there are none.
static inline const char *bothost_pq_state(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

// The server's sentence alone, without the detail, which may hold values.
static inline const char *bothost_pq_sentence(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}

static void bothost_pq_silence(void *nothing, const char *notice) {
    (void)nothing;
    (void)notice;
}

// Notices would be written to the standard error.
static inline void bothost_pq_keep_quiet(PGconn *connection) {
    PQsetNoticeProcessor(connection, bothost_pq_silence, 0);
}

#endif

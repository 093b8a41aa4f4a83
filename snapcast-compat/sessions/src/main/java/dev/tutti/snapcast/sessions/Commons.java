package dev.tutti.snapcast.sessions;

/** What the sessions of a server share. Used by the thread that steps {@link Sessions}. */
record Commons(
    SessionPolicy policy,
    Registry registry,
    Desk desk,
    Agenda agenda,
    Counts counts,
    Budget budget) {}

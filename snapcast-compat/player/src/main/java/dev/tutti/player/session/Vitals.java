package dev.tutti.player.session;

import dev.tutti.snapcast.protocol.Report;

/**
 * How the sound is, as a session needs it for its reports; for the meaning of each see {@link
 * dev.tutti.snapcast.protocol.Report}.
 *
 * @param output the device and how it was set up, for people
 * @param software this program and what it runs on, with versions
 * @param fallback what is played when the server is gone
 */
public record Vitals(
    boolean playing,
    double errorMicros,
    double likelyMicros,
    double devicePpm,
    double steeringPpm,
    double deviceDelayMicros,
    long underruns,
    long resyncs,
    long deviceBreaks,
    String output,
    String software,
    Report.Fallback fallback) {}

package dev.tutti.player.shell;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.player.mixer.VolumeControlSpec;
import dev.tutti.player.output.OutputSpec;
import dev.tutti.player.playout.VolumeCurve;
import dev.tutti.player.session.Identity;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a player is to be.
 *
 * @param servers where to find its server
 * @param certificates which servers are believed to be who they say, where the connection is
 *     encrypted
 * @param identity who it says it is
 * @param output what it plays on
 * @param format from the stream's format to the one the device is asked for
 * @param fixedChannels of the device; 0 for those of the stream
 * @param curve of the volume; empty if the volume is not applied
 * @param control whose volume follows the server's, and the other way round, if there is one
 * @param latencyMs how much earlier to play than the server says
 * @param depthMs how long before it is heard sound is asked for, of a server that can send it ahead
 * @param fallback what is played when the server is gone
 */
public record PlayerSetup(
    Servers servers,
    Certificates certificates,
    Identity identity,
    OutputSpec output,
    UnaryOperator<SampleFormat> format,
    int fixedChannels,
    Optional<VolumeCurve> curve,
    Optional<VolumeControlSpec> control,
    int latencyMs,
    int depthMs,
    FallbackSetup fallback) {}

/**
 * What the server tells, see the plugin's README.
 *
 * @typedef {{id: string, title: string, artists: string[], album: string, durationMs: ?number, art: ?string}} Track
 *
 * @typedef {{
 *   id: string, codec: string, format: string,
 *   activity: 'idle'|'playing', playback: 'playing'|'paused'|'stopped',
 *   track: Track, pending: ?Track, positionMs: number, positionAtMicros: number,
 *   shuffle: boolean, repeat: 'none'|'track'|'all', can: string[], problem: string
 * }} Stream
 *
 * @typedef {{
 *   id: string, name: string, label: string, connected: boolean, volumePercent: number, muted: boolean,
 *   latencyMs: number, software: ?string, host: string, ip: string, lastSeenEpochSeconds: number
 * }} Player
 *
 * @typedef {{
 *   ageMs: number, playing: boolean, errorMicros: number, likelyMicros: number, boundMicros: number,
 *   driftPpm: number, devicePpm: number, steeringPpm: number, bufferMs: number, underruns: number, resyncs: number,
 *   deviceBreaks: number, lateChunks: number, deviceDelayMicros: number, roundTripMicros: number,
 *   mode: ''|'stream'|'fallback'|'stopped', degraded: boolean, fallbackReady: boolean, switches: number,
 *   fallbackSeconds: number, fallbackErrorMicros: number, output: string, software: string
 * }} Report what a Tutti player says of itself; times that it does not know are -1
 *
 * @typedef {{id: string, name: string, muted: boolean, streamId: string, players: Player[]}} Group
 *
 * @typedef {{
 *   type: 'snapshot', serverNowMicros: number,
 *   server: {name: string, version: string, address: string},
 *   streams: Stream[], groups: Group[]
 * }} Snapshot
 */

export {};

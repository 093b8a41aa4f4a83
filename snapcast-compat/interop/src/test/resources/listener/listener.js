/**
 * A page that plays /stream with nothing but what browsers have: WebSocket, WebCodecs, Web Audio.
 * What it does and hears is in `heard`, for the test to look at.
 */

const HELLO = 5;
const TIME = 4;
const SETTINGS = 3;
const CHUNK = 2;
const CODEC = 1;
const HEADER_BYTES = 26;
const OPUS_FRAME_MICROS = 20000;

const heard = {
  codec: '', settings: null, chunks: 0, decoded: 0, late: 0, jumps: 0, timeReplies: 0, problem: '',
};
window.heard = heard;

const audio = new AudioContext({sampleRate: 48000, latencyHint: 'playback'});
const analyser = new AnalyserNode(audio, {fftSize: 8192, smoothingTimeConstant: 0});
analyser.connect(audio.destination);

/** What is playing now: its loudest frequency and its level. */
window.listen = () => {
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  let best = 0;
  bins.forEach((level, bin) => { if (level > bins[best]) best = bin; });
  const wave = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(wave);
  const rms = Math.sqrt(wave.reduce((sum, x) => sum + x * x, 0) / wave.length);
  return {hz: best * audio.sampleRate / analyser.fftSize, rms, state: audio.state};
};

const socket = new WebSocket(new URL('stream', document.baseURI.replace(/^http/, 'ws')));
socket.binaryType = 'arraybuffer';
const offsets = [];
let requestId = 0;
let decoder = null;
let pcm = null;
let expectedMicros = 0;

const nowMicros = () => Math.round(performance.now() * 1000);

function send(type, payload) {
  const frame = new DataView(new ArrayBuffer(HEADER_BYTES + payload.byteLength));
  frame.setUint16(0, type, true);
  frame.setUint16(2, ++requestId, true);
  const now = nowMicros();
  frame.setInt32(6, Math.floor(now / 1e6), true);
  frame.setInt32(10, now % 1e6, true);
  // Snapweb counts the header, too.
  frame.setUint32(22, HEADER_BYTES + payload.byteLength, true);
  new Uint8Array(frame.buffer).set(new Uint8Array(payload), HEADER_BYTES);
  socket.send(frame.buffer);
}

const askTime = () => send(TIME, new ArrayBuffer(8));

socket.onopen = () => {
  const json = new TextEncoder().encode(JSON.stringify({
    MAC: '00:00:00:00:00:00', HostName: 'Page', Version: '0.9.1', ClientName: 'Snapweb',
    OS: navigator.platform, Arch: 'web', Instance: 1, ID: 'page', SnapStreamProtocolVersion: 2,
  }));
  const payload = new Uint8Array(4 + json.length);
  new DataView(payload.buffer).setUint32(0, json.length, true);
  payload.set(json, 4);
  send(HELLO, payload.buffer);
  askTime();
  setInterval(askTime, 1000);
};
socket.onclose = () => { heard.problem ||= 'the socket was closed'; };

const micros = (view, at) => view.getInt32(at, true) * 1e6 + view.getInt32(at + 4, true);
const median = list => [...list].sort((a, b) => a - b)[list.length >> 1];

socket.onmessage = ({data}) => {
  const view = new DataView(data);
  switch (view.getUint16(0, true)) {
    case SETTINGS:
      heard.settings = JSON.parse(new TextDecoder().decode(new Uint8Array(data, HEADER_BYTES + 4)));
      break;
    case CODEC: codec(view); break;
    case TIME: time(view); break;
    case CHUNK: chunk(view); break;
  }
};

function time(view) {
  heard.timeReplies++;
  // As Snapweb does: the server's time from the place of the received time.
  const toServer = micros(view, HEADER_BYTES);
  const toUs = nowMicros() - micros(view, 14);
  offsets.push((toServer - toUs) / 2);
  if (offsets.length > 100) offsets.shift();
}

function codec(view) {
  if (!heard.settings) heard.problem = 'the codec came before the settings';
  const nameBytes = view.getUint32(HEADER_BYTES, true);
  const at = HEADER_BYTES + 4 + nameBytes;
  heard.codec = new TextDecoder().decode(new Uint8Array(view.buffer, HEADER_BYTES + 4, nameBytes));
  const header = new Uint8Array(view.buffer, at + 4, view.getUint32(at, true)).slice();
  const fields = new DataView(header.buffer);
  if (heard.codec === 'pcm') {
    pcm = {channels: fields.getUint16(22, true), rate: fields.getUint32(24, true)};
    return;
  }
  const config = heard.codec === 'opus'
    ? {codec: 'opus', sampleRate: fields.getUint32(4, true), numberOfChannels: fields.getUint16(10, true)}
    : {codec: 'flac', sampleRate: 48000, numberOfChannels: 2, description: header};
  decoder = new AudioDecoder({output: decoded, error: e => { heard.problem = String(e); }});
  decoder.configure(config);
}

function chunk(view) {
  heard.chunks++;
  const timestamp = micros(view, HEADER_BYTES);
  const data = new Uint8Array(view.buffer, HEADER_BYTES + 12, view.getUint32(HEADER_BYTES + 8, true));
  if (decoder) {
    decoder.decode(new EncodedAudioChunk({type: 'key', timestamp, duration: OPUS_FRAME_MICROS, data}));
    return;
  }
  const samples = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const frames = data.byteLength / 2 / pcm.channels;
  const buffer = new AudioBuffer({length: frames, numberOfChannels: pcm.channels, sampleRate: pcm.rate});
  for (let c = 0; c < pcm.channels; c++) {
    const channel = buffer.getChannelData(c);
    for (let i = 0; i < frames; i++) channel[i] = samples.getInt16((i * pcm.channels + c) * 2, true) / 32768;
  }
  play(buffer, timestamp);
}

function decoded(data) {
  const buffer = new AudioBuffer({
    length: data.numberOfFrames, numberOfChannels: data.numberOfChannels, sampleRate: data.sampleRate,
  });
  for (let c = 0; c < data.numberOfChannels; c++) {
    data.copyTo(buffer.getChannelData(c), {planeIndex: c, format: 'f32-planar'});
  }
  play(buffer, data.timestamp);
  data.close();
}

function play(buffer, timestamp) {
  heard.decoded++;
  if (expectedMicros && Math.abs(timestamp - expectedMicros) > 1000) heard.jumps++;
  expectedMicros = timestamp + buffer.length * 1e6 / buffer.sampleRate;
  if (!offsets.length) return;
  const serverNow = nowMicros() + median(offsets);
  const inSeconds = (timestamp + heard.settings.bufferMs * 1000 - serverNow) / 1e6;
  if (inSeconds < 0) {
    heard.late++;
    return;
  }
  const node = new AudioBufferSourceNode(audio, {buffer});
  node.connect(analyser);
  node.start(audio.currentTime + inSeconds);
}

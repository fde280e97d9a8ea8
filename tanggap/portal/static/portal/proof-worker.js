// Seeks a number so that SHA-256 of "<challenge>:<number>" begins with enough zero bits. Synchronous: asking the
// browser's own digest for each try costs more than the hashing.
"use strict";
const K = [], START = [];
(() => {
  const fraction = (x) => ((x - Math.floor(x)) * 4294967296) | 0;
  for (let n = 2; K.length < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
    if (!prime) continue;
    if (START.length < 8) START.push(fraction(Math.sqrt(n)));
    K.push(fraction(Math.cbrt(n)));
  }
})();
const W = new Int32Array(64);
function block(state, bytes, at) {
  for (let i = 0; i < 16; i++, at += 4) W[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  for (let i = 16; i < 64; i++) {
    const x = W[i - 15], y = W[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  return [state[0] + a | 0, state[1] + b | 0, state[2] + c | 0, state[3] + d | 0,
    state[4] + e | 0, state[5] + f | 0, state[6] + g | 0, state[7] + h | 0];
}
function hash(text) {
  const length = text.length, size = ((length + 9 + 63) >> 6) << 6;
  const bytes = new Uint8Array(size);
  for (let i = 0; i < length; i++) bytes[i] = text.charCodeAt(i);
  bytes[length] = 128;
  for (let i = 0, bits = length * 8; i < 4; i++) bytes[size - 1 - i] = (bits >>> (8 * i)) & 255;
  let state = START;
  for (let at = 0; at < size; at += 64) state = block(state, bytes, at);
  return state;
}
self.onmessage = ({ data: { challenge, bits } }) => {
  for (let number = 0; ; number++) {
    if (Math.clz32(hash(`${challenge}:${number}`)[0]) >= bits) return self.postMessage(String(number));
  }
};

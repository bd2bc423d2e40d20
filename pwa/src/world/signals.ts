/** Notes and vibration on this device. Which ones, and whether any, is the caller's to say. */

/** What is played: the shape that a story's table of signals has. */
interface Played {
  readonly notes: readonly number[];
  readonly loudness: number;
  readonly buzz: readonly number[];
}

const NOTE_SECONDS = 0.16;
const EDGE_SECONDS = 0.02;

/** A player that opens the device's sound when it is first needed. */
export function player(): (signal: Played) => void {
  let audio: AudioContext | null = null;
  return ({ notes, loudness, buzz }) => {
    if (buzz.length > 0) navigator.vibrate?.([...buzz]);
    if (notes.length === 0 || !("AudioContext" in globalThis)) return;
    audio ??= new AudioContext();
    void audio.resume().catch(() => undefined); // a browser may hold it back until something is touched
    for (const [place, pitch] of notes.entries()) sing(audio, { pitch, loudness, from: audio.currentTime + place * NOTE_SECONDS });
  };
}

/** One note that begins and ends softly. */
function sing(audio: AudioContext, { pitch, loudness, from }: { pitch: number; loudness: number; from: number }): void {
  const voice = audio.createOscillator();
  const volume = audio.createGain();
  voice.frequency.value = pitch;
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(loudness, from + EDGE_SECONDS);
  volume.gain.setValueAtTime(loudness, from + NOTE_SECONDS - EDGE_SECONDS);
  volume.gain.linearRampToValueAtTime(0, from + NOTE_SECONDS);
  voice.connect(volume).connect(audio.destination);
  voice.start(from);
  voice.stop(from + NOTE_SECONDS);
}

/** The camera: frames into the reader, one at a time, until it is told to stop. No frame is kept. */
import { hex, sha256, utf8 } from "../kernel/bytes.ts";
import type { CameraEvents, CameraFault } from "../kit/ports.ts";
import type { Reader } from "./reader.ts";
import { Shutter } from "./reader/shutter.ts";

const WANTED: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
};

/** How long the code that was read last is let pass when the camera opens again: it is still in the picture then. */
const HOLD = 3000;
/** The print of what was read last, not the text: enough to know it again. */
let former = "";

/** How long a camera that was left goes on at the most, unseen: closing it takes a slow phone longer than drawing what was read. */
const CLOSING = 100;

/**
 * Opens the camera into a video element; the function given back closes it, also while it is still opening. `idle` is called
 * after each look that found nothing.
 */
export function openCamera(reader: Reader, video: HTMLVideoElement, events: CameraEvents, idle: () => void): () => void {
  let stream: MediaStream | null = null;
  let closed = false;
  /** A view that is gone has left its camera, also in the moment before it says so: nothing of it may come any more. */
  const left = (): boolean => closed || !video.isConnected;
  const stop = (): void => {
    closed = true;
    for (const track of stream?.getTracks() ?? []) track.stop();
    video.srcObject = null;
  };
  const run = async (): Promise<void> => {
    reader.warm();
    stream = await navigator.mediaDevices.getUserMedia(WANTED);
    if (left()) return stop();
    video.srcObject = stream;
    await video.play();
    if (left()) return stop();
    events.opened(lightOf(stream));
    await scan(reader, video, { ...events, idle }, left);
  };
  run().catch((error: unknown) => {
    const late = left();
    stop();
    if (!late) events.fault(faultOf(error));
  });
  return () => {
    closed = true;
    setTimeout(stop, CLOSING);
  };
}

async function scan(reader: Reader, video: HTMLVideoElement, events: Pick<CameraEvents, "text"> & { readonly idle: () => void }, stopped: () => boolean): Promise<void> {
  const shutter = new Shutter();
  const look = reader.frames();
  const known = former;
  const opened = performance.now();
  let next = nextFrame(video);
  while (!stopped()) {
    await next;
    next = nextFrame(video); // one that comes while this is looked at is looked at at once
    if (stopped() || video.videoWidth === 0) continue;
    const texts = await look(await shutter.take(video));
    if (stopped()) return;
    if (texts.length === 0) events.idle();
    for (const text of texts) {
      const print = hex(sha256(utf8(text)));
      if (print === known && performance.now() - opened < HOLD) continue;
      former = print;
      // No frame is taken meanwhile: it would hold up what comes of this one. What fails there is no fault of the camera's.
      await Promise.resolve(events.text(text)).catch(reportError);
    }
  }
}

/** The next picture of the video; a hidden page is looked at again a little later. */
function nextFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, 250);
    const come = (): void => {
      clearTimeout(timer);
      done();
    };
    if ("requestVideoFrameCallback" in video) video.requestVideoFrameCallback(come);
    else requestAnimationFrame(come);
  });
}

function lightOf(stream: MediaStream): ((on: boolean) => void) | null {
  const track = stream.getVideoTracks()[0];
  if (track === undefined || !("torch" in track.getCapabilities())) return null;
  return (on) => void track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] }).catch(() => undefined);
}

function faultOf(error: unknown): CameraFault {
  if (!(error instanceof DOMException)) return error instanceof TypeError ? "none" : "reader"; // no mediaDevices: no secure context
  return error.name === "NotAllowedError" || error.name === "SecurityError" ? "refused" : "none";
}

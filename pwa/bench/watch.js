// Runs in the shipped verifier's page before its own scripts, for `puente bench camera`: presses the camera's button as
// soon as it stands, notes when things happened, and makes the reader's thread as slow as the page's.
//
// Chromium's CPU throttling slows a page's main thread and refuses to slow a worker ("only supported for pages"). So each
// answer of a worker is held back until `slowness` times as long has passed as the worker took. How long an answer needs
// through the slowed main thread alone is measured by questions about a picture of 8 x 8, the quickest of five, and is not
// counted as the worker's.
// The film's upper left corner is black while there is no code in the picture, white while there is one.
(() => {
  const { slowness, label } = globalThis.bench;
  const marks = (globalThis.marks = { warm: null, running: null, seen: null, verdict: null });
  const now = () => performance.now();

  const Native = globalThis.Worker;
  const PROBE = -1;
  globalThis.Worker = class extends Native {
    #asked = [];
    #probes = 5;
    #way = Infinity;
    postMessage(message, transfer) {
      this.#asked.push(now());
      super.postMessage(message, transfer);
    }
    set onmessage(heard) {
      super.onmessage = (event) => {
        const took = now() - this.#asked.shift();
        if (event.data.id === PROBE) this.#way = Math.min(this.#way, took);
        else {
          const worked = Math.max(0, took - (this.#way === Infinity ? 0 : this.#way));
          setTimeout(() => {
            marks.warm ??= now();
            heard(event);
          }, (slowness - 1) * worked);
        }
        if (this.#probes-- > 0) this.postMessage({ id: PROBE, picture: { width: 8, height: 8, data: new Uint8Array(64) }, manner: "quick" }, []);
      };
    }
  };

  // A corner of a frame's brightness as it came: drawing the frame to look at it would weigh more than reading it.
  const CORNER = { x: 0, y: 0, width: 8, height: 8 };
  async function look(frame, time) {
    const piece = new Uint8Array(frame.allocationSize({ rect: CORNER }));
    await frame.copyTo(piece, { rect: CORNER });
    frame.close();
    if (piece[0] > 128) marks.seen ??= time;
  }
  const watched = new WeakSet();
  function watch(video) {
    if (watched.has(video)) return;
    watched.add(video);
    const each = (_, { presentationTime }) => {
      marks.running ??= now();
      if (marks.seen !== null) return;
      video.requestVideoFrameCallback(each);
      void look(new VideoFrame(video), presentationTime);
    };
    video.requestVideoFrameCallback(each);
  }

  let pressed = false;
  new MutationObserver(() => {
    for (const video of document.querySelectorAll("video")) watch(video);
    const button = pressed ? undefined : [...document.querySelectorAll("button")].find(({ textContent }) => textContent.trim().startsWith(label));
    if (button !== undefined) {
      pressed = true;
      setTimeout(() => button.click());
    }
    if (marks.verdict === null && document.querySelector("[role=status][data-verdict]") !== null) {
      marks.verdict = NaN; // on screen once the next picture has been drawn
      requestAnimationFrame(() => setTimeout(() => (marks.verdict = now())));
    }
  }).observe(document, { childList: true, subtree: true, attributes: true });
})();

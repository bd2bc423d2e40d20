// Runs in the shipped verifier's page before its own scripts, for `puente bench camera`: presses the camera's button as
// soon as it stands, notes when things happened, and makes the reader's thread as slow as the page's.
//
// Chromium's CPU throttling slows a page's main thread and refuses to slow a worker ("only supported for pages"). So each
// answer of a worker is held back until `slowness` times as long has passed, since it was asked, as the thread itself says
// that it worked (stamp.js): what the answer waited for the page's own thread is not slowed a second time.
// The film's upper left corner is black while there is no code in the picture, white while there is one.
(() => {
  const { slowness, label } = globalThis.bench;
  const marks = (globalThis.marks = { warm: null, running: null, seen: null, verdict: null });
  const now = () => performance.now();

  const Native = globalThis.Worker;
  globalThis.Worker = class extends Native {
    #asked = [];
    postMessage(message, transfer) {
      this.#asked.push(now());
      super.postMessage(message, transfer);
    }
    set onmessage(heard) {
      super.onmessage = (event) => {
        const due = this.#asked.shift() + slowness * event.data.worked;
        setTimeout(() => {
          marks.warm ??= now();
          heard(event);
        }, Math.max(0, due - now()));
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
      requestAnimationFrame(() => setTimeout(() => {
        marks.verdict = now();
        console.info("bench: a verdict");
      }));
    }
  }).observe(document, { childList: true, subtree: true, attributes: true });
})();

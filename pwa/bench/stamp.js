// Put before the reader's thread in the copy of the page that `puente bench camera` visits: each answer then says how long the
// thread worked on it, in milliseconds; the first from the thread's own beginning, its WebAssembly included.
{
  let began = null;
  const post = self.postMessage.bind(self);
  self.addEventListener("message", () => (began = began === null ? 0 : performance.now()));
  self.postMessage = (answer) => post({ ...answer, worked: performance.now() - began });
}

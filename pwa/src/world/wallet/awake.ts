/** Holds the screen awake while a code stands on it; a device that cannot is none the worse. */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let over = false;
  void navigator.wakeLock?.request("screen").then((held) => {
    if (over) void held.release();
    else lock = held;
  }).catch(() => undefined);
  return () => {
    over = true;
    void lock?.release();
  };
}

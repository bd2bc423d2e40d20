/** Files that were made here, handed to the person by the browser's own download. */

/** Longer than any browser takes to begin the download. */
const KEPT_MS = 60_000;

export function save(name: string, type: string, text: string): void {
  saveFile(name, new Blob([text], { type }));
}

export function saveFile(name: string, file: Blob): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}

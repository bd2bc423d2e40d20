/** One code by the camera or from photos, and why there is none. What the code may say is for the caller. Draws only. */
import type { VNode } from "preact";
import { CameraView } from "../../kit/camera.tsx";
import type { CameraFault, DevicePorts } from "../../kit/ports.ts";
import type { Key } from "../../words/text.ts";

export interface ScanParts {
  readonly ports: DevicePorts;
  readonly read: (text: string) => void;
  /** What can be done in its place where there is no camera to use. */
  readonly left: "question" | "sheet";
  /** Null: left by the person herself. */
  readonly ended: (why: Key | null) => void;
}

export function Scan({ ports, read, left, ended }: ScanParts): VNode {
  const first = (texts: readonly string[]): void => (texts[0] === undefined ? ended("why.no_code") : read(texts[0]));
  return (
    <CameraView
      actions={{
        open: ports.openCamera, collector: ports.collector, read: first, fault: (what) => ended(unseen(left, what)), cancel: () => ended(null),
        photos: (files) => void Promise.all(files.map(ports.readPicture)).then((found) => first(found.flat()), (error: unknown) => ended(unread(error))),
      }}
    />
  );
}

/** Without a camera the ways differ from view to view: each is told those that it has. */
export function unseen(left: ScanParts["left"] | "add", what: CameraFault): Key {
  return what === "reader" ? "camera.reader" : `without_camera.${left}.${what}`;
}

/** Why a picture could not be read, as `DevicePorts.readPicture` rejects. */
export function unread(error: unknown): Key {
  return error instanceof RangeError ? "why.too_large" : "camera.reader";
}

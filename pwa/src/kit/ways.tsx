/** The ways in: camera, photo, and what stands beside them. Draws only. */
import type { VNode } from "preact";
import { Glyph } from "./icons.tsx";
import { useWords } from "./words.tsx";

/** The first way: the camera. */
export function CameraWay({ open }: { open: () => void }): VNode {
  const { say } = useWords();
  return (
    <button class="way main" type="button" aria-labelledby="camera-name" aria-describedby="camera-hint" onClick={open}>
      <Glyph name="camera" />
      <span><b id="camera-name">{say("start.camera")}</b><small id="camera-hint">{say("start.camera_hint")}</small></span>
      <Glyph name="go" go />
    </button>
  );
}

/** The second way: one or more photos. */
export function PhotoWay({ take }: { take: (files: readonly File[]) => void }): VNode {
  const { say } = useWords();
  return (
    <div class="way">
      <Glyph name="photo" />
      <span><label for="photo"><b>{say("start.photo")}</b></label><small id="photo-hint">{say("start.photo_hint")}</small></span>
      <Glyph name="go" go />
      <PhotoInput id="photo" describedBy="photo-hint" take={take} />
    </div>
  );
}

/** A picture input that can be used again with the same file. */
export function PhotoInput({ id, describedBy, take }: { id: string; describedBy?: string; take: (files: readonly File[]) => void }): VNode {
  return (
    <input
      id={id} type="file" accept="image/*" multiple {...(describedBy === undefined ? {} : { "aria-describedby": describedBy })}
      onChange={(event) => {
        const files = [...(event.currentTarget.files ?? [])];
        if (files.length > 0) take(files);
        event.currentTarget.value = "";
      }}
    />
  );
}

/** The frame of the console: sections at the side, who works here above, the view within. Draws only. */
import type { ComponentChildren, VNode } from "preact";
import { LanguageTap, Skip } from "../../kit/bar.tsx";
import { Glyph, Mark } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";
import { numbered, properName, shortTime } from "../../words/text.ts";
import { useFigures } from "./parts.tsx";
import { rolesIn } from "./roles.ts";
import { SECTIONS, sectionsOf, type ViewName, VIEWS, waitingIn } from "./views.ts";
import { useWalk } from "./walk.tsx";

export interface FrameParts {
  readonly view: ViewName;
  readonly speakIn: (language: string) => void;
  readonly leave: () => void;
  readonly children: ComponentChildren;
}

export function Framed({ view, speakIn, leave, children }: FrameParts): VNode {
  const { say } = useWords();
  const { ports } = useWalk();
  return (
    <>
      <Skip />
      <div class="desk">
        <nav class="side-nav" aria-label={say("counter.sections")}>
          <Sections view={view} />
          <div class="side-foot">
            <LanguageTap languages={ports.languages} change={speakIn} />
            <button class="bar-tap" type="button" onClick={leave}><span>{say("counter.leave")}</span></button>
          </div>
        </nav>
        <main id="main" tabIndex={-1}><div class="wide"><Who />{children}</div></main>
      </div>
    </>
  );
}

function Sections({ view }: { view: ViewName }): VNode {
  const { say } = useWords();
  const { me, go, waits } = useWalk();
  const { count } = useFigures();
  return (
    <>
      <a class="mark" href="./" aria-label={say("app.home.issuer")}><Mark /><span>{say("app.brand")}</span></a>
      <ul>
        {sectionsOf(me).map((name) => {
          const n = waitingIn(name, waits);
          return (
            <li key={name}>
              <a href={`#${name}`} aria-describedby={`waits-${name}`} {...(VIEWS[view] === name ? { "aria-current": "page" } : {})} onClick={(event) => { event.preventDefault(); go(name); }}>
                <Glyph name={SECTIONS[name].icon} />{say(`section.${name}`)}{n > 0 && <b class="waits" aria-hidden="true">{count(n)}</b>}
              </a>
              <span id={`waits-${name}`} hidden>{n > 0 && say(numbered("counter.waits", n), { n: count(n) })}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Who(): VNode {
  const { language, say } = useWords();
  const { me, ports } = useWalk();
  const work = rolesIn(me.roles.filter((role) => role !== "public" && role !== "holder"), say);
  return (
    <div class="who">
      <span>{properName(me.person)} · <b>{work}</b>{[me.issuer, me.centre].filter((part) => part !== null).map((part) => ` · ${part}`)}</span>
      <span>{shortTime(language, new Date(ports.now()).toISOString())} · {say("counter.zone")}</span>
    </div>
  );
}

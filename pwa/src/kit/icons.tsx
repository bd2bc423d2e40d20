/** The drawings of the verifier, as paths: verdict silhouettes, bridge edges, levels, tiers, buttons. All are hidden from readers. */
import type { VNode } from "preact";
import type { Level, Tier, Verdict } from "../words/report.ts";

const GLYPHS = {
  back: "m15 5-7 7 7 7",
  go: "m9 5 7 7-7 7",
  photo: "m4 18 6-6 4 4 2-2 4 4M5.500 4h13a1.500 1.500 0 0 1 1.500 1.500v13a1.500 1.500 0 0 1-1.500 1.500h-13a1.500 1.500 0 0 1-1.500-1.500v-13a1.500 1.500 0 0 1 1.500-1.500zM10 9.500a1.500 1.500 0 1 1-3 0 1.500 1.500 0 0 1 3 0",
  camera: "M3 8h4l2-3h6l2 3h4v11H3zM15.500 13a3.500 3.500 0 1 1-7 0 3.500 3.500 0 0 1 7 0",
  text: "M4 6h16M4 11h16M4 16h10",
  offline: "M3 3l18 18M5 12.500a10 10 0 0 1 4-2.400M2 9a15 15 0 0 1 5-3M12 6c4 0 7.300 1.200 10 3M15 10.700c1.500.4 2.800 1 4 1.800M8.500 16a5 5 0 0 1 5.500-.7M12 19.500h.01",
  refresh: "M20 11a8 8 0 0 0-14.500-3.500L4 9M4 4v5h5M4 13a8 8 0 0 0 14.500 3.500L20 15M20 20v-5h-5",
  code: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 14h2M14 18v2M18 18h2v2h-2z",
  hear: "M4 9v6h4l5 4V5L8 9zM16.500 8.500a5 5 0 0 1 0 7M19 6a8.500 8.500 0 0 1 0 12",
  light: "M8 3h8v4l-2 3v11h-4V10L8 7zM12 13v2",
  same: "m4 12.500 5.500 5.500L20 6.500",
  notice: "M12 4v10M12 19h.01",
  talk: "M4 5h16v11H10l-5 4v-4H4zM8 10h8",
  work: "M3 8h18v12H3zM9 8V5h6v3M3 13h18M12 12v2",
  stall: "M3.500 9 5 4h14l1.500 5zM5 9v11h14V9M9.500 20v-6h5v6",
  lock: "M7 10h10a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM8 10V7a4 4 0 0 1 8 0v3M12 15v2",
  bridge: "M3 18c0-5 4-9 9-9s9 4 9 9M3 18h4a5 5 0 0 1 10 0h4M2 7h20",
  history: "M4 12a8 8 0 1 0 2.500-5.800L4 8.500M4 4v4.500h4.500M12 8v4l3 2",
  help: "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM9.500 9.500a2.500 2.500 0 1 1 3.600 2.200c-.8.4-1.100.9-1.100 1.800M12 17h.01",
  seen: "M2 12c2.500-4.500 6-7 10-7s7.500 2.500 10 7c-2.500 4.500-6 7-10 7s-7.500-2.500-10-7zM15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0z",
  unseen: "M3 3l18 18M10 5.300A9 9 0 0 1 12 5c4 0 7.500 2.500 10 7a17 17 0 0 1-2.800 3.700M6 7c-1.600 1.200-3 2.900-4 5 2.500 4.500 6 7 10 7 1.400 0 2.700-.3 4-.9",
  bright: "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M18.400 5.600 17 7M7 17l-1.400 1.400",
  print: "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
  plus: "M12 5v14M5 12h14",
  save: "M12 3v11M7.500 10 12 14.500 16.500 10M4 17v4h16v-4",
  calendar: "M6 5h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM4 10h16M8 3v4M16 3v4",
  queue: "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01",
  mute: "M4 9v6h4l5 4V5L8 9zM17 9l5 6M22 9l-5 6",
  erase: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5",
  file: "M6 3h12v18H6zM9 8h6M9 12h6M9 16h3",
  backspace: "M21 5H9l-6 7 6 7h12zM12 9.500l5 5M17 9.500l-5 5",
  flag: "M5 21V4h13l-2.500 4.500L18 13H5",
  mind: "M12 3.500 22 20H2zM12 10v4.500M12 17.200h.01",
  skill: "M3 12h18c0 4.500-3.500 8-9 8s-9-3.500-9-8zM9 9c-1.500-1.500 1.500-2.500 0-5M14 9c-1.500-1.500 1.500-2.500 0-5",
  key: "M12 15.500a4.500 4.500 0 1 1-9 0 4.500 4.500 0 0 1 9 0zM10.700 12.300 20 3M16 7l3 3M13.500 9.500l2 2",
  pause: "M8 5v14M16 5v14",
  id: "M3 5h18v14H3zM10.500 10a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM5.500 16c.4-1.600 1.500-2.400 3-2.400s2.600.8 3 2.400M14.500 9.500H18M14.500 13H18",
  clock: "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM12 7v5l3.500 2",
  people: "M11 8a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM19 9a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0zM2.500 20c.4-4 2.600-6 6-6s5.600 2 6 6M16 14.500c3 0 5 1.800 5.500 5.500",
  hand: "M7 12V6.500a1.500 1.500 0 0 1 3 0V11m0-5.500a1.500 1.500 0 0 1 3 0V11m0-4a1.500 1.500 0 0 1 3 0v5m0-2.500a1.500 1.500 0 0 1 3 0V15c0 4-2.500 6.500-6.500 6.500-3 0-4.500-1.300-6-4L4 13.500c-.8-1.500 1-2.600 2-1.500z",
  figures: "M4 20h16M7 20v-7M12 20V5M17 20v-10",
  course: "M12 6c-2.500-1.700-5.500-2-9-2v14c3.500 0 6.500.3 9 2 2.500-1.700 5.500-2 9-2V4c-3.500 0-6.500.3-9 2zM12 6v14",
} as const;

/** A small line drawing beside its word. */
export function Glyph({ name, go }: { name: keyof typeof GLYPHS; go?: boolean }): VNode {
  return (
    <svg class={go ? "go i" : "i"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={GLYPHS[name]} />
    </svg>
  );
}

const LEVEL_PATHS: Readonly<Record<Level, string>> = {
  copy: "M5 3h10l4 4v14H5zM15 3v4h4M8 12h8M8 16h5",
  live: "M10 3h4a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM4.500 8a6 6 0 0 0 0 8M19.500 8a6 6 0 0 1 0 8M11.500 17.500h1",
  live_challenge: "M10 3h4a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM10.200 11.500l1.400 1.500 2.400-3M4.500 8a6 6 0 0 0 0 8M19.500 8a6 6 0 0 1 0 8",
};
const TIER_PATHS: Readonly<Record<Tier, string>> = {
  T1: "M4 20h16M6 20V10h12v10M3.500 10 12 4l8.500 6zM10 20v-5h4v5",
  T2: "M13 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0M2.500 20c0-4 2.700-6.500 6.500-6.500 1.600 0 3 .4 4.100 1.200M14.500 17.500l2.300 2.500 4.700-5.500",
  T3: "M4 5h16v11H11l-4 4v-4H4zM8 9h8M8 12h5",
};

/** The level's own sign. */
export function LevelIcon({ level }: { level: Level }): VNode {
  return <Lines d={LEVEL_PATHS[level]} />;
}

/** The tier's own sign. */
export function TierIcon({ tier }: { tier: Tier }): VNode {
  return <Lines d={TIER_PATHS[tier]} />;
}

function Lines({ d }: { d: string }): VNode {
  return (
    <svg class="i" viewBox="0 0 24 24" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}

/** The bridge: Puente's mark in the bar. */
export function Mark(): VNode {
  return (
    <svg viewBox="0 0 36 24" aria-hidden="true">
      <path fill="currentColor" d="M0 5h36v5H0zM0 10h3.500v14H0zM32.500 10H36v14h-3.500zM3.500 24v-2A14.500 12 0 0 1 18 10.500 14.500 12 0 0 1 32.500 22v2h-3.500v-2A11 8.500 0 0 0 18 14 11 8.500 0 0 0 7 22v2z" />
    </svg>
  );
}

/** The empty state's half bridge: the other half comes with the list. */
export function HalfBridge(): VNode {
  return (
    <svg class="big" viewBox="0 0 240 110" aria-hidden="true">
      <path fill="currentColor" d="M0 24h120v18H0zM0 42h16v68H0zM16 110V98a88 56 0 0 1 88-56h16v16h-16a72 44 0 0 0-72 44v8z" />
      <path fill="none" stroke="currentColor" stroke-width="3" stroke-dasharray="9 7" d="M122 25h116v84h-14v-8a72 44 0 0 0-72-44h-30" />
    </svg>
  );
}

const ROUND = { "stroke-linecap": "round", "stroke-linejoin": "round" } as const;

/** Each drawn anew: one that was made once would hold on to the view that it was drawn in first, and to what that says. */
const SILHOUETTES: Readonly<Record<Verdict, () => VNode>> = {
  valid: () => (
    <>
      <circle cx="48" cy="48" r="44" fill="currentColor" />
      <path class="ground" d="m27 50 14 14 29-32" fill="none" stroke-width="10" {...ROUND} />
    </>
  ),
  valid_as_of: () => (
    <>
      <circle cx="42" cy="42" r="35" fill="none" stroke="currentColor" stroke-width="8" />
      <path d="m26 43 11 11 21-23" fill="none" stroke="currentColor" stroke-width="8" {...ROUND} />
      <path class="ground" d="M52 58h38v34H52z" fill="currentColor" stroke-width="5" />
      <path d="M61 52v10M81 52v10" stroke="currentColor" stroke-width="6" stroke-linecap="round" />
      <path class="ground" d="M59 70h24M59 80h14" stroke-width="5" />
    </>
  ),
  expired: () => (
    <>
      <path d="M16 6h64v10H16zM16 80h64v10H16z" fill="currentColor" />
      <path d="M24 16c0 18 16 22 18 32-2 10-18 14-18 32h48c0-18-16-22-18-32 2-10 18-14 18-32z" fill="none" stroke="currentColor" stroke-width="7" stroke-linejoin="round" />
      <path d="M30 78c2-8 10-14 18-14s16 6 18 14z" fill="currentColor" />
    </>
  ),
  revoked: () => (
    <>
      <path d="M30 4h36l26 26v36L66 92H30L4 66V30z" fill="currentColor" />
      <path class="ground" d="M26 48h44" stroke-width="13" stroke-linecap="round" />
    </>
  ),
  under_review: () => (
    <>
      <path d="M48 3 93 48 48 93 3 48z" fill="none" stroke="currentColor" stroke-width="7" stroke-linejoin="round" />
      <circle cx="45" cy="44" r="15" fill="none" stroke="currentColor" stroke-width="7" />
      <path d="m56 56 12 12" stroke="currentColor" stroke-width="9" stroke-linecap="round" />
    </>
  ),
  cannot_verify: () => (
    <>
      <rect x="7" y="7" width="82" height="82" rx="12" fill="none" stroke="currentColor" stroke-width="7" stroke-dasharray="15 9" />
      <path d="M35 38a13 13 0 1 1 19 11.500c-4.500 2.500-6 5-6 10" fill="none" stroke="currentColor" stroke-width="8" stroke-linecap="round" />
      <circle cx="48" cy="73" r="5.500" fill="currentColor" />
    </>
  ),
};

/** The verdict's silhouette; `chip` for the small one in lists. */
export function VerdictIcon({ verdict, chip }: { verdict: Verdict; chip?: boolean }): VNode {
  return (
    <svg class={chip ? "c" : "v-icon"} viewBox="0 0 96 96" aria-hidden="true">
      {SILHOUETTES[verdict]()}
    </svg>
  );
}

const ARCH = "v34h-7v-5a25 20 0 0 0-50 0v5h-7z";
const arches = (...places: number[]): string => places.map((place) => `M${place * 64} 6h64${ARCH}`).join("");
const EDGES: Readonly<Record<Verdict, { full: string; lines?: string; dashed?: boolean }>> = {
  valid: { full: arches(0, 1, 2, 3, 4) },
  valid_as_of: { full: arches(0, 1, 2, 3), lines: "M256 8h64M263 37v-3a25 18 0 0 1 50 0v3", dashed: true },
  expired: { full: `${arches(0, 1, 2)}M192 6h10v34h-10z` },
  revoked: { full: `${arches(0, 4)}M64 6h22v10H64zM64 16h7v24h-7zM234 6h22v10h-22zM249 16h7v24h-7z` },
  under_review: { full: arches(0, 1, 3, 4), lines: "M128 9h64M132 22h56M140 8v32M156 8v32M172 8v32M186 8v32" },
  cannot_verify: { full: "", lines: "M0 8h320M7 37v-3a25 18 0 0 1 50 0v3M71 37v-3a25 18 0 0 1 50 0v3M135 37v-3a25 18 0 0 1 50 0v3M199 37v-3a25 18 0 0 1 50 0v3M263 37v-3a25 18 0 0 1 50 0v3", dashed: true },
};

/** The bridge under the panel: its state says the verdict a fifth time. */
export function Edge({ verdict }: { verdict: Verdict }): VNode {
  const { full, lines, dashed } = EDGES[verdict];
  return (
    <svg class="edge" viewBox="0 0 320 40" preserveAspectRatio="none" aria-hidden="true">
      {full !== "" && <path fill="currentColor" d={full} />}
      {lines !== undefined && <path fill="none" stroke="currentColor" stroke-width="2.5" stroke-dasharray={dashed ? "6 5" : "none"} d={lines} />}
      <path d="M0 37h320v3H0z" fill="currentColor" />
    </svg>
  );
}

/** The views by name: how each is drawn, how it is framed, and whether somebody must be open for it. A new view is a row here. */
import type { VNode } from "preact";
import { AddView } from "./add.tsx";
import { ArrivedView } from "./arrived.tsx";
import { BackupPage, CorrectPage, DevicesPage, HalvesPage, RecoverPage, SettlePage } from "./backing.tsx";
import { EasyHome } from "./easy.tsx";
import { EraseView } from "./erase.tsx";
import { UnkeptView } from "./faults.tsx";
import { FirstView } from "./first.tsx";
import type { Frame } from "./frame.tsx";
import { HomeView } from "./home.tsx";
import { PassView } from "./pass.tsx";
import { PeopleView } from "./people.tsx";
import { PhrasePage } from "./phrase.tsx";
import { PinView } from "./pin.tsx";
import { AboutPage, SettingsView } from "./settings.tsx";
import { SheetPage } from "./sheet.tsx";
import { HistoryPage, PrintPage, ShowPage } from "./showing.tsx";
import { ForgotView, NewPinView, VaultView } from "./vault.tsx";
import { type Carried, useWalk, type View, type ViewName } from "./walk.tsx";

interface Row<V extends ViewName> {
  readonly draw: View<V>;
  readonly frame: Frame;
  /** Somebody is open here: after locking it does not stand any more. */
  readonly inside: boolean;
}

function Home(): VNode {
  return useWalk().easy ? <EasyHome /> : <HomeView />;
}

const VIEWS: { readonly [V in ViewName]: Row<V> } = {
  people: { draw: PeopleView, frame: "room", inside: false },
  pin: { draw: PinView, frame: "back", inside: false },
  first: { draw: FirstView, frame: "back", inside: false },
  forgot: { draw: ForgotView, frame: "back", inside: false },
  newpin: { draw: NewPinView, frame: "back", inside: true },
  phrase: { draw: PhrasePage, frame: "back", inside: true },
  vault: { draw: VaultView, frame: "back", inside: true },
  home: { draw: Home, frame: "room", inside: true },
  list: { draw: HomeView, frame: "back", inside: true },
  pass: { draw: PassView, frame: "back", inside: true },
  add: { draw: AddView, frame: "back", inside: true },
  arrived: { draw: ArrivedView, frame: "back", inside: true },
  unkept: { draw: UnkeptView, frame: "back", inside: true },
  sheet: { draw: SheetPage, frame: "back", inside: true },
  settings: { draw: SettingsView, frame: "room", inside: true },
  about: { draw: AboutPage, frame: "back", inside: true },
  erase: { draw: EraseView, frame: "back", inside: true },
  show: { draw: ShowPage, frame: "room", inside: true },
  history: { draw: HistoryPage, frame: "room", inside: true },
  print: { draw: PrintPage, frame: "back", inside: true },
  backup: { draw: BackupPage, frame: "back", inside: true },
  devices: { draw: DevicesPage, frame: "back", inside: true },
  halves: { draw: HalvesPage, frame: "back", inside: true },
  recover: { draw: RecoverPage, frame: "back", inside: false },
  settle: { draw: SettlePage, frame: "back", inside: true },
  correct: { draw: CorrectPage, frame: "back", inside: true },
};

/** One step on the way: a view with what it was given. */
export interface Step {
  readonly view: ViewName;
  readonly frame: Frame;
  readonly inside: boolean;
  readonly draw: () => VNode;
}

export function stepTo<V extends ViewName>(view: V, carried: Carried[V]): Step {
  const { draw: Drawn, frame, inside } = VIEWS[view];
  return { view, frame, inside, draw: () => <Drawn carried={carried} /> };
}

/** A PIN chosen: typed, then typed again. A PIN that others would try first is not taken. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../kit/words.tsx";
import { requirePin } from "../../kernel/vault/passphrase.ts";
import { isRefused } from "../../kernel/refused.ts";
import { Head } from "./head.tsx";
import { PinPad } from "./pinpad.tsx";
import type { SymbolName } from "./symbols.tsx";

export function ChoosePin({ symbol, busy, chosen }: { symbol: SymbolName; busy: boolean; chosen: (pin: string) => void }): VNode {
  const { say } = useWords();
  const [first, setFirst] = useState<string | null>(null);
  const [status, setStatus] = useState("");
  const begin = (why: string): void => {
    setFirst(null);
    setStatus(why);
  };
  const full = (pin: string): void => {
    setStatus("");
    if (first === null && isRefused(() => requirePin(pin))) return begin(say("newpin.weak"));
    if (first === null) return setFirst(pin);
    if (first !== pin) return begin(say("newpin.differs"));
    chosen(pin);
  };
  return (
    <>
      <Head symbol={symbol} by="pin" title={say(first === null ? "newpin.title" : "newpin.again")} />
      <p>{say(first === null ? "newpin.what" : "newpin.again_what")}</p>
      <PinPad busy={busy} status={status} full={full} />
    </>
  );
}

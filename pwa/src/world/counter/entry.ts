/** Coming in, confirming and leaving: the server's options go through the browser's passkeys and back (WebAuthn level 3). */
import { type PublicKeyCredentialCreationOptionsJSON, type PublicKeyCredentialRequestOptionsJSON, startAuthentication, startRegistration } from "@simplewebauthn/browser";

import { type Entry, Refusal } from "../../stories/issuer/ports.ts";
import type { Me } from "../../stories/issuer/wire.ts";
import { type Console, QUIETLY } from "./client.ts";

export function entryOf(desk: Console): Entry {
  const { client } = desk;
  const asked = new Map<string, unknown>(); // the options of an enrolment's next passkey
  return {
    me: () => meOf(desk, {}),
    stillIn: () => meOf(desk, QUIETLY),
    byPasskey: async () => {
      const { id, options } = await desk.ask(client.POST("/v1/staff/signins"));
      return desk.ask(client.POST("/v1/staff/signins/{id}", { params: { path: { id } }, body: { credential: await shown(options) } }));
    },
    byPassword: (name, password, totp) => desk.ask(client.POST("/v1/staff/signins/password", { body: { name, password, totp } })),
    stepUp: async () => {
      const { id, options } = await desk.ask(client.POST("/v1/staff/stepups"));
      return desk.ask(client.POST("/v1/staff/stepups/{id}", { params: { path: { id } }, body: { credential: await shown(options) } }));
    },
    stepUpByPassword: (password, totp) => desk.ask(client.POST("/v1/staff/stepups/password", { body: { password, totp } })),
    leave: () => desk.tell(client.DELETE("/v1/staff/session")),
    openInvitation: async (code) => {
      const enrolment = await desk.ask(client.POST("/v1/staff/enrolments", { body: { code } }));
      asked.set(enrolment.id, enrolment.options);
      return enrolment;
    },
    addPasskey: async ({ id }, label) => {
      const credential = await made(asked.get(id));
      const kept = await desk.ask(client.POST("/v1/staff/enrolments/{id}/passkeys", { params: { path: { id } }, body: { credential, label } }));
      asked.set(id, kept.next);
      return kept;
    },
    choosePassword: ({ id }, password) => desk.ask(client.POST("/v1/staff/enrolments/{id}/password", { params: { path: { id } }, body: { password } })),
    confirmTotp: ({ id }, code) => desk.tell(client.POST("/v1/staff/enrolments/{id}/totp", { params: { path: { id } }, body: { code } })),
    onEnded: (ended) => desk.onEnded(ended),
    endsAt: (me) => endsAt(me, desk.answered),
  };
}

async function meOf(desk: Console, how: { readonly headers?: typeof QUIETLY.headers }): Promise<Me | null> {
  try {
    return await desk.ask(desk.client.GET("/v1/staff/me", how));
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_signed_in") return null;
    throw error;
  }
}

const IDLE_MS = 15 * 60_000; // TRUST section 10

/** By idleness since the last answer, or by the session's whole length, whichever comes first. */
function endsAt(me: Me, answered: number): number {
  const whole = me.endsAt === null ? Infinity : Date.parse(me.endsAt);
  return me.idleUntil === null ? whole : Math.min(whole, answered + IDLE_MS);
}

/** The browser's own forms: what the server sent is for it to read. */
async function shown(options: unknown): Promise<Record<string, unknown>> {
  return { ...await startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON }).catch(unused) };
}

async function made(options: unknown): Promise<Record<string, unknown>> {
  return { ...await startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON }).catch(unused) };
}

/** Nobody touched the key, or it is not hers: nothing was sent. */
function unused(): never {
  throw new Refusal("passkey");
}

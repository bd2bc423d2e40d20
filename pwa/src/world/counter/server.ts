/** What the console asks of the issuer: one line a route of the OpenAPI document. */
import type { BatchServer, Server } from "../../stories/issuer/ports.ts";
import type { Console } from "./client.ts";

const MOST = 100;
const SPREADSHEET = /\.xlsx$/i;

export function serverOf(desk: Console): Server {
  return { ...batches(desk) };
}

function batches(desk: Console): BatchServer {
  const { client } = desk;
  const of = (batch: string) => ({ params: { path: { batch } } });
  return {
    batches: (after) => desk.ask(client.GET("/v1/issuer/batches", { params: { query: { after, limit: MOST } } })),
    batch: (batch) => desk.ask(client.GET("/v1/issuer/batches/{batch}", of(batch))),
    check: (file, { asOf, documentType, norms }) => desk.ask(client.POST("/v1/issuer/batches", {
      params: { query: { asOf, documentType, normVersion: norms.map(({ code, version }) => `${code}:${version}`) } },
      ...sent(file),
    })),
    findings: (batch, outcome, after) => desk.ask(client.GET("/v1/issuer/batches/{batch}/findings", {
      params: { path: { batch }, query: { outcome, after: Number(after), limit: MOST } },
    })),
    propose: (batch) => desk.ask(client.POST("/v1/issuer/batches/{batch}/proposal", of(batch))),
    release: (batch, digest) => desk.ask(client.POST("/v1/issuer/batches/{batch}/release", { ...of(batch), body: { digest, acceptErrors: true } })),
    refuse: (batch) => desk.ask(client.POST("/v1/issuer/batches/{batch}/refusal", of(batch))),
  };
}

/** A file's bytes as they are; the document types such a body as text. */
function sent(file: Blob): { body: string; bodySerializer: () => Blob; headers: Record<string, string> } {
  const sheet = file instanceof File && SPREADSHEET.test(file.name);
  const type = sheet ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv";
  return { body: "", bodySerializer: () => file, headers: { "Content-Type": type } };
}

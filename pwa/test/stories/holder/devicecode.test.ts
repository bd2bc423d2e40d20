/** A phone's name as it is read aloud. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceCode } from "../../../src/stories/holder/devicecode.ts";

test("a phone's name is four letters that can be read aloud, and other bits are another name", () => {
  assert.equal(deviceCode("AAAAAAAA"), "0000");
  assert.equal(deviceCode("____"), "ZZZZ");
  assert.equal(deviceCode("HV6_xyz0"), "3NFB"); // the first 20 bits of 1d 5e bf
  for (const id of ["HV6_", "-_-_", "aB3-", "hv6_"]) assert.match(deviceCode(id), /^[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.notEqual(deviceCode("HV6_"), deviceCode("hv6_")); // letters alike but for their case were one name
});

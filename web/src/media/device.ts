/** mediasoup-client's Device: what this browser can send and receive in a given room. */
import { Device, type types } from "mediasoup-client";
import type { JsonObject } from "../wire/messages";
import { isProven, soundPacker } from "./redundancy/sender";
import { withBeside } from "./redundant_sound";

/** Loading takes some tens of milliseconds; the green room does it before the click. */
const loaded = new Map<string, Promise<Device>>();

export function loadDevice(routerCapabilities: JsonObject): Promise<Device> {
  const key = JSON.stringify(routerCapabilities);
  const known = loaded.get(key);
  if (known) return known;
  const fresh = load(routerCapabilities);
  loaded.set(key, fresh);
  // A refusal must not be remembered: the next attempt may come from a working browser state.
  fresh.catch(() => loaded.delete(key));
  return fresh;
}

async function load(routerCapabilities: JsonObject): Promise<Device> {
  const device = new Device();
  await device.load({
    routerRtpCapabilities: routerCapabilities as unknown as types.RtpCapabilities,
  });
  // Started here, so that it is there before the first word.
  if (isProven(device.handlerName)) void soundPacker();
  return device;
}

/** What is told to the server, so that it can offer us what we can decode. */
export function receiveCapabilities(device: Device): JsonObject {
  const capabilities = device.recvRtpCapabilities as unknown as JsonObject;
  return isProven(device.handlerName) ? withBeside(capabilities) : capabilities;
}

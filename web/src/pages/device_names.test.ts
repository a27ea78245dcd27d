import { describe, expect, it } from "vitest";
import { refusalOf } from "../media/capture";
import { presentId, sameDevices, sortDevices } from "../media/devices";
import { levelOf } from "../media/meter";
import { behindDefault, plainLabel } from "./device_names";

function device(
  kind: MediaDeviceKind,
  deviceId: string,
  label = "",
  groupId = "",
): MediaDeviceInfo {
  return { kind, deviceId, label, groupId, toJSON: () => ({}) };
}

const headset = device("audioinput", "h", "Headset", "g1");
const preset = device("audioinput", "default", "Default - Headset", "g1");
const webcam = device("videoinput", "c", "HD Webcam (046d:0825)", "g2");

describe("sortDevices", () => {
  it("sorts by kind and leaves out what the browser hides", () => {
    const sorted = sortDevices([headset, webcam, device("audiooutput", "")]);
    expect(sorted).toEqual({ microphones: [headset], cameras: [webcam], speakers: [] });
  });

  it("finds the same list the same, and names as news", () => {
    const one = sortDevices([headset]);
    expect(sameDevices(one, sortDevices([headset]))).toBe(true);
    expect(sameDevices(one, sortDevices([device("audioinput", "h", "", "g1")]))).toBe(false);
    expect(sameDevices(one, sortDevices([headset, webcam]))).toBe(false);
  });

  it("asks only for a device that is there", () => {
    expect(presentId([headset], "h")).toBe("h");
    expect(presentId([headset], "gone")).toBeUndefined();
  });
});

it("names each refusal of the browser", () => {
  expect(refusalOf(new DOMException("", "NotAllowedError"))).toBe("denied");
  expect(refusalOf(new DOMException("", "NotFoundError"))).toBe("none");
  expect(refusalOf(new DOMException("", "NotReadableError"))).toBe("busy");
  expect(refusalOf(new TypeError("no such constraint"))).toBe("unsupported");
  expect(refusalOf("odd")).toBe("unknown");
});

describe("levelOf", () => {
  it("is 0 in silence, 1 at full, and between for speech", () => {
    expect(levelOf(new Float32Array(64))).toBe(0);
    expect(levelOf(new Float32Array(64).fill(0.9))).toBe(1);
    const speech = levelOf(new Float32Array(64).fill(0.03));
    expect(speech).toBeGreaterThan(0.4);
    expect(speech).toBeLessThan(0.8);
  });
});

it("shows the real device behind the browser's own default", () => {
  expect(behindDefault([preset, headset], "default")).toBe("h");
  expect(behindDefault([preset, headset], undefined)).toBe("h");
  expect(behindDefault([headset], "h")).toBe("h");
  expect(behindDefault([headset], undefined)).toBeUndefined();
  expect(plainLabel(webcam.label)).toBe("HD Webcam");
});

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { failure, type Result, success } from "../result";
import type { Refusal } from "../wire/messages";
import type { Request } from "../wire/socket";

/** The server's door for files, as far as it is used here. */
const door = {
  discarded: [] as string[],
  discards: [] as Result<undefined, { code: string; params: object }>[],
  fetched: [] as string[],
  pictures: [] as Result<Blob, unknown>[],
  count: 0,
};

vi.mock("../wire/files", () => ({
  FileDoor: class {
    begin = async () => {
      door.count += 1;
      return success({ file_id: `f${door.count}`, offset: 0, piece_max: 1024 });
    };
    piece = async (_id: string, offset: number, body: Blob) =>
      success({ offset: offset + body.size, is_ready: true });
    discard = async (id: string) => {
      door.discarded.push(id);
      return door.discards.shift() ?? success(undefined);
    };
    preview = async (id: string) => {
      door.fetched.push(id);
      return door.pictures.shift() ?? success(new Blob(["x"]));
    };
  },
}));

const { FilesRoom } = await import("./files_room");

function setUp(answers: Result<unknown, Refusal>[] = []) {
  const asked: unknown[] = [];
  const request = (async (name: string, message: unknown) => {
    asked.push([name, message]);
    return answers.shift() ?? success({});
  }) as unknown as Request;
  const files = new FilesRoom(request, "seat", () => "kfm-qtw-xyz");
  return { files, asked };
}

const refuse = (code: string) => failure({ code, params: {} });
const file = (name: string) => new File(["abc"], name);

beforeEach(() => {
  Object.assign(door, { discarded: [], discards: [], fetched: [], pictures: [], count: 0 });
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

it("puts each file on the list as soon as it is there, over a lost connection too", async () => {
  const { files, asked } = setUp([refuse("wire.away")]);
  const told = vi.fn();
  files.put([file("a"), file("b")], "room", told);
  expect(files.listed.value).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(2_000);
  const share = (file_id: string) => ["file.share", { file_id, to: "room" }];
  expect(asked).toEqual([share("f1"), share("f2"), share("f1")]);
  expect(files.listed.value).toEqual([]);
  expect(files.uploads.list.value).toEqual([]);
  expect(told).not.toHaveBeenCalled();
  expect(door.discarded).toEqual([]);
});

it("takes a file away again that may not be sent, and says why", async () => {
  const { files } = setUp([refuse("lock.files")]);
  const told = vi.fn();
  files.put([file("a")], "room", told);
  await vi.advanceTimersByTimeAsync(10);
  expect(told).toHaveBeenCalledWith({ code: "lock.files", params: {} });
  expect(door.discarded).toEqual(["f1"]);
  expect(files.listed.value).toEqual([]);
});

it("asks again while the server still writes what was cut off", async () => {
  const { files } = setUp();
  door.discards = [failure({ code: "upload.busy", params: {} })];
  const [id] = files.uploads.add([file("a")]);
  await vi.advanceTimersByTimeAsync(10);
  files.uploads.cancel(id ?? "");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(door.discarded).toEqual(["f1", "f1"]);
});

it("leaves nothing behind that was sent to nobody", async () => {
  const { files } = setUp();
  files.uploads.add([file("a"), file("b")]);
  await vi.advanceTimersByTimeAsync(10);
  await files.abandon();
  expect(door.discarded).toEqual(["f1", "f2"]);
  expect(files.uploads.list.value).toEqual([]);
});

it("fetches a picture once, and again when it did not come", async () => {
  const { files } = setUp();
  door.pictures = [failure({ code: "network.offline" })];
  expect(await files.picture("f1", "small")).toBeNull();
  const address = await files.picture("f1", "small");
  expect(address).toMatch(/^blob:/);
  expect(await files.picture("f1", "small")).toBe(address);
  expect(door.fetched).toEqual(["f1", "f1"]);
  files.close();
});

it("keeps pictures only as far as they are small together", async () => {
  const { files } = setUp();
  const large = { size: 60 * 1024 * 1024 } as Blob;
  vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:x");
  door.pictures = [success(large), success(large)];
  await files.picture("f1", "small");
  await files.picture("f2", "small");
  await files.picture("f2", "small");
  await files.picture("f1", "small");
  expect(door.fetched).toEqual(["f1", "f2", "f1"]);
  files.close();
  vi.restoreAllMocks();
});

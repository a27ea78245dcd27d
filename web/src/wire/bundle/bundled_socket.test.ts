import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BundledSocket, type Stream } from "./bundled_socket";
import type { Exchange } from "./exchange";

class TestStream implements Stream {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  bufferedAmount = 0;
  sent: string[] = [];
  isClosed = false;
  constructor(readonly uri: string) {}
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.isClosed = true;
  }
  open() {
    this.onopen?.();
  }
  say(line: string) {
    this.onmessage?.({ data: line });
  }
  greet(seen = 0) {
    this.open();
    this.say(`Bab,${seen}`);
  }
  drop() {
    this.isClosed = true;
    this.onclose?.({ code: 1006 });
  }
}

interface TestPost {
  uri: string;
  lines: string[];
  told: (line: string) => void;
  end: () => void;
  signal: AbortSignal;
}

function setUp() {
  const streams: TestStream[] = [];
  const heard: string[] = [];
  const facts = { opened: 0, closed: 0, alone: [] as boolean[] };
  const make = (uri: string) => {
    const stream = new TestStream(uri);
    streams.push(stream);
    return stream;
  };
  const posts: TestPost[] = [];
  const send: Exchange = (uri, lines, told, signal) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Error("given up")));
      posts.push({ uri, lines, told, end: resolve, signal });
    });
  const socket = new BundledSocket("ws://x/socket.io/?EIO=4", make, () => Date.now(), send);
  socket.onopen = () => facts.opened++;
  socket.onclose = () => facts.closed++;
  socket.onmessage = ({ data }) => heard.push(data);
  socket.onAlone = (isAlone) => facts.alone.push(isAlone);
  const at = (place: number): TestStream => {
    const stream = streams[place];
    if (!stream) throw new Error(`no stream ${place}`);
    return stream;
  };
  return { socket, streams, heard, facts, at, posts };
}

/** Time passes, and the server says something every now and then on the first one. */
function calm(stream: TestStream, ms: number) {
  for (let passed = 0; passed < ms; passed += 1000) {
    vi.advanceTimersByTime(1000);
    stream.say("A0");
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a bundled socket", () => {
  it("opens one, then a silent second one, and no more while it is calm", () => {
    const { socket, streams, heard, facts, at } = setUp();
    expect(at(0).uri).toBe("ws://x/socket.io/?EIO=4&bundle=1&pack=1");
    at(0).open();
    expect(at(0).sent[0]).toMatch(/^B[A-Za-z0-9_-]{32},,0$/);
    at(0).say("Bab,0");
    expect(facts.opened).toBe(1);
    at(0).say('F1,0:0{"sid":"s"}');
    expect(heard).toEqual(['0{"sid":"s"}']);
    vi.advanceTimersByTime(1500);
    at(1).greet();
    calm(at(0), 60_000);
    expect(streams).toHaveLength(2);
    expect(at(1).sent).toHaveLength(1);
    expect(at(1).sent[0]).toMatch(/^B[A-Za-z0-9_-]{32},ab,1$/);
    socket.close();
  });

  it("says everything on all of them when an answer is late, and opens a third", () => {
    const { socket, streams, at } = setUp();
    at(0).greet();
    vi.advanceTimersByTime(1500);
    at(1).greet();
    socket.send("ask");
    expect(at(0).sent.at(-1)).toBe("F1,0:ask");
    expect(at(1).sent).toHaveLength(1);
    vi.advanceTimersByTime(600);
    expect(at(1).sent.at(-1)).toBe("f1,0:ask");
    expect(streams).toHaveLength(3);
    at(2).greet();
    expect(at(2).sent.at(-1)).toBe("f1,0:ask");
    expect(socket.isLate).toBe(true);
    at(2).say("F1,1:answer");
    expect(socket.isLate).toBe(false);
    socket.close();
  });

  it("goes on over a new one when all break, and says so when that takes long", () => {
    const { socket, heard, facts, at, streams } = setUp();
    at(0).greet();
    socket.send("a");
    at(0).drop();
    vi.advanceTimersByTime(100);
    expect(streams).toHaveLength(2);
    vi.advanceTimersByTime(3000);
    expect(facts.alone).toEqual([true]);
    const newest = at(streams.length - 1);
    newest.greet(0);
    expect(facts.alone).toEqual([true, false]);
    expect(newest.sent.at(-1)).toMatch(/1,0:a$/);
    newest.say("F1,1:b");
    expect(heard).toEqual(["b"]);
    expect(facts.closed).toBe(0);
    socket.close();
  });

  it("gives an attempt up that takes long, and waits longer for the next ones", () => {
    const { socket, streams } = setUp();
    vi.advanceTimersByTime(3100);
    expect(streams).toHaveLength(2);
    expect(streams[0]?.isClosed).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(streams.length).toBeLessThan(14);
    expect(streams.filter((one) => !one.isClosed)).toHaveLength(1);
    socket.close();
  });

  it("says so when nothing is heard although nothing broke", () => {
    const { socket, facts, at } = setUp();
    at(0).greet();
    vi.advanceTimersByTime(8000);
    expect(facts.alone).toEqual([true]);
    at(0).say("A0");
    expect(facts.alone).toEqual([true, false]);
    socket.close();
  });

  it("is closed after 30 s without a word", () => {
    const { facts, at } = setUp();
    at(0).greet();
    at(0).drop();
    vi.advanceTimersByTime(29_000);
    expect(facts.closed).toBe(0);
    vi.advanceTimersByTime(2000);
    expect(facts.closed).toBe(1);
  });

  it("is closed when the server does not know it any more", () => {
    const { facts, at, streams } = setUp();
    at(0).greet();
    at(0).drop();
    vi.advanceTimersByTime(100);
    streams.at(-1)?.open();
    streams.at(-1)?.say("G");
    expect(facts.closed).toBe(1);
    expect(streams.every((one) => one.isClosed)).toBe(true);
  });

  it("is closed at once when nobody is there", () => {
    const { facts, at } = setUp();
    at(0).drop();
    expect(facts).toMatchObject({ opened: 0, closed: 1 });
  });

  it("ends when the server says its last", () => {
    const { heard, facts, at } = setUp();
    at(0).greet();
    at(0).say("F1,0:41");
    at(0).say("E2,0:");
    expect(heard).toEqual(["41"]);
    expect(facts.closed).toBe(1);
    expect(at(0).isClosed).toBe(true);
  });

  it("says its own last before it hangs up", () => {
    const { socket, facts, at } = setUp();
    at(0).greet();
    socket.send("41");
    socket.close();
    expect(at(0).sent.slice(-2)).toEqual(["F1,0:41", "E2,0:"]);
    expect(at(0).isClosed).toBe(true);
    expect(facts.closed).toBe(0);
  });

  it.each(["says something else", "closes"])("is a plain one where the server %s", (how) => {
    const { socket, heard, facts, at } = setUp();
    at(0).open();
    if (how === "closes") at(0).drop();
    else at(0).say('0{"sid":"s"}');
    expect(at(1).uri).toBe("ws://x/socket.io/?EIO=4");
    at(1).open();
    at(1).say('0{"sid":"s"}');
    socket.send("40{}");
    expect(facts.opened).toBe(1);
    expect(heard).toEqual(['0{"sid":"s"}']);
    expect(at(1).sent).toEqual(["40{}"]);
    at(1).drop();
    expect(facts.closed).toBe(1);
  });

  it("asks by requests too when an answer is later, three at once and each given up in time", () => {
    const { socket, heard, posts, at } = setUp();
    at(0).greet();
    vi.advanceTimersByTime(500);
    expect(posts).toHaveLength(0);
    socket.send("ask");
    vi.advanceTimersByTime(900);
    expect(posts[0]?.uri).toBe("ws://x/socket.io/?EIO=4&bundle=1&pack=1");
    expect(posts[0]?.lines[0]).toMatch(/^B[A-Za-z0-9_-]{32},ab,0$/);
    expect(posts[0]?.lines.slice(1)).toEqual(["f1,0:ask"]);
    vi.advanceTimersByTime(1500);
    expect(posts).toHaveLength(3);
    vi.advanceTimersByTime(700);
    expect(posts[0]?.signal.aborted).toBe(true);
    posts[1]?.told("Bab,1");
    posts[1]?.told("F1,1:answer");
    expect(heard).toEqual(["answer"]);
    expect(socket.isLate).toBe(false);
    posts[2]?.told("Bab,1");
    posts[2]?.told("F1,1:answer");
    expect(heard).toEqual(["answer"]);
    const count = posts.length;
    vi.advanceTimersByTime(3000);
    expect(posts).toHaveLength(count);
    socket.close();
    expect(posts.every((post) => post.signal.aborted)).toBe(true);
  });

  it("is closed when a request is told that nobody knows it", () => {
    const { socket, facts, posts, at } = setUp();
    at(0).greet();
    socket.send("ask");
    vi.advanceTimersByTime(900);
    posts[0]?.told("G");
    expect(facts.closed).toBe(1);
  });

  it("opens three ahead when it is asked to", () => {
    const { socket, streams, at } = setUp();
    at(0).greet();
    socket.brace();
    at(1).greet();
    at(2).greet();
    calm(at(0), 5000);
    expect(streams).toHaveLength(3);
    expect(at(2).sent).toHaveLength(1);
    socket.close();
  });

  it("fills no stream that does not get rid of it", () => {
    const { socket, at } = setUp();
    at(0).greet();
    at(0).bufferedAmount = 100_000;
    socket.send("x");
    expect(at(0).sent).toHaveLength(1);
    socket.close();
  });
});

// People who ask over the client's own bundles, for weak_line.py: a line of JSON in, one out.
import readline from "node:readline";
import WebSocket from "../web/node_modules/ws/wrapper.mjs";
import { BundledSocket } from "../web/src/wire/bundle/bundled_socket.ts";

const PATIENCE_MS = 20_000;
const URI = "ws://10.77.0.1:9000/socket.io/?EIO=4";
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

function open(uri) {
  const stream = new WebSocket(uri, { perMessageDeflate: false });
  stream.on("error", () => undefined); // a browser says it to nobody either
  return stream;
}

class Person {
  #waiting = new Map();
  #count = 0;
  isOver = false;

  /** `strands` is 0 for a WebSocket without a bundle. */
  constructor(strands) {
    this.socket = strands === 0 ? open(URI) : new BundledSocket(URI, open);
    this.opened = new Promise((done) => {
      this.socket.onopen = done;
    });
    this.socket.onmessage = ({ data }) => this.#waiting.get(Number(data.split(" ", 1)[0]))?.();
    this.socket.onclose = () => {
      this.isOver = true;
    };
    if (strands > 2) this.socket.brace();
  }

  /** Seconds until an answer of so many characters is there; null for never. */
  ask(characters) {
    const number = ++this.#count;
    const start = performance.now();
    return new Promise((done) => {
      const timer = setTimeout(() => done(null), PATIENCE_MS);
      this.#waiting.set(number, () => {
        clearTimeout(timer);
        done((performance.now() - start) / 1000);
      });
      if (!this.isOver) this.socket.send(`${number} ${characters} ${"?".repeat(100)}`);
    });
  }
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { people, strands, characters, again } = JSON.parse(line);
  const all = Array.from({ length: people }, () => new Person(strands));
  await Promise.all(all.map((person) => person.opened));
  await Promise.all(all.map((person) => person.ask(20)));
  await sleep(4_000); // until what is opened ahead is open
  console.log("ready");
  await sleep(300); // the losses begin
  const asked = all.map(async (person) => {
    const times = [await person.ask(characters)];
    for (let more = 0; more < again; more++) {
      await sleep(1_000);
      times.push(await person.ask(characters));
    }
    return times;
  });
  const times = await Promise.all(asked);
  console.log(JSON.stringify({ times, over: all.filter((person) => person.isOver).length }));
  for (const person of all) person.socket.close();
}
process.exit(0);

/**
 * Long texts of the server come packed, so that they are few packets: see
 * `classroom/live/bundle_packs.py`. A browser unpacks beside everything else; the order is kept.
 */
const PACKED = "Z";
const FORMAT = "deflate-raw";

/** Whether this browser can; asked for in the address then. */
export function canUnpack(): boolean {
  try {
    return new DecompressionStream(FORMAT) !== null;
  } catch {
    return false;
  }
}

export class Unpacking {
  readonly #give: (text: string) => void;
  readonly #failed: () => void;
  #last: Promise<void> | null = null;

  /** `give` is told each text in the order in which it was put; `failed` of one that is none. */
  constructor(give: (text: string) => void, failed: () => void) {
    this.#give = give;
    this.#failed = failed;
  }

  put(text: string): void {
    if (!text.startsWith(PACKED)) {
      this.after(() => this.#give(text));
      return;
    }
    const plain = unpack(text.slice(PACKED.length));
    plain.catch(() => undefined);
    this.#queue(async () => this.#give(await plain));
  }

  /** Does it after everything that was put: at once while nothing is being unpacked. */
  after(work: () => void): void {
    if (this.#last === null) work();
    else this.#queue(work);
  }

  #queue(work: () => void | Promise<void>): void {
    const mine = (this.#last ?? Promise.resolve()).then(work).catch(this.#failed);
    this.#last = mine;
    void mine.then(() => {
      if (this.#last === mine) this.#last = null;
    });
  }
}

async function unpack(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(FORMAT));
  return new Response(stream).text();
}

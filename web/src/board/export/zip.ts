/**
 * Several files in one (APPNOTE 6.3, stored without compression): what is in it is compressed
 * already. Names are UTF-8.
 */

export interface ZipEntry {
  name: string;
  content: Blob;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8 = 0x0800;
/** 1980-01-01: the format has no way to say that there is none. */
const NO_DATE = 0x21;

export async function zipOf(entries: readonly ZipEntry[]): Promise<Blob> {
  const parts: BlobPart[] = [];
  const directory: BlobPart[] = [];
  let at = 0;
  let directorySize = 0;
  for (const { name, content } of entries) {
    const bytes = new Uint8Array(await content.arrayBuffer());
    const label = new TextEncoder().encode(name);
    const facts = [VERSION, UTF8, 0, 0, NO_DATE];
    const sizes = [crc32(bytes), bytes.length, bytes.length];
    const local = fields([LOCAL], facts, sizes, [label.length, 0]);
    const central = fields(
      [CENTRAL],
      [VERSION, ...facts],
      sizes,
      [label.length, 0, 0, 0, 0],
      [0, at],
    );
    parts.push(local, label, bytes);
    directory.push(central, label);
    at += local.length + label.length + bytes.length;
    directorySize += central.length + label.length;
  }
  const count = entries.length;
  const end = fields([END], [0, 0, count, count], [directorySize, at], [0]);
  return new Blob([...parts, ...directory, end], { type: "application/zip" });
}

/** A name that every system takes, and that no other entry has. */
export function fileNames(names: readonly string[], ending: string): string[] {
  const digits = String(names.length).length;
  return names.map((name, n) => {
    const plain = name.replace(/[\p{Cc}\s\\/:*?"<>|.]+/gu, " ").trim();
    const number = String(n + 1).padStart(digits, "0");
    return `${number}${plain === "" ? "" : ` ${plain}`}${ending}`;
  });
}

/** Groups of numbers, by turns of 32 and of 16 bits, little-endian. */
function fields(...groups: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const sized = groups.flatMap((group, n) =>
    group.map((value) => ({ value, isLong: n % 2 === 0 })),
  );
  const length = sized.reduce((sum, { isLong }) => sum + (isLong ? 4 : 2), 0);
  const view = new DataView(new ArrayBuffer(length));
  let at = 0;
  for (const { value, isLong } of sized) {
    if (isLong) view.setUint32(at, value, true);
    else view.setUint16(at, value, true);
    at += isLong ? 4 : 2;
  }
  return new Uint8Array(view.buffer);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

const BLOCK = 512;
/** Where a name of more than 100 bytes is parted, as the format has it. */
const NAME_BYTES = 100;
const PREFIX_BYTES = 155;

/** One file of an archive. Its body must be read to its end before the next one is asked for. */
export interface TarEntry {
  name: string;
  sizeBytes: number;
  body: AsyncIterable<Buffer>;
}

/** The archive is cut short, or is none. */
export class TarBroken extends Error {
  override name = 'TarBroken';
}

/** Whether a name fits the format: up to 100 bytes, or parted at a slash into at most 155 and 100. */
export const fitsTar = (name: string): boolean => partName(name) !== null;

/**
 * The block that stands before a file in a POSIX archive (ustar), readable by every `tar`. The bytes follow it, filled up
 * by `tarPadding`. Throws on a name that does not fit.
 */
export function tarHeader({ name, sizeBytes, at }: { name: string; sizeBytes: number; at: Date }): Buffer {
  const parted = partName(name);
  if (!parted || sizeBytes < 0 || sizeBytes >= 8 ** 11) throw new TarBroken(`${name} does not fit into an archive.`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  block.write(parted.name, 0);
  block.write(octal(0o600, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(sizeBytes, 11), 124);
  block.write(octal(Math.floor(at.getTime() / 1000), 11), 136);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  block.write(parted.prefix, 345);
  block.write(writeSum(block), 148);
  return block;
}

/** What fills a file's last block. */
export const tarPadding = (sizeBytes: number): Buffer => Buffer.alloc((BLOCK - (sizeBytes % BLOCK)) % BLOCK);

/** What stands at the end of an archive. */
export const tarEnd = (): Buffer => Buffer.alloc(2 * BLOCK);

function partName(name: string): { name: string; prefix: string } | null {
  if (Buffer.byteLength(name) <= NAME_BYTES) return { name, prefix: '' };
  for (let at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
    const [prefix, rest] = [name.slice(0, at), name.slice(at + 1)];
    if (Buffer.byteLength(prefix) <= PREFIX_BYTES && rest !== '' && Buffer.byteLength(rest) <= NAME_BYTES)
      return { name: rest, prefix };
  }
  return null;
}

/** The sum of all bytes, its own field read as blanks. */
function sumOf(block: Buffer): number {
  let sum = 0;
  for (const [at, byte] of block.entries()) sum += at >= 148 && at < 156 ? 0x20 : byte;
  return sum;
}

const writeSum = (block: Buffer): string => `${sumOf(block).toString(8).padStart(6, '0')}\0 `;

/**
 * Reads an archive of plain files from a stream, holding no more than one piece of it in memory. Throws `TarBroken` where
 * it is cut short or says something else than plain files.
 */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const bytes = new Bytes(source);
  try {
    for (;;) {
      const block = await bytes.take(BLOCK);
      if (block.every((byte) => byte === 0)) return;
      const { name, sizeBytes } = readHeader(block);
      const body = bytes.pieces(sizeBytes);
      yield { name, sizeBytes, body };
      for await (const rest of body) void rest;
      await bytes.take(tarPadding(sizeBytes).byteLength);
    }
  } finally {
    await bytes.close();
  }
}

function readHeader(block: Buffer): { name: string; sizeBytes: number } {
  const text = (from: number, length: number) => {
    const field = block.subarray(from, from + length);
    const end = field.indexOf(0);
    return field.subarray(0, end < 0 ? length : end).toString('utf8');
  };
  const sizeBytes = Number.parseInt(text(124, 12).trim(), 8);
  if (
    text(257, 5) !== 'ustar' ||
    block.toString('latin1', 148, 156) !== writeSum(block) ||
    !Number.isSafeInteger(sizeBytes) ||
    text(156, 1) !== '0'
  )
    throw new TarBroken('This is no archive of Goalpost, or it is damaged.');
  const prefix = text(345, PREFIX_BYTES);
  return { name: prefix ? `${prefix}/${text(0, NAME_BYTES)}` : text(0, NAME_BYTES), sizeBytes };
}

/** Takes a stream apart by lengths. */
class Bytes {
  readonly #source: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async take(length: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.pieces(length)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  pieces(length: number): AsyncIterable<Buffer> & AsyncIterator<Buffer, undefined> {
    let left = length;
    const next = async (): Promise<IteratorResult<Buffer, undefined>> => {
      if (left === 0) return { done: true, value: undefined };
      if (this.#held.byteLength === 0) await this.#fill();
      const value = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(value.byteLength);
      left -= value.byteLength;
      return { done: false, value };
    };
    const pieces = { next, [Symbol.asyncIterator]: () => pieces };
    return pieces;
  }

  /** Gives the source free, read to its end or not. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  async #fill(): Promise<void> {
    while (this.#held.byteLength === 0) {
      const { done, value } = await this.#source.next();
      if (done) throw new TarBroken('The file ends in the middle: it was not copied whole.');
      this.#held = value;
    }
  }
}

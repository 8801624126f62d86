import { crc32 } from 'node:zlib';

// 1980-01-01, the first day a zip can name: the same files make the same bytes whenever and wherever.
const DATE = 0x21;
const VERSION = 20;
const UNIX = 3 << 8;
const MODE = 0o100644 * 0x10000;
const UTF8_NAMES = 0x800;

/** A zip of these files in this order, each stored as it is. `files` are pairs of a name and its bytes. */
export function zip(files) {
  const entries = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const entry = { name: Buffer.from(name), bytes, crc: crc32(bytes), offset };
    entries.push(entry);
    offset += 30 + entry.name.length + bytes.length;
  }
  const directory = Buffer.concat(entries.map(central));
  return Buffer.concat([
    ...entries.flatMap((e) => [local(e), e.bytes]),
    directory,
    end(entries, directory, offset),
  ]);
}

function local(entry) {
  return Buffer.concat([fields([4, 0x04034b50], [2, VERSION], ...common(entry)), entry.name]);
}

function central(entry) {
  const header = [[4, 0x02014b50], [2, UNIX | VERSION], [2, VERSION], ...common(entry)];
  const place = [
    [2, 0],
    [2, 0],
    [2, 0],
    [4, MODE],
    [4, entry.offset],
  ];
  return Buffer.concat([fields(...header, ...place), entry.name]);
}

// Flags, method (0: stored), time, date, checksum, both sizes, length of the name and of what is extra.
const common = ({ name, bytes, crc }) => [
  ...[
    [2, UTF8_NAMES],
    [2, 0],
    [2, 0],
    [2, DATE],
  ],
  ...[
    [4, crc],
    [4, bytes.length],
    [4, bytes.length],
    [2, name.length],
    [2, 0],
  ],
];

const end = (entries, directory, offset) =>
  fields(
    ...[
      [4, 0x06054b50],
      [2, 0],
      [2, 0],
      [2, entries.length],
      [2, entries.length],
    ],
    ...[
      [4, directory.length],
      [4, offset],
      [2, 0],
    ],
  );

function fields(...list) {
  const buffer = Buffer.alloc(list.reduce((size, [width]) => size + width, 0));
  let at = 0;
  for (const [width, value] of list) at = buffer.writeUIntLE(value, at, width);
  return buffer;
}

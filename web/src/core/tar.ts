/** A folder as one file (tar, POSIX ustar), so that an exported scenario is one download. */

const BLOCK = 512;
const text = new TextEncoder();

/** Pack texts by name into the bytes of a tar file. */
export function tar(folder: string, files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const parts = Object.entries(files).flatMap(([name, content]) => {
    const body = text.encode(content);
    const padded = new Uint8Array(Math.ceil(body.length / BLOCK) * BLOCK);
    padded.set(body);
    return [header(`${folder}/${name}`, body.length), padded];
  });
  parts.push(new Uint8Array(2 * BLOCK));
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** One file's header: name, mode, size and a sum over the header itself. */
function header(name: string, size: number): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (at: number, value: string): void => block.set(text.encode(value), at);
  const octal = (value: number, width: number): string => value.toString(8).padStart(width - 1, '0');
  put(0, name.slice(0, 99));
  put(100, octal(0o644, 8));
  put(108, octal(0, 8));
  put(116, octal(0, 8));
  put(124, octal(size, 12));
  put(136, octal(0, 12));
  put(148, ' '.repeat(8));
  put(156, '0');
  put(257, 'ustar');
  put(263, '00');
  put(148, `${octal(block.reduce((sum, byte) => sum + byte, 0), 7)}\0 `);
  return block;
}

/** A file cut where its format has joints; put together again the parts are the file. */
export interface SplitFile {
  readonly format: 'jpeg' | 'png' | null;
  readonly parts: readonly Uint8Array[];
}

const PNG_SIGNATURE_BYTES = 8;
/** Length, type and CRC of a chunk. */
const PNG_FRAME_BYTES = 12;

/** Cuts a PNG into chunks and a JPEG into segments, as far as they make sense; anything else stays whole. */
export function splitParts(file: Uint8Array): SplitFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length > PNG_SIGNATURE_BYTES && view.getUint32(0) === 0x89504e47) {
    return { format: 'png', parts: cut(file, pngJoints(view)) };
  }
  if (file.length > 2 && view.getUint16(0) === 0xffd8) {
    return { format: 'jpeg', parts: cut(file, jpegJoints(view)) };
  }
  return { format: null, parts: [file] };
}

function pngJoints(view: DataView): number[] {
  const joints = [PNG_SIGNATURE_BYTES];
  for (let at = PNG_SIGNATURE_BYTES; at + PNG_FRAME_BYTES <= view.byteLength; ) {
    at += PNG_FRAME_BYTES + view.getUint32(at);
    joints.push(at);
  }
  return joints;
}

/** Up to the first scan's data, which is one part with all that follows. */
function jpegJoints(view: DataView): number[] {
  const joints = [2];
  for (let at = 2; at + 4 <= view.byteLength && view.getUint8(at) === 0xff; ) {
    const scan = view.getUint8(at + 1) === 0xda;
    at += 2 + view.getUint16(at + 2);
    joints.push(at);
    if (scan) break;
  }
  return joints;
}

function cut(file: Uint8Array, joints: readonly number[]): Uint8Array[] {
  const inside = joints.filter((joint) => joint < file.length);
  return [0, ...inside].map((from, index) => file.subarray(from, inside[index]));
}

/**
 * Vision in 8-bit integers: AssemblyScript, compiled by `npm run build:kernels`.
 *
 * Planes are channels-last bytes 0-127. Sums are exact: the converter keeps four weights that are added in 16 bits
 * small enough (`scripts/convert/kernels/pack-weights.ts`), so every machine gives the same bytes.
 */

/** What a byte of an activation plane may be at most; a shortcut may use all 8 bits. */
type Limit = f32;

/**
 * Convolves a plane: products, bias, shortcut, Relu and rounding in one pass, 3 pixels by 16 channels at a time.
 *
 * @param input Address of the first tap of the first output pixel.
 * @param inputRow Bytes from one input row to the next.
 * @param pixelStep Bytes from the first tap of one output pixel to the next one's.
 * @param rowStep Bytes from the first tap of one output row to the next one's.
 * @param taps Rows of the window.
 * @param run Bytes of a window's row, a multiple of 8.
 * @param weights `[channels / 16][taps][run / 8][4][2][4 channels][4 bytes]`, int8; of each channel's 8 bytes the
 * absolute values of 0, 1, 4, 5 and those of 2, 3, 6, 7 sum up to at most 258.
 * @param scales `[channels]`, float32: what one unit of the sum is in units of the output.
 * @param biases `[channels]`, float32, in units of the output.
 * @param shortcut Plane to add before clamping, laid out as the output, which it may be; 0: none.
 * @param shortcutScale What one unit of the shortcut is in units of the output.
 * @param output Address of the first output pixel.
 * @param outputRow Bytes from one output row to the next.
 * @param channels Output channels, a multiple of 16.
 * @param limit Largest byte written; 0: sums are written as float32, not rounded, not clamped.
 */
export function convolve(
  input: usize,
  inputRow: usize,
  pixelStep: usize,
  rowStep: usize,
  taps: usize,
  run: usize,
  weights: usize,
  scales: usize,
  biases: usize,
  shortcut: usize,
  shortcutScale: f32,
  output: usize,
  outputRow: usize,
  height: usize,
  width: usize,
  channels: usize,
  limit: Limit,
): void {
  // Not a constant to the compiler: it would load a constant anew at each use.
  const ones = i16x8.splat(i16(channels > 0));
  const bytes: usize = limit === 0 ? 4 : 1;
  for (let c: usize = 0; c < channels; c += 16) {
    const block = weights + c * taps * run;
    for (let y: usize = 0; y < height; y++) {
      for (let x: usize = 0; x < width; x += 3) {
        // At a row's end the last pixel is computed again rather than one beyond it.
        const count = min<usize>(3, width - x);
        const second = count > 1 ? pixelStep : 0;
        const third = count > 2 ? pixelStep * 2 : second;
        let a0 = i32x4.splat(0);
        let a1 = a0;
        let a2 = a0;
        let a3 = a0;
        let b0 = a0;
        let b1 = a0;
        let b2 = a0;
        let b3 = a0;
        let c0 = a0;
        let c1 = a0;
        let c2 = a0;
        let c3 = a0;
        let w = block;
        let row = input + y * rowStep + x * pixelStep;
        for (let tap: usize = 0; tap < taps; tap++) {
          const end = row + run;
          for (let p = row; p < end; p += 8) {
            const p0 = v128.load32_splat(p);
            const p1 = v128.load32_splat(p, 4);
            const q0 = v128.load32_splat(p + second);
            const q1 = v128.load32_splat(p + second, 4);
            const r0 = v128.load32_splat(p + third);
            const r1 = v128.load32_splat(p + third, 4);
            let u = v128.load(w);
            let v = v128.load(w, 16);
            a0 = multiplyAdd(a0, u, v, p0, p1, ones);
            b0 = multiplyAdd(b0, u, v, q0, q1, ones);
            c0 = multiplyAdd(c0, u, v, r0, r1, ones);
            u = v128.load(w, 32);
            v = v128.load(w, 48);
            a1 = multiplyAdd(a1, u, v, p0, p1, ones);
            b1 = multiplyAdd(b1, u, v, q0, q1, ones);
            c1 = multiplyAdd(c1, u, v, r0, r1, ones);
            u = v128.load(w, 64);
            v = v128.load(w, 80);
            a2 = multiplyAdd(a2, u, v, p0, p1, ones);
            b2 = multiplyAdd(b2, u, v, q0, q1, ones);
            c2 = multiplyAdd(c2, u, v, r0, r1, ones);
            u = v128.load(w, 96);
            v = v128.load(w, 112);
            a3 = multiplyAdd(a3, u, v, p0, p1, ones);
            b3 = multiplyAdd(b3, u, v, q0, q1, ones);
            c3 = multiplyAdd(c3, u, v, r0, r1, ones);
            w += 128;
          }
          row += inputRow;
        }
        const scale = scales + 4 * c;
        const bias = biases + 4 * c;
        let at = y * outputRow + (x * channels + c) * bytes;
        put(output, at, a0, a1, a2, a3, scale, bias, shortcut, shortcutScale, limit);
        if (count > 1) {
          at += channels * bytes;
          put(output, at, b0, b1, b2, b3, scale, bias, shortcut, shortcutScale, limit);
        }
        if (count > 2) {
          at += channels * bytes;
          put(output, at, c0, c1, c2, c3, scale, bias, shortcut, shortcutScale, limit);
        }
      }
    }
  }
}

/** Adds to the sums of 4 channels the products of 8 bytes of each: two dot products added in 16 bits, then widened. */
function multiplyAdd(sum: v128, w0: v128, w1: v128, p0: v128, p1: v128, ones: v128): v128 {
  const products = i16x8.add(
    i16x8.relaxed_dot_i8x16_i7x16_s(w0, p0),
    i16x8.relaxed_dot_i8x16_i7x16_s(w1, p1),
  );
  return i32x4.add(sum, i32x4.dot_i16x8_s(products, ones));
}

/** Finishes the sums of 16 channels of a pixel and writes them. */
function put(
  output: usize,
  at: usize,
  s0: v128,
  s1: v128,
  s2: v128,
  s3: v128,
  scale: usize,
  bias: usize,
  shortcut: usize,
  shortcutScale: f32,
  limit: Limit,
): void {
  let r0 = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(s0), v128.load(scale)), v128.load(bias));
  let r1 = f32x4.add(
    f32x4.mul(f32x4.convert_i32x4_s(s1), v128.load(scale, 16)),
    v128.load(bias, 16),
  );
  let r2 = f32x4.add(
    f32x4.mul(f32x4.convert_i32x4_s(s2), v128.load(scale, 32)),
    v128.load(bias, 32),
  );
  let r3 = f32x4.add(
    f32x4.mul(f32x4.convert_i32x4_s(s3), v128.load(scale, 48)),
    v128.load(bias, 48),
  );
  if (limit === 0) {
    v128.store(output + at, r0);
    v128.store(output + at, r1, 16);
    v128.store(output + at, r2, 32);
    v128.store(output + at, r3, 48);
    return;
  }
  if (shortcut !== 0) {
    const bytes = v128.load(shortcut + at);
    const low = i16x8.extend_low_i8x16_u(bytes);
    const high = i16x8.extend_high_i8x16_u(bytes);
    const factor = f32x4.splat(shortcutScale);
    r0 = f32x4.add(r0, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(low)), factor));
    r1 = f32x4.add(r1, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(low)), factor));
    r2 = f32x4.add(r2, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(high)), factor));
    r3 = f32x4.add(r3, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(high)), factor));
  }
  const words0 = i16x8.narrow_i32x4_s(rounded(r0, limit), rounded(r1, limit));
  const words1 = i16x8.narrow_i32x4_s(rounded(r2, limit), rounded(r3, limit));
  v128.store(output + at, i8x16.narrow_i16x8_u(words0, words1));
}

/** Clamps to 0..limit and rounds to the nearest whole number, ties to even. */
function rounded(value: v128, limit: Limit): v128 {
  const clamped = f32x4.pmin(f32x4.splat(limit), f32x4.pmax(f32x4.splat(0), value));
  // Behind 1.5 * 2^23 a float32 has no fraction: adding it rounds, and leaves the whole number in the low bits.
  const magic = f32x4.splat(12582912);
  return i32x4.sub(f32x4.add(clamped, magic), i32x4.splat(0x4b400000));
}

/**
 * Largest of each 3x3 window, stride 2, of a plane whose border of one pixel is zero.
 *
 * @param input Address of the border's first pixel.
 * @param channels A multiple of 16.
 */
export function maxPool(
  input: usize,
  inputRow: usize,
  output: usize,
  outputRow: usize,
  height: usize,
  width: usize,
  channels: usize,
): void {
  for (let y: usize = 0; y < height; y++) {
    for (let x: usize = 0; x < width; x++) {
      const window = input + 2 * (y * inputRow + x * channels);
      const pixel = output + y * outputRow + x * channels;
      for (let c: usize = 0; c < channels; c += 16) {
        let most = i8x16.splat(0);
        for (let row: usize = 0; row < 3; row++) {
          const p = window + row * inputRow + c;
          most = i8x16.max_u(most, v128.load(p));
          most = i8x16.max_u(most, v128.load(p + channels));
          most = i8x16.max_u(most, v128.load(p + 2 * channels));
        }
        v128.store(pixel + c, most);
      }
    }
  }
}

/**
 * Zeroes the border of one pixel around a plane.
 *
 * @param plane Address of the border's first pixel.
 * @param height Rows inside.
 * @param width Pixels of a row inside.
 */
export function clearBorder(plane: usize, height: usize, width: usize, channels: usize): void {
  const row = (width + 2) * channels;
  memory.fill(plane, 0, row);
  memory.fill(plane + (height + 1) * row, 0, row);
  for (let y: usize = 1; y <= height; y++) {
    memory.fill(plane + y * row, 0, channels);
    memory.fill(plane + y * row + row - channels, 0, channels);
  }
}

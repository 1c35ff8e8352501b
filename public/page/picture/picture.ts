/** A picture that can be asked about. */
export interface Picture {
  /** What is sent: a JPEG or PNG file. */
  readonly file: Blob;
  /** What the sent file is called. */
  readonly name: string;
  /** Where the sent file can be fetched, of a gallery scene; null: it is the visitor's own. */
  readonly url: string | null;
  /** The original, for `<img>`. */
  readonly preview: string;
  /** What it shows, as far as the page knows. */
  readonly alt: string;
  /** Pixels of the original, upright. */
  readonly width: number;
  readonly height: number;
  /** Pixels a side of the square that is sent in its place; null: it is sent as it is. */
  readonly sentSide: number | null;
}

/** The person, or the system, ended the command before it was done. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  /** What shells expect: 128 and the number of the signal. */
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

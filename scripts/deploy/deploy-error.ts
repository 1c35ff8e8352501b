/** A step of the deployment that failed, and what to do about it. */
export class DeployError extends Error {
  override readonly name = 'DeployError';

  /**
   * @param what Which thing could not be done, and why.
   * @param next What to do before the command is run again.
   */
  constructor(what: string, next: string) {
    super(`${what}\nnext: ${next}\nThen run this again; what is done already is not done twice.`);
  }
}

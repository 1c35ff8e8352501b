import cliProgress from 'cli-progress';

/** A progress bar on standard error, so that standard output stays clean. */
export interface Progress {
  /**
   * Shows how far a step has come; a new step starts a new bar.
   *
   * @param note What else there is to say, behind the numbers.
   */
  show(step: string, done: number, total: number, options?: { readonly note: string }): void;
  /** Leaves the bar as it is; needed before the process can end. */
  stop(): void;
}

/** Makes a progress bar; where standard error is not a terminal it prints nothing. */
export function createProgress(): Progress {
  let current: { readonly step: string; readonly bar: cliProgress.SingleBar } | null = null;
  function stop(): void {
    current?.bar.stop();
    current = null;
  }
  return {
    show(step, done, total, { note } = { note: '' }) {
      if (current?.step !== step) {
        stop();
        const bar = new cliProgress.SingleBar(
          { format: '{step} {bar} {value}/{total} {note}', stream: process.stderr },
          cliProgress.Presets.shades_classic,
        );
        bar.start(total, done, { step: step.padEnd(20), note });
        current = { step, bar };
      }
      current.bar.update(done, { note });
    },
    stop,
  };
}

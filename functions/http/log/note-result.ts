import { EntailError, ERROR_STATUS } from '../../lib/entail-error.ts';
import type { Verdict } from '../../pipeline/verdict.ts';
import type { AppContext } from '../app-env.ts';
import { faultOf } from './fault-of.ts';

/** Notes for the log what came of a question, alone or one of a batch. */
export function noteResult(c: AppContext, result: Verdict | EntailError): void {
  const { notes } = c.get('record');
  if (result instanceof EntailError) {
    const { code } = result;
    notes.item_codes = { ...notes.item_codes, [code]: (notes.item_codes?.[code] ?? 0) + 1 };
    if (ERROR_STATUS[code] >= 500) Object.assign(notes, faultOf(result));
    return;
  }
  notes.width = result.image.width;
  notes.height = result.image.height;
  notes.revision = result.model.revision;
}

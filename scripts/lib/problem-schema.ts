import * as z from 'zod/mini';
import { problemSchema as tolerant } from '../../functions/http/schema/problem-schema.ts';

/** The API's problem; strict, so that a label in it would be noticed. */
export const problemSchema = z.strictObject(tolerant.shape);

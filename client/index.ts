export type { AboutPicture, Batch, Client, Fetch, Picture, Question } from './client.ts';
export { type ClientOptions, createClient } from './create-client.ts';
export { EndpointError } from './endpoint-error.ts';
export { type ConnectionErrorCode, ERROR_CODES, type ErrorCode } from './error-codes.ts';
export { type PipelineInput, type PipelineOutput, pipeline } from './pipeline.ts';
export {
  type Explanation,
  LABELS,
  type Label,
  type ModelDescription,
  type ModelName,
  type Problem,
  type Verdict,
} from './verdict.ts';

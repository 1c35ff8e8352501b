import { join } from 'node:path';
import { repositoryFolder } from './repository-folder.ts';

/** The model that comes with the repository. */
export const defaultModelFolder: string = join(repositoryFolder, 'model-shards');
